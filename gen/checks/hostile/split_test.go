package hostile

import (
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/gen/internal/emit/gocode"
	"github.com/errspec/errspec/gen/internal/emit/markdown"
	"github.com/errspec/errspec/gen/internal/mdtext"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/source"
)

var splits = flag.Int("splits", 40, "how many catalogs TestSplit divides into files")

// TestSplit divides catalogs into files that include each other. Each has the findings that it has
// in one file, and the same outputs.
func TestSplit(t *testing.T) {
	j := newJudge(t)
	section, err := fs.ReadFile(j.root, "section.md")
	if err != nil {
		t.Fatal(err)
	}
	d := roll(*seed, 7)
	accepted := 0
	for i := range *splits {
		var n *yaml.Node
		if k := i % (len(subjects) + 2); k < len(subjects) {
			n = parsed(t, subjects[k].compose(d))
		} else {
			n = compose(d.Rand)
			set(n, "include", nil)
		}
		if a, _ := j.settle(n); a != nil && !d.one(4) {
			n = parsed(t, a.data)
		}
		whole, files := encoded(n), fstest.MapFS{"section.md": &fstest.MapFile{Data: section}}
		want := outputsOf(t, whole, files)
		s := &split{dice: d, files: files}
		root := s.divide(n)
		got := outputsOf(t, root, files)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-one file +several files):\n%s%s%s", diff, whole, printed(root, files))
		}
		if len(want) > 1 {
			accepted++
		}
	}
	t.Logf("seed %d: %d catalogs, %d of them accepted", *seed, *splits, accepted)
	if accepted < *splits/10 {
		t.Errorf("of %d catalogs %d were accepted: they say too little", *splits, accepted)
	}
}

func parsed(t *testing.T, data []byte) *yaml.Node {
	t.Helper()
	var n yaml.Node
	if err := yaml.Unmarshal(data, &n); err != nil {
		t.Fatal(err)
	}
	return n.Content[0]
}

// outputsOf returns the lines of all outputs of a catalog, and what is found in it.
func outputsOf(t *testing.T, root []byte, files fs.FS) map[string][]string {
	t.Helper()
	c, list := pipeline.Load(source.New("catalog.yaml", root, files))
	all := map[string][]string{"findings": {}}
	for _, d := range list.All() {
		all["findings"] = append(all["findings"], d.Rule+": "+d.Message)
	}
	slices.Sort(all["findings"])
	if c == nil {
		return all
	}
	var wanted []pipeline.Request
	for _, e := range pipeline.Emitters() {
		wanted = append(wanted, pipeline.Request{Emitter: e, Path: "out/" + e.Name})
	}
	outputs, err := pipeline.Generate(c, wanted, pipeline.Options{
		Go:       gocode.Options{Package: "apierr", Tests: true},
		Markdown: markdown.Options{Dialect: mdtext.MDX},
	})
	if err != nil {
		t.Fatalf("%v\n%s", err, root)
	}
	for _, o := range outputs {
		for _, f := range o.Files {
			all[o.Path+"/"+f.Path] = strings.SplitAfter(string(f.Data), "\n")
		}
	}
	return all
}

// printed is the text of all files.
func printed(root []byte, files fstest.MapFS) string {
	text := "--- catalog.yaml\n" + string(root)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		text += fmt.Sprintf("--- %s\n%s", name, files[name].Data)
	}
	return text
}
