package diag_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/errspec/errspec/gen/internal/diag"
)

// Positions and offsets agree, on short lines and on long ones, which are counted differently.
func TestFilePlaces(t *testing.T) {
	piece := rapid.SampledFrom([]string{
		"a", "é", "日本", "😀", "\n", "\r\n",
		strings.Repeat("x", 700), strings.Repeat("日", 500), strings.Repeat("é", 1024),
	})
	rapid.Check(t, func(t *rapid.T) {
		src := strings.Join(rapid.SliceOfN(piece, 0, 12).Draw(t, "src"), "")
		f := diag.NewFile("x", []byte(src))
		line, col := 1, 1
		for i, r := range src {
			if i%7 == 0 || r == '\n' || i > len(src)-3 { // testing each would take long
				if got := f.At(i, 0); got.Line != line || got.Col != col {
					t.Fatalf("At(%d) = %d:%d, want %d:%d", i, got.Line, got.Col, line, col)
				}
				if got := f.Offset(line, col); got != i {
					t.Fatalf("Offset(%d, %d) = %d, want %d", line, col, got, i)
				}
			}
			if col++; r == '\n' {
				line, col = line+1, 1
			}
		}
		if got := f.At(len(src), 0); got.Line != line || got.Col != col {
			t.Fatalf("At(end) = %d:%d, want %d:%d", got.Line, got.Col, line, col)
		}
		width := utf8.RuneCountInString(f.Line(1))
		if got, want := f.Offset(1, width+5000), len(f.Line(1)); got < want || got > want+1 {
			t.Fatalf("a column beyond line 1 is at offset %d, want its end, %d", got, want)
		}
	})
}
