package syntax

import (
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/gen/internal/diag"
)

// A Place is where something was written. The zero Place is no position.
type Place struct {
	node *yaml.Node
	file *diag.File
}

// IsSet reports whether anything was written.
func (p Place) IsSet() bool { return p.node != nil }

func (p *Place) set(n *yaml.Node, f *diag.File) { p.node, p.file = n, f }

// Span returns the position of the scalar, or of the first key or bracket of a mapping or list. Of
// several lines it is the first.
func (p Place) Span() diag.Span {
	if p.node == nil {
		return diag.Span{}
	}
	src := p.file.Bytes()
	start, end := extent(src, offset(p.file, p.node), p.node)
	return p.file.At(start, utf8.RuneCount(src[start:end]))
}

// A Scalar is a text, and where it stands. Whatever the quoting, Text is what the author means.
type Scalar struct {
	Text string
	Place
}

// Quoted reports whether the text is in quotes or is a block scalar: then it is a string,
// whatever it looks like.
func (s Scalar) Quoted() bool {
	const quoted = yaml.SingleQuotedStyle | yaml.DoubleQuotedStyle |
		yaml.LiteralStyle | yaml.FoldedStyle | yaml.TaggedStyle
	return s.node != nil && s.node.Style&quoted != 0
}

// IsNull reports whether the scalar is a plain null, ~ or nothing.
func (s Scalar) IsNull() bool { return s.node != nil && s.node.Tag == "!!null" }

// At returns the place of the n bytes of Text from an offset on: through quotes, escapes, folded
// lines and indentation. It ends at the end of the line on which it begins.
func (s Scalar) At(from, n int) diag.Span {
	l := s.Locator()
	return l.At(from, n)
}

// A Locator finds several places in one scalar. It is quick if they come in order.
type Locator struct {
	scalar Scalar
	cursor cursor
}

// Locator returns a Locator for the scalar.
func (s Scalar) Locator() Locator {
	if s.node == nil {
		return Locator{}
	}
	return Locator{s, newCursor(s.file.Bytes(), offset(s.file, s.node), s.node)}
}

// At is [Scalar.At].
func (l *Locator) At(from, n int) diag.Span {
	if l.scalar.node == nil {
		return diag.Span{}
	}
	start, ok := l.cursor.seek(from)
	if !ok {
		return l.scalar.Span()
	}
	end, ok := l.cursor.seek(from + n)
	if !ok || end < start {
		end = start
	}
	for i := start; i < end; i++ {
		if isBreak(l.cursor.src[i]) {
			end = i
		}
	}
	return l.scalar.file.At(start, utf8.RuneCount(l.cursor.src[start:end]))
}

// column is the node's column in diag's count: yaml.v3 does not see a byte order mark.
func column(f *diag.File, n *yaml.Node) int {
	if n.Line == 1 && hasBOM(f.Bytes()) {
		return n.Column + 1
	}
	return n.Column
}

func offset(f *diag.File, n *yaml.Node) int { return f.Offset(n.Line, column(f, n)) }

func hasBOM(src []byte) bool {
	return len(src) >= 3 && src[0] == 0xEF && src[1] == 0xBB && src[2] == 0xBF
}
