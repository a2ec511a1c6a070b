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

// toHTML renders Markdown as GitHub would: raw HTML is let through, so that a tag that escapes is
// seen.
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

// A failer is what *testing.T and *rapid.T have in common here.
type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

var tag = regexp.MustCompile(`<[^>]*>`)

// shownText returns the text of HTML, white space collapsed as a browser does it.
func shownText(page string) string {
	return collapseAll(html.UnescapeString(tag.ReplaceAllString(page, "")))
}

// collapseAll collapses every kind of white space.
func collapseAll(s string) string { return strings.Join(strings.Fields(s), " ") }

// between returns what stands between two marks, which must be there once each.
func between(t failer, s, left, right string) string {
	t.Helper()
	if strings.Count(s, left) != 1 || strings.Count(s, right) != 1 {
		t.Fatalf("want one %s and one %s in:\n%s", left, right, s)
	}
	_, s, _ = strings.Cut(s, left)
	s, _, _ = strings.Cut(s, right)
	return s
}
