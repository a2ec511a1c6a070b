package markdown

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/mdtext"
	"github.com/errspec/errspec/templates"
)

func envelope(c *catalog.Catalog) templates.Envelope {
	body := &c.Envelope.Body
	return templates.Envelope{
		Description: text(c.Envelope.Description),
		MediaType:   mdtext.Code(c.Envelope.MediaType),
		Plain:       c.Envelope.MediaType == "application/json",
		Sample:      fence(c.SampleBody()),
		CodePath:    mdtext.Code(path(body, catalog.RoleCode)),
		MessagePath: mdtext.Code(path(body, catalog.RoleMessage)),
		VariantPath: mdtext.Code(path(body, catalog.RoleVariant)),
	}
}

// fence returns a JSON body as a block of code. What begins a shortcode in Hugo or a tag in Jekyll, which read code as well, is
// taken apart by an escape: it can only stand in a string.
func fence(body []byte) string {
	text := strings.ReplaceAll(string(catalog.Indent(body)), "{{", `{\u007b`)
	return mdtext.Fence("json", strings.ReplaceAll(text, "{%", `\u007b%`))
}

// identifier is a member that code reaches with a dot.
var identifier = regexp.MustCompile(`^[A-Za-z_$][A-Za-z0-9_$]*$`)

// step returns how code reaches a member.
func step(name string) string {
	if identifier.MatchString(name) {
		return "." + name
	}
	return "[" + strconv.Quote(name) + "]"
}

// path returns where in the body a role stands alone, as code would reach it (errors[0].code), or "".
func path(n *catalog.Node, role catalog.Role) string {
	p, _ := find(n, role)
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
