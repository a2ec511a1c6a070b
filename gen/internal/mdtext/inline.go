package mdtext

import (
	"bufio"
	"bytes"
	"html"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	gmhtml "github.com/yuin/goldmark/renderer/html"
)

// A line is the content of a paragraph, heading or cell while it is written. Text is held back
// until something else follows, because what a character means depends on its neighbours, and
// goldmark cuts text anywhere.
type line struct {
	r     *renderer
	out   []byte
	text  []byte // unescaped; not in out yet
	start bool   // out begins a block
	// out is the box of a task, after which pandoc looks for the beginning of a block again
	task bool
	// where in out the parentheses of a link begin that ends where out does now; 0: elsewhere
	url   int
	inner bool // out is inside of something: the space at its ends counts
	depth depth
}

// A depth counts the nodes of a kind that the writer is inside of.
type depth struct{ link, emphasis, strong int }

// line renders the inline content of n in one line. start says whether it begins a block.
func (r *renderer) line(n ast.Node, start bool) string { return r.lineFrom(n.FirstChild(), start) }

// lineFrom renders first and its following siblings.
func (r *renderer) lineFrom(first ast.Node, start bool) string {
	l := line{r: r, start: start}
	for c := first; c != nil; c = c.NextSibling() {
		l.node(c)
	}
	l.flush()
	out := strings.TrimRight(string(l.out), " ")
	if start {
		return noTagFirst(out)
	}
	return out
}

// noTagFirst returns a paragraph so that it does not begin with a tag, which would make it a block
// in MDX. The space is not seen.
func noTagFirst(paragraph string) string {
	if strings.HasPrefix(paragraph, "<") {
		return entity(' ') + paragraph
	}
	return paragraph
}

// boldLine renders the inline content of n as a bold paragraph.
func (r *renderer) boldLine(n ast.Node) string {
	l := line{r: r, depth: depth{strong: 1}}
	l.children(n)
	l.flush()
	text := strings.TrimRight(string(l.out), " ")
	around := line{r: r}
	if text == "" {
		return ""
	}
	if around.starsHold(text, nil) {
		return "**" + text + "**"
	}
	return noTagFirst("<strong>" + text + "</strong>")
}

// flush writes the text that was held back.
func (l *line) flush() {
	if len(l.text) == 0 {
		return
	}
	text := squeeze(string(l.text))
	l.text = l.text[:0]
	atStart := len(l.out) == 0
	if atStart && !l.inner {
		text = strings.TrimLeft(text, " ")
	}
	if l.r.terminal {
		l.out = append(l.out, text...)
		return
	}
	l.put(string(appendText(nil, text, place{start: l.start && (atStart || l.task),
		dialect: l.r.dialect()})))
}

// put appends Markdown. If more than plain text follows a link at once, the link's URL goes into
// angle brackets: pandoc, which makes links of bare URLs in GFM, would take what follows for more
// of the URL, and show it as it is written.
func (l *line) put(s string) {
	if s == "" {
		return
	}
	if l.url > 0 && strings.IndexByte("&*_[!~`\\", s[0]) >= 0 {
		target := string(l.out[l.url+1 : len(l.out)-1])
		l.out = append(l.out[:l.url], "(<"+target+">)"...)
	}
	l.out = append(l.out, s...)
	l.url, l.task = 0, false
}

// raw writes Markdown.
func (l *line) raw(s string) {
	l.flush()
	if n := len(l.out); n > 0 && l.out[n-1] == '!' && strings.HasPrefix(s, "[") && !l.r.terminal {
		l.out = append(l.out[:n-1], entity('!')...) // a link, not an image
	}
	l.put(s)
}

func (l *line) node(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		l.textNode(n)
	case *ast.String:
		l.text = append(l.text, n.Value...)
	case *ast.CodeSpan:
		l.code(n)
	case *ast.Emphasis:
		l.emphasis(n)
	case *extast.Strikethrough:
		l.tagged("del", n)
	case *ast.Link:
		l.link(l.inside(n, depth{link: 1}), string(shown(n.Destination)), string(shown(n.Title)))
	case *ast.AutoLink:
		l.autoLink(n)
	case *ast.Image:
		l.image(n)
	case *ast.RawHTML:
		l.html(n)
	case *extast.TaskCheckBox:
		if n.IsChecked {
			l.raw("[x] ")
		} else {
			l.raw("[ ] ")
		}
		l.task = true
	default:
		l.children(n)
	}
}

func (l *line) children(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		l.node(c)
	}
}

// inside renders the children of n on their own.
func (l *line) inside(n ast.Node, in depth) string {
	in.link += l.depth.link
	in.emphasis += l.depth.emphasis
	in.strong += l.depth.strong
	inner := line{r: l.r, depth: in, inner: true}
	inner.children(n)
	inner.flush()
	return string(inner.out)
}

func (l *line) textNode(t *ast.Text) {
	segment := t.Value(l.r.src)
	if t.IsRaw() {
		l.text = append(l.text, segment...)
	} else {
		l.text = append(l.text, shown(segment)...)
	}
	switch {
	case t.HardLineBreak() && l.r.terminal:
		l.raw("\n")
	case t.HardLineBreak():
		l.raw(" <br />") // the space is what is left in Hugo, which drops tags
	case t.SoftLineBreak():
		l.text = append(l.text, '\n')
	}
}

// shown returns what goldmark shows for text: backslash escapes and entities become what they stand
// for.
func shown(source []byte) []byte {
	if bytes.IndexByte(source, '\\') < 0 && bytes.IndexByte(source, '&') < 0 {
		return source
	}
	var b bytes.Buffer
	w := bufio.NewWriter(&b)
	gmhtml.DefaultWriter.Write(w, source)
	if err := w.Flush(); err != nil {
		panic("mdtext: a buffer that can not be written: " + err.Error())
	}
	return []byte(html.UnescapeString(b.String()))
}

func (l *line) code(n ast.Node) {
	var text strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			text.Write(t.Value(l.r.src))
		}
	}
	if l.r.terminal {
		l.raw("`" + squeeze(text.String()) + "`")
		return
	}
	l.flush()
	if bytes.HasSuffix(l.out, []byte("`")) {
		l.raw(codeTag(squeeze(text.String()), l.r.dialect())) // two spans that touch would be one
		return
	}
	l.raw(code(text.String(), l.r.dialect()))
}

// html shows a tag as the text that it is.
func (l *line) html(n *ast.RawHTML) {
	tag := squeeze(string(n.Segments.Value(l.r.src)))
	if !l.r.terminal {
		tag = string(appendText(nil, tag, place{typography: true, dialect: l.r.dialect()}))
	}
	l.raw(tag)
}

// emphasis writes stars where all renderers read them back, and tags elsewhere. Emphasis in
// emphasis is the same emphasis.
func (l *line) emphasis(n *ast.Emphasis) {
	stars, tag, in := "*", "em", depth{emphasis: 1}
	already := l.depth.emphasis
	if n.Level == 2 {
		stars, tag, in = "**", "strong", depth{strong: 1}
		already = l.depth.strong
	}
	if already > 0 || l.r.terminal {
		l.children(n)
		return
	}
	l.flush()
	inner := l.inside(n, in)
	if l.starsHold(inner, n.NextSibling()) {
		l.raw(stars + inner + stars)
		return
	}
	l.raw("<" + tag + ">" + inner + "</" + tag + ">")
}

// starsHold reports whether stars around inner will be read as emphasis, with out before them and
// next after. Renderers differ at the seams, so the seams must be plain: white space or punctuation
// outside, a letter, a digit or code inside. Around a whole paragraph they hold whatever is inside.
// There tags would be worse: MDX makes no paragraph of one that is nothing but tags.
func (l *line) starsHold(inner string, next ast.Node) bool {
	first, _ := utf8.DecodeRuneInString(inner)
	last, _ := utf8.DecodeLastRuneInString(inner)
	if len(l.out) == 0 && next == nil && !l.inner {
		return inner != "" && first != ' ' && last != ' ' && !strings.Contains(inner, "*")
	}
	firstOK := isWord(first) || first == '`' || first == '['
	lastOK := isWord(last) || last == '`' || last == ')' || last == '.' || last == ':' ||
		last == '!' || last == '?'
	if !firstOK || !lastOK || strings.Contains(inner, "*") {
		return false
	}
	before, _ := utf8.DecodeLastRune(l.out)
	if len(l.out) > 0 && (isWord(before) || before == '*' || before >= utf8.RuneSelf) {
		return false
	}
	switch next := next.(type) {
	case nil, *ast.CodeSpan:
		return true
	case *ast.Text:
		after, n := utf8.DecodeRune(shown(next.Value(l.r.src)))
		return n > 0 && after < utf8.RuneSelf && !isWord(after) || n == 0 && next.SoftLineBreak()
	}
	return false
}

// tagged writes the children of n between tags.
func (l *line) tagged(tag string, n ast.Node) {
	if l.r.terminal {
		l.children(n)
		return
	}
	inner := l.inside(n, depth{})
	l.raw("<" + tag + ">" + inner + "</" + tag + ">")
}
