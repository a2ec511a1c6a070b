package catalog

import (
	"net/url"
	"strings"
)

// Addresses returns the link of a code whose anchor is known, and its RFC 9457 type URI; "" if the
// catalog has none.
func (c *Catalog) Addresses(code, anchor string) (docs, typ string) {
	if c.DocsURL != "" {
		docs = address(c.DocsURL, code, anchor, "#")
	}
	if c.TypeBase != "" {
		return docs, address(c.TypeBase, code, anchor, "")
	}
	return docs, docs
}

// EditURL returns where readers can suggest a change to a code; "" if the catalog does not say.
func (c *Catalog) EditURL(code, anchor string) string {
	return filled(c.Docs.EditURL, code, url.PathEscape(anchor))
}

// Site returns the folder of the reference on the web, ending in a slash. It is [Catalog.DocsURL]
// up to what a code adds to it; "" if that is not an absolute URL.
func (c *Catalog) Site() string {
	base := c.DocsURL
	whole := true
	for _, end := range []string{"#", "?", "{code}", "{anchor}"} {
		if before, _, found := strings.Cut(base, end); found {
			base = before
			whole = whole && strings.ContainsAny(end, "#?")
		}
	}
	u, err := url.Parse(base)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return ""
	}
	base = u.String() // percent-encoded
	if whole && !strings.HasSuffix(base, "/") && !strings.HasSuffix(base, ".html") {
		return base + "/"
	}
	if u.Path == "" {
		return ""
	}
	return base[:strings.LastIndex(base, "/")+1]
}

// address is base with {code} and {anchor} filled in, or, without them, followed by the anchor.
func address(base, code, anchor, separator string) string {
	anchor = url.PathEscape(anchor) // its letters may be those of any language
	if strings.Contains(base, "{code}") || strings.Contains(base, "{anchor}") {
		return filled(base, code, anchor)
	}
	return base + separator + anchor
}

func filled(base, code, anchor string) string {
	return strings.NewReplacer("{code}", url.PathEscape(code), "{anchor}", anchor).Replace(base)
}
