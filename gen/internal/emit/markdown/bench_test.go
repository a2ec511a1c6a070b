package markdown_test

import (
	"fmt"
	"testing"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/gen/internal/emit/markdown"
)

// many returns the bitHuman catalog with its codes repeated under other names until there are n.
func many(tb testing.TB, n int) *catalog.Catalog {
	tb.Helper()
	c := load(tb, "../../../../catalog.yaml")
	for round := 1; c.Len() < n; round++ {
		for i := range c.Groups {
			g := &c.Groups[i]
			for _, e := range g.Entries[:len(g.Entries)/round] {
				if c.Len() == n {
					break
				}
				again := *e
				again.Code = fmt.Sprintf("%s_%d", e.Code, round)
				again.Anchor = fmt.Sprintf("%s_%d", e.Anchor, round)
				g.Entries = append(g.Entries, &again)
			}
		}
	}
	return c
}

func BenchmarkEmit(b *testing.B) {
	for _, n := range []int{15, 1_000, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			c := many(b, n)
			for b.Loop() {
				if _, err := markdown.Emit(c, emit.Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
