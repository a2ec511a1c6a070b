package unseen

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Line returns a text in a form that a terminal can show on one line, with visible line ends.
func Line(text string) string { return shown(text, false) }

// Lines returns a text of several lines in a form that a terminal can show: without escape
// sequences, invisible characters and marks of direction.
func Lines(text string) string { return shown(text, true) }

func shown(text string, lines bool) string {
	if isShown(text, lines) {
		return text
	}
	var b strings.Builder
	Each(text, func(part string, r rune) {
		if lines && r == '\n' {
			part = "\n"
		}
		b.WriteString(part)
	})
	return b.String()
}

// isShown reports whether a text needs no change, as nearly all texts.
func isShown(text string, lines bool) bool {
	for i := 0; i < len(text); i++ {
		if c := text[i]; (c < ' ' || c >= 0x7F) && c != '\t' && (c != '\n' || !lines) {
			return false
		}
	}
	return true
}

// Each calls yield with each character of a text and with what to show instead, which is mostly the
// character itself.
func Each(text string, yield func(part string, r rune)) {
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		part := text[i : i+n]
		switch kind := judge(text, i, r, n); {
		case r == utf8.RuneError && n == 1:
			part = string(utf8.RuneError)
		case r < ' ' && r != '\t':
			part = string('␀' + r) // the picture of the control character
		case r == 0x7F:
			part = "␡"
		case kind != None:
			part = fmt.Sprintf("‹U+%04X›", r)
		}
		yield(part, r)
		i += n
	}
}
