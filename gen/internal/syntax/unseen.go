package syntax

import (
	"slices"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/unseen"
)

// reportUnseen reports the characters of a file that its readers do not see, wherever they stand:
// in a text, written out or as an escape, in a key, known or not, in a comment, in an anchor. See
// package unseen for those and for their exceptions. Of a file that is not YAML, root is nil, and
// all of it is one text.
func reportUnseen(f *diag.File, root *yaml.Node, list *diag.List) {
	r := &unseenReporter{walker: newWalker(list)}
	r.file = f
	if root != nil {
		r.node(root)
	}
	slices.Sort(r.judged)
	for c := range unseen.All(string(f.Bytes())) {
		if c.Rune == '\r' || c.Offset == 0 && hasBOM(f.Bytes()) {
			continue
		}
		if _, known := slices.BinarySearch(r.judged, c.Offset); !known {
			r.character(c, f.At(c.Offset, 1))
		}
	}
}

// An unseenReporter judges each scalar as the text that it is, and remembers where in the file it
// has judged a character.
type unseenReporter struct {
	walker
	judged []int // byte offsets
}

func (r *unseenReporter) node(n *yaml.Node) {
	switch n.Kind {
	case yaml.ScalarNode:
		r.scalar(n)
	case yaml.SequenceNode:
		for i, item := range n.Content {
			r.below(step{index: i}, item)
		}
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			r.below(step{key: n.Content[i].Value}, n.Content[i])
			r.below(step{key: n.Content[i].Value}, n.Content[i+1])
		}
	}
}

func (r *unseenReporter) below(s step, n *yaml.Node) {
	r.path = append(r.path, s)
	r.node(n)
	r.path = r.path[:len(r.path)-1]
}

func (r *unseenReporter) scalar(n *yaml.Node) {
	var place Locator
	for i, char := range n.Value {
		if !unseen.Suspect(char) {
			continue
		}
		if place.scalar.node == nil {
			place = Scalar{n.Value, Place{n, r.file}}.Locator()
		}
		if at, ok := place.cursor.seek(i); ok {
			r.judged = append(r.judged, at)
		}
		if isLineBreak(char) && mayBreak(n, r.path) {
			continue
		}
		if c := unseen.At(n.Value, i); c.Kind != unseen.None {
			r.character(c, place.At(c.Offset, c.Len))
		}
	}
}

func (r *unseenReporter) character(c unseen.Character, at diag.Span) {
	id, problem, help := Unseen(c)
	r.report(diag.Diagnostic{Rule: id, Span: at, Message: problem, Help: help})
}

// Unseen returns what to report of a character that has no business in a text.
func Unseen(c unseen.Character) (id, problem, help string) {
	switch {
	case c.Rune == '\u2028' || c.Rune == '\u2029':
		return rule.ControlCharacter, "the text contains " + c.String() +
			", which only some programs treat as a line end", "remove it, or write a line feed"
	case c.Kind == unseen.Control && c.Rune >= 0xFDD0:
		return rule.ControlCharacter, "the text contains " + c.String() + ", which is not a character",
			"remove it"
	case c.Kind == unseen.Control:
		return rule.ControlCharacter, "the text contains the control character " + c.String(),
			"remove it; only line feed and tab are allowed"
	case c.Kind == unseen.Direction:
		return rule.BidiControl, "the text contains " + c.String() +
				", which changes the order in which the text around it is displayed",
			"remove it; letters have their direction without it"
	default:
		return rule.InvisibleCharacter, "the text contains " + c.String() + ", which is invisible",
			"remove it"
	}
}
