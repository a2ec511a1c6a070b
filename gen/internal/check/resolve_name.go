package check

import (
	"strings"
	"unicode"

	"github.com/errspec/errspec/gen/internal/goname"
)

// wordsOf returns a code's words as a title: FILE_TOO_LARGE is "File too large", NotFound is "Not
// found". A code without letters, such as -1121, has no words, and stays as it is.
func wordsOf(code string) string {
	if !strings.ContainsFunc(code, unicode.IsLetter) {
		return code
	}
	var words []string
	isBetween := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }
	for _, w := range strings.FieldsFunc(code, isBetween) {
		words = append(words, camelWords(w)...)
	}
	for i, w := range words {
		initials := strings.ToUpper(w) == w && goname.Exported(w) == w && len(w) > 1
		digits := strings.ContainsFunc(w, unicode.IsDigit)
		if !initials && !digits {
			words[i] = strings.ToLower(w)
		}
	}
	title := []rune(strings.Join(words, " "))
	title[0] = unicode.ToUpper(title[0])
	return string(title)
}

// camelWords splits a word in mixed case before each capital that begins a new one.
func camelWords(w string) []string {
	if strings.ToUpper(w) == w {
		return []string{w}
	}
	var words []string
	runes := []rune(w)
	start := 0
	for i := 1; i < len(runes); i++ {
		begins := unicode.IsUpper(runes[i]) &&
			(unicode.IsLower(runes[i-1]) || i+1 < len(runes) && unicode.IsLower(runes[i+1]))
		if begins {
			words = append(words, string(runes[start:i]))
			start = i
		}
	}
	return append(words, string(runes[start:]))
}
