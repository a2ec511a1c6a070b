package errorsjson

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/encode"
	"github.com/errspec/errspec/gen/internal/message"
)

func envelope(c *catalog.Catalog) Envelope {
	return Envelope{
		MediaType:   c.Envelope.MediaType,
		Description: string(c.Envelope.Description),
		Template:    encode.CompactJSON(asWritten(&c.Envelope.Body)),
		Paths:       paths(&c.Envelope.Body),
		Sample:      c.SampleBody(),
	}
}

// asWritten returns a node as a catalog's author writes it.
func asWritten(n *catalog.Node) any {
	switch n.Kind {
	case catalog.NodeObject:
		object := encode.Object{}
		for i := range n.Members {
			m := &n.Members[i]
			name := m.Name
			if m.Node.Kind == catalog.NodeSpread {
				name = "$spread"
			}
			object = append(object, encode.Member{Name: name, Value: asWritten(&m.Node)})
		}
		return object
	case catalog.NodeArray:
		return list(n.Items, asWritten)
	case catalog.NodeText:
		return n.Text.String()
	case catalog.NodeConst:
		var text string
		if json.Unmarshal(n.Const, &text) == nil && n.Const[0] == '"' {
			return message.Escape(text)
		}
		return n.Const
	default:
		return string(n.Role) + n.Key
	}
}

// paths lists, role by role in the order of the body, where each stands as a whole value. It leaves out the items of a list
// that come after one that may be absent: their indexes vary.
func paths(body *catalog.Node) encode.Object {
	all := encode.Object{}
	walk(body, nil, func(role string, path []Step) {
		i := slices.IndexFunc(all, func(m encode.Member) bool { return m.Name == role })
		if i < 0 {
			i = len(all)
			all = append(all, encode.Member{Name: role, Value: [][]Step{}})
		}
		all[i].Value = append(all[i].Value.([][]Step), append([]Step{}, path...))
	})
	return all
}

func walk(n *catalog.Node, path []Step, found func(role string, path []Step)) {
	switch n.Kind {
	case catalog.NodeObject:
		for i := range n.Members {
			m := &n.Members[i]
			if m.Node.Kind == catalog.NodeSpread {
				found(roleName(&m.Node), path) // the object itself holds them
				continue
			}
			walk(&m.Node, append(path, encode.CompactJSON(m.Name)), found)
		}
	case catalog.NodeArray:
		for i := range n.Items {
			if mayBeAbsent(&n.Items[i]) {
				return
			}
			walk(&n.Items[i], append(path, encode.CompactJSON(i)), found)
		}
	case catalog.NodeRole:
		found(roleName(n), path)
	}
}

// mayBeAbsent reports whether some body may lack a node.
func mayBeAbsent(n *catalog.Node) bool {
	switch n.Kind {
	case catalog.NodeRole:
		return !n.Role.InEveryBody()
	case catalog.NodeText:
		return slices.ContainsFunc(n.Text.Names(), func(name string) bool {
			r, _ := catalog.RoleNamed(name)
			return !r.InEveryBody()
		})
	default:
		return false
	}
}

func roleName(n *catalog.Node) string { return strings.TrimPrefix(string(n.Role), "$") + n.Key }
