// Package slug makes the anchors of Markdown headings, as GitHub does.
package slug

import (
	"strings"
	"unicode"
)

// Make returns the anchor that GitHub gives a heading whose text is given: lower case, spaces
// become hyphens, and whatever is not a letter, a mark, a digit (Ⅷ is one, ½ is not), a hyphen or
// connecting punctuation such as _ is dropped. Hyphens are not merged: "a & b" is a--b. A check
// holds it against github-slugger.
func Make(heading string) string {
	// The one letter whose lower case is two characters.
	heading = strings.ReplaceAll(strings.TrimSpace(heading), "İ", "i\u0307")
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case r == '-' || unicode.In(r, unicode.L, unicode.M, unicode.Nd, unicode.Nl,
			unicode.Other_Alphabetic, unicode.Pc):
			return unicode.ToLower(r)
		default:
			return -1
		}
	}, heading)
}
