package source_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/internal/source"
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
	for _, name := range []string{"api/catalog.yaml", "./api/../api/catalog.yaml",
		filepath.Join(dir, "api", "catalog.yaml")} {
		src, err := source.OpenFile(name)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if src.File.Name != "api/catalog.yaml" || string(src.File.Bytes()) != "version: 1\n" {
			t.Errorf("%s is %s with %q", name, src.File.Name, src.File.Bytes())
		}
		if data, err := fs.ReadFile(src.FS, "errors/a.yaml"); err != nil ||
			string(data) != "groups: []\n" {
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
	src, err := source.OpenStdin(strings.NewReader("version: 1\n"))
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

// Open reads a huge file only until it exceeds the limit.
func TestOpenReadsNoMoreThanItMust(t *testing.T) {
	t.Chdir(t.TempDir())
	f, err := os.Create("huge.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Truncate(10 << 30); err != nil { // sparse: it uses no disk space
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	src, err := source.OpenFile("huge.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if n := len(src.File.Bytes()); n != source.MaxSize+1 {
		t.Errorf("%d bytes were read, want %d", n, source.MaxSize+1)
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

// Writers ask which files were read, so that they do not overwrite them.
func TestOnDisk(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "api/catalog.yaml", "version: 1\n")
	write(t, "api/errors/a.yaml", "groups: []\n")
	write(t, "api/b.md", "text\n")
	src, err := source.OpenFile("api/catalog.yaml")
	if err != nil {
		t.Fatal(err)
	}
	_, err = fs.Stat(src.FS, "b.md") // not read
	_, err2 := fs.Glob(src.FS, "errors/*")
	_, err3 := fs.ReadFile(src.FS, "errors/a.yaml")
	if err := errors.Join(err, err2, err3, src.Close()); err != nil {
		t.Fatal(err)
	}
	want := []string{"api/catalog.yaml", filepath.Join("api", "errors", "a.yaml")}
	if got := src.OnDisk(); !slices.Equal(got, want) {
		t.Errorf("%q were read, want %q", got, want)
	}
	src, err = source.OpenStdin(strings.NewReader("version: 1\n"))
	if err != nil {
		t.Fatal(err)
	}
	if got := src.OnDisk(); len(got) > 0 {
		t.Errorf("standard input is %q on disk", got)
	}
}
