package check_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/errspec/errspec/gen/internal/source"
)

// No file of about a megabyte takes long, however it is made: no step is quadratic in anything that an author can repeat.
func TestHostileFilesAreCheap(t *testing.T) {
	const head = "version: 1\ntitle: x\ngroups:\n  - id: g\n    title: G\n    errors:\n"
	repeat := func(n int, format string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	text := func(s string) string { return "version: 1\ntitle: x\ngroups: []\ndescription: \"" + s + "\"\n" }
	for name, src := range map[string]string{
		"JSON on one line": "{version: 1, title: x, groups: [{id: g, title: G, errors: [" +
			repeat(12000, `{code: "A_%d", status: 700, message: "é ${y}", resolution: "x"}, `) + "]}]}",
		"unknown names": head + repeat(10000,
			"      - {code: CODE_NUMBER_%[1]d, status: 400, message: m, resolution: r, see: [CODE_NUMBR_%[1]d]}\n"),
		"many params": head + "      - code: AB\n        status: 400\n        params:\n" + repeat(30000,
			"          p%d: {type: string}\n") + "        message: \"" + repeat(30000, "${p%d}") + "\"\n",
		"many values": head + "      - code: AB\n        status: 400\n        message: m\n        values:\n" + repeat(20000,
			"          v%[1]d: %[1]d\n") + "        resolution: \"" + repeat(20000, "${v%d}") + "\"\n",
		"many variants":     head + "      - code: AB\n        status: 400\n        params: {p: {type: string}}\n        variants:\n" + repeat(5000, "          - {id: v%[1]d, message: \"${p} of %[1]d in ${p}\"}\n"),
		"distinct, slowly":  head + "      - code: AB\n        status: 400\n        params: {p: {type: int}}\n        variants:\n" + repeat(1500, "          - {id: v%[1]d, message: \"${p}"+strings.Repeat("x", 300)+" %[1]d ${p}\"}\n"),
		"long messages":     head + "      - code: AB\n        status: 400\n        params: {p: {type: string}}\n        variants:\n" + repeat(8, "          - {id: v%[1]d, message: \"${p}"+strings.Repeat("x", 100_000)+"%[1]d ${p}\"}\n"),
		"raw HTML":          text(strings.Repeat("<b>[x](javascript:1)", 40000)),
		"open brackets":     text(strings.Repeat("[", 500_000) + "](x)"),
		"lone dollars":      text(strings.Repeat("$ ", 200_000)),
		"doubled keys":      "version: 1\n" + strings.Repeat("title: x\n", 100_000),
		"unknown keys":      "version: 1\n" + strings.Repeat("titel: x\n", 100_000),
		"broken at its end": head + repeat(5000, "      - {code: CODE_NUMBER_%d, status: 400}\n") + "  x\n",
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			if list := findings(source.New("catalog.yaml", []byte(src), nil)); len(list) == 0 {
				t.Error("nothing is wrong with it")
			}
			if took := time.Since(start); took > 5*time.Second {
				t.Errorf("%d KiB took %v; the usual is a tenth of a second, so some step is quadratic: profile it", len(src)>>10,
					took)
			}
		})
	}
}
