package format

import (
	"bytes"
	"strings"

	"gopkg.in/yaml.v3"
)

// same reports whether a new text of a file says what the old one did, to whoever parses it and to
// whoever reads it.
func same(old []byte, root *yaml.Node, text []byte) bool {
	var doc yaml.Node
	if err := yaml.Unmarshal(text, &doc); err != nil || len(doc.Content) != 1 {
		return false
	}
	return sameNode(root, doc.Content[0]) && sameInk(old, text)
}

// sameNode reports whether two nodes are alike in all but place, comments, and the brackets of
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

// sameInk reports whether two texts are alike in all but what layout may change: white space, the
// punctuation of collections, and the header of a block scalar. Thus no letter of a comment is
// lost, and none changes its place.
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
