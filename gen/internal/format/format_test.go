package format_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gopkg.in/yaml.v3"
	"pgregory.net/rapid"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/format"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/source"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// formatted returns the layout of a catalog file that syntax can read.
func formatted(t interface {
	Helper()
	Fatalf(string, ...any)
}, text string) (string, diag.List,
) {
	t.Helper()
	c, list := syntax.Parse(source.New("catalog.yaml", []byte(text), nil))
	if c == nil {
		t.Fatalf("the catalog cannot be read: %+v\n%s", list.All(), text)
	}
	out, list := format.Format(c.Documents[0].File, c.Documents[0].Root)
	return string(out), list
}

func TestCanon(t *testing.T) {
	for _, c := range canon {
		t.Run(c.name, func(t *testing.T) {
			got, list := formatted(t, c.in)
			if list.Len() > 0 {
				t.Fatalf("it cannot be laid out: %+v", list.All())
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			again, list := formatted(t, got)
			if diff := cmp.Diff(got, again); diff != "" || list.Len() > 0 {
				t.Errorf("formatting twice changes the text, %+v; -once +twice:\n%s", list.All(),
					diff)
			}
		})
	}
}

// Canonical layout keeps the catalog and its comments, whatever its layout was, and is stable.
func TestFormatKeepsCatalog(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := scribbler{t: t}
		root := drawCatalog(t)
		s.block(&root, 0)
		s.newline(0)
		in := s.b.String()
		before, list := pipeline.Load(source.New("catalog.yaml", []byte(in), nil))
		if before == nil {
			t.Fatalf("the drawn catalog has errors: %+v\n%s", list.All(), in)
		}
		out, list := formatted(t, in)
		if list.Len() > 0 {
			t.Fatalf("it cannot be laid out: %+v\n%s", list.All(), in)
		}
		after, _ := pipeline.Load(source.New("catalog.yaml", []byte(out), nil))
		if after == nil || after.Hash() != before.Hash() {
			t.Errorf("the catalog changes:\n%s\nformatted:\n%s", in, out)
		}
		if diff := cmp.Diff(drawnComments(in), drawnComments(out)); diff != "" {
			t.Errorf("-comments +of its layout:\n%s\n%s\nformatted:\n%s", diff, in, out)
		}
		if again, _ := formatted(t, out); again != out {
			t.Errorf("-once +twice:\n%s\n%s", cmp.Diff(out, again), in)
		}
		for line := range strings.Lines(out) {
			if strings.TrimRight(line, " \t\r\n")+"\n" != line && !strings.HasSuffix(line, "\\\n") {
				t.Errorf("white space at the end of the line %q:\n%s", line, out)
			}
		}
	})
}

// drawnComments returns the comments that a scribbler put into a catalog, sorted.
func drawnComments(text string) []string {
	var comments []string
	for _, part := range strings.Split(text, "#c")[1:] {
		line, _, _ := strings.Cut(part, "\n")
		comments = append(comments, strings.TrimRight(line, " \t\r"))
	}
	slices.Sort(comments)
	return comments
}

// Formatting changes none of the repository's catalogs and keeps their comments at the same nodes.
func TestFormatCatalogs(t *testing.T) {
	eachCatalog(t, func(name, text string) {
		load := func(text string) (string, diag.List) {
			c, list := pipeline.Load(source.New(name, []byte(text), os.DirFS(filepath.Dir(name))))
			if c == nil {
				return "", list
			}
			return c.Hash(), list
		}
		c, _ := syntax.Parse(source.New(name, []byte(text), nil))
		if c == nil {
			return // not YAML
		}
		out, list := formatted(t, text)
		if list.Len() > 0 {
			t.Errorf("%s cannot be laid out: %+v", name, list.All())
			return
		}
		before, foundBefore := load(text)
		after, foundAfter := load(out)
		if before != after || foundBefore.Len() != foundAfter.Len() {
			t.Errorf("%s changes when it is formatted:\n%s", name, out)
		}
		if diff := cmp.Diff(comments(t, text), comments(t, out)); diff != "" {
			t.Errorf("%s: -comments +of its layout:\n%s", name, diff)
		}
		if again, _ := formatted(t, out); again != out {
			t.Errorf("%s: -once +twice:\n%s", name, cmp.Diff(out, again))
		}
	})
}

// comments returns the comments of a file as the YAML parser attaches them, each with the text of
// its node.
func comments(t *testing.T, text string) []string {
	t.Helper()
	var all []string
	var visit func(n *yaml.Node)
	visit = func(n *yaml.Node) {
		for _, c := range []string{n.HeadComment, n.LineComment, n.FootComment} {
			if c != "" {
				all = append(all, strings.TrimRight(c, " \t")+" at "+n.Value)
			}
		}
		for _, child := range n.Content {
			visit(child)
		}
	}
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(text), &doc); err != nil {
		t.Fatal(err)
	}
	visit(&doc)
	return all
}

// This repository's own catalog is formatted.
func TestRepositoryCatalogIsFormatted(t *testing.T) {
	data, err := os.ReadFile("../../../catalog.yaml")
	if err != nil {
		t.Fatal(err)
	}
	got, list := formatted(t, string(data))
	if diff := cmp.Diff(string(data), got); diff != "" || list.Len() > 0 {
		t.Errorf("catalog.yaml is not formatted: run errspec fmt: %+v\n%s", list.All(), diff)
	}
}

// Format reports what it cannot lay out, with a position.
func TestFormatRefuses(t *testing.T) {
	for _, c := range []struct{ in, place, want string }{
		{"version: 1\n? title\n: A\n", "catalog.yaml:2:1", "fmt cannot format this key"},
		{"&a\nversion: 1\n", "catalog.yaml:1:1", "an anchor or a tag of the whole file"},
		{"version: 1\ntags: [a:,\n  " + long + "b, " + long + "]\n", "catalog.yaml:2:8",
			"a text in brackets that ends in a colon"},
	} {
		out, list := formatted(t, c.in)
		all := list.All()
		if out != "" || len(all) != 1 || all[0].Span.String() != c.place ||
			!strings.Contains(all[0].Message, c.want) || all[0].Help == "" {
			t.Errorf("%q gives %q and %+v; want no text, and %q at %s", c.in, out, all, c.want,
				c.place)
		}
	}
}
