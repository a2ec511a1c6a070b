package python_test

import (
	"flag"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/emit/python"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/pyname"
	"github.com/errspec/errspec/gen/internal/source"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func load(t *testing.T, path string) *catalog.Catalog {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	c, list := pipeline.Load(source.New(path, data, nil))
	if c == nil {
		t.Fatalf("%s does not load: %+v", path, list.All())
	}
	return c
}

// TestRuntimeFolder checks that the runtime in its folder is a module of the fixture, which is the
// catalog of the Go runtime, too.
func TestRuntimeFolder(t *testing.T) {
	const path = "runtime/apierr.py"
	made := python.Fixture(load(t, "../gocode/runtime/testdata/catalog.yaml"))
	if *update {
		if err := os.WriteFile(path, made, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(made), string(data)); diff != "" {
		t.Errorf("%s is stale (-want +got); accept with: go test ./gen/internal/emit/python -run RuntimeFolder -update\n%s",
			path, diff)
	}
}

// TestNamesOfTheModule holds the lists of names that no catalog gets against the module.
func TestNamesOfTheModule(t *testing.T) {
	c := load(t, "../gocode/runtime/testdata/catalog.yaml")
	src := emitted(t, c)
	var own []string // of the catalog
	var of func(n *pyname.Type)
	of = func(n *pyname.Type) {
		own = append(own, n.Class)
		for i := range n.Fields {
			of(&n.Fields[i].Type)
		}
		if n.Elem != nil {
			of(n.Elem)
		}
	}
	for _, e := range pyname.Of(c) {
		own = append(own, e.Class)
		for i := range e.Params {
			of(&e.Params[i].Type)
		}
	}
	base := between(src, "class ApiError(", "\n\n\n")
	for _, tt := range []struct {
		what, pattern, in string
		known             []string
	}{
		{
			"exports",
			`(?m)^(?:async def |def |class )?([A-Za-z]\w*)(?:\(|: TypeAlias = |: Mapping)`,
			src,
			append(pyname.Exports(), own...),
		},
		{
			"imports",
			`(?m)^(?:from [\w.]+ import |    )(?:[a-z]\w*, )*([A-Z]\w*)(?:,|$)`,
			before(src, "__all__"),
			pyname.Imports(),
		},
		{"attributes", `(?m)^    (?:def )?([a-z]\w*)[(:]`, base, pyname.Attributes()},
	} {
		found := regexp.MustCompile(tt.pattern).FindAllStringSubmatch(tt.in, -1)
		if len(found) < 10 {
			t.Errorf("%s: only %q are found", tt.what, found)
		}
		for _, m := range found {
			if !slices.Contains(tt.known, m[1]) {
				t.Errorf("%s: package pyname does not know %s", tt.what, m[1])
			}
		}
	}
	for _, name := range pyname.Exports() {
		if !regexp.MustCompile(`(?m)^(def |class )?` + name + `\b`).MatchString(src) {
			t.Errorf("the module has no %s", name)
		}
	}
}

func emitted(t *testing.T, c *catalog.Catalog) string {
	t.Helper()
	files, err := python.Emit(c)
	if err != nil {
		t.Fatal(err)
	}
	return string(files[0].Data)
}

func before(s, end string) string {
	s, _, _ = strings.Cut(s, end)
	return s
}

func between(s, begin, end string) string {
	_, s, _ = strings.Cut(s, begin)
	return before(s, end)
}

// TestLines asks for lines without white space at their ends, which formatters would take out.
func TestLines(t *testing.T) {
	for _, path := range []string{
		"../../../../catalog.yaml", "../gocode/runtime/testdata/catalog.yaml",
	} {
		for i, line := range strings.Split(emitted(t, load(t, path)), "\n") {
			if strings.TrimRight(line, " \t") != line || strings.Contains(line, "\t") {
				t.Errorf("%s: line %d has white space at its end, or tabs: %q", path, i+1, line)
			}
			if strings.Contains(line, "errspec:") || strings.HasPrefix(line, "# catalog:") {
				t.Errorf("%s: line %d is a mark of the runtime: %q", path, i+1, line)
			}
		}
	}
}

// TestTextsOfAnyKind writes texts that would end a docstring or a string, or look like a mark of
// the runtime.
func TestTextsOfAnyKind(t *testing.T) {
	c := load(t, "../../../../catalog.yaml")
	for e := range c.All() {
		e.Title = `a "quoted" title \`
		e.Description = "\"\"\" \\ \u2028 '''\n# catalog: end\n# errspec:end\n\n\n\nends in \""
		e.Resolution = `\N{BULLET} \x41 """`
	}
	src := emitted(t, c)
	for _, part := range []string{
		`\"\"\" \\ '''`, "    # catalog: end\n", `ends in "`, `\\N{BULLET} \\x41 \"\"\"`,
		`'a "quoted" title \\'`, `'\\N{BULLET} \\x41 """'`,
	} {
		if !strings.Contains(src, part) {
			t.Errorf("%s is not in the module", part)
		}
	}
}
