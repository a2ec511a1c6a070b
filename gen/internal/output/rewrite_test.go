package output

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
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
	plan, err := Rewrite([]Rewriting{{path("a"), []byte("one\r\n"), []byte("one\n")}, {path("b"), []byte("same\n"), []byte("same\n")}})
	if err != nil {
		t.Fatal(err)
	}
	if len(plan.Changes) != 1 || plan.Unchanged != 1 {
		t.Errorf("%d changes and %d unchanged files, want one each", len(plan.Changes), plan.Unchanged)
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

// All files are rewritten or none, and none that somebody else has changed.
func TestRewriteRefuses(t *testing.T) {
	dir := t.TempDir()
	here, gone := filepath.Join(dir, "here"), filepath.Join(dir, "gone")
	if err := os.WriteFile(here, []byte("theirs\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		file Rewriting
		want string
	}{
		{Rewriting{here, []byte("read\n"), []byte("new\n")}, here + " was changed while errspec ran"},
		{Rewriting{gone, []byte("read\n"), []byte("new\n")}, gone + " was removed while errspec ran"},
		{Rewriting{dir, []byte("read\n"), []byte("new\n")}, dir + ": is a folder"},
	} {
		if _, err := Rewrite([]Rewriting{c.file}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("the error is %v, want %q", err, c.want)
		}
	}
	if data, err := os.ReadFile(here); err != nil || string(data) != "theirs\n" {
		t.Errorf("the file holds %q, %v: it was touched", data, err)
	}
}
