//go:build unix

package faults

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/internal/versions"
)

// gitCatalog is long enough to count as the same catalog when one line changes.
const gitCatalog = "version: 1\ntitle: Errors\ngroups:\n  - id: files\n    title: Files\n" +
	"    errors:\n      - code: FILE_GONE\n        status: 410\n"

func writeFile(t *testing.T, name, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// If git cannot read any object of a revision, errspec returns an error and never a missing
// catalog.
func TestUnreadableObjectsAreErrors(t *testing.T) {
	t.Setenv("GIT_CONFIG_GLOBAL", os.DevNull)
	for _, who := range []string{"AUTHOR", "COMMITTER"} {
		t.Setenv("GIT_"+who+"_NAME", "a")
		t.Setenv("GIT_"+who+"_EMAIL", "a@b")
	}
	git := func(t *testing.T, dir string, args ...string) string {
		t.Helper()
		cmd := exec.CommandContext(t.Context(), "git", args...)
		cmd.Dir = dir
		cmd.Env = slices.DeleteFunc(os.Environ(), func(v string) bool {
			name, _, _ := strings.Cut(v, "=")
			return slices.Contains([]string{"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"}, name)
		}) // which git sets for its hooks
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("git %q: %v\n%s", args, err, out)
		}
		return strings.TrimSpace(string(out))
	}
	objects := []string{"v1", "v1^{tree}", "v1:api", "v1:api/catalog.yaml"}
	// Each gets the file of an object, and that of one of another kind.
	ways := map[string]func(file, other string) error{
		"missing":   func(file, _ string) error { return os.Remove(file) },
		"truncated": func(file, _ string) error { return os.Truncate(file, 10) },
		"empty":     func(file, _ string) error { return os.Truncate(file, 0) },
		"another's": func(file, other string) error {
			data, err := os.ReadFile(other)
			if err != nil {
				return err
			}
			return os.WriteFile(file, data, 0o600)
		},
	}
	// Three checkouts with two revisions each: unchanged since v1, renamed in the work tree, and
	// renamed in the second commit.
	type checkout struct {
		dir   string
		files map[string]string // of the objects
	}
	checkouts := map[string]checkout{}
	for _, catalog := range []string{"api/catalog.yaml", "api/renamed.yaml", "committed.yaml"} {
		dir := t.TempDir()
		changed := gitCatalog + "        message: The file is gone\n"
		git(t, dir, "init", "-q", "--template=", ".")
		writeFile(t, filepath.Join(dir, "api", "catalog.yaml"), gitCatalog)
		git(t, dir, "add", ".")
		git(t, dir, "commit", "-q", "-m", "one")
		git(t, dir, "tag", "v1")
		writeFile(t, filepath.Join(dir, "committed.yaml"), changed)
		if catalog != "api/catalog.yaml" {
			writeFile(t, filepath.Join(dir, filepath.FromSlash(catalog)), changed)
			git(t, dir, "rm", "-q", "api/catalog.yaml")
		}
		git(t, dir, "add", "committed.yaml")
		git(t, dir, "commit", "-q", "-m", "two")
		files := map[string]string{}
		for _, object := range objects {
			id := git(t, dir, "rev-parse", object)
			files[object] = filepath.Join(".git", "objects", id[:2], id[2:])
		}
		checkouts[catalog] = checkout{dir, files}
	}
	for _, what := range objects {
		for way, harm := range ways {
			for catalog, checkout := range checkouts {
				t.Run(strings.Join([]string{way, what, catalog}, " "), func(t *testing.T) {
					t.Parallel()
					dir := t.TempDir()
					if err := os.CopyFS(dir, os.DirFS(checkout.dir)); err != nil {
						t.Fatal(err)
					}
					other := "v1^{tree}"
					if what == other {
						other = "v1"
					}
					file := filepath.Join(dir, checkout.files[what])
					if err := os.Chmod(file, 0o600); err != nil {
						t.Fatal(err)
					}
					if err := harm(file, filepath.Join(dir, checkout.files[other])); err != nil {
						t.Fatal(err)
					}
					path := filepath.Join(dir, filepath.FromSlash(catalog))
					if b, err := versions.Against(t.Context(), "v1", path, nil); err == nil {
						t.Errorf("--against: no error; the catalog is %v, %v", b.Source,
							b.Remarks)
					} else if strings.Contains(err.Error(), "\n") || !strings.Contains(err.Error(),
						"fetch what is missing") && !strings.Contains(err.Error(), "is no file") {
						t.Errorf("--against: the error is %v", err)
					}
					if catalog == "api/renamed.yaml" {
						return // the rename is in no commit
					}
					h, err := versions.Since(t.Context(), path, "v1")
					if err == nil {
						t.Errorf("--since: no error; the base is %v", h.Base)
					}
				})
			}
		}
	}
}
