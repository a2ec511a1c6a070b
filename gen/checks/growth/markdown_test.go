//go:build linux

package growth

import (
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/errspec/errspec/gen/internal/mdtext"
	"github.com/errspec/errspec/gen/internal/synth"
)

var compositions = flag.Int("compositions", 50,
	"how many compositions of Markdown TestCompositions tries")

// ways are the functions that process a text.
var ways = map[string]func(md string){
	"parsed":         func(md string) { mdtext.ParseTree([]byte(md)) },
	"as blocks":      func(md string) { mdtext.Parse(md).Block("") },
	"as MDX":         func(md string) { (&mdtext.Style{Dialect: mdtext.MDX}).Parse(md).Section(2) },
	"as a cell":      func(md string) { mdtext.Parse(md).Cell() },
	"as plain text":  func(md string) { mdtext.Parse(md).Plain() },
	"as HTML":        func(md string) { mdtext.HTML{}.Block(md) },
	"as a line":      func(md string) { mdtext.HTML{}.Line(md) },
	"as itself":      func(md string) { mdtext.Literal(md) },
	"as code":        func(md string) { mdtext.Code(md) },
	"before parsing": func(md string) { mdtext.MayExceed(md) },
}

// TestMarkdown repeats each construct of Markdown.
func TestMarkdown(t *testing.T) {
	pieces := synth.Markdown()
	for _, name := range slices.Sorted(maps.Keys(pieces)) {
		textGrows(t, name, pieces[name])
	}
}

// TestCompositions repeats random combinations of constructs: always the same, and more of them
// with the flag.
func TestCompositions(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 0))
	tokens := synth.MarkdownTokens()
	compose := func(n int) string {
		var b strings.Builder
		for range n {
			b.WriteString(tokens[r.IntN(len(tokens))])
		}
		return b.String()
	}
	for range *compositions {
		before, piece, more := compose(r.IntN(3)), compose(1+r.IntN(5)), r.IntN(5) == 0
		textGrows(t, fmt.Sprintf("%q before %q", before, piece), func(i int) string {
			switch {
			case i == 0:
				return before + piece
			case more:
				return strings.Repeat(piece, i%100) + "\n"
			default:
				return piece
			}
		})
	}
}

// textGrows fails if a text four times as long takes much more than four times the work, in any of
// the ways: quadratic work takes sixteen times. It counts only the processor time of this thread,
// and a ratio must occur repeatedly.
func textGrows(t *testing.T, name string, piece func(i int) string) {
	t.Helper()
	const (
		small, large = 8 << 10, 32 << 10
		most         = 8
		floor        = 15 * time.Millisecond // shorter times prove nothing
		attempts     = 4
	)
	few, many := synth.OfSize(small, piece), synth.OfSize(large, piece)
	for way, do := range ways {
		for i := 1; ; i++ {
			a, b := threadTime(t, func() { do(few) }), threadTime(t, func() { do(many) })
			if b < most*a+floor {
				break
			}
			if i == attempts {
				t.Errorf("%s, %s: %d KiB take %v, %d KiB %v", name, way, small>>10, a, large>>10, b)
				break
			}
		}
	}
}

// threadTime returns the processor time of do, without garbage collection.
func threadTime(t *testing.T, do func()) time.Duration {
	t.Helper()
	const thread = 1 // RUSAGE_THREAD
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	used := func() int64 {
		var u syscall.Rusage
		if err := syscall.Getrusage(thread, &u); err != nil {
			t.Fatal(err)
		}
		return u.Utime.Nano()
	}
	before := used()
	do()
	return time.Duration(used() - before)
}
