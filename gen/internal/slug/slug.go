// Package slug makes the anchors of Markdown headings, as GitHub does.
package slug

import (
	"strings"
	"unicode"
)

// Make returns the anchor that GitHub gives a heading whose text is given: lower case, spaces become hyphens, and whatever
// is not a letter, a mark, a number, a hyphen or connecting punctuation such as _ is dropped. Hyphens are not merged: "a & b" is a--b.
func Make(heading string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case r == '-' || unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.Pc):
			return unicode.ToLower(r)
		default:
			return -1
		}
	}, strings.TrimSpace(heading))
}
