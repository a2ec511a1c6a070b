package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/errspec/errspec/gen/internal/emit"
)

// ours returns a Go file with our header line.
func ours(body string) string { return emit.GoMarkLine + "\n" + body + "\n" }

func file(path, content string) Output {
	return Output{Name: "--file", Path: path, Mark: emit.GoMark,
		Files: []emit.File{{Data: []byte(content)}}}
}

// folder returns an output of Go files, given as name, content, name, content …
func folder(path string, files ...string) Output {
	o := Output{Name: "--go", Path: path, Dir: true, Mark: emit.GoMark}
	for i := 0; i < len(files); i += 2 {
		o.Files = append(o.Files, emit.File{Path: files[i], Data: []byte(files[i+1])})
	}
	return o
}

// tree is the content of a folder by slash-separated path. Folders end in a slash; links hold their
// target.
type tree map[string]string

func (want tree) write(t *testing.T, root string) {
	t.Helper()
	for name, content := range want {
		path := filepath.Join(root, filepath.FromSlash(name))
		must(t, os.MkdirAll(filepath.Dir(path), 0o755))
		switch target, isLink := strings.CutPrefix(content, "-> "); {
		case strings.HasSuffix(name, "/"):
			must(t, os.MkdirAll(path, 0o755))
		case isLink:
			must(t, os.Symlink(target, path))
		default:
			must(t, os.WriteFile(path, []byte(content), 0o644))
		}
	}
}

func read(t *testing.T, root string) tree {
	t.Helper()
	got := tree{}
	must(t, filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil || path == root {
			return err
		}
		name, err := filepath.Rel(root, path)
		must(t, err)
		name = filepath.ToSlash(name)
		switch e.Type() {
		case fs.ModeDir:
			if inside, err := os.ReadDir(path); err == nil && len(inside) == 0 {
				got[name+"/"] = ""
			}
		case fs.ModeSymlink:
			target, err := os.Readlink(path)
			must(t, err)
			got[name] = "-> " + target
		case fs.ModeNamedPipe:
			got[name] = "a pipe"
		default:
			data, err := os.ReadFile(path)
			must(t, err)
			got[name] = string(data)
		}
		return nil
	}))
	return got
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// states returns what a plan would do: "missing a.go", "stale b.go".
func states(p *Plan) []string {
	var got []string
	for _, c := range p.Changes {
		got = append(got, fmt.Sprint(c.State, " ", filepath.ToSlash(c.Path)))
	}
	return got
}

func TestCommit(t *testing.T) {
	for _, tt := range []struct {
		name    string
		before  tree
		outputs []Output
		adopt   bool
		plan    []string
		after   tree
	}{
		{
			name: "new files and folders are made",
			outputs: []Output{file("docs/api/errors.md", ours("page")),
				folder("apierr", "a.go", ours("a"), "b.go", ours("b"))},
			plan: []string{"missing docs/api/errors.md", "missing apierr/a.go",
				"missing apierr/b.go"},
			after: tree{"docs/api/errors.md": ours("page"), "apierr/a.go": ours("a"),
				"apierr/b.go": ours("b")},
		},
		{
			name:    "a stale file is replaced, a fresh one is left",
			before:  tree{"p/a.go": ours("old"), "p/b.go": ours("b")},
			outputs: []Output{folder("p", "a.go", ours("a"), "b.go", ours("b"))},
			plan:    []string{"stale p/a.go"},
			after:   tree{"p/a.go": ours("a"), "p/b.go": ours("b")},
		},
		{
			name:    "a checkout with CRLF is fresh",
			before:  tree{"a.go": strings.ReplaceAll(ours("a"), "\n", "\r\n")},
			outputs: []Output{file("a.go", ours("a"))},
			after:   tree{"a.go": strings.ReplaceAll(ours("a"), "\n", "\r\n")},
		},
		{
			name: "an orphan goes; what is not ours or not of the kind stays",
			before: tree{
				"p/a.go": ours("a"), "p/gone.go": ours("gone"), "p/mine.go": "package p\n",
				"p/notes.md": ours("notes"),
				"p/link.go":  "-> gone.go", "p/sub/gone.go": ours("below"),
			},
			outputs: []Output{folder("p", "a.go", ours("a"))},
			plan:    []string{"orphaned p/gone.go"},
			after: tree{
				"p/a.go": ours("a"), "p/mine.go": "package p\n", "p/notes.md": ours("notes"),
				"p/link.go":     "-> gone.go",
				"p/sub/gone.go": ours("below"),
			},
		},
		{
			name:    "another output's file in a folder is no orphan",
			before:  tree{"p/b.go": ours("old")},
			outputs: []Output{folder("p", "a.go", ours("a")), file("p/b.go", ours("b"))},
			plan:    []string{"missing p/a.go", "stale p/b.go"},
			after:   tree{"p/a.go": ours("a"), "p/b.go": ours("b")},
		},
		{
			name:    "adopt takes over",
			before:  tree{"a.go": "package mine\n"},
			outputs: []Output{file("a.go", ours("a"))},
			adopt:   true,
			plan:    []string{"stale a.go"},
			after:   tree{"a.go": ours("a")},
		},
		{
			name:    "a link stays, its target is written",
			before:  tree{"a.go": "-> real/a.go", "real/a.go": ours("old")},
			outputs: []Output{file("a.go", ours("a"))},
			plan:    []string{"stale a.go"},
			after:   tree{"a.go": "-> real/a.go", "real/a.go": ours("a")},
		},
		{
			name:    "a link to nothing yet leads there",
			before:  tree{"a.go": "-> real/deep/a.go"},
			outputs: []Output{file("a.go", ours("a"))},
			plan:    []string{"missing a.go"},
			after:   tree{"a.go": "-> real/deep/a.go", "real/deep/a.go": ours("a")},
		},
		{
			name:    "a link to a folder is a folder",
			before:  tree{"p": "-> real", "real/gone.go": ours("gone")},
			outputs: []Output{folder("p", "a.go", ours("a"))},
			plan:    []string{"missing p/a.go", "orphaned p/gone.go"},
			after:   tree{"p": "-> real", "real/a.go": ours("a")},
		},
		{
			name: "what a killed run left is swept, also when nothing changes",
			before: tree{"p/a.go": ours("a"), "p/.errspec-0-0000000000000000.tmp": "half",
				"p/.errspec-x.tmp": "not ours"},
			outputs: []Output{folder("p", "a.go", ours("a"))},
			after:   tree{"p/a.go": ours("a"), "p/.errspec-x.tmp": "not ours"},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			root := t.TempDir()
			t.Chdir(root)
			tt.before.write(t, root)
			plan, err := Compare(tt.outputs, nil, tt.adopt)
			must(t, err)
			if diff := cmp.Diff(tt.plan, states(plan)); diff != "" {
				t.Errorf("the plan differs (-want +got):\n%s", diff)
			}
			must(t, plan.Commit())
			if diff := cmp.Diff(tt.after, read(t, root)); diff != "" {
				t.Errorf("the disk differs (-want +got):\n%s", diff)
			}
			again, err := Compare(tt.outputs, nil, false)
			must(t, err)
			if len(again.Changes) > 0 {
				t.Errorf("a second run would still change %q", states(again))
			}
		})
	}
}

func TestCompareNamesEveryObstacle(t *testing.T) {
	for _, tt := range []struct {
		name    string
		before  tree
		outputs []Output
		want    []string // parts of the error
	}{
		{
			"files that are not ours", tree{"p/a.go": "package p\n", "p/b.go": "",
				"c.go": ours("c"), "d.md": "# d\n"},
			[]Output{folder("p", "a.go", ours("a"), "b.go", ours("b")), file("c.go", ours("new")),
				file("d.md", ours("d"))},
			[]string{"p/a.go, p/b.go, d.md", "--adopt"},
		},
		{
			"our header line inside a handwritten file",
			tree{"a.go": "package a\n\nconst want = `\n" + ours("x") + "`\n"},
			[]Output{file("a.go", ours("a"))},
			[]string{"errspec did not write a.go"},
		},
		{
			"a folder instead of a file", tree{"a.go/": "", "b.go/": ""},
			[]Output{file("a.go", ours("a")), file("b.go", ours("b"))},
			[]string{"--file: a.go: is a folder", "--file: b.go: is a folder"},
		},
		{
			"a file instead of a folder", tree{"p": "text"},
			[]Output{folder("p", "a.go", ours("a"), "b.go", ours("b"))},
			[]string{"--go: p is a file, but must be a folder"},
		},
		{
			"a file instead of a parent", tree{"p": "text"}, []Output{file("p/a.go", ours("a"))},
			[]string{"--file: p/a.go: not a directory"},
		},
		{"a path that names a folder", nil, []Output{file("out/", ours("a"))},
			[]string{"out/ is a folder"}},
		{
			"one path twice", nil, []Output{folder("p", "a.go", ours("a")),
				file("./p/../p/a.go", ours("a"))},
			[]string{"--file: p/a.go is also written by --go"},
		},
		{
			"one file by two names", tree{"a.go": "-> b.go"},
			[]Output{file("a.go", ours("a")), file("b.go", ours("b"))},
			[]string{"--file: b.go is a.go by another name, which is also written by --file"},
		},
		{
			"two files that differ in case alone", nil,
			[]Output{folder("p", "a.go", ours("a"), "A.go", ours("b")), file("P/c.go", ours("c")),
				file("p/C.go", ours("c"))},
			[]string{"--go: p/A.go and p/a.go are the same file on case-insensitive",
				"--file: p/C.go and P/c.go are the same file"},
		},
		{
			"a file and a folder of one name", nil,
			[]Output{file("p", ours("a")), folder("p", "a.go", ours("a"))},
			[]string{"--go: its folder", "is a file that --file writes"},
		},
		{"a link that leads to itself", tree{"a.go": "-> a.go"}, []Output{file("a.go", ours("a"))},
			[]string{"--file: a.go:", "too many links"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			root := t.TempDir()
			t.Chdir(root)
			tt.before.write(t, root)
			before := read(t, root)
			_, err := Compare(tt.outputs, nil, false)
			if err == nil {
				t.Fatal("Compare finds no obstacle, want an error")
			}
			for _, part := range tt.want {
				if !strings.Contains(filepath.ToSlash(err.Error()), part) {
					t.Errorf("the error does not say %q:\n%v", part, err)
				}
			}
			if diff := cmp.Diff(before, read(t, root)); diff != "" {
				t.Errorf("Compare changed the disk (-before +after):\n%s", diff)
			}
		})
	}
}

func TestAFailedCommitPutsEverythingBack(t *testing.T) {
	outputs := []Output{
		folder("p", "a.go", ours("a"), "b.go", ours("b"), "c.go", ours("c")),
		file("new/folder/d.go", ours("d")),
		file("last.go", ours("last")),
	}
	for _, tt := range []struct {
		name     string
		sabotage func(t *testing.T) // between Compare and Commit
		undo     func(t *testing.T)
	}{
		{
			"when a file cannot be replaced",
			func(t *testing.T) { must(t, os.MkdirAll("last.go/in/the/way", 0o755)) },
			func(t *testing.T) { must(t, os.RemoveAll("last.go")) },
		},
		{
			"when a folder cannot be made",
			func(t *testing.T) { must(t, os.WriteFile("new", []byte("in the way"), 0o644)) },
			func(t *testing.T) { must(t, os.Remove("new")) },
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			root := t.TempDir()
			t.Chdir(root)
			before := tree{"p/a.go": ours("old"), "p/gone.go": ours("gone"), "p/c.go": ours("c")}
			before.write(t, root)
			must(t, os.Chmod("p/a.go", 0o600))
			plan, err := Compare(outputs, nil, false)
			must(t, err)
			tt.sabotage(t)
			if err := plan.Commit(); err == nil {
				t.Fatal("Commit succeeds although it cannot write a file")
			}
			tt.undo(t)
			if diff := cmp.Diff(before, read(t, root)); diff != "" {
				t.Errorf("after a failed commit the disk differs (-before +after):\n%s", diff)
			}
			if info, err := os.Stat("p/a.go"); err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("p/a.go is back with %v, %v, want mode 0600", info.Mode(), err)
			}
			must(t, plan.Commit()) // the obstacle is gone
		})
	}
}

func TestModes(t *testing.T) {
	root := t.TempDir()
	t.Chdir(root)
	tree{"kept.go": ours("old"), "locked.go": ours("old")}.write(t, root)
	// users may make generated files read-only
	must(t, errors.Join(os.Chmod("kept.go", 0o640), os.Chmod("locked.go", 0o444)))
	plan, err := Compare([]Output{file("kept.go", ours("a")), file("locked.go", ours("a")),
		file("new.go", ours("a"))}, nil, false)
	must(t, err)
	must(t, plan.Commit())
	must(t, os.WriteFile("plain", nil, 0o666)) // what the umask leaves
	plain, err := os.Stat("plain")
	must(t, err)
	for name, want := range map[string]fs.FileMode{"kept.go": 0o640, "locked.go": 0o444,
		"new.go": plain.Mode().Perm()} {
		if info, err := os.Stat(name); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s has mode %v, %v, want %v", name, info.Mode(), err, want)
		}
	}
}

// A file with two hard links becomes two files: the other name may belong to somebody else.
func TestAHardLink(t *testing.T) {
	root := t.TempDir()
	t.Chdir(root)
	tree{"a.go": ours("old")}.write(t, root)
	must(t, os.Link("a.go", "copy"))
	plan, err := Compare([]Output{file("a.go", ours("a"))}, nil, false)
	must(t, err)
	must(t, plan.Commit())
	if diff := cmp.Diff(tree{"a.go": ours("a"), "copy": ours("old")}, read(t, root)); diff != "" {
		t.Errorf("the disk differs (-want +got):\n%s", diff)
	}
}

func TestAnUnchangedFileIsNotTouched(t *testing.T) {
	t.Chdir(t.TempDir())
	must(t, os.WriteFile("a.go", []byte(ours("a")), 0o644))
	long := time.Now().Add(-48 * time.Hour).Truncate(time.Second)
	must(t, os.Chtimes("a.go", long, long))
	plan, err := Compare([]Output{file("a.go", ours("a"))}, nil, false)
	must(t, err)
	must(t, plan.Commit())
	if info, err := os.Stat("a.go"); err != nil || !info.ModTime().Equal(long) ||
		plan.Unchanged != 1 {
		t.Errorf("a.go changed at %v (%v), %d unchanged; want it untouched since %v",
			info.ModTime(), err, plan.Unchanged, long)
	}
}

func TestSweepSparesARunningProcess(t *testing.T) {
	dir := t.TempDir()
	parent := fmt.Sprintf(tempName, os.Getppid(), 1)
	for _, tt := range []struct {
		name string
		age  time.Duration
		kept bool
	}{
		{parent, 0, true},
		{parent, 2 * leftoverAge, false},
		{parent, -leftoverAge / 2, true},
		{parent, -2 * leftoverAge, false}, // the clock was set back
		{fmt.Sprintf(tempName, os.Getpid(), 1), 0, false},
		{fmt.Sprintf(tempName, 1<<30, 1), 0, false},
		{".errspec-12-000000000000000.tmp", 0, true},
	} {
		path := filepath.Join(dir, tt.name)
		must(t, os.WriteFile(path, nil, 0o644))
		then := time.Now().Add(-tt.age)
		must(t, os.Chtimes(path, then, then))
		sweep(dir)
		if _, err := os.Stat(path); (err == nil) != tt.kept {
			t.Errorf("%s, %v old: kept is %v, want %v", tt.name, tt.age, err == nil, tt.kept)
		}
	}
}

// When names had 32 random bits, one in a hundred runs that wrote 10,000 pages failed.
func TestTemporaryNamesDiffer(t *testing.T) {
	names := map[string]bool{}
	for range 100_000 { // of 32 bits, two would be the same in two of three runs
		names[tempPath("")] = true
	}
	if len(names) != 100_000 {
		t.Errorf("100,000 names contain %d distinct ones", len(names))
	}
}

func TestDiff(t *testing.T) {
	t.Chdir(t.TempDir())
	must(t, os.WriteFile("a.go", []byte(strings.ReplaceAll(ours("one\ntwo"), "\n", "\r\n")), 0o644))
	plan, err := Compare([]Output{file("a.go", ours("one\n2")), file("b.go", ours("b"))}, nil,
		false)
	must(t, err)
	want := "diff a.go a.go (regenerated)\n--- a.go\n+++ a.go (regenerated)\n@@ -1,3 +1,3 @@\n " +
		emit.GoMarkLine + "\n one\n-two\n+2\n"
	if diff := cmp.Diff(want, string(plan.Changes[0].Diff())); diff != "" {
		t.Errorf("the diff of a stale file differs (-want +got):\n%s", diff)
	}
	if got := plan.Changes[1].Diff(); got != nil {
		t.Errorf("a missing file has the diff\n%s", got)
	}
}

func TestForeignErrorCanBeTold(t *testing.T) {
	t.Chdir(t.TempDir())
	must(t, os.WriteFile("a.go", []byte("package a\n"), 0o644))
	_, err := Compare([]Output{file("a.go", ours("a"))}, nil, false)
	var foreign *ForeignError
	if !errors.As(err, &foreign) || !cmp.Equal(foreign.Paths, []string{"a.go"}) {
		t.Errorf("Compare returns %v, want a ForeignError of a.go", err)
	}
}

// A slowDisk lets no file be written before it is released.
type slowDisk struct {
	osDisk

	waiting  atomic.Int32
	released chan struct{}
}

func (d *slowDisk) stage(dir string, data []byte, like fs.FileInfo) (string, fs.FileInfo, error) {
	d.waiting.Add(1)
	<-d.released
	return d.osDisk.stage(dir, data, like)
}

// Each open file takes a file descriptor and a thread, which are limited per process.
func TestFewFilesAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const files = 3 * sideBySide
		pages := folder(filepath.Join(t.TempDir(), "pages"))
		for i := range files {
			pages.Files = append(pages.Files, folder("", fmt.Sprintf("page%d.md", i),
				ours("text")).Files...)
		}
		plan, err := Compare([]Output{pages}, nil, false)
		must(t, err)
		d := &slowDisk{released: make(chan struct{})}
		done := make(chan error)
		go func() { done <- plan.commit(d) }()
		synctest.Wait() // until nothing goes on without the disk
		if n := d.waiting.Load(); n != sideBySide {
			t.Errorf("%d files are written at once, want %d", n, sideBySide)
		}
		close(d.released)
		must(t, <-done)
		if got := read(t, pages.Path); len(got) != files {
			t.Errorf("%d files are written, want %d", len(got), files)
		}
	})
}

// A code's page that is no longer written goes, with its folder if nothing else is in it. What
// somebody else has in such a folder stays. The index of another reference stays as well.
func TestOrphansInFolders(t *testing.T) {
	t.Chdir(t.TempDir())
	page := emit.CodeHTMLMarkLine + "\n"
	tree{
		"site/index.html": emit.HTMLMarkLine + "\n", "site/now/index.html": page,
		"site/gone/index.html": page, "site/gone/index.md": emit.CodeMarkdownMarkLine + "\n",
		"site/mixed/index.html": page, "site/mixed/picture.png": "mine",
		"site/v1/index.html":     emit.HTMLMarkLine + "\n",
		"site/docs/index.md":     emit.MarkdownMarkLine + "\n",
		"site/deep/x/index.html": page, "site/mine/index.html": "<p>mine\n",
		"site/sitemap.xml": emit.XMLMarkLine + "\n", "site/guide.md": emit.MarkdownMarkLine + "\n",
		"site/compiled.js": emit.JSMarkLine + "\n",
		// what a run leaves that is killed while it removes the last file of a folder
		"site/killed/.errspec-99999999-0123456789abcdef.tmp": page,
		"site/also/.errspec-99999999-0123456789abcdef.tmp":   page,
	}.write(t, ".")
	o := Output{
		Name: "--html", Path: "site", Dir: true, Mark: emit.HTMLMark,
		InFolders: []string{"index.html", "index.md"},
		Also:      []string{"sitemap.xml", "page.js", "also/it.js"},
		Files: []emit.File{
			{Path: "index.html", Data: []byte(emit.HTMLMarkLine + "\n")},
			{Path: "now/index.html", Data: []byte(page)},
			{Path: "page.js", Data: []byte(emit.JSMarkLine + "\n")},
		},
	}
	plan, err := Compare([]Output{o}, nil, false)
	must(t, err)
	want := []string{"missing site/page.js", "orphaned site/sitemap.xml",
		"orphaned site/gone/index.html",
		"orphaned site/gone/index.md", "orphaned site/mixed/index.html"}
	if diff := cmp.Diff(want, states(plan)); diff != "" {
		t.Fatalf("the plan differs (-want +got):\n%s", diff)
	}
	must(t, plan.Commit())
	for _, folder := range []string{"site/gone", "site/killed", "site/also"} {
		if _, err := os.Stat(folder); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("the empty folder %s is there: %v", folder, err)
		}
	}
	for _, stays := range []string{"site/mixed/picture.png", "site/v1/index.html",
		"site/docs/index.md",
		"site/deep/x/index.html", "site/mine/index.html", "site/guide.md", "site/compiled.js"} {
		if _, err := os.Stat(stays); err != nil {
			t.Error(err)
		}
	}
}
