package pipeline_test

import (
	"runtime"
	"slices"
	"testing"
	"time"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/gen/internal/emit/gocode"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/source"
	"github.com/errspec/errspec/gen/internal/synth"
)

// BenchmarkLoad reads and checks this repository's own catalog.
func BenchmarkLoad(b *testing.B) {
	src := repositoryCatalog(b)
	b.SetBytes(int64(len(src.File.Bytes())))
	b.ReportAllocs()
	for b.Loop() {
		if c, _ := pipeline.Load(src); c == nil {
			b.Fatal("catalog.yaml has errors")
		}
	}
}

// BenchmarkGenerate makes each output of this repository's own catalog, and all of them
// concurrently.
func BenchmarkGenerate(b *testing.B) {
	c, _ := pipeline.Load(repositoryCatalog(b))
	if c == nil {
		b.Fatal("catalog.yaml has errors")
	}
	all := requests(b, pipeline.Emitters(), ".")
	bench := func(name string, wanted []pipeline.Request) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := pipeline.Generate(c, wanted,
					pipeline.Options{Go: gocode.Options{Package: layout["go"],
						Tests: true}}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	for _, r := range all {
		bench(r.Emitter.Name, []pipeline.Request{r})
	}
	bench("all", all)
}

// BenchmarkBesideYAML measures each output of 10,000 codes and, in turn with it, the decoding of
// their YAML, which every run needs. The result is the ratio: the target is one half for a page of
// Markdown and for a schema.
func BenchmarkBesideYAML(b *testing.B) {
	data := synth.YAML(10_000)
	c, list := pipeline.Load(source.New("catalog.yaml", data, nil))
	if c == nil {
		b.Fatal(list.All())
	}
	bench := func(name string, e pipeline.Emitter, o pipeline.Options) {
		b.Run(name, func(b *testing.B) {
			var ours, theirs []time.Duration
			for b.Loop() {
				theirs = append(theirs, timed(b,
					func() error { return yaml.Unmarshal(data, new(yaml.Node)) }))
				ours = append(ours, timed(b, func() error { _, err := e.Emit(c, o); return err }))
			}
			b.ReportMetric(median(ours)/median(theirs), "x-yaml")
			b.ReportMetric(0, "ns/op") // both together mean nothing
		})
	}
	for _, e := range pipeline.Emitters() {
		bench(e.Name, e, pipeline.Options{Go: gocode.Options{Package: "apierr", Tests: true}})
		if e.Name == "openapi" {
			bench(e.Name+".json", e, pipeline.Options{JSON: true})
		}
	}
}

// timed returns how long f takes after a garbage collection.
func timed(b *testing.B, f func() error) time.Duration {
	b.Helper()
	runtime.GC()
	begin := time.Now()
	if err := f(); err != nil {
		b.Fatal(err)
	}
	return time.Since(begin)
}

func median(times []time.Duration) float64 {
	slices.Sort(times)
	return float64(times[len(times)/2])
}
