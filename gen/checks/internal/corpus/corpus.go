// Package corpus has the catalogs that all checks use. Paths are relative to a folder
// gen/checks/SUBJECT, where tests run.
package corpus

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/catalog/catalogtest"
	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/source"
)

// Own is this repository's catalog.
const Own = "../../../catalog.yaml"

// Everything is a catalog with every key of the format.
const Everything = "../internal/corpus/everything.yaml"

// Fixture is the catalog of the Go runtime.
const Fixture = "../../internal/emit/gocode/runtime/testdata/catalog.yaml"

// Golden is the folder of the golden cases.
const Golden = "../../internal/pipeline/testdata/golden"

// Catalogs returns this repository's catalog and those of the golden cases, by file name.
func Catalogs(tb testing.TB) []string {
	tb.Helper()
	files, err := filepath.Glob(Golden + "/*/catalog.yaml")
	if err != nil || len(files) == 0 {
		tb.Fatalf("no golden cases found: %v", err)
	}
	return append(files, Own)
}

// Open opens a catalog.
func Open(tb testing.TB, file string) *source.Source {
	tb.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		tb.Fatal(err)
	}
	return source.New(file, data, os.DirFS(filepath.Dir(file)))
}

// APIs returns the catalogs of the public APIs of the subject adoption.
func APIs(tb testing.TB) []string {
	tb.Helper()
	files, err := filepath.Glob("../adoption/testdata/*/catalog.yaml")
	if err != nil || len(files) == 0 {
		tb.Fatalf("no APIs found: %v", err)
	}
	return files
}

// A Response is one that a public API sends.
type Response struct {
	Name   string
	Status int
	Body   json.RawMessage
}

// Responses returns the responses of one of the [APIs] that have a body.
func Responses(tb testing.TB, catalog string) []Response {
	tb.Helper()
	data, err := os.ReadFile(filepath.Join(filepath.Dir(catalog), "bodies.json"))
	if err != nil {
		tb.Fatal(err)
	}
	var all []Response
	if err := json.Unmarshal(data, &all); err != nil {
		tb.Fatal(err)
	}
	return slices.DeleteFunc(all, func(r Response) bool { return string(r.Body) == `""` })
}

// Emitted returns a function that returns the single file of an emitter:
// Emitted(t)(schema.Emit(c)).
func Emitted(tb testing.TB) func([]emit.File, error) []byte {
	return func(files []emit.File, err error) []byte {
		tb.Helper()
		if err != nil || len(files) != 1 {
			tb.Fatalf("%d files, %v; want one", len(files), err)
		}
		return files[0].Data
	}
}

// Everywhere returns all catalogs that can be generated: those of [Catalogs], the public APIs of
// the subject adoption, the fixture of the Go package, and catalogtest.Everything in each envelope.
// Keys are names that are identifiers in any language.
func Everywhere(tb testing.TB) map[string]*catalog.Catalog {
	tb.Helper()
	all := map[string]*catalog.Catalog{}
	for _, file := range append(append(Catalogs(tb), APIs(tb)...), Fixture) {
		c, _ := pipeline.Load(Open(tb, file))
		if c == nil {
			continue // it has errors
		}
		name := strings.ReplaceAll(filepath.Base(filepath.Dir(file)), "-", "")
		switch file {
		case Own:
			name = "bithuman"
		case Fixture:
			name = "fixture"
		}
		all[name] = c
	}
	for _, e := range catalogtest.Envelopes() {
		all["everything"+strings.ReplaceAll(e.Name, "-", "")] = catalogtest.Everything(e.Envelope)
	}
	return all
}
