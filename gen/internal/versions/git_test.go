//go:build unix

package versions

import (
	"context"
	"os"
	"os/exec"
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
	for name, tt := range map[string]struct{ script, want string }{
		"asleep": {"exec sleep 300", "git took longer than 1m0s and was stopped"},
		"asleep with a child": {"sleep 20 & sleep 20",
			"git took longer than 1m0s and was stopped"},
		"prints forever":        {"exec yes", "git rev-parse: the output exceeds 64 MiB"},
		"prints errors forever": {"exec yes >&2", "git took longer than 1m0s and was stopped"},
		"fails with a message":  {"echo fatal: no >&2; exit 128", "git rev-parse: no"},
	} {
		t.Run(name, func(t *testing.T) {
			play(t, "git", tt.script)
			r := newRepository(t.Context(), ".", false)
			if strings.Contains(tt.want, "longer") {
				r.left = 100 * time.Millisecond
			}
			if _, err := r.run("rev-parse", "HEAD"); err == nil ||
				!strings.Contains(err.Error(), tt.want) {
				t.Errorf("the error is %v, want %q", err, tt.want)
			}
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

// A git that reads objects is stopped in the same way.
func TestReadingObjectsIsBounded(t *testing.T) {
	for name, tt := range map[string]struct{ script, want string }{
		"asleep":              {"exec sleep 300", "git took longer than 1m0s and was stopped"},
		"asleep with a child": {"sleep 20 & sleep 20", "git took longer than 1m0s and was stopped"},
		"half an answer": {"echo x blob 10; exec sleep 300",
			"git took longer than 1m0s and was stopped"},
		"no object": {"while read id; do echo $id missing; done",
			"there is no such object: the repository is incomplete or damaged: fetch what is missing"},
		"no lines": {"read id; exec tr '\\n' x </dev/zero", "buffer full"},
		"no size":  {"echo x blob -7; exec sleep 300", "an object of -7 bytes"},
		"ends": {"echo fatal: object x is corrupt >&2; exit 128",
			"git cat-file: object x is corrupt; the repository is incomplete or damaged"},
	} {
		t.Run(name, func(t *testing.T) {
			play(t, "git", tt.script)
			r := newRepository(t.Context(), ".", false)
			if strings.Contains(tt.want, "longer") {
				r.left = 100 * time.Millisecond
			}
			if _, err := r.object("x"); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("the error is %v, want %q", err, tt.want)
			}
			r.left = 100 * time.Millisecond // processes that sleep do not end by themselves
			if err := r.Close(); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Close returns %v, want %q", err, tt.want)
			}
		})
	}
}

// catalogText is long enough to count as the same catalog when one line changes.
const catalogText = "version: 1\ntitle: Errors\ngroups:\n  - id: files\n    title: Files\n" +
	"    errors:\n      - code: FILE_GONE\n        status: 410\n"

// If git cannot read any object of a revision, errspec returns an error and never a missing
// catalog.
func TestUnreadableObjectsAreErrors(t *testing.T) {
	git := func(t *testing.T, args ...string) string {
		t.Helper()
		cmd := exec.CommandContext(t.Context(), "git", args...)
		cmd.Env = append(gitEnv(false), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_AUTHOR_NAME=a",
			"GIT_AUTHOR_EMAIL=a@b", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@b")
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("git %q: %v\n%s", args, err, out)
		}
		return strings.TrimSpace(string(out))
	}
	object := func(t *testing.T, name string) string {
		t.Helper()
		id := git(t, "rev-parse", name)
		return filepath.Join(".git", "objects", id[:2], id[2:])
	}
	ways := map[string]func(t *testing.T, file string) error{
		"missing":   func(_ *testing.T, file string) error { return os.Remove(file) },
		"truncated": func(_ *testing.T, file string) error { return os.Truncate(file, 10) },
		"empty":     func(_ *testing.T, file string) error { return os.Truncate(file, 0) },
		"another's": func(t *testing.T, file string) error { // an object of another kind
			t.Helper()
			other := "v1^{tree}"
			if file == object(t, other) {
				other = "v1"
			}
			data, err := os.ReadFile(object(t, other))
			if err != nil {
				return err
			}
			return os.WriteFile(file, data, 0o600)
		},
	}
	// Three checkouts with two revisions each: unchanged since v1, renamed in the work tree, and
	// renamed in the second commit.
	checkouts := map[string]string{}
	for _, catalog := range []string{"api/catalog.yaml", "api/renamed.yaml", "committed.yaml"} {
		checkouts[catalog] = t.TempDir()
		t.Chdir(checkouts[catalog])
		git(t, "init", "-q", ".")
		write(t, "api/catalog.yaml", catalogText)
		git(t, "add", ".")
		git(t, "commit", "-q", "-m", "one")
		git(t, "tag", "v1")
		write(t, "committed.yaml", catalogText+"        message: The file is gone\n")
		if catalog != "api/catalog.yaml" {
			write(t, catalog, catalogText+"        message: The file is gone\n")
			git(t, "rm", "-q", "api/catalog.yaml")
		}
		git(t, "add", "committed.yaml")
		git(t, "commit", "-q", "-m", "two")
	}
	for _, what := range []string{"v1", "v1^{tree}", "v1:api", "v1:api/catalog.yaml"} {
		for way, harm := range ways {
			for catalog, checkout := range checkouts {
				t.Run(strings.Join([]string{way, what, catalog}, " "), func(t *testing.T) {
					dir := t.TempDir()
					if err := os.CopyFS(dir, os.DirFS(checkout)); err != nil {
						t.Fatal(err)
					}
					t.Chdir(dir)
					file := object(t, what)
					if err := os.Chmod(file, 0o600); err != nil {
						t.Fatal(err)
					}
					if err := harm(t, file); err != nil {
						t.Fatal(err)
					}
					if b, err := Against(t.Context(), "v1", catalog, nil); err == nil {
						t.Errorf("--against: no error; the catalog is %v, %v", b.Source,
							b.Remarks)
					} else if strings.Contains(err.Error(), "\n") || !strings.Contains(err.Error(),
						"fetch what is missing") && !strings.Contains(err.Error(), "is no file") {
						t.Errorf("--against: the error is %v", err)
					}
					if catalog == "api/renamed.yaml" {
						return // the rename is in no commit
					}
					h, err := Since(t.Context(), catalog, "v1")
					if err == nil {
						t.Errorf("--since: no error; the base is %v", h.Base)
					}
				})
			}
		}
	}
}

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
