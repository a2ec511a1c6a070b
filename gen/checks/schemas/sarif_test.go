package schemas

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	_ "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif" // it contains the schema
	santhosh "github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/errspec/errspec/gen/internal/diag"
)

// TestSARIF validates the output of --format sarif with the schema that OASIS published.
func TestSARIF(t *testing.T) {
	validate := sarifSchema(t)
	for _, r := range reports(t) {
		text := printed(t, "sarif", &r.list)
		if err := validate(text); err != nil {
			t.Errorf("%s: %v\n%s", r.name, err, text)
		}
	}
	var list diag.List
	list.Add(diag.Diagnostic{Severity: diag.Error, Rule: "yaml-syntax",
		Span: diag.Span{File: diag.NewFile("f", nil), Line: 1, Col: 1}, Message: "m"})
	text := encode(decode(string(printed(t, "sarif", &list))))
	for old, wrong := range map[string]string{
		`"level":"error","locations"`:      `"level":"fatal","locations"`,
		`"startLine":1`:                    `"startLine":0`,
		`"uri":"f"`:                        `"uri":"%zz"`,
		`"columnKind":"unicodeCodePoints"`: `"columnKind":"bytes"`,
		`"version":"2.1.0"`:                `"version":"2.0.0"`,
		`"name":"errspec"`:                 `"nam":"errspec"`,
	} {
		if strings.Count(text, old) != 1 {
			t.Fatalf("the report holds %s %d times, want once", old, strings.Count(text, old))
		}
		if validate([]byte(strings.Replace(text, old, wrong, 1))) == nil {
			t.Errorf("the schema accepts %s", wrong)
		}
	}
}

// sarifSchema returns a validator for the schema of SARIF 2.1.0 (errata 01). Module go-sarif has
// the schema as a constant and validates its own documents with it; we validate our exact bytes.
func sarifSchema(t *testing.T) validate {
	t.Helper()
	const pkg = "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
	dir, err := exec.CommandContext(t.Context(), "go", "list", "-f", "{{.Dir}}", pkg).Output()
	if err != nil {
		t.Fatalf("go list %s: %v", pkg, err)
	}
	text := constant(t, filepath.Join(strings.TrimSpace(string(dir)), "schema.go"), "schema")
	doc, err := santhosh.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	const id = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
	if got := doc.(map[string]any)["id"]; got != id {
		t.Fatalf("the schema is %v, want %s", got, id)
	}
	compiler := santhosh.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource(id, doc); err != nil {
		t.Fatal(err)
	}
	compiled, err := compiler.Compile(id)
	if err != nil {
		t.Fatal(err)
	}
	return func(text []byte) error {
		v, err := santhosh.UnmarshalJSON(bytes.NewReader(text))
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		return compiled.Validate(v)
	}
}

// constant returns the value of a string constant in a Go file.
func constant(t *testing.T, file, name string) string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	value := ""
	ast.Inspect(f, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Names) != 1 || spec.Names[0].Name != name || len(spec.Values) != 1 {
			return true
		}
		if lit, ok := spec.Values[0].(*ast.BasicLit); ok && lit.Kind == token.STRING {
			value, err = strconv.Unquote(lit.Value)
		}
		return false
	})
	if err != nil || value == "" {
		t.Fatalf("%s has no string constant %s: %v", file, name, err)
	}
	return value
}
