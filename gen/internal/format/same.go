package format

import (
	"bytes"
	"strings"

	"gopkg.in/yaml.v3"
)

// same reports whether a new text of a file means the same as the old one, to parsers and to
// people.
func same(old []byte, root *yaml.Node, text []byte) bool {
	var doc yaml.Node
	if err := yaml.Unmarshal(text, &doc); err != nil || len(doc.Content) != 1 {
		return false
	}
	return sameNode(root, doc.Content[0]) && sameInk(old, text)
}

// sameNode reports whether two nodes differ at most in position, comments, and the brackets of
// collections.
func sameNode(a, b *yaml.Node) bool {
	const brackets = yaml.FlowStyle
	if a.Kind != b.Kind || a.Tag != b.Tag || a.Value != b.Value || a.Anchor != b.Anchor ||
		a.Style&^brackets != b.Style&^brackets ||
		len(a.Content) != len(b.Content) {
		return false
	}
	for i := range a.Content {
		if !sameNode(a.Content[i], b.Content[i]) {
			return false
		}
	}
	return true
}

// sameInk reports whether two texts differ at most in what layout may change: white space, the
// punctuation of collections, and the headers of block scalars. So no letter of a comment is lost
// or moves.
func sameInk(a, b []byte) bool {
	a, b = withoutBOM(a), withoutBOM(b)
	for i, j := 0, 0; ; i, j = i+1, j+1 {
		for i < len(a) && isPunctuation(a[i]) {
			i++
		}
		for j < len(b) && isPunctuation(b[j]) {
			j++
		}
		switch {
		case i == len(a) || j == len(b):
			return i == len(a) && j == len(b)
		case a[i] != b[j]:
			return false
		}
	}
}

func isPunctuation(c byte) bool {
	return c < 0x80 && strings.IndexByte(" \t\r\n{}[],:-+0123456789", c) >= 0
}

func withoutBOM(text []byte) []byte { return bytes.TrimPrefix(text, []byte("\ufeff")) }
