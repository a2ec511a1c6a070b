// Package slug makes the anchors of Markdown headings, as GitHub does.
package slug

import (
	"strings"
	"unicode"
)

// Make returns the anchor that GitHub gives a heading with this text. Letters become lower case and
// spaces become hyphens. Everything else is dropped, except letters, marks, digits (Ⅷ is one, ½
// is not), hyphens and connecting punctuation such as _. Hyphens are not merged: "a & b" is a--b. A
// check compares it with github-slugger.
func Make(heading string) string {
	// The only letter whose lower case has two characters.
	heading = strings.ReplaceAll(strings.TrimSpace(heading), "İ", "i\u0307")
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case r == '-' ||
			unicode.In(r, unicode.L, unicode.M, unicode.Nd, unicode.Nl, unicode.Other_Alphabetic,
				unicode.Pc):
			return unicode.ToLower(r)
		default:
			return -1
		}
	}, heading)
}
