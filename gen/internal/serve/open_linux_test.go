package serve_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/errspec/errspec/gen/internal/serve"
)

// Loading a catalog again and again leaves no file open.
func TestLoadingLeavesNothingOpen(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "catalog.yaml")
	for name, content := range map[string]string{path: root + "include: [part.yaml]\n",
		filepath.Join(dir, "part.yaml"): "retired: [{code: GONE}]\n"} {
		if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	open := func() int {
		entries, err := os.ReadDir("/proc/self/fd")
		if err != nil {
			t.Fatal(err)
		}
		return len(entries)
	}
	p := serve.New(path)
	before := open()
	for range 20 {
		if r, err := p.Load(t.Context()); err != nil || r.Catalog == nil {
			t.Fatalf("the catalog is %v: %v, %v", r.Catalog, err, r.Diagnostics.All())
		}
	}
	if after := open(); after >= before+20 {
		t.Errorf("20 loads left %d files open", after-before)
	}
}
