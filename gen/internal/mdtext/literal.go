package mdtext

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Literal returns s, collapsed, as Markdown prose that shows it unchanged.
func Literal(s string) string { return literal(s, place{}) }

// literal returns s, collapsed, for a position where a block may begin.
func literal(s string, at place) string {
	s = Collapse(s)
	if isPlain(s, true) {
		return s
	}
	at.start, at.typography = true, true
	return string(appendText(make([]byte, 0, len(s)+len(s)/2), s, at))
}

// Collapse replaces each run of spaces, tabs and line ends by one space, and trims both ends.
func Collapse(s string) string { return strings.Trim(squeeze(s), " ") }

// squeeze replaces each run of spaces, tabs and line ends by one space.
func squeeze(s string) string {
	if isSqueezed(s) {
		return s
	}
	var b strings.Builder
	space := false
	for _, r := range s {
		if isLineSpace(r) {
			space = true
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	if space {
		b.WriteByte(' ')
	}
	return b.String()
}

// isSqueezed reports whether all white space of a text is single spaces, as in nearly all texts.
func isSqueezed(s string) bool {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= utf8.RuneSelf:
			if r, _ := utf8.DecodeRuneInString(s[i:]); isLineSpace(r) {
				return false
			}
		case c < ' ' && isLineSpace(rune(c)), c == ' ' && i > 0 && s[i-1] == ' ':
			return false
		}
	}
	return true
}

func isLineSpace(r rune) bool {
	switch r {
	case ' ', '\t', '\n', '\v', '\f', '\r', '\u0085', '\u2028', '\u2029':
		return true
	}
	return false
}

// isPlain reports whether every renderer shows s unchanged and reads it as nothing but text, as it
// does most texts.
func isPlain(s string, typography bool) bool {
	if s == "" {
		return true
	}
	if s[0] == ' ' || s[len(s)-1] == ' ' || startLen(s) > 0 {
		return false
	}
	for i, r := range s {
		switch {
		case r == ' ':
			if s[i+1] == ' ' {
				return false
			}
		case r < ' ', r >= utf8.RuneSelf && specialRune(r, typography), r < utf8.RuneSelf &&
			special(s, i, typography):
			return false
		}
	}
	return true
}

// A place describes the surroundings of a piece of text.
type place struct {
	start      bool // at the beginning of a block
	typography bool // quotes, dashes and dots must stay unchanged
	// in the title of a link or the text of an image, where MDX reads no expressions
	attribute bool
	dialect   Dialect
}

// appendText appends s, which is squeezed, and escapes what is special at that place.
func appendText(dst []byte, s string, at place) []byte {
	from := 0
	if at.start {
		if n := at.dialect.startLen(s); n > 0 {
			dst = at.appendEscape(append(dst, s[:n-1]...), s, n-1)
			from = n
		}
	}
	for i := from; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if at.special(s, i) {
				dst = at.appendEscape(dst, s, i)
			} else {
				dst = append(dst, c)
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if specialRune(r, at.typography) {
			dst = append(dst, entity(r)...)
		} else {
			dst = append(dst, s[i:i+n]...)
		}
		i += n
	}
	return dst
}

func entity(r rune) string { return "&#" + strconv.Itoa(int(r)) + ";" }

// appendEscape appends the ASCII character s[i] without its special meaning.
func (at place) appendEscape(dst []byte, s string, i int) []byte {
	dst = at.dialect.appendEscape(dst, s[i])
	if at.dialect == MDX && !at.attribute && isEmoji(s[i:]) {
		dst = append(dst, nothing...)
	}
	return dst
}

// special reports whether the ASCII character s[i] is special at that place.
func (at place) special(s string, i int) bool {
	switch at.dialect {
	case GFM:
		return specialInGFM(s, i)
	case MDX:
		return specialInMDX(s, i)
	default:
		return special(s, i, at.typography)
	}
}

// special reports whether the ASCII character s[i] is special to any renderer.
func special(s string, i int, typography bool) bool {
	switch c := s[i]; c {
	case '&', '<', '>', '{', '}', '|', '*', '`', '[', ']', '\\', '~', '$', '^', '@', '#':
		return true
	case '_':
		return !wordBefore(s, i) || !wordAfter(s, i)
	case '=':
		return beside(s, i)
	case '+':
		return beside(s, i) || typography && strings.HasPrefix(s[i+1:], "-")
	case '(':
		return typography && isSymbol(s[i+1:])
	case ':':
		return i+1 < len(s) && s[i+1] != ' '
	case '.':
		return endsWithWWW(s[:i]) || typography && beside(s, i)
	case '-', ',', '!', '?':
		return typography && beside(s, i)
	case '\'', '"':
		return typography
	}
	return false
}

// specialRune reports whether a character beyond ASCII would be changed: white space, which Python
// strips, and opening quotes, which pandoc turns around if none closes.
func specialRune(r rune, typography bool) bool {
	return unicode.IsSpace(r) || typography && (r == '‘' || r == '“')
}

// isSymbol reports whether what follows a parenthesis makes it a symbol: markdown-it's typographer
// reads (c), (r), (p) and (tm), in any case, as ©, ®, ℗ and ™.
func isSymbol(rest string) bool {
	word, _, closed := strings.Cut(rest, ")")
	if !closed || len(word) > 2 {
		return false
	}
	switch strings.ToLower(word) {
	case "c", "r", "p", "tm":
		return true
	}
	return false
}

// beside reports whether s[i] is next to the same character.
func beside(s string, i int) bool {
	return i > 0 && s[i-1] == s[i] || i+1 < len(s) && s[i+1] == s[i]
}

func endsWithWWW(s string) bool {
	return len(s) >= 3 && strings.EqualFold(s[len(s)-3:], "www")
}

func wordBefore(s string, i int) bool {
	r, _ := utf8.DecodeLastRuneInString(s[:i])
	return isWord(r)
}

func wordAfter(s string, i int) bool {
	r, _ := utf8.DecodeRuneInString(s[i+1:])
	return isWord(r)
}

func isWord(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// startLen looks for what would begin a block at the start of s. It returns the length of s up to
// and including the character to escape, or 0.
func startLen(s string) int {
	if s == "" {
		return 0
	}
	switch c := s[0]; c {
	case '#', '-', '+', '=', ':', '(':
		return 1
	case '!', '?', '/':
		if len(s) > 1 && s[1] == c {
			return 1
		}
		return 0
	}
	if strings.HasPrefix(s, "import") || strings.HasPrefix(s, "export") {
		return 1
	}
	return listNumberLen(s)
}

// listNumberLen returns the length of a list number at the start of s, including its dot or
// parenthesis, or 0.
func listNumberLen(s string) int {
	n := strings.IndexAny(s, ".)")
	if n < 1 || n+1 < len(s) && s[n+1] != ' ' {
		return 0
	}
	number := s[:n]
	digits := strings.Trim(number, "0123456789") == ""
	letter := n == 1 && isWord(rune(number[0]))
	roman := strings.Trim(number, "ivxlcdm") == "" || strings.Trim(number, "IVXLCDM") == ""
	if digits || letter || roman {
		return n + 1
	}
	return 0
}
