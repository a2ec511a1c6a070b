package pipeline_test

import (
	"testing"

	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/gen/internal/pipeline"
)

// BenchmarkLoad reads and judges this repository's own catalog.
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

// BenchmarkGenerate makes one output of this repository's own catalog, and all of them side by side.
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
				if _, err := pipeline.Generate(c, wanted, emit.Options{Package: layout["go"], Tests: true}); err != nil {
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
