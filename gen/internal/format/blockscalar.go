package format

import (
	"bytes"
	"strings"

	"gopkg.in/yaml.v3"
)

// blockScalar prints a literal or folded scalar. Its lines move together, and their content stays,
// including white space.
func (p *printer) blockScalar(n *yaml.Node, b block) {
	header := p.src[p.pos:p.headerEnd()]
	p.open(true, b.indent+2)
	p.write(p.header(header, n.Value))
	p.pos += len(header)
	p.blanks()
	if p.at('#') {
		p.comment(0)
	}
	p.pos = p.lineEnd()
	var width int
	if i := bytes.IndexAny(header, "123456789"); i >= 0 {
		width = b.column + int(header[i]-'0')
	} else {
		width = p.textColumn(b.column + 1)
	}
	for _, line := range p.textLines(width, bytes.IndexByte(header, '+') >= 0) {
		p.out = append(p.out, '\n')
		p.lineStart, p.commented = len(p.out), false
		if len(line) > 0 {
			p.indent(b.indent + 2)
			p.out = append(p.out, line...)
		}
	}
	p.blank = false
}

func (p *printer) headerEnd() int {
	i := p.pos
	for i < len(p.src) && strings.IndexByte("|>+-0123456789", p.src[i]) >= 0 {
		i++
	}
	return i
}

// header returns the header of a block scalar with this text. Its lines are indented by two
// columns. A scalar that ends the file without a line break must not absorb the one that Format
// adds.
func (p *printer) header(header []byte, text string) string {
	var h strings.Builder
	strip := text != "" && !strings.HasSuffix(text, "\n")
	for _, c := range header {
		switch {
		case c >= '1' && c <= '9':
			h.WriteByte('2')
		case c == '-' || c == '+' && strip: // written below
			strip = true
		default:
			h.WriteByte(c)
		}
	}
	if strip {
		h.WriteByte('-')
	}
	return h.String()
}

// textColumn returns the column of the lines of a block scalar without an indentation indicator.
// Like the parser, it looks at the first line that is not blank, or at a longer blank line before
// it.
func (p *printer) textColumn(least int) int {
	column := least
	for i := p.pos; i < len(p.src); {
		i++ // the line break
		start := i
		for i < len(p.src) && p.src[i] == ' ' {
			i++
		}
		column = max(column, i-start)
		if i == len(p.src) || p.src[i] != '\n' {
			break
		}
	}
	return max(column, 1)
}

// textLines reads the lines of a block scalar, from a column on. If keep is set, they include blank
// lines at the end.
func (p *printer) textLines(column int, keep bool) [][]byte {
	var lines [][]byte
	kept, end := 0, p.pos
	for i := p.pos; i < len(p.src); {
		line, _, ended := bytes.Cut(p.src[i+1:], []byte{'\n'})
		i += 1 + len(line)
		spaces := 0
		for spaces < min(column, len(line)) && line[spaces] == ' ' {
			spaces++
		}
		switch blank := spaces == len(line); {
		case blank && !ended, !blank && spaces < column:
			i = len(p.src)
			continue
		case blank:
			lines = append(lines, nil)
		default:
			lines = append(lines, line[column:])
		}
		if keep || len(line) > spaces {
			kept, end = len(lines), i
		}
	}
	p.pos = end
	return lines[:kept]
}
