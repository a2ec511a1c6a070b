//go:build tools

package clients

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/checks/internal/corpus"
	"github.com/errspec/errspec/gen/checks/internal/program"
	"github.com/errspec/errspec/gen/checks/internal/pyvectors"
	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/emit/gocode"
	"github.com/errspec/errspec/gen/internal/emit/python"
	"github.com/errspec/errspec/gen/internal/emit/typescript"
	"github.com/errspec/errspec/gen/internal/sample"
)

// A sampled is a code's response, and the sample that handles it.
type sampled struct {
	Code    string            `json:"code"`
	Status  int               `json:"status"`
	Headers map[string]string `json:"headers"`
	Body    string            `json:"body"`
	Sample  string            `json:"sample"`
}

// samplesIn returns the sample of one language for any error, and for each code.
func samplesIn(c *catalog.Catalog, language string) (all string, of []sampled) {
	of = []sampled{}
	w := sample.New(c, []sample.Language{sample.Default(language)})
	for e := range c.Public() {
		s := sampled{
			Code:    e.Code,
			Status:  e.Statuses[0],
			Headers: map[string]string{"Content-Type": c.Envelope.MediaType},
		}
		for _, h := range e.Headers {
			s.Headers[h.Name] = e.ExampleHeader(&h)
		}
		s.Body = string(c.ExampleBody(e, &e.Variants[0], e.Statuses[0]))
		if samples := w.Of(e); len(samples) > 0 {
			s.Sample = samples[0].Code
		}
		of = append(of, s)
	}
	return w.All()[0].Code, of
}

// TestSamplesInGo compiles the samples of every catalog, and handles each code with its own.
func TestSamplesInGo(t *testing.T) {
	m := newModule(t)
	var imports, calls strings.Builder
	catalogs := corpus.Everywhere(t)
	for _, name := range slices.Sorted(maps.Keys(catalogs)) {
		c := catalogs[name]
		files, err := gocode.Emit(c, gocode.Options{Package: "apierr"})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			m.write(name+"/apierr/"+f.Path, f.Data)
		}
		all, of := samplesIn(c, "go")
		var b strings.Builder
		fmt.Fprintf(&b,
			"package %s\n\nimport (\n\t\"errors\"\n\t\"io\"\n\t\"log\"\n\t\"net/http\"\n\t\"strings\"\n\t\"time\"\n\n\t\"clients.test/%s/apierr\"\n)\n\n",
			name, name)
		fmt.Fprintf(&b,
			"var _, _ = errors.As, time.Sleep\n\nfunc Any(req *http.Request) error {\n%s\treturn nil\n}\n\n",
			all)
		b.WriteString("func response(status int, body string, headers ...string) error {\n" +
			"\tr := &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body))}\n" +
			"\tfor i := 0; i < len(headers); i += 2 {\n\t\tr.Header.Set(headers[i], headers[i+1])\n\t}\n" +
			"\treturn apierr.Decode(r)\n}\n\n")
		b.WriteString("func Each() {\n")
		for i, s := range of {
			fmt.Fprintf(&b, "\tlog.Println(%q)\n\tsample%d(response(%d, %q",
				name+" "+s.Code, i, s.Status, s.Body)
			for _, h := range slices.Sorted(maps.Keys(s.Headers)) {
				fmt.Fprintf(&b, ", %q, %q", h, s.Headers[h])
			}
			b.WriteString("), 1000)\n")
		}
		b.WriteString("}\n")
		for i, s := range of {
			fmt.Fprintf(&b, "\nfunc sample%d(err error, attempt int) {\n%s}\n", i, s.Sample)
		}
		m.write(name+"/samples.go", []byte(b.String()))
		fmt.Fprintf(&imports, "\t%q\n", "clients.test/"+name)
		fmt.Fprintf(&calls, "\t%s.Each()\n", name)
	}
	m.write("samples/main.go", fmt.Appendf(nil,
		"package main\n\nimport (\n\t\"log\"\n\t\"os\"\n\n%s)\n\nfunc main() {\n\tlog.SetFlags(0)\n"+
			"\tlog.SetOutput(os.Stdout)\n%s}\n", imports.String(), calls.String()))
	m.run("go", "vet", "./...")
	isHeading := func(line string) bool {
		name, _, _ := strings.Cut(line, " ")
		return catalogs[name] != nil
	}
	lines := strings.Split(strings.TrimSpace(m.run("go", "run", "./samples")), "\n")
	for i, line := range lines {
		if isHeading(line) && (i+1 == len(lines) || isHeading(lines[i+1])) {
			t.Errorf("the sample of %s does not recognize its own response", line)
		}
	}
}

// TestSamplesInPython handles each code of every catalog with its own sample.
func TestSamplesInPython(t *testing.T) {
	dir := t.TempDir()
	for name, c := range corpus.Everywhere(t) {
		all, of := samplesIn(c, "python")
		job, err := json.Marshal(map[string]any{"all": all, "of": of})
		if err != nil {
			t.Fatal(err)
		}
		folder := filepath.Join(dir, name)
		if err := os.Mkdir(folder, 0o700); err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(folder, "apierr.py"), corpus.Emitted(t)(python.Emit(c)))
		write(t, filepath.Join(folder, "samples.json"), job)
		t.Log(pyvectors.RunProgram(t, folder, "samples.py", folder))
	}
}

// TestSamplesInTypeScript compiles each sample of every catalog as a module of its own.
func TestSamplesInTypeScript(t *testing.T) {
	dir := t.TempDir()
	samples := 0
	for name, c := range corpus.Everywhere(t) {
		folder := filepath.Join(dir, name)
		if err := os.Mkdir(folder, 0o700); err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(folder, "errors.ts"), corpus.Emitted(t)(typescript.Emit(c)))
		all, of := samplesIn(c, "typescript")
		for i, code := range append([]sampled{{Sample: all}}, of...) {
			path := filepath.Join(folder, fmt.Sprintf("sample%d.ts", i))
			imports, rest, _ := strings.Cut(code.Sample, "\n")
			write(t, path, []byte(imports+"\ndeclare const error: unknown, attempt: number, url: string;\ndeclare function sendAgain(): void;\n"+
				"export const never = [attempt, url, sendAgain, error];\n"+rest))
			samples++
		}
	}
	write(t, filepath.Join(dir, "tsconfig.json"),
		[]byte(`{"compilerOptions": {"noEmit": true, "strict": true,
		"allowImportingTsExtensions": true, "target": "es2022", "module": "esnext",
		"moduleResolution": "bundler", "lib": ["es2022", "dom", "dom.iterable"], "types": []}}`))
	program.Run(t, nil, modules+".bin/tsc", "--project", dir)
	t.Logf("%d samples", samples)
}
