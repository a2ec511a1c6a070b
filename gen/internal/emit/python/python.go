// Package python makes the client of an API's errors in Python: one module that imports the
// standard library alone, for Python 3.10 and later.
//
// It takes a checked catalog. It returns one file with a class for each code, the functions that
// read a response and decide about a retry, and the catalog as data. Internal codes are absent.
//
// The part that is the same for every catalog is runtime/apierr.py. It is a module of its own,
// which is type-checked and tested where it stands: what is made of a catalog stands between two
// comments. Other comments fence what only some catalogs need (see [emit.Fit]):
//
//	# catalog: classes
//	# catalog: end
//	# errspec:if variants
//	# errspec:end
package python

import (
	_ "embed"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/gen/internal/pyname"
)

//go:embed runtime/apierr.py
var runtime string

// Emit returns the module.
func Emit(c *catalog.Catalog) ([]emit.File, error) {
	g := newGenerator(c)
	src, err := emit.Fit(runtime, "# ", func(word string) bool { return g.features[word] })
	if err != nil {
		return nil, err
	}
	return []emit.File{{Data: []byte(tidy(sections(src, g.section)))}}, nil
}

// Fixture returns the module of the folder runtime, which is tested there: all of the runtime, with
// what Emit makes of a catalog between the comments that mark it.
func Fixture(c *catalog.Catalog) []byte {
	g := newGenerator(c)
	return []byte(sections(runtime, func(name string) string {
		return "# catalog: " + name + "\n" + g.section(name) + "# catalog: end\n"
	}))
}

// A generator makes the parts of the module that depend on one catalog.
type generator struct {
	catalog  *catalog.Catalog
	entries  []entry
	policies []catalog.RetryPolicy // those in use, in the order of their first use
	features map[string]bool
}

// An entry is a public code with its names.
type entry struct {
	*catalog.Entry
	names pyname.Entry
}

func newGenerator(c *catalog.Catalog) *generator {
	g := &generator{catalog: c}
	names := pyname.Of(c)
	for e := range c.Public() {
		g.entries = append(g.entries, entry{e, names[len(g.entries)]})
	}
	g.features = featuresOf(c, g.entries)
	return g
}

// section returns the text of a section that is made of the catalog.
func (g *generator) section(name string) string {
	var b strings.Builder
	switch name {
	case "head":
		g.head(&b)
	case "codes":
		g.codes(&b)
	case "classes":
		for i := range g.entries {
			g.class(&b, &g.entries[i])
		}
	case "any":
		g.anyError(&b)
	case "tables":
		g.tables(&b)
	default:
		panic("python: there is no section " + name)
	}
	return b.String()
}

// sections replaces, in a module, what is made of a catalog.
func sections(src string, of func(name string) string) string {
	var b strings.Builder
	made := false
	for line := range strings.Lines(src) {
		name, mark := strings.CutPrefix(strings.TrimSuffix(line, "\n"), "# catalog: ")
		switch {
		case mark && name == "end":
			made = false
		case mark:
			made = true
			b.WriteString(of(name))
		case !made:
			b.WriteString(line)
		}
	}
	return b.String()
}

// tidy takes out the empty lines that fences leave: more than two, or more than one inside a class
// or a function.
func tidy(src string) string {
	var b strings.Builder
	b.Grow(len(src))
	empty := 0
	for line := range strings.Lines(src) {
		if line == "\n" {
			empty++
			continue
		}
		most := 1
		if line[0] != ' ' && line[0] != ')' {
			most = 2
		}
		b.WriteString("\n\n"[:min(empty, most)])
		b.WriteString(line)
		empty = 0
	}
	return b.String()
}
