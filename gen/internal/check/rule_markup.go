package check

import (
	"fmt"
	"html"
	"strings"

	"github.com/yuin/goldmark/ast"
	gmtext "github.com/yuin/goldmark/text"

	"github.com/errspec/errspec/gen/internal/mdtext"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// markup looks through a Markdown text for what is shown otherwise than its author may think: raw HTML, and links that are
// none.
func (c *checker) markup(e *entry, s syntax.Scalar, path string) {
	if !mayHoldMarkup(s.Text) {
		return
	}
	place := s.Locator()
	lookThrough(s.Text, func(at, n int, id, problem, help string) {
		c.at(e)(id, place.At(at, n), path, problem, help)
	})
}

// mayHoldMarkup reports whether it is worth while to parse a text. Most are plain prose.
func mayHoldMarkup(src string) bool {
	return strings.Contains(src, "<") || strings.Contains(src, "](") || strings.Contains(src, "]:")
}

// lookThrough parses Markdown and calls found for what is amiss, in order, with its place in bytes.
func lookThrough(src string, found func(at, n int, id, problem, help string)) {
	source := []byte(src)
	doc := mdtext.Parser().Parse(gmtext.NewReader(source))
	past := 0 // how far the walk has come: a link does not know its place, but stands after what went before
	link := func(what, destination, help string) {
		if i := strings.Index(src[past:], destination); i >= 0 {
			past += i
		}
		if isScript(html.UnescapeString(destination)) {
			found(past, min(len(destination), len(src)-past), rule.LinkInvalid,
				fmt.Sprintf("the %s %q would run a script", what, firstLine(destination)), help)
		} else if namesHost(destination) {
			found(past, min(len(destination), len(src)-past), rule.LinkScheme,
				fmt.Sprintf("the %s %q leads to a file beside the page; did you mean %q?", what, firstLine(destination), "https://"+firstLine(destination)),
				"write https:// before it, or ./ if it is a file")
		}
	}
	// The walker's error is the callback's, which has none.
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.Text:
			past = max(past, n.Segment.Start)
		case *ast.RawHTML:
			if segment := n.Segments.At(0); entering {
				past = segment.Start
				tag := firstLine(string(segment.Value(source)))
				found(segment.Start, segment.Len(), rule.TextHTML, tag+" is raw HTML; it will be shown as text",
					"put it in backticks if it is meant as text: `"+tag+"`")
			}
		case *ast.HTMLBlock:
			if entering && n.Lines().Len() > 0 {
				segment := n.Lines().At(0)
				past = segment.Start
				line := strings.TrimSpace(string(segment.Value(source)))
				found(segment.Start, len(line), rule.TextHTML,
					firstLine(line)+" begins a block of raw HTML; it will be shown as text", "write Markdown, or put it in backticks")
			}
		case *ast.Link: // its text comes before its destination
			if !entering {
				link("link", string(n.Destination), "link to a page")
			}
		case *ast.Image:
			if !entering {
				link("image", string(n.Destination), "name a picture")
			}
		case *ast.AutoLink:
			if entering {
				link("link", string(n.URL(source)), "link to a page")
			}
		}
		return ast.WalkContinue, nil
	})
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(s), "\n")
	if len(line) > 40 {
		line = strings.ToValidUTF8(line[:40], "") + "…"
	}
	return line
}
