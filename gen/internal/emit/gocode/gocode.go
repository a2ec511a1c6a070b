// Package gocode emits the generated Go package.
//
// The package has two parts. The runtime (errors, responses, requests, retries) is the same for
// every catalog: real Go in the folder runtime, compiled and tested there, and copied. The rest
// depends on the catalog and is made here: the parts of each code as text in gofmt's form, and the
// envelope with jennifer. Both are one package, so that users see one API and need no run-time
// module.
package gocode

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"sync"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/gen/internal/emit/vectors"
)

// How many codes have their constants and their types in one file, so that no file is slow to
// format, to diff and to open.
const (
	constsPerFile = 2000
	typesPerFile  = 500
)

// Options are what a user may choose beside the catalog.
type Options struct {
	Package  string // the package's name
	Tests    bool   // the package comes with its tests
	NoServer bool   // the package is for clients alone
	NoClient bool   // the package is for servers alone

	// Import is the package's import path, for the package of test helpers; "": there are no helpers.
	Import string
}

// Emit returns the files of the generated package.
func Emit(c *catalog.Catalog, o Options) ([]emit.File, error) {
	if o.Package == "" {
		return nil, errors.New("a Go package needs a name")
	}
	entries := named(c)
	g := &generator{
		catalog:  c,
		entries:  entries,
		pkg:      o.Package,
		reader:   vectors.NewReader(c),
		features: featuresOf(c, entries, o),
	}
	// The longest come first, so that none is left for one worker while others have nothing to do.
	jobs := []job{{path: "table.go", make: g.table}}
	if o.Tests {
		jobs = append(jobs, job{path: "expected_test.go", make: g.expected})
	}
	jobs = append(jobs, job{path: "doc.go", make: g.formatted(g.doc)},
		job{path: "envelope.go", make: g.formatted(g.envelope)})
	for first, entries := range g.chunks(constsPerFile) {
		jobs = append(jobs, job{
			path: chunkFile("codes", first), make: func() ([]byte, error) { return g.codes(first, entries) },
		})
	}
	for first, entries := range g.chunks(typesPerFile) {
		jobs = append(jobs, job{
			path: chunkFile("errors", first), make: func() ([]byte, error) { return g.errors(entries) },
		})
	}
	if o.Tests && !o.NoServer && c.Len() > 0 {
		jobs = append(jobs, job{path: "example_test.go", make: g.formatted(g.examples)})
	}
	files, err := run(jobs)
	if err != nil {
		return nil, err
	}
	fixed, err := runtimeFiles(g.features, o.Package, files)
	if err != nil {
		return nil, err
	}
	files = append(files, fixed...)
	if o.Import != "" {
		helpers, err := g.testHelpers(o.Import)
		return append(files, helpers...), err
	}
	return files, nil
}

// A generator makes the part of one package that depends on its catalog. It is not changed after it
// was made.
type generator struct {
	catalog *catalog.Catalog
	entries []*entry
	pkg     string
	reader  *vectors.Reader
	features
}

// formatted wraps a function that makes source in any layout in one that makes it in gofmt's form.
func (g *generator) formatted(source func() []byte) func() ([]byte, error) {
	return func() ([]byte, error) { return formatted(source()) }
}

// A job is one file to be made.
type job struct {
	path string
	make func() ([]byte, error) // in gofmt's form
}

// run makes the files side by side, in as many workers as there are processors.
func run(jobs []job) ([]emit.File, error) {
	var (
		files = make([]emit.File, len(jobs))
		errs  = make([]error, len(jobs))
		slots = make(chan struct{}, runtime.GOMAXPROCS(0))
		wait  sync.WaitGroup
	)
	for i, j := range jobs {
		slots <- struct{}{}
		wait.Go(func() {
			defer func() { <-slots }()
			files[i].Path = j.path
			files[i].Data, errs[i] = j.make()
		})
	}
	wait.Wait()
	return files, cmp.Or(errs...)
}

// chunks yields the entries, so many at a time, with the number of the first of them. There is at
// least one chunk.
func (g *generator) chunks(size int) iter.Seq2[int, []*entry] {
	return func(yield func(int, []*entry) bool) {
		for first := 0; first == 0 || first < len(g.entries); first += size {
			if !yield(first, g.entries[first:min(first+size, len(g.entries))]) {
				return
			}
		}
	}
}

// chunkFile names a file by the number of its first code.
func chunkFile(name string, first int) string {
	if first == 0 {
		return name + ".go"
	}
	return fmt.Sprintf("%s%d.go", name, first)
}

// header is what each file begins with.
func header(pkg string, imports ...string) []byte {
	b := []byte(emit.GoMarkLine + "\n\npackage " + pkg + "\n\n")
	if len(imports) == 1 {
		return fmt.Appendf(b, "import %q\n\n", imports[0])
	}
	if len(imports) > 1 {
		b = append(b, "import (\n"...)
		for _, path := range imports {
			b = fmt.Appendf(b, "\t%q\n", path)
		}
		b = append(b, ")\n\n"...)
	}
	return b
}
