package output

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errspec/errspec/gen/internal/emit"
)

func TestRewrite(t *testing.T) {
	dir := t.TempDir()
	path := func(name string) string { return filepath.Join(dir, name) }
	put := func(name, content string, mode os.FileMode) {
		t.Helper()
		if err := os.WriteFile(path(name), []byte(content), mode); err != nil {
			t.Fatal(err)
		}
	}
	put("a", "one\r\n", 0o640)
	put("b", "same\n", 0o644)
	plan, err := Rewrite([]Rewriting{{path("a"), []byte("one\r\n"), []byte("one\n")},
		{path("b"), []byte("same\n"), []byte("same\n")}})
	if err != nil {
		t.Fatal(err)
	}
	if len(plan.Changes) != 1 || plan.Unchanged != 1 {
		t.Errorf("%d changes and %d unchanged files, want one each", len(plan.Changes),
			plan.Unchanged)
	}
	if err := plan.Commit(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path("a"))
	if err != nil || string(data) != "one\n" {
		t.Errorf("the file holds %q, %v", data, err)
	}
	if info, err := os.Stat(path("a")); err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("its mode is %v, %v, want what it was", info.Mode(), err)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 2 {
		t.Errorf("%d files are in the folder, %v, want the two that were there", len(entries), err)
	}
}

// All files are rewritten or none, and never one that somebody else has changed.
func TestRewriteRefuses(t *testing.T) {
	dir := t.TempDir()
	here, gone, locked := filepath.Join(dir, "here"), filepath.Join(dir, "gone"),
		filepath.Join(dir, "locked")
	if err := os.WriteFile(locked, []byte("read\n"), 0o444); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(here, []byte("theirs\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		file Rewriting
		want string
	}{
		{Rewriting{here, []byte("read\n"), []byte("new\n")},
			here + " was changed while errspec ran"},
		{Rewriting{gone, []byte("read\n"), []byte("new\n")},
			gone + " was removed while errspec ran"},
		{Rewriting{locked, []byte("read\n"), []byte("new\n")},
			locked + " is read-only and must change: make it writable"},
		{Rewriting{dir, []byte("read\n"), []byte("new\n")}, dir + ": is a folder"},
	} {
		if _, err := Rewrite([]Rewriting{c.file}); err == nil ||
			!strings.Contains(err.Error(), c.want) {
			t.Errorf("the error is %v, want %q", err, c.want)
		}
	}
	if data, err := os.ReadFile(here); err != nil || string(data) != "theirs\n" {
		t.Errorf("the file holds %q, %v, want it untouched", data, err)
	}
}

// A catalog may include a file under two names.
func TestRewriteByTwoNames(t *testing.T) {
	root := t.TempDir()
	t.Chdir(root)
	tree{"a": "old\n", "link": "-> a"}.write(t, root)
	must(t, os.Link("a", "hard"))
	old, text := []byte("old\n"), []byte("new\n")
	plan, err := Rewrite([]Rewriting{{"a", old, text}, {"link", old, text}, {"hard", old, text}})
	must(t, err)
	must(t, plan.Commit())
	if diff := cmp.Diff(tree{"a": "new\n", "link": "-> a", "hard": "new\n"},
		read(t, root)); diff != "" {
		t.Errorf("the disk differs (-want +got):\n%s", diff)
	}
}

// Create replaces nothing, neither existing files nor those that appear later.
func TestCreate(t *testing.T) {
	files := []emit.File{{Path: "a", Data: []byte("a\n")}, {Path: "b", Data: []byte("b\n")}}
	for _, tt := range []struct {
		name          string
		before, later tree
		want          string // part of the error; "" for success
	}{
		{"in an empty folder", tree{"p/": ""}, nil, ""},
		{"in a missing folder", nil, nil, ""},
		{"where a file is", tree{"p/b": "mine\n"}, nil, "b: file already exists"},
		{"where a file comes", tree{"p/": ""}, tree{"p/b": "mine\n"},
			"b was created while errspec ran"},
		{"where a link comes", tree{"p/": ""}, tree{"p/a": "-> b"},
			"a now leads to another file while errspec ran"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			root := t.TempDir()
			t.Chdir(root)
			tt.before.write(t, root)
			plan, err := Create("p", files)
			tt.later.write(t, root)
			there := read(t, root)
			if err == nil {
				err = plan.Commit()
			}
			want := tree{"p/a": "a\n", "p/b": "b\n"}
			if tt.want != "" {
				want = there
			}
			if (err == nil) != (tt.want == "") || err != nil &&
				!strings.Contains(err.Error(), tt.want) {
				t.Errorf("the error is %v, want %q", err, tt.want)
			}
			if diff := cmp.Diff(want, read(t, root)); diff != "" {
				t.Errorf("the disk differs (-want +got):\n%s", diff)
			}
		})
	}
}
