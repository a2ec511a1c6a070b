package markdown_test

import (
	"fmt"
	"runtime"
	"slices"
	"testing"
	"time"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/gen/internal/emit/markdown"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/source"
	"github.com/errspec/errspec/gen/internal/synth"
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

// BenchmarkBesideYAML measures each output and, in turn with it, the decoding of the catalog's YAML, which nothing can do without. The
// figure to read is the ratio: half is the target for the page.
func BenchmarkBesideYAML(b *testing.B) {
	data := synth.YAML(10_000)
	c, list := pipeline.Load(source.New("catalog.yaml", data, nil))
	if c == nil {
		b.Fatal(list.All())
	}
	for _, output := range []struct {
		name string
		emit func(*catalog.Catalog, emit.Options) ([]emit.File, error)
	}{{"page", markdown.Emit}, {"pages", markdown.EmitPages}} {
		b.Run(output.name, func(b *testing.B) {
			var yardstick, ours []time.Duration
			for b.Loop() {
				yardstick = append(yardstick, timed(func() error {
					var n yaml.Node
					return yaml.Unmarshal(data, &n)
				}))
				ours = append(ours, timed(func() error {
					_, err := output.emit(c, emit.Options{})
					return err
				}))
			}
			slices.Sort(yardstick)
			slices.Sort(ours)
			b.ReportMetric(float64(ours[len(ours)/2])/float64(yardstick[len(yardstick)/2]), "x-yaml")
			b.ReportMetric(0, "ns/op") // of both together, and so of nothing
		})
	}
}

// timed returns how long f takes on a heap that has just been swept.
func timed(f func() error) time.Duration {
	runtime.GC()
	start := time.Now()
	if err := f(); err != nil {
		panic(err)
	}
	return time.Since(start)
}
