//go:build unix

package growth

import (
	"fmt"
	"strings"
	"testing"
)

// TestHostileFiles does the same as [TestGrowth], with files that are full of mistakes or as long
// as a limit allows.
func TestHostileFiles(t *testing.T) {
	errspec := counted(t)
	const head = "version: 1\ntitle: x\ngroups:\n  - id: g\n    title: G\n    errors:\n"
	repeat := func(n int, format string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	text := func(s string) string {
		return "version: 1\ntitle: x\ngroups: []\ndescription: \"" + s + "\"\n"
	}
	for name, build := range map[string]func(n int) string{ // about n × 200 KiB
		"JSON on one line": func(n int) string {
			return "{version: 1, title: x, groups: [{id: g, title: G, errors: [" +
				repeat(3000*n,
					`{code: "A_%d", status: 700, message: "é ${y}", resolution: "x"}, `) + "]}]}"
		},
		"unknown names": func(n int) string {
			return head + repeat(2500*n,
				"      - {code: CODE_NUMBER_%[1]d, status: 400, message: m, resolution: r, see: [CODE_NUMBR_%[1]d]}\n")
		},
		"many params": func(n int) string {
			return head + "      - code: AB\n        status: 400\n        params:\n" +
				repeat(7500*n,
					"          p%d: {type: string}\n") + "        message: \"" + repeat(7500*n,
				"${p%d}") + "\"\n"
		},
		"many values": func(n int) string {
			return head +
				"      - code: AB\n        status: 400\n        message: m\n        values:\n" +
				repeat(5000*n,
					"          v%[1]d: %[1]d\n") + "        resolution: \"" + repeat(5000*n,
				"${v%d}") + "\"\n"
		},
		"many variants": func(n int) string {
			return head + "      - code: AB\n        status: 400\n        params: {p: {type: string}}\n" +
				"        variants:\n" +
				repeat(1250*n, "          - {id: v%[1]d, message: \"${p} of %[1]d in ${p}\"}\n")
		},
		"distinct, slowly": func(n int) string {
			return head +
				"      - code: AB\n        status: 400\n        params: {p: {type: int}}\n        variants:\n" +
				repeat(375*n, "          - {id: v%[1]d, message: \"${p}"+strings.Repeat("x",
					300)+" %[1]d ${p}\"}\n")
		},
		"long messages": func(n int) string {
			return head +
				"      - code: AB\n        status: 400\n        params: {p: {type: string}}\n        variants:\n" +
				repeat(8, "          - {id: v%[1]d, message: \"${p}"+strings.Repeat("x", 25_000*n)+
					"%[1]d ${p}\"}\n")
		},
		"unclosed blanks": func(n int) string { return text(strings.Repeat("${", 100_000*n)) },
		"one status": func(n int) string {
			return head + "      - {code: AB, message: m, status: [" + strings.Repeat("400,",
				50_000*n) + "]}\n"
		},
		"raw HTML": func(n int) string {
			return text(strings.Repeat("<b>[x](javascript:1)", 10_000*n))
		},
		"open brackets": func(n int) string {
			return text(strings.Repeat("[", 125_000*n) + "](x)")
		},
		"lone dollars": func(n int) string { return text(strings.Repeat("$ ", 50_000*n)) },
		"doubled keys": func(n int) string {
			return "version: 1\n" + strings.Repeat("title: x\n", 25_000*n)
		},
		"unknown keys": func(n int) string {
			return "version: 1\n" + strings.Repeat("titel: x\n", 25_000*n)
		},
		"only unknown keys": func(n int) string { return strings.Repeat("titel: x\n", 25_000*n) },
		"broken at its end": func(n int) string {
			return head + repeat(1250*n, "      - {code: CODE_NUMBER_%d, status: 400}\n") + "  x\n"
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			small, large := build(1), build(4)
			if got := use(t, errspec, small, growthCommands["lint"]); !strings.Contains(got.said,
				"catalog.yaml:") {
				t.Errorf("the file has no mistakes:\n%.2000s", got.said)
			}
			grows(t, errspec, small, large, growthCommands["lint"])
		})
	}
}
