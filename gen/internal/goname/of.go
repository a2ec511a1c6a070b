package goname

import "github.com/errspec/errspec/gen/internal/catalog"

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
	for _, v := range p.Enum {
		n.Enum = append(n.Enum, n.Type+EnumValue(v.Value))
	}
	if p.Items != nil && p.Items.Fields != nil {
		n.Type = stem + Singular(n.Field)
		for _, f := range p.Items.Fields {
			n.Fields = append(n.Fields, Exported(f.Name))
		}
	}
	return n
}

// ForValue returns the name of a value of a code whose stem is given.
func ForValue(stem string, v *catalog.Value) string { return stem + Stem(v.Name, v.GoName) }
