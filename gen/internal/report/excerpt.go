package report

import (
	"strings"
	"unicode"

	"github.com/errspec/errspec/gen/internal/unseen"
)

// maxExcerpt limits the characters shown of a source line. Of a longer line, those around the
// diagnostic are shown.
const maxExcerpt = 160

// excerpt returns what to show of a source line, and the padding and the mark below it for length
// characters from column col on. They are aligned on a terminal: padding repeats tabs, and wide
// characters count twice.
func excerpt(line string, col, length int) (text, pad, mark string) {
	line, skipped, cut := window(line, col-1)
	runes := []rune(line)
	at := min(max(col-1-skipped, 0), len(runes))
	end := min(at+max(length, 1), len(runes))

	first, last := 0, len(runes)
	if len(runes) > maxExcerpt {
		first = min(max(at-maxExcerpt/4, 0), len(runes)-maxExcerpt)
		last = first + maxExcerpt
		end = min(end, last)
	}
	var b, shown strings.Builder
	if first+skipped > 0 {
		shown.WriteString("…")
		b.WriteByte(' ')
	}
	i, n := first, 0 // the index of the next character, and the width of the mark
	unseen.Each(string(runes[first:last]), func(part string, r rune) {
		shown.WriteString(part)
		switch {
		case i < at && r == '\t':
			b.WriteByte('\t')
		case i < at:
			b.WriteString(strings.Repeat(" ", columns(part)))
		case i < end:
			n += columns(part)
		}
		i++
	})
	if last < len(runes) || cut {
		shown.WriteString("…")
	}
	return shown.String(), b.String(), "^" + strings.Repeat("~", max(n-1, 0))
}

// window returns the part of a very long line that an excerpt can show, how many characters precede
// it, and whether some follow it. So a thousand diagnostics on one line do not each cost as much as
// the line.
func window(line string, at int) (part string, skipped int, cut bool) {
	if len(line) <= 16*maxExcerpt {
		return line, 0, false
	}
	begin, end := len(line), len(line)
	n := 0
	for i := range line {
		if n == at-maxExcerpt || i == 0 && at <= maxExcerpt {
			begin, skipped = i, n
		}
		if n == at+2*maxExcerpt {
			end = i
			break
		}
		n++
	}
	if begin > end || begin == len(line) { // at is beyond the end
		return line, 0, false
	}
	return line[begin:end], skipped, end < len(line)
}

// columns returns the width of a character on a terminal, as it is shown.
func columns(part string) int {
	n := 0
	for _, r := range part {
		n += width(r)
	}
	return n
}

// width returns the width of a character on a terminal, without escapes.
func width(r rune) int {
	switch {
	case r == '\t':
		return 1
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	}
	for _, w := range wide {
		if r >= w[0] && r <= w[1] {
			return 2
		}
	}
	return 1
}

// wide are the Unicode blocks whose characters are two columns wide on terminals (W and F of UAX
// #11, by block).
var wide = [...][2]rune{
	{0x1100, 0x115f}, {0x2e80, 0x303e}, {0x3041, 0xa4cf}, {0xa960, 0xa97c}, {0xac00, 0xd7a3},
	{0xf900, 0xfaff},
	{0xfe30, 0xfe6f}, {0xff01, 0xff60}, {0xffe0, 0xffe6}, {0x1f300, 0x1f64f}, {0x1f680, 0x1f6ff},
	{0x1f900, 0x1f9ff},
	{0x1fa70, 0x1faff}, {0x20000, 0x3fffd},
}
