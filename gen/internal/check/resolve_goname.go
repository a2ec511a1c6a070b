package check

import (
	"slices"

	"github.com/errspec/errspec/gen/internal/goname"
	"github.com/errspec/errspec/gen/internal/slug"
)

// goNames gives parts of the catalog a Go name of their own where the usual one is taken. Names
// that the author gives come first, then codes in their order, each with its parts. A later part
// gets a mark that depends only on its own name, so new codes rename nothing before them.
func (m *model) goNames() {
	taken := goNames{}
	for _, name := range goname.Fixed() {
		taken[name] = true
	}
	var live []*entry
	for i := range m.entries {
		e := &m.entries[i]
		if problem, _ := codeProblem(e.w.Code); problem == "" && e.isFirst() {
			live = append(live, e)
			taken.settle(codePart(e), true)
		}
	}
	for _, e := range live {
		taken.settle(codePart(e), false)
		parts := slices.Concat(paramParts(e), valueParts(e), variantParts(e))
		for _, explicit := range [...]bool{true, false} {
			for _, p := range parts {
				taken.settle(p, explicit)
			}
		}
	}
}

// A goPart is a part of a code that has Go names.
type goPart struct {
	name     string          // what it is called in the catalog
	goName   *string         // what its author calls it in Go, or its name with a mark
	explicit bool            // the author calls it so
	names    func() []string // its Go names, which follow from goName
}

type goNames slug.Set

// settle takes the names of a part, if they are explicit or not, as asked. Names that are not
// explicit get a mark if they are taken.
func (taken goNames) settle(p goPart, explicit bool) {
	if p.explicit != explicit {
		return
	}
	if explicit {
		for _, name := range p.names() {
			taken[name] = true // if it is not free, that is symbol-collision
		}
		return
	}
	stem := goname.Exported(p.name)
	for round := 0; !taken.take(p.names()); round++ {
		*p.goName = goname.Marked(stem, slug.Mark(p.name, round))
	}
}

// take takes all of some names, if all are free.
func (taken goNames) take(names []string) bool {
	for _, name := range names {
		if taken[name] {
			return false
		}
	}
	for _, name := range names {
		taken[name] = true
	}
	return true
}

// codePart is a code itself.
func codePart(e *entry) goPart {
	return goPart{e.out.Code, &e.out.GoName, e.w.GoName.IsSet(), func() []string {
		own := goname.ForEntry(goname.Stem(e.out.Code, e.out.GoName))
		names := []string{own.Code, own.Type}
		if len(e.out.Params) > 0 {
			names = append(names, own.Params)
		}
		if len(e.w.Variants) == 0 {
			names = append(names, goname.ForVariant(own.Stem, "").New)
		}
		return names
	}}
}

// paramParts are the names of a code's params: fields and arguments, which no other param of the
// code may have, and types.
func paramParts(e *entry) []goPart {
	parts := make([]goPart, len(e.out.Params))
	for i := range e.out.Params {
		p := &e.out.Params[i]
		parts[i] = goPart{p.Name, &p.GoName, e.w.Params[i].Value.GoName.IsSet(), func() []string {
			own := goname.ForParam(goname.Stem(e.out.Code, e.out.GoName), p)
			names := []string{
				"field " + own.Field + " of " + e.out.Code,
				"argument " + own.Arg + " of " + e.out.Code,
			}
			return append(names, own.Package()...)
		}}
	}
	return parts
}

func valueParts(e *entry) []goPart {
	parts := make([]goPart, len(e.out.Values))
	for i := range e.out.Values {
		v := &e.out.Values[i]
		parts[i] = goPart{v.Name, &v.GoName, e.w.Values[i].Value.GoName.IsSet(), func() []string {
			return []string{goname.ForValue(goname.Stem(e.out.Code, e.out.GoName), v)}
		}}
	}
	return parts
}

func variantParts(e *entry) []goPart {
	var parts []goPart
	first := map[string]bool{}
	for i := range e.w.Variants {
		v := &e.out.Variants[i]
		if v.ID == "" || first[v.ID] { // which is reported
			continue
		}
		first[v.ID] = true
		parts = append(parts, goPart{v.ID, &v.GoName, e.w.Variants[i].GoName.IsSet(), func() []string {
			own := goname.ForVariant(goname.Stem(e.out.Code, e.out.GoName), goname.Stem(v.ID, v.GoName))
			return []string{own.Const, own.New}
		}})
	}
	return parts
}
