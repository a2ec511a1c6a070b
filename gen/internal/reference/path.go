package reference

import (
	"bytes"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/message"
)

// NoMessage replaces the message of an error that is sent without one.
const NoMessage = "No message is sent."

// identifier is a member that code reaches with a dot.
var identifier = regexp.MustCompile(`^[A-Za-z_$][A-Za-z0-9_$]*$`)

// step returns how code reaches a member.
func step(name string) string {
	if identifier.MatchString(name) {
		return "." + name
	}
	return "[" + strconv.Quote(name) + "]"
}

// Path returns where in the body a role is a value of its own, as code reaches it (errors[0].code),
// or "".
func Path(body *catalog.Node, role catalog.Role) string {
	p, _ := find(body, role)
	return strings.TrimPrefix(p, ".")
}

// CodePath returns the path of the code in the body, as [Path] does; where it has none, but a type
// that tells errors apart, the path of that.
func CodePath(c *catalog.Catalog) string {
	body := &c.Envelope.Body
	if p := Path(body, catalog.RoleCode); p != "" {
		return p
	}
	if p := Path(body, catalog.RoleCodeNumber); p != "" || c.Reads(catalog.RoleCode) {
		return p
	}
	for e := range c.Public() {
		if e.KnownBy != catalog.ByType {
			return ""
		}
	}
	return Path(body, catalog.RoleType)
}

// EachPath returns the path of the list with an element for each error of a response, as [Path]
// does, or "".
func EachPath(body *catalog.Node) string {
	each := body.Each()
	if each == nil {
		return ""
	}
	p, _ := where(body, func(n *catalog.Node) bool { return n == each })
	return strings.TrimPrefix(p, ".")
}

// Optional returns the paths of what an error may omit, in the order of the body. Params that are
// spread among the members of an object have no path.
func Optional(c *catalog.Catalog) []string {
	o := optional{c: c, public: slices.Collect(c.Public())}
	o.walk(&c.Envelope.Body, "")
	return o.paths
}

// optional collects paths of the body.
type optional struct {
	c      *catalog.Catalog
	public []*catalog.Entry
	paths  []string
}

func (o *optional) walk(n *catalog.Node, path string) {
	switch n.Kind {
	case catalog.NodeObject, catalog.NodeArray:
		if path != "" && o.c.Presence(n, o.public) == catalog.Sometimes {
			o.paths = append(o.paths, strings.TrimPrefix(path, "."))
			if only := slices.Collect(n.Parts()); len(only) == 1 && only[0].Kind != catalog.NodeObject &&
				only[0].Kind != catalog.NodeArray {
				return // it is there where the whole is
			}
		}
	}
	switch n.Kind {
	case catalog.NodeObject:
		for i := range n.Members {
			o.walk(&n.Members[i].Node, path+step(n.Members[i].Name))
		}
	case catalog.NodeArray, catalog.NodeEach:
		for i := range n.Items {
			o.walk(&n.Items[i], path+"["+strconv.Itoa(i)+"]")
		}
	case catalog.NodeRole, catalog.NodeText, catalog.NodeOr:
		if o.c.Presence(n, o.public) == catalog.Sometimes {
			o.paths = append(o.paths, strings.TrimPrefix(path, "."))
		}
	case catalog.NodeConst, catalog.NodeSpread: // always there; without a place
	}
}

// ParamBlank returns what the sample contains instead of the params of an error, or "" if nothing
// does: no error has any in its body, or the sample is that of a code.
func ParamBlank(c *catalog.Catalog) string {
	if blank := message.Blank(catalog.ParamBlank); c.SampleEntry() == nil &&
		bytes.Contains(c.SampleBody(), []byte(`"`+blank+`":`)) {
		return blank
	}
	return ""
}

func find(n *catalog.Node, role catalog.Role) (string, bool) {
	return where(n, func(n *catalog.Node) bool { return n.Kind == catalog.NodeRole && n.Role == role })
}

// where returns the path of the first node that is what is looked for.
func where(n *catalog.Node, is func(*catalog.Node) bool) (string, bool) {
	if is(n) {
		return "", true
	}
	for i := range n.Members {
		if rest, ok := where(&n.Members[i].Node, is); ok {
			return step(n.Members[i].Name) + rest, true
		}
	}
	for i := range n.Items {
		if rest, ok := where(&n.Items[i], is); ok {
			if n.Kind == catalog.NodeOr {
				return rest, true
			}
			return "[" + strconv.Itoa(i) + "]" + rest, true
		}
	}
	return "", false
}
