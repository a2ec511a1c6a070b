// Package corpus has the catalogs that the checks of all subjects try. Paths are relative to a
// folder gen/checks/SUBJECT, in which its tests run.
package corpus

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/gen/internal/source"
)

// Own is this repository's catalog.
const Own = "../../../catalog.yaml"

// Everything is a catalog that has every key of the format.
const Everything = "../internal/corpus/everything.yaml"

// Golden is the folder of the golden cases.
const Golden = "../../internal/pipeline/testdata/golden"

// Catalogs returns this repository's catalog and those of the golden cases, by file name.
func Catalogs(tb testing.TB) []string {
	tb.Helper()
	files, err := filepath.Glob(Golden + "/*/catalog.yaml")
	if err != nil || len(files) == 0 {
		tb.Fatalf("the golden cases are not where they were: %v", err)
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

// Emitted returns the single file that an emitter makes.
func Emitted(tb testing.TB, emitter func(*catalog.Catalog, emit.Options) ([]emit.File, error), c *catalog.Catalog, o emit.Options) []byte {
	tb.Helper()
	files, err := emitter(c, o)
	if err != nil || len(files) != 1 {
		tb.Fatalf("%d files, %v; want one", len(files), err)
	}
	return files[0].Data
}
