package output

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errspec/errspec/gen/internal/emit"
)

// An output is never a file that the run reads, or another output, under any name.
func TestEachFileIsOneThing(t *testing.T) {
	const readAs = "read as a file of the catalog: write to another file"
	page := func(path string) Output {
		return Output{Name: "--inject", Path: path, Was: []byte("in\n"),
			Files: []emit.File{{Data: []byte("new\n")}}}
	}
	for _, tt := range []struct {
		name    string
		links   map[string]string // hard links
		outputs []Output
		want    string
	}{
		{"an input", nil, []Output{file("sub/in.yaml", ours("a"))},
			"--file: sub/in.yaml is " + readAs},
		{"spelt in another way", nil, []Output{file("./sub/../sub//in.yaml", ours("a"))},
			"--file: sub/in.yaml is " + readAs},
		{"from the root", nil, []Output{file("ROOT/sub/in.yaml", ours("a"))},
			"in.yaml is sub/in.yaml by another name, which is " + readAs},
		{"in other letters", nil, []Output{file("Sub/IN.yaml", ours("a"))},
			"--file: Sub/IN.yaml and sub/in.yaml are the same file on case-insensitive file systems, and the latter is " + readAs},
		{"a link to it", nil, []Output{file("link.yaml", ours("a"))},
			"--file: link.yaml is sub/in.yaml by another name, which is " + readAs},
		{"through a link to its folder", nil, []Output{file("folder/in.yaml", ours("a"))},
			"--file: folder/in.yaml is sub/in.yaml by another name"},
		{"a hard link to it", map[string]string{"hard": "sub/in.yaml"},
			[]Output{file("hard", ours("a"))},
			"--file: hard is sub/in.yaml by another name, which is " + readAs},
		{"a hard link in a folder of outputs", map[string]string{"p/a.go": "sub/in.yaml"},
			[]Output{folder("p", "a.go", ours("a"))},
			"--go: p/a.go is sub/in.yaml by another name"},
		{"a file of a folder", nil, []Output{folder("sub", "in.yaml", ours("a"))},
			"--go: sub/in.yaml is " + readAs},
		{"a page", nil, []Output{page("sub/in.yaml")}, "--inject: sub/in.yaml is " + readAs},
		{"the other input", nil, []Output{file("template", ours("a"))},
			"--file: template is read as the template: write to another file"},
		{"a folder of outputs in its place", nil, []Output{folder("template", "a.go", ours("a"))},
			"--go: template is a file, but must be a folder"},
		{"two outputs with a hard link", map[string]string{"b": "theirs"},
			[]Output{file("theirs", ours("a")), file("b", ours("b"))},
			"--file: b is theirs by another name, which is also written by --file"},
		{"a page and an output with a hard link", map[string]string{"b": "theirs"},
			[]Output{page("theirs"), file("b", ours("b"))},
			"--file: b is theirs by another name, which is also written by --inject"},
		{"a file and a folder in other letters", nil, []Output{file("Out", ours("a")),
			folder("out", "a.go", ours("a"))}, "is a file that --file writes"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			root := t.TempDir()
			t.Chdir(root)
			tree{"sub/in.yaml": "in\n", "template": "in\n", "theirs": "in\n",
				"link.yaml": "-> sub/in.yaml", "folder": "-> sub",
				"p/b.go": ours("b")}.write(t, root)
			for name, to := range tt.links {
				must(t, os.Link(to, name))
			}
			for i := range tt.outputs {
				tt.outputs[i].Path = strings.ReplaceAll(tt.outputs[i].Path, "ROOT", root)
			}
			_, err := Compare(tt.outputs, []Input{{"a file of the catalog", "sub/in.yaml"},
				{"the template", "template"}}, true)
			if err == nil || !strings.Contains(filepath.ToSlash(err.Error()), tt.want) {
				t.Errorf("the error is %v, want %s", err, tt.want)
			}
		})
	}
}

// Files that the run reads or writes are never orphans, even with our header line and in our
// folder.
func TestWhatIsReadIsNoOrphan(t *testing.T) {
	root := t.TempDir()
	t.Chdir(root)
	tree{"p/in.go": ours("in"), "p/orphan.go": ours("orphan"),
		"real/linked.go": ours("linked")}.write(t, root)
	must(t, os.Link("real/linked.go", "p/linked.go"))
	plan, err := Compare([]Output{folder("p", "a.go", ours("a"))},
		[]Input{{"a file of the catalog", "p/in.go"}, {"a file of the catalog", "real/linked.go"}},
		true)
	must(t, err)
	if diff := cmp.Diff([]string{"missing p/a.go", "orphaned p/orphan.go"},
		states(plan)); diff != "" {
		t.Errorf("the plan differs (-want +got):\n%s", diff)
	}
}

// Report a problem with a folder once, not for each file in it.
func TestAFolderInTheWayIsToldOnce(t *testing.T) {
	t.Chdir(t.TempDir())
	_, err := Compare([]Output{file("out", ours("a")), folder("out/p", "a.go", ours("a"), "b.go",
		ours("b"))}, nil, false)
	if err == nil || strings.Count(err.Error(), "is a file that --file writes") != 1 {
		t.Errorf("the error is\n%v\nwant one line", err)
	}
}

// An input may appear twice under two names, or be missing.
func TestInputs(t *testing.T) {
	t.Chdir(t.TempDir())
	must(t, os.WriteFile("in", nil, 0o644))
	must(t, os.Link("in", "same"))
	inputs := []Input{{"a", "in"}, {"b", "in"}, {"c", "same"}, {"d", "gone"}}
	if _, err := Compare([]Output{file("gone", ours("a"))}, inputs, false); err != nil {
		t.Error(err)
	}
}
