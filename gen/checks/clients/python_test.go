//go:build tools

package clients

import (
	"encoding/json"
	"fmt"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/checks/internal/corpus"
	"github.com/errspec/errspec/gen/checks/internal/live"
	"github.com/errspec/errspec/gen/checks/internal/program"
	"github.com/errspec/errspec/gen/checks/internal/pyvectors"
	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/emit/python"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/source"
)

// debian is the Python of Debian, whose packages .ci/run installs.
const debian = pyvectors.Python

// pythonModules writes the Python module of every catalog to a folder, and its vectors.
func pythonModules(t *testing.T) (dir string) {
	t.Helper()
	dir = t.TempDir()
	catalogs := corpus.Everywhere(t)
	c, list := pipeline.Load(corpus.Open(t, "testdata/names.yaml"))
	if c == nil {
		t.Fatalf("names.yaml: %+v", list.All())
	}
	catalogs["names"] = c
	for name, c := range catalogs {
		pyvectors.Write(t, dir, name, c)
	}
	return dir
}

// TestVectorsInPython reads the vectors of every catalog with the module made of it, and copies
// each error.
func TestVectorsInPython(t *testing.T) {
	dir := pythonModules(t)
	t.Log(pyvectors.Run(t, dir))
}

// TestLiveInPython reads with each module what a server of the same catalog sends over HTTP, with
// urllib, requests and httpx.
func TestLiveInPython(t *testing.T) {
	catalogs, dir := corpus.Everywhere(t), t.TempDir()
	server := live.Start(t, catalogs)
	all := map[string][]live.Vector{}
	for name, c := range catalogs {
		write(t, filepath.Join(dir, name+".py"), corpus.Emitted(t)(python.Emit(c)))
		write(t, filepath.Join(dir, name+".json"), server.Document(t, name))
		all[name] = server.Vectors(t, name)
	}
	t.Log(pyvectors.Run(t, dir))
	data, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "live.json")
	write(t, file, data)
	t.Log(pyvectors.RunProgram(t, dir, "live.py", file))
}

// TestPython calls servers with requests, httpx, urllib and urllib3, also in coroutines, and tries
// names, copies and bodies of every kind.
func TestPython(t *testing.T) { pyvectors.RunProgram(t, pythonModules(t), "test_client.py") }

// ruff runs a linter that npm installs.
const ruff = "python/ruff.mjs"

// pythonFiles returns the modules in a folder.
func pythonFiles(t *testing.T, dir string) []string {
	t.Helper()
	files, err := filepath.Glob(dir + "/*.py")
	if err != nil || len(files) < 20 {
		t.Fatalf("%d modules in %s, %v", len(files), dir, err)
	}
	return files
}

// TestPythonStyle lints the modules of all catalogs with Ruff, and expects them to be formatted as
// it formats them.
func TestPythonStyle(t *testing.T) {
	dir := pythonModules(t)
	pyvectors.Write(t, dir, "lengths", namesOfEveryLength(t))
	files := append(pythonFiles(t, dir), "python/uses/right.py")
	program.Run(t, nil, append([]string{"node", ruff}, files...)...)
}

// namesOfEveryLength returns a catalog whose lines are as long as the longest that a formatter
// leaves, and shorter, and longer: it has codes and params of every length.
func namesOfEveryLength(t *testing.T) *catalog.Catalog {
	t.Helper()
	var b strings.Builder
	b.WriteString("version: 1\ntitle: T\nlint: {code_pattern: '^[A-Za-z]+$'}\n" +
		"envelope: {body: {code: $code, params: $params}}\n" +
		"groups:\n  - id: all\n    title: All\n    errors:\n" +
		"      - {code: Internal, status: 500, message: null, resolution: r}\n")
	for n := 10; n <= 128; n++ {
		fmt.Fprintf(&b, "      - {code: %s, go_name: N%d, status: 400, message: null, resolution: r, "+
			"params: {%s: {type: int}}}\n", strings.Repeat("x", n), n, strings.Repeat("p", min(n, 60)))
	}
	c, list := pipeline.Load(source.New("lengths.yaml", []byte(b.String()), nil))
	if c == nil {
		t.Fatalf("lengths.yaml: %+v", list.All())
	}
	return c
}

// TestPythonTypes checks the modules of all catalogs, and uses of them, with mypy and pyright, both
// as strict as they can be.
func TestPythonTypes(t *testing.T) {
	dir := pythonModules(t)
	write(t, filepath.Join(dir, "right.py"), read(t, "python/uses/right.py"))
	pyvectors.CheckTypes(t, dir, pythonFiles(t, dir)...)
}

// TestPythonMistakes expects mypy and pyright to find each mistake in wrong.py, and to say what its
// comment wants.
func TestPythonMistakes(t *testing.T) {
	dir := pythonModules(t)
	path := filepath.Join(dir, "wrong.py")
	source := read(t, "python/uses/wrong.py")
	write(t, path, source)
	cmd := exec.CommandContext(t.Context(), debian, "-m", "mypy",
		"--strict", "--cache-dir", t.TempDir(), "--hide-error-context", path)
	mypy, err := cmd.Output()
	if err == nil {
		t.Fatal("mypy finds nothing")
	}
	byLine := map[int][2]string{}
	diagnostic := regexp.MustCompile(`wrong\.py:(\d+): error: (.*)`)
	for _, m := range diagnostic.FindAllStringSubmatch(string(mypy), -1) {
		n, _ := strconv.Atoi(m[1])
		byLine[n] = [2]string{byLine[n][0] + m[2] + "\n", ""}
	}
	for _, d := range pyvectors.PyrightSays(t, dir, "3.10", path) {
		n := d.Range.Start.Line + 1
		byLine[n] = [2]string{byLine[n][0], byLine[n][1] + d.Message + "\n"}
	}
	for i, line := range strings.Split(string(source), "\n") {
		_, want, marked := strings.Cut(line, "  # want: ")
		said := byLine[i+1]
		for k, tool := range []string{"mypy", "pyright"} {
			isWanted := func(word string) bool { return strings.Contains(said[k], word) }
			if marked && !slices.ContainsFunc(strings.Split(want, "|"), isWanted) ||
				!marked && said[k] != "" {
				t.Errorf("wrong.py:%d: %s says %q, want %q", i+1, tool, said[k], want)
			}
		}
		if marked {
			t.Logf("wrong.py:%d: %s\n  mypy: %s  pyright: %s",
				i+1, strings.TrimSpace(line), said[0], said[1])
		}
	}
}

// TestPythonDocument runs the files that the documentation shows, with the module of this
// repository's catalog, and checks their types.
func TestPythonDocument(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "apierr.py"),
		corpus.Emitted(t)(python.Emit(corpus.Everywhere(t)["bithuman"])))
	files := []string{filepath.Join(dir, "apierr.py")}
	block := regexp.MustCompile("(?ms)^```python file=(\\S+)\n(.*?)^```$")
	for _, m := range block.FindAllSubmatch(read(t, "../../docs/python.md"), -1) {
		file := filepath.Join(dir, string(m[1]))
		write(t, file, m[2])
		if string(m[1]) != "with_tenacity.py" { // tenacity 8.2 says that a wait returns a bool
			files = append(files, file)
		}
	}
	pyvectors.RunProgram(t, dir, "test_document.py")
	program.Run(t, nil, append([]string{"node", ruff}, files...)...)
	files = append(files, "python/uses/requests.pyi")
	program.Run(t, nil,
		append([]string{debian, "-m", "mypy", "--strict", "--cache-dir", t.TempDir()}, files...)...)
}
