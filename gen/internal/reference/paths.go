package reference

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/encode"
)

// Paths lists, role by role in the order of the body, where each stands as a whole value. It leaves
// out the items of a list that come after one that may be absent: their indexes vary.
func Paths(c *catalog.Catalog) encode.Object {
	all := encode.Object{}
	walk(c, &c.Envelope.Body, nil, func(role string, path []json.RawMessage) {
		i := slices.IndexFunc(all, func(m encode.Member) bool { return m.Name == role })
		if i < 0 {
			i = len(all)
			all = append(all, encode.Member{Name: role, Value: [][]json.RawMessage{}})
		}
		all[i].Value = append(all[i].Value.([][]json.RawMessage), append([]json.RawMessage{}, path...))
	})
	return all
}

func walk(
	c *catalog.Catalog, n *catalog.Node, path []json.RawMessage,
	found func(role string, path []json.RawMessage),
) {
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
