package goname

import (
	"github.com/errspec/errspec/gen/internal/catalog"
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
	types := typeNames{n.Type: true, n.Entry.Params: true}
	for i := range e.Params {
		p := &e.Params[i]
		own := Param{Field: Stem(p.Name, p.GoName), Arg: Arg(p.Name)}
		if p.GoName != "" {
			own.Arg = Arg(p.GoName)
		}
		own.Type = types.of(&p.Type, n.Stem, own.Field)
		n.Params = append(n.Params, own)
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

// typeNames are the types of one code.
type typeNames map[string]bool

// of names a type, and those in it, by what holds it: the code, then the fields on the way to it.
func (taken typeNames) of(t *catalog.Type, holder, field string) (n Type) {
	switch {
	case t.Enum != nil:
		n.Name = taken.free(holder+field, "Kind")
		for _, v := range t.Enum {
			n.Enum = append(n.Enum, n.Name+EnumValue(v.Value))
		}
	case t.Kind == value.Object:
		n.Name = taken.free(holder+field, "Object")
		for i := range t.Fields {
			f := &t.Fields[i]
			own := Field{Name: Stem(f.Name, f.GoName)}
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
