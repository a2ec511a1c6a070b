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
)

// debian is the Python of Debian, whose packages .ci/run installs.
const debian = "/usr/bin/python3"

// pythonModules writes the Python module of every catalog to a folder, and its vectors.
func pythonModules(t *testing.T) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for name, c := range corpus.Everywhere(t) {
		for ext, data := range map[string][]byte{
			".py":   corpus.Emitted(t)(python.Emit(c)),
			".json": corpus.Emitted(t)(vectors.Emit(c)),
		} {
			if err := os.WriteFile(filepath.Join(dir, name+ext), data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	return dir
}

// runPython runs a program of testdata, and returns what it prints.
func runPython(t *testing.T, program string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), debian, append([]string{"testdata/" + program}, args...)...)
	cmd.Env = append(os.Environ(), "PYTHONDONTWRITEBYTECODE=1", "PYTHONWARNINGS=error")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", program, err, out)
	}
	return string(out)
}

// TestVectorsInPython reads the vectors of every catalog with the module made of it, and copies each
// error.
func TestVectorsInPython(t *testing.T) {
	t.Log(runPython(t, "vectors.py", pythonModules(t)))
}
