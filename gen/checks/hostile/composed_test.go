package hostile

import (
	"bytes"
	"cmp"
	"flag"
	"fmt"
	"go/build"
	"go/format"
	"io"
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/gen/internal/emit/gocode"
	"github.com/errspec/errspec/gen/internal/emit/markdown"
	"github.com/errspec/errspec/gen/internal/mdtext"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/source"
	"github.com/errspec/errspec/gen/internal/syntax"
)

var composed = flag.Int("composed", 40, "how many catalogs TestComposed composes")

// TestComposed composes catalogs from the format's definition. What is accepted must be right:
// all outputs are made, the Go is formatted, vetted, compiled and passes its own tests, and the
// bodies in the outputs are those that the server sends. A failure prints the catalog: put it into
// testdata/seeds, where it stays.
func TestComposed(t *testing.T) {
	j := newJudge(t)
	r := rand.New(rand.NewPCG(*seed, 1))
	var all []*accepted
	refused, taken := 0, 0
	for i := range *composed {
		a, out := j.settle(compose(r))
		taken += out
		if a == nil {
			refused++
			continue
		}
		a.name = fmt.Sprintf("catalog %d of seed %d", i, *seed)
		a.pkg = packageNames[i%len(packageNames)]
		all = append(all, a)
	}
	j.judgeAll(t, all)
	kinds := map[string]int{}
	failed := 0
	for _, a := range all {
		if len(a.wrong) > 0 {
			failed++
		}
		for _, w := range a.wrong {
			if kinds[w.kind]++; kinds[w.kind] <= 3 { // more of a kind say no more
				t.Errorf("%s: %s: %s\n%s", a.name, w.kind, w.what, a.data)
			}
		}
	}
	t.Logf("seed %d: %d catalogs composed, %d refused as a whole, %d parts of the others refused and taken out; %d accepted, %d of them wrong",
		*seed, *composed, refused, taken, len(all), failed)
	for _, kind := range slices.SortedFunc(maps.Keys(kinds),
		func(a, b string) int { return cmp.Or(kinds[b]-kinds[a], strings.Compare(a, b)) }) {
		t.Logf("%5d %s", kinds[kind], kind)
	}
	if len(all) < *composed/2 {
		t.Errorf("of %d catalogs %d were accepted: the composer makes too many mistakes to say much",
			*composed, len(all))
	}
}

// Every key of the format is in a catalog that is accepted: none is there only to be refused.
func TestComposedHasEveryKey(t *testing.T) {
	j := newJudge(t)
	r := rand.New(rand.NewPCG(1, 2))
	missing := map[string]bool{}
	everyKey(syntax.Format(), missing, map[*syntax.Type]bool{})
	for range 500 {
		n := compose(r)
		if a, _ := j.settle(n); a != nil {
			written(n, syntax.Format(), missing)
		}
	}
	if len(missing) > 0 {
		t.Errorf("of 500 catalogs none that is accepted has the keys %q",
			slices.Sorted(maps.Keys(missing)))
	}
}

func everyKey(t *syntax.Type, keys map[string]bool, seen map[*syntax.Type]bool) {
	if t == nil || seen[t] {
		return
	}
	seen[t] = true
	for _, f := range t.Fields {
		keys[t.Name+"."+f.Key] = true
		everyKey(f.Type, keys, seen)
	}
	for _, a := range t.Alternatives {
		everyKey(a.Type, keys, seen)
	}
	everyKey(t.Item, keys, seen)
}

// written removes the keys that a tree has.
func written(n *yaml.Node, t *syntax.Type, missing map[string]bool) {
	switch t.Kind {
	case syntax.Object:
		for _, f := range t.Fields {
			if v := get(n, f.Key); v != nil {
				delete(missing, t.Name+"."+f.Key)
				written(v, f.Type, missing)
			}
		}
	case syntax.Map:
		for i := 1; i < len(n.Content); i += 2 {
			written(n.Content[i], t.Item, missing)
		}
	case syntax.List:
		for _, item := range n.Content {
			written(item, t.Item, missing)
		}
	case syntax.OneOf:
		for _, a := range t.Alternatives {
			if (n.Kind == yaml.ScalarNode) == (a.Type.Kind != syntax.Object && a.Type.Kind != syntax.Map &&
				a.Type.Kind != syntax.List) {
				written(n, a.Type, missing)
			}
		}
	}
}

// An accepted catalog has no errors.
type accepted struct {
	name, pkg string
	data      []byte
	catalog   *catalog.Catalog
	outputs   map[string][]emit.File
	wrong     []wrong
}

// A wrong is what is not right with what was made of a catalog.
type wrong struct{ kind, what string }

func (a *accepted) add(kind, format string, args ...any) {
	a.wrong = append(a.wrong, wrong{kind, fmt.Sprintf(format, args...)})
}

// packageNames are those that packages of composed catalogs get.
var packageNames = []string{
	"apierr", "p", "errors_windows", "x_js", "foo_linux", "x_amd64", "errors", "http", "json", "time",
	"testing", "fixed", "E", "é", "日本", "testdata", "vendor", "internal", "nil", "string",
	"error", "doc", "types", "api_err", "unix", "x_unix", "codes", "table", "expected", "example",
	"_p", "windows", "x_windows_amd64", "_linux",
}

// settle loads a composed catalog, and takes out whatever is refused until the rest is accepted. It
// is nil if there is nothing left.
func (j *judge) settle(n *yaml.Node) (a *accepted, taken int) {
	for range 8 {
		data := encoded(n)
		c, list := pipeline.Load(source.New("catalog.yaml", data, j.root))
		if c != nil {
			return &accepted{data: data, catalog: c}, taken
		}
		out := takeOut(n, list.All())
		if out == 0 {
			break
		}
		taken += out
	}
	return nil, taken
}

var place = regexp.MustCompile(`^(?:groups\[(\d+)\]\.errors\[(\d+)\]|retired\[(\d+)\]|([a-z_]+))`)

// takeOut removes the errors, tombstones and top keys that have findings. It returns how many.
func takeOut(n *yaml.Node, list []diag.Diagnostic) (out int) {
	var gone []*yaml.Node
	top := map[string]bool{}
	for _, d := range list {
		m := place.FindStringSubmatch(d.Path)
		if d.Severity != diag.Error || m == nil {
			continue
		}
		at := func(list *yaml.Node, i string) *yaml.Node {
			if k, _ := strconv.Atoi(i); list != nil && k < len(list.Content) {
				return list.Content[k]
			}
			return nil
		}
		switch {
		case m[1] != "":
			gone = append(gone, at(get(at(get(n, "groups"), m[1]), "errors"), m[2]))
		case m[3] != "":
			gone = append(gone, at(get(n, "retired"), m[3]))
		case !slices.Contains([]string{"version", "title", "groups"}, m[4]):
			top[m[4]] = true
		}
	}
	remove := func(list *yaml.Node) {
		if list == nil {
			return
		}
		before := len(list.Content)
		list.Content = slices.DeleteFunc(list.Content, func(item *yaml.Node) bool {
			return slices.Contains(gone, item)
		})
		out += before - len(list.Content)
	}
	remove(get(n, "retired"))
	for _, g := range get(n, "groups").Content {
		remove(get(g, "errors"))
	}
	for key := range top {
		if get(n, key) != nil {
			set(n, key, nil)
			out++
		}
	}
	return out
}

// judgeAll finds what is wrong with what is made of catalogs. They are compiled and run in batches.
func (j *judge) judgeAll(t *testing.T, all []*accepted) {
	var batch []*accepted
	for i, a := range all {
		if j.make(a) {
			batch = append(batch, a)
		}
		if len(batch) == 100 || i == len(all)-1 {
			runBatch(t, batch)
			batch = nil
			t.Logf("%d of %d accepted catalogs are judged", i+1, len(all))
		}
	}
}

// make makes all outputs of a catalog, and looks at them as they are. It reports whether the Go may
// be compiled.
func (j *judge) make(a *accepted) (compiles bool) {
	defer func() {
		if p := recover(); p != nil {
			a.add("panic of an emitter", "%v", p)
		}
	}()
	var wanted []pipeline.Request
	for _, e := range pipeline.Emitters() {
		wanted = append(wanted, pipeline.Request{Emitter: e, Path: pathOf(e)})
	}
	outputs, err := pipeline.Generate(a.catalog, wanted, pipeline.Options{
		Go: gocode.Options{Package: a.pkg, Tests: true}, Markdown: markdown.Options{Dialect: mdtext.MDX},
	})
	if err != nil {
		a.add("error of an emitter", "%v", err)
		return false
	}
	a.outputs, compiles = map[string][]emit.File{}, true
	for _, o := range outputs {
		name := strings.TrimPrefix(o.Name, "--")
		a.outputs[name] = o.Files
		if err := j.judgeOutput(name, o.Files); err != nil {
			a.add(name+" is refused by those who read it", "%v", err)
			compiles = compiles && name != "go"
		}
	}
	if err := j.templateHolds(a); err != nil {
		a.add("another body in errors.json", "%v", err)
	}
	if a.pkg == "main" || a.pkg == "documentation" {
		a.add("a package that cannot be imported", "package %s", a.pkg)
		compiles = false
	}
	paths := map[string]bool{}
	for _, f := range a.outputs["go"] {
		if paths[f.Path] {
			a.add("two files of one name", "%s", f.Path)
			compiles = false
		}
		paths[f.Path] = true
		if formatted, err := format.Source(f.Data); err != nil || !bytes.Equal(formatted, f.Data) {
			a.add("gofmt", "gofmt would change %s: %v", f.Path, err)
		}
		if !isForEveryPlatform(f.Path, f.Data) {
			a.add("a file for some platforms only", "%s", f.Path)
		}
	}
	return compiles
}

// isForEveryPlatform reports whether the go command compiles a file on two systems that have little
// in common.
func isForEveryPlatform(name string, data []byte) bool {
	for _, platform := range [][2]string{{"linux", "amd64"}, {"windows", "arm64"}} {
		ctx := build.Default
		ctx.GOOS, ctx.GOARCH = platform[0], platform[1]
		ctx.OpenFile = func(string) (io.ReadCloser, error) {
			return io.NopCloser(bytes.NewReader(data)), nil
		}
		if ok, err := ctx.MatchFile(".", name); !ok || err != nil {
			return false
		}
	}
	return true
}
