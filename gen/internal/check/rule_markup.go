package check

import (
	"fmt"
	"html"
	"strings"

	"github.com/yuin/goldmark/ast"

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
	return strings.Contains(src, "<") || strings.Contains(src, "](") || strings.Contains(src, "]:") || mdtext.MayExceed(src)
}

// lookThrough parses Markdown and calls found for what is amiss, with its place in bytes.
func lookThrough(src string, found func(at, n int, id, problem, help string)) {
	source := []byte(src)
	doc, bound := mdtext.ParseTree(source)
	if bound.Problem != "" {
		found(bound.Offset, 1, rule.LimitExceeded, bound.Problem, bound.Help)
		return // what follows is shown as literal text
	}
	definitions := definitionsIn(doc)
	past := 0 // how far the walk has come
	link := func(n ast.Node, what, target string, reference *ast.ReferenceLink, help string) {
		script := isScript(html.UnescapeString(target))
		if !script && !namesHost(target) {
			return
		}
		at := max(past, n.Pos())
		if reference != nil {
			definition, unreported := definitions[target]
			if !unreported {
				return // a definition is one mistake, however often it is used
			}
			delete(definitions, target)
			at = definition
		}
		if i := strings.Index(src[at:], target); i >= 0 {
			at += i
		}
		past = max(past, at)
		size := min(len(target), len(src)-at)
		if script {
			found(at, size, rule.LinkInvalid, fmt.Sprintf("the %s %q would run a script", what, firstLine(target)), help)
		} else {
			found(at, size, rule.LinkScheme,
				fmt.Sprintf("the %s %q leads to a file beside the page; did you mean %q?", what, firstLine(target), "https://"+firstLine(target)),
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
				link(n, "link", string(n.Destination), n.Reference, "link to a page")
			}
		case *ast.Image:
			if !entering {
				link(n, "image", string(n.Destination), n.Reference, "name a picture")
			}
		case *ast.AutoLink:
			if entering {
				link(n, "link", string(n.URL(source)), nil, "link to a page")
			}
		}
		return ast.WalkContinue, nil
	})
}

// definitionsIn returns where the definition of each destination begins.
func definitionsIn(doc ast.Node) map[string]int {
	places := map[string]int{}
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // it returns what this function returns
		if d, ok := n.(*ast.LinkReferenceDefinition); ok && entering {
			if _, known := places[string(d.Destination)]; !known {
				places[string(d.Destination)] = d.Pos()
			}
		}
		return ast.WalkContinue, nil
	})
	return places
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(s), "\n")
	if len(line) > 40 {
		line = strings.ToValidUTF8(line[:40], "") + "…"
	}
	return line
}
