package format

import (
	"bytes"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// isEmpty reports whether a node is an unwritten null.
func isEmpty(n *yaml.Node) bool {
	const written = yaml.SingleQuotedStyle | yaml.DoubleQuotedStyle |
		yaml.LiteralStyle | yaml.FoldedStyle
	return n.Kind == yaml.ScalarNode && n.Value == "" && n.Style&written == 0
}

func isFolded(text []byte) bool { return bytes.IndexByte(text, '\n') >= 0 }

// scalar prints a plain or quoted scalar as a value. It keeps line breaks, which are the author's
// choice.
func (p *printer) scalar(n *yaml.Node, b block, crossed bool) {
	end := p.scalarEnd(n)
	text := p.src[p.pos:end]
	// without brackets it would become a key
	if n.Style == 0 && b.column == nowhere && bytes.HasSuffix(text, []byte{':'}) {
		p.fail("fmt cannot format a text in brackets that ends in a colon", "put it in quotes")
	}
	fits := !isFolded(text) && p.width()+1+utf8.RuneCount(text) <= Width
	p.open(!crossed || fits, b.indent+2)
	quoted := n.Style&yaml.DoubleQuotedStyle != 0
	for first := true; ; first = false {
		line, rest, more := bytes.Cut(text, []byte{'\n'})
		if !first {
			p.out = append(p.out, '\n')
			if line = bytes.TrimLeft(line, " \t"); len(line) > 0 {
				p.indent(b.indent + 2)
			}
		}
		if more {
			line = trimRight(line, quoted)
		}
		p.out = append(p.out, line...)
		if !more {
			break
		}
		text = rest
	}
	p.pos, p.blank = end, false
}

// trimRight removes white space before a line break in a scalar, where YAML ignores it: not after a
// backslash in quotes.
func trimRight(line []byte, quoted bool) []byte {
	trimmed := bytes.TrimRight(line, " \t")
	if !quoted || len(trimmed) == len(line) {
		return trimmed
	}
	backslashes := len(trimmed) - len(bytes.TrimRight(trimmed, `\`))
	return line[:len(trimmed)+backslashes%2]
}

// scalarEnd returns where the plain or quoted scalar at pos ends.
func (p *printer) scalarEnd(n *yaml.Node) int {
	switch {
	case n.Style&yaml.DoubleQuotedStyle != 0:
		return p.quotedEnd('"', '\\')
	case n.Style&yaml.SingleQuotedStyle != 0:
		return p.quotedEnd('\'', '\'')
	default:
		return p.plainEnd(n.Value)
	}
}

// quotedEnd returns where a quoted scalar ends. After escape, the next character is part of the
// text.
func (p *printer) quotedEnd(quote, escape byte) int {
	if !p.at(quote) {
		p.expect(quote)
		return p.pos
	}
	for i := p.pos + 1; i < len(p.src); i++ {
		switch c := p.src[i]; {
		case c == escape && (c != quote || i+1 < len(p.src) && p.src[i+1] == quote):
			i++
		case c == quote:
			return i + 1
		}
	}
	return len(p.src)
}

// plainEnd returns where a plain scalar ends. Its text equals its source, except for line breaks
// and the white space around them: one break is a space in the text, and n breaks are n-1.
func (p *printer) plainEnd(text string) int {
	i := p.pos
	for done := 0; done < len(text) && i < len(p.src); {
		j := i
		for j < len(p.src) && isSpace(p.src[j]) {
			j++
		}
		switch breaks := bytes.Count(p.src[i:j], []byte{'\n'}); {
		case i == j:
			i, done = i+1, done+1
		case breaks == 0:
			i, done = j, done+j-i
		default:
			i, done = j, done+max(breaks-1, 1)
		}
	}
	return i
}

// wordEnd returns where the anchor or the tag at pos ends.
func (p *printer) wordEnd() int {
	anchor, end := p.at('&'), p.pos+1
	for end < len(p.src) && !isSpace(p.src[end]) && (!anchor || isAnchor(p.src[end])) {
		end++
	}
	return end
}

// isAnchor reports whether an anchor's name may contain a character.
func isAnchor(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' ||
		c == '-'
}
