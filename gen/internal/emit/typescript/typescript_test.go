package typescript_test

import (
	"flag"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/emit/typescript"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/source"
)

var update = flag.Bool("update", false, "rewrite runtime/catalog.ts")

func load(t testing.TB, path string) *catalog.Catalog {
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

// fixture is the catalog of the folder runtime, here and of the Go package.
const fixture = "../gocode/runtime/testdata/catalog.yaml"

// TestRuntimeFolder holds that the runtime is tested with what the emitter makes now.
func TestRuntimeFolder(t *testing.T) {
	const path = "runtime/catalog.ts"
	made := typescript.Fixture(load(t, fixture))
	if *update {
		if err := os.WriteFile(path, made, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(made), string(data)); diff != "" {
		t.Errorf("%s is stale (-want +got); accept with: go test ./gen/internal/emit/typescript -run RuntimeFolder -update\n%s",
			path, diff)
	}
}
