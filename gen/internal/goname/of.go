package goname

import (
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/slug"
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
	Field  string   // of the params struct
	Arg    string   // of the constructors
	Type   string   // of an enum, or of the objects in a list; "": it has none of its own
	Enum   []string // the constants of an enum's values
	Fields []string // of the objects in a list
}

// Of returns the names of a code.
func Of(e *catalog.Entry) *Names {
	n := &Names{Entry: ForEntry(Stem(e.Code, e.GoName))}
	for i := range e.Params {
		n.Params = append(n.Params, ForParam(n.Stem, &e.Params[i]))
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

// Stem returns what names are made of: the author's go_name, or else the name in Go's spelling.
func Stem(name, goName string) string {
	if goName != "" {
		return goName
	}
	return Exported(name)
}

// ForParam returns the names of a param of a code whose stem is given.
func ForParam(stem string, p *catalog.Param) Param {
	n := Param{Field: Stem(p.Name, p.GoName), Arg: Arg(p.Name)}
	if p.GoName != "" {
		n.Arg = Arg(p.GoName)
	}
	if p.Enum != nil {
		n.Type = stem + n.Field
	}
	for _, name := range distinct(len(p.Enum), func(i int) (source, name string) {
		return p.Enum[i].Value, EnumValue(p.Enum[i].Value)
	}) {
		n.Enum = append(n.Enum, n.Type+name)
	}
	if p.Items != nil && p.Items.Fields != nil {
		n.Type = stem + Singular(n.Field)
		n.Fields = distinct(len(p.Items.Fields), func(i int) (source, name string) {
			return p.Items.Fields[i].Name, Exported(p.Items.Fields[i].Name)
		})
	}
	return n
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
		names[i] = Marked(name, taken.Distinct(source, func(mark string) string { return Marked(name, mark) }))
	}
	return names
}
