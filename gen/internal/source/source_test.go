package source

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestOpenFile(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	write(t, "api/catalog.yaml", "version: 1\n")
	write(t, "api/errors/a.yaml", "groups: []\n")
	write(t, "secret.yaml", "not yours\n")
	if err := os.Symlink(filepath.Join(dir, "secret.yaml"), "api/link.yaml"); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"api/catalog.yaml", "./api/../api/catalog.yaml", filepath.Join(dir, "api", "catalog.yaml")} {
		src, err := Open(t.Context(), name, nil)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if src.File.Name != "api/catalog.yaml" || string(src.File.Bytes()) != "version: 1\n" {
			t.Errorf("%s is %s with %q", name, src.File.Name, src.File.Bytes())
		}
		if data, err := fs.ReadFile(src.FS, "errors/a.yaml"); err != nil || string(data) != "groups: []\n" {
			t.Errorf("%s: a file beside it is %q, %v", name, data, err)
		}
		for _, outside := range []string{"../secret.yaml", "link.yaml"} {
			if data, err := fs.ReadFile(src.FS, outside); err == nil {
				t.Errorf("%s: %s can be read: %q", name, outside, data)
			}
		}
	}
}

func TestOpenStdin(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "a.yaml", "groups: []\n")
	src, err := Open(t.Context(), Stdin, strings.NewReader("version: 1\n"))
	if err != nil {
		t.Fatal(err)
	}
	if src.File.Name != "<stdin>" || string(src.File.Bytes()) != "version: 1\n" {
		t.Errorf("standard input is %s with %q", src.File.Name, src.File.Bytes())
	}
	if _, err := fs.Stat(src.FS, "a.yaml"); err != nil {
		t.Errorf("a file of the working directory: %v", err)
	}
}

func TestOpenSaysWhatIsWrong(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "folder/file", "")
	for name, want := range map[string]string{
		"none.yaml":                          "there is no catalog none.yaml",
		"folder":                             "folder is a folder",
		"folder/file/catalog.yaml":           "not a directory",
		"mod:":                               "write mod:MODULE@VERSION/PATH",
		"mod:catalog.yaml":                   "write mod:MODULE@VERSION/PATH",
		"mod:github.com/acme/api@v1.4.0":     "write mod:MODULE@VERSION/PATH",
		"mod:github.com/acme/api@/c.yaml":    "write mod:MODULE@VERSION/PATH",
		"mod:x/y@v1.0.0/../../z":             "write mod:MODULE@VERSION/PATH",
		"mod:x/y@v1.0.0/./z":                 "write mod:MODULE@VERSION/PATH",
		"mod:@v1.0.0/c.yaml":                 "write mod:MODULE@VERSION/PATH",
		"mod:-x@v1.0.0/c.yaml":               "write mod:MODULE@VERSION/PATH",
		"mod:-mod=mod@v1/c.yaml":             "write mod:MODULE@VERSION/PATH",
		"mod:github.com/acme/api@v1/../c":    "write mod:MODULE@VERSION/PATH",
		"mod:github.com/../etc/passwd":       "write mod:MODULE@VERSION/PATH",
		"mod:/etc/passwd":                    "write mod:MODULE@VERSION/PATH",
		"mod:github.com/acme/api@v1.4.0//c":  "write mod:MODULE@VERSION/PATH",
		"mod:github.com/acme/api/catalog.ym": "keep the requirement there with an import or a tool line",
	} {
		if _, err := Open(t.Context(), name, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: the error is %v, want it to say %q", name, err, want)
		}
	}
}

// What git says in many lines is told in one, such as that it does not trust the folder, as in many a container of CI.
func TestGitErrorsAreOneLine(t *testing.T) {
	said := "fatal: detected dubious ownership in repository at '/repo'\nTo add an exception for this directory, call:\n\n\tgit config --global --add safe.directory /repo\n"
	want := "git rev-parse: detected dubious ownership in repository at '/repo'; To add an exception for this directory, call: git config --global --add safe.directory /repo"
	if got := gitError("rev-parse", errors.New("exit status 128"), said).Error(); got != want {
		t.Errorf("the error is\n%s\nand not\n%s", got, want)
	}
	if got := gitError("rev-parse", errors.New("exit status 1"), "\n").Error(); got != "git rev-parse: exit status 1" {
		t.Errorf("of nothing that git says the error is %q", got)
	}
}

// A huge file is read just far enough to see that it is one.
func TestOpenReadsNoMoreThanItMust(t *testing.T) {
	t.Chdir(t.TempDir())
	f, err := os.Create("huge.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Truncate(10 << 30); err != nil { // sparse: it takes no room
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	src, err := Open(t.Context(), "huge.yaml", nil)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(src.File.Bytes()); n != MaxSize+1 {
		t.Errorf("%d bytes were read, want %d", n, MaxSize+1)
	}
}

func write(t *testing.T, name, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

// A version is one that go.mod could have: the same file for ever.
func TestFullVersions(t *testing.T) {
	for _, v := range []string{
		"v1.4.0", "v0.0.0", "v10.20.30", "v1.0.0-rc.1", "v1.0.0-0", "v1.0.0--x", "v2.0.0+incompatible", "v0.0.0-20260601120000-0123456789ab",
		"v1.2.4-0.20260601120000-0123456789ab", "v1.2.3-pre.0.20260601120000-0123456789ab", "v2.0.1-0.20260601120000-0123456789ab+incompatible",
	} {
		if !fullVersion.MatchString(v) {
			t.Errorf("%s is taken for no full version", v)
		}
	}
	for _, v := range []string{
		"", "latest", "upgrade", "patch", "none", "main", "0123456789ab", "v1", "v1.4", "1.4.0", "V1.4.0", "v1.4.0.0", "v01.4.0", "v1.4.x", "v1.4.0-", "v1.4.0-01", "v1.4.0-a..b",
		"v1.4.0+meta", "v1.4.0-a_b", ">=v1.4.0", "<v1.4.0", ">v1", "v1.4.0 ", "v1.4.0\n", "-x", "v1.4.0@v1.5.0", "v1.4.0,v1.5.0", "v１.4.0",
	} {
		if fullVersion.MatchString(v) {
			t.Errorf("%q is taken for a full version", v)
		}
	}
}

// Whoever writes files wants to know which were read, so as not to write over them.
func TestOnDisk(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "api/catalog.yaml", "version: 1\n")
	write(t, "api/errors/a.yaml", "groups: []\n")
	write(t, "api/b.md", "text\n")
	src, err := Open(t.Context(), "api/catalog.yaml", nil)
	if err != nil {
		t.Fatal(err)
	}
	_, err = fs.Stat(src.FS, "b.md") // only looked at
	_, err2 := fs.Glob(src.FS, "errors/*")
	_, err3 := fs.ReadFile(src.FS, "errors/a.yaml")
	if err := errors.Join(err, err2, err3, src.Close()); err != nil {
		t.Fatal(err)
	}
	want := []string{"api/catalog.yaml", filepath.Join("api", "errors", "a.yaml")}
	if got := src.OnDisk(); !slices.Equal(got, want) {
		t.Errorf("%q were read, want %q", got, want)
	}
	src, err = Open(t.Context(), Stdin, strings.NewReader("version: 1\n"))
	if err != nil {
		t.Fatal(err)
	}
	if got := src.OnDisk(); len(got) > 0 {
		t.Errorf("standard input is %q on disk", got)
	}
}
