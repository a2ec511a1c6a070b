package openapi_test

import (
	"runtime"
	"testing"
	"time"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/gen/internal/emit/bodyschema"
	"github.com/errspec/errspec/gen/internal/emit/lookup"
	"github.com/errspec/errspec/gen/internal/emit/openapi"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/source"
	"github.com/errspec/errspec/gen/internal/synth"
)

// BenchmarkBesideYAML measures each of the outputs for programs and, in turn with it, the decoding of the catalog's YAML, which nothing can
// do without. The figure to read is the ratio: half is the target for a schema.
func BenchmarkBesideYAML(b *testing.B) {
	data := synth.YAML(10_000)
	c, list := pipeline.Load(source.New("catalog.yaml", data, nil))
	if c == nil {
		b.Fatal(list.All())
	}
	emitting := func(f func() ([]emit.File, error)) func() error {
		return func() error { _, err := f(); return err }
	}
	for _, m := range []struct {
		name string
		emit func() error
	}{
		{"schema", emitting(func() ([]emit.File, error) { return bodyschema.Emit(c, emit.Options{}) })},
		{"schema-lenient", emitting(func() ([]emit.File, error) { return bodyschema.EmitLenient(c, emit.Options{}) })},
		{"json", emitting(func() ([]emit.File, error) { return lookup.Emit(c, emit.Options{}) })},
		{"openapi.json", emitting(func() ([]emit.File, error) { return openapi.Emit(c, emit.Options{JSON: true}) })},
		{"openapi.yaml", emitting(func() ([]emit.File, error) { return openapi.Emit(c, emit.Options{}) })},
	} {
		b.Run(m.name, func(b *testing.B) {
			var ours, theirs time.Duration
			measure := func(f func() error) time.Duration {
				runtime.GC()
				begin := time.Now()
				if err := f(); err != nil {
					b.Fatal(err)
				}
				return time.Since(begin)
			}
			for b.Loop() {
				ours += measure(m.emit)
				theirs += measure(func() error {
					var n yaml.Node
					return yaml.Unmarshal(data, &n)
				})
			}
			b.ReportMetric(float64(ours)/float64(theirs), "x-yaml")
			b.ReportMetric(0, "ns/op") // of both together, and so of nothing
		})
	}
}
