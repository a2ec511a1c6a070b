package report

import (
	"strings"
	"testing"
)

// A very long line is shortened before it is examined. The result is the same.
func TestExcerptOfLongLines(t *testing.T) {
	const n = 4000
	runes := make([]rune, n)
	for i := range runes {
		runes[i] = rune(0x4e00 + i)
	}
	for _, col := range []int{1, 2, maxExcerpt, maxExcerpt + 1, 2000, n - 2*maxExcerpt, n - 1, n,
		n + 1} {
		text, pad, mark := excerpt(string(runes), col, 1)
		shown := strings.Trim(text, "…")
		if got := len([]rune(shown)); got != maxExcerpt {
			t.Errorf("column %d: %d characters are shown, want %d", col, got, maxExcerpt)
		}
		if begins, cut := strings.HasPrefix(text, "…"),
			[]rune(shown)[0] != runes[0]; begins != cut {
			t.Errorf("column %d: cut at its start: %v; it says: %v", col, cut, begins)
		}
		if ends, cut := strings.HasSuffix(text, "…"),
			!strings.HasSuffix(shown, string(runes[n-1])); ends != cut {
			t.Errorf("column %d: cut at its end: %v; it says: %v", col, cut, ends)
		}
		if col > n {
			continue
		}
		before, _, found := strings.Cut(text, string(runes[col-1]))
		if cells := len(pad); !found || cells != 2*len([]rune(strings.TrimPrefix(before, "…")))+
			len([]rune(before))-len([]rune(strings.TrimPrefix(before, "…"))) || mark != "^~" {
			t.Errorf("column %d: %q is marked by %q after %d cells", col, text, mark, cells)
		}
	}
}
