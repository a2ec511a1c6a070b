package check

import (
	"fmt"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/goname"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// A symbol is what a Go name of the generated package stands for.
type symbol struct {
	entry *entry // nil: a name that every package has
	at    syntax.Scalar
	what  string // such as "the type of"
	part  string // the param, value or variant; "" for the code itself
}

func (s symbol) String() string {
	switch {
	case s.entry == nil:
		return "a name that every generated package has"
	case s.part == "":
		return s.what + " " + s.entry.w.Code.Text
	default:
		return fmt.Sprintf("%s %q of %s", s.what, s.part, s.entry.w.Code.Text)
	}
}

// path is where the name can be changed.
func (s symbol) path() string {
	switch s.what {
	case "the value":
		return "values." + s.part
	case "the enum":
		return "params." + s.part
	case "the enum value":
		return "params"
	case "the variant", "the constructor of the variant":
		return "variants"
	default:
		return "code"
	}
}

// symbols are the Go names of the generated package, by whom they are taken.
type symbols map[string]symbol

// collisions looks for parts of the catalog that want one Go name.
func (m *model) collisions() {
	taken := make(symbols, 4*len(m.entries))
	for _, name := range goname.Fixed() {
		taken[name] = symbol{}
	}
	names := make([]*goname.Names, len(m.entries))
	named := make([]bool, len(m.entries)) // whose own names are their own
	for i := range m.entries {
		names[i] = goname.Of(m.entries[i].out)
		named[i] = taken.entry(&m.entries[i], names[i])
	}
	for i := range m.entries {
		e := &m.entries[i]
		e.fieldCollisions(names[i])
		if named[i] {
			taken.params(e, names[i])
			taken.values(e, names[i])
			taken.variants(e, names[i])
		}
	}
}

// entry takes the names of a code itself, and reports whether they were free. If they were not, its
// other names would clash as well.
func (taken symbols) entry(e *entry, names *goname.Names) bool {
	if problem, _ := codeProblem(e.w.Code); problem != "" || !e.isFirst() {
		return false
	}
	help := "give one of them a go_name, as in `go_name: " + names.Stem + "2`"
	if !taken.take(names.Code, symbol{e, e.w.Code, "the code", ""}, help) {
		return false
	}
	taken.take(names.Type, symbol{e, e.w.Code, "the type of", ""}, help)
	if len(e.w.Params) > 0 {
		taken.take(names.Entry.Params, symbol{e, e.w.Code, "the params of", ""}, help)
	}
	return true
}

func (taken symbols) params(e *entry, names *goname.Names) {
	for i := range e.out.Params {
		p, w := &e.out.Params[i], &e.w.Params[i]
		const help = "give the param a go_name"
		if p.Items != nil && p.Items.Fields != nil {
			taken.take(names.Params[i].Type, symbol{e, w.Key, "the items of param", p.Name}, help)
		}
		if p.Enum == nil {
			continue
		}
		taken.take(names.Params[i].Type, symbol{e, w.Key, "the enum", p.Name}, help)
		for k := range p.Enum {
			v := &p.Enum[k]
			taken.take(names.Params[i].Enum[k], symbol{e, w.Value.Enum[k], "the enum value", v.Value},
				"remove the enum: a plain string takes any value")
		}
	}
}

func (taken symbols) values(e *entry, names *goname.Names) {
	for i := range e.out.Values {
		v := &e.out.Values[i]
		taken.take(names.Values[i], symbol{e, e.w.Values[i].Key, "the value", v.Name},
			"give the value a go_name")
	}
}

func (taken symbols) variants(e *entry, names *goname.Names) {
	if len(e.w.Variants) == 0 {
		taken.take(names.Variants[0].New, symbol{e, e.w.Code, "the constructor of", ""},
			"give one of the codes a go_name")
	}
	first := make(map[string]bool, len(e.w.Variants))
	for i := range e.w.Variants {
		v, id := &e.out.Variants[i], e.w.Variants[i].ID
		if v.ID == "" || first[v.ID] { // which is reported
			continue
		}
		first[v.ID] = true
		const help = "give the variant a go_name"
		_ = taken.take(names.Variants[i].Const, symbol{e, id, "the variant", v.ID}, help) &&
			taken.take(names.Variants[i].New, symbol{e, id, "the constructor of the variant", v.ID}, help)
	}
}

// take takes a Go name for a part of a code, and reports whether it was free.
func (taken symbols) take(name string, s symbol, help string) bool {
	other, twice := taken[name]
	if !twice {
		taken[name] = s
		return true
	}
	var notes []diag.Note
	if other.entry != nil {
		notes = append(notes, note(other.at.Span(), "%v is here", other))
	}
	s.entry.report(diag.Diagnostic{
		Rule: rule.SymbolCollision, Span: s.at.Span(), Path: s.path(),
		Message: fmt.Sprintf("%v and %v both produce the Go name %s", s, other, name),
		Help:    help, Notes: notes,
	})
	return false
}

// fieldCollisions looks for params, and fields of a list's objects, that want one Go field.
func (e *entry) fieldCollisions(names *goname.Names) {
	var fields, args index
	for i := range e.out.Params {
		p, own := &e.out.Params[i], names.Params[i]
		other := fields.add(own.Field)
		if same := args.add(own.Arg); other < 0 {
			other = same
		}
		if other >= 0 {
			first := e.w.Params[other].Key
			e.report(diag.Diagnostic{
				Rule: rule.SymbolCollision,
				Span: e.w.Params[i].Key.Span(),
				Path: "params." + p.Name,
				Message: fmt.Sprintf("params %q and %q both produce the Go field %s",
					first.Text, p.Name, own.Field),
				Help:  fmt.Sprintf("give one of them a go_name, as in `go_name: %s2`", own.Field),
				Notes: []diag.Note{note(first.Span(), "%q is here", first.Text)},
			})
		}
		e.itemCollisions(p, own, e.w.Params[i].Value.Items.Fields)
	}
}

func (e *entry) itemCollisions(
	p *catalog.Param, own goname.Param, written []syntax.Entry[syntax.Scalar]) {
	if p.Items == nil {
		return
	}
	var names index
	for i, f := range p.Items.Fields {
		other := names.add(own.Fields[i])
		if other < 0 {
			continue
		}
		first := written[other].Key
		e.report(diag.Diagnostic{
			Rule: rule.SymbolCollision, Span: written[i].Key.Span(),
			Path: "params." + p.Name + ".items." + f.Name,
			Message: fmt.Sprintf("the fields %q and %q of param %q both produce the Go field %s",
				first.Text, f.Name, p.Name, own.Fields[i]),
			Help:  "rename one of them",
			Notes: []diag.Note{note(first.Span(), "%q is here", first.Text)},
		})
	}
}
