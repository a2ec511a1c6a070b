package check

import (
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
)

// head resolves what the catalog says about itself.
func (c *checker) head() {
	w := c.written
	c.out.Title = c.constant(w.Title, "title")
	c.out.Description = c.markdown(nil, w.Description, "description")
	c.out.Service = w.Service.Text
	c.out.DocsURL = w.DocsURL.Text
	c.out.TypeBase = w.TypeBase.Text
	c.link(nil, w.DocsURL, "docs_url")
	c.base(w.DocsURL, "docs_url", "#")
	c.identifier(w.TypeBase, "type_base")
	c.base(w.TypeBase, "type_base", "")
}

// addresses settles the links of an entry whose anchor is known.
func (c *checker) addresses(e *catalog.Entry) {
	if u := c.out.DocsURL; u != "" {
		e.DocsURL = address(u, e, "#")
	}
	e.Type = e.DocsURL
	if u := c.out.TypeBase; u != "" {
		e.Type = address(u, e, "")
	}
}

// address is base with {code} and {anchor} filled in, or, without them, followed by the anchor.
func address(base string, e *catalog.Entry, separator string) string {
	if strings.Contains(base, "{code}") || strings.Contains(base, "{anchor}") {
		return strings.NewReplacer("{code}", pathEscape(e.Code), "{anchor}", e.Anchor).Replace(base)
	}
	return base + separator + e.Anchor
}
