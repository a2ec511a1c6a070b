package syntax_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/gen/internal/source"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// visit calls f for every type of the format, with the path to it.
func visit(t *syntax.Type, path string, f func(*syntax.Type, string)) {
	seen := map[*syntax.Type]bool{} // types of params contain each other
	var walk func(t *syntax.Type, path string)
	walk = func(t *syntax.Type, path string) {
		if t == nil || seen[t] {
			return
		}
		seen[t] = true
		f(t, path)
		walk(t.Key, path+".KEY")
		walk(t.Item, path+"[]")
		for i := range t.Fields {
			walk(t.Fields[i].Type, path+"."+t.Fields[i].Key)
		}
		for _, a := range t.Alternatives {
			walk(a.Type, path)
		}
	}
	walk(t, path)
}

// Editors show what is written here; the walker keeps the fields of one object in 64 bits.
func TestFormatIsDocumented(t *testing.T) {
	documented := func(typ *syntax.Type, path string) {
		if len(typ.Fields) > 64 {
			t.Errorf("%s has %d keys; the walker can tell 64 apart", path, len(typ.Fields))
		}
		if typ.Kind == syntax.Object && (typ.Name == "" || typ.Doc == "") {
			t.Errorf("the object at %s has no name or no description", path)
		}
		for _, c := range append(typ.Choices, typ.Suggestions...) {
			if c.Doc == "" {
				t.Errorf("the choice %q at %s has no description", c.Value, path)
			}
		}
		if typ.Pattern != "" {
			if _, err := regexp.Compile(typ.Pattern); err != nil || typ.Looks == "" {
				t.Errorf("the pattern at %s: %v; in words: %q", path, err, typ.Looks)
			}
		}
		for other, choice := range typ.Elsewhere {
			if !slices.ContainsFunc(typ.Choices, func(c syntax.Choice) bool { return c.Value == choice }) &&
				!slices.Contains([]string{"list", "object", "map", "json"}, choice) ||
				other != strings.ToLower(other) {
				t.Errorf("%s: %q stands for %q, which is no choice, or is not in lower case",
					path, other, choice)
			}
		}
		meant := map[string]string{} // by what it is called elsewhere; keys are called as they are
		for _, f := range typ.Fields {
			meant[f.Key] = f.Key
		}
		for _, f := range typ.Fields {
			for _, name := range f.Also {
				if other := meant[name]; other != "" || name != strings.ToLower(name) {
					t.Errorf("%s: %q is said to mean %q, and means %q, or is not in lower case",
						path, name, f.Key, other)
				}
				meant[name] = f.Key
			}
			if !strings.HasSuffix(f.Doc, ".") && !strings.HasSuffix(f.Doc, ")") {
				t.Errorf("%s.%s: a description is a sentence or two: %q", path, f.Key, f.Doc)
			}
			if f.Required && len(f.Examples) == 0 {
				t.Errorf("%s.%s is required and has no example, which tells those who left it out what to add",
					path, f.Key)
			}
			for _, text := range append(f.Examples, f.Default) {
				var n yaml.Node
				if err := yaml.Unmarshal([]byte(text), &n); err != nil {
					t.Errorf("%s.%s: the example %q is no YAML: %v", path, f.Key, text, err)
				}
			}
		}
	}
	visit(syntax.Format(), "", documented)
	visit(syntax.ConfigFormat(), "errspec.yaml", documented)
}

// A catalog with every key of the format is read without a diagnostic, like each default and
// example in its place: the definition, the tree and the walker agree.
func TestFormatIsComplete(t *testing.T) {
	data, err := os.ReadFile("testdata/everything.yaml")
	if err != nil {
		t.Fatal(err)
	}
	_, list := syntax.Parse(source.New("everything.yaml", data, os.DirFS("testdata")))
	for _, d := range list.All() {
		t.Errorf("%d:%d: %s [%s]", d.Span.Line, d.Span.Col, d.Message, d.Rule)
	}
	written := map[string]bool{}
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		t.Fatal(err)
	}
	var keys func(n *yaml.Node)
	keys = func(n *yaml.Node) {
		for i, child := range n.Content {
			if n.Kind == yaml.MappingNode && i%2 == 0 {
				written[child.Value] = true
			}
			keys(child)
		}
	}
	keys(&doc)
	visit(syntax.Format(), "", func(typ *syntax.Type, path string) {
		for _, f := range typ.Fields {
			if !written[f.Key] {
				t.Errorf("testdata/everything.yaml lacks %s.%s", path, f.Key)
			}
		}
	})
}
