package gocode_test

import (
	"flag"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/catalog/catalogtest"
	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/gen/internal/emit/gocode"
	"github.com/errspec/errspec/gen/internal/goname"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/source"
	"github.com/errspec/errspec/gen/internal/synth"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func load(t testing.TB, path string) *catalog.Catalog {
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

// handWritten are the files of the folder runtime that no generated package has.
var handWritten = []string{"runtime.go", "params.go", "several.go"}

// The folder runtime is a generated package of its own catalog, so that the runtime is compiled and
// tested where it stands.
func TestRuntimeFolder(t *testing.T) {
	files, err := gocode.Emit(load(t, "runtime/testdata/catalog.yaml"),
		gocode.Options{Package: "apierr", Tests: true})
	if err != nil {
		t.Fatal(err)
	}
	want := slices.Clone(handWritten)
	for _, f := range files {
		path := filepath.Join("runtime", f.Path)
		want = append(want, filepath.Base(path))
		got, err := os.ReadFile(path)
		if err == nil && !strings.HasPrefix(string(got), "// Code generated") {
			continue // a file of the runtime, which is written by hand here
		}
		if *update {
			if err := os.WriteFile(path, f.Data, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if diff := cmp.Diff(string(f.Data), string(got)); diff != "" {
			t.Errorf("%s is stale (-want +got); accept with: go test ./gen/internal/emit/gocode -run RuntimeFolder -update\n%s",
				path, diff)
		}
	}
	names, err := filepath.Glob("runtime/*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		base := filepath.Base(name)
		if !slices.Contains(want, base) && !strings.HasSuffix(base, "_test.go") {
			t.Errorf("%s is neither emitted nor listed as written by hand", name)
		}
	}
}

// Most of the package is written in gofmt's form, not formatted.
func TestGofmt(t *testing.T) {
	for _, c := range []*catalog.Catalog{
		load(t, "runtime/testdata/catalog.yaml"),
		load(t, "../../../../catalog.yaml"),
		synth.Catalog(1000),
	} {
		isGofmted(t, c)
	}
}

// What gofmt makes of a quotation mark behind three backticks depends on how many bytes stand
// before them, and what it makes of a list changes that: it may need several rounds until it leaves
// a comment alone.
func TestGofmtThatNeedsSeveralRounds(t *testing.T) {
	for _, text := range []string{
		"- - ``` '' `` ", "- - ```` '' a ``", "1. * - ``` '' ``", "- ``` ``` '' '' `` ``", "a ``` '' b",
	} {
		c := catalogtest.Everything(catalogtest.Envelopes()[0].Envelope)
		c.Title = text
		for e := range c.All() {
			e.Title, e.Description, e.Resolution = text, catalog.Markdown(text), catalog.Markdown(text)
		}
		isGofmted(t, c)
	}
}

// Methods are on one line each only where gofmt leaves them there, however long a type's name is.
func TestGofmtOfLongNames(t *testing.T) {
	src := []byte("version: 1\ntitle: T\ngroups:\n  - id: all\n    title: All\n    errors:\n")
	for n := range 110 {
		src = fmt.Appendf(src, "      - {code: CODE_%d, go_name: N%d%s, status: 400, message: m%d}\n",
			n, n, strings.Repeat("x", n), n)
	}
	c, list := pipeline.Load(source.New("names.yaml", src, nil))
	if c == nil {
		t.Fatalf("%+v", list.All())
	}
	isGofmted(t, c)
}

// The package's first sentence is one, whatever the catalog is called.
func TestFirstSentence(t *testing.T) {
	for _, tt := range []struct{ service, title, want string }{
		{"payments", "Errors", "the payments API"},
		{"", "Errors", "the catalog “Errors”"},
	} {
		files, err := gocode.Emit(&catalog.Catalog{Service: tt.service, Title: tt.title},
			gocode.Options{Package: "apierr"})
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(files, func(f emit.File) bool { return f.Path == "doc.go" })
		if i < 0 || !strings.Contains(string(files[i].Data), tt.want) {
			t.Errorf("service %q, title %q: %q is not in doc.go", tt.service, tt.title, tt.want)
		}
	}
}

func isGofmted(t rapid.TB, c *catalog.Catalog) {
	t.Helper()
	files, err := gocode.Emit(c, gocode.Options{Package: "apierr", Tests: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if gofmted[string(f.Data)] { // most files are the same for many catalogs
			continue
		}
		want, err := format.Source(f.Data)
		if err != nil {
			t.Fatalf("%s: %v", f.Path, err)
		}
		if diff := cmp.Diff(string(want), string(f.Data)); diff != "" {
			t.Errorf("%s is not as gofmt has it (-gofmt +emitted):\n%s", f.Path, diff)
		}
		gofmted[string(f.Data)] = true
	}
}

// gofmted holds the files that isGofmted has checked.
var gofmted = map[string]bool{}

// Every exported name of the package is one that goname knows: a fixed one, or one derived for the
// catalog.
func TestNames(t *testing.T) {
	c := load(t, "runtime/testdata/catalog.yaml")
	body := &c.Envelope.Body // with all that only some packages have
	body.Members = append(body.Members,
		catalogtest.Member("all", catalogtest.Each(catalogtest.Role(catalog.RoleCode))))
	files, err := gocode.Emit(c, gocode.Options{Package: "apierr"})
	if err != nil {
		t.Fatal(err)
	}
	derived := map[string]bool{}
	for e := range c.All() {
		for _, name := range symbols(e) {
			derived[name] = true
		}
	}
	var fixed []string
	for name := range exported(t, files) {
		if derived[name] {
			delete(derived, name)
		} else {
			fixed = append(fixed, name)
		}
	}
	slices.Sort(fixed)
	if diff := cmp.Diff(goname.Fixed(), fixed); diff != "" {
		t.Errorf("goname.Fixed does not list what the package exports (-goname +package):\n%s", diff)
	}
	for name := range derived {
		t.Errorf("%s is derived, but the package has no such name", name)
	}
}

// symbols returns the package-level Go names of an entry.
func symbols(e *catalog.Entry) []string {
	of := goname.Of(e)
	names := []string{of.Code, of.Type}
	if len(e.Params) > 0 {
		names = append(names, of.Entry.Params)
	}
	for _, v := range of.Variants {
		names = append(names, v.Const, v.New)
	}
	var types func(*goname.Type)
	types = func(t *goname.Type) {
		names = append(append(names, t.Name), t.Enum...)
		for i := range t.Fields {
			types(&t.Fields[i].Type)
		}
		if t.Elem != nil {
			types(t.Elem)
		}
	}
	for i := range of.Params {
		types(&of.Params[i].Type)
	}
	names = append(names, of.Values...)
	// what it does not have
	return slices.DeleteFunc(names, func(name string) bool { return name == "" })
}

// exported returns the exported package-level names of generated files.
func exported(t *testing.T, files []emit.File) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	add := func(id *ast.Ident) {
		if id.IsExported() {
			names[id.Name] = true
		}
	}
	for _, f := range files {
		file, err := parser.ParseFile(token.NewFileSet(), f.Path, f.Data, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Recv == nil {
					add(d.Name)
				}
			case *ast.GenDecl:
				for _, s := range d.Specs {
					switch s := s.(type) {
					case *ast.TypeSpec:
						add(s.Name)
					case *ast.ValueSpec:
						for _, id := range s.Names {
							add(id)
						}
					}
				}
			}
		}
	}
	return names
}
