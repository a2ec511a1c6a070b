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
	"slices"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/gen/internal/emit/gocode"
	"github.com/errspec/errspec/gen/internal/emit/python"
	"github.com/errspec/errspec/gen/internal/emit/typescript"
	"github.com/errspec/errspec/gen/internal/rule"
)

// What consumer.go imports: the package of one version of a rule's catalog, or of the version that
// it is compiled with.
const (
	consumed = "catalog.test"
	either   = consumed + "/apierr"
)

// rulesDir has a folder for each rule about changes, with both versions and a consumer.
const rulesDir = "../../internal/breaking/testdata/rules"

// TestConsumers proves what the rules claim. A consumer.go that imports catalog.test/apierr is a
// caller of the generated package. If the rule's category is source, it compiles with the old
// version and not with the new one; if nobody breaks, it compiles with both. Every other
// consumer.go is a test in which a client of the old version talks to a server of the new one. It
// misreads the response, unless the rule says that nobody breaks.
func TestConsumers(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "go.mod"), "module "+consumed+"\n\ngo 1.24\n")
	write(t, filepath.Join(dir, "consumers", "helpers_test.go"),
		string(read(t, rulesDir, "..", "helpers.go")))
	m := &consumerModule{dir: dir, fset: token.NewFileSet()}
	m.std = importer.ForCompiler(m.fset, "source", nil)
	for _, r := range rule.Changes() {
		t.Run(r.ID, func(t *testing.T) {
			if r.Category == rule.SourceTypeScript || r.Category == rule.SourcePython {
				return // see TestConsumersInOtherLanguages
			}
			src := string(read(t, rulesDir, r.ID, "consumer.go"))
			if strings.Contains(src, `"`+either+`"`) {
				m.compiles(t, r, src)
				return
			}
			if r.Category == rule.SourceGo {
				t.Errorf("the rule is about callers of the Go package: its consumer.go must import %s", either)
			}
			if !strings.Contains(src, "func Test"+camel(r.ID)+"(t *testing.T)") {
				t.Errorf("consumer.go has no Test%s", camel(r.ID))
			}
			for _, version := range []string{"older", "old", "new"} {
				path := consumed + "/" + r.ID + "/" + version
				if strings.Contains(src, `"`+path+`"`) {
					src = strings.ReplaceAll(src, `"`+path+`"`, `"`+m.add(t, r.ID, version)+`"`)
				}
			}
			write(t, filepath.Join(dir, "consumers", strings.ReplaceAll(r.ID, "-", "_")+"_test.go"),
				src)
		})
	}
	// with -trimpath the build cache finds them the next time
	cmd := exec.CommandContext(t.Context(), "go", "test", "-trimpath", "-vet=off", "./consumers")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOFLAGS=", "GOWORK=off", "GOPROXY=off")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("the consumers do not confirm the rules: %v\n%s", err, out)
	}
}

// TestConsumersInOtherLanguages proves what the rules about one of these languages claim: a name
// that a caller uses is in the code of the old version, and not in that of the new one.
func TestConsumersInOtherLanguages(t *testing.T) {
	for id, emitted := range map[string]func(*catalog.Catalog) ([]emit.File, error){
		rule.TypeScriptNameChanged: typescript.Emit, rule.PythonNameChanged: python.Emit,
	} {
		var names [2][]string
		for i, version := range []string{"old", "new"} {
			files, err := emitted(load(t, filepath.Join(rulesDir, id, version+".yaml")))
			if err != nil {
				t.Fatal(err)
			}
			names[i] = regexp.MustCompile(`\b(line1|user_id)_\w+`).FindAllString(string(files[0].Data), -1)
		}
		if len(names[0]) == 0 || slices.Contains(names[1], names[0][0]) {
			t.Errorf("%s: the old version has the names %v, the new one %v", id, names[0], names[1])
		}
	}
}

// A consumerModule is a module for the consumers and the packages that they import.
type consumerModule struct {
	dir  string
	fset *token.FileSet
	std  types.Importer
}

// generate returns the Go package of a version.
func generate(t *testing.T, id, version, pkg string) []emit.File {
	t.Helper()
	name := version + ".yaml"
	files, err := gocode.Emit(load(t, filepath.Join(rulesDir, id, name)),
		gocode.Options{Package: pkg})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// add writes the package of a version and returns its path. Equal versions share a package, because
// compiling one takes a second.
func (m *consumerModule) add(t *testing.T, id, version string) string {
	t.Helper()
	c := load(t, filepath.Join(rulesDir, id, version+".yaml"))
	name := "p" + strings.TrimPrefix(c.Hash(), "sha256:")[:12]
	for _, f := range generate(t, id, version, name) {
		write(t, filepath.Join(m.dir, name, f.Path), string(f.Data))
	}
	return consumed + "/" + name
}

// compiles checks a caller of the package against both versions.
func (m *consumerModule) compiles(t *testing.T, r rule.Rule, src string) {
	t.Helper()
	if err := m.check(t, src, generate(t, r.ID, "old", "apierr")); err != nil {
		t.Fatalf("the caller does not compile even with the old version: %v", err)
	}
	err := m.check(t, src, generate(t, r.ID, "new", "apierr"))
	switch {
	case r.Category == rule.SourceGo && r.Severity == diag.Error && err == nil:
		t.Error("the caller also compiles with the new version")
	case r.Category == rule.Harmless && err != nil:
		t.Errorf("the caller does not compile with the new version: %v", err)
	case r.Category != rule.SourceGo && r.Category != rule.Harmless:
		t.Errorf(
			"a rule of the category %s is not only about compiling: write a test of a client and a server",
			r.Category)
	}
	t.Log(err)
}

// check type-checks a caller with a package.
func (m *consumerModule) check(t *testing.T, src string, files []emit.File) error {
	t.Helper()
	config := types.Config{Importer: m.std, GoVersion: "go1.24"}
	parse := func(name string, data []byte) *ast.File {
		f, err := parser.ParseFile(m.fset, name, data, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	var parsed []*ast.File
	for _, f := range files {
		parsed = append(parsed, parse(f.Path, f.Data))
	}
	pkg, err := config.Check(either, m.fset, parsed, nil)
	if err != nil {
		t.Fatalf("the generated package does not compile: %v", err)
	}
	config.Importer = only{pkg}
	_, err = config.Check("consumers", m.fset, []*ast.File{parse("consumer.go", []byte(src))}, nil)
	return err
}

// only is an importer of a single package.
type only struct{ pkg *types.Package }

func (o only) Import(path string) (*types.Package, error) {
	if path != o.pkg.Path() {
		return nil, fmt.Errorf("a caller may only import %s, got %s", o.pkg.Path(), path)
	}
	return o.pkg, nil
}

func camel(id string) string {
	var b strings.Builder
	for word := range strings.SplitSeq(id, "-") {
		b.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return b.String()
}
