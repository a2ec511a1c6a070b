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
// until something else follows: what a character means depends on its neighbours, and goldmark
// splits text anywhere.
type line struct {
	r     *renderer
	out   []byte
	text  []byte // not escaped and not yet in out
	start bool   // out begins a block
	// out is a task's check box, after which pandoc again looks for the start of a block
	task bool
	// where the parentheses of a link begin, if out ends with them; otherwise 0
	url   int
	inner bool // out is nested, so that spaces at its ends count
	depth depth
}

// A depth counts the enclosing nodes of each kind.
type depth struct{ link, emphasis, strong int }

// line renders the inline content of n on one line. start says whether it begins a block.
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

// noTagFirst puts an invisible space before a paragraph that begins with a tag, because MDX would
// read it as a block.
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

// flush writes the text held back.
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

// put appends Markdown. If anything but plain text follows a link directly, the link's URL goes
// into angle brackets: pandoc links bare URLs in GFM and would read what follows as part of the
// URL.
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

// raw appends Markdown without that check.
func (l *line) raw(s string) {
	l.flush()
	if n := len(l.out); n > 0 && l.out[n-1] == '!' && strings.HasPrefix(s, "[") && !l.r.terminal {
		l.out = append(l.out[:n-1], entity('!')...) // keep it a link, not an image
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

// inside renders the children of n separately.
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
		if l.flush(); len(l.out) > 0 || l.inner {
			l.put(" ") // Hugo drops the tag and keeps the space
		}
		l.raw("<br />")
	case t.SoftLineBreak():
		l.text = append(l.text, '\n')
	}
}

// shown returns what goldmark shows for a text: it resolves backslash escapes and entities.
func shown(source []byte) []byte {
	if bytes.IndexByte(source, '\\') < 0 && bytes.IndexByte(source, '&') < 0 {
		return source
	}
	var b bytes.Buffer
	w := bufio.NewWriter(&b)
	gmhtml.DefaultWriter.Write(w, source)
	if err := w.Flush(); err != nil {
		panic("mdtext: writing to a buffer failed: " + err.Error())
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
		l.raw(codeTag(squeeze(text.String()), l.r.dialect())) // adjacent spans would merge
		return
	}
	l.raw(code(text.String(), l.r.dialect()))
}

// html shows a tag as literal text.
func (l *line) html(n *ast.RawHTML) {
	tag := squeeze(string(n.Segments.Value(l.r.src)))
	if !l.r.terminal {
		tag = string(appendText(nil, tag, place{typography: true, dialect: l.r.dialect()}))
	}
	l.raw(tag)
}

// emphasis writes stars where all renderers read them back, and tags elsewhere. Nested emphasis of
// one kind has no effect.
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

// starsHold reports whether all renderers read stars around inner as emphasis, with out before them
// and next after. Renderers differ at the edges, so the edges must be plain: white space or
// punctuation outside; a letter, a digit or code inside. Around a whole paragraph stars always
// work. Tags would be worse there: MDX does not make a paragraph of only tags.
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
