package hostile

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/errspec/errspec/gen/checks/internal/govectors"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/yuin/goldmark"
	mdast "github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"
	"golang.org/x/net/html"
)

// A scratch is a Go module with the packages of a batch, each twice: as it was generated, for vet;
// and, so that all tests are one program, as a package whose tests are functions like others, which
// the tests of package run call.
type scratch struct {
	t   *testing.T
	dir string
}

func (s scratch) write(path string, data []byte) {
	s.t.Helper()
	path = filepath.Join(s.dir, path)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		s.t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		s.t.Fatal(err)
	}
}

func (s scratch) goCommand(args ...string) (out []byte, ok bool) {
	cmd := exec.CommandContext(s.t.Context(), "go", args...)
	cmd.Dir = s.dir
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off", "GOWORK=off")
	out, err := cmd.CombinedOutput()
	return out, err == nil
}

// runBatch vets and runs the packages of catalogs, and compares what they send with what the
// outputs say.
func runBatch(t *testing.T, batch []*accepted) {
	t.Helper()
	s := scratch{t, t.TempDir()}
	s.write("go.mod", []byte("module scratch\n\ngo 1.24\n"))
	for i, a := range batch {
		for _, f := range a.outputs["go"] {
			s.write(fmt.Sprintf("vet/p%d/%s", i, f.Path), f.Data)
			if name, isTest := strings.CutSuffix(f.Path, "_test.go"); isTest {
				s.write(fmt.Sprintf("run/p%d/%s_tested.go", i, name), f.Data)
			}
		}
		s.write(fmt.Sprintf("run/p%d/sent.go", i), []byte("package "+a.pkg+sent))
		s.writeClient(i, a)
	}
	s.write("judge/judge.go", govectors.Judge)
	if out, ok := s.goCommand("vet", "./vet/..."); !ok {
		blame(t, batch, "vet", out)
	}
	for running := slices.Clone(batch); ; {
		s.write("run/all_test.go", s.allTests(batch, running))
		_ = os.Remove(filepath.Join(s.dir, "run/sent.jsonl"))
		out, ok := s.goCommand("test", "-vet=off", "-count=1", "./run")
		if ok {
			break
		}
		stopped := blame(t, batch, "test", out)
		if len(stopped) == 0 {
			break
		}
		running = slices.DeleteFunc(running, func(a *accepted) bool {
			return slices.Contains(stopped, a)
		})
	}
	file, err := os.Open(filepath.Join(s.dir, "run/sent.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	all := map[int][]response{}
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var r response
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			t.Fatal(err)
		}
		all[r.Package] = append(all[r.Package], r)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	for i, a := range batch {
		a.compare(all[i])
	}
}

// writeClient writes a package without its tests, its bridge to the judge, and the catalog's
// vectors.
func (s scratch) writeClient(i int, a *accepted) {
	s.t.Helper()
	for _, f := range slices.Concat(a.outputs["go"], govectors.Bridge(a.pkg, a.outputs["go"])) {
		if !strings.HasSuffix(f.Path, "_test.go") {
			s.write(fmt.Sprintf("run/p%d/%s", i, f.Path), f.Data)
		}
	}
	s.write(fmt.Sprintf("run/vectors%d.json", i), a.outputs["vectors"][0].Data)
}

// runVectors reads the vectors of catalogs with their packages. It takes a third of the time of
// runBatch.
func runVectors(t *testing.T, batch []*accepted) {
	t.Helper()
	s := scratch{t, t.TempDir()}
	s.write("go.mod", []byte("module scratch\n\ngo 1.24\n"))
	s.write("judge/judge.go", govectors.Judge)
	var imports, tests strings.Builder
	for i, a := range batch {
		s.writeClient(i, a)
		fmt.Fprintf(&imports, "\tp%d \"scratch/run/p%[1]d\"\n", i)
		tests.WriteString(vectorsTest(i))
	}
	s.write("run/all_test.go", []byte("package run\n\nimport (\n\t\"os\"\n\t\"testing\"\n\n"+
		"\t\"scratch/judge\"\n"+imports.String()+")\n\n"+tests.String()+readVectors))
	if out, ok := s.goCommand("test", "-vet=off", "-count=1", "./run"); !ok {
		blame(t, batch, "vectors", out)
	}
}

// vectorsTest returns the test that reads the vectors of a package.
func vectorsTest(i int) string {
	const test = "func Test_%d_Vectors(t *testing.T) { read(t, p%[1]d.Client{}, \"vectors%[1]d.json\") }\n\n"
	return fmt.Sprintf(test, i)
}

// readVectors is what those tests call.
const readVectors = `
func read(t *testing.T, client any, name string) {
	file, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if n, failed := judge.Judge(client, file); n == 0 || len(failed) > 0 {
		t.Errorf("%d vectors, %d fail, among them: %s", n, len(failed), failed[:min(len(failed), 1)])
	}
}
`

var (
	failedTest = regexp.MustCompile(`(?m)^--- FAIL: (?:Test|Fuzz|Example)_(\d+)_(\S+)`)
	failedFile = regexp.MustCompile(`(?m)(?:vet|run)/p(\d+)/\w+\.go:\d+`)
)

// blame finds whose packages a go command complains of. It returns those that kept others from
// being run.
func blame(t *testing.T, batch []*accepted, kind string, out []byte) (stopped []*accepted) {
	t.Helper()
	known := false
	for _, m := range failedTest.FindAllSubmatchIndex(out, -1) {
		n, _ := strconv.Atoi(string(out[m[2]:m[3]]))
		what, _, _ := bytes.Cut(out[m[0]:], []byte("\n--- "))
		batch[n].add("test "+string(out[m[4]:m[5]]), "%.1500s", what)
		known = true
	}
	panics := bytes.Contains(out, []byte("panic: "))
	if known && !panics {
		return nil
	}
	for _, m := range failedFile.FindAllSubmatchIndex(out, -1) {
		n, _ := strconv.Atoi(string(out[m[2]:m[3]]))
		if a := batch[n]; !slices.Contains(stopped, a) {
			stopped = append(stopped, a)
			if panics {
				a.add(kind+": a panic", "%.3000s", out)
				return stopped
			}
			what, _, _ := bytes.Cut(out[m[0]:], []byte("\n"))
			a.add(kind, "%s", what)
		}
		known = true
	}
	if !known {
		t.Fatalf("%s: %.5000s", kind, out)
	}
	return stopped
}

// sent is added to each package, to see what it sends.
const sent = `

import (
	"net/http"
	"net/http/httptest"
)

// Sent calls f with each response that the catalog describes.
func Sent(f func(code, variant string, status int, header http.Header, body []byte)) {
	for i := range expected {
		for _, status := range expected[i].statuses {
			w := httptest.NewRecorder()
			r := httptest.NewRequest(http.MethodGet, "/", nil)
			Write(w, r, expected[i].make(func(e *Error) { e.Status = status }))
			f(expected[i].code, expected[i].variant, w.Code, w.Header(), w.Body.Bytes())
		}
	}
}
`

// A response is one that a server sent.
type response struct {
	Package, Status int
	Code, Variant   string
	Header          http.Header
	Body            []byte
}

// allTests returns a file of tests that call those of all packages.
func (s scratch) allTests(batch, running []*accepted) []byte {
	var imports, tests, sent strings.Builder
	for i, a := range batch {
		if !slices.Contains(running, a) {
			continue
		}
		fmt.Fprintf(&imports, "\tp%d \"scratch/run/p%[1]d\"\n", i)
		fmt.Fprintf(&sent, "\tp%d.Sent(send(%[1]d))\n", i)
		tests.WriteString(vectorsTest(i))
		fset := token.NewFileSet()
		var files []*ast.File
		for _, f := range a.outputs["go"] {
			if strings.HasSuffix(f.Path, "_test.go") {
				file, err := parser.ParseFile(fset, f.Path, f.Data, parser.ParseComments)
				if err != nil {
					s.t.Fatal(err)
				}
				files = append(files, file)
			}
		}
		examples := map[string]*doc.Example{}
		for _, x := range doc.Examples(files...) {
			examples["Example"+x.Name] = x
		}
		for _, file := range files {
			for _, d := range file.Decls {
				fn, ok := d.(*ast.FuncDecl)
				if !ok || fn.Recv != nil {
					continue
				}
				name := fn.Name.Name
				switch {
				case strings.HasPrefix(name, "Test"):
					fmt.Fprintf(&tests, "func Test_%d_%s(t *testing.T) { p%[1]d.%[2]s(t) }\n\n", i, name)
				case strings.HasPrefix(name, "Fuzz"):
					fmt.Fprintf(&tests, "func Fuzz_%d_%s(f *testing.F) { p%[1]d.%[2]s(f) }\n\n", i, name)
				case strings.HasPrefix(name, "Example"):
					x := examples[name]
					if x == nil || x.Output == "" {
						s.t.Errorf("%s of package %d is an example that go test does not run", name, i)
						continue
					}
					fmt.Fprintf(&tests, "func Example_%d_%s() {\n\tp%[1]d.%[2]s()\n\t// Output:\n\t// %s\n}\n\n",
						i, name, strings.ReplaceAll(strings.TrimSpace(x.Output), "\n", "\n\t// "))
				}
			}
		}
	}
	return []byte("package run\n\nimport (\n\t\"encoding/json\"\n\t\"net/http\"\n\t\"os\"\n\t\"testing\"\n\n\t\"scratch/judge\"\n" + imports.String() + ")\n\n" + tests.String() + readVectors + `
func TestMain(m *testing.M) {
	file, err := os.Create("sent.jsonl")
	if err != nil {
		panic(err)
	}
	enc := json.NewEncoder(file)
	send := func(n int) func(string, string, int, http.Header, []byte) {
		return func(code, variant string, status int, header http.Header, body []byte) {
			if err := enc.Encode(map[string]any{
				"Package": n, "Code": code, "Variant": variant, "Status": status,
				"Header": header, "Body": body,
			}); err != nil {
				panic(err)
			}
		}
	}
` + sent.String() + `	if err := file.Close(); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}
`)
}

// compare holds what a server sent against what the outputs say of it.
func (a *accepted) compare(sent []response) {
	var errorsJSON struct {
		Errors map[string]struct {
			Statuses []int
			Messages []struct {
				Variant string
				Example struct{ Body json.RawMessage }
			}
		}
	}
	var openapi struct {
		Components struct {
			Examples map[string]struct{ Value json.RawMessage }
		}
	}
	for name, into := range map[string]any{"json": &errorsJSON, "openapi": &openapi} {
		if err := json.Unmarshal(a.outputs[name][0].Data, into); err != nil {
			a.add(name+" cannot be read", "%v", err)
		}
	}
	if doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(a.outputs["json"][0].Data)); err != nil ||
		lookupSchema().Validate(doc) != nil {
		a.add("errors.json breaks its own schema", "%v", cmp.Or(err, lookupSchema().Validate(doc)))
	}
	inMarkdown, inHTML, inOpenAPI := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, block := range jsonBlocks(a.outputs["markdown"][0].Data) {
		inMarkdown[canonical(block)] = true
	}
	for _, f := range a.outputs["html"] {
		for _, block := range bodiesOn(f.Data) {
			inHTML[canonical(block)] = true
		}
	}
	for _, x := range openapi.Components.Examples {
		inOpenAPI[canonical(x.Value)] = true
	}
	strict := schemaOf(a.outputs["schema"][0].Data)
	lenient := schemaOf(a.outputs["schema-lenient"][0].Data)
	for _, r := range sent {
		what := fmt.Sprintf("%q %q with %d: sent was\n%s\n", r.Code, r.Variant, r.Status, r.Body)
		instance, err := jsonschema.UnmarshalJSON(bytes.NewReader(r.Body))
		if err != nil {
			a.add("the body is no JSON", "%s%v", what, err)
			continue
		}
		for name, s := range map[string]*jsonschema.Schema{"strict": strict, "lenient": lenient} {
			if name == "strict" && a.isUnnamed(r.Code) {
				continue
			}
			if err := s.Validate(instance); err != nil {
				a.add("the "+name+" schema refuses the body", "%s%v", what, err)
			}
		}
		documented, ok := errorsJSON.Errors[r.Code]
		if !ok { // an internal code: the fallback was sent
			continue
		}
		if after := r.Header.Get("Retry-After"); after != "" && a.isDated(r.Code) {
			continue // the body depends on the clock
		}
		body := canonical(r.Body)
		if !inOpenAPI[body] {
			a.add("a body is not in openapi", "%s", what)
		}
		if r.Status != documented.Statuses[0] {
			continue
		}
		for _, m := range documented.Messages {
			if m.Variant == r.Variant && canonical(m.Example.Body) != body {
				a.add("a body is another in errors.json", "%sdocumented is\n%s", what, m.Example.Body)
			}
		}
		if !inHTML[body] {
			a.add("a body is not in html", "%s", what)
		}
		if r.Variant == documented.Messages[0].Variant && !inMarkdown[body] { // which shows the first
			a.add("a body is not in markdown", "%s", what)
		}
	}
}

// isUnnamed reports whether what is sent for a code is a fallback that the catalog does not have:
// the code is internal, and there is no public 500 without params, of which the linter warns. The
// strict schema is of the catalog's codes.
func (a *accepted) isUnnamed(code string) bool {
	for e := range a.catalog.All() {
		if e.Code == code {
			return e.Internal && a.catalog.Fallback == nil
		}
	}
	return false
}

// isDated reports whether a code's Retry-After is a date, so that the seconds until then depend on
// the clock.
func (a *accepted) isDated(code string) bool {
	for e := range a.catalog.All() {
		for i := range e.Headers {
			if h := &e.Headers[i]; e.Code == code &&
				h.Canonical() == "Retry-After" &&
				strings.Trim(e.ExampleHeader(h), "0123456789") != "" {
				return true
			}
		}
	}
	return false
}

// lookupSchema is that of errors.json.
var lookupSchema = sync.OnceValue(func() *jsonschema.Schema {
	data, err := os.ReadFile(root + "/gen/internal/emit/errorsjson/errors.json.schema.json")
	if err != nil {
		panic("hostile: " + err.Error())
	}
	return schemaOf(data)
})

func schemaOf(data []byte) *jsonschema.Schema {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		panic("hostile: it was compiled before: " + err.Error())
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("schema.json", doc); err != nil {
		panic("hostile: it was compiled before: " + err.Error())
	}
	return c.MustCompile("schema.json")
}

// canonical returns JSON in the one spelling of its value; numbers keep their own. What is no JSON
// is returned as it is.
func canonical(data []byte) string {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		return string(data)
	}
	out, err := json.Marshal(v)
	if err != nil {
		return string(data)
	}
	return string(out)
}

// jsonBlocks returns the JSON of a Markdown page.
func jsonBlocks(page []byte) (blocks [][]byte) {
	src := frontMatter.ReplaceAll(page, nil)
	tree := goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser().Parse(text.NewReader(src))
	_ = mdast.Walk(tree, func(n mdast.Node, entering bool) (mdast.WalkStatus, error) {
		code, ok := n.(*mdast.FencedCodeBlock)
		if ok && entering && string(code.Language(src)) == "json" {
			blocks = append(blocks, code.Lines().Value(src))
		}
		return mdast.WalkContinue, nil
	})
	return blocks
}

// bodiesOn returns the bodies of responses on an HTML page.
func bodiesOn(page []byte) (blocks [][]byte) {
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		panic("hostile: no HTML is refused: " + err.Error())
	}
	for n := range doc.Descendants() {
		isBody := func(a html.Attribute) bool { return a.Key == "class" && a.Val == "json" }
		if n.Type != html.ElementNode || !slices.ContainsFunc(n.Attr, isBody) {
			continue
		}
		var b []byte
		for d := range n.Descendants() {
			if d.Type == html.TextNode {
				b = append(b, d.Data...)
			}
		}
		blocks = append(blocks, b)
	}
	return blocks
}
