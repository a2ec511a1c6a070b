package clients

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errspec/errspec/gen/checks/internal/corpus"
	"github.com/errspec/errspec/gen/checks/internal/govectors"
	"github.com/errspec/errspec/gen/internal/emit/gocode"
	"github.com/errspec/errspec/gen/internal/emit/vectors"
)

// TestVectorsInGo generates the Go package of every catalog and reads the catalog's vectors with
// it. All packages are in one module, and are run by one program.
func TestVectorsInGo(t *testing.T) {
	catalogs := corpus.Everywhere(t)
	dir := t.TempDir()
	write := func(name string, data []byte) {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var imports, calls strings.Builder
	for _, name := range slices.Sorted(maps.Keys(catalogs)) {
		files, err := gocode.Emit(catalogs[name], gocode.Options{Package: name})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range append(files, govectors.Bridge(name, files)...) {
			write(name+"/"+f.Path, f.Data)
		}
		write(name+".json", corpus.Emitted(t)(vectors.Emit(catalogs[name])))
		imports.WriteString("\t\"vectors.test/" + name + "\"\n")
		calls.WriteString("\tjudgeFile(\"" + name + "\", " + name + ".Client{})\n")
	}
	write("go.mod", []byte("module vectors.test\n\ngo 1.24\n"))
	write("judge/judge.go", govectors.Judge)
	write("main.go", []byte("package main\n\nimport (\n\t\"fmt\"\n\t\"os\"\n\t\"vectors.test/judge\"\n"+imports.String()+`)

var all, wrong int

func judgeFile(name string, client any) {
	file, err := os.ReadFile(name + ".json")
	if err != nil {
		panic(err)
	}
	n, failed := judge.Judge(client, file)
	for _, f := range failed {
		fmt.Printf("%s: %s\n", name, f)
	}
	all, wrong = all+n, wrong+len(failed)
}

func main() {
`+calls.String()+`	fmt.Printf("%d vectors, %d fail\n", all, wrong)
	if wrong > 0 || all == 0 {
		os.Exit(1)
	}
}
`))
	cmd := exec.CommandContext(t.Context(), "go", "run", ".")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod -trimpath", "GOPROXY=off", "GOWORK=off")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Logf("%s", out[bytes.LastIndexByte(bytes.TrimSpace(out), '\n')+1:])
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestDocumentedVector finds the vector that the documentation shows among those of this
// repository's catalog.
func TestDocumentedVector(t *testing.T) {
	_, block, _ := strings.Cut(string(read(t, "../../docs/vectors.md")), "```json file=vector.json\n")
	block, _, _ = strings.Cut(block, "```")
	type decisions = []any
	var shown, made map[string]any
	decode := func(data string, into any) {
		if err := json.Unmarshal([]byte(data), into); err != nil {
			t.Fatal(err)
		}
	}
	decode(block, &shown)
	var document struct{ Vectors []map[string]any }
	decode(string(corpus.Emitted(t)(vectors.Emit(corpus.Everywhere(t)["bithuman"]))), &document)
	for _, v := range document.Vectors {
		if v["name"] == shown["name"] {
			made = v
		}
	}
	verdict := func(v map[string]any) map[string]any { return v["verdict"].(map[string]any) }
	all := verdict(made)["decisions"].(decisions)
	for _, d := range verdict(shown)["decisions"].(decisions) {
		if !slices.ContainsFunc(all, func(a any) bool { return reflect.DeepEqual(a, d) }) {
			t.Errorf("%v is not among the decisions", d)
		}
	}
	delete(verdict(shown), "decisions")
	delete(verdict(made), "decisions")
	if diff := cmp.Diff(made, shown); diff != "" {
		t.Errorf("the documentation shows another vector (-want +got):\n%s", diff)
	}
}
