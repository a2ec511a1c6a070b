package mdtext_test

import (
	"bytes"
	"html"
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	gmhtml "github.com/yuin/goldmark/renderer/html"
)

// toHTML renders Markdown like GitHub. It lets raw HTML through, so that tests see a tag that was
// not escaped.
func toHTML(t failer, md string) string {
	gm := goldmark.New(
		goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList,
			extension.Typographer),
		goldmark.WithParserOptions(parser.WithAttribute()),
		goldmark.WithRendererOptions(gmhtml.WithUnsafe()),
	)
	var b bytes.Buffer
	if err := gm.Convert([]byte(md), &b); err != nil {
		t.Fatalf("goldmark: %v", err)
	}
	return b.String()
}

// A failer is what this package uses of *testing.T and *rapid.T.
type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

var tag = regexp.MustCompile(`<[^>]*>`)

// shownText returns the text of HTML, with white space collapsed as in a browser.
func shownText(page string) string {
	return collapseAll(html.UnescapeString(tag.ReplaceAllString(page, "")))
}

// collapseAll collapses every kind of white space.
func collapseAll(s string) string { return strings.Join(strings.Fields(s), " ") }

// between returns the text between two marks, each of which must occur once.
func between(t failer, s, left, right string) string {
	t.Helper()
	if strings.Count(s, left) != 1 || strings.Count(s, right) != 1 {
		t.Fatalf("want one %s and one %s in:\n%s", left, right, s)
	}
	_, s, _ = strings.Cut(s, left)
	s, _, _ = strings.Cut(s, right)
	return s
}
