package pipeline_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/gen/internal/emit/gocode"
	"github.com/errspec/errspec/gen/internal/output"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/source"
)

// root is the repository's root folder.
const root = "../../.."

// TestGeneratedIsFresh regenerates the committed files in memory.
func TestGeneratedIsFresh(t *testing.T) {
	c, list := pipeline.Load(repositoryCatalog(t))
	for _, d := range list.All() {
		t.Errorf("catalog.yaml does not lint clean: %s: %s: %s [%s]", d.Span, d.Severity, d.Message,
			d.Rule)
	}
	if c == nil {
		t.FailNow()
	}
	// generated/ has the reference on one page
	emitters := slices.DeleteFunc(pipeline.Emitters(),
		func(e pipeline.Emitter) bool { return e.Name == "pages" })
	wanted := requests(t, emitters, root+"/generated")
	outputs, err := pipeline.Generate(c, wanted,
		pipeline.Options{Go: gocode.Options{Package: layout["go"], Tests: true,
			Import: "github.com/errspec/errspec/generated/apierr"}})
	if err != nil {
		t.Fatal(err)
	}
	plan, err := output.Compare(outputs, nil, false)
	if err != nil {
		t.Fatal(err)
	}
	for i := range plan.Changes {
		change := &plan.Changes[i]
		t.Errorf("%s is %s: run make regen and commit the result\n%s", change.Path, change.State,
			change.Diff())
	}
}

// TestSameCatalogSameBytes loads and emits one catalog many times concurrently, with the outputs in
// different orders.
func TestSameCatalogSameBytes(t *testing.T) {
	forwards := requests(t, pipeline.Emitters(), ".")
	backwards := slices.Clone(forwards)
	slices.Reverse(backwards)
	runs := make([]map[string]string, 8)
	var wg sync.WaitGroup
	for i := range runs {
		wg.Go(func() {
			c, _ := pipeline.Load(repositoryCatalog(t))
			if c == nil {
				t.Error("catalog.yaml has errors")
				return
			}
			wanted := forwards
			if i%2 == 1 {
				wanted = backwards
			}
			outputs, err := pipeline.Generate(c, wanted,
				pipeline.Options{Go: gocode.Options{Package: layout["go"], Tests: true,
					Import: "github.com/errspec/errspec/generated/apierr"}})
			if err != nil {
				t.Error(err)
			}
			runs[i] = contents(outputs)
		})
	}
	wg.Wait()
	for i, run := range runs[1:] {
		if diff := cmp.Diff(runs[0], run); diff != "" {
			t.Errorf("run %d differs from the first (-first +run):\n%s", i+1, diff)
		}
	}
}

// TestEmittersLeaveTheCatalogAlone emits one catalog in two orders: if an emitter changed it, the
// next would differ.
func TestEmittersLeaveTheCatalogAlone(t *testing.T) {
	c, _ := pipeline.Load(repositoryCatalog(t))
	if c == nil {
		t.Fatal("catalog.yaml has errors")
	}
	emitters := pipeline.Emitters()
	first := map[string]string{}
	for _, e := range emitters { // one after another: an output may link to the others of its run
		maps.Copy(first, generated(t, c, []pipeline.Emitter{e}))
	}
	slices.Reverse(emitters)
	for _, e := range emitters {
		for name, content := range generated(t, c, []pipeline.Emitter{e}) {
			if diff := cmp.Diff(first[name], content); diff != "" {
				t.Errorf("%s differs when it is made again (-first +again):\n%s", name, diff)
			}
		}
	}
}

func TestEveryOutputCarriesItsMark(t *testing.T) {
	c, _ := pipeline.Load(repositoryCatalog(t))
	if c == nil {
		t.Fatal("catalog.yaml has errors")
	}
	for _, e := range pipeline.Emitters() {
		files, err := e.Emit(c, pipeline.Options{Go: gocode.Options{Package: "apierr",
			Tests: true}})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if !e.Mark.In(f.Data) {
				t.Errorf("--%s writes %q without its header line, so it would never overwrite it",
					e.Name,
					f.Path)
			}
		}
	}
}

func repositoryCatalog(t testing.TB) *source.Source {
	data, err := os.ReadFile(root + "/catalog.yaml")
	if err != nil {
		t.Error(err)
	}
	return source.New("catalog.yaml", data, os.DirFS(root))
}

// TestOutputsBesideEachOther: an output knows which others are published with it, in any order.
func TestOutputsBesideEachOther(t *testing.T) {
	c, _ := pipeline.Load(repositoryCatalog(t))
	if c == nil {
		t.Fatal("catalog.yaml has errors")
	}
	var got []emit.Beside
	spy := pipeline.Emitter{Name: "markdown",
		Emit: func(_ *catalog.Catalog, o pipeline.Options) ([]emit.File, error) {
			got = o.Beside
			return nil, nil
		}}
	other := func(name string) pipeline.Emitter {
		return pipeline.Emitter{Name: name, Emit: func(*catalog.Catalog,
			pipeline.Options) ([]emit.File, error) {
			return nil, nil
		}}
	}
	wanted := []pipeline.Request{
		{Emitter: spy, Path: "docs/errors.md"},
		{Emitter: other("schema"), Path: "docs/data/errors.schema.json"},
		{Emitter: other("json"), Path: "docs/../docs/errors.json"},
		{Emitter: other("go"), Path: "apierr"},
		{Emitter: other("openapi"), Path: filepath.Join(t.TempDir(), "openapi.yaml")},
	}
	want := []emit.Beside{{Name: "json", Path: "errors.json"},
		{Name: "schema", Path: "data/errors.schema.json"}}
	for range wanted {
		if _, err := pipeline.Generate(c, wanted, pipeline.Options{}); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("beside docs/errors.md (-want +got):\n%s", diff)
		}
		wanted = append(wanted[1:], wanted[0])
	}
}

// TestAllDiagnosticsOfEmittersAreKept: mistakes in files given with the options are reported for
// all outputs at once.
func TestAllDiagnosticsOfEmittersAreKept(t *testing.T) {
	finder := func(name string) pipeline.Request {
		return pipeline.Request{Emitter: pipeline.Emitter{Name: name,
			Emit: func(*catalog.Catalog, pipeline.Options) ([]emit.File, error) {
				var list diag.List
				list.Add(diag.Diagnostic{Severity: diag.Error, Message: "found by " + name})
				return nil, list.Err()
			}}}
	}
	_, err := pipeline.Generate(&catalog.Catalog{}, []pipeline.Request{finder("a"), finder("b")},
		pipeline.Options{})
	var list diag.List
	if err := list.Take(err); err != nil {
		t.Fatal(err)
	}
	if got := list.Len(); got != 2 {
		t.Errorf("%d diagnostics, want 2: %v", got, list.All())
	}
}
