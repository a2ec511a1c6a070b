//go:build tools

package hostile

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/errspec/errspec/gen/checks/internal/pyvectors"
	"github.com/errspec/errspec/gen/checks/internal/tsvectors"
	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/source"
)

// clientsOf returns what is read by clients: composed and mutated catalogs that are accepted. TestComposed
// and TestMutants read the vectors of the same catalogs with Go packages.
func clientsOf(t *testing.T) map[string]*catalog.Catalog {
	t.Helper()
	j, all := newJudge(t), map[string]*catalog.Catalog{}
	r := rand.New(rand.NewPCG(*seed, 1))
	for i := range *composed {
		if a, _ := j.settle(compose(r)); a != nil {
			all[fmt.Sprint("composed", i)] = a.catalog
		}
	}
	originals := catalogs(t)
	names := slices.Sorted(maps.Keys(originals))
	r = rand.New(rand.NewPCG(*seed, 0))
	for i := range *mutants {
		data := mutate(r, excerpt(r, originals[names[i%len(names)]], 5+r.IntN(20)))
		if c, _ := pipeline.Load(source.New("catalog.yaml", data, j.root)); c != nil {
			all[fmt.Sprint("mutant", i)] = c
		}
	}
	return all
}

// TestClientsInTypeScript reads the vectors of composed and mutated catalogs with their TypeScript
// modules.
func TestClientsInTypeScript(t *testing.T) {
	dir := t.TempDir()
	var jobs []tsvectors.Job
	for name, c := range clientsOf(t) {
		jobs = append(jobs, tsvectors.New(t, dir, name, c))
	}
	t.Log(len(jobs), "catalogs:", tsvectors.Run(t, jobs))
}

// TestClientsInPython reads them with their Python modules.
func TestClientsInPython(t *testing.T) {
	dir := t.TempDir()
	all := clientsOf(t)
	for name, c := range all {
		pyvectors.Write(t, dir, name, c)
	}
	t.Log(len(all), "catalogs:", pyvectors.Run(t, dir))
}
