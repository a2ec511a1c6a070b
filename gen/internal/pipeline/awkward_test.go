package pipeline_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	gmast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/source"
)

// Input on which similar generators have failed: they silently lost a code, emitted Go that does
// not compile, or ran text as code. Each is either an error with a position and help, or correct in
// every output.
var awkward = []struct {
	input   string
	errors  string   // entries of the group, from line 8 on
	refused []string // diagnostics, as line:col rule; nil if there are none
	texts   []string // texts that must be in the Go and in errors.json, unchanged
}{
	{
		input:  "description with a newline",
		errors: `- {code: A1, status: 400, message: m, resolution: r, description: "First.\nSecond."}`,
		texts:  []string{"First.\nSecond."},
	},
	{
		input:  "description whose second line is Go",
		errors: `- {code: A1, status: 400, message: m, resolution: r, description: "First.\nfunc init() { println(\"out\") }"}`,
		texts:  []string{"First.\nfunc init() { println(\"out\") }"},
	},
	{
		input:  "description with a newline and the end of a comment",
		errors: `- {code: A1, status: 400, message: "m */", resolution: "r */", description: "First.\n*/ func init() {} /*\nThird."}`,
		texts:  []string{"m */", "r */", "First.\n*/ func init() {} /*\nThird."},
	},
	{
		input: "duplicate code",
		errors: "- {code: A1, status: 400, message: m, resolution: r}\n" +
			"- {code: A1, status: 404, message: n, resolution: r}",
		refused: []string{"10:16 duplicate-code"},
	},
	{
		input: "duplicate numeric code",
		errors: "- {code: 1001, status: 400, message: m, resolution: r}\n" +
			"- {code: \"1001\", status: 404, message: n, resolution: r}",
		refused: []string{"10:16 duplicate-code"},
	},
	{
		input: "names that meet in CamelCase",
		errors: "- {code: order_not_found, status: 400, message: m, resolution: r}\n" +
			"- {code: order-not-found, status: 404, message: n, resolution: r}",
		texts: []string{"order_not_found", "order-not-found"},
	},
	{
		input:  "params named type and range",
		errors: `- {code: A1, status: 400, message: "${type} in ${range}", resolution: r, params: {type: {type: string}, range: {type: int}}}`,
	},
	{
		input:  "params named err, fmt, string and ctx",
		errors: `- {code: A1, status: 400, message: "${err}, ${fmt}, ${string}, ${ctx}", resolution: r, params: {err: {type: string}, fmt: {type: string}, string: {type: string}, ctx: {type: string}}}`,
	},
	{
		input:  "params named code, message, error, stack and cause",
		errors: `- {code: A1, status: 400, message: "${code}, ${message}, ${error}, ${stack}, ${cause}", resolution: r, params: {code: {type: string}, message: {type: string}, error: {type: string}, stack: {type: string}, cause: {type: string}}}`,
	},
	{
		input:  "param with a hyphen",
		errors: `- {code: A1, status: 400, message: "No ${order-id}", resolution: r, params: {order-id: {type: string}}}`,
	},
	{
		input:  "code that begins with a digit",
		errors: `- {code: 2F003, status: 400, message: Prohibited, resolution: r}`,
		texts:  []string{"2F003"},
	},
	{
		input:   "placeholder that is not declared",
		errors:  `- {code: A1, status: 400, message: "Order ${nope} is gone", resolution: r}`,
		refused: []string{"9:49 param-undeclared"},
	},
	{
		input:  "quote and backslash in a message",
		errors: `- {code: A1, status: 400, message: 'A "quote" and a \ and C:\new', resolution: r}`,
		texts:  []string{`A "quote" and a \ and C:\new`},
	},
	{
		input:  "newline in a message",
		errors: `- {code: A1, status: 400, message: "Two\nlines", resolution: r}`,
		texts:  []string{"Two\nlines"},
	},
	{
		input: "message that begins with no capital of English",
		errors: "- {code: A1, status: 400, message: écrit en minuscules, resolution: r}\n" +
			"- {code: A2, status: 400, message: Ошибка, resolution: r}",
		texts: []string{"écrit en minuscules", "Ошибка"},
	},
	{
		input:   "status 999",
		errors:  `- {code: A1, status: 999, message: m, resolution: r}`,
		refused: []string{"9:28 status-range"},
	},
	{
		input: "pipe in a table of Markdown",
		errors: `- {code: A1, status: 400, message: "a | b", title: "c | d", resolution: "e | f, and ` +
			"`g | h`" + `"}`,
		texts: []string{"a | b", "c | d", "e | f, and `g | h`"},
	},
	{
		input:   "typo in a key",
		errors:  `- {code: A1, http_cod: 400, message: m, descripton: d, resolution: r}`,
		refused: []string{"9:9 missing-key", "9:20 unknown-key", "9:47 unknown-key"},
	},
	{
		input:   "type that does not exist",
		errors:  `- {code: A1, status: 400, message: "m ${p}", resolution: r, params: {p: {type: strnig}}}`,
		refused: []string{"9:86 param-type"},
	},
	{
		input:  "messages that are formats, templates or markup",
		errors: "- {code: A1, status: 400, message: \"%d %s {x} {{x}} `y` </script> $$z\", resolution: r}",
		texts:  []string{"%d %s {x} {{x}} `y` </script> $z"},
	},
	{
		input: "codes that are keywords, paths, or numbers for YAML",
		errors: "- {code: type, status: 400, message: m, resolution: r}\n" +
			"- {code: auth/invalid-email, status: 400, message: m, resolution: r}\n" +
			"- {code: 0x1F, status: 400, message: m, resolution: r}\n" +
			"- {code: NO, status: 400, message: m, resolution: r}",
		texts: []string{"type", "auth/invalid-email", "0x1F", "NO"},
	},
}

func TestAwkwardInput(t *testing.T) {
	for _, tt := range awkward {
		t.Run(tt.input, func(t *testing.T) {
			c, list := pipeline.Load(source.New("catalog.yaml", []byte(awkwardCatalog(tt.errors)), nil))
			var refused []string
			for _, d := range list.All() {
				if d.Severity == diag.Error {
					refused = append(refused, fmt.Sprintf("%d:%d %s", d.Span.Line, d.Span.Col,
						d.Rule))
				}
			}
			if diff := cmp.Diff(tt.refused, refused); diff != "" {
				t.Fatalf("errors (-want +got):\n%s", diff)
			}
			if c == nil {
				return
			}
			files := generated(t, c, ofCatalogs())
			literals := goodGo(t, files)
			data := jsonTexts(t, files["errors.json"])
			for _, text := range tt.texts {
				if !slices.Contains(literals, text) {
					t.Errorf("no string of the Go package is %q", text)
				}
				if !slices.Contains(data, text) {
					t.Errorf("no string of errors.json is %q", text)
				}
			}
			evenTables(t, files["errors.md"])
		})
	}
}

// awkwardCatalog returns a catalog with the errors of one group, and with one for a status 500.
func awkwardCatalog(errors string) string {
	const head = "version: 1\ntitle: Errors\nenvelope: nested\nlint: {code_pattern: .}\n" +
		"groups:\n  - id: g\n    title: G\n    errors:\n"
	return head + indented(errors) +
		indented("- {code: INTERNAL_ERROR, status: 500, message: Internal, resolution: r}")
}

func indented(lines string) string {
	return "      " + strings.ReplaceAll(lines, "\n", "\n      ") + "\n"
}

// Missing files generate nothing: a glob that matches no file is an error, not a catalog without
// codes.
func TestAwkwardInputNoFiles(t *testing.T) {
	c, list := pipeline.Load(source.New("catalog.yaml",
		[]byte("version: 1\ntitle: Errors\ngroups: []\ninclude: [errors/*.yml]\n"),
		fstest.MapFS{"errors/all.yaml": {Data: []byte("groups: []\n")}}))
	if c != nil || len(list.All()) != 1 || list.All()[0].Rule != "include-missing" {
		t.Errorf("catalog %v, diagnostics %v: want only include-missing, and no catalog", c,
			list.All())
	}
}

// goodGo fails if the Go among the files has wrong syntax, is not formatted, or has an init
// function. TestSlowAwkwardGoCompiles compiles it. It returns the values of all string literals.
func goodGo(t *testing.T, files map[string]string) []string {
	t.Helper()
	var literals []string
	for name, content := range files {
		if path.Ext(name) != ".go" {
			continue
		}
		wellFormed(t, name, content)
		f, err := parser.ParseFile(token.NewFileSet(), name, content, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if s, err := strconv.Unquote(lit.Value); err == nil {
					literals = append(literals, s)
				}
			}
			return true
		})
	}
	return literals
}

// jsonTexts returns all strings in a JSON document.
func jsonTexts(t *testing.T, doc string) []string {
	t.Helper()
	var all []string
	d := json.NewDecoder(strings.NewReader(doc))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		if s, ok := token.(string); ok {
			all = append(all, s)
		}
	}
}

// evenTables fails if a row of a table has more or fewer cells than the head, as an unescaped pipe
// in a text would cause. goldmark drops surplus cells, so the function counts them in the source,
// where pipes of texts are escaped.
func evenTables(t *testing.T, page string) {
	t.Helper()
	src := []byte(page)
	doc := goldmark.New(goldmark.WithExtensions(extension.Table)).Parser().
		Parse(text.NewReader(src))
	tables := 0
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		if n.Kind() != gmast.KindTable {
			continue
		}
		tables++
		columns := n.(*gmast.Table).Alignments
		for row := n.FirstChild(); row != nil; row = row.NextSibling() {
			cell := row.FirstChild()
			for cell != nil && cell.Lines().Len() == 0 {
				cell = cell.NextSibling()
			}
			if cell == nil {
				continue
			}
			at := cell.Lines().At(0).Start
			line := src[bytes.LastIndexByte(src[:at], '\n')+1:]
			line = line[:bytes.IndexByte(line, '\n')]
			if got := bytes.Count(line, []byte("|")) - 1; got != len(columns) {
				t.Errorf("a row has %d cells, but its table has %d columns: %s", got, len(columns),
					line)
			}
		}
	}
	if tables == 0 {
		t.Error("the page has no table")
	}
}
