package syntax_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/source"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// The line of a YAML error is the one that a person would look at: yaml.v3 names the line before,
// the beginning of the block, or none.
func TestYAMLErrorLines(t *testing.T) {
	tests := []struct {
		name, src string
		line      int
		message   string
	}{
		{"dedented key", "version: 1\ngroups:\n    - id: a\n  title: b\n", 4,
			"does not fit the lines before it"},
		{"dedented key, far below its block",
			"groups:\n    - id: a\n" + strings.Repeat("    - id: b\n", 50) + "  title: b\nversion: 1\n", 53,
			"does not fit"},
		{"on the first line", "title: [a\n", 1, "not closed"},
		{"on the second line", "version: 1\ntitle: a: b\n", 2, "must be in quotes"},
		{"on the first line of several", "title: a: b\nversion: 1\n", 1, "must be in quotes"},
		{"list in a mapping", "version: 1\n- a\n", 2, "does not fit"},
		{"open bracket", "version: 1\nsee: [a, b\ntitle: x\ngroups: []\n", 2, "not closed"},
		{"open brace", "version: 1\nenvelope: {body: {code: $code}\ntitle: x\n", 2, "not closed"},
		{"open quote", "version: 1\ntitle: \"abc\ngroups: []\n", 2, "is not closed"},
		{"tab", "version: 1\ngroups:\n\t- id: a\n", 3, "the indentation contains a tab"},
		{"at sign", "version: 1\ntitle: @x\n", 2, "can begin with @"},
		{"unknown alias", "version: 1\n# *name is not here\ntitle: *name\n", 3,
			"the alias *name has no anchor"},
		{"bad escape", "version: 1\ntitle: \"a\\q\"\n", 2, "is not an escape sequence"},
		{"second document", "version: 1\ntitle: a\n---\nversion: 1\n", 3, "a second YAML document"},
		{"broken second document", "version: 1\n---\na: [\n", 3, "a closing bracket is missing"},
		{"alias in itself", "version: 1\ntitle: &t [*t]\n", 2, "refers to a value that contains it"},
		{"undefined tag", "version: 1\ntitle: !x!y a\n", 2, "undefined tag handle"},
		{"directive", "%YAML 3.0\n---\nversion: 1\n", 1, "incompatible YAML document"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, list := syntax.Parse(source.New("catalog.yaml", []byte(tt.src), nil))
			all := list.All()
			if len(all) != 1 {
				t.Fatalf("%d findings, want one: %v", len(all), all)
			}
			if d := all[0]; d.Rule != rule.YAMLSyntax || d.Span.Line != tt.line ||
				!strings.Contains(d.Message, tt.message) || d.Help == "" {
				t.Errorf("%d: %s [%s] (help: %s), want line %d and %q",
					d.Span.Line, d.Message, d.Rule, d.Help, tt.line, tt.message)
			}
		})
	}
}

const head = "version: 1\ntitle: T\ngroups:\n  - id: g\n    title: G\n    errors:\n      - code: A_B\n" // seven lines

func entry(lines ...string) string {
	return head + "        " + strings.Join(lines, "\n        ") + "\n"
}

// mistakes are what people get wrong in YAML.
var mistakes = []struct {
	name, src string
	want      string // line:col+len: message
	help      string
}{
	{"a tab", entry("status: 400") + "\tmessage: x\n", "9:1+1: the indentation contains a tab",
		"spaces"},
	{"spaces and a tab", entry("status: 400", "\tmessage: x"), "9:9+1: the indentation contains a tab",
		"spaces"},
	{"a colon in a text", entry("message: Not found: really"),
		"8:27+1: a text that contains `: ` must be in quotes", "`message: \"Not found: really\"`"},
	{"a colon and a quote", entry(`message: Say "no": really`), "8:26+1: a text that contains `: `",
		"`message: 'Say \"no\": really'`"},
	{"a long text", entry("message: Not found: " + strings.Repeat("really ", 9)),
		"8:27+1: a text that contains `: `", "`message: \"…\"`"},
	{"too far right", entry(" status: 400"),
		"8:9+1: this line is indented further than `code` above it", "column 9, like `code`"},
	{"too far left", entry("status: 400") + "       message: x\n",
		"9:8+10: this line does not fit the lines before it", "column 9, like `status`"},
	{"in a list's column", entry("status: 400") + "      message: x\n",
		"9:7+10: this line does not fit", "with `- ` if it is the next element"},
	{"no space after a colon",
		strings.Replace(head, "code: A_B", "code:A_B", 1) + "        status: 400\n",
		"7:13+1: a space is missing after the `:`", "`code: A_B`"},
	{"no space after the last colon", entry("status: 400", "message:Not found"),
		"9:16+1: a space is missing after the `:`", "`message: Not found`"},
	{"a list below a value", strings.Replace(head, "    errors:\n", "", 1) + "        status: 400\n",
		"6:7+11: a list begins here, but `title` above it already has a value", "`errors:`"},
	{"an element too far left", entry("status: 400") + "     - code: A_C\n",
		"9:6+11: this element is not aligned with the list above it",
		"column 7, like the element in line 7"},
	{"no colon", entry("status 400", "message: x"), "8:9+10: a key is not followed by `:`",
		"key: value"},
	{"a brace", entry("message: {x} is wrong"), "8:18+12: a text can begin with {",
		"`message: \"{x} is wrong\"`"},
	{"a bracket", entry("message: [x] is wrong"), "8:18+12: a text can begin with [",
		"`message: \"[x] is wrong\"`"},
	{"a backtick", entry("message: `x` is wrong"), "8:18+12: a text can begin with `", "quotes"},
	{"an at sign", entry("message: @x"), "8:18+2: a text can begin with @", "quotes"},
	{"a percent", entry("message: %d files"), "8:18+8: a text can begin with %", "quotes"},
	{"stars", entry("message: *bold* move"), "8:18+11: a text can begin with *", "quotes"},
	{"a dash", entry("message: - x"), "8:18+3: a text can begin with -", "quotes"},
	{"a question mark", entry("message: ? x"), "8:18+3: a text can begin with ?", "quotes"},
	{"greater than", entry("message: > 5 files"), "8:18+9: a text can begin with >", "quotes"},
	{"an apostrophe", entry("message: 'don't'"), "8:22+1: the text in quotes ends here", "''"},
	{"quotes in quotes", entry(`message: "say "hi" now"`), "8:23+1: the text in quotes ends here",
		`\"`},
	{"an escape", entry(`message: "C:\dir"`), `8:21+2: \d is not an escape sequence`, `\\`},
	{"open quotes", entry(`message: "x`, "resolution: y") + "      - code: \"B\"\n",
		"8:18+2: the text in quotes that begins here is not closed", "to line 10"},
	{"an open bracket", entry("status: [400, 404", "message: x"),
		"8:17+9: a list in [ ] is not closed", "]"},
	{"a placeholder in braces", head + "      - {code: A_C, message: No ${id}, status: 400}\n",
		"8:33+5: a text in { } or [ ] that contains `${` must be in quotes", "`{message: \"No ${id}\"}`"},
	{"a placeholder in single quotes in braces",
		head +
			"      - {code: A_C, message: No '${id}' here}\n      - code: A_D\n        message: No '${id}'\n",
		"8:34+5: a text in { } or [ ]", "whole text in quotes"},
	{"a placeholder in a list",
		head + "      - code: A_C\n        tags: [a, 'b', \"c ${d}\", it's ${e}]\n",
		"9:39+4: a text in { } or [ ]", "whole text in quotes"},
	{"a placeholder on a later line of braces",
		head +
			"      - {code: A_C, # the ${code}\n         a: '${x}', message: No '${id}' here}\n      - code: A_D\n        message: No '${id}'\n",
		"9:34+5: a text in { } or [ ]", "whole text in quotes"},
	{"an open placeholder", head + "      - {code: A_C, message: No ${id\n",
		"8:33+4: a text in { } or [ ]", "whole text in quotes"},
	{"an open brace", head + "      - {code: A_C, retry: {base: 1s}\n      - code: A_D\n",
		"8:9+29: a mapping in { } is not closed", "}"},
	{"an open quote", entry(`message: "Not closed`),
		"8:18+11: the text in quotes that begins here is not closed", "close the quotes"},
	{"an open quote in brackets", entry(`params: {n: {type: "string", example: 'a}}`),
		"8:47+4: the text in quotes that begins here is not closed", "close the quotes"},
	{"an alias without an anchor", entry("status: *s"),
		"8:17+2: the alias *s has no anchor &s above it", "add the anchor &s"},
	{"an alias in brackets", entry("see: [A_B, *code ]"), "8:20+5: the alias *code has no anchor",
		"add the anchor &code"},
	{"a merge without an anchor", entry("<<: *all"), "8:13+4: the alias *all has no anchor",
		"add the anchor &all"},
	{"a no-break space", entry("status:\u00a0400"), "8:16+1: the space after the `:` is U+00A0",
		"write `status: 400` with a plain space"},
	{"a wide space", entry("status:\u3000400"), "8:16+1: the space after the `:` is U+3000",
		"write `status: 400` with a plain space"},
	{"a conflict",
		head + "<<<<<<< HEAD\n        status: 400\n=======\n        status: 404\n>>>>>>> main\n",
		"8:1+12: unresolved merge conflict", "keep one side"},
	{"characters, not bytes", entry("message: Größe: 5"), "8:23+1: a text that contains `: `",
		"Größe"},
}

// What people get wrong in YAML is found to the column, and told with what to write instead.
func TestYAMLMistakes(t *testing.T) {
	for _, tt := range mistakes {
		t.Run(tt.name, func(t *testing.T) {
			_, list := syntax.Parse(source.New("catalog.yaml", []byte(tt.src), nil))
			all := list.All()
			if len(all) != 1 || all[0].Rule != rule.YAMLSyntax {
				t.Fatalf("findings %v, want one of %s", all, rule.YAMLSyntax)
			}
			d := all[0]
			got := fmt.Sprintf("%d:%d+%d: %s", d.Span.Line, d.Span.Col, d.Span.Len, d.Message)
			if !strings.HasPrefix(got, tt.want) {
				t.Errorf("%s; want %s", got, tt.want)
			}
			if !strings.Contains(d.Help, tt.help) {
				t.Errorf("the help %q does not hold %q", d.Help, tt.help)
			}
		})
	}
}
