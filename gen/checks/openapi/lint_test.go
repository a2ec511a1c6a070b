//go:build tools

package openapi

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/errspec/errspec/gen/checks/internal/program"
)

// TestOpenAPILinters runs Redocly and Spectral. They report no errors and no warnings for our
// documents or for one that refers to ours.
func TestOpenAPILinters(t *testing.T) {
	dir := t.TempDir()
	files := []string{filepath.Join(dir, "api.yaml")}
	copyFile(t, "testdata/api.yaml", files[0])
	copyFile(t, "../../../generated/openapi.yaml", filepath.Join(dir, "errors.yaml"))
	for name, data := range openapiDocuments(t) {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}

	words := program.Run(t, nil, append([]string{"node_modules/.bin/redocly", "lint", "--config",
		"redocly.yaml", "--format", "json"}, files...)...)
	dec := json.NewDecoder(bytes.NewReader(words)) // one report per file
	for range files {
		var report struct {
			Totals struct{ Errors, Warnings, Ignored int }
		}
		if err := dec.Decode(&report); err != nil {
			t.Fatalf("%v\n%s", err, words)
		}
		if report.Totals.Errors+report.Totals.Warnings+report.Totals.Ignored > 0 {
			t.Errorf("Redocly reports:\n%s", words)
		}
	}

	program.Run(t, nil, append([]string{"node_modules/.bin/spectral", "lint", "--ruleset",
		"spectral.yaml", "--fail-severity", "hint"}, files...)...)
	t.Logf("%d documents without an error or a warning", len(files))
}

// TestOpenAPILintersFind proves that the linters find mistakes.
func TestOpenAPILintersFind(t *testing.T) {
	file := filepath.Join(t.TempDir(), "wrong.yaml")
	const wrong = `{openapi: 3.1.0, info: {title: T, version: "1", description: D}, components: {schemas: {"not a key": {type: strnig}}}}`
	if err := os.WriteFile(file, []byte(wrong), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, linter := range [][]string{
		{"node_modules/.bin/redocly", "lint", "--config", "redocly.yaml", file},
		{"node_modules/.bin/spectral", "lint", "--ruleset", "spectral.yaml", "--fail-severity",
			"hint", file},
	} {
		if !program.Fails(t, linter...) {
			t.Errorf("%v reports nothing in\n%s", linter, wrong)
		}
	}
}
