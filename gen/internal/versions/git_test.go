//go:build unix

package versions

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// play puts a script on the PATH as a program.
func play(t *testing.T, name, script string) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"+script+"\n"),
		0o700); err != nil { //nolint:gosec // it is a program
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+string(os.PathListSeparator)+os.Getenv("PATH"))
}

// A git that does not answer, or does not stop, is stopped, even if its child process keeps the
// output open.
func TestGitIsBounded(t *testing.T) {
	// One git for all: it runs the script in the folder that errspec names with -C.
	play(t, "git", `. "$2/script"`)
	const late = "git took longer than 1m0s and was stopped"
	bounded := func(name, script, want string, ask func(*testing.T, *repository) error) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			write(t, filepath.Join(dir, "script"), script)
			r := newRepository(t.Context(), dir, false)
			if want == late {
				r.left = 100 * time.Millisecond
			}
			if err := ask(t, r); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("the error is %v, want %q", err, want)
			}
		})
	}
	for name, tt := range map[string]struct{ script, want string }{
		"asleep":                {"exec sleep 300", late},
		"asleep with a child":   {"sleep 20 & sleep 20", late},
		"prints forever":        {"exec yes", "git rev-parse: the output exceeds 64 MiB"},
		"prints errors forever": {"exec yes >&2", late},
		"fails with a message":  {"echo fatal: no >&2; exit 128", "git rev-parse: no"},
	} {
		bounded(name, tt.script, tt.want, func(_ *testing.T, r *repository) error {
			_, err := r.run("rev-parse", "HEAD")
			return err
		})
	}
	// The process that reads objects is bounded in the same way.
	for name, tt := range map[string]struct{ script, want string }{
		"asleep":              {"exec sleep 300", late},
		"asleep with a child": {"sleep 20 & sleep 20", late},
		"half an answer":      {"echo x blob 10; exec sleep 300", late},
		"no object": {"while read id; do echo $id missing; done",
			"there is no such object: the repository is incomplete or damaged: fetch what is missing"},
		"no lines": {"read id; exec tr '\\n' x </dev/zero", "buffer full"},
		"no size":  {"echo x blob -7; exec sleep 300", "an object of -7 bytes"},
		"ends": {"echo fatal: object x is corrupt >&2; exit 128",
			"git cat-file: object x is corrupt; the repository is incomplete or damaged"},
	} {
		bounded("objects, "+name, tt.script, tt.want, func(t *testing.T, r *repository) error {
			t.Helper()
			_, err := r.object("x")
			r.left = 100 * time.Millisecond // processes that sleep do not end by themselves
			if err := r.Close(); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Close returns %v, want %q", err, tt.want)
			}
			return err
		})
	}
}

// Programs in the checkout are never run, even if the PATH contains the working directory.
func TestProgramsOfTheCheckoutAreNotRun(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, name := range []string{"git", "go"} {
		if err := os.WriteFile(name, []byte("#!/bin/sh\ntouch ran\n"),
			0o700); err != nil { //nolint:gosec // it is a program
			t.Fatal(err)
		}
	}
	write(t, "catalog.yaml", catalogText)
	for _, path := range []string{".", ""} {
		t.Setenv("PATH", path+string(os.PathListSeparator)+os.Getenv("PATH"))
		if _, err := Against(t.Context(), "main", "catalog.yaml", nil); err == nil {
			t.Error("git is found")
		}
		if _, err := Open(t.Context(), "mod:example.com/acme/api@v1.4.0/catalog.yaml",
			nil); err == nil {
			t.Error("go is found")
		}
		if _, err := os.Lstat("ran"); err == nil {
			t.Errorf("with %q first on the PATH, programs of the checkout run", path)
		}
	}
}

// catalogText is long enough to count as the same catalog when one line changes.
const catalogText = "version: 1\ntitle: Errors\ngroups:\n  - id: files\n    title: Files\n" +
	"    errors:\n      - code: FILE_GONE\n        status: 410\n"

// A file was renamed if half of the larger text is in the other.
func TestLikeness(t *testing.T) {
	lines := strings.SplitAfter(catalogText, "\n")
	slices.Reverse(lines)
	other := strings.ReplaceAll(catalogText, "FILE", "PAGE")
	for name, tt := range map[string]struct {
		a, b string
		want bool
	}{
		"the same":        {catalogText, catalogText, true},
		"other line ends": {catalogText, strings.ReplaceAll(catalogText, "\n", "\r\n"), true},
		"another order":   {catalogText, strings.Join(lines, ""), true},
		"a changed line":  {catalogText, other, true},
		"half of it":      {catalogText, catalogText + catalogText, true},
		"a third of it":   {catalogText, catalogText + catalogText + catalogText, false},
		"nothing":         {catalogText, "", false},
		"one long line": {strings.Repeat("0123456789", 40) + " end",
			strings.Repeat("0123456789", 40) + " END", true},
		"words of one's own": {catalogText, strings.ToUpper(catalogText), false},
	} {
		if got := likeness([]byte(tt.a), []byte(tt.b)) >= alike; got != tt.want {
			t.Errorf("%s: alike is %v (%d %%)", name, got, likeness([]byte(tt.a), []byte(tt.b)))
		}
		if a, b := likeness([]byte(tt.a), []byte(tt.b)),
			likeness([]byte(tt.b), []byte(tt.a)); a != b {
			t.Errorf("%s: likeness is %d %% in one direction and %d %% in the other", name, a, b)
		}
	}
}

// The go command is stopped as well.
func TestGoIsBounded(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	play(t, "go", "exec sleep 300")
	if _, err := Open(ctx, "mod:example.com/acme/api@v1.4.0/catalog.yaml", nil); err == nil ||
		!strings.Contains(err.Error(), "took longer than 5m0s and was stopped") {
		t.Errorf("the error is %v", err)
	}
	t.Setenv("PATH", t.TempDir())
	if _, err := Open(t.Context(), "mod:example.com/acme/api@v1.4.0/catalog.yaml",
		nil); err == nil || !strings.Contains(err.Error(), "go is not on the PATH") {
		t.Errorf("the error is %v", err)
	}
}
