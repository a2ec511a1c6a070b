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
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/gen/internal/emit/gocode"
	"github.com/errspec/errspec/gen/internal/output"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/report"
	"github.com/errspec/errspec/gen/internal/source"
)

var update = flag.Bool("update", false, "rewrite the golden files to what is generated now")

// A golden case is a folder of testdata/golden: a catalog, and in want/ the files that show what
// the case is about. All outputs of each catalog are made. Their Go is checked here, and compiled
// and tested in gen/checks/gopackage. generated/ is the golden case that has everything else: whole
// pages, packages and test vectors.
const (
	goldenDir  = "testdata/golden"
	firstCase  = "minimal"
	acceptance = "if that is as it should be, accept it with: go test ./gen/internal/pipeline -run Golden -update"
)

// golden lists the files that a case keeps, as patterns of path.Match. Every case keeps its
// diagnostics.
var golden = map[string][]string{
	"minimal": {
		"apierr/*", "serverside/doc.go", "serverside/errors.go", "serverside/example_test.go",
		"serverside/table.go", "clientside/doc.go", "clientside/envelope.go",
		"clientside/errors.go", "errors.json", "errors.md", "errors/*", "errors.schema.json",
		"errors.ts", "openapi.yaml",
	},
	"awkward-names": {"apierr/codes.go", "apierr/errors.go"},
	"awkward-text":  {"apierr/codes.go", "apierr/errors.go", "apierr/table.go", "errors.md"},
	"meeting-names": {
		"apierr/codes.go", "apierr/errors.go", "errors/index.md", "errors/parts.md",
		"errors/timeout*.md",
	},
	"params": {"apierr/errors.go", "apierr/expected_test.go", "apierr/table.go", "errors.md"},
	"nested": {"apierr/errors.go", "apierr/expected_test.go", "errors.lenient.schema.json"},
	"lifecycle": {
		"apierr/codes.go", "apierr/errors.go", "apierr/table.go", "apierr.py", "errors.json",
		"errors.md", "errors/beta.md", "errors/file_missing.md", "errors/never_sent.md",
	},
	"internal-codes": {"apierr/*", "errors.json", "errors.md"},
	"no-codes": {
		"apierr/*", "errors.json", "errors.md", "errors/*", "errors.schema.json", "openapi.yaml",
	},
	"code-in-text": {
		"apierr/envelope.go", "apierr/expected_test.go", "errors.schema.json",
		"errors.lenient.schema.json",
	},
	"envelope": {
		"apierr/envelope.go", "apierr/expected_test.go", "apierr/table.go", "errors.json",
	},
	"envelope-each":    {"apierr/envelope.go", "apierr/table.go", "errors.md"},
	"envelope-list":    {"apierr/envelope.go", "apierr/table.go", "errors.schema.json"},
	"envelope-absence": {"apierr/envelope.go", "apierr/expected_test.go", "errors.schema.json"},
	"envelope-anonymous": {
		"apierr/envelope.go", "apierr/table.go", "errors.md", "errors.schema.json",
		"errors.lenient.schema.json",
	},
	"envelope-by-body":      {"apierr/envelope.go", "errors.schema.json"},
	"envelope-by-json-type": {"apierr/table.go", "errors.schema.json"},
	"envelope-by-type":      {"apierr/envelope.go", "errors.md", "openapi.yaml"},
	"envelope-mixed": {
		"apierr/envelope.go", "errors.schema.json", "errors.lenient.schema.json",
	},
	"envelope-google":      {"apierr/envelope.go", "errors.schema.json"},
	"envelope-jsonapi":     {"apierr/envelope.go"},
	"envelope-problem":     {"apierr/envelope.go", "apierr/expected_test.go", "errors.schema.json"},
	"envelope-status-text": {"apierr/envelope.go", "errors.schema.json"},
	"envelope-stripe":      {"apierr/envelope.go", "errors.schema.json"},
}

// layout is the position of each emitter's output in a golden case and in generated/.
var layout = map[string]string{
	"go":             "apierr",
	"markdown":       "errors.md",
	"pages":          "errors",
	"html":           "html",
	"schema":         "errors.schema.json",
	"schema-lenient": "errors.lenient.schema.json",
	"openapi":        "openapi.yaml",
	"json":           "errors.json",
	"typescript":     "errors.ts",
	"python":         "apierr.py",
	"vectors":        "errors.vectors.json",
	"catalog-schema": "catalog.schema.json",
	"config-schema":  "errspec.schema.json",
}

// TestGolden makes all outputs of each case. It compares what the case keeps with want/, and what
// is the same for all catalogs with its source.
func TestGolden(t *testing.T) {
	unused := maps.Clone(golden)
	kept := map[string]bool{}
	for _, dir := range goldenCases(t) {
		name := filepath.Base(dir)
		delete(unused, name)
		t.Run(name, func(t *testing.T) {
			got := made(t, dir)
			for file, content := range got {
				if path.Ext(file) == ".go" {
					wellFormed(t, dir+"/"+file, content)
				}
			}
			maps.DeleteFunc(got, func(file, content string) bool {
				return isRuntime(t, file, content)
			})
			maps.DeleteFunc(got, func(file, _ string) bool { return !keeps(t, name, file) })
			for file, content := range got {
				kept[strings.Split(file, "/")[0]] = true
				if source, ok := runtimes[file]; ok {
					got[file] = withoutRuntime(t, content, source)
				}
			}
			want := filepath.Join(dir, "want")
			if *update {
				rewrite(t, want, got)
			}
			compare(t, want, got)
		})
	}
	for name := range unused {
		t.Errorf("there is no case %s", name)
	}
	for emitter, file := range layout {
		if _, err := os.Stat(filepath.Join(root, "generated", file)); err != nil && !kept[file] {
			t.Errorf("neither a case nor generated/ has the output of --%s", emitter)
		}
	}
}

// keeps reports whether a case keeps a file.
func keeps(t *testing.T, name, file string) bool {
	t.Helper()
	if file == "diagnostics.txt" {
		return true
	}
	return slices.ContainsFunc(golden[name], func(pattern string) bool {
		match, err := path.Match(pattern, file)
		if err != nil {
			t.Fatal(err)
		}
		return match
	})
}

// runtimeFolder holds the Go files that are the same for all catalogs, except for parts that a
// catalog does not need.
const runtimeFolder = "../emit/gocode/runtime"

// isRuntime reports whether a file is one of the runtime. If so, its lines must be lines of
// that file, in the same order.
func isRuntime(t *testing.T, file, content string) bool {
	t.Helper()
	source, err := os.ReadFile(filepath.Join(runtimeFolder, path.Base(file)))
	if path.Ext(file) != ".go" || err != nil || strings.HasPrefix(string(source), emit.GoMarkLine) {
		return false
	}
	rest := condensed(string(source))
	for _, line := range condensed(content) {
		if strings.HasPrefix(line, "package ") || line == emit.GoMarkLine {
			continue
		}
		i := slices.Index(rest, line)
		if i < 0 {
			t.Errorf("%s has the line %q, which %s does not have there", file, line, runtimeFolder)
			break
		}
		rest = rest[i+1:]
	}
	return true
}

// condensed returns the lines of a Go file without alignment and empty lines.
func condensed(text string) (lines []string) {
	for line := range strings.Lines(text) {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// wellFormed fails if a file is not formatted or has an init function. No generated file has one,
// so it would be text that became code.
func wellFormed(t *testing.T, name, content string) {
	t.Helper()
	if checked[content] { // most files of the runtime are the same for many catalogs
		return
	}
	checked[content] = true
	if formatted, err := format.Source([]byte(content)); err != nil ||
		string(formatted) != content {
		t.Errorf("%s is not in gofmt's form (%v):\n%s", name, err,
			cmp.Diff(string(formatted), content))
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

// checked holds the files that wellFormed has checked.
var checked = map[string]bool{}

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

// made returns everything made of the catalog in dir, by path.
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
	maps.Copy(files, generated(t, c, ofCatalogs()))
	if filepath.Base(dir) == firstCase {
		maps.Copy(files, reduced(t, c))
	}
	return files
}

// runtimes are the sources of the parts of modules that are the same for all catalogs.
var runtimes = map[string]string{
	layout["typescript"]: "../emit/typescript/runtime/runtime.ts",
	layout["python"]:     "../emit/python/runtime/apierr.py",
}

// withoutRuntime returns a module with each run of lines of the runtime replaced by one line. The
// modules in generated/ contain them.
func withoutRuntime(t *testing.T, module, source string) string {
	t.Helper()
	data, err := os.ReadFile(source)
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for line := range strings.Lines(string(data)) {
		known[line] = true
	}
	var text strings.Builder
	run := ""
	end := func() {
		if strings.Count(run, "\n") > 5 {
			run = "… lines of " + path.Base(source) + "\n"
		}
		text.WriteString(run)
		run = ""
	}
	for line := range strings.Lines(module) {
		if known[line] {
			run += line
			continue
		}
		end()
		text.WriteString(line)
	}
	end()
	return text.String()
}

// reduced returns the Go packages for servers and for clients only.
func reduced(t *testing.T, c *catalog.Catalog) map[string]string {
	t.Helper()
	files := map[string]string{}
	for form, o := range map[string]gocode.Options{"serverside": {NoClient: true},
		"clientside": {NoServer: true}} {
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

// ofCatalogs returns the emitters whose output depends on the catalog, not only on the format.
func ofCatalogs() []pipeline.Emitter {
	return slices.DeleteFunc(pipeline.Emitters(), func(e pipeline.Emitter) bool {
		return e.Name == "catalog-schema" || e.Name == "config-schema"
	})
}

// generated returns the content of all outputs of the emitters, by path.
func generated(t *testing.T, c *catalog.Catalog, emitters []pipeline.Emitter) map[string]string {
	t.Helper()
	outputs, err := pipeline.Generate(c, requests(t, emitters, "."),
		pipeline.Options{Go: gocode.Options{Package: layout["go"], Tests: true}})
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
			t.Fatalf("add the output of the emitter %s to layout", e.Name)
		}
		wanted = append(wanted, pipeline.Request{Emitter: e,
			Path: filepath.Join(root, layout[e.Name])})
	}
	return wanted
}

// compare reports every file that is missing, unexpected, or different.
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
			t.Errorf("%s/%s is no longer made; %s", dir, name, acceptance)
		case !wanted:
			t.Errorf("%s/%s is made, but there is no such file; %s", dir, name, acceptance)
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
