package syntax

import (
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/gen/internal/diag"
)

// isExtension reports whether a key is the author's own: errspec ignores it, and what stands below
// it. There, parts that many codes share can be YAML anchors.
func isExtension(key string) bool { return strings.HasPrefix(key, "x-") }

// Extensions is the pattern of the keys that errspec ignores in every mapping whose keys the format
// defines.
const Extensions = "^x-"

// An Anchor is a YAML anchor, as in `&name`.
type Anchor struct {
	Name string
	Span diag.Span
}

// UnusedAnchors returns the anchors of all files that no alias names.
func (c *Catalog) UnusedAnchors() []Anchor {
	var unused []Anchor
	for _, doc := range c.Documents {
		if doc.Root == nil {
			continue
		}
		used := map[*yaml.Node]bool{}
		var anchors []*yaml.Node
		var walk func(n *yaml.Node)
		walk = func(n *yaml.Node) {
			if n.Kind == yaml.AliasNode {
				used[n.Alias] = true
				return
			}
			if n.Anchor != "" {
				anchors = append(anchors, n)
			}
			for _, child := range n.Content {
				walk(child)
			}
		}
		walk(doc.Root)
		for _, n := range anchors {
			if !used[n] {
				w := walker{file: doc.File}
				unused = append(unused, Anchor{n.Anchor, w.tag(n)})
			}
		}
	}
	return unused
}

// Cut returns what YAML takes for a comment behind a plain text, if it looks like a part of it: a
// `#` after a space, with no space behind it, as in `No order #5`. A comment that is meant has a
// space there.
func (s Scalar) Cut() (rest string, at diag.Span) {
	if s.node == nil || s.Quoted() || s.Text == "" {
		return "", diag.Span{}
	}
	_, n := utf8.DecodeLastRuneInString(s.Text)
	last := s.At(len(s.Text)-n, n)
	src := s.file.Bytes()
	start := min(s.file.Offset(last.Line, last.Col)+n, len(src))
	end := start
	for end < len(src) && !isBreak(src[end]) {
		end++
	}
	rest = strings.TrimRight(string(src[start:end]), " \t")
	comment := strings.TrimLeft(rest, " \t")
	if len(comment) < 2 || comment[0] != '#' || comment[1] == ' ' || comment[1] == '\t' ||
		len(comment) == len(rest) {
		return "", diag.Span{}
	}
	return rest, s.file.At(start+len(rest)-len(comment), utf8.RuneCountInString(comment))
}
