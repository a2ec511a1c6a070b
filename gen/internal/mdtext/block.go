package mdtext

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// A renderer writes a syntax tree as plain text, or as Markdown that all renderers read alike.
type renderer struct {
	src      []byte
	style    *Style // nil for the default
	level    int    // of the highest headings; 0 makes headings bold paragraphs
	top      int    // the highest level in the source, which becomes level
	terminal bool   // write plain text
}

func (r *renderer) dialect() Dialect {
	if r.style == nil {
		return Portable
	}
	return r.style.Dialect
}

// withLead renders the blocks below n and puts lead before them.
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
		before *ast.List // the previous block, if it is a list
		other  bool      // that list uses the alternative markers
	)
	for c := first; c != nil; c = c.NextSibling() {
		if l, ok := c.(*ast.List); ok {
			// Adjacent lists with the same markers would merge.
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

// joinBlocks joins the parts that are not empty.
func joinBlocks(parts []string, sep string) string {
	kept := parts[:0]
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, sep)
}

// block renders a node that is not a list. It returns "" if the node shows nothing.
func (r *renderer) block(n ast.Node) string {
	switch n := n.(type) {
	case *ast.Paragraph, *ast.TextBlock, *ast.HTMLBlock:
		return r.paragraph(n, true)
	case *ast.Heading:
		return r.heading(n)
	case *ast.ThematicBreak:
		return "___" // list markers never consist of these
	case *ast.FencedCodeBlock:
		return r.code(r.info(n), n)
	case *ast.CodeBlock:
		return r.code("", n)
	case *ast.Blockquote:
		return r.quote(n)
	case *extast.Table:
		return r.table(n)
	default:
		// For example link definitions, which show nothing.
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

// languageFirst matches an info string that begins with a word which all renderers accept as a
// language.
var languageFirst = regexp.MustCompile("^[A-Za-z0-9_#.+-]+(?: [^`]*)?$")

// language matches the first word of an info string.
var language = regexp.MustCompile(`^[A-Za-z0-9_#.+-]*`)

// info returns the info string of a fence: only its language, unless in a section. What may follow
// the language (title="…") is for one site's renderer, and other renderers show such a fence as
// text. Authors write sections for their own site.
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

// isParagraph reports whether a block becomes a paragraph.
func isParagraph(n ast.Node) bool {
	return n.Kind() == ast.KindParagraph || n.Kind() == ast.KindHTMLBlock
}

// paragraph renders a line of text, or raw HTML as literal text. start says whether it begins a
// block.
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

// alert matches the first line of a GitHub callout.
var alert = regexp.MustCompile(`^\[!([A-Za-z]+)\]$`)

// githubAlert holds GitHub's callouts.
var githubAlert = map[string]bool{"Note": true, "Tip": true, "Important": true, "Warning": true,
	"Caution": true}

// quote renders a block quote. The marker of a callout, which only GitHub reads, becomes a bold
// word for other renderers.
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

// callout returns the word of a callout and what follows it in the first paragraph of the quote. It
// returns "" if the quote is not a callout.
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

// list renders a list, with the alternative markers if other is set. Items are indented by four
// columns, as Python-Markdown requires, or more if the number is long.
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
			item = entity(' ') // the markers of adjacent empty items could form a rule
		}
		items = append(items, indent(item, marker, strings.Repeat(" ", len(marker))))
	}
	return strings.Join(items, sep)
}

// onlyLines reports whether a list holds only lines of text and lists of such lines, so that it
// needs no empty lines.
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

// indent puts first before the first line of text and rest before the other lines. No line ends in
// a space.
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
