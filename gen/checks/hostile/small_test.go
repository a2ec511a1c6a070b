package hostile

import (
	"cmp"
	"flag"
	"maps"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/source"
)

var (
	small = flag.Int("small", 100, "how many catalogs TestSmall composes for each subject")
	ran   = flag.Int("ran", 10, "how many of them it also runs: that takes a second for each")
)

// TestSmall composes small catalogs. What is accepted must give Go that compiles, schemas, and
// pages; some are run, as TestComposed does.
func TestSmall(t *testing.T) {
	j := newJudge(t)
	for _, s := range subjects {
		t.Run(s.name, func(t *testing.T) {
			all := j.small(t, s, s.times**small)
			run := all[:min(len(all), s.times**ran)]
			j.judgeAll(t, run)
			for _, a := range all[len(run):] {
				j.make(a)
			}
			for _, a := range all {
				for _, w := range a.wrong {
					t.Errorf("%s: %s\n%s", w.kind, w.what, a.data)
				}
			}
		})
	}
}

// small composes catalogs of a subject, and returns those that are accepted once the codes that are
// refused are taken out.
func (j *judge) small(t *testing.T, s subject, n int) (all []*accepted) {
	t.Helper()
	d, refused := roll(*seed, s.salt), map[string]int{}
	for range n {
		data := s.compose(d)
		a, err := j.withoutRefused(data, refused)
		if err != nil {
			t.Errorf("%v\n%s", err, data)
		}
		if a != nil {
			all = append(all, a)
		}
	}
	t.Logf("seed %d: %d catalogs, %d of them accepted", *seed, n, len(all))
	for _, id := range slices.SortedFunc(maps.Keys(refused), func(a, b string) int {
		return cmp.Or(refused[b]-refused[a], strings.Compare(a, b))
	}) {
		t.Logf("%5d %s", refused[id], id)
	}
	if len(all) < n/10 {
		t.Errorf("of %d catalogs %d were accepted: they say too little", n, len(all))
	}
	return all
}

// withoutRefused loads a catalog without its codes that are refused. It is nil if something else
// is, too.
func (j *judge) withoutRefused(data []byte, refused map[string]int) (*accepted, error) {
	var n yaml.Node
	for {
		c, list := pipeline.Load(source.New("catalog.yaml", data, j.root))
		if err := positions(&list); err != nil {
			return nil, err
		}
		if c != nil {
			return &accepted{name: "a small catalog", pkg: "apierr", data: data, catalog: c}, nil
		}
		for _, d := range list.All() {
			if d.Severity == diag.Error {
				refused[d.Rule]++
			}
		}
		if n.Kind == 0 {
			if err := yaml.Unmarshal(data, &n); err != nil {
				return nil, err
			}
		}
		if !takeOutErrors(n.Content[0], list.All()) {
			return nil, nil
		}
		data = encoded(&n)
	}
}

// takeOutErrors removes the errors that have findings. It reports whether some had, and nothing
// else.
func takeOutErrors(n *yaml.Node, list []diag.Diagnostic) bool {
	for _, d := range list {
		if m := place.FindStringSubmatch(d.Path); d.Severity == diag.Error && (m == nil || m[1] == "") {
			return false
		}
	}
	return takeOut(n, list) > 0
}
