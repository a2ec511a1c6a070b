// Package gopackage compiles and runs generated Go packages: of hostile catalogs, of each envelope
// and each part of the format, after manual edits, and beside another version.
package gopackage

import (
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/catalog/catalogtest"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/emit/gocode"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/source"
)

// runtimeCatalog has every type of param and form of message.
const runtimeCatalog = "../../internal/emit/gocode/runtime/testdata/catalog.yaml"

// mapWithoutCode has an error that clients recognize by its message, and that needs a map.
const mapWithoutCode = `version: 1
title: Errors
envelope: {body: {message: $message, errors: $params}}
groups:
  - id: fields
    title: Fields
    errors:
      - {code: UNAUTHENTICATED, status: 401, message: Unauthenticated., anonymous: true}
      - code: INVALID
        status: 422
        message: The data is invalid.
        anonymous: true
        params: {errors: {type: map, values: {type: list, items: string}}}
`

// TestPackages generates the packages of many catalogs into one module, and one go test builds,
// vets and tests all of them.
func TestPackages(t *testing.T) {
	m := newModule(t, "packages.test")
	addGoldenCases(t, m)
	m.add("hostile", loaded(t, hostileCatalog()))
	// with every type of param, including those that package check does not allow yet
	for _, e := range catalogtest.Envelopes() {
		m.add("envelope"+strings.ReplaceAll(e.Name, "-", ""), catalogtest.Everything(e.Envelope))
	}
	addNamesThatMeet(t, m)
	addHostileTexts(t, m)
	addCopies(t, m)
	addParamsOfTheBody(t, m)
	m.emit("mapwithoutcode", loaded(t, mapWithoutCode),
		gocode.Options{Import: "packages.test/mapwithoutcode"})
	m.passes()
}

// addGoldenCases adds the packages of the golden cases, for servers and clients together and
// separately.
func addGoldenCases(t *testing.T, m module) {
	t.Helper()
	cases, err := filepath.Glob("../../internal/pipeline/testdata/golden/*/catalog.yaml")
	if err != nil || len(cases) == 0 {
		t.Fatalf("no golden cases found: %v", err)
	}
	for _, file := range cases {
		dir := filepath.Dir(file)
		c, _ := pipeline.Load(source.New("catalog.yaml", read(t, file), os.DirFS(dir)))
		if c == nil {
			continue // it has errors
		}
		name := "golden/" + strings.ReplaceAll(filepath.Base(dir), "-", "")
		m.emit(name, c, gocode.Options{Import: "packages.test/" + name})
		m.emit(name+"server", c, gocode.Options{NoClient: true})
		m.emit(name+"client", c, gocode.Options{NoServer: true})
	}
}

func load(t testing.TB, file string) *catalog.Catalog {
	t.Helper()
	return loaded(t, string(read(t, file)))
}

func read(t testing.TB, elem ...string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(elem...))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func loaded(t testing.TB, text string) *catalog.Catalog {
	t.Helper()
	c, list := pipeline.Load(source.New("catalog.yaml", []byte(text), nil))
	if c == nil {
		for _, d := range list.All() {
			if d.Severity == diag.Error {
				t.Errorf("%s:%d:%d: %s [%s]", d.Span.File.Name, d.Span.Line, d.Span.Col, d.Message,
					d.Rule)
			}
		}
		t.FailNow()
	}
	return c
}

// A module is a Go module of generated packages, on disk.
type module struct {
	t   testing.TB
	dir string
}

// newModule returns an empty module with the oldest Go version that generated code supports.
func newModule(t testing.TB, path string) module {
	t.Helper()
	m := module{t, t.TempDir()}
	m.write("go.mod", []byte("module "+path+"\n\ngo "+languageVersion+"\n"))
	return m
}

func (m module) write(path string, data []byte) {
	m.t.Helper()
	path = filepath.Join(m.dir, filepath.FromSlash(path))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		m.t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		m.t.Fatal(err)
	}
}

// add emits a catalog's package, with its tests, into a folder of the module.
func (m module) add(folder string, c *catalog.Catalog) {
	m.t.Helper()
	m.emit(folder, c, gocode.Options{})
}

func (m module) emit(folder string, c *catalog.Catalog, o gocode.Options) {
	m.t.Helper()
	o.Package, o.Tests = path.Base(folder), true
	files, err := gocode.Emit(c, o)
	if err != nil {
		m.t.Fatal(err)
	}
	for _, f := range files {
		m.write(folder+"/"+f.Path, f.Data)
	}
}

// passes fails unless the module's packages build, vet and pass their generated tests, offline.
func (m module) passes() {
	m.t.Helper()
	// Without the temporary folder in compiled files, unchanged packages come from the build cache.
	cmd := exec.CommandContext(m.t.Context(), "go", "test", "-vet=all", "-trimpath", "./...")
	cmd.Dir = m.dir
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off", "GOWORK=off")
	if out, err := cmd.CombinedOutput(); err != nil {
		m.t.Errorf("go test -vet=all: %v\n%s", err, failuresIn(out))
	}
}

// failuresIn returns the first lines of go test's output that are not about packages that pass.
func failuresIn(out []byte) string {
	lines := slices.DeleteFunc(strings.SplitAfter(string(out), "\n"), func(line string) bool {
		return strings.HasPrefix(line, "ok  \t") || strings.Contains(line, "[no test files]")
	})
	if len(lines) > 60 {
		lines = append(lines[:60], "… and "+strconv.Itoa(len(lines)-60)+" lines more\n")
	}
	return strings.Join(lines, "")
}

func write(t *testing.T, name, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}
