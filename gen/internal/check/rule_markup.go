package check

import (
	"fmt"
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
	return strings.Contains(src, "<") || strings.Contains(src, "](") || strings.Contains(src, "]:") || strings.Contains(src, "://")
}

// lookThrough parses Markdown and calls found for what is amiss, in order, with its place in bytes.
func lookThrough(src string, found func(at, n int, id, problem, help string)) {
	l := look{src: src, found: found}
	doc := mdtext.Parser().Parse(gmtext.NewReader([]byte(src)))
	// The walker's error is the callback's, which has none.
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) { return l.node(n, entering), nil })
}

// A look goes through a Markdown text.
type look struct {
	src   string
	past  int // how far it has come: a link does not know its place, but stands after what went before
	found func(at, n int, id, problem, help string)
}

func (l *look) node(n ast.Node, entering bool) ast.WalkStatus {
	switch n := n.(type) {
	case *ast.Text:
		if entering {
			l.past = max(l.past, n.Segment.Start)
		}
	case *ast.CodeSpan: // where nothing means anything
		return ast.WalkSkipChildren
	case *ast.RawHTML:
		if segment := n.Segments.At(0); entering {
			l.past = segment.Start
			tag := firstLine(l.src[segment.Start:segment.Stop])
			l.found(segment.Start, segment.Len(), rule.TextHTML, tag+" is raw HTML; it will be shown as text", "put it in backticks if it is meant as text: `"+tag+"`")
		}
	case *ast.HTMLBlock:
		if entering && n.Lines().Len() > 0 {
			segment := n.Lines().At(0)
			l.past = segment.Start
			line := strings.TrimSpace(l.src[segment.Start:segment.Stop])
			l.found(segment.Start, len(line), rule.TextHTML,
				firstLine(line)+" begins a block of raw HTML; it will be shown as text", "write Markdown, or put it in backticks")
		}
	case *ast.LinkReferenceDefinition:
		if entering && n.Lines().Len() > 0 {
			l.past = max(l.past, n.Lines().At(0).Start)
			l.link("link", string(n.Destination), "link to a page")
		}
	case *ast.Link: // its text comes before its destination
		if !entering && n.Reference == nil { // else it is judged where it is defined
			l.link("link", string(n.Destination), "link to a page")
		}
	case *ast.Image:
		if !entering && n.Reference == nil {
			l.link("image", string(n.Destination), "name a picture")
		}
	case *ast.AutoLink:
		if entering && n.AutoLinkType == ast.AutoLinkURL {
			l.destination("link", string(n.Label([]byte(l.src))), string(n.URL([]byte(l.src))), "link to a page, or put it in backticks")
		}
	}
	return ast.WalkContinue
}

// link judges the destination of a link or an image.
func (l *look) link(what, destination, help string) {
	l.destination(what, destination, mdtext.Unescaped(destination), help)
}

// destination judges where a link leads; written is how it stands in the text.
func (l *look) destination(what, written, url, help string) {
	if i := strings.Index(l.src[l.past:], written); i >= 0 {
		l.past += i
	}
	if problem := mdtext.URLProblem(url); problem != "" && url != "" {
		l.found(l.past, min(len(written), len(l.src)-l.past), rule.LinkInvalid, fmt.Sprintf("the %s %q %s", what, firstLine(written), problem), help+": "+allowed)
	} else if namesHost(url) {
		l.found(l.past, min(len(written), len(l.src)-l.past), rule.LinkScheme,
			fmt.Sprintf("the %s %q leads to a file beside the page; did you mean %q?", what, firstLine(written), "https://"+firstLine(written)),
			"write https:// before it, or ./ if it is a file")
	}
}

const allowed = "https, http, mailto and tel are allowed, paths on the same site, ?queries and #fragments"

func firstLine(s string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(s), "\n")
	if len(line) > 40 {
		line = strings.ToValidUTF8(line[:40], "") + "…"
	}
	return line
}
