// Package pipeline is the compiler in one page: a catalog's bytes in, files or diagnostics out. It reads no disk but what it
// is given, and prints nothing.
//
//	catalog.yaml ─ syntax.Parse ─▶ what was written ─ check.Check ─▶ catalog.Catalog ─ emit ─▶ []emit.File ─ output ─▶ disk
//
// [Load] is the way to the resolved catalog, [Generate] the way on from there. Package output brings the result to disk.
package pipeline

import (
	"errors"
	"path/filepath"
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
	"github.com/errspec/errspec/gen/internal/emit/schema"
	"github.com/errspec/errspec/gen/internal/inject"
	"github.com/errspec/errspec/gen/internal/output"
)

// Emitters returns the table of what can be made from a catalog, in the order in which it is offered.
func Emitters() []emit.Emitter {
	return []emit.Emitter{
		{
			Name: "go", Doc: "write the Go package: error types, constructors, client, lookup, and its tests",
			Dir: true, Mark: emit.GoMark, Also: gocode.Also, Emit: gocode.Emit,
		},
		{Name: "markdown", Doc: "write the reference page", Mark: emit.MarkdownMark, Emit: markdown.Emit},
		{
			Name: "pages", Doc: "write the reference with a page for each code, and one that leads to them",
			Dir: true, Mark: emit.MarkdownMark, Emit: markdown.EmitPages,
		},
		{Name: "html", Doc: "write the reference as a page for browsers", Dir: true, Mark: emit.HTMLMark, Emit: html.Emit},
		{Name: "schema", Doc: "write the JSON Schema (2020-12) of the error response", Mark: emit.JSONMark, Emit: schema.Emit},
		{
			Name: "schema-lenient", Doc: "write the same for clients: codes that it does not know pass",
			Mark: emit.JSONMark, Emit: schema.EmitLenient,
		},
		{
			Name: "openapi", Doc: "write an OpenAPI 3.1 document of components to refer to; JSON if FILE ends in .json, else YAML",
			Mark: emit.OpenAPIMark, Emit: openapi.Emit,
		},
		{Name: "json", Doc: "write the resolved catalog: the lookup table for every other language", Mark: emit.JSONMark, Emit: errorsjson.Emit},
		{
			Name: "catalog-schema", Doc: "write the JSON Schema of the catalog format, for editors",
			Mark: emit.JSONMark, Emit: catalogschema.Emit,
		},
	}
}

// A Request is one output that is wanted, and where it goes.
type Request struct {
	Emitter emit.Emitter
	Path    string
}

// Generate makes what is wanted, all of it or nothing. Emitters depend on the catalog and the options alone, so they run side
// by side. An error is about the options: a catalog that Load returns can be emitted. What is wrong in a file that the user gave
// with the options is [diag.Findings].
func Generate(c *catalog.Catalog, wanted []Request, o emit.Options) ([]output.Output, error) {
	var (
		outputs = make([]output.Output, len(wanted))
		errs    = make([]error, len(wanted))
		wg      sync.WaitGroup
	)
	for i, w := range wanted {
		o := o
		o.JSON = strings.EqualFold(filepath.Ext(w.Path), ".json")
		o.Beside = beside(w, wanted)
		wg.Go(func() {
			files, err := w.Emitter.Emit(c, o)
			outputs[i] = output.Output{Name: "--" + w.Emitter.Name, Path: w.Path, Dir: w.Emitter.Dir, Mark: w.Emitter.Mark, Files: files}
			if w.Emitter.Also != nil {
				outputs[i].Also = w.Emitter.Also(o)
			}
			errs[i] = err
		})
	}
	wg.Wait()
	var found diag.List
	for i := range errs {
		errs[i] = found.Take(errs[i])
	}
	if err := errors.Join(append(errs, found.Err())...); err != nil {
		return nil, err
	}
	return outputs, nil
}

// Inject makes the blocks of pages that somebody writes by hand anew. The paths are those of the pages, as the user wrote them. What is
// wrong in a page is [diag.Findings].
func Inject(c *catalog.Catalog, pages []*inject.Page, paths []string, o emit.Options) ([]output.Output, error) {
	var (
		outputs []output.Output
		found   diag.List
	)
	for i, p := range pages {
		text, err := p.Fill(c, o)
		if err := found.Take(err); err != nil {
			return nil, err
		}
		outputs = append(outputs, output.Output{Name: "--inject", Path: paths[i], Was: p.File.Bytes(), Files: []emit.File{{Data: text}}})
	}
	return outputs, found.Err()
}

// beside returns the other outputs that go to the folder of w or below it: they are published with it, so it may lead to them.
func beside(w Request, wanted []Request) []emit.Beside {
	folder := w.Path
	if !w.Emitter.Dir {
		folder = filepath.Dir(w.Path)
	}
	var found []emit.Beside
	for _, other := range wanted {
		rel, err := filepath.Rel(folder, other.Path)
		if other.Emitter.Name != w.Emitter.Name && err == nil && filepath.IsLocal(rel) {
			found = append(found, emit.Beside{Name: other.Emitter.Name, Path: filepath.ToSlash(rel)})
		}
	}
	slices.SortFunc(found, func(a, b emit.Beside) int { return strings.Compare(a.Name, b.Name) })
	return found
}
