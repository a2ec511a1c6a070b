// Package python makes the client of an API's errors in Python: one module that imports the
// standard library alone, for Python 3.10 and later.
//
// What enters is a checked catalog. What leaves is one file with a class for each code, the
// functions that read a response and decide about a retry, and the catalog as data. Internal codes
// are absent.
//
// The part that is the same for every catalog is fixed/apierr.py, a module of its own that is tested
// where it stands. Comments fence what only some catalogs need, and what is made of the catalog:
//
//	# errspec:if variants
//	# errspec:catalog classes
//	# errspec:end
package python

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/gen/internal/pyname"
)

//go:embed fixed/apierr.py
var fixed string

// Emit returns the module.
func Emit(c *catalog.Catalog) ([]emit.File, error) {
	src, err := fit(fixed, newGenerator(c))
	if err != nil {
		return nil, err
	}
	return []emit.File{{Data: []byte(src)}}, nil
}

// A generator makes what stands in the module for one catalog.
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

// section returns what stands in a section that is made of the catalog.
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

// fit returns the fixed part as the module of a catalog: without what its features do not ask for.
func fit(src string, g *generator) (string, error) {
	var b strings.Builder
	b.Grow(len(src) + 2048*len(g.entries))
	var open []bool // by fence: whether what stands inside is kept
	for line := range strings.Lines(src) {
		word, fenced := strings.CutPrefix(strings.TrimSpace(line), "# errspec:")
		condition, opens := strings.CutPrefix(word, "if ")
		section, made := strings.CutPrefix(word, "catalog ")
		switch {
		case fenced && opens:
			open = append(open, slices.ContainsFunc(strings.Fields(condition), func(f string) bool { return g.features[f] }))
		case fenced && made:
			if !slices.Contains(open, false) {
				b.WriteString(g.section(section))
			}
			open = append(open, false)
		case fenced && word == "end" && len(open) > 0:
			open = open[:len(open)-1]
		case fenced:
			return "", fmt.Errorf("%q closes no fence, or says neither if, catalog nor end", word)
		case !slices.Contains(open, false):
			b.WriteString(line)
		}
	}
	if len(open) > 0 {
		return "", fmt.Errorf("a fence has no end")
	}
	return tidy(b.String()), nil
}

// tidy takes out the empty lines that fences leave: more than two, or more than one inside a class or
// a function.
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
