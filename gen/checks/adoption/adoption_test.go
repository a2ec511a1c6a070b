// Package adoption moves public APIs onto the format, each with a catalog, and holds the generated
// package and the schemas to bodies that the API really sends: they are written as they are, and
// read back as the errors that they were.
package adoption

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	santhosh "github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/errspec/errspec/gen/checks/internal/govectors"
	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/emit/gocode"
	"github.com/errspec/errspec/gen/internal/emit/schema"
	"github.com/errspec/errspec/gen/internal/emit/vectors"
	"github.com/errspec/errspec/gen/internal/encode"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/source"
)

// A response is one that the API sends. Body is "" if it has none.
type response struct {
	Name    string
	Status  int
	Headers map[string]string
	Body    json.RawMessage
}

// Each folder of testdata is an API: its catalog, responses as they were seen, and, in Go, the
// errors that should make them.
func TestAPIs(t *testing.T) {
	dirs, err := filepath.Glob("testdata/*/catalog.yaml")
	if err != nil || len(dirs) == 0 {
		t.Fatalf("no API is there: %v", err)
	}
	module := t.TempDir()
	write(t, module, "go.mod", []byte("module adoption.test\n\ngo 1.24\n"))
	write(t, module, "judge/judge.go", govectors.Judge)
	for _, file := range dirs {
		api := filepath.Base(filepath.Dir(file))
		t.Run(api, func(t *testing.T) {
			c := load(t, file)
			files, err := gocode.Emit(c, gocode.Options{Package: api, Tests: true})
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range files {
				write(t, module, api+"/"+f.Path, f.Data)
			}
			seen := read(t, "testdata", api, "bodies.json")
			write(t, module, api+"/bodies.json", seen)
			for _, f := range govectors.Bridge(api, files) {
				write(t, module, api+"/"+f.Path, f.Data)
			}
			verdicts := vectors.Verdicts(c, vectorsOf(t, c, api))
			write(t, module, api+"/verdicts.json", encode.JSON(verdicts))
			write(t, module, api+"/made_test.go", read(t, "testdata", api, "made.go.txt"))
			write(t, module, api+"/adoption_test.go",
				bytes.Replace(read(t, "testdata", "adoption_test.go.txt"),
					[]byte("package adoption"), []byte("package "+api), 1))
			var responses []response
			if err := json.Unmarshal(seen, &responses); err != nil {
				t.Fatal(err)
			}
			var mistakes []json.RawMessage
			if err := json.Unmarshal(read(t, "testdata", api, "mistakes.json"), &mistakes); err != nil {
				t.Fatal(err)
			}
			holdSchemas(t, c, responses, mistakes)
		})
	}
	cmd := exec.CommandContext(t.Context(), "go", "test", "-vet=all", "-trimpath", "./...")
	cmd.Dir = module
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off", "GOWORK=off")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("go test: %v\n%s", err, out)
	}
}

// holdSchemas validates the bodies with both schemas, and mistakes that they must not accept.
func holdSchemas(
	t *testing.T, c *catalog.Catalog, responses []response, mistakes []json.RawMessage,
) {
	t.Helper()
	for name, codes := range map[string]schema.Codes{
		"strict": schema.KnownCodes, "lenient": schema.AnyCode,
	} {
		valid := compiled(t, schema.Document(c, codes))
		for _, r := range responses {
			if string(r.Body) == `""` {
				continue
			}
			if err := valid(r.Body); err != nil {
				t.Errorf("%s: the %s schema rejects what the API sends: %v\n%s", r.Name, name, err, r.Body)
			}
			for _, wrong := range mistakes {
				if valid(wrong) == nil {
					t.Errorf("the %s schema accepts %s", name, wrong)
				}
			}
			if valid([]byte(`[]`)) == nil ||
				valid([]byte(`{"upstream": "timeout"}`)) == nil && (name == "strict" || sharesMember(c)) {
				t.Errorf("the %s schema accepts any JSON", name)
			}
		}
	}
}

// sharesMember reports whether the body is a list, or each body has some member: a new code would
// have it, too.
func sharesMember(c *catalog.Catalog) bool {
	public := slices.Collect(c.Public())
	return c.Envelope.Body.Kind != catalog.NodeObject ||
		slices.ContainsFunc(c.Envelope.Body.Members, func(m catalog.Member) bool {
			return c.Presence(&m.Node, public) == catalog.Always
		})
}

// vectorsOf returns the responses of an API as vectors without verdicts.
func vectorsOf(t *testing.T, c *catalog.Catalog, api string) []vectors.Vector {
	t.Helper()
	var responses []response
	if err := json.Unmarshal(read(t, "testdata", api, "bodies.json"), &responses); err != nil {
		t.Fatal(err)
	}
	all := make([]vectors.Vector, len(responses))
	for i, r := range responses {
		headers := encode.Object{{Name: "Content-Type", Value: c.Envelope.MediaType}}
		for _, name := range slices.Sorted(maps.Keys(r.Headers)) {
			headers = append(headers, encode.Member{Name: name, Value: r.Headers[name]})
		}
		all[i] = vectors.Vector{
			Name: r.Name, Response: vectors.Response{Status: r.Status, Headers: headers},
		}
		if text := string(r.Body); text != `""` {
			all[i].Response.Body = &text
		}
	}
	return all
}

func compiled(t *testing.T, document []byte) func(json.RawMessage) error {
	t.Helper()
	doc, err := santhosh.UnmarshalJSON(bytes.NewReader(document))
	if err != nil {
		t.Fatal(err)
	}
	compiler := santhosh.NewCompiler()
	if err := compiler.AddResource("schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := compiler.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return func(body json.RawMessage) error {
		instance, err := santhosh.UnmarshalJSON(bytes.NewReader(body))
		if err != nil {
			return err
		}
		return s.Validate(instance)
	}
}

func load(t *testing.T, file string) *catalog.Catalog {
	t.Helper()
	c, list := pipeline.Load(source.New("catalog.yaml", read(t, file), nil))
	for _, d := range list.All() {
		t.Errorf("%s:%d:%d: %v: %s [%s]", file, d.Span.Line, d.Span.Col, d.Severity, d.Message, d.Rule)
	}
	if c == nil {
		t.FailNow()
	}
	return c
}

func read(t *testing.T, elem ...string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(elem...))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func write(t *testing.T, dir, path string, data []byte) {
	t.Helper()
	path = filepath.Join(dir, filepath.FromSlash(path))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
}
