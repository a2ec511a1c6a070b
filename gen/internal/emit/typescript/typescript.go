// Package typescript emits errors.ts: a client of the API's errors in one TypeScript module without
// dependencies.
//
// What is the same for every catalog is real TypeScript, in the folder runtime, and is copied from
// there without what the catalog does not need. What depends on the catalog is made here: types and
// texts that editors show (docs.go), and the tables that the runtime reads (tables.go,
// envelope.go). Types and constants are in one module, so that nothing but names is imported by
// users.
package typescript

import (
	_ "embed"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/gen/internal/tsname"
)

//go:embed runtime/runtime.ts
var runtime string

// The lines of runtime.ts above what is copied, and above what only the module itself uses.
const (
	begin    = "//errspec:begin\n"
	internal = "//errspec:internal\n"
)

// Emit returns errors.ts.
func Emit(c *catalog.Catalog) ([]emit.File, error) {
	w := newWriter(c)
	_, fixed, _ := strings.Cut(runtime, begin)
	public, private, _ := strings.Cut(fixed, internal)
	fixed, err := emit.Fit(public+strings.ReplaceAll(private, "\nexport ", "\n"), "//", w.has)
	if err != nil {
		return nil, err
	}
	w.Grow(len(fixed) + 4096 + 2048*c.Len()) // an entry of a usual size
	w.head()
	w.types()
	w.brand()
	w.WriteString("\n" + fixed)
	w.tables()
	return []emit.File{{Data: []byte(w.String())}}, nil
}

// Fixture returns the module that the runtime imports where it is tested: all that Emit adds to it.
func Fixture(c *catalog.Catalog) []byte {
	w := newWriter(c)
	w.export = "export "
	for _, table := range []string{"bystatus", "codeheaders", "typebody"} {
		w.features[table] = true // even if it is empty
	}
	w.WriteString(emit.GoMarkLine + "\n\n")
	w.WriteString("import type " +
		"{ Anonymous, CatalogEntry, Code, CodeHeader, Example } from \"./runtime.ts\";\n" +
		"import type { Form, Retired, RetryPolicy, Shape } from \"./runtime.ts\";\n")
	w.types()
	w.brand()
	w.tables()
	return []byte(w.String())
}

// A writer makes the part of the module that depends on the catalog.
type writer struct {
	strings.Builder
	*catalog.Catalog
	entries  []*entry // the public ones
	features map[string]bool
	policies []catalog.RetryPolicy // those in use, in the order of their first use
	export   string                // before what only the module itself uses
}

func (w *writer) has(feature string) bool { return w.features[feature] }

func newWriter(c *catalog.Catalog) *writer {
	w := &writer{Catalog: c}
	for e := range c.Public() {
		w.entries = append(w.entries, newEntry(e))
	}
	w.features = featuresOf(c, w.entries)
	return w
}

// An entry is a code with the names of its params.
type entry struct {
	*catalog.Entry
	params []param // those that are ever sent
}

type param struct {
	*catalog.Param
	name string
}

func newEntry(e *catalog.Entry) *entry {
	out := &entry{Entry: e}
	for i, name := range tsname.Params(e) {
		if !e.Params[i].Sensitive {
			out.params = append(out.params, param{&e.Params[i], name})
		}
	}
	return out
}

// nameOf returns the name of a param in the module.
func (e *entry) nameOf(name string) string {
	for _, p := range e.params {
		if p.Name == name {
			return p.name
		}
	}
	panic("typescript: " + e.Code + " sends no param " + name)
}

// A need says which errors of a code need a param.
type need int

const (
	byMessage need = iota // those whose message shows it
	always
	never
)

func (e *entry) need(p *catalog.Param) need {
	if p.Optional {
		return never
	}
	needed := p.Detail
	for i := range e.Headers {
		needed = needed || contains(e.Headers[i].Value.Names(), p.Name)
	}
	if needed {
		return always
	}
	return byMessage
}

// isSure reports whether all errors of a code need a param.
func (e *entry) isSure(p *catalog.Param) bool {
	switch e.need(p) {
	case never:
		return false
	case always:
		return true
	}
	for i := range e.Variants {
		if !contains(e.Variants[i].Message.Names(), p.Name) {
			return false
		}
	}
	return true
}
