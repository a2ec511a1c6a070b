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
		Paths:       paths(c),
		Each:        eachPath(&c.Envelope.Body, nil),
		Sample:      c.SampleBody(),
		Headers:     list(c.Envelope.Headers, ofAll),
	}
}

// ofAll returns a header of every error. Its roles are named without their $.
func ofAll(h *catalog.Header) Header {
	t := slices.Clone(h.Value)
	for i := range t {
		t[i].Name = strings.TrimPrefix(t[i].Name, "$")
	}
	return Header{h.Name, template(t)}
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
	case catalog.NodeOr:
		return encode.Object{{Name: "$or", Value: list(n.Items, asWritten)}}
	case catalog.NodeEach:
		return encode.Object{{Name: "$each", Value: asWritten(&n.Items[0])}}
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
func paths(c *catalog.Catalog) encode.Object {
	all := encode.Object{}
	walk(c, &c.Envelope.Body, nil, func(role string, path []Step) {
		i := slices.IndexFunc(all, func(m encode.Member) bool { return m.Name == role })
		if i < 0 {
			i = len(all)
			all = append(all, encode.Member{Name: role, Value: [][]Step{}})
		}
		all[i].Value = append(all[i].Value.([][]Step), append([]Step{}, path...))
	})
	return all
}

func walk(c *catalog.Catalog, n *catalog.Node, path []Step, found func(role string, path []Step)) {
	switch n.Kind {
	case catalog.NodeObject:
		for i := range n.Members {
			m := &n.Members[i]
			if m.Node.Kind == catalog.NodeSpread {
				found(roleName(&m.Node), path) // the object itself holds them
				continue
			}
			walk(c, &m.Node, append(path, encode.CompactJSON(m.Name)), found)
		}
	case catalog.NodeArray:
		for i := range n.Items {
			if mayBeAbsent(c, &n.Items[i]) {
				return
			}
			walk(c, &n.Items[i], append(path, encode.CompactJSON(i)), found)
		}
	case catalog.NodeEach: // where the first error is
		walk(c, &n.Items[0], append(path, encode.CompactJSON(0)), found)
	case catalog.NodeOr: // each alternative has its place
		for i := range n.Items {
			walk(c, &n.Items[i], path, found)
		}
	case catalog.NodeRole:
		found(roleName(n), path)
	}
}

// eachPath returns the way to the list of errors; nil: there is none.
func eachPath(n *catalog.Node, path []Step) []Step {
	if n.Kind == catalog.NodeEach {
		return path
	}
	for i := range n.Members {
		m := &n.Members[i]
		if found := eachPath(&m.Node, append(path, encode.CompactJSON(m.Name))); found != nil {
			return found
		}
	}
	for i := range n.Items {
		if found := eachPath(&n.Items[i], append(path, encode.CompactJSON(i))); found != nil {
			return found
		}
	}
	return nil
}

// mayBeAbsent reports whether some body may lack a node.
func mayBeAbsent(c *catalog.Catalog, n *catalog.Node) bool {
	switch n.Kind {
	case catalog.NodeRole, catalog.NodeSpread:
		return isLoose(c, n.Role)
	case catalog.NodeText:
		return slices.ContainsFunc(n.Text.Names(), func(name string) bool {
			r, _ := catalog.RoleNamed(name)
			return isLoose(c, r)
		})
	case catalog.NodeObject, catalog.NodeArray, catalog.NodeConst, catalog.NodeOr, catalog.NodeEach:
	}
	for part := range n.Parts() {
		if !mayBeAbsent(c, part) {
			return false
		}
	}
	return !n.IsConst()
}

// isLoose reports whether some code may lack what a role shows.
func isLoose(c *catalog.Catalog, r catalog.Role) bool {
	if r == catalog.RoleMessage {
		return c.Presence(&catalog.Node{Kind: catalog.NodeRole, Role: r}, nil) != catalog.Always
	}
	return !r.InEveryBody()
}

func roleName(n *catalog.Node) string { return strings.TrimPrefix(string(n.Role), "$") + n.Key }
