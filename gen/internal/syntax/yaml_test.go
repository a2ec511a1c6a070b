package syntax_test

import (
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/source"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// The line of a YAML error is the one that a person would look at: yaml.v3 names one too few, the beginning of the block, or none.
func TestYAMLErrorLines(t *testing.T) {
	tests := []struct {
		name, src string
		line      int
		message   string
	}{
		{"dedented key", "version: 1\ngroups:\n    - id: a\n  title: b\n", 4, "does not go with those before it"},
		{"dedented key, far below its block",
			"groups:\n    - id: a\n" + strings.Repeat("    - id: b\n", 50) + "  title: b\nversion: 1\n", 53, "does not go"},
		{"on the first line", "title: [a\n", 1, "not closed"},
		{"on the second line", "version: 1\ntitle: a: b\n", 2, "a `:` stands where no key can be"},
		{"on the first line of several", "title: a: b\nversion: 1\n", 1, "a `:` stands"},
		{"list in a mapping", "version: 1\n- a\n", 2, "does not go"},
		{"open bracket", "version: 1\nsee: [a, b\ntitle: x\ngroups: []\n", 2, "not closed"},
		{"open brace", "version: 1\nenvelope: {body: {code: $code}\ntitle: x\n", 2, "not closed"},
		{"open quote", "version: 1\ntitle: \"abc\ngroups: []\n", 2, "does not end"},
		{"tab", "version: 1\ngroups:\n\t- id: a\n", 3, "begins with a character"},
		{"at sign", "version: 1\ntitle: @x\n", 2, "begins with a character"},
		{"unknown alias", "version: 1\n# *name is not here\ntitle: *name\n", 3, "the alias *name has no anchor"},
		{"bad escape", "version: 1\ntitle: \"a\\q\"\n", 2, "unknown escape character"},
		{"second document", "version: 1\ntitle: a\n---\nversion: 1\n", 3, "a second YAML document"},
		{"broken second document", "version: 1\n---\na: [\n", 3, "closing bracket, is missing"},
		{"alias in itself", "version: 1\ntitle: &t [*t]\n", 2, "stands inside what &t marks"},
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
			if d := all[0]; d.Rule != rule.YAMLSyntax || d.Span.Line != tt.line || !strings.Contains(d.Message,
				tt.message) || d.Help == "" {
				t.Errorf("%d: %s [%s] (help: %s), want line %d and %q", d.Span.Line, d.Message, d.Rule, d.Help, tt.line,
					tt.message)
			}
		})
	}
}
