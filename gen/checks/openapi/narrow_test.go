//go:build tools

package openapi

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/checks/internal/program"
)

// A narrowing is what a document says of its union: where the code is, and the members beside it of
// each code.
type narrowing struct {
	path    []string // to the code
	codes   []string // as TypeScript literals, sorted
	members map[string][]string
}

// schemaNode is as much of a schema as tells where constants are.
type schemaNode struct {
	Ref        string                `json:"$ref"`
	Const      json.RawMessage       `json:"const"`
	OneOf      []schemaNode          `json:"oneOf"`
	AnyOf      []schemaNode          `json:"anyOf"`
	Properties map[string]schemaNode `json:"properties"`
}

// narrowingOf reads a union from the outside: the path on which every alternative has a constant of
// its own. It returns nil if the document has no union.
func narrowingOf(t *testing.T, document []byte) *narrowing {
	t.Helper()
	var doc struct {
		Components struct{ Schemas map[string]schemaNode }
	}
	if err := json.Unmarshal(document, &doc); err != nil {
		t.Fatal(err)
	}
	union, ok := doc.Components.Schemas["ErrorUnion"]
	if !ok {
		return nil
	}
	var bodies []schemaNode
	alternatives := slices.Concat(union.OneOf, union.AnyOf)
	if union.Ref != "" {
		alternatives = []schemaNode{union} // of one code
	}
	for _, alternative := range alternatives {
		bodies = append(bodies,
			doc.Components.Schemas[strings.TrimPrefix(alternative.Ref, "#/components/schemas/")])
	}
	for _, path := range paths(bodies[0], nil) {
		n := narrowing{path: path, members: map[string][]string{}}
		for _, body := range bodies {
			holder := body
			for _, name := range path[:len(path)-1] {
				holder = holder.Properties[name]
			}
			code := string(holder.Properties[path[len(path)-1]].Const)
			if code != "" {
				n.members[code] = slices.Collect(maps.Keys(holder.Properties))
			}
		}
		if len(n.members) == len(bodies) {
			n.codes = slices.Sorted(maps.Keys(n.members))
			return &n
		}
	}
	t.Fatalf("nothing tells the alternatives of the union apart:\n%s", document)
	return nil
}

// paths returns the ways to the constants in a schema.
func paths(s schemaNode, to []string) [][]string {
	var all [][]string
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		way := append(slices.Clone(to), name)
		if s.Properties[name].Const != nil {
			all = append(all, way)
		}
		all = append(all, paths(s.Properties[name], way)...)
	}
	return all
}

// TestOpenAPITypeScript makes types of every document with openapi-typescript. In strict mode, a
// comparison with a code narrows the union to the body of that code: its members can be used, those
// that only other codes have cannot. An unknown code fits Error, and not the union.
func TestOpenAPITypeScript(t *testing.T) {
	dir := t.TempDir()
	unions, refused := 0, 0
	for name, data := range openapiDocuments(t) {
		stem, isJSON := strings.CutSuffix(name, ".json")
		if !isJSON {
			continue
		}
		n := narrowingOf(t, data)
		if n == nil {
			continue
		}
		unions++
		file := filepath.Join(dir, name)
		writeFile(t, file, data)
		program.Run(t, nil, "node_modules/.bin/openapi-typescript", file, "--output",
			filepath.Join(dir, stem+".ts"))
		text, wrong := n.uses(stem)
		refused += wrong
		writeFile(t, filepath.Join(dir, stem+".check.ts"), []byte(text))
	}
	writeFile(t, filepath.Join(dir, "tsconfig.json"), []byte(`{
  "compilerOptions": {"strict": true, "noEmit": true, "module": "esnext", "moduleResolution": "bundler", "target": "es2022", "types": []},
  "include": ["*.ts"]
}`))
	program.Run(t, nil, "node_modules/.bin/tsc", "--project", dir)
	if unions < 10 || refused < 10 {
		t.Errorf("%d unions and %d refused members: want ten of each", unions, refused)
	}
	t.Logf("%d unions, %d refused members", unions, refused)
}

// uses returns a program that narrows by each code, and how many of its lines must be refused.
func (n *narrowing) uses(stem string) (string, int) {
	var text strings.Builder
	fmt.Fprintf(&text, "import type { components } from %q;\n", "./"+stem)
	text.WriteString("type Schemas = components[\"schemas\"];\n")
	holder := ""
	for _, name := range n.path[:len(n.path)-1] {
		holder += fmt.Sprintf("[%q]", name)
	}
	field := func(name string) string { return fmt.Sprintf("e%s[%q]", holder, name) }
	code := field(n.path[len(n.path)-1])
	wrong := 0
	text.WriteString("export function known(e: Schemas[\"ErrorUnion\"]): void {\n")
	for i, literal := range n.codes {
		fmt.Fprintf(&text, "  if (%s === %s) {\n", code, literal)
		fmt.Fprintf(&text, "    const same: %s = %s; void same;\n", literal, code)
		others := map[string]bool{}
		for k, other := range n.codes {
			for _, name := range n.members[other] {
				others[name] = others[name] || k != i
			}
		}
		for _, name := range n.members[literal] {
			fmt.Fprintf(&text, "    void %s;\n", field(name))
			delete(others, name)
		}
		for _, name := range slices.Sorted(maps.Keys(others)) {
			fmt.Fprintf(&text, "    // @ts-expect-error: of another code\n    void %s;\n",
				field(name))
			wrong++
		}
		text.WriteString("  }\n")
	}
	fmt.Fprintf(&text, "  // @ts-expect-error: no such code\n  if (%s === \"NO SUCH CODE\") {}\n}\n",
		code)
	fmt.Fprintf(&text, "export function any(e: Schemas[\"Error\"]): boolean {\n")
	literal := `"NO SUCH CODE"`
	if !strings.HasPrefix(n.codes[0], `"`) {
		literal = "987654321"
	}
	fmt.Fprintf(&text, "  return %s === %s;\n}\n", code, literal)
	return text.String(), wrong
}

func writeFile(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
}
