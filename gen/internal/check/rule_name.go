package check

import (
	"fmt"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/goname"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/syntax"
	"github.com/errspec/errspec/gen/internal/value"
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
	case "the enum", "the object":
		param, _, _ := strings.Cut(s.part, ".")
		return "params." + strings.TrimRight(param, "[]")
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

// collisions looks for parts of the catalog that want one Go name. Names that follow from the
// catalog never do, see [model.goNames]: at least one of the two is the author's.
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
		taken.types(e, w.Key, &p.Type, &names.Params[i].Type, &w.Value.ParamType, p.Name)
	}
}

// types takes the names of a param's type, and of those in it. name is that of the part.
func (taken symbols) types(e *entry, key syntax.Scalar,
	t *catalog.Type, n *goname.Type, w *syntax.ParamType, name string,
) {
	const help = "give the param a go_name"
	what := "the object"
	if t.Enum != nil {
		what = "the enum"
	}
	if n.Name != "" && !taken.take(n.Name, symbol{e, key, what, name}, help) {
		return // names in it would clash as well
	}
	for k := range t.Enum {
		at := key
		if k < len(w.Enum) && w.Enum[k].IsSet() {
			at = w.Enum[k]
		}
		taken.take(n.Enum[k], symbol{e, at, "the enum value", t.Enum[k].Value},
			"give the param another go_name")
	}
	for k := range t.Fields {
		f := &w.Fields[k]
		taken.types(e, f.Key, &t.Fields[k].Type, &n.Fields[k].Type, &f.Value.ParamType,
			name+"."+f.Key.Text)
	}
	switch {
	case t.Kind == value.List && w.Items != nil && n.Elem != nil:
		taken.types(e, key, t.Elem, n.Elem, &w.Items.ParamType, name+"[]")
	case t.Kind == value.Map && w.Values != nil && n.Elem != nil:
		taken.types(e, key, t.Elem, n.Elem, &w.Values.ParamType, name+".*")
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

// fieldCollisions looks for params that want one Go field.
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
		e.memberCollisions(p.Name, "params."+p.Name, &p.Type, &own.Type, &e.w.Params[i].Value.ParamType)
	}
}

// memberCollisions looks for fields of an object that want one Go field. name is that of the part.
func (e *entry) memberCollisions(
	name, path string, t *catalog.Type, n *goname.Type, w *syntax.ParamType,
) {
	var names index
	for i := range t.Fields {
		f, own := &w.Fields[i], &n.Fields[i]
		at := path + "." + f.Key.Text
		e.memberCollisions(name+"."+f.Key.Text, at, &t.Fields[i].Type, &own.Type, &f.Value.ParamType)
		other := names.add(own.Name)
		if other < 0 || own.Name == "" {
			continue
		}
		first := w.Fields[other].Key
		e.report(diag.Diagnostic{
			Rule: rule.SymbolCollision, Span: f.Key.Span(), Path: at,
			Message: fmt.Sprintf("the fields %q and %q of param %q both produce the Go field %s",
				first.Text, f.Key.Text, name, own.Name),
			Help: fmt.Sprintf("give one of them a go_name, as in `%s: {type: %s, go_name: %s2}`",
				f.Key.Text, typeWord(&f.Value.ParamType), own.Name),
			Notes: []diag.Note{note(first.Span(), "%q is here", first.Text)},
		})
	}
	switch {
	case n.Elem == nil:
	case w.Items != nil:
		e.memberCollisions(name+"[]", path+".items", t.Elem, n.Elem, &w.Items.ParamType)
	case w.Values != nil:
		e.memberCollisions(name+".*", path+".values", t.Elem, n.Elem, &w.Values.ParamType)
	}
}

// typeWord is the word for a type that was written.
func typeWord(w *syntax.ParamType) string {
	if w.Type.IsSet() {
		return w.Type.Text
	}
	return value.Object.String()
}
