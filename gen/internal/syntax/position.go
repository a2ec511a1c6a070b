package syntax

import (
	"strconv"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// This file finds the source of a decoded scalar again. It reads a scalar the way the YAML scanner
// does, but only far enough to know which byte of the text comes from which byte of the source; it
// is only called for diagnostics.

// extent returns where the first line of the node's source begins and ends: all of a scalar on one
// line, the header of a block scalar.
func extent(src []byte, at int, n *yaml.Node) (start, end int) {
	start = skipProperties(src, at)
	switch {
	case n.Kind != yaml.ScalarNode || start >= len(src):
		return start, min(start+1, len(src))
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		end = start
		for end < len(src) && !isBlank(src[end]) && !isBreak(src[end]) {
			end++
		}
		return start, end
	}
	quote := quoteOf(n)
	end = start
	if quote != 0 {
		end++
	}
	for text := 0; end < len(src) && !isBreak(src[end]); {
		if quote == 0 && text >= len(n.Value) {
			break
		}
		if quote != 0 && src[end] == quote {
			if quote != '\'' || end+1 >= len(src) || src[end+1] != '\'' {
				end++
				break
			}
		}
		size, width := flowUnit(src, end, quote)
		if size == 0 {
			break
		}
		end, text = end+size, text+width
	}
	for i := start; i < end; i++ {
		if isBreak(src[i]) {
			end = i
		}
	}
	for end > start && isBlank(src[end-1]) {
		end--
	}
	return start, end
}

// A cursor finds where in the source the bytes of a scalar's text come from. It goes forward; to go
// back, it starts again.
type cursor struct {
	src     []byte
	text    string
	isBlock bool
	quote   byte
	first   int // where the text begins in src; -1 if it has no place there
	i, done int // how far it has come: src[i:] makes text[done:]
}

func newCursor(src []byte, at int, n *yaml.Node) cursor {
	c := cursor{
		src:     src,
		text:    n.Value,
		isBlock: n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0,
		quote:   quoteOf(n),
	}
	c.first = skipProperties(src, at)
	switch {
	case c.first >= len(src):
		c.first = -1
	case c.isBlock: // the line after the header
		for c.first < len(src) && src[c.first] != '\n' {
			c.first++
		}
	case c.quote != 0:
		c.first++
	}
	c.i = c.first
	return c
}

// seek returns where in src the byte of the text at offset target comes from; for the end of the
// text, where it ends.
func (c *cursor) seek(target int) (int, bool) {
	if c.first < 0 {
		return 0, false
	}
	if target < c.done {
		c.i, c.done = c.first, 0
	}
	if c.isBlock {
		return c.seekBlock(target)
	}
	for {
		size, width := flowUnit(c.src, c.i, c.quote)
		if target < c.done+width || target == c.done && (size == 0 || target == len(c.text)) {
			if width == size { // a character that stands for itself
				return min(c.i+target-c.done, len(c.src)), true
			}
			return c.i, true
		}
		if size == 0 {
			return 0, false
		}
		c.i, c.done = c.i+size, c.done+width
	}
}

// seekBlock aligns the text of a literal or folded block scalar with its source, word by word: they
// differ in white space alone.
func (c *cursor) seekBlock(target int) (int, bool) {
	for {
		k, l := c.i, c.done
		for k < len(c.src) && (isBlank(c.src[k]) || isBreak(c.src[k])) {
			k++
		}
		for l < len(c.text) && (isBlank(c.text[l]) || c.text[l] == '\n') {
			l++
		}
		if target < l { // inside white space: as far from its end as in the text
			return max(k-(l-target), c.i), true
		}
		for l < len(c.text) && k < len(c.src) && c.text[l] == c.src[k] && !isBlank(c.src[k]) &&
			!isBreak(c.src[k]) {
			if l == target {
				break
			}
			l, k = l+1, k+1
		}
		if l == target {
			c.i, c.done = k, l // also in the middle of a word, which may be long
			return k, true
		}
		if l >= len(c.text) || l == c.done && k == c.i {
			return 0, false
		}
		c.i, c.done = k, l
	}
}

// flowUnit reads one unit of a plain or quoted scalar: a character, an escape, or a fold with the
// white space around it. It returns how many bytes of the source it takes, and how many of the text
// it makes.
func flowUnit(src []byte, i int, quote byte) (size, width int) {
	if i >= len(src) {
		return 0, 0
	}
	switch c := src[i]; {
	case isBlank(c) || isBreak(c):
		return foldUnit(src, i)
	case quote == '\'' && c == '\'':
		if i+1 < len(src) && src[i+1] == '\'' {
			return 2, 1
		}
		return 0, 0
	case quote == '"' && c == '"':
		return 0, 0
	case quote == '"' && c == '\\':
		return escapeUnit(src, i)
	}
	_, n := utf8.DecodeRune(src[i:])
	return n, n
}

// foldUnit reads white space: within a line each blank is itself; with a line break in it, it is a
// space, or a line feed for every break but the first.
func foldUnit(src []byte, i int) (size, width int) {
	breaks, j := 0, i
	for j < len(src) && (isBlank(src[j]) || isBreak(src[j])) {
		if src[j] == '\n' {
			breaks++
		}
		j++
	}
	switch breaks {
	case 0:
		return 1, 1
	case 1:
		return j - i, 1
	default:
		return j - i, breaks - 1
	}
}

func escapeUnit(src []byte, i int) (size, width int) {
	if i+1 >= len(src) {
		return 0, 0
	}
	var digits int
	switch c := src[i+1]; c {
	case 'x':
		digits = 2
	case 'u':
		digits = 4
	case 'U':
		digits = 8
	case '\n', '\r': // an escaped line break, and the indentation after it, are nothing
		j := i + 1
		for breaks := 0; j < len(src) && (isBlank(src[j]) || isBreak(src[j])); j++ {
			if src[j] == '\n' {
				if breaks++; breaks > 1 {
					width++
				}
			}
		}
		return j - i, width
	case 'N', '_':
		return 2, 2 // U+0085, U+00A0
	case 'L', 'P':
		return 2, 3 // U+2028, U+2029
	default:
		return 2, 1
	}
	r, err := strconv.ParseUint(string(src[i+2:min(i+2+digits, len(src))]), 16, 32)
	if err != nil {
		return 2, 1
	}
	return 2 + digits, max(utf8.RuneLen(rune(r)), 1)
}

// skipProperties steps over an anchor and a tag, which yaml.v3 counts as the beginning of a node.
func skipProperties(src []byte, i int) int {
	for i < len(src) && (src[i] == '&' || src[i] == '!') {
		for i < len(src) && !isBlank(src[i]) && !isBreak(src[i]) {
			i++
		}
		for i < len(src) && (isBlank(src[i]) || isBreak(src[i])) {
			i++
		}
	}
	return i
}

func quoteOf(n *yaml.Node) byte {
	switch {
	case n.Style&yaml.SingleQuotedStyle != 0:
		return '\''
	case n.Style&yaml.DoubleQuotedStyle != 0:
		return '"'
	}
	return 0
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' }

func isBreak(c byte) bool { return c == '\n' || c == '\r' }
