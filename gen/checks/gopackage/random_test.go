package gopackage

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"strconv"
	"strings"
	"sync"
	"testing"

	"gopkg.in/yaml.v3"
	"pgregory.net/rapid"

	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/gen/internal/emit/gocode"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/source"
)

// A catalog without errors gives outputs that compile and parse, whatever it contains. (Package
// schemas validates the schemas.)
func TestWhateverLintsCompiles(t *testing.T) {
	compiled, refused := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		data := randomCatalog(t)
		c, list := pipeline.Load(source.New("catalog.yaml", data, nil))
		if c == nil {
			refused++
			if !list.HasErrors() {
				t.Fatalf("no catalog, but no error:\n%s", data)
			}
			return
		}
		compiled++
		for _, e := range pipeline.Emitters() {
			files, err := e.Emit(c, pipeline.Options{Go: gocode.Options{Package: "apierr",
				Tests: true}})
			if err != nil {
				t.Fatalf("--%s: %v\n%s", e.Name, err, data)
			}
			switch e.Name {
			case "go":
				if err := typeCheck(files); err != nil {
					t.Fatalf("the Go does not compile: %v\n%s", err, data)
				}
			case "schema", "schema-lenient", "json", "vectors", "catalog-schema", "config-schema":
				if !json.Valid(files[0].Data) {
					t.Fatalf("--%s is not JSON:\n%s", e.Name, data)
				}
			case "openapi":
				var doc any
				if err := yaml.Unmarshal(files[0].Data, &doc); err != nil {
					t.Fatalf("--%s is not YAML: %v\n%s", e.Name, err, data)
				}
			}
		}
	})
	if compiled < refused/4 {
		t.Errorf("%d catalogs compile and %d have errors: too few of either to prove anything",
			compiled, refused)
	}
}

// standard imports the standard library from its source, each package once for all tests.
var standard = sync.OnceValues(func() (*token.FileSet, types.Importer) {
	fset := token.NewFileSet()
	return fset, importer.ForCompiler(fset, "source", nil)
})

func typeCheck(files []emit.File) error {
	fset, std := standard()
	var parsed []*ast.File
	for _, f := range files {
		file, err := parser.ParseFile(fset, f.Path, f.Data, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		parsed = append(parsed, file)
	}
	config := types.Config{Importer: std, GoVersion: "go1.24"}
	_, err := config.Check("apierr", fset, parsed, nil)
	return err
}

// Words with a meaning in Go, YAML, Markdown, JSON, templates or terminals.
var words = []string{
	"file", "e", "err", "error", "string", "type", "opts", "time", "Code", "New", "Params", "id",
	"url", "2f", "x-y", "日本", "Ä", "fmt", "args", "core", "init",
	"infos", "*/", "/*", "\n", "`", "\"", "\\", "|", "<code>", "{x}", "%d", "$$", "</script>",
	"می\u200cخواهم", "\x07", "\r", "[a](b)", "javascript:a", "# h", "- l", "//go:embed x",
	"👩\u200d👧", "😀",
	" ", ".", ": ",
}

// randomCatalog returns a catalog with a valid form and random content.
func randomCatalog(t *rapid.T) []byte {
	text := func(label string) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 1, 5).Draw(t, label),
			rapid.SampledFrom([]string{"", " "}).Draw(t, "sep"))
	}
	pick := func(label string, from ...string) string {
		return rapid.SampledFrom(from).Draw(t, label)
	}
	// JSON strings are YAML strings
	q := func(s string) string { b, _ := json.Marshal(s); return string(b) }
	var b strings.Builder
	fmt.Fprintf(&b, "version: 1\ntitle: %s\ndescription: %s\n", q(text("title")),
		q(text("description")))
	b.WriteString("service: svc\ndocs_url: https://example.com/e\n")
	b.WriteString(pick("envelope", "", "envelope: problem\n",
		"envelope: {body: {code: $code, message: $message, details: $params, status: $status}}\n",
		"envelope: {body: {code: $code, status: $status, error: {$or: [$status_text, null]}, line: \"${status} ${status_text}\", message: $message}}\n",
		"envelope: {body: {errors: [{c: $code, m: $message, s: $status_string, t: $title, g: $group, meta: $params}]}}\n",
		"envelope: {body: {c: \"urn:${code}\", code: $code, message: $message, r: $request_id, v: $variant, a: $retry_after, $spread: $params}}\n"))
	b.WriteString("groups:\n")
	for g := range rapid.IntRange(1, 2).Draw(t, "groups") {
		fmt.Fprintf(&b, "  - id: g%d\n    title: %s\n    errors:\n", g, q(text("group")))
		for k := range rapid.IntRange(1, 3).Draw(t, "errors") {
			code := pick("code", "FILE", "TYPE", "2F003", "auth/invalid", "NOT_FOUND", "ERROR",
				"NEW_FILE", "日本", "API_KEY_ID") + strconv.Itoa(g*10+k)
			fmt.Fprintf(&b, "      - code: %s\n        status: %s\n", q(code),
				pick("status", "400", "[401, 403]", "404", "429", "500", "503", "499", "[404, 520]"))
			var names []string
			params := ""
			for range rapid.IntRange(0, 3).Draw(t, "params") {
				name := pick("param", "e", "err", "fmt", "type", "code", "string", "opts", "time",
					"len", "retry_after", "info", "args", "x2", "core", "error", "init")
				if strings.Contains(params, " "+name+":") {
					continue
				}
				typ := pick("type", "type: string", "type: int", "type: float", "type: bool",
					"type: bytes", "type: duration", "type: time",
					"type: string, enum: [a, b-c, \"2\"]",
					"type: list, items: string", "type: list, items: {a: int, b: time}",
					"type: list, items: duration")
				flag := pick("flag", "", "", "", ", optional: true, detail: true", ", detail: true",
					", sensitive: true")
				params += fmt.Sprintf("          %s: {%s%s}\n", name, typ, flag)
				if flag == "" && !strings.Contains(typ, "list") {
					names = append(names, name)
				}
			}
			if params != "" {
				b.WriteString("        params:\n" + params)
			}
			message := strings.TrimSpace(strings.ReplaceAll(text("message"), "\n", " ")) + "."
			for _, n := range names {
				message += " of ${" + n + "}, " + pick("between", "a", "is", "x |")
			}
			if rapid.Bool().Draw(t, "variants") {
				fmt.Fprintf(&b,
					"        variants: [{id: one, message: %s}, {id: two, message: %s}]\n",
					q("First: "+message), q("Second: "+message))
			} else {
				fmt.Fprintf(&b, "        message: %s\n", q(message))
			}
			if strings.Contains(params, " retry_after: {type: duration}") {
				b.WriteString("        headers: {Retry-After: \"${retry_after}\"}\n")
			}
			fmt.Fprintf(&b, "        description: %s\n        resolution: %s\n",
				q(text("description")), q(text("resolution")))
			fmt.Fprintf(&b, "        values: {max: %s, list: [%s]}\n", pick("value", "10MB", "6s",
				"2.5", "true", "2026-06-12T00:00:00Z", "text"), q(text("item")))
			b.WriteString(pick("more", "", "        retry: {max_retries: 2}\n",
				"        visibility: internal\n",
				"        deprecated: {since: '1.2', note: gone}\n", "        meta: {type: x}\n"))
		}
	}
	return []byte(b.String())
}
