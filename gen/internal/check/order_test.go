package check

import (
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/source"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// The rules find the same in any order, and change nothing in the model: each may rely on what was
// resolved, and on nothing that another rule does.
func TestOrderOfRules(t *testing.T) {
	n := 0
	err := filepath.WalkDir("testdata", func(name string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".yaml") {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		src := func() *source.Source {
			return source.New(filepath.Base(name), data, os.DirFS(filepath.Dir(name)))
		}
		if written, _ := syntax.Parse(src()); written == nil {
			return nil
		}
		want, _ := judged(src(), rules[:], entryRules[:])
		for seed := range uint64(3) {
			random := rand.New(rand.NewPCG(seed, 0))
			ofAll, ofEntries := slices.Clone(rules[:]), slices.Clone(entryRules[:])
			random.Shuffle(len(ofAll), func(i, j int) { ofAll[i], ofAll[j] = ofAll[j], ofAll[i] })
			random.Shuffle(len(ofEntries), func(i, j int) {
				ofEntries[i], ofEntries[j] = ofEntries[j], ofEntries[i]
			})
			got, same := judged(src(), ofAll, ofEntries)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s, seed %d: the order of the rules counts (-usual +shuffled):\n%s", name, seed, diff)
			}
			if !same {
				t.Errorf("%s: a rule changes the model", name)
			}
			n++
		}
		return nil
	})
	if err != nil || n < 100 {
		t.Errorf("%d runs, %v", n, err)
	}
}

// judged returns what rules find in a catalog, and whether they leave the model as it was.
func judged(src *source.Source, rules []func(*model), entryRules []func(*entry)) ([]string, bool) {
	written, _ := syntax.Parse(src)
	m := resolve(written)
	before, _ := syntax.Parse(src)
	untouched := resolve(before)
	m.judgeBy(rules, entryRules)
	entries := cmp.Comparer(func(a, b *catalog.Entry) bool { return a == b || a.Code == b.Code })
	spans := cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".Span" },
		cmp.Ignore())
	same := cmp.Equal(untouched.out, m.out, entries, spans)
	for i := range m.entries {
		same = same && cmp.Equal(*untouched.entries[i].out, *m.entries[i].out, entries, spans)
	}
	m.finish()
	var list []string
	for _, d := range m.found.All() {
		list = append(list, d.Span.File.Name+" "+d.Path+" "+d.Rule+" "+d.Message+" "+d.Help)
	}
	slices.Sort(list)
	return list, same
}
