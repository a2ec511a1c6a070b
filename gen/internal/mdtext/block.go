package mdtext

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// A renderer writes a syntax tree as Markdown that every renderer reads alike, or as plain text.
type renderer struct {
	src      []byte
	style    *Style // nil: the usual
	level    int    // of the highest headings; 0: headings are bold paragraphs
	top      int    // the level in the source that becomes level
	terminal bool   // plain text
}

func (r *renderer) dialect() Dialect {
	if r.style == nil {
		return Portable
	}
	return r.style.Dialect
}

// withLead renders the blocks below n with something before them.
func (r *renderer) withLead(n ast.Node, lead string) string {
	first := n.FirstChild()
	if lead == "" || first == nil {
		return r.blocks(n, "\n\n")
	}
	if isParagraph(first) {
		return joinBlocks([]string{lead + r.paragraph(first, false),
			r.from(first.NextSibling(), "\n\n")}, "\n\n")
	}
	return joinBlocks([]string{strings.TrimRight(lead, " "), r.from(first, "\n\n")}, "\n\n")
}

// blocks renders the children of n.
func (r *renderer) blocks(n ast.Node, sep string) string { return r.from(n.FirstChild(), sep) }

// from renders a block and its following siblings.
func (r *renderer) from(first ast.Node, sep string) string {
	var (
		parts  []string
		before *ast.List // the list that was shown last, with nothing after it
		other  bool      // it has the other markers
	)
	for c := first; c != nil; c = c.NextSibling() {
		if l, ok := c.(*ast.List); ok {
			// With the same markers, two lists side by side would be one.
			other = before != nil && before.IsOrdered() == l.IsOrdered() && !other
			before = l
			parts = append(parts, r.list(l, other))
			continue
		}
		if part := r.block(c); part != "" {
			parts = append(parts, part)
			before = nil
		}
	}
	return joinBlocks(parts, sep)
}

// joinBlocks joins the blocks that are not empty.
func joinBlocks(parts []string, sep string) string {
	kept := parts[:0]
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, sep)
}

// block renders a node that is no list; "" if nothing of it is shown.
func (r *renderer) block(n ast.Node) string {
	switch n := n.(type) {
	case *ast.Paragraph, *ast.TextBlock, *ast.HTMLBlock:
		return r.paragraph(n, true)
	case *ast.Heading:
		return r.heading(n)
	case *ast.ThematicBreak:
		return "___" // no list marker consists of these
	case *ast.FencedCodeBlock:
		return r.code(r.info(n), n)
	case *ast.CodeBlock:
		return r.code("", n)
	case *ast.Blockquote:
		return r.quote(n)
	case *extast.Table:
		return r.table(n)
	default:
		// Link definitions are such: they show nothing.
		return r.blocks(n, "\n\n")
	}
}

func (r *renderer) heading(h *ast.Heading) string {
	if r.level == 0 && !r.terminal {
		return r.boldLine(h)
	}
	text := r.line(h, false)
	if text == "" || r.terminal {
		return text
	}
	return strings.Repeat("#", min(6, r.level+h.Level-r.top)) + " " + text
}

// languageFirst is an info string that begins with what all renderers take for a language.
var languageFirst = regexp.MustCompile("^[A-Za-z0-9_#.+-]+(?: [^`]*)?$")

// language is the word that such an info string, or any other, begins with.
var language = regexp.MustCompile(`^[A-Za-z0-9_#.+-]*`)

// info returns the info string of a fence: its language. What may follow it (title="…") is for the
// renderer of one site, and others take such a fence for text; only a section, which the author
// writes for the site, keeps it.
func (r *renderer) info(n *ast.FencedCodeBlock) string {
	if n.Info == nil {
		return ""
	}
	info := strings.TrimSpace(string(n.Info.Segment.Value(r.src)))
	if r.level > 0 && languageFirst.MatchString(info) {
		return info
	}
	return language.FindString(info)
}

func (r *renderer) code(info string, n ast.Node) string {
	code := string(n.Lines().Value(r.src))
	if r.terminal {
		return indent(strings.TrimRight(code, "\n"), "    ", "    ")
	}
	return Fence(info, code)
}

// isParagraph reports whether a block is written as a paragraph.
func isParagraph(n ast.Node) bool {
	return n.Kind() == ast.KindParagraph || n.Kind() == ast.KindHTMLBlock
}

// paragraph renders a line of text, or raw HTML as the text that it is. start says whether it
// begins a block.
func (r *renderer) paragraph(n ast.Node, start bool) string {
	block, ok := n.(*ast.HTMLBlock)
	if !ok {
		return r.line(n, start)
	}
	raw := block.Lines().Value(r.src)
	if block.HasClosure() {
		raw = append(bytes.Clone(raw), block.ClosureLine.Value(r.src)...)
	}
	text := Collapse(string(raw))
	if r.terminal {
		return text
	}
	return string(appendText(nil, text, place{start: start, typography: true,
		dialect: r.dialect()}))
}

// alert is the first line of one of GitHub's callouts.
var alert = regexp.MustCompile(`^\[!([A-Za-z]+)\]$`)

// githubAlert are the callouts that GitHub has.
var githubAlert = map[string]bool{"Note": true, "Tip": true, "Important": true, "Warning": true,
	"Caution": true}

// quote renders a block quote. The marker of a callout, which GitHub alone knows, becomes a bold
// word for others.
func (r *renderer) quote(n *ast.Blockquote) string {
	label, rest := r.callout(n)
	body := ""
	if label != "" {
		body = joinBlocks([]string{r.lineFrom(rest, true),
			r.from(n.FirstChild().NextSibling(), "\n\n")}, "\n\n")
	}
	switch {
	case label == "":
		body = r.blocks(n, "\n\n")
	case r.dialect() == GFM && !r.terminal && githubAlert[label] &&
		n.Parent().Kind() == ast.KindDocument && body != "":
		body = "[!" + strings.ToUpper(label) + "]\n" + body
	case r.terminal:
		body = joinBlocks([]string{label + ":", body}, "\n\n")
	default:
		body = joinBlocks([]string{"**" + label + "**", body}, "\n\n")
	}
	if body == "" {
		return ""
	}
	return indent(body, "> ", "> ")
}

// callout returns the word of a callout, and what follows it in the quote's first paragraph; "" if
// the quote is none.
func (r *renderer) callout(n *ast.Blockquote) (label string, rest ast.Node) {
	p, ok := n.FirstChild().(*ast.Paragraph)
	if !ok {
		return "", nil
	}
	firstLine := p.Lines().At(0)
	m := alert.FindSubmatch(bytes.TrimSpace(firstLine.Value(r.src)))
	if m == nil {
		return "", nil
	}
	return strings.ToUpper(string(m[1][:1])) + strings.ToLower(string(m[1][1:])), afterLine(p)
}

// afterLine returns the first inline node of the second line of p, or nil.
func afterLine(p ast.Node) ast.Node {
	for c := p.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok && (t.SoftLineBreak() || t.HardLineBreak()) {
			return c.NextSibling()
		}
	}
	return nil
}

// list renders a list, with the other markers than usual if told so. Its items are indented by four
// columns, which Python-Markdown wants; more if the number is long.
func (r *renderer) list(l *ast.List, other bool) string {
	bullet, dot := "-", "."
	if other {
		bullet, dot = "*", ")"
	}
	sep := "\n\n"
	if l.IsTight && onlyLines(l) {
		sep = "\n"
	}
	var items []string
	number := l.Start
	for c := l.FirstChild(); c != nil; c = c.NextSibling() {
		marker := bullet
		if l.IsOrdered() {
			marker = strconv.Itoa(number) + dot
			number++
		}
		marker += strings.Repeat(" ", max(1, 4-len(marker)))
		item := r.blocks(c, sep)
		if item == "" && !r.terminal {
			item = entity(' ') // the markers of empty items can make a rule
		}
		items = append(items, indent(item, marker, strings.Repeat(" ", len(marker))))
	}
	return strings.Join(items, sep)
}

// onlyLines reports whether a list holds nothing but lines of text and such lists, so that it can
// be written without empty lines.
func onlyLines(l ast.Node) bool {
	for item := l.FirstChild(); item != nil; item = item.NextSibling() {
		for c := item.FirstChild(); c != nil; c = c.NextSibling() {
			if list, ok := c.(*ast.List); ok {
				if !list.IsTight || !onlyLines(list) {
					return false
				}
			} else if c.Kind() != ast.KindTextBlock {
				return false
			}
		}
	}
	return true
}

// indent puts first before the first line of text and rest before the others, leaving no space at
// the end of a line.
func indent(text, first, rest string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		prefix := rest
		if i == 0 {
			prefix = first
		}
		if line == "" {
			lines[i] = strings.TrimRight(prefix, " ")
		} else {
			lines[i] = prefix + line
		}
	}
	return strings.Join(lines, "\n")
}

func (r *renderer) table(t *extast.Table) string {
	var lines []string
	for row := t.FirstChild(); row != nil; row = row.NextSibling() {
		lines = append(lines, "| "+strings.Join(r.cells(row), " | ")+" |")
		if row.Kind() == extast.KindTableHeader {
			lines = append(lines, delimiterRow(t.Alignments))
		}
	}
	return strings.Join(lines, "\n")
}

func (r *renderer) cells(row ast.Node) []string {
	var cells []string
	for c := row.FirstChild(); c != nil; c = c.NextSibling() {
		cells = append(cells, r.line(c, false))
	}
	return cells
}

func delimiterRow(alignments []extast.Alignment) string {
	var cells []string
	for _, a := range alignments {
		switch a {
		case extast.AlignLeft:
			cells = append(cells, ":---")
		case extast.AlignRight:
			cells = append(cells, "---:")
		case extast.AlignCenter:
			cells = append(cells, ":---:")
		default:
			cells = append(cells, "---")
		}
	}
	return "| " + strings.Join(cells, " | ") + " |"
}
