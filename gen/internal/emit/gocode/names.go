package gocode

import (
	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/goname"
)

// An entry is a code of the catalog with its Go names. Params, values and variants have theirs.
type entry struct {
	*catalog.Entry
	Go       goname.Entry
	Params   []param
	Values   []constant
	Variants []variant
}

type param struct {
	*catalog.Param
	Go goname.Param
}

type constant struct {
	*catalogValue
	Go string
}

type catalogValue = catalog.Value // whose own field Value an embedded Value would hide

type variant struct {
	*catalog.Variant
	Go goname.Variant
}

// named returns the entries of a catalog with their Go names.
func named(c *catalog.Catalog) []*entry {
	all := make([]*entry, 0, c.Len())
	for e := range c.All() {
		all = append(all, nameEntry(e))
	}
	return all
}

func nameEntry(e *catalog.Entry) *entry {
	names := goname.Of(e)
	out := &entry{Entry: e, Go: names.Entry}
	for i := range e.Params {
		out.Params = append(out.Params, param{Param: &e.Params[i], Go: names.Params[i]})
	}
	for i := range e.Values {
		out.Values = append(out.Values, constant{&e.Values[i], names.Values[i]})
	}
	for i := range e.Variants {
		out.Variants = append(out.Variants, variant{&e.Variants[i], names.Variants[i]})
	}
	return out
}

// Param returns the param of that name.
func (e *entry) Param(name string) *param {
	for i := range e.Params {
		if e.Params[i].Name == name {
			return &e.Params[i]
		}
	}
	return nil
}

// Takes returns which params a variant's constructor takes.
func (e *entry) Takes(v *variant) map[string]bool { return e.Entry.Takes(v.Variant) }

// nameOf returns the Go names of a code that another one refers to.
func nameOf(e *catalog.Entry) goname.Entry { return goname.ForEntry(goname.Stem(e.Code, e.GoName)) }
