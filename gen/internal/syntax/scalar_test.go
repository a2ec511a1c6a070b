package syntax_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
	"pgregory.net/rapid"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/source"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// title parses a catalog file and returns its title, whatever else is wrong with it.
func title(t interface{ Fatalf(string, ...any) }, src string) syntax.Scalar {
	c, list := syntax.Parse(source.New("catalog.yaml", []byte(src), nil))
	if c == nil {
		t.Fatalf("%q cannot be read: %v", src, list.All())
	}
	return c.Title
}

// at returns what is at a span, and what is there up to the end of the line.
func at(s diag.Span) (text, rest string) {
	line := []rune(s.File.Line(s.Line))
	return string(line[s.Col-1 : s.Col-1+s.Len]), string(line[s.Col-1:])
}

func TestScalarAt(t *testing.T) {
	tests := []struct {
		name, src string
		want      string // what At finds of ${x}
		line, col int
		whole     string // what Span finds
	}{
		{"plain", "title: a ${x} b\n", "${x}", 1, 10, "a ${x} b"},
		{"plain with a comment", "title: a ${x}   # c\n", "${x}", 1, 10, "a ${x}"},
		{"in a flow mapping", "{version: 1, title: 'a ${x}'}\n", "${x}", 1, 24, "'a ${x}'"},
		{"plain of two lines", "title: a\n  é ${x} b\n", "${x}", 2, 5, "a"},
		{"plain with an empty line", "title: a\n\n  ${x}\n", "${x}", 3, 3, "a"},
		{"characters, not bytes", "title: äöü ${x}\n", "${x}", 1, 12, "äöü ${x}"},
		{"byte order mark", "\ufefftitle: a ${x}\n", "${x}", 1, 11, "a ${x}"},
		{"single quotes", "title: 'it''s ${x}'\n", "${x}", 1, 15, "'it''s ${x}'"},
		{"double quotes", `title: "a\t\"\x41\u00e9\U0001F600 ${x}" # c` + "\n", "${x}", 1, 35,
			`"a\t\"\x41\u00e9\U0001F600 ${x}"`},
		{"an escaped dollar", `title: "a \x24{x}"` + "\n", `\x24{x}`, 1, 11, `"a \x24{x}"`},
		{"double quotes, folded", "title: \"a  \n   b ${x}\"\n", "${x}", 2, 6, `"a`},
		{"double quotes, escaped line feed", "title: \"a\\\n   b ${x}\"\n", "${x}", 2, 6, `"a\`},
		{"literal", "title: |\n  a\n   b ${x}\n", "${x}", 3, 6, "|"},
		{"folded", "title: >-\n  a\n  b ${x}\n\n  c\n", "${x}", 3, 5, ">-"},
		{"CR LF", "title: >-\r\n  a\r\n  b ${x}\r\n", "${x}", 3, 5, ">-"},
		{"indentation indicator", "title: |2\n    a ${x}\n", "${x}", 2, 7, "|2"},
		{"anchor", "title: &t a ${x}\n", "${x}", 1, 13, "a ${x}"},
		{"tag", "title: !!str 'a ${x}'\n", "${x}", 1, 17, "'a ${x}'"},
		{"anchor on a line of its own", "title: &t\n  a ${x}\n", "${x}", 2, 5, "a ${x}"},
		{"alias", "description: &d a ${x}\ntitle: *d\n", "${x}", 1, 19, "a ${x}"},
		{"a text that ends in it", "title: '${x}'\n", "${x}", 1, 9, "'${x}'"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := title(t, tt.src)
			i := strings.Index(s.Text, "${x}")
			if i < 0 {
				t.Fatalf("the text is %q", s.Text)
			}
			span := s.At(i, len("${x}"))
			if got, _ := at(span); got != tt.want || span.Line != tt.line || span.Col != tt.col {
				t.Errorf("At = %q at %d:%d, want %q at %d:%d", got,
					span.Line, span.Col, tt.want, tt.line, tt.col)
			}
			if got, _ := at(s.Span()); got != tt.whole {
				t.Errorf("Span = %q, want %q", got, tt.whole)
			}
		})
	}
}

// However a text is written, every character of it that is no white space is found where it stands:
// as itself, or as an escape.
func TestScalarAtFindsEveryCharacter(t *testing.T) {
	words := rapid.StringOfN(rapid.RuneFrom([]rune("ab$é'\"\\#:- \n{}&*!|>%@`😀")), 1, 40, -1)
	styles := rapid.SampledFrom([]yaml.Style{
		0, yaml.SingleQuotedStyle, yaml.DoubleQuotedStyle, yaml.LiteralStyle, yaml.FoldedStyle,
	})
	rapid.Check(t, func(t *rapid.T) {
		text := words.Draw(t, "text")
		key := yaml.Node{Kind: yaml.ScalarNode, Value: "title"}
		node := yaml.Node{
			Kind: yaml.ScalarNode, Tag: "!!str", Value: text, Style: styles.Draw(t, "style"),
		}
		src, err := yaml.Marshal(&yaml.Node{Kind: yaml.MappingNode, Content: []*yaml.Node{&key, &node}})
		if err != nil {
			t.Fatalf("yaml.v3 cannot write %q: %v", text, err)
		}
		s := title(t, string(src))
		for i, r := range s.Text {
			if strings.ContainsRune(" \t\n", r) {
				continue
			}
			span := s.At(i, utf8.RuneLen(r))
			got, rest := at(span)
			if got != string(r) && !strings.HasPrefix(rest, `\`) && !strings.HasPrefix(rest, "''") {
				t.Fatalf("%q of %q is found at %d:%d, where %q stands\n%s",
					r, s.Text, span.Line, span.Col, rest, src)
			}
		}
	})
}
