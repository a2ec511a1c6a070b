package markdown

import (
	"html"
	"regexp"

	"github.com/errspec/errspec/gen/internal/slug"
)

// alike is a code to which all renderers give the same anchor. Of others, pandoc keeps dots and
// drops digits at the start, MkDocs merges hyphens and drops letters beyond ASCII.
var alike = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]*([-/: ][A-Za-z0-9_]+)*$`)

// suffixed returns the text of a heading with what tells it from another one.
func suffixed(text, suffix string) string {
	if suffix == "" {
		return text
	}
	return text + " (" + suffix + ")"
}

// own returns an element with the anchor of a heading, "" if renderers make that anchor of the
// heading's text.
func own(title, anchor, suffix string) string {
	if anchor == "" || anchor == slug.Make(suffixed(title, suffix)) {
		return ""
	}
	return element(anchor)
}

// titleOf returns a code as its heading shows it: with its anchor, where renderers would make
// other ones, and with what tells it from another code.
func (b *builder) titleOf(code, anchor, suffix string) string {
	title := suffixed(b.code(code), suffix)
	if anchor == slug.Make(suffixed(code, suffix)) && alike.MatchString(code) || anchor == "" {
		return title
	}
	return element(anchor) + title
}

func element(anchor string) string { return `<a id="` + html.EscapeString(anchor) + `"></a>` }
