// Package pipeline is the compiler on one page: it takes a catalog's bytes and returns files or
// diagnostics. It reads only the sources that it is given, and prints nothing.
//
//	catalog.yaml ─ syntax.Parse ─▶ what was written
//	             ─ check.Check ─▶ catalog.Catalog
//	             ─ emit ─▶ []emit.File
//	             ─ output ─▶ disk
//
// [Load] leads to the resolved catalog, and [Generate] from there to files. Package output writes
// the result to disk.
package pipeline

import (
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"sync"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/gen/internal/emit/catalogschema"
	"github.com/errspec/errspec/gen/internal/emit/errorsjson"
	"github.com/errspec/errspec/gen/internal/emit/gocode"
	"github.com/errspec/errspec/gen/internal/emit/html"
	"github.com/errspec/errspec/gen/internal/emit/markdown"
	"github.com/errspec/errspec/gen/internal/emit/openapi"
	"github.com/errspec/errspec/gen/internal/emit/python"
	"github.com/errspec/errspec/gen/internal/emit/schema"
	"github.com/errspec/errspec/gen/internal/emit/typescript"
	"github.com/errspec/errspec/gen/internal/emit/vectors"
	"github.com/errspec/errspec/gen/internal/inject"
	"github.com/errspec/errspec/gen/internal/output"
	"github.com/errspec/errspec/gen/internal/pyname"
	"github.com/errspec/errspec/gen/internal/reference"
	"github.com/errspec/errspec/gen/internal/sample"
)

// An Emitter makes one kind of output.
type Emitter struct {
	Name string // the command line's flag, without dashes
	Doc  string // the flag's help: one line without a final dot
	// the output is a folder of files that all belong to errspec; otherwise a single file
	Dir  bool
	Mark emit.Mark

	// Ends are the ends that the file's name may have, the usual one first. A Module has one of them
	// or none, because compilers and interpreters go by it. Other files may have any end that is not
	// of another output.
	Ends   []string
	Module bool

	// Emit returns the files. It never fails on a catalog that passed check; its errors are about
	// the options.
	Emit func(*catalog.Catalog, Options) ([]emit.File, error)

	// InFolders are the names of files in folders of a code's own, below Dir. They have emit.CodeMark.
	InFolders []string

	// Also returns the paths that Emit would write for other options or catalogs, beside files of its
	// kind in Dir itself. It is nil if
	// there are none.
	Also func(Options) []string
}

// Options are the options of all emitters. Each emitter gets its own.
type Options struct {
	Go       gocode.Options
	Markdown markdown.Options // also of pages and of injected blocks

	History reference.History // of the codes; nil: not known

	Samples []sample.Language // set by Generate: the languages that a client is generated for
	Beside  []emit.Beside     // set by Generate: the other outputs that are published with this one
	JSON    bool              // set by Generate: an output that may be YAML or JSON is JSON
}

// Emitters returns the table of all outputs, in the order of the help.
func Emitters() []Emitter {
	return []Emitter{
		{
			Name: "go",
			Doc:  "write the Go package: error types, constructors, client, lookup, and its tests",
			Dir:  true, Mark: emit.GoMark,
			Emit: func(c *catalog.Catalog, o Options) ([]emit.File, error) {
				return gocode.Emit(c, o.Go)
			},
			Also: func(o Options) []string { return gocode.Also(o.Go) },
		},
		{
			Name: "markdown", Doc: "write the reference page", Mark: emit.MarkdownMark,
			Ends: []string{".md", ".mdx", ".markdown"},
			Emit: func(c *catalog.Catalog, o Options) ([]emit.File, error) {
				return markdown.Emit(c, o.markdown())
			},
		},
		{
			Name: "pages", Doc: "write the reference with one page per code, and an index",
			Dir: true, Mark: emit.MarkdownMark,
			Emit: func(c *catalog.Catalog, o Options) ([]emit.File, error) {
				return markdown.EmitPages(c, o.markdown())
			},
		},
		{
			Name: "html", Doc: "write the reference as a static site", Dir: true,
			Mark: emit.HTMLMark, InFolders: html.InFolders(),
			Also: func(Options) []string { return html.Also() },
			Emit: func(c *catalog.Catalog, o Options) ([]emit.File, error) {
				return html.Emit(c, html.Options{Beside: o.Beside, Generated: o.Samples, History: o.History})
			},
		},
		{
			Name: "schema", Doc: "write the JSON Schema (2020-12) of the error response",
			Mark: emit.JSONMark,
			Ends: []string{".json"},
			Emit: func(c *catalog.Catalog, _ Options) ([]emit.File, error) {
				return schema.Emit(c)
			},
		},
		{
			Name: "schema-lenient", Doc: "write the JSON Schema for clients, which accepts unknown codes",
			Mark: emit.JSONMark,
			Ends: []string{".json"},
			Emit: func(c *catalog.Catalog, _ Options) ([]emit.File, error) {
				return schema.EmitLenient(c)
			},
		},
		{
			Name: "openapi",
			Doc:  "write OpenAPI 3.1 components; JSON if FILE ends in .json, otherwise YAML",
			Mark: emit.OpenAPIMark,
			Ends: []string{".yaml", ".yml", ".json"},
			Emit: func(c *catalog.Catalog, o Options) ([]emit.File, error) {
				return openapi.Emit(c, openapi.Options{JSON: o.JSON})
			},
		},
		{
			Name: "json",
			Doc:  "write the resolved catalog as data, for programs in any language",
			Mark: emit.JSONMark,
			Ends: []string{".json"},
			Emit: func(c *catalog.Catalog, _ Options) ([]emit.File, error) {
				return errorsjson.Emit(c)
			},
		},
		{
			Name: "typescript",
			Doc:  "write the TypeScript module for clients: typed errors, decoding, retries",
			Mark: emit.GoMark,
			Ends: []string{".ts", ".mts", ".cts"}, Module: true,
			Emit: func(c *catalog.Catalog, _ Options) ([]emit.File, error) {
				return typescript.Emit(c)
			},
		},
		{
			Name: "python",
			Doc:  "write the Python module for clients: typed exceptions, decoding, retries",
			Mark: emit.PythonMark,
			Ends: []string{".py"}, Module: true,
			Emit: func(c *catalog.Catalog, _ Options) ([]emit.File, error) {
				return python.Emit(c)
			},
		},
		{
			Name: "vectors",
			Doc:  "write test vectors for clients: responses, and what a client must read from each",
			Mark: emit.JSONMark,
			Ends: []string{".json"},
			Emit: func(c *catalog.Catalog, _ Options) ([]emit.File, error) {
				return vectors.Emit(c)
			},
		},
		{
			Name: "catalog-schema", Doc: "write the JSON Schema of the catalog format, for editors",
			Mark: emit.JSONMark,
			Ends: []string{".json"},
			Emit: func(*catalog.Catalog, Options) ([]emit.File, error) {
				return catalogschema.Emit()
			},
		},
		{
			Name: "config-schema", Doc: "write the JSON Schema of errspec.yaml, for editors",
			Mark: emit.JSONMark,
			Ends: []string{".json"},
			Emit: func(*catalog.Catalog, Options) ([]emit.File, error) {
				return catalogschema.EmitConfig()
			},
		},
	}
}

// markdown returns the options of a Markdown output.
func (o Options) markdown() markdown.Options {
	m := o.Markdown
	m.Beside, m.Generated, m.History = o.Beside, o.Samples, o.History
	return m
}

// PathProblem says what is wrong with the name of a file or folder for the output, and which one to
// write instead; "": nothing is.
func (e Emitter) PathProblem(path string) (problem, instead string) {
	if strings.HasSuffix(path, "/") || strings.HasSuffix(path, string(filepath.Separator)) {
		return "", ""
	}
	end := filepath.Ext(path)
	if !e.Module { // of a module, compilers and interpreters tell A.PY from a.py
		end = strings.ToLower(end)
	}
	stem := path[:len(path)-len(end)]
	name := filepath.Base(stem)
	switch {
	case e.Dir && isEnd(end):
		return "the output is a folder, and " + end + " ends the name of a file", stem
	case end != "" && !slices.Contains(e.Ends, end) && (e.Module || isEnd(end)):
		return "the name must end in " + strings.Join(e.Ends, " or "), stem + e.Ends[0]
	case e.Name == "typescript" && strings.HasSuffix(name, ".d"):
		return "a declaration file has no code", strings.TrimSuffix(stem, ".d") + end
	case e.Name == "python" && end != "" && pyname.Module(name) != name:
		return "Python cannot import a module of this name",
			filepath.Join(filepath.Dir(path), pyname.Module(name)+end)
	}
	return "", ""
}

// isEnd reports whether the names of an output's files have an end.
func isEnd(end string) bool {
	return end == ".html" || slices.ContainsFunc(Emitters(), func(e Emitter) bool {
		return slices.Contains(e.Ends, end)
	})
}

// A Request is a requested output and its destination.
type Request struct {
	Emitter Emitter
	Path    string
	Name    string // the user's name for it, for messages; "" for the emitter's flag
}

// Generate makes all requested outputs or none. Emitters depend only on the catalog and the
// options, so they run concurrently. An error is about the options, because every catalog that Load
// returns can be emitted. Mistakes in a file given with the options are [diag.ListError].
func Generate(c *catalog.Catalog, wanted []Request, o Options) ([]output.Output, error) {
	var (
		outputs = make([]output.Output, len(wanted))
		errs    = make([]error, len(wanted))
		panics  = make(chan string, len(wanted))
		wg      sync.WaitGroup
	)
	for i, w := range wanted {
		o := o
		o.JSON = strings.EqualFold(filepath.Ext(w.Path), ".json")
		o.Beside, o.Samples = beside(w, wanted), Languages(wanted, o.Go)
		wg.Go(func() {
			defer func() {
				if p := recover(); p != nil {
					panics <- fmt.Sprintf("--%s: %v\n%s", w.Emitter.Name, p, debug.Stack())
				}
			}()
			out := output.Output{
				Name: cmp.Or(w.Name, "--"+w.Emitter.Name), Path: w.Path, Dir: w.Emitter.Dir,
				Mark: w.Emitter.Mark, InFolders: w.Emitter.InFolders,
			}
			out.Files, errs[i] = w.Emitter.Emit(c, o)
			if w.Emitter.Also != nil {
				out.Also = w.Emitter.Also(o)
			}
			outputs[i] = out
		})
	}
	wg.Wait()
	select {
	case p := <-panics: // where a caller can recover from it
		panic(p)
	default:
	}
	var found diag.List
	for i := range errs {
		errs[i] = found.Take(errs[i])
	}
	if err := errors.Join(append(errs, found.Err())...); err != nil {
		return nil, err
	}
	return outputs, nil
}

// Inject updates the blocks of handwritten pages. paths are the paths of the pages, as the user
// wrote them. Mistakes in a page are [diag.ListError].
func Inject(c *catalog.Catalog, pages []*inject.Page, paths []string, o Options) (
	[]output.Output, error,
) {
	var (
		outputs []output.Output
		found   diag.List
	)
	for i, p := range pages {
		text, err := p.Fill(c, o.markdown())
		if err := found.Take(err); err != nil {
			return nil, err
		}
		outputs = append(outputs, output.Output{Name: "--inject", Path: paths[i],
			Was: p.File.Bytes(), Files: []emit.File{{Data: text}}})
	}
	return outputs, found.Err()
}

// Languages returns the languages that a client is generated for, with the names to import.
func Languages(wanted []Request, o gocode.Options) []sample.Language {
	var all []sample.Language
	for _, w := range wanted {
		l := sample.Default(w.Emitter.Name)
		base := filepath.Base(w.Path)
		stem := strings.TrimSuffix(base, filepath.Ext(base))
		switch {
		case l.ID == "go" && o.NoClient, l.Import == "":
			continue
		case l.ID == "go":
			l.Import = cmp.Or(o.Package, l.Import)
		case w.Path == "-": // nobody knows its name
		case l.ID == "typescript":
			l.Import = "./" + base
		case l.ID == "python":
			l.Import = stem
		}
		all = append(all, l)
	}
	return all
}

// beside returns the other outputs that go to the folder of w or below it. They are published
// together, so w may link to them.
func beside(w Request, wanted []Request) []emit.Beside {
	folder := w.Path
	if !w.Emitter.Dir {
		folder = filepath.Dir(w.Path)
	}
	var found []emit.Beside
	for _, other := range wanted {
		rel, err := filepath.Rel(folder, other.Path)
		if other.Emitter.Name != w.Emitter.Name && err == nil && filepath.IsLocal(rel) {
			found = append(found, emit.Beside{Name: other.Emitter.Name,
				Path: filepath.ToSlash(rel)})
		}
	}
	slices.SortFunc(found, func(a, b emit.Beside) int { return strings.Compare(a.Name, b.Name) })
	return found
}
