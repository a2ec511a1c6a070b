//go:build tools

package clients

import (
	"context"
	"encoding/json"
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
	"syscall"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/errspec/errspec/gen/checks/internal/corpus"
	"github.com/errspec/errspec/gen/checks/internal/live"
	"github.com/errspec/errspec/gen/checks/internal/program"
	"github.com/errspec/errspec/gen/checks/internal/tsvectors"
	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/catalog/catalogtest"
	"github.com/errspec/errspec/gen/internal/emit/typescript"
	"github.com/errspec/errspec/gen/internal/message"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/synth"
)

// The programs that npm installs. This Node strips types itself.
const (
	modules = tsvectors.Modules
	node    = tsvectors.Node
)

// TestVectorsInTypeScript reads the vectors of every catalog with the catalog's module: as they
// are, and as a server sends them that is made of the generated Go package.
func TestVectorsInTypeScript(t *testing.T) {
	catalogs, dir := corpus.Everywhere(t), t.TempDir()
	server := live.Start(t, catalogs)
	var jobs []tsvectors.Job
	sent := 0
	for _, name := range slices.Sorted(maps.Keys(catalogs)) {
		job := tsvectors.New(t, dir, name, catalogs[name])
		for _, v := range server.Vectors(t, name) {
			job.URLs[v.Name] = v.URL
			sent++
		}
		jobs = append(jobs, job)
	}
	out := tsvectors.Run(t, jobs)
	if t.Log(out); sent == 0 ||
		!strings.Contains(out, fmt.Sprintf(" %d of them from a server", sent)) {
		t.Errorf("the server sends %d of the vectors", sent)
	}
}

// TestTypeScriptCompiles compiles the modules of all catalogs with the newest and the oldest
// compiler, for browsers and for Node.
func TestTypeScriptCompiles(t *testing.T) {
	dir := t.TempDir()
	catalogs := corpus.Everywhere(t)
	catalogs["inherited"] = inherited(t)
	for name, c := range catalogs {
		write(t, filepath.Join(dir, name+".ts"), corpus.Emitted(t)(typescript.Emit(c)))
	}
	tsvectors.CompileAll(t, dir)
}

// TestTypeScriptUsageCompiles compiles what the documentation of each module shows, as the body of a
// function in the module.
func TestTypeScriptUsageCompiles(t *testing.T) {
	dir := t.TempDir()
	for name, c := range corpus.Everywhere(t) {
		module := string(corpus.Emitted(t)(typescript.Emit(c)))
		_, usage, found := strings.Cut(module, "```ts\n")
		usage, _, ends := strings.Cut(usage, " * ```\n")
		if !found || !ends {
			t.Fatalf("%s shows no usage", name)
		}
		module += "\nexport async function usage(url: string): Promise<unknown> {\n" +
			strings.ReplaceAll(usage, " * ", "") + "}\n"
		write(t, filepath.Join(dir, name+".ts"), []byte(module))
	}
	out := tsvectors.Compile(t, dir, "typescript", tsvectors.Strictest+tsvectors.ForBrowsers)
	if out != "" {
		t.Errorf("%.5000s", out)
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

// TestTypeScriptOfInheritedNames reads errors whose codes and params have names that objects and
// errors have.
func TestTypeScriptOfInheritedNames(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "errors.ts"), corpus.Emitted(t)(typescript.Emit(inherited(t))))
	write(t, filepath.Join(dir, "inherited.test.ts"), read(t, "typescript/inherited.test.ts"))
	program.Run(t, nil, node, "--test", filepath.Join(dir, "inherited.test.ts"))
}

// TestTypeScriptWithLibraries compiles and runs a program that reads errors with HTTP libraries.
func TestTypeScriptWithLibraries(t *testing.T) {
	dir := t.TempDir()
	c, list := pipeline.Load(corpus.Open(t, corpus.Fixture))
	if c == nil {
		t.Fatalf("the fixture: %v", list.All())
	}
	write(t, filepath.Join(dir, "errors.ts"), corpus.Emitted(t)(typescript.Emit(c)))
	write(t, filepath.Join(dir, "libraries.test.ts"), read(t, "typescript/libraries.test.ts"))
	for _, lib := range []string{`"es2022"`, `"es2022", "dom", "dom.iterable"`} {
		options := tsvectors.Strictest + `, "skipLibCheck": true, "lib": [` + lib + `], "types": ["node"]`
		if out := tsvectors.Compile(t, dir, "typescript", options); out != "" {
			t.Errorf("with lib %s:\n%s", lib, out)
		}
	}
	program.Run(t, nil, node, "--test", filepath.Join(dir, "libraries.test.ts"))
}

// TestTypeScriptFixed runs the tests of the runtime.
func TestTypeScriptFixed(t *testing.T) {
	program.Run(t, nil, node, "--test", "../../internal/emit/typescript/runtime/runtime.test.ts")
}

// TestTypeScriptDocumentation compiles and runs what gen/docs/typescript.md shows. The compiler
// refuses mistakes in it.
func TestTypeScriptDocumentation(t *testing.T) {
	dir := t.TempDir()
	c := corpus.Everywhere(t)["bithuman"]
	write(t, filepath.Join(dir, "errors.ts"), corpus.Emitted(t)(typescript.Emit(c)))
	files := map[string]string{}
	for _, block := range strings.Split(string(read(t, "../../docs/typescript.md")),
		"```ts file=")[1:] {
		name, text, _ := strings.Cut(block, "\n")
		files[name], _, _ = strings.Cut(text, "```")
	}
	for name, text := range files {
		write(t, filepath.Join(dir, name), []byte(text))
	}
	options := tsvectors.Strict +
		`, "allowImportingTsExtensions": true, "moduleResolution": "bundler", "verbatimModuleSyntax": true,
		"lib": ["es2022", "dom", "dom.iterable"], "types": ["node"]`
	if out := tsvectors.Compile(t, dir, "typescript", options); out != "" {
		t.Errorf("the documentation does not compile:\n%s", out)
	}
	program.Run(t, nil, node, "--test", filepath.Join(dir, "client.test.ts"))

	cases := ""
	for e := range c.Public() {
		cases += "    case " + strconv.Quote(e.Code) + ":\n"
	}
	exhaustive := "import type { ApiError } from \"./errors.ts\";\n\n" +
		"export function all(error: ApiError): string {\n" +
		"  switch (error.code) {\n" + cases + "    case null:\n      return error.message;\n" +
		"    default:\n      return error satisfies never;\n  }\n}\n"
	client := files["client.ts"]
	mistakes := []struct{ text, old, with, want string }{
		{exhaustive, "", "", ""},
		{exhaustive, `    case "NOT_FOUND":` + "\n", "", "does not satisfy the expected type 'never'"},
		{exhaustive, "    case null:\n", "", "does not satisfy the expected type 'never'"},
		{exhaustive, `"NOT_FOUND"`, `"NOT_FUOND"`, `Type '"NOT_FUOND"' is not comparable to type`},
		{client, "params.agentCode", "params.agentCod", "Did you mean 'agentCode'?"},
		{client, "params.agentCode", "params.tier", "Property 'tier' does not exist"},
		{client, "error.reason", "error.params.x", "Property 'x' does not exist"},
		{client, "error.code", "error.kode", "Property 'kode' does not exist"},
		{
			files["params.ts"],
			" && error.hasParams",
			"",
			"Type 'string | undefined' is not assignable to type 'string'",
		},
		{
			files["params.ts"],
			`"RATE_LIMITED"`,
			`"RATE_LIMITTED"`,
			`Argument of type '"RATE_LIMITTED"' is not assignable`,
		},
		{
			files["client.test.ts"],
			`"agent"`,
			`"agents"`,
			`Argument of type '"agents"' is not assignable to parameter of type '"agent" | "rooms"`,
		},
	}
	name := func(i int) string { return fmt.Sprintf("mistake%d.ts", i) }
	for i, mistake := range mistakes {
		text := strings.Replace(mistake.text, mistake.old, mistake.with, 1)
		if mistake.want != "" && text == mistake.text {
			t.Errorf("the documentation does not have %q", mistake.old)
		}
		write(t, filepath.Join(dir, name(i)), []byte(text))
	}
	said := map[string]string{}
	var file string
	for line := range strings.Lines(tsvectors.Compile(t, dir, "typescript", options)) {
		if path, _, found := strings.Cut(line, "("); found && !strings.HasPrefix(line, " ") {
			file = filepath.Base(path)
		}
		said[file] += line
	}
	for i, mistake := range mistakes {
		out := said[name(i)]
		if out != mistake.want && (mistake.want == "" || !strings.Contains(out, mistake.want)) {
			t.Errorf("%q instead of %q: the compiler says %q, want %q",
				mistake.with, mistake.old, out, mistake.want)
		}
		if mistake.want != "" {
			t.Log(strings.TrimSpace(out))
		}
		delete(said, name(i))
	}
	if len(said) > 0 {
		t.Errorf("the compiler finds more than the mistakes: %v", said)
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
		return string(program.Run(t, nil, modules+".bin/esbuild", entry,
			"--bundle", "--minify", "--format=esm", "--log-level=error"))
	}
	all := bundle("decide, decode, ensureOk, example, hasCode, isApiError, parse, resolutionOf, withRetry, catalog, resolutions")
	for exports, parts := range map[string]float64{ // of the whole
		"isApiError": 0.01, "hasCode": 0.015, "catalog": 0.2, "resolutions": 0.2, "decode": 0.65,
		"decide": 0.25,
	} {
		size := len(bundle(exports))
		t.Logf("%s: %d bytes", exports, size)
		if float64(size) > parts*float64(len(all)) {
			t.Errorf("a bundle with %s has %d bytes of %d", exports, size, len(all))
		}
	}
	t.Logf("everything: %d bytes", len(all))
	for text, exports := range map[string]string{
		"Top up credits": "resolutionOf", "Content-Type": "example",
	} {
		if !strings.Contains(bundle(exports), text) ||
			strings.Contains(bundle("decode, withRetry, hasCode"), text) {
			t.Errorf("%q is not in the bundle with %s alone", text, exports)
		}
	}
}

// TestTypeScriptOfAnyText holds that no text ends a comment or a literal, and that each is what its
// author wrote.
func TestTypeScriptOfAnyText(t *testing.T) {
	word := rapid.SampledFrom([]string{
		"*/", "/*", "//", "*/ globalThis.broken1 = 1; /*", "\"; globalThis.broken2 = 1; \"",
		"${globalThis.broken3 = 1}", "`", "\\", "'", `"`, "\n", "\r", "\t", "\x00", "\x1b", "\u2028",
		"\u2029", "\ufeff", "</script>", "<!--", "-->", "@deprecated", "@see", "{@link x}", "\\u002a/",
		"世界", "🎉", "a", "1.", "- b", "| c |",
	})
	text := rapid.Custom(func(t *rapid.T) string {
		words := rapid.SliceOfN(word, 0, 12).Draw(t, "words")
		return strings.Join(words, " ")
	})
	type expected struct {
		Module      string            `json:"module"`
		Titles      map[string]string `json:"titles"`
		Resolutions map[string]string `json:"resolutions"`
	}
	dir, seed := t.TempDir(), 0
	draw := func() string { seed++; return text.Example(seed) }
	var all []expected
	for i := range 40 {
		c := catalogtest.Everything(catalogtest.Envelopes()[i%len(catalogtest.Envelopes())].Envelope)
		c.Title, c.Description = draw(), catalog.Markdown(draw())
		want := expected{
			filepath.Join(dir, fmt.Sprint("text", i, ".ts")), map[string]string{}, map[string]string{},
		}
		for e := range c.Public() {
			e.Title, e.DocsURL = draw(), draw()
			e.Description, e.Resolution = catalog.Markdown(draw()), catalog.Markdown(draw())
			for k := range e.Params {
				e.Params[k].Description = catalog.Markdown(draw())
			}
			for k := range e.Variants {
				v := &e.Variants[k]
				v.Message, v.Resolution = append(v.Message, message.Segment{Literal: draw()}), ""
			}
			if want.Titles[e.Code] = e.Title; e.Resolution != "" {
				want.Resolutions[e.Code] = string(e.Resolution)
			}
		}
		write(t, want.Module, corpus.Emitted(t)(typescript.Emit(c)))
		all = append(all, want)
	}
	input, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	program.Run(t, input, node, "typescript/texts.ts")
	out := tsvectors.Compile(t, dir, "typescript", tsvectors.Strictest+tsvectors.ForBrowsers)
	if out != "" {
		t.Errorf("with odd texts:\n%.3000s", out)
	}
}

// TestTypeScriptInBrowser runs a bundled module in Chromium.
func TestTypeScriptInBrowser(t *testing.T) {
	dir := t.TempDir()
	c := corpus.Everywhere(t)["bithuman"]
	write(t, filepath.Join(dir, "errors.ts"), corpus.Emitted(t)(typescript.Emit(c)))
	write(t, filepath.Join(dir, "browser.ts"), read(t, "typescript/browser.ts"))
	script := program.Run(t, nil, modules+".bin/esbuild",
		filepath.Join(dir, "browser.ts"), "--bundle", "--format=esm", "--log-level=error")
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
	profile, err := os.MkdirTemp("", "chromium") //nolint:usetesting // TempDir fails: see below
	if err != nil {
		t.Fatal(err)
	}
	// Processes of the browser's may write to the profile while they end, so part of it may stay.
	defer func() { _ = os.RemoveAll(profile) }()
	ctx, stop := context.WithCancel(t.Context())
	browser := exec.CommandContext(ctx, "chromium", "--headless", "--no-sandbox", "--disable-gpu",
		"--user-data-dir="+profile, "--remote-debugging-port=0", server.URL)
	browser.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	browser.Cancel = func() error { return syscall.Kill(-browser.Process.Pid, syscall.SIGKILL) }
	ended := make(chan string, 1)
	go func() { ended <- fmt.Sprint(browser.Run()) }()
	want := strconv.Itoa(len(slices.Collect(c.Public()))) + " codes are read"
	select {
	case result := <-results:
		if result != want {
			t.Errorf("the page says %q, want %q", result, want)
		}
		stop()
		<-ended
	case how := <-ended:
		t.Errorf("the browser ended without a result: %s", how)
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
	write(t, filepath.Join(dir, "client.ts"),
		[]byte(`import { hasCode, isApiError } from "./errors.ts";
import type { Code } from "./errors.ts";

export function text(error: unknown, code: Code): string {
  if (hasCode(error, code)) return error.code;
  return isApiError(error) && error.code === null ? error.reason : "";
}
`))
	start = time.Now()
	out := tsvectors.Compile(t, dir, "typescript", tsvectors.Strictest+tsvectors.ForBrowsers)
	if out != "" {
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
