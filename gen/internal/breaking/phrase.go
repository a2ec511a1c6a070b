package breaking

import (
	"fmt"
	"strings"

	"github.com/errspec/errspec/gen/internal/mdtext"
)

// A Phrase is a text for people, in which names and quotations are marked, so that it can be
// printed plainly and as Markdown.
type Phrase []Piece

// A Piece is a part of a phrase.
type Piece struct {
	Text string
	Kind PieceKind
}

// A PieceKind says what a piece is.
type PieceKind int

// The kinds of pieces: our words; a name, which needs no quotes; a text of the author's, which
// does.
const (
	Words PieceKind = iota
	Name
	Quote
)

func name(s string) Piece  { return Piece{s, Name} }
func quote(s string) Piece { return Piece{s, Quote} }

// say joins words, numbers and pieces.
func say(parts ...any) Phrase {
	var p Phrase
	for _, part := range parts {
		switch part := part.(type) {
		case Piece:
			p = append(p, part)
		case Phrase:
			p = append(p, part...)
		default:
			p = append(p, Piece{fmt.Sprint(part), Words})
		}
	}
	return p
}

// enumerate joins pieces as people do: a, b and c.
func enumerate(pieces []Piece) Phrase {
	var p Phrase
	for i, piece := range pieces {
		switch {
		case i > 0 && i == len(pieces)-1:
			p = append(p, Piece{" and ", Words})
		case i > 0:
			p = append(p, Piece{", ", Words})
		}
		p = append(p, piece)
	}
	return p
}

func names(list []string) Phrase {
	pieces := make([]Piece, len(list))
	for i, s := range list {
		pieces[i] = name(s)
	}
	return enumerate(pieces)
}

// String returns the phrase as plain text.
func (p Phrase) String() string {
	var b strings.Builder
	for _, piece := range p {
		if piece.Kind == Quote {
			fmt.Fprintf(&b, "%q", piece.Text)
		} else {
			b.WriteString(piece.Text)
		}
	}
	return b.String()
}

// Markdown returns the phrase as Markdown: names and quotations are code.
func (p Phrase) Markdown() string {
	// words that follow each other are one text: what is special in it depends on its neighbours
	var b, words strings.Builder
	for _, piece := range p {
		if piece.Kind == Words {
			words.WriteString(piece.Text)
			continue
		}
		b.WriteString(prose(words.String()))
		words.Reset()
		b.WriteString(mdtext.Code(piece.Text))
	}
	b.WriteString(prose(words.String()))
	return b.String()
}

// prose returns text as Markdown, with the spaces at its ends, which join it to its neighbours.
func prose(text string) string {
	inner := strings.Trim(text, " ")
	if inner == "" {
		return text
	}
	start := strings.Index(text, inner)
	return text[:start] + mdtext.Literal(inner) + text[start+len(inner):]
}
