package breaking_test

import (
	"bytes"
	"testing"

	"github.com/errspec/errspec/gen/internal/breaking"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/source"
	"github.com/errspec/errspec/gen/internal/synth"
)

// Two catalogs of 10,000 codes, beside the yardstick: one lint of one of them. The target is three
// times that.
func BenchmarkBreaking(b *testing.B) {
	data := synth.YAML(10_000)
	b.Run("yardstick=lint", func(b *testing.B) {
		for b.Loop() {
			load(b, "catalog.yaml", data)
		}
	})
	for _, c := range []struct{ name, from, to string }{
		{"alike", "", ""},
		{"some moved", "status: 409\n", "status: 410\n"},
		{"all renamed", "code: ", "code: X_"},
		{"all reworded", "resolution: ", "resolution: Please note. "},
	} {
		changed := data
		if c.from != "" {
			changed = bytes.ReplaceAll(data, []byte(c.from), []byte(c.to))
		}
		b.Run(c.name, func(b *testing.B) {
			found := 0
			for b.Loop() {
				was, is, _, _ := pipeline.Versions(source.New("old.yaml", data, nil),
					source.New("new.yaml", changed, nil))
				list := breaking.Review(was, is, rule.Source)
				found = len(list.Shown())
			}
			if (found > 0) != (c.name != "alike") {
				b.Fatalf("%d changes are found", found)
			}
		})
	}
}
