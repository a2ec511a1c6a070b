package syntax

import (
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// textKeys are the keys whose texts people read. In quotes they may have line breaks of any system,
// as escapes.
var textKeys = []string{"title", "message", "description", "resolution", "cause", "note", "text"}

// isText reports whether a path leads to a text that people read: not to what is the author's to
// name, nor into what is copied.
func isText(path []step) bool {
	if len(path) == 0 || !slices.Contains(textKeys, path[len(path)-1].key) {
		return false
	}
	named := []string{"values", "params", "headers", "meta", "items", "fields"}
	if len(path) > 1 && slices.Contains(named, path[len(path)-2].key) {
		return false
	}
	return !slices.ContainsFunc(path, func(s step) bool {
		return s.key == "body" || s.key == "front_matter"
	})
}

// isLineBreak reports whether a character ends a line on some system.
func isLineBreak(r rune) bool { return r == '\r' || r == '\u0085' || r == '\u2028' }

// mayBreak reports whether a scalar may have line breaks of other systems, which are read as \n.
func mayBreak(n *yaml.Node, path []step) bool {
	return n.Style&yaml.DoubleQuotedStyle != 0 && isText(path)
}

var lineBreaks = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u0085", "\n", "\u2028", "\n")
