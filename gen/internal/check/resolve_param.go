package check

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/syntax"
	"github.com/errspec/errspec/gen/internal/value"
)

// params resolves what a code's messages and headers are filled with.
func (e *entry) params() {
	if len(e.w.Params) == 0 {
		return
	}
	e.out.Params = make([]catalog.Param, 0, len(e.w.Params))
	e.used = make([]bool, len(e.w.Params))
	for i := range e.w.Params {
		w := &e.w.Params[i]
		p := catalog.Param{Name: w.Key.Text, GoName: w.Value.GoName.Text}
		e.paramNames.add(p.Name)
		path := "params." + p.Name
		typ, ok := e.typeOf(&w.Value.ParamType, part{name: p.Name, at: w.Value.Place, path: path})
		p.Type = typ
		p.Detail = w.Value.Detail.Text == "true" || p.Kind.InBodyOnly()
		p.Apart = w.Value.Detail.Text == "false"
		p.Optional = w.Value.Optional.Text == "true"
		p.Sensitive = w.Value.Sensitive.Text == "true"
		if ok {
			e.example(&p, &w.Value, path)
		}
		e.out.Params = append(e.out.Params, p)
	}
}

// details marks the params that only the envelope shows, by name: the body is where they are sent.
func (m *model) details() {
	_, named, _ := carried(&m.out.Envelope.Body)
	for i := range m.entries {
		e := &m.entries[i]
		for k := range e.out.Params {
			p := &e.out.Params[k]
			if named[p.Name] && !e.used[k] && !p.Sensitive && !p.Apart {
				p.Detail = true
			}
		}
	}
}

// A part is a param, or what is in one.
type part struct {
	name  string // as pages show it: causes[].field
	at    syntax.Place
	path  string // of keys
	level int    // how many objects, lists and maps it is in
}

// in returns the part of a part that has a name of its own.
func (p part) in(name, path string, at syntax.Place) part {
	return part{p.name + name, at, p.path + path, p.level + 1}
}

// typeOf resolves a type. It is false if something about it is wrong.
func (e *entry) typeOf(w *syntax.ParamType, p part) (t catalog.Type, ok bool) {
	kind, known := value.KindOf(w.Type.Text)
	if !w.Type.IsSet() {
		kind, known = value.Object, w.Fields != nil // the short form
	}
	if !known {
		return t, false // which is reported
	}
	t.Kind = kind
	if kind.HasParts() && p.level == catalog.MaxLevels {
		e.report(diag.Diagnostic{
			Rule: rule.LimitExceeded, Span: p.at.Span(), Path: p.path,
			Message: fmt.Sprintf("param %q has more than %d levels of objects, lists and maps",
				p.name, catalog.MaxLevels),
			Help: "use `json` for deeper levels",
		})
		return t, false
	}
	for _, key := range [...]struct {
		name, of  string
		kind      value.Kind
		isWritten bool
	}{
		{"an enum", "string", value.String, w.Enum != nil},
		{"items", "list", value.List, w.Items != nil},
		{"values", "map", value.Map, w.Values != nil},
		{"fields", "object", value.Object, w.Fields != nil},
	} {
		if key.isWritten && kind != key.kind {
			e.typeProblem(w, p, fmt.Sprintf("param %q has %s, but its type is %v",
				p.name, key.name, kind),
				fmt.Sprintf("write `type: %s`, or remove the %s", key.of,
					strings.TrimPrefix(key.name, "an ")))
			return t, false
		}
	}
	switch kind {
	case value.String:
		return t, w.Enum == nil || e.enum(&t, w, p)
	case value.List:
		return e.elements(t, w, p, w.Items, "[]", ".items", "items")
	case value.Map:
		return e.elements(t, w, p, w.Values, ".*", ".values", "values")
	case value.Object:
		return e.fields(t, w, p)
	default:
		return t, true
	}
}

func (e *entry) typeProblem(w *syntax.ParamType, p part, message, help string) {
	span := w.Type.Span()
	if !w.Type.IsSet() {
		span = p.at.Span()
	}
	e.report(diag.Diagnostic{
		Rule: rule.ParamType, Span: span, Path: p.path + ".type", Message: message, Help: help,
	})
}

// enum resolves the texts that a string may be.
func (e *entry) enum(t *catalog.Type, w *syntax.ParamType, p part) (ok bool) {
	if ok = len(w.Enum) > 0; !ok {
		e.report(diag.Diagnostic{
			Rule: rule.EnumEmpty, Span: p.at.Span(), Path: p.path + ".enum",
			Message: fmt.Sprintf("the enum of param %q has no values", p.name),
			Help:    "list the values, or remove the enum",
		})
	}
	first := make(map[string]diag.Span, len(w.Enum))
	for _, v := range w.Enum {
		if !v.IsSet() {
			continue
		}
		if other, twice := first[v.Text]; twice {
			ok = false
			e.report(diag.Diagnostic{
				Rule: rule.EnumEmpty, Span: v.Span(), Path: p.path + ".enum",
				Message: fmt.Sprintf("the enum has the value %q twice", v.Text),
				Help:    "remove one of them",
				Notes:   []diag.Note{note(other, "first listed here")},
			})
			continue
		}
		first[v.Text] = v.Span()
		t.Enum = append(t.Enum, catalog.EnumValue{Value: v.Text})
	}
	return ok
}

// elements resolves what a list or a map holds.
func (e *entry) elements(
	t catalog.Type, w *syntax.ParamType, p part, spec *syntax.TypeSpec, name, path, key string,
) (catalog.Type, bool) {
	t.Elem = &catalog.Type{}
	if spec == nil {
		e.typeProblem(w, p,
			fmt.Sprintf("the %v param %q does not say what its %s are", t.Kind, p.name, key),
			fmt.Sprintf("add their type, as in `%s: string` or `%[1]s: {field: string}`", key))
		return t, false
	}
	inner := p.in(name, path, spec.Place)
	if len(spec.Fields) == 0 && !spec.Type.IsSet() {
		e.noFields(inner)
		return t, false
	}
	elem, ok := e.typeOf(&spec.ParamType, inner)
	t.Elem = &elem
	return t, ok
}

func (e *entry) noFields(p part) {
	e.report(diag.Diagnostic{
		Rule: rule.ParamType, Span: p.at.Span(), Path: p.path,
		Message: fmt.Sprintf("the object %q has no fields", p.name),
		Help: "add a field and its type, as in `{field: string}`; " +
			"an object of any fields is a map or `json`",
	})
}

// fields resolves the fields of an object.
func (e *entry) fields(t catalog.Type, w *syntax.ParamType, p part) (_ catalog.Type, ok bool) {
	if ok = len(w.Fields) > 0; !ok {
		e.noFields(p)
	}
	t.Fields = make([]catalog.Field, 0, len(w.Fields))
	path := ""
	if w.Type.IsSet() {
		path = ".fields"
	}
	for i := range w.Fields {
		f := &w.Fields[i]
		at := f.Value.Place
		if !at.IsSet() {
			at = f.Key.Place
		}
		inner := p.in("."+f.Key.Text, path+"."+f.Key.Text, at)
		if problem := fieldNameProblem(f.Key.Text); problem != "" {
			ok = false
			e.report(diag.Diagnostic{
				Rule: rule.ParamName, Span: f.Key.Span(), Path: inner.path, Message: problem,
				Help: "use ASCII letters, digits and characters such as _, -, ., $ and @, " +
					"at most 64; for objects with other keys use a map or `json`",
			})
		}
		typ, fine := e.typeOf(&f.Value.ParamType, inner)
		ok = ok && fine
		t.Fields = append(t.Fields, catalog.Field{
			Name: f.Key.Text, Type: typ, Optional: f.Value.Optional.Text == "true",
			GoName: f.Value.GoName.Text,
		})
	}
	return t, ok
}

// example settles a param's example: the author's, or one of its type.
func (e *entry) example(p *catalog.Param, w *syntax.Param, path string) {
	if !w.Example.IsSet() {
		p.Example = plausible(&p.Type, p.Name)
		return
	}
	v, at, err := e.parseExample(&p.Type, &w.Example)
	if err == nil && p.Kind == value.List && len(v.List) == 0 {
		at = w.Example.Span()
		err = &value.Mistake{
			Problem: "the list is empty", Help: "write its items, or remove the example",
		}
	}
	if err != nil {
		problem, help := value.Explain(err)
		e.report(diag.Diagnostic{
			Rule: rule.ExampleInvalid, Span: at, Path: path + ".example",
			Message: fmt.Sprintf("the example of param %q: %s", p.Name, problem),
			Help:    help,
		})
		return
	}
	p.Example = v
}

// parseExample reads an example of a type. An error is at the first part that is not of its type.
func (e *entry) parseExample(
	t *catalog.Type, w *syntax.Any,
) (v value.Value, at diag.Span, err error) {
	mistake := func(at diag.Span, problem, help string) (value.Value, diag.Span, error) {
		return value.Value{}, at, &value.Mistake{Problem: problem, Help: help}
	}
	v.Kind = t.Kind
	switch {
	case t.Kind == value.JSON:
		v.Raw = anyJSON(w)
		return v, diag.Span{}, nil
	case t.Kind == value.List && w.Kind != syntax.AnyList:
		return mistake(w.Span(), "this is not a list", "write [a, b]")
	case t.Kind == value.List:
		for i := range w.Items {
			item, at, err := e.parseExample(t.Elem, &w.Items[i])
			if err != nil {
				return item, at, err
			}
			v.List = append(v.List, item)
		}
		return v, diag.Span{}, nil
	case t.Kind.HasParts() && w.Kind != syntax.AnyMapping:
		return mistake(w.Span(), "this is not a mapping", "write {key: value}")
	case t.Kind == value.Map:
		for i := range w.Members {
			member, at, err := e.parseExample(t.Elem, &w.Members[i].Value)
			if err != nil {
				return member, at, err
			}
			v.Members = append(v.Members, value.Member{Name: w.Members[i].Key.Text, Value: member})
		}
		slices.SortFunc(v.Members, func(a, b value.Member) int {
			return strings.Compare(a.Name, b.Name)
		})
		return v, diag.Span{}, nil
	case t.Kind == value.Object:
		return e.objectExample(t, w)
	}
	if v, err = parseValue(t.Kind, *w); err != nil {
		return v, w.Span(), err
	}
	if t.Enum == nil || slices.Contains(t.Enum, catalog.EnumValue{Value: v.Str}) {
		return v, diag.Span{}, nil
	}
	values := make([]string, len(t.Enum))
	for i := range t.Enum {
		values[i] = t.Enum[i].Value
	}
	hint, help := e.m.didYouMean(v.Str, values, "use a value of the enum")
	return mistake(w.Span(), fmt.Sprintf("%q is not a value of the enum%s", v.Str, hint), help)
}

// objectExample reads an example of an object, whose members it returns in the order of the fields.
func (e *entry) objectExample(
	t *catalog.Type, w *syntax.Any,
) (v value.Value, at diag.Span, err error) {
	members := make(map[string]*syntax.Any, len(w.Members))
	names := make([]string, len(t.Fields))
	for i := range t.Fields {
		names[i] = t.Fields[i].Name
	}
	for i := range w.Members {
		m := &w.Members[i]
		if !slices.Contains(names, m.Key.Text) {
			hint, help := e.m.didYouMean(m.Key.Text, names, "use a field of the object")
			return v, m.Key.Span(), &value.Mistake{
				Problem: fmt.Sprintf("the object has no field %q%s", m.Key.Text, hint), Help: help,
			}
		}
		members[m.Key.Text] = &m.Value
	}
	v.Kind = value.Object
	for i := range t.Fields {
		f := &t.Fields[i]
		m := members[f.Name]
		if f.Optional && (m == nil || m.Kind == syntax.AnyScalar && m.Scalar.IsNull()) {
			continue
		}
		if m == nil {
			return v, w.Span(), &value.Mistake{
				Problem: fmt.Sprintf("the object has no %q", f.Name),
				Help:    "add it, or make the field `optional: true`",
			}
		}
		member, at, err := e.parseExample(&f.Type, m)
		if err != nil {
			return member, at, err
		}
		v.Members = append(v.Members, value.Member{Name: f.Name, Value: member})
	}
	return v, diag.Span{}, nil
}

// anyJSON returns what was written in YAML as JSON.
func anyJSON(w *syntax.Any) json.RawMessage {
	var b []byte
	switch w.Kind {
	case syntax.AnyMapping:
		b = append(b, '{')
		for i := range w.Members {
			if i > 0 {
				b = append(b, ',')
			}
			b = append(append(b, jsonString(w.Members[i].Key.Text)...), ':')
			b = append(b, anyJSON(&w.Members[i].Value)...)
		}
		return append(b, '}')
	case syntax.AnyList:
		b = append(b, '[')
		for i := range w.Items {
			if i > 0 {
				b = append(b, ',')
			}
			b = append(b, anyJSON(&w.Items[i])...)
		}
		return append(b, ']')
	case syntax.AnyScalar:
		return jsonScalar(w.Scalar)
	default: // it was refused
		return json.RawMessage("null")
	}
}
