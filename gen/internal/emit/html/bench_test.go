package html_test

import (
	"runtime"
	"slices"
	"testing"
	"time"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/gen/internal/catalog/catalogtest"
	"github.com/errspec/errspec/gen/internal/emit"
	emithtml "github.com/errspec/errspec/gen/internal/emit/html"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/source"
	"github.com/errspec/errspec/gen/internal/synth"
)

func BenchmarkEmit(b *testing.B) {
	c := catalogtest.Many(10_000)
	for b.Loop() {
		if _, err := emithtml.Emit(c, emit.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkBesideYAML measures the reference of 10,000 codes and, in turn with it, the decoding of their YAML, which nothing can do
// without. The figure to read is the ratio.
func BenchmarkBesideYAML(b *testing.B) {
	data := synth.YAML(10_000)
	c, list := pipeline.Load(source.New("catalog.yaml", data, nil))
	if c == nil {
		b.Fatal(list.All())
	}
	var yardstick, ours []time.Duration
	for b.Loop() {
		yardstick = append(yardstick, timed(func() error {
			var n yaml.Node
			return yaml.Unmarshal(data, &n)
		}))
		ours = append(ours, timed(func() error {
			_, err := emithtml.Emit(c, emit.Options{})
			return err
		}))
	}
	slices.Sort(yardstick)
	slices.Sort(ours)
	b.ReportMetric(float64(ours[len(ours)/2])/float64(yardstick[len(yardstick)/2]), "x-yaml")
	b.ReportMetric(0, "ns/op") // of both together, and so of nothing
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
