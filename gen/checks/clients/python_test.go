//go:build tools

package clients

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/errspec/errspec/gen/checks/internal/corpus"
	"github.com/errspec/errspec/gen/internal/emit/python"
	"github.com/errspec/errspec/gen/internal/emit/vectors"
	"github.com/errspec/errspec/gen/internal/pipeline"
)

// debian is the Python of Debian, whose packages .ci/run installs.
const debian = "/usr/bin/python3"

// pythonModules writes the Python module of every catalog to a folder, and its vectors.
func pythonModules(t *testing.T) (dir string) {
	t.Helper()
	dir = t.TempDir()
	catalogs := corpus.Everywhere(t)
	c, list := pipeline.Load(corpus.Open(t, "testdata/names.yaml"))
	if c == nil {
		t.Fatalf("names.yaml: %+v", list.All())
	}
	catalogs["names"] = c
	for name, c := range catalogs {
		write(t, filepath.Join(dir, name+".py"), corpus.Emitted(t)(python.Emit(c)))
		write(t, filepath.Join(dir, name+".json"), corpus.Emitted(t)(vectors.Emit(c)))
	}
	return dir
}

// runPython runs a program of the folder python with the modules of a folder, and returns what it
// prints.
func runPython(t *testing.T, modules, name string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), debian, append([]string{"-W", "error", "python/" + name}, args...)...)
	cmd.Env = append(os.Environ(), "PYTHONDONTWRITEBYTECODE=1", "PYTHONPATH="+modules)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s (see .ci/run for what it needs): %v\n%s", name, err, out)
	}
	return string(out)
}

// TestVectorsInPython reads the vectors of every catalog with the module made of it, and copies each
// error.
func TestVectorsInPython(t *testing.T) {
	dir := pythonModules(t)
	t.Log(runPython(t, dir, "vectors.py", dir))
}

// TestPython calls servers with requests, httpx, urllib and urllib3, also in coroutines, and tries
// names, copies and bodies of every kind.
func TestPython(t *testing.T) { runPython(t, pythonModules(t), "test_client.py") }
