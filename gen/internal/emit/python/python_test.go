package python_test

import (
	"flag"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/emit/python"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/source"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func load(t *testing.T, path string) *catalog.Catalog {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	c, list := pipeline.Load(source.New(path, data, nil))
	if c == nil {
		t.Fatalf("%s does not load: %+v", path, list.All())
	}
	return c
}

// TestFixedFolder holds that the fixed part stands in its folder as a module of the fixture, which is
// the catalog of the Go package's fixed part, too.
func TestFixedFolder(t *testing.T) {
	const path = "fixed/apierr.py"
	made := python.FixedFor(load(t, "../gocode/fixed/testdata/catalog.yaml"))
	if *update {
		if err := os.WriteFile(path, []byte(made), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(made, string(data)); diff != "" {
		t.Errorf("%s is stale (-want +got); accept with: go test ./gen/internal/emit/python -run FixedFolder -update\n%s", path, diff)
	}
}
