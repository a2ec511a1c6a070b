package main

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/mdtext"
	"github.com/errspec/errspec/gen/internal/unseen"
)

// pageWidth is how wide text for a terminal gets, in characters.
const pageWidth = 80

// A page is text for a terminal, fit to be shown there.
type page struct {
	text bytes.Buffer
	bold bool // headings are bold
}

// title writes a line that is bold.
func (p *page) title(text string) {
	if text = unseen.Line(text); p.bold {
		text = "\x1b[1m" + text + "\x1b[0m"
	}
	p.text.WriteString(text + "\n")
}

func (p *page) heading(text string) {
	p.gap()
	p.title(text)
}

// gap separates what follows from what stands above.
func (p *page) gap() { p.text.WriteByte('\n') }

func (p *page) line(text string) { p.text.WriteString(unseen.Line(text) + "\n") }

// paragraph writes wrapped text with a gap above, unless it follows a heading.
func (p *page) paragraph(text string) {
	if text != "" {
		p.gap()
		p.wrap("", text)
	}
}

// markdown writes what an author wrote.
func (p *page) markdown(md catalog.Markdown) { p.paragraph(plain(md)) }

// indented writes wrapped text at the first level of indentation, detail at the second.
func (p *page) indented(text string) { p.wrap("    ", text) }
func (p *page) detail(text string)   { p.wrap("        ", text) }

// yaml writes lines as they are.
func (p *page) yaml(text string) {
	for line := range strings.Lines(text) {
		p.line(strings.TrimRight("    "+line, " \n"))
	}
}

// section writes a heading and a table, or nothing if the table is empty.
func (p *page) section(heading string, rows [][]string) {
	if len(rows) > 0 {
		p.heading(heading)
		p.table(rows)
	}
}

// table writes rows whose columns are aligned. The last one is wrapped.
func (p *page) table(rows [][]string) {
	var widths []int
	for _, row := range rows {
		for i, cell := range row[:len(row)-1] {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	for _, row := range rows {
		var lead strings.Builder
		lead.WriteString("    ")
		for i, cell := range row[:len(row)-1] {
			lead.WriteString(cell + strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell)+2))
		}
		last := row[len(row)-1]
		if last == "" {
			p.line(strings.TrimRight(lead.String(), " "))
			continue
		}
		p.hang(lead.String(), last)
	}
}

// wrap writes text with each line indented. Lines that begin with white space (code, lists) are
// left as they are.
func (p *page) wrap(indent, text string) {
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		if strings.HasPrefix(line, " ") || strings.TrimSpace(line) == "" {
			p.line(strings.TrimRight(indent+line, " "))
			continue
		}
		p.hang(indent, line)
	}
}

// hang writes words after lead, and where they are wrapped below each other.
func (p *page) hang(lead, text string) {
	indent := strings.Repeat(" ", utf8.RuneCountInString(lead))
	line, empty := lead, true
	for word := range strings.FieldsSeq(text) {
		if !empty && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > pageWidth {
			p.line(line)
			line, empty = indent, true
		}
		if !empty {
			line += " "
		}
		line += word
		empty = false
	}
	p.line(line)
}

// plain returns an author's Markdown as text for a terminal.
func plain(md catalog.Markdown) string {
	return strings.TrimSpace(mdtext.Plain(string(md)))
}
