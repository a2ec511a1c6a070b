//go:build slow

package pipeline_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/source"
)

// The Go of every awkward catalog that is accepted compiles, with its tests.
func TestSlowAwkwardGoCompiles(t *testing.T) {
	module := t.TempDir()
	write := func(name, content string) {
		t.Helper()
		name = filepath.Join(module, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("go.mod", "module example.com/awkward\n\ngo 1.24\n")
	packages := 0
	for n, tt := range awkward {
		c, _ := pipeline.Load(source.New("catalog.yaml", []byte(awkwardCatalog(tt.errors)), nil))
		if c == nil {
			continue
		}
		packages++
		for name, content := range generated(t, c, pipeline.Emitters()) {
			if filepath.Ext(name) == ".go" {
				write(fmt.Sprintf("n%d/%s", n, name), content)
			}
		}
	}
	if packages == 0 {
		t.Fatal("no catalog is accepted")
	}
	cmd := exec.CommandContext(t.Context(), "go", "vet", "./...")
	cmd.Dir = module
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("the Go of %d packages does not compile: %v\n%s", packages, err, out)
	}
}
