// Package pyvectors reads test vectors with generated Python modules, by the program
// clients/python/vectors.py. Paths are relative to a folder gen/checks/SUBJECT.
package pyvectors

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/errspec/errspec/gen/checks/internal/corpus"
	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/emit/python"
	"github.com/errspec/errspec/gen/internal/emit/vectors"
)

// Python is that of Debian, whose packages .ci/run installs.
const Python = "/usr/bin/python3"

// Write writes a catalog's module and its vectors to a folder.
func Write(tb testing.TB, dir, name string, c *catalog.Catalog) {
	tb.Helper()
	for suffix, data := range map[string][]byte{
		".py":   corpus.Emitted(tb)(python.Emit(c)),
		".json": corpus.Emitted(tb)(vectors.Emit(c)),
	} {
		if err := os.WriteFile(filepath.Join(dir, name+suffix), data, 0o600); err != nil {
			tb.Fatal(err)
		}
	}
}

// Run reads the vectors in a folder. It returns what the program says, and fails the test on any
// difference.
func Run(tb testing.TB, dir string) string {
	tb.Helper()
	return RunProgram(tb, dir, "vectors.py", dir)
}

// RunProgram runs a program of clients/python with the modules of a folder, and returns what it
// prints. A warning is an error.
func RunProgram(tb testing.TB, modules, name string, args ...string) string {
	tb.Helper()
	args = append([]string{"-W", "error", "../clients/python/" + name}, args...)
	cmd := exec.CommandContext(tb.Context(), Python, args...)
	cmd.Env = append(os.Environ(), "PYTHONDONTWRITEBYTECODE=1", "PYTHONPATH="+modules)
	out, err := cmd.CombinedOutput()
	if err != nil {
		tb.Fatalf("%s (see .ci/run for what it needs): %v\n%s", name, err, out)
	}
	return string(out)
}
