package check

import (
	"fmt"
	"html"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/mdtext"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/syntax"
	"github.com/errspec/errspec/gen/internal/unseen"
)

// markups looks through the texts in Markdown.
func (m *model) markups() {
	for _, t := range m.texts {
		if t.form == markdownForm {
			m.markup(t.e, t.s, t.path)
		}
	}
	for i := range m.written.Docs.Sections {
		m.sectionMarkup(&m.written.Docs.Sections[i], fmt.Sprintf("docs.sections[%d]", i))
	}
}

// markup reports parts of a Markdown text that readers see differently from what its author may
// expect: raw HTML, and texts that look like links.
func (m *model) markup(e *entry, s syntax.Scalar, path string) {
	if !mayHoldMarkup(s.Text) {
		return
	}
	place := s.Locator()
	lookThrough(s.Text, func(at, n int, d diag.Diagnostic) {
		d.Span, d.Path = place.At(at, n), path
		m.reportOf(e, d)
	})
}

func (m *model) sectionMarkup(s *syntax.Section, path string) {
	switch {
	case s.Source == nil:
		m.markup(nil, s.Text, path+".text")
	case mayHoldMarkup(s.Content):
		lookThrough(s.Content, func(at, n int, d diag.Diagnostic) {
			line, _, _ := strings.Cut(s.Content[at:at+n], "\n")
			d.Span, d.Path = s.Source.At(at, utf8.RuneCountInString(line)), path+".file"
			m.report(d)
		})
	}
}

// mayHoldMarkup reports whether it is worth while to parse a text. Most are plain prose.
func mayHoldMarkup(src string) bool {
	return strings.ContainsAny(src, "<&") || strings.Contains(src, "](") ||
		strings.Contains(src, "]:") ||
		strings.Contains(src, "://") ||
		mdtext.MayExceed(src)
}

// lookThrough parses Markdown and calls found for what is amiss, in order, with its place in bytes.
func lookThrough(src string, found func(at, n int, d diag.Diagnostic)) {
	l := look{src: src, found: found, open: map[string]int{}}
	doc, bound := mdtext.ParseTree([]byte(src))
	if bound.Problem != "" {
		found(bound.Offset, 1, diag.Diagnostic{
			Rule: rule.LimitExceeded, Message: bound.Problem, Help: bound.Help,
		})
		return // what follows is shown as literal text
	}
	// The walker's error is the callback's, which has none.
	_ = ast.Walk(doc,
		func(n ast.Node, entering bool) (ast.WalkStatus, error) { return l.node(n, entering), nil })
}

// A look goes through a Markdown text.
type look struct {
	src   string
	past  int // how far it has come: a link does not know its place, but stands after what went before
	found func(at, n int, d diag.Diagnostic)
	open  map[string]int // how many elements of HTML have begun and not ended, by their names
}

func (l *look) node(n ast.Node, entering bool) ast.WalkStatus {
	switch n := n.(type) {
	case *ast.Text:
		if entering {
			l.past = max(l.past, n.Segment.Start)
			l.entities(n.Segment.Start, n.Segment.Stop)
		}
	case *ast.CodeSpan: // where nothing means anything
		return ast.WalkSkipChildren
	case *ast.RawHTML:
		if segment := n.Segments.At(0); entering {
			l.past = segment.Start
			l.tag(segment.Start, segment.Stop)
		}
	case *ast.HTMLBlock:
		if entering && n.Lines().Len() > 0 {
			l.past = n.Lines().At(0).Start
			l.block(n)
		}
	case *ast.LinkReferenceDefinition:
		if entering && n.Lines().Len() > 0 {
			l.past = max(l.past, n.Lines().At(0).Start)
			l.link("link", string(n.Destination), string(n.Title), "link to a page")
		}
	case *ast.Link: // its text comes before its destination
		if !entering && n.Reference == nil { // else it is judged where it is defined
			l.link("link", string(n.Destination), string(n.Title), "link to a page")
		}
	case *ast.Image:
		if !entering && n.Reference == nil {
			l.link("image", string(n.Destination), string(n.Title), "name a picture")
		}
	case *ast.AutoLink:
		if entering && n.AutoLinkType == ast.AutoLinkURL {
			l.destination("link", string(n.Label([]byte(l.src))), string(n.URL([]byte(l.src))),
				"link to a page, or put it in backticks")
		}
	}
	return ast.WalkContinue
}

// tag reports a tag of HTML in a paragraph, unless it ends an element whose beginning is reported.
func (l *look) tag(start, stop int) {
	if l.pairs(l.src[start:stop]) {
		return
	}
	tag := firstLine(l.src[start:stop])
	help := "put it in backticks if you mean the text: `" + tag + "`"
	if m := tagName.FindStringSubmatch(tag); m != nil && inMarkdown[strings.ToLower(m[2])] != "" {
		help = "write " + inMarkdown[strings.ToLower(m[2])] + "; " + help
	}
	l.found(start, stop-start, diag.Diagnostic{
		Rule:    rule.TextHTML,
		Message: tag + " is raw HTML, which the reference shows as text",
		Help:    help,
	})
}

// block reports a block of HTML, unless it begins with the end of an element that is reported.
func (l *look) block(n *ast.HTMLBlock) {
	first := n.Lines().At(0)
	line := strings.TrimSpace(l.src[first.Start:first.Stop])
	stop := n.Lines().At(n.Lines().Len() - 1).Stop
	if n.HasClosure() {
		stop = n.ClosureLine.Stop
	}
	if l.pairs(l.src[first.Start:stop]) {
		return
	}
	l.found(first.Start, len(line), diag.Diagnostic{
		Rule:    rule.TextHTML,
		Message: firstLine(line) + " begins a block of raw HTML, which the reference shows as text",
		Help:    "write Markdown, or put it in backticks",
	})
}

// pairs keeps account of the elements that HTML begins and ends, and reports whether it begins with
// the end of one that began before, and begins none itself.
func (l *look) pairs(html string) bool {
	ends, begins := false, false
	for i, m := range tagName.FindAllStringSubmatchIndex(html, -1) {
		name := strings.ToLower(html[m[4]:m[5]])
		switch closing := m[3] > m[2]; {
		case !closing:
			l.open[name]++
			begins = true
		case l.open[name] > 0:
			l.open[name]--
			ends = ends || i == 0 && strings.TrimSpace(html[:m[0]]) == ""
		}
	}
	return ends && !begins
}

var tagName = regexp.MustCompile(`<(/?)([A-Za-z][A-Za-z0-9-]*)`)

// inMarkdown is how Markdown says what a tag says.
var inMarkdown = map[string]string{
	"b": "**text**", "strong": "**text**", "i": "*text*", "em": "*text*", "code": "`text`",
	"tt": "`text`", "s": "~~text~~", "del": "~~text~~", "a": "[text](URL)", "br": "an empty line",
	"p": "an empty line", "li": "a list: lines that begin with -",
}

// link judges the destination of a link or an image, and its title.
func (l *look) link(what, destination, title, help string) {
	l.destination(what, destination, mdtext.Unescaped(destination), help)
	if at := strings.Index(l.src[l.past:], title); at >= 0 && title != "" {
		l.past += at
		l.entities(l.past, l.past+len(title))
	}
}

// destination checks where a link leads; written is its form in the text.
func (l *look) destination(what, written, url, help string) {
	if i := strings.Index(l.src[l.past:], written); i >= 0 {
		l.past += i
	}
	n := min(len(written), len(l.src)-l.past)
	if problem := mdtext.URLProblem(url); problem != "" && url != "" {
		l.found(l.past, n, diag.Diagnostic{
			Rule:    rule.LinkInvalid,
			Message: fmt.Sprintf("the %s %q %s", what, firstLine(written), problem),
			Help:    help + ": " + allowed,
		})
	} else if namesHost(url) {
		l.found(l.past, n, diag.Diagnostic{
			Rule: rule.LinkScheme,
			Message: fmt.Sprintf("the %s %q points to a file next to the page; did you mean %q?",
				what, firstLine(written), "https://"+firstLine(written)),
			Help: "begin it with https://, or with ./ if it is a file",
		})
	}
}

const allowed = "allowed are https, http, mailto and tel URLs, paths on the same site, " +
	"?queries and #fragments"

var entity = regexp.MustCompile(`&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]*);`)

// entities reports the entities in a part of the text that stand for what a text must not hold.
func (l *look) entities(start, stop int) {
	part := l.src[start:stop]
	for _, at := range entity.FindAllStringIndex(part, -1) {
		before := named(part[max(0, at[0]-maxNear):at[0]])
		after := named(part[at[1]:min(len(part), at[1]+maxNear)])
		for i, r := range named(part[at[0]:at[1]]) {
			if !unseen.Suspect(r) {
				continue
			}
			if c := unseen.At(before+named(part[at[0]:at[1]])+after, len(before)+i); c.Kind != unseen.None {
				id, problem, help := syntax.Unseen(c)
				l.found(start+at[0], at[1]-at[0], diag.Diagnostic{
					Rule: id, Message: problem, Help: help,
				})
				break
			}
		}
	}
}

// maxNear is how many bytes around an entity are looked at for what it does there.
const maxNear = 64

// named returns a text with its entities replaced by what they stand for.
func named(text string) string {
	return entity.ReplaceAllStringFunc(text, func(name string) string {
		base, digits := 10, strings.TrimSuffix(name[1:], ";")
		if digits[0] != '#' {
			return html.UnescapeString(name)
		}
		if digits = digits[1:]; digits[0] == 'x' || digits[0] == 'X' {
			base, digits = 16, digits[1:]
		}
		n, err := strconv.ParseInt(digits, base, 32)
		if err != nil {
			return name
		}
		return string(rune(n))
	})
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(s), "\n")
	if len(line) > 40 {
		line = strings.ToValidUTF8(line[:40], "") + "…"
	}
	return line
}
