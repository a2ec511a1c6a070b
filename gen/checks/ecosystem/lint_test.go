//go:build tools

package ecosystem

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The same version as in make lint, so that it is built once.
const golangciLint = "github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0"

// What a downstream repository lints: its own code, and generated code as if it were handwritten.
var downstream = map[string]string{
	"go.mod": "module downstream.test\n\ngo 1.25\n",
	".golangci.yml": `version: "2"
linters:
  default: standard
  enable: [bodyclose, dupword, errorlint, gocritic, misspell, nilerr, predeclared, revive, unconvert, unparam, wastedassign, whitespace]
  exclusions: {generated: disable}
`,
	"catalog.yaml": `version: 1
title: Downstream
groups:
  - id: all
    title: All
    errors:
      - {code: INTERNAL, status: 500, message: Internal error}
      - code: LIMIT
        status: 429
        params:
          kind: {type: string, enum: [day, month]}
          wait: {type: duration}
          hint: {type: string, optional: true}
        message: "The limit of this ${kind} is reached. Retry in ${wait}."
        headers: {Retry-After: "${wait}"}
        retry: {strategy: constant, base: 1s}
      - {code: OLD, status: 400, message: Old, deprecated: {since: "2.0", use: LIMIT, note: There is one now.}}
`,
	"use.go": `// Package downstream returns an error that its catalog has deprecated.
package downstream

import (
	"errors"

	"downstream.test/apierr"
)

// Fail fails.
func Fail() error { return apierr.NewOld() }

// IsOld reports whether err is the deprecated error.
func IsOld(err error) bool { return errors.Is(err, apierr.CodeOld) }
`,
}

// golangci-lint reports nothing in a generated package, and staticcheck reports every use of a
// deprecated code.
func TestLint(t *testing.T) {
	dir := t.TempDir()
	for name, text := range downstream {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	generate := exec.CommandContext(t.Context(), "go", "-C", "../../..", "run", "./gen/errspec",
		"generate", filepath.Join(dir, "catalog.yaml"), "--go", filepath.Join(dir, "apierr"))
	if out, err := generate.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	lint := exec.CommandContext(t.Context(), "go", "run", golangciLint, "run",
		"--allow-parallel-runners", "--output.text.print-issued-lines=false", "./...")
	lint.Dir = dir
	lint.Stderr = os.Stderr
	out, err := lint.Output()
	if err == nil {
		t.Fatal("golangci-lint does not report the deprecated code")
	}
	var deprecated []string
	for line := range strings.Lines(string(out)) {
		switch {
		case strings.HasPrefix(line, "use.go:") && strings.Contains(line, "SA1019"):
			deprecated = append(deprecated, line)
		case strings.Contains(line, ".go:"):
			t.Errorf("golangci-lint finds %s", line)
		}
	}
	for _, want := range []string{
		"apierr.NewOld is deprecated: since 2.0. Use [CodeLimit]. There is one now.",
		"apierr.CodeOld is deprecated",
	} {
		if !strings.Contains(strings.Join(deprecated, ""), want) {
			t.Errorf("staticcheck reports %q; want %q in\n%s", deprecated, want, out)
		}
	}
}
