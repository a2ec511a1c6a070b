package typescript_test

import (
	"testing"

	"github.com/errspec/errspec/gen/internal/emit/typescript"
	"github.com/errspec/errspec/gen/internal/synth"
)

func BenchmarkEmit(b *testing.B) {
	c := synth.Catalog(10_000)
	for b.Loop() {
		if _, err := typescript.Emit(c); err != nil {
			b.Fatal(err)
		}
	}
}
