package growth

import (
	"bytes"
	"runtime"
	"testing"

	"github.com/errspec/errspec/gen/internal/emit/gocode"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/source"
	"github.com/errspec/errspec/gen/internal/synth"
)

// A cost is a number of things that are the same on every machine, whatever its load.
type cost struct{ allocations, bytes, output, findings float64 }

// TestCodes compiles 1,000 and 10,000 codes. A code of the larger catalog may cost hardly more than
// one of the smaller. Quadratic work would cost ten times as much, and pure n log n 1.33 times.
func TestCodes(t *testing.T) {
	const most = 1.3
	// So that values made once do not count for a code.
	compileAll(t, 15)
	few, many := compileAll(t, 1000), compileAll(t, 10_000)
	for _, c := range []struct {
		what      string
		few, many float64
	}{
		{"allocations", few.allocations, many.allocations},
		{"bytes allocated", few.bytes, many.bytes},
		{"bytes of output", few.output, many.output},
	} {
		t.Logf("%s: %.1f a code of 1,000, %.1f of 10,000: %.2f times", c.what, c.few, c.many,
			c.many/c.few)
		if c.few == 0 || c.many > most*c.few {
			t.Errorf("%s grow: %.1f a code of 1,000, %.1f of 10,000", c.what, c.few, c.many)
		}
	}
}

// TestFindings does the same with a mistake in each code. Each mistake is reported exactly once.
func TestFindings(t *testing.T) {
	const most = 1.3
	few, many := mistakes(t, 1000), mistakes(t, 10_000)
	if few.findings != 1 || many.findings != 1 {
		t.Errorf("%v diagnostics per mistake in 1,000 codes, %v in 10,000; want one each",
			few.findings, many.findings)
	}
	t.Logf("a diagnostic takes %.1f allocations of 1,000, %.1f of 10,000", few.allocations,
		many.allocations)
	if many.allocations > most*few.allocations || many.bytes > most*few.bytes {
		t.Errorf(
			"a diagnostic of 1,000 takes %.1f allocations and %.1f bytes, one of 10,000 %.1f and %.1f",
			few.allocations, few.bytes, many.allocations, many.bytes)
	}
}

// compileAll makes all outputs of n codes, and returns the cost of one code.
func compileAll(t *testing.T, n int) cost {
	t.Helper()
	return perCode(n, func() (c cost) {
		src := source.New("catalog.yaml", synth.YAML(n), nil)
		loaded, list := pipeline.Load(src)
		if loaded == nil {
			t.Fatalf("a synthetic catalog of %d codes has errors: %v", n, list.Err())
		}
		var outputs []pipeline.Request
		for _, e := range pipeline.Emitters() {
			outputs = append(outputs, pipeline.Request{Emitter: e, Path: e.Name})
		}
		made, err := pipeline.Generate(loaded, outputs,
			pipeline.Options{Go: gocode.Options{Package: "apierr", Tests: true}})
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range made {
			for _, f := range o.Files {
				c.output += float64(len(f.Data))
			}
		}
		return c
	})
}

// mistakes checks n codes with one mistake each.
func mistakes(t *testing.T, n int) cost {
	t.Helper()
	return perCode(n, func() cost {
		data := bytes.ReplaceAll(synth.YAML(n), []byte("\n        since:"),
			[]byte("\n        tittle:"))
		_, list := pipeline.Load(source.New("catalog.yaml", data, nil))
		return cost{findings: float64(list.Len())}
	})
}

func perCode(n int, do func() cost) cost {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	c := do()
	runtime.ReadMemStats(&after)
	codes := float64(n)
	return cost{
		allocations: float64(after.Mallocs-before.Mallocs) / codes,
		bytes:       float64(after.TotalAlloc-before.TotalAlloc) / codes,
		output:      c.output / codes,
		findings:    c.findings / codes,
	}
}
