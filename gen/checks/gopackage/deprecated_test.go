package gopackage

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/internal/emit/gocode"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/source"
)

const deprecatedCatalog = `version: 1
title: Errors
groups:
  - id: files
    title: Files
    errors:
      - code: FILE_GONE
        status: 410
        message: The file is gone
        resolution: Upload it again.
        deprecated: {since: "2.0", use: NO_FILE, note: It says too little.}
      - code: NO_FILE
        status: 404
        resolution: Upload it again.
        variants:
          - {id: never, message: There was never such a file}
          - {id: gone, message: The file was removed}
      - {code: INTERNAL_ERROR, status: 500, message: Internal server error, resolution: Report it.}
`

const deprecatedUse = `package use

import (
	"errors"

	"example.com/use/apierr"
)

func gone() error { return apierr.NewFileGone() }

func isGone(err error) bool {
	var e *apierr.FileGoneError
	return errors.As(err, &e) || errors.Is(err, apierr.CodeFileGone)
}

func isMissing(err error) bool {
	var e *apierr.NoFileError
	return errors.As(err, &e) || errors.Is(err, apierr.VariantNoFileNever)
}

var _ = []any{gone, isGone, isMissing, apierr.NewNoFileGone()}
`

// TestDeprecatedCodesAreReported runs staticcheck on a caller of a deprecated code. It reports each
// of the code's names with the code to use instead, and nothing else.
func TestDeprecatedCodesAreReported(t *testing.T) {
	c, list := pipeline.Load(source.New("catalog.yaml", []byte(deprecatedCatalog), nil))
	if c == nil {
		t.Fatal(list.All())
	}
	files, err := gocode.Emit(c, gocode.Options{Package: "apierr"})
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	write := func(name string, data []byte) {
		t.Helper()
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("go.mod", []byte("module example.com/use\n\ngo 1.24\n"))
	write("use.go", []byte(deprecatedUse))
	for _, f := range files {
		write(filepath.Join("apierr", f.Path), f.Data)
	}
	makefile, err := os.ReadFile("../../../Makefile")
	if err != nil {
		t.Fatal(err)
	}
	// it contains staticcheck, pinned and already built
	linter := regexp.MustCompile(`github\.com/golangci/\S+@v\S+`).Find(makefile)
	if linter == nil {
		t.Fatal("the Makefile does not pin golangci-lint")
	}
	cmd := exec.CommandContext(t.Context(), "go", "run", string(linter), "run",
		"--allow-parallel-runners", "--default=none", "--enable=staticcheck",
		"--output.text.colors=false", ".")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOFLAGS=", "GOWORK=off")
	out, err := cmd.CombinedOutput()
	if err == nil {
		t.Error("staticcheck reports nothing")
	}
	for _, name := range []string{"apierr.NewFileGone", "apierr.FileGoneError",
		"apierr.CodeFileGone"} {
		if !strings.Contains(string(out), "SA1019: example.com/use/"+name+
			" is deprecated: since 2.0. Use [CodeNoFile]. It says too little.") {
			t.Errorf("staticcheck does not report %s with the code to use instead", name)
		}
	}
	if n := strings.Count(string(out), "use.go:"); n != 3 {
		t.Errorf("staticcheck reports %d uses, want 3", n)
	}
	if t.Failed() {
		t.Logf("staticcheck says\n%s", out)
	}
}
