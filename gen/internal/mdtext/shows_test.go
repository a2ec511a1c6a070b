package mdtext_test

import (
	"bytes"
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer"
	gmhtml "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
	"pgregory.net/rapid"

	"github.com/errspec/errspec/gen/internal/mdtext"
)

// htmlAsText renders raw HTML as literal text.
type htmlAsText struct{}

func (htmlAsText) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindRawHTML, func(w util.BufWriter, src []byte, n ast.Node,
		entering bool) (ast.WalkStatus, error) {
		if segments := n.(*ast.RawHTML).Segments; entering {
			for i := range segments.Len() {
				segment := segments.At(i)
				_, _ = w.WriteString(html.EscapeString(string(segment.Value(src))))
			}
		}
		return ast.WalkSkipChildren, nil
	})
	r.Register(ast.KindHTMLBlock, func(w util.BufWriter, src []byte, n ast.Node,
		entering bool) (ast.WalkStatus, error) {
		if block := n.(*ast.HTMLBlock); entering {
			raw := string(block.Lines().Value(src))
			if block.HasClosure() {
				raw += string(block.ClosureLine.Value(src))
			}
			_, _ = w.WriteString("<p>" + html.EscapeString(raw) + "</p>\n")
		}
		return ast.WalkSkipChildren, nil
	})
}

// authored renders an author's Markdown like GitHub, except that raw HTML is text.
func authored(t failer, md string) string {
	t.Helper()
	gm := goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(
		gmhtml.WithXHTML(), renderer.WithNodeRenderers(util.Prioritized(htmlAsText{}, 100))))
	return convert(t, gm, md)
}

// emptyPrograms matches the empty MDX expressions that this package writes. It escapes the braces
// of a text.
var emptyPrograms = regexp.MustCompile(`(\\:)\{\}|\{\t\}`)

// rewritten renders the Markdown of this package like GitHub.
func rewritten(t failer, md string) string {
	t.Helper()
	md = emptyPrograms.ReplaceAllString(md, "$1")
	gm := goldmark.New(goldmark.WithExtensions(extension.GFM),
		goldmark.WithRendererOptions(gmhtml.WithXHTML(), gmhtml.WithUnsafe()))
	return convert(t, gm, md)
}

func convert(t failer, gm goldmark.Markdown, md string) string {
	t.Helper()
	var b bytes.Buffer
	if err := gm.Convert([]byte(md), &b); err != nil {
		t.Fatalf("goldmark: %v", err)
	}
	return checkbox.ReplaceAllStringFunc(b.String(), func(box string) string {
		if strings.Contains(box, "checked") {
			return "[x]"
		}
		return "[ ]"
	})
}

var (
	checkbox = regexp.MustCompile(`<input [^>]*>`)
	nothing  = regexp.MustCompile(
		`<blockquote>\s*</blockquote>|<h[1-6]></h[1-6]>|<p></p>|<a href="[^"]*"(?: title="[^"]*")?>\s*</a>`)
	toNowhere = regexp.MustCompile(`(?s)<a href=""(?: title="[^"]*")?>(.*?)</a>`)
	toUser    = regexp.MustCompile(`(?s)<a href="\w+://[^/"]*@[^"]*"(?: title="[^"]*")?>(.*?)</a>`)
	percent   = regexp.MustCompile(`%(?:24|28|29|27|5B|5D|7B|7D|7C|5E|60|2A)`)
	lineBreak = regexp.MustCompile(`<br />`)
	structure = regexp.MustCompile(`</?(?:a|code|pre|li|ul|ol|td|th|blockquote|del|hr|h[1-6])\b[^>]*>`)
	unseen    = regexp.MustCompile(` (?:align|class)="[^"]*"`)
)

// plainURL holds what this package percent-encodes in URLs and goldmark sometimes leaves. Readers
// see no difference.
var plainURL = map[string]string{
	"%24": "$", "%28": "(", "%29": ")", "%27": "'", "%5B": "[", "%5D": "]", "%7B": "{", "%7D": "}",
	"%7C": "|", "%5E": "^", "%60": "`", "%2A": "*",
}

// A sight is what a reader sees: the text and the relevant elements.
type sight struct {
	Text      string
	Structure string
}

func sightOf(page string) sight {
	page = toNowhere.ReplaceAllString(page, "$1")
	page = toUser.ReplaceAllString(page, "$1") // such a link is text, by design
	for nothing.MatchString(page) {
		page = nothing.ReplaceAllString(page, "")
	}
	links := strings.Join(outerLinks(structure.FindAllString(page, -1)), " ")
	tags := unseen.ReplaceAllString(links, "")
	return sight{
		Text: shownText(lineBreak.ReplaceAllString(page, " ")),
		Structure: percent.ReplaceAllStringFunc(tags,
			func(code string) string { return plainURL[code] }),
	}
}

// outerLinks returns tags without nested links, which goldmark lets through.
func outerLinks(tags []string) []string {
	depth := 0
	return slices.DeleteFunc(tags, func(tag string) bool {
		switch {
		case strings.HasPrefix(tag, "<a "):
			depth++
			return depth > 1
		case tag == "</a>":
			depth--
			return depth > 0
		}
		return false
	})
}

// markdown generates short texts that are full of Markdown.
func markdown() *rapid.Generator[string] {
	piece := rapid.SampledFrom([]string{
		"word", "word", "a", "é", "日本", " ", " ", " ", "\n", "\n", "\n\n", "  \n", "\\\n", "\t",
		"*", "**", "_", "__", "***", "`", "``", "~~", "[", "](/u)", "](/u \"t\")", "]", "![", "(",
		")",
		"[r]", "\n\n[r]: /ref\n\n", "<b>", "</b>", "<!-- c -->", "<div>\n", "<https://a.io/x_y>",
		"https://a.io/b", "www.a.io", "m@a.io", "&amp;", "&lt;", "&nbsp;", "&#42;", "\\*", "\\|",
		"\\", "{", "}", "{{x}}", "$", "^", "|", "#", "!", ".", ":", "'", "\"", "=", "+",
		"\n- ", "\n  - ", "\n* ", "\n1. ", "\n2) ", "\n> ", "\n# ", "\n### ", "\n---\n", "\n===\n",
		"\n    ", "\n```\n", "\n```go\n", "\n~~~\n", "\n| a | b |\n|---|:-:|\n| ", " | ", " |\n",
		"- [ ] ", "\n- [x] ",
	})
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(piece, 1, 14).Draw(t, "pieces"), "")
	})
}

// dialect generates a style of each dialect.
func dialect() *rapid.Generator[mdtext.Style] {
	return rapid.SampledFrom([]mdtext.Style{{}, {Dialect: mdtext.GFM}, {Dialect: mdtext.MDX}})
}

func TestSectionShowsWhatTheAuthorWrote(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		md := markdown().Draw(rt, "markdown")
		style := dialect().Draw(rt, "dialect")
		written := style.Parse(md).Section(highest(authored(rt, md)))
		want, got := sightOf(authored(rt, md)), sightOf(rewritten(rt, written))
		if diff := cmp.Diff(want, got); diff != "" {
			rt.Fatalf(
				"readers see something else than the author wrote (-want +got):\n%s\nauthor:\n%s\n\nwritten:\n"+
					"%s",
				diff, md, written)
		}
	})
}

// highest returns the level of the highest heading of a page, so that Section leaves levels as they
// are.
func highest(page string) int {
	page = nothing.ReplaceAllString(page, "")
	for level := 1; level <= 6; level++ {
		if strings.Contains(page, "<h"+string(rune('0'+level))+">") {
			return level
		}
	}
	return 1
}

func TestCellStaysInItsCell(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		md := markdown().Draw(rt, "markdown")
		style := dialect().Draw(rt, "dialect")
		cell := inCell(rt, style.Parse(md).Cell())
		all := shownText(lineBreak.ReplaceAllString(authored(rt, md), " "))
		if got := shownText(lineBreak.ReplaceAllString(cell, " ")); !strings.Contains(all, got) {
			rt.Fatalf("the cell shows %q, which the author did not write: %q", got, md)
		}
	})
}

// TestWholeShowsAllInItsCell compares only letters, because a cell shows lists and rules with other
// marks.
func TestWholeShowsAllInItsCell(t *testing.T) {
	noLetter := regexp.MustCompile(`\PL+`)
	rapid.Check(t, func(rt *rapid.T) {
		md := markdown().Draw(rt, "markdown")
		style := dialect().Draw(rt, "dialect")
		cell := inCell(rt, style.Parse(md).Whole())
		page := lineBreak.ReplaceAllString(authored(rt, md), " ") // an alt text may contain it
		want := noLetter.ReplaceAllString(shownText(page), "")
		got := noLetter.ReplaceAllString(shownText(lineBreak.ReplaceAllString(cell, " ")), "")
		if want != got {
			rt.Fatalf("the cell shows the letters %q, want %q: %q", got, want, md)
		}
	})
}

// inCell returns the content of a table cell with this Markdown, and fails if it holds a block or
// leaves the cell.
func inCell(t *rapid.T, md string) string {
	page := rewritten(t, "| a | b |\n| --- | --- |\n| x | "+md+" |\n")
	cell := between(t, page, "<td>x</td>\n<td>", "</td>\n</tr>\n</tbody>\n</table>")
	if m := regexp.MustCompile(`</?(?:p|li|ul|ol|pre|h[1-6]|td|script|div)\b`).
		FindString(cell); m != "" {
		t.Fatalf("the cell holds a block %s: %s", m, cell)
	}
	return cell
}
