package reference

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
)

// identifier is a member that code reaches with a dot.
var identifier = regexp.MustCompile(`^[A-Za-z_$][A-Za-z0-9_$]*$`)

// step returns how code reaches a member.
func step(name string) string {
	if identifier.MatchString(name) {
		return "." + name
	}
	return "[" + strconv.Quote(name) + "]"
}

// Path returns where in the body a role stands alone, as code would reach it (errors[0].code), or "".
func Path(body *catalog.Node, role catalog.Role) string {
	p, _ := find(body, role)
	return strings.TrimPrefix(p, ".")
}

func find(n *catalog.Node, role catalog.Role) (string, bool) {
	switch n.Kind {
	case catalog.NodeRole:
		return "", n.Role == role
	case catalog.NodeObject:
		for i := range n.Members {
			if rest, ok := find(&n.Members[i].Node, role); ok {
				return step(n.Members[i].Name) + rest, true
			}
		}
	case catalog.NodeArray:
		for i := range n.Items {
			if rest, ok := find(&n.Items[i], role); ok {
				return "[" + strconv.Itoa(i) + "]" + rest, true
			}
		}
	}
	return "", false
}
