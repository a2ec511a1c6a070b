package hostile

import (
	"bytes"
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/yuin/goldmark"
	mdast "github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/gen/internal/emit/gocode"
	"github.com/errspec/errspec/gen/internal/emit/markdown"
	"github.com/errspec/errspec/gen/internal/mdtext"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/source"
)

var (
	mutants = flag.Int("mutants", 200, "how many mutants TestMutants makes")
	folder  = flag.String("catalogs", "", "a `FOLDER` with more catalogs to mutate")
	seed    = flag.Uint64("seed", 1,
		"what the mutants are made from: the same ones for the same number")
)

// root is the repository's own folder, seen from here.
const root = "../../.."

// catalogs returns what is mutated: by name, the catalogs of this repository and those of the
// folder that a flag names.
func catalogs(t testing.TB) map[string][]byte {
	t.Helper()
	patterns := []string{
		root + "/catalog.yaml", root + "/gen/internal/pipeline/testdata/golden/*/catalog.yaml",
		root + "/gen/internal/emit/gocode/runtime/testdata/catalog.yaml",
		root + "/gen/internal/emit/*/testdata/*.yaml", "testdata/seeds/*.yaml",
	}
	if *folder != "" {
		patterns = append(patterns, filepath.Join(*folder, "*.yaml"))
	}
	all := readAll(t, patterns...)
	if len(all) < 10 {
		t.Fatalf("there are %d catalogs; is %s the repository?", len(all), root)
	}
	return all
}

// readAll returns the files that patterns match, by name.
func readAll(t testing.TB, patterns ...string) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	for _, pattern := range patterns {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range found {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			all[path] = data
		}
	}
	return all
}

// TestMutants mutates catalogs. The Go package of each that is accepted reads the catalog's
// vectors; TestClientsInTypeScript and TestClientsInPython do so with theirs. A failure prints the
// mutant: put it into testdata/seeds, where it stays.
func TestMutants(t *testing.T) {
	j := newJudge(t)
	all := catalogs(t)
	names := slices.Sorted(maps.Keys(all))
	r := rand.New(rand.NewPCG(*seed, 0))
	byName := map[string]*verdicts{}
	var compiled []*accepted
	for i := range *mutants {
		name := names[i%len(names)]
		data := mutate(r, excerpt(r, all[name], 5+r.IntN(20)))
		v := byName[name]
		if v == nil {
			v = &verdicts{}
			byName[name] = v
		}
		a, err := j.judge(data, v)
		if err != nil {
			t.Fatalf("a mutant of %s: %v\n%s", name, err, data)
		}
		if a != nil {
			a.name = "a mutant of " + name
			compiled = append(compiled, a)
		}
	}
	for batch := range slices.Chunk(compiled, 100) {
		runVectors(t, batch)
	}
	for _, a := range compiled {
		for _, w := range a.wrong {
			t.Errorf("%s: %s: %s\n%s", a.name, w.kind, w.what, a.data)
		}
	}
	var sum verdicts
	for _, v := range byName {
		sum.compiled += v.compiled
		sum.refused += v.refused
		sum.findings += v.findings
	}
	t.Logf("%d mutants of %d catalogs: %d compiled, %d refused with %d findings",
		*mutants, len(byName), sum.compiled, sum.refused, sum.findings)
	if sum.compiled < *mutants/20 || sum.refused < *mutants/20 {
		t.Errorf("of %d mutants %d were compiled and %d refused: they say too little",
			*mutants, sum.compiled, sum.refused)
	}
}

// Whatever was found once is judged each time, as it is. What is accepted of it is compiled and
// run, too; what must be refused has a name that begins with refused.
func TestSeeds(t *testing.T) {
	j := newJudge(t)
	var all []*accepted
	catalogs := catalogs(t)
	maps.Copy(catalogs, readAll(t, root+"/gen/internal/check/testdata/rules/*.yaml"))
	for name, data := range catalogs {
		if _, err := j.judge(data, &verdicts{}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if !strings.Contains(name, "seeds") {
			continue // the goldens are run where they are
		}
		c, _ := pipeline.Load(source.New("catalog.yaml", data, j.root))
		if refused := strings.HasPrefix(filepath.Base(name), "refused"); refused != (c == nil) {
			t.Errorf("%s is refused: %v; its name says %v", name, c == nil, refused)
		}
		if c != nil {
			all = append(all, &accepted{name: name, pkg: "apierr", data: data, catalog: c})
		}
	}
	j.judgeAll(t, all)
	for _, a := range all {
		for _, w := range a.wrong {
			t.Errorf("%s: %s: %s", a.name, w.kind, w.what)
		}
	}
}

// FuzzPipeline goes all the way from bytes.
func FuzzPipeline(f *testing.F) {
	for _, data := range catalogs(f) {
		f.Add(data)
	}
	j := newJudge(f)
	// The standard library is type-checked once, from source: with the fuzzer's instruments that takes
	// longer than a single input may.
	v := &verdicts{}
	if _, err := j.judge(catalogs(f)[root+"/catalog.yaml"], v); err != nil || v.compiled != 1 {
		f.Fatalf("catalog.yaml does not compile: %v", err)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, err := j.judge(data, &verdicts{}); err != nil {
			t.Error(err)
		}
	})
}

type verdicts struct{ compiled, refused, findings int }

// A judge checks outputs with those who read them. Its parsed files and checked packages are
// kept: most of a generated package is always the same.
type judge struct {
	fset   *token.FileSet
	std    types.Importer
	parsed map[string]*ast.File // by content
	root   fs.FS
}

// cached asks an importer for each package once: that of sources looks at their files each time.
type cached struct {
	types.Importer
	packages map[string]*types.Package
}

func (c cached) Import(path string) (*types.Package, error) {
	if p := c.packages[path]; p != nil {
		return p, nil
	}
	p, err := c.Importer.Import(path)
	c.packages[path] = p
	return p, err
}

func newJudge(t testing.TB) *judge {
	t.Helper()
	dir, err := os.OpenRoot("testdata")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = dir.Close() })
	fset := token.NewFileSet()
	return &judge{
		fset:   fset,
		std:    cached{importer.ForCompiler(fset, "source", nil), map[string]*types.Package{}},
		parsed: map[string]*ast.File{},
		root:   dir.FS(),
	}
}

// judge returns what is wrong with what is made of a catalog. The catalog is nil if it is refused.
func (j *judge) judge(data []byte, v *verdicts) (*accepted, error) {
	c, list := pipeline.Load(source.New("catalog.yaml", data, j.root))
	if err := positions(&list); err != nil {
		return nil, err
	}
	if c == nil {
		if !list.HasErrors() {
			return nil, fmt.Errorf("refused without an error")
		}
		v.refused++
		v.findings += len(list.All())
		return nil, nil
	}
	var wanted []pipeline.Request
	for _, e := range pipeline.Emitters() {
		wanted = append(wanted, pipeline.Request{Emitter: e, Path: pathOf(e)})
	}
	outputs, err := pipeline.Generate(c, wanted, pipeline.Options{
		Go:       gocode.Options{Package: "apierr", Tests: true},
		Markdown: markdown.Options{Dialect: mdtext.MDX},
	})
	if err != nil {
		var findings diag.List
		// findings of emitters are findings; all else is our mistake
		if err := findings.Take(err); err != nil {
			return nil, err
		}
		v.refused++
		return nil, positions(&findings)
	}
	v.compiled++
	a := &accepted{pkg: "apierr", data: data, catalog: c, outputs: map[string][]emit.File{}}
	for _, o := range outputs {
		name := strings.TrimPrefix(o.Name, "--")
		a.outputs[name] = o.Files
		if err := j.judgeOutput(name, o.Files); err != nil {
			return nil, fmt.Errorf("%s: %w", o.Name, err)
		}
	}
	return a, a.examplesHold()
}

// pathOf returns where the files of an emitter go.
func pathOf(e pipeline.Emitter) string {
	if e.Name == "openapi" {
		return "out/openapi.json" // not YAML
	}
	return "out/" + e.Name
}

// judgeOutput returns what is wrong with one output, by its emitter's name.
func (j *judge) judgeOutput(name string, files []emit.File) (err error) {
	switch name {
	case "go":
		err = j.typeCheck(files)
	case "schema", "schema-lenient", "catalog-schema", "config-schema":
		err = compiles(files[0].Data)
	case "openapi":
		err = openAPIHolds(files[0].Data)
	case "json", "vectors":
		if !json.Valid(files[0].Data) {
			err = fmt.Errorf("not JSON")
		}
	case "markdown", "pages":
		for _, f := range files {
			err = cmp.Or(err, safeForMDX(f.Data))
		}
	}
	return err
}

// positions wants each finding to be where there is something, or right behind it.
func positions(list *diag.List) error {
	for _, d := range list.All() {
		spans := []diag.Span{d.Span}
		for _, n := range d.Notes {
			if !n.Span.IsZero() {
				spans = append(spans, n.Span)
			}
		}
		for _, s := range spans {
			if s.File == nil || s.Line < 1 || s.Line > s.File.Lines() || s.Col < 1 ||
				s.Col+max(s.Len, 1) > len([]rune(s.File.Line(s.Line)))+2 {
				return fmt.Errorf("the finding %q [%s] is at %d:%d+%d, outside its file",
					d.Message, d.Rule, s.Line, s.Col, s.Len)
			}
		}
	}
	return nil
}

func (j *judge) typeCheck(files []emit.File) error {
	var all []*ast.File
	for _, f := range files {
		file := j.parsed[string(f.Data)]
		if file == nil {
			var err error
			file, err = parser.ParseFile(j.fset, f.Path, f.Data, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			if len(j.parsed) < 100 {
				j.parsed[string(f.Data)] = file
			}
		}
		all = append(all, file)
	}
	config := types.Config{Importer: j.std, GoVersion: "go1.24"}
	_, err := config.Check("apierr", j.fset, all, nil)
	return err
}

func compiles(schema []byte) error {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema))
	if err != nil {
		return err
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("schema.json", doc); err != nil {
		return err
	}
	_, err = c.Compile("schema.json")
	return err
}

var (
	gfm         = goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser()
	frontMatter = regexp.MustCompile(`(?s)\A---\n.*?\n---\n`)
	tags        = []string{
		"<code>", "</code>", "<em>", "</em>", "<strong>", "</strong>", "<del>", "</del>", "<br />",
	}
	// escapes, and programs of nothing, which keep Docusaurus from reading emoji and anchors
	harmless = regexp.MustCompile(`\\[!-/:-@\[-` + "`" + `{-~]|\{\t?\}`)
)

// anchorTag matches the anchors of headings; </a> closes them.
var anchorTag = regexp.MustCompile(`^(<a id="[^"<>{}&]+">|</a>)$`)

// safeForMDX wants no HTML but the few tags that are balanced and known, and no program but the
// empty one.
func safeForMDX(page []byte) error {
	src := frontMatter.ReplaceAll(page, nil)
	return mdast.Walk(gfm.Parse(text.NewReader(src)),
		func(n mdast.Node, entering bool) (mdast.WalkStatus, error) {
			if !entering {
				return mdast.WalkContinue, nil
			}
			switch n := n.(type) {
			case *mdast.HTMLBlock:
				return mdast.WalkStop, fmt.Errorf("a block of HTML: %s", n.Lines().Value(src))
			case *mdast.CodeBlock:
				return mdast.WalkStop, fmt.Errorf("indented code: %s", n.Lines().Value(src))
			case *mdast.RawHTML:
				if tag := string(n.Segments.Value(src)); !slices.Contains(tags, tag) &&
					!anchorTag.MatchString(tag) {
					return mdast.WalkStop, fmt.Errorf("the tag %s", tag)
				}
			case *mdast.Text:
				if n.Parent().Kind() != mdast.KindCodeSpan &&
					bytes.ContainsAny(harmless.ReplaceAll(n.Value(src), nil), "<{}") {
					return mdast.WalkStop, fmt.Errorf("the text %q is a program in MDX", n.Value(src))
				}
			case *mdast.Paragraph:
				line := n.Lines().Value(src)
				if bytes.HasPrefix(line, []byte("import ")) || bytes.HasPrefix(line, []byte("export ")) {
					return mdast.WalkStop, fmt.Errorf("a paragraph is a program in MDX: %s", line)
				}
			}
			return mdast.WalkContinue, nil
		})
}
