//go:build tools

package adoption

import (
	"path/filepath"
	"testing"

	"github.com/errspec/errspec/gen/checks/internal/pyvectors"
	"github.com/errspec/errspec/gen/checks/internal/tsvectors"
	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/emit/vectors"
	"github.com/errspec/errspec/gen/internal/encode"
)

// TestResponsesInTypeScript reads what each API sends with the module of its catalog. The verdicts
// are those of package vectors, which TestAPIs holds to the errors that made.go.txt has.
func TestResponsesInTypeScript(t *testing.T) {
	dir := t.TempDir()
	var jobs []tsvectors.Job
	eachAPI(t, func(name string, c *catalog.Catalog, document []byte) {
		job := tsvectors.New(t, dir, name, c)
		write(t, dir, filepath.Base(job.Vectors), document)
		jobs = append(jobs, job)
	})
	t.Log(tsvectors.Run(t, jobs))
}

// TestResponsesInPython does in Python what TestResponsesInTypeScript does.
func TestResponsesInPython(t *testing.T) {
	dir := t.TempDir()
	eachAPI(t, func(name string, c *catalog.Catalog, document []byte) {
		pyvectors.Write(t, dir, name, c)
		write(t, dir, name+".json", document)
	})
	t.Log(pyvectors.Run(t, dir))
}

// eachAPI calls a function with each API, and with the responses in testdata as test vectors.
func eachAPI(t *testing.T, do func(name string, c *catalog.Catalog, document []byte)) {
	t.Helper()
	files, err := filepath.Glob("testdata/*/catalog.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no API is there: %v", err)
	}
	for _, file := range files {
		c, name := load(t, file), filepath.Base(filepath.Dir(file))
		do(name, c, encode.JSON(vectors.Verdicts(c, vectorsOf(t, c, name))))
	}
}
