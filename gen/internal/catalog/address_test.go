package catalog_test

import (
	"net/url"
	"testing"

	"github.com/errspec/errspec/gen/internal/catalog"
)

// A link is a URI, whatever letters its code has, and leads to the anchor.
func TestAddresses(t *testing.T) {
	for _, anchor := range []string{"file-too-large", "é", "日本", "ошибка_1"} {
		for base, want := range map[string]string{
			"https://e.example/errors":                      "#" + anchor,
			"https://e.example/errors?code={anchor}#top":    "?code=" + anchor + "#top",
			"https://e.example/{anchor}/index.html":         "/" + anchor + "/index.html",
			"https://e.example/errors/#{anchor}":            "#" + anchor,
			"https://e.example/errors.html?of={code}#about": "?of=" + anchor + "#about",
		} {
			docs, typ := (&catalog.Catalog{DocsURL: base}).Addresses(anchor, anchor)
			u, err := url.Parse(docs)
			if err != nil || u.String() != docs {
				t.Errorf("%s with %s: %s is no URI; the URI is %v, %v", base, anchor, docs, u, err)
				continue
			}
			for i := range docs {
				if docs[i] >= 0x80 {
					t.Errorf("%s with %s: %s is no URI", base, anchor, docs)
					break
				}
			}
			if readable, _ := url.PathUnescape(docs); typ != docs ||
				readable[len(readable)-len(want):] != want {
				t.Errorf("%s with %s: the link is %s, and the type %s", base, anchor, docs, typ)
			}
		}
	}
}

func TestSite(t *testing.T) {
	for docs, want := range map[string]string{
		"https://example.com/errors":               "https://example.com/errors/",
		"https://example.com/errors/":              "https://example.com/errors/",
		"https://example.com":                      "https://example.com/",
		"https://example.com/errors/{anchor}/":     "https://example.com/errors/",
		"https://example.com/errors/{code}.html":   "https://example.com/errors/",
		"https://example.com/errors/e-{anchor}":    "https://example.com/errors/",
		"https://example.com/errors.html#{anchor}": "https://example.com/",
		"https://example.com/errors?code={code}#x": "https://example.com/errors/",
		"https://example.com/ü/{anchor}":           "https://example.com/%C3%BC/",
		"https://{anchor}.example.com/":            "",
		"https://example.com{anchor}":              "",
		"/errors":                                  "",
		"":                                         "",
	} {
		c := catalog.Catalog{DocsURL: docs}
		if got := c.Site(); got != want {
			t.Errorf("the site of %q is %q, want %q", docs, got, want)
		}
	}
}
