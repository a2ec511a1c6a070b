package pyvectors

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/errspec/errspec/gen/checks/internal/program"
)

// pyright is a program that npm installs.
const pyright = "../clients/python/node_modules/.bin/pyright"

// CheckTypes checks modules in a folder with mypy and pyright, both as strict as they can be, for
// the oldest Python and for newer ones.
func CheckTypes(tb testing.TB, dir string, files ...string) {
	tb.Helper()
	for _, version := range []string{"3.10", "3.12"} {
		Mypy(tb, version, files...)
	}
	for _, version := range []string{"3.10", "3.13"} {
		Pyright(tb, dir, version, files...)
	}
}

// Mypy fails the test if mypy finds anything in modules, in its strict mode.
func Mypy(tb testing.TB, version string, files ...string) {
	tb.Helper()
	args := []string{
		Python, "-m", "mypy", "--strict", "--cache-dir", tb.TempDir(), "--python-version", version,
	}
	program.Run(tb, nil, append(args, files...)...)
}

// Pyright fails the test if pyright finds anything in modules of a folder, in its strict mode.
func Pyright(tb testing.TB, dir, version string, files ...string) {
	tb.Helper()
	if found := PyrightSays(tb, dir, version, files...); len(found) > 0 {
		tb.Errorf("Python %s: pyright finds %d mistakes, first %+v", version, len(found), found[0])
	}
}

// A Diagnostic is one of pyright's.
type Diagnostic struct {
	File, Message string
	Range         struct{ Start struct{ Line int } }
}

// PyrightSays returns what pyright finds in files of a folder, in its strict mode.
func PyrightSays(tb testing.TB, dir, version string, files ...string) []Diagnostic {
	tb.Helper()
	names := make([]string, len(files))
	for i, file := range files {
		names[i] = filepath.Base(file)
	}
	settings, err := json.Marshal(map[string]any{
		"typeCheckingMode": "strict", "pythonVersion": version, "include": names,
	})
	if err != nil {
		tb.Fatal(err)
	}
	config := filepath.Join(dir, "pyrightconfig.json")
	if err := os.WriteFile(config, settings, 0o600); err != nil {
		tb.Fatal(err)
	}
	cmd := exec.CommandContext(tb.Context(), pyright,
		"--outputjson", "--pythonpath", Python, "--project", config)
	out, err := cmd.Output()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		tb.Fatalf("%v (see .ci/run for what it needs)", err)
	}
	var report struct {
		GeneralDiagnostics []Diagnostic
		Summary            struct{ FilesAnalyzed int }
	}
	if err := json.Unmarshal(out, &report); err != nil || report.Summary.FilesAnalyzed < len(files) {
		tb.Fatalf("pyright analyzes %d of %d files, %v\n%s",
			report.Summary.FilesAnalyzed, len(files), err, out)
	}
	return report.GeneralDiagnostics
}
