package gopackage

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/internal/catalog/catalogtest"
	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/gen/internal/emit/gocode"
)

// languageVersion is the oldest Go that a generated package builds with. The go.mod of newModule
// enforces it for the language, and TestStandardLibrary for the standard library, which go vet does
// not check.
const (
	languageVersion = "1.24"
	languageMinor   = 24
)

// A generated package builds and passes its tests in modules of the two latest language versions,
// and of the oldest that it promises.
func TestLanguageVersions(t *testing.T) {
	minor, err := strconv.Atoi(strings.Split(runtime.Version(), ".")[1])
	if err != nil {
		t.Fatal(err)
	}
	for _, minor := range []int{languageMinor, minor - 1, minor} {
		m := newModule(t, "language.test")
		m.write("go.mod", fmt.Appendf(nil, "module language.test\n\ngo 1.%d\n", minor))
		m.add("apierr", load(t, runtimeCatalog))
		m.passes()
	}
}

// A generated package uses nothing of the standard library that is newer than languageVersion:
// GOROOT/api lists what later releases added.
func TestStandardLibrary(t *testing.T) {
	added := addedLater(t)
	const newer = "package apierr\n\nimport (\n\t\"sync\"\n\t\"testing\"\n)\n\n" +
		"func _(w *sync.WaitGroup, t *testing.T) { w.Go(nil); t.Attr(``, ``) }\n"
	for _, name := range []string{"sync.WaitGroup.Go", "testing.T.Attr"} {
		used := standardNames(t, []emit.File{{Path: "newer.go", Data: []byte(newer)}})
		if added[name] != 25 || used[name] == "" {
			t.Errorf("%s, of Go 1.25, is not found: in GOROOT/api %d, in the test's file at %q",
				name, added[name], used[name])
		}
	}
	for _, e := range catalogtest.Envelopes() {
		files, err := gocode.Emit(catalogtest.Everything(e.Envelope),
			gocode.Options{Package: "apierr", Tests: true})
		if err != nil {
			t.Fatal(err)
		}
		for name, at := range standardNames(t, files) {
			if minor, newer := added[name]; newer {
				t.Errorf("%s: %s is of Go 1.%d; generated code promises to build with Go %s", at,
					name, minor, languageVersion)
			}
		}
	}
}

// A line of an api file, such as
//
//	pkg net/http, method (*Request) CookiesNamed(string) []*Cookie #61472
//	pkg testing, type B struct, Extra int
var apiLine = regexp.MustCompile(
	`^pkg ([^, ]+)(?: \([^)]*\))?, (?:(?:func|const|var|type) (\w+)|method \(\*?(\w+)(?:\[[^]]*\])?\) (\w+))(?:\[[^]]*\])?(?: (?:struct|interface), (?:embedded )?(\w+))?`)

// addedLater returns what releases after languageVersion added to the standard library, as
// path.Name or path.Type.Member, with the minor version of the release.
func addedLater(t *testing.T) map[string]int {
	t.Helper()
	root, err := exec.CommandContext(t.Context(), "go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(strings.TrimSpace(string(root)), "api")
	added := map[string]int{}
	for minor := languageMinor + 1; ; minor++ {
		text, err := os.ReadFile(filepath.Join(dir, "go1."+strconv.Itoa(minor)+".txt"))
		if os.IsNotExist(err) && minor > languageMinor+1 {
			return added
		}
		if err != nil {
			t.Fatalf("%v\nThis check needs the folder api of a Go distribution from https://go.dev/dl.", err)
		}
		for line := range strings.Lines(string(text)) {
			m := apiLine.FindStringSubmatch(line)
			if m == nil || strings.Contains(line, "//deprecated") {
				continue
			}
			name := m[1] + "." + m[2]
			if m[3] != "" {
				name = m[1] + "." + m[3] + "." + m[4]
			}
			if m[5] != "" {
				name += "." + m[5]
			}
			if added[name] == 0 {
				added[name] = minor
			}
		}
	}
}

// standardNames type-checks a package and returns what it uses of the standard library, in the form
// of addedLater, with a position of a use.
func standardNames(t *testing.T, files []emit.File) map[string]string {
	t.Helper()
	fset := token.NewFileSet()
	var parsed []*ast.File
	for _, f := range files {
		file, err := parser.ParseFile(fset, f.Path, f.Data, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		parsed = append(parsed, file)
	}
	info := types.Info{Uses: map[*ast.Ident]types.Object{},
		Selections: map[*ast.SelectorExpr]*types.Selection{}}
	config := types.Config{Importer: importer.ForCompiler(fset, "gc", nil),
		GoVersion: "go" + languageVersion}
	pkg, err := config.Check("apierr", fset, parsed, &info)
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]string{}
	add := func(name string, at token.Pos) { used[name] = fset.Position(at).String() }
	for id, obj := range info.Uses {
		if obj.Pkg() != nil && obj.Pkg() != pkg && obj.Parent() == obj.Pkg().Scope() {
			add(obj.Pkg().Path()+"."+obj.Name(), id.Pos())
		}
	}
	for expr, sel := range info.Selections {
		obj := sel.Obj()
		if obj.Pkg() == nil || obj.Pkg() == pkg {
			continue
		}
		for _, typ := range receivers(sel) {
			add(typ.Obj().Pkg().Path()+"."+typ.Obj().Name()+"."+obj.Name(), expr.Pos())
		}
	}
	return used
}

// receivers returns the named types of the standard library that a field or method is selected
// from: the selected type and the one that declares it, which may be embedded.
func receivers(sel *types.Selection) []*types.Named {
	at := []types.Type{sel.Recv()}
	if f, ok := sel.Obj().(*types.Func); ok {
		at = append(at, f.Signature().Recv().Type())
	}
	var named []*types.Named
	for _, typ := range at {
		if p, ok := types.Unalias(typ).(*types.Pointer); ok {
			typ = p.Elem()
		}
		if n, ok := types.Unalias(typ).(*types.Named); ok && n.Obj().Pkg() != nil {
			named = append(named, n)
		}
	}
	return named
}
