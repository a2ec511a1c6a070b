package pipeline_test

import (
	"flag"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/emit/gocode"
	"github.com/errspec/errspec/gen/internal/output"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/report"
	"github.com/errspec/errspec/gen/internal/source"
)

var update = flag.Bool("update", false, "rewrite the golden files to what is generated now")

// A golden case is a folder of testdata/golden: a catalog, and in want/ all that is made of it. The diagnostics are in
// diagnostics.txt; a catalog that is refused has nothing else. What does not depend on the catalog is the same in every case, so
// it is golden in the first one that has it. HTML pages hold their style sheet and script: a few cases show them.
const (
	goldenDir  = "testdata/golden"
	firstCase  = "minimal"
	acceptance = "if that is as it should be, accept it with: go test ./gen/internal/pipeline -run Golden -update"
)

// htmlCases are the cases in which the HTML reference is golden.
var htmlCases = []string{"awkward-text", "lifecycle", "params"}

// layout is where the outputs of a golden case and of generated/ go, by emitter.
var layout = map[string]string{
	"go":             "apierr",
	"markdown":       "errors.md",
	"pages":          "errors",
	"html":           "html",
	"schema":         "errors.schema.json",
	"schema-lenient": "errors.lenient.schema.json",
	"openapi":        "openapi.yaml",
	"json":           "errors.json",
	"catalog-schema": "catalog.schema.json",
}

// runtimeCases are the cases in which the part of the Go package that knows no code is golden: with the least of it, and with much of it. In
// the others it differs by what is fenced alone, and is compiled and tested (TestGoldenGoIsGood).
var runtimeCases = []string{firstCase, "lifecycle", "envelope-stripe"}

// isRuntime reports whether a file of the Go package knows no code.
func isRuntime(name string) bool {
	dir, file := path.Split(name)
	switch file {
	case "doc.go", "codes.go", "errors.go", "table.go", "envelope.go", "expected_test.go", "example_test.go":
		return false
	}
	return dir == layout["go"]+"/"
}

func TestGolden(t *testing.T) {
	seen := made(t, filepath.Join(goldenDir, firstCase))
	for _, dir := range goldenCases(t) {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			got := made(t, dir)
			if filepath.Base(dir) != firstCase {
				maps.DeleteFunc(got, func(name, content string) bool { return seen[name] == content })
			}
			if !slices.Contains(runtimeCases, filepath.Base(dir)) {
				maps.DeleteFunc(got, func(name, _ string) bool { return isRuntime(name) })
			}
			for name, content := range got {
				if _, had := seen[name]; !had {
					seen[name] = content
				}
			}
			want := filepath.Join(dir, "want")
			if *update {
				rewrite(t, want, got)
			}
			compare(t, want, got)
		})
	}
}

// TestGoldenGoIsGood builds, vets and tests the Go of all golden cases, in a module that has nothing but the standard library.
func TestGoldenGoIsGood(t *testing.T) {
	module := t.TempDir()
	writeFile(t, filepath.Join(module, "go.mod"), "module golden.test\n\ngo 1.24\n")
	for _, dir := range goldenCases(t) {
		for name, content := range made(t, dir) {
			if path.Ext(name) == ".go" {
				wellFormed(t, dir+"/"+name, content)
				writeFile(t, filepath.Join(module, filepath.Base(dir), filepath.FromSlash(name)), content)
			}
		}
	}
	// Without the temporary folder in what is compiled, packages that have not changed come from the build cache.
	cmd := exec.CommandContext(t.Context(), "go", "test", "-vet=all", "-trimpath", "./...")
	cmd.Dir = module
	cmd.Env = append(os.Environ(), "GOFLAGS=", "GOWORK=off", "GOPROXY=off")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("go test -vet=all in the Go packages of the golden cases: %v\n%s", err, out)
	}
}

// wellFormed fails if a file is not in gofmt's form, or has an init function. No generated one has; text that looks like one
// must have stayed text.
func wellFormed(t *testing.T, name, content string) {
	t.Helper()
	if formatted, err := format.Source([]byte(content)); err != nil || string(formatted) != content {
		t.Errorf("%s is not in gofmt's form (%v):\n%s", name, err, cmp.Diff(string(formatted), content))
	}
	f, err := parser.ParseFile(token.NewFileSet(), name, content, parser.SkipObjectResolution)
	if err != nil {
		t.Error(err)
		return
	}
	for _, d := range f.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "init" {
			t.Errorf("%s has an init function: some text became code", name)
		}
	}
}

func goldenCases(t *testing.T) []string {
	t.Helper()
	entries, err := os.ReadDir(goldenDir)
	if err != nil {
		t.Fatal(err)
	}
	var dirs []string
	for _, e := range entries {
		dirs = append(dirs, filepath.Join(goldenDir, e.Name()))
	}
	return dirs
}

// made returns all that is made of the catalog in dir, by path.
func made(t *testing.T, dir string) map[string]string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, "catalog.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	c, list := pipeline.Load(source.New("catalog.yaml", data, os.DirFS(dir)))
	files := map[string]string{}
	var text strings.Builder
	if err := (report.Text{}).Write(&text, &list); err != nil {
		t.Fatal(err)
	}
	if text.Len() > 0 {
		files["diagnostics.txt"] = text.String()
	}
	if c == nil {
		return files
	}
	maps.Copy(files, generated(t, c, pipeline.Emitters()))
	if filepath.Base(dir) == firstCase {
		maps.Copy(files, reduced(t, c))
	}
	if !slices.Contains(htmlCases, filepath.Base(dir)) {
		maps.DeleteFunc(files, func(name, _ string) bool { return strings.HasPrefix(name, layout["html"]+"/") })
	}
	delete(files, layout["catalog-schema"]) // it is about the format, not about the catalog
	return files
}

// reduced returns the Go packages for servers and for clients alone.
func reduced(t *testing.T, c *catalog.Catalog) map[string]string {
	t.Helper()
	files := map[string]string{}
	for form, o := range map[string]gocode.Options{"serverside": {NoClient: true}, "clientside": {NoServer: true}} {
		o.Package, o.Tests = form, true
		for _, e := range pipeline.Emitters() {
			if e.Name != "go" {
				continue
			}
			emitted, err := e.Emit(c, pipeline.Options{Go: o})
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range emitted {
				files[form+"/"+f.Path] = string(f.Data)
			}
		}
	}
	return files
}

// generated returns the content of all outputs of the emitters, by path.
func generated(t *testing.T, c *catalog.Catalog, emitters []pipeline.Emitter) map[string]string {
	t.Helper()
	outputs, err := pipeline.Generate(c, requests(t, emitters, "."), pipeline.Options{Go: gocode.Options{Package: layout["go"], Tests: true}})
	if err != nil {
		t.Fatal(err)
	}
	return contents(outputs)
}

func contents(outputs []output.Output) map[string]string {
	files := map[string]string{}
	for _, o := range outputs {
		for _, f := range o.Files {
			files[path.Join(filepath.ToSlash(o.Path), f.Path)] = string(f.Data)
		}
	}
	return files
}

func requests(t testing.TB, emitters []pipeline.Emitter, root string) []pipeline.Request {
	t.Helper()
	var wanted []pipeline.Request
	for _, e := range emitters {
		if layout[e.Name] == "" {
			t.Fatalf("say in layout where the output of the emitter %s goes", e.Name)
		}
		wanted = append(wanted, pipeline.Request{Emitter: e, Path: filepath.Join(root, layout[e.Name])})
	}
	return wanted
}

// compare reports every file that is missing, that should not be there, or that differs.
func compare(t *testing.T, dir string, got map[string]string) {
	t.Helper()
	want := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		want[name] = string(data)
		return err
	})
	if err != nil {
		t.Errorf("%v; %s", err, acceptance)
		return
	}
	all := maps.Clone(want)
	maps.Copy(all, got)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		w, wanted := want[name]
		g, made := got[name]
		switch {
		case !made:
			t.Errorf("%s/%s is not made any more; %s", dir, name, acceptance)
		case !wanted:
			t.Errorf("%s/%s is made, and there is no such file; %s", dir, name, acceptance)
		case w != g:
			lines := cmp.Diff(strings.Split(w, "\n"), strings.Split(g, "\n"))
			t.Errorf("%s/%s differs (-want +got):\n%s%s", dir, name, lines, acceptance)
		}
	}
}

func rewrite(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	for name, content := range files {
		writeFile(t, filepath.Join(dir, filepath.FromSlash(name)), content)
	}
}

func writeFile(t *testing.T, name, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}
