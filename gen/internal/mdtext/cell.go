package mdtext

import (
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// Cell returns the first paragraph of the text on one line, for a table cell.
func (d Doc) Cell() string {
	if d.root == nil {
		return d.plain
	}
	r := renderer{src: d.src, style: d.style}
	if p := firstParagraph(d.root); p != nil {
		return r.paragraph(p, false)
	}
	return ""
}

// Fits reports whether [Doc.Cell] shows the whole text.
func (d Doc) Fits() bool {
	if d.root == nil {
		return true
	}
	first := d.root.FirstChild()
	return isParagraph(first) && first.NextSibling() == nil
}

// Whole returns the whole text on one line, for a table cell whose text is shown nowhere else.
// Cells hold no blocks, so paragraphs, items and lines of code follow each other with line breaks.
func (d Doc) Whole() string {
	if d.root == nil {
		return d.plain
	}
	r := renderer{src: d.src, style: d.style}
	// Hugo drops the tag and keeps the space
	return strings.Join(r.lines(d.root.FirstChild()), " <br />")
}

// lines returns the lines that a block and its following siblings show, without empty ones.
func (r *renderer) lines(first ast.Node) []string {
	var lines []string
	for n := first; n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Paragraph, *ast.TextBlock, *ast.HTMLBlock:
			lines = append(lines, r.paragraph(n, false))
		case *ast.Heading:
			lines = append(lines, r.boldLine(n))
		case *ast.FencedCodeBlock, *ast.CodeBlock:
			for line := range strings.Lines(string(n.Lines().Value(r.src))) {
				lines = append(lines, code(strings.TrimRight(line, " \t\n"), r.dialect()))
			}
		case *ast.Blockquote:
			lines = append(lines, r.quoteLines(n)...)
		case *ast.List:
			lines = append(lines, r.items(n)...)
		case *extast.Table:
			for row := n.FirstChild(); row != nil; row = row.NextSibling() {
				lines = append(lines, strings.Join(r.cells(row), " · "))
			}
		default:
			lines = append(lines, r.lines(n.FirstChild())...)
		}
	}
	return slices.DeleteFunc(lines, func(line string) bool { return line == "" })
}

// quoteLines returns the lines of a quote, with the word of a callout before the first.
func (r *renderer) quoteLines(n *ast.Blockquote) []string {
	label, rest := r.callout(n)
	if label == "" {
		return r.lines(n.FirstChild())
	}
	lead := "**" + label + ":** " + r.lineFrom(rest, false)
	return append([]string{strings.TrimRight(lead, " ")}, r.lines(n.FirstChild().NextSibling())...)
}

// items returns the lines of a list, with each item's marker before its first line.
func (r *renderer) items(l *ast.List) []string {
	var lines []string
	number := l.Start
	for item := l.FirstChild(); item != nil; item = item.NextSibling() {
		marker := "• "
		if l.IsOrdered() {
			marker = strconv.Itoa(number) + ". "
			number++
		}
		if of := r.lines(item.FirstChild()); len(of) > 0 {
			of[0] = marker + of[0]
			lines = append(lines, of...)
		}
	}
	return lines
}
