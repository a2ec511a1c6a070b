package main

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Every package has its noun in the table of ARCHITECTURE.md, and no row is about a package that is
// gone.
func TestArchitectureHasEveryPackage(t *testing.T) {
	text, err := os.ReadFile("../ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	listed := map[string]bool{}
	for line := range strings.Lines(string(text)) {
		cell, ok := strings.CutPrefix(line, "| `")
		if !ok {
			continue
		}
		cell, _, _ = strings.Cut(cell, "` |")
		for _, name := range strings.Split(cell, "`, `") {
			listed[strings.TrimSuffix(name, "/…")] = true
		}
	}
	folders, err := filepath.Glob("../*")
	if err != nil {
		t.Fatal(err)
	}
	packages, err := filepath.Glob("../internal/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range append(folders, packages...) {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.ToSlash(strings.TrimPrefix(path, ".."+string(filepath.Separator)))
		if info.IsDir() && name != "internal" && !listed[name] {
			t.Errorf("ARCHITECTURE.md has no row for %s", name)
		}
		delete(listed, name)
	}
	delete(listed, "../templates")
	for name := range listed {
		t.Errorf("ARCHITECTURE.md has a row for %s, which is not there", name)
	}
}

// The drawing of ARCHITECTURE.md names every emitter.
func TestArchitectureDrawsEveryEmitter(t *testing.T) {
	text, err := os.ReadFile("../ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	_, drawing, _ := strings.Cut(string(text), "```text drawing\n")
	drawing, _, found := strings.Cut(drawing, "```")
	if !found {
		t.Fatal("ARCHITECTURE.md has no drawing")
	}
	entries, err := os.ReadDir("../internal/emit")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.IsDir() && !slices.Contains(strings.Fields(drawing), e.Name()) {
			t.Errorf("the drawing lacks %s", e.Name())
		}
	}
}

// errspec runs two programs, git and go, each in one place: SECURITY.md says how.
func TestProgramsAreRunInTwoPlaces(t *testing.T) {
	found := map[string]int{}
	for _, dir := range []string{".", "../internal"} {
		err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
			if err != nil ||
				e.IsDir() ||
				!strings.HasSuffix(path, ".go") ||
				strings.HasSuffix(path, "_test.go") ||
				strings.Contains(path, "testdata") {
				return err
			}
			data, err := os.ReadFile(path)
			for _, call := range []string{
				"exec.Command", "os.StartProcess", "syscall.Exec", "syscall.ForkExec", "unix.Exec",
			} {
				if n := strings.Count(string(data), call); n > 0 {
					found[filepath.ToSlash(path)] += n
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	want := map[string]int{"../internal/versions/git.go": 1, "../internal/versions/module.go": 1}
	if !maps.Equal(found, want) {
		t.Errorf("programs are run in %v, want %v: SECURITY.md names both", found, want)
	}
}
