// Package pipeline is the compiler in one page: a catalog's bytes in, files or diagnostics out. It reads no disk but what it
// is given, and prints nothing.
//
//	catalog.yaml ─ syntax.Parse ─▶ what was written ─ check.Check ─▶ catalog.Catalog ─ emit ─▶ []emit.File ─ output ─▶ disk
//
// [Load] is the way to the resolved catalog, [Generate] the way on from there. Package output brings the result to disk.
package pipeline

import (
	"errors"
	"sync"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/gen/internal/emit/bodyschema"
	"github.com/errspec/errspec/gen/internal/emit/catalogschema"
	"github.com/errspec/errspec/gen/internal/emit/gocode"
	"github.com/errspec/errspec/gen/internal/emit/lookup"
	"github.com/errspec/errspec/gen/internal/emit/markdown"
	"github.com/errspec/errspec/gen/internal/mark"
	"github.com/errspec/errspec/gen/internal/output"
)

// Emitters returns the table of what can be made from a catalog, in the order in which it is offered.
func Emitters() []emit.Emitter {
	return []emit.Emitter{
		{
			Name: "go", Doc: "write the Go package: error types, constructors, client, lookup, and its tests",
			Dir: true, Mark: mark.Go, Emit: gocode.Emit,
		},
		{Name: "markdown", Doc: "write the reference page", Mark: mark.Markdown, Emit: markdown.Emit},
		{Name: "schema", Doc: "write the JSON Schema (2020-12) of the error response", Mark: mark.JSON, Emit: bodyschema.Emit},
		{Name: "json", Doc: "write the resolved catalog: the lookup table for every other language", Mark: mark.JSON, Emit: lookup.Emit},
		{
			Name: "catalog-schema", Doc: "write the JSON Schema of the catalog format, for editors",
			Mark: mark.JSON, Emit: catalogschema.Emit,
		},
	}
}

// A Request is one output that is wanted, and where it goes.
type Request struct {
	Emitter emit.Emitter
	Path    string
}

// Generate makes what is wanted, all of it or nothing. Emitters depend on the catalog and the options alone, so they run side
// by side. An error is about the options: a catalog that Load returns can be emitted.
func Generate(c *catalog.Catalog, wanted []Request, o emit.Options) ([]output.Output, error) {
	var (
		outputs = make([]output.Output, len(wanted))
		errs    = make([]error, len(wanted))
		wg      sync.WaitGroup
	)
	for i, w := range wanted {
		wg.Go(func() {
			files, err := w.Emitter.Emit(c, o)
			outputs[i] = output.Output{Name: "--" + w.Emitter.Name, Path: w.Path, Dir: w.Emitter.Dir, Mark: w.Emitter.Mark, Files: files}
			errs[i] = err
		})
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return outputs, nil
}
