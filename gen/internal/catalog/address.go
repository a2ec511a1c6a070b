package catalog

import (
	"net/url"
	"strings"
)

// Addresses returns the link of a code whose anchor is known, and its RFC 9457 type URI; "" if the catalog has none.
func (c *Catalog) Addresses(code, anchor string) (docs, typ string) {
	if c.DocsURL != "" {
		docs = address(c.DocsURL, code, anchor, "#")
	}
	if c.TypeBase != "" {
		return docs, address(c.TypeBase, code, anchor, "")
	}
	return docs, docs
}

// address is base with {code} and {anchor} filled in, or, without them, followed by the anchor.
func address(base, code, anchor, separator string) string {
	anchor = url.PathEscape(anchor) // its letters may be those of any language
	if strings.Contains(base, "{code}") || strings.Contains(base, "{anchor}") {
		return strings.NewReplacer("{code}", url.PathEscape(code), "{anchor}", anchor).Replace(base)
	}
	return base + separator + anchor
}
