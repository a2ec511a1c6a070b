//go:build tools

package hostile

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/checks/internal/pyvectors"
	"github.com/errspec/errspec/gen/checks/internal/tsvectors"
	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/source"
)

// clientsOf returns catalogs that are accepted: seeds, composed and mutated ones, and small ones of
// every subject. TestSeeds, TestComposed and TestSmall read the vectors of the same catalogs with
// Go packages.
func clientsOf(t *testing.T) map[string]*catalog.Catalog {
	t.Helper()
	j, all := newJudge(t), map[string]*catalog.Catalog{}
	load := func(name string, data []byte) {
		if c, _ := pipeline.Load(source.New("catalog.yaml", data, j.root)); c != nil {
			all[name] = c
		}
	}
	originals := catalogs(t)
	names := slices.Sorted(maps.Keys(originals))
	for i, name := range names {
		load(fmt.Sprintf("original%d", i), originals[name])
	}
	r := rand.New(rand.NewPCG(*seed, 1))
	for i := range *composed {
		if a, _ := j.settle(compose(r)); a != nil {
			all[fmt.Sprint("composed", i)] = a.catalog
		}
	}
	r = rand.New(rand.NewPCG(*seed, 0))
	for i := range *mutants {
		original := originals[names[i%len(names)]]
		load(fmt.Sprint("mutant", i), mutate(r, excerpt(r, original, 5+r.IntN(20))))
	}
	for _, s := range subjects {
		for i, a := range j.small(t, s, s.times**small/2) {
			all[fmt.Sprint(s.name, i)] = a.catalog
		}
	}
	return all
}

// TestClientsInTypeScript compiles the modules of catalogs and reads their vectors with them.
func TestClientsInTypeScript(t *testing.T) {
	dir := t.TempDir()
	var jobs []tsvectors.Job
	for name, c := range clientsOf(t) {
		jobs = append(jobs, tsvectors.New(t, dir, name, c))
	}
	tsvectors.CompileAll(t, dir)
	t.Log(len(jobs), "catalogs:", tsvectors.Run(t, jobs))
}

// TestClientsInPython reads the vectors of catalogs with their Python modules, and checks the types
// of those that are not mutants, which are much like their originals.
func TestClientsInPython(t *testing.T) {
	dir := t.TempDir()
	var typed []string
	all := clientsOf(t)
	for name, c := range all {
		pyvectors.Write(t, dir, name, c)
		if !strings.HasPrefix(name, "mutant") {
			typed = append(typed, filepath.Join(dir, name+".py"))
		}
	}
	t.Log(len(all), "catalogs:", pyvectors.Run(t, dir))
	pyvectors.Mypy(t, "3.10", typed...)
	pyvectors.Pyright(t, dir, "3.13", typed...)
}
