package goname

import (
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/slug"
	"github.com/errspec/errspec/gen/internal/value"
)

// Names are all Go names of one code, by the places of what they name.
type Names struct {
	Entry
	Params   []Param
	Values   []string // constants, or functions where Go has no constant
	Variants []Variant
}

// A Param holds the names of one of a code's params.
type Param struct {
	Field string // of the params struct
	Arg   string // of the constructors
	Type
}

// A Type holds the names of a type.
type Type struct {
	Name   string   // of an enum or an object; "": it has none of its own
	Enum   []string // the constants of an enum's values
	Fields []Field  // of an object
	Elem   *Type    // of what a list or a map holds
}

// A Field holds the names of a member of an object.
type Field struct {
	Name string
	Type
}

// Of returns the names of a code.
func Of(e *catalog.Entry) *Names {
	n := &Names{Entry: ForEntry(Stem(e.Code, e.GoName))}
	types := typesOf(n.Entry)
	for i := range e.Params {
		n.Params = append(n.Params, types.param(n.Stem, &e.Params[i]))
	}
	for i := range e.Values {
		n.Values = append(n.Values, ForValue(n.Stem, &e.Values[i]))
	}
	for i := range e.Variants {
		v := &e.Variants[i]
		n.Variants = append(n.Variants, ForVariant(n.Stem, Stem(v.ID, v.GoName)))
	}
	return n
}

// ForParam returns the names of a param of a code whose stem is given, as if it were the only one.
func ForParam(stem string, p *catalog.Param) Param { return typesOf(ForEntry(stem)).param(stem, p) }

// Package returns the names of the type, and of those in it, that are names of the package.
func (t *Type) Package() []string {
	names := append([]string(nil), t.Enum...)
	if t.Name != "" {
		names = append(names, t.Name)
	}
	for i := range t.Fields {
		names = append(names, t.Fields[i].Package()...)
	}
	if t.Elem != nil {
		names = append(names, t.Elem.Package()...)
	}
	return names
}

// typeNames are the types of one code.
type typeNames map[string]bool

func typesOf(e Entry) typeNames { return typeNames{e.Type: true, e.Params: true} }

func (taken typeNames) param(stem string, p *catalog.Param) Param {
	n := Param{Field: Stem(p.Name, p.GoName), Arg: Arg(p.Name)}
	if p.GoName != "" {
		n.Arg = Arg(p.GoName)
	}
	n.Type = taken.of(&p.Type, stem, n.Field)
	return n
}

// of names a type, and those in it, by what holds it: the code, then the fields on the way to it.
func (taken typeNames) of(t *catalog.Type, holder, field string) (n Type) {
	switch {
	case t.Enum != nil:
		n.Name = taken.free(holder+field, "Kind")
		for _, name := range distinct(len(t.Enum), func(i int) (source, name string) {
			return t.Enum[i].Value, EnumValue(t.Enum[i].Value)
		}) {
			n.Enum = append(n.Enum, n.Name+name)
		}
	case t.Kind == value.Object:
		n.Name = taken.free(holder+field, "Object")
		names := distinct(len(t.Fields), func(i int) (source, name string) {
			return t.Fields[i].Name, Stem(t.Fields[i].Name, t.Fields[i].GoName)
		})
		for i := range t.Fields {
			f := &t.Fields[i]
			own := Field{Name: names[i]}
			if f.GoName != "" {
				own.Name = f.GoName // two of an author's that are the same are a diagnostic
			}
			own.Type = taken.of(&f.Type, n.Name, own.Name)
			n.Fields = append(n.Fields, own)
		}
	case t.Elem != nil:
		elem := taken.of(t.Elem, holder, Singular(field))
		n.Elem = &elem
	}
	return n
}

// free returns a name that no other type of the code has, with a suffix if it must.
func (taken typeNames) free(name, suffix string) string {
	for taken[name] {
		name += suffix
	}
	taken[name] = true
	return name
}

// Stem returns what names are made of: the author's go_name, or else the name in Go's spelling.
func Stem(name, goName string) string {
	if goName != "" {
		return goName
	}
	return Exported(name)
}

// ForValue returns the name of a value of a code whose stem is given.
func ForValue(stem string, v *catalog.Value) string { return stem + Stem(v.Name, v.GoName) }

// Marked returns a name with the mark that tells it from another: TimeoutX3F2A.
func Marked(name, mark string) string { return name + "X" + strings.ToUpper(mark) }

// distinct returns n names of one list, each made of a source. Of those that would be the same, the
// first keeps the name, and the others get the mark of their source.
func distinct(n int, of func(i int) (source, name string)) []string {
	names := make([]string, n)
	taken := make(slug.Set, n)
	var later []int
	for i := range names {
		_, names[i] = of(i)
		if !taken.Take(names[i]) {
			later = append(later, i)
		}
	}
	for _, i := range later {
		source, name := of(i)
		names[i] = Marked(name, taken.Distinct(source, func(mark string) string {
			return Marked(name, mark)
		}))
	}
	return names
}
