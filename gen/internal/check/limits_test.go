package check_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/source"
)

// Each limit is reported once, at its place, and up to the limit nothing is. What the catalog lacks
// beside is not asked here.
func TestLimits(t *testing.T) {
	const (
		head = "version: 1\ntitle: x\n"
		code = head + "groups:\n  - id: g\n    title: G\n    errors:\n      - code: AB\n" +
			"        status: 400\n        resolution: r\n"
		single = code + "        message: m\n"
	)
	lines := func(n int, format string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	nested := func(n int) string { return strings.Repeat("> ", n) + "a" }
	reference := func(uses int) string {
		return "[a]: /" + strings.Repeat("x", 1000) + "\n\n" + strings.Repeat("[a]\n\n", uses)
	}
	for _, tt := range []struct {
		name  string
		most  int
		build func(n int) string
		want  string // with one more
	}{
		{"a text", 8192, func(n int) string {
			return head + "groups: []\nretired: [{code: AB, since: " + strings.Repeat("x", n) + "}]\n"
		}, "4:29 this text has 8193 bytes; the limit is 8192"},
		{
			"a Markdown text",
			65536,
			func(n int) string { return head + "groups: []\ndescription: " + strings.Repeat("x", n) + "\n" },
			"4:14 this text has 65537 bytes; the limit is 65536",
		},
		{"a section", 65536, func(n int) string {
			return head + "groups: []\ndocs: {sections: [{position: end, text: " + strings.Repeat("x", n) +
				"}]}\n"
		}, "4:41 this text has 65537 bytes; the limit is 65536"},
		{
			"docs_url",
			2000,
			func(n int) string { return head + "groups: []\ndocs_url: /" + strings.Repeat("x", n-1) + "\n" },
			"4:11 this text has 2001 bytes; the limit is 2000",
		},
		{"a text of the envelope", 4096 - 20, func(n int) string {
			return single + "envelope: {body: {code: $code, message: $message, x: " +
				strings.Repeat("x", n-5) + "}}\n"
		}, "11:54 the keys and texts of the body have more than 4096 bytes"},
		{"members of the envelope", 256 - 3, func(n int) string {
			return single + "envelope:\n  body:\n    code: $code\n    message: $message\n" +
				lines(n, "    m%d: 1\n")
		}, "268:11 the body has more than 256 members and elements"},
		{"params", 256, func(n int) string {
			return single + "        params:\n" + lines(n, "          p%d: {type: int, detail: true}\n")
		}, `268:11 "params" has more than 256 elements`},
		{"params in the message", 256, func(n int) string {
			return code + "        params:\n" + lines(n, "          p%d: {type: int}\n") +
				"        message: '" + lines(n, "${p%d} ") + "'\n"
		}, `267:11 "params" has more than 256 elements`},
		{"params in a header", 256, func(n int) string {
			return single + "        params:\n" + lines(n, "          p%d: {type: int}\n") +
				"        headers: {X-A: '" + lines(n, "${p%d}-") + "'}\n"
		}, `268:11 "params" has more than 256 elements`},
		{"params in the body", 250, func(n int) string {
			return single + "        params:\n" +
				lines(n+6, "          p%d: {type: int, detail: true}\n") +
				"envelope: {body: {code: $code, message: $message, all: $params, last: '${param.p255}${param.p256}'}}\n"
		}, `268:11 "params" has more than 256 elements`},
		{
			"values",
			256,
			func(n int) string { return single + "        values:\n" + lines(n, "          v%d: 1\n") },
			`268:11 "values" has more than 256 elements`,
		},
		{"variants", 256, func(n int) string {
			return code + "        variants:\n" + lines(n, "          - {id: v%[1]d, message: m%[1]d}\n")
		}, `267:13 "variants" has more than 256 elements`},
		{
			"headers",
			256,
			func(n int) string { return single + "        headers:\n" + lines(n, "          X-%d: a\n") },
			`268:11 "headers" has more than 256 elements`,
		},
		{"links", 256, func(n int) string {
			return single + "        links:\n" + lines(n, "          - {title: t, url: /%d}\n")
		}, `268:13 "links" has more than 256 elements`},
		{
			"tags",
			256,
			func(n int) string { return single + "        tags:\n" + lines(n, "          - t%d\n") },
			`268:13 "tags" has more than 256 elements`,
		},
		{"statuses", 16, func(n int) string {
			return head + "groups:\n  - id: g\n    title: G\n    errors:\n      - code: AB\n" +
				"        message: m\n        resolution: r\n        status:\n" + lines(n, "          - 4%02d\n")
		}, `27:13 "status" has more than 16 elements`},
		{
			"meta",
			32,
			func(n int) string { return single + "        meta:\n" + lines(n, "          k%d: a\n") },
			`44:11 "meta" has more than 32 elements`,
		},
		{"an enum", 1000, func(n int) string {
			return single + "        params:\n          p:\n            type: string\n" +
				"            detail: true\n            enum:\n" + lines(n, "              - v%d\n")
		}, `1016:17 "enum" has more than 1000 elements`},
		{"a list as a value", 1000, func(n int) string {
			return single + "        values:\n          v:\n" + lines(n, "            - e%d\n")
		}, `1013:15 "v" has more than 1000 elements`},
		{"items", 256, func(n int) string {
			return single + "        params:\n          p:\n            type: list\n            items:\n" +
				lines(n, "              f%d: string\n")
		}, `271:15 "items" has more than 256 elements`},
		{
			"policies",
			1000,
			func(n int) string { return single + "retry_policies:\n" + lines(n, "  p%d: {base: 1s}\n") },
			`1012:3 "retry_policies" has more than 1000 elements`,
		},
		{"sections", 1000, func(n int) string {
			return single + "docs:\n  sections:\n" + lines(n, "    - {position: end, title: T%d, text: x}\n")
		}, `1013:7 "sections" has more than 1000 elements`},
		{
			"included files",
			1000,
			func(n int) string { return head + "include:\n" + lines(n, "  - f%d.yaml\n") },
			`1004:5 "include" has more than 1000 elements`,
		},
		{
			"a glob of files",
			1000,
			func(n int) string { return head + "include: [f*.yaml" + "]\n" },
			`3:11 the catalog includes more than 1000 files`,
		},
		{
			"markers of a paragraph",
			1000,
			func(n int) string {
				return single + "        description: \"" + strings.Repeat("*a", n) + "\"\n"
			},
			"11:2023 one paragraph has more than 1,000 of the markers * _ ~ [ ] ` <",
		},
		{
			"code in a paragraph",
			1000,
			func(n int) string {
				return single + "        description: \"" + strings.Repeat("`a` ", n) + "\"\n"
			},
			"11:4023 one paragraph has more than 1,000 of the markers * _ ~ [ ] ` <",
		},
		{"nested quotes", 100, func(n int) string {
			return single + "        description: |\n          a\n\n          " + nested(n) + "\n"
		}, "14:11 this line begins more than 100 quotes and lists, each inside the one before"},
		{"uses of a definition", 8, func(n int) string {
			return single + "        description: |\n" +
				strings.ReplaceAll("          "+reference(n), "\n", "\n          ") + "\n"
		}, "30:11 link definitions are repeated until their URLs are more than four times the text"},
		{"a text that is filled in", 65, func(n int) string {
			return single + "        values: {v: " + strings.Repeat("x", 1000) +
				"}\n        description: \"" + strings.Repeat("${v}", n) + "\"\n"
		}, "12:283 after filling in the values, this text has more than 65536 bytes"},
		{"uses of a definition that is filled in", 6, func(n int) string {
			return single + "        values: {v: " + strings.Repeat("x", 2000) +
				"}\n        description: |\n          [a]: /${v}\n\n" + lines(n, "          [a] %d\n\n")
		}, "12:22 after filling in the values, link definitions are repeated until their URLs are more than four times the text"},
		{
			"a pattern",
			124,
			func(n int) string {
				return single + "lint: {code_pattern: '" + strings.Repeat("A{0,2}", n) + ".*'}\n"
			},
			"11:22 the pattern is too complex: it compiles to more than 500 instructions",
		},
		{"text of aliases", 129, func(n int) string {
			return head + "groups: []\ndocs:\n  front_matter:\n    a: &a " + strings.Repeat("x", 8192) +
				"\n    b: [" + strings.Repeat("*a, ", n) + "]\n"
		}, "1:1 aliases expand the file's 8245 bytes of text to 1073205"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for extra, want := range [][]string{nil, {tt.want}} {
				folder := fstest.MapFS{}
				for i := range tt.most + extra {
					folder[fmt.Sprintf("f%d.yaml", i)] = &fstest.MapFile{Data: []byte("retired: []\n")}
				}
				var got []string
				src := tt.build(tt.most + extra)
				if !strings.Contains(src, "envelope:") {
					src += "envelope: problem\n" // it shows all params
				}
				for _, d := range findings(source.New("catalog.yaml", []byte(src), folder)) {
					if d.Severity == diag.Error &&
						!slices.Contains([]string{rule.MissingKey, rule.IncludeMissing}, d.Rule) {
						got = append(got, fmt.Sprintf("%d:%d %s", d.Span.Line, d.Span.Col, d.Message))
						if d.Rule != rule.LimitExceeded || d.Help == "" {
							t.Fatalf("%s: %s, with the help %q", d.Rule, d.Message, d.Help)
						}
					}
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("with %d (-want +got):\n%s", tt.most+extra, diff)
				}
			}
		})
	}
}
