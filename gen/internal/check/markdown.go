package check

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// markdownText is a Markdown text in which values show as they are: a character of a value has a
// backslash where it would be markup, and nowhere else. "10 MB" and "JPEG, PNG" stay as they are.
type markdownText struct {
	strings.Builder
	// the backticks that have opened a code span or a fence, where a backslash is a backslash
	code  string
	start bool // whether what comes begins a line; only of use once something was written
}

func (t *markdownText) written(s string) {
	t.WriteString(s)
	t.start = strings.HasSuffix(strings.TrimRight(s, " \t"), "\n")
	for i := 0; i < len(s); {
		n := strings.IndexByte(s[i:], '`')
		if n < 0 {
			return
		}
		i += n
		run := len(s[i:]) - len(strings.TrimLeft(s[i:], "`"))
		switch ticks := s[i : i+run]; {
		case t.code == "" && (i == 0 || s[i-1] != '\\'):
			t.code = ticks
		case t.code == ticks:
			t.code = ""
		}
		i += run
	}
}

func (t *markdownText) value(s string) {
	start := t.start || t.Len() == 0
	t.start = false
	if t.code != "" {
		t.WriteString(s)
		return
	}
	for i, r := range s {
		if markup(r, s[:i], s[i+utf8.RuneLen(r):], start) {
			t.WriteByte('\\')
		}
		t.WriteRune(r)
	}
}

// markup reports whether a character of a value would mean something; before and after are the rest
// of the value, and start says whether a line begins with it.
func markup(r rune, before, after string, start bool) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	next, _ := utf8.DecodeRuneInString(after)
	switch r {
	case '\\', '`', '*', '[', ']', '<', '>', '|', '~':
		return true
	case '_':
		return !isWord(last) || !isWord(next)
	case '&':
		return next == '#' || isWord(next)
	case '!':
		return next == '['
	case '#', '+', '-', '=', ':': // headings, lists, rules, and the second line of a table
		return start && strings.TrimSpace(before) == "" && !isWord(next)
	case '.', ')':
		return start && before != "" && strings.Trim(before, "0123456789") == ""
	}
	return false
}

func isWord(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r))
}
