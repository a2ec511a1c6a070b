package check

import (
	"fmt"

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
		kind, ok := value.KindOf(w.Value.Type.Text)
		p.Kind = kind
		p.Detail, p.Optional, p.Sensitive = w.Value.Detail.Text == "true", w.Value.Optional.Text == "true", w.Value.Sensitive.Text == "true"
		if ok {
			e.enum(&p, &w.Value, path)
			e.items(&p, &w.Value, path)
			e.example(&p, &w.Value, path)
		}
		e.out.Params = append(e.out.Params, p)
	}
}

// enum resolves the texts that a string param may have.
func (e *entry) enum(p *catalog.Param, w *syntax.Param, path string) {
	if w.Enum == nil {
		return
	}
	if p.Kind != value.String {
		e.report(diag.Diagnostic{
			Rule: rule.ParamType, Span: w.Type.Span(), Path: path + ".type",
			Message: fmt.Sprintf("param %q has an enum, but its type is %v", p.Name, p.Kind),
			Help:    "write `type: string`, or remove the enum",
		})
		return
	}
	if len(w.Enum) == 0 {
		e.report(diag.Diagnostic{
			Rule: rule.EnumEmpty, Span: w.Span(), Path: path + ".enum",
			Message: fmt.Sprintf("the enum of param %q has no values", p.Name),
			Help:    "list the values, or remove the enum",
		})
	}
	first := make(map[string]diag.Span, len(w.Enum))
	for _, v := range w.Enum {
		if !v.IsSet() {
			continue
		}
		if other, ok := first[v.Text]; ok {
			e.report(diag.Diagnostic{
				Rule: rule.EnumEmpty, Span: v.Span(), Path: path + ".enum",
				Message: fmt.Sprintf("the enum has the value %q twice", v.Text),
				Help:    "remove one of them",
				Notes:   []diag.Note{note(other, "first listed here")},
			})
			continue
		}
		first[v.Text] = v.Span()
		p.Enum = append(p.Enum, catalog.EnumValue{Value: v.Text})
	}
}

// items resolves what a list param holds.
func (e *entry) items(p *catalog.Param, w *syntax.Param, path string) {
	switch {
	case p.Kind != value.List && w.Items.IsSet():
		e.report(diag.Diagnostic{
			Rule: rule.ParamType, Span: w.Type.Span(), Path: path + ".type",
			Message: fmt.Sprintf("param %q has items, but its type is %v", p.Name, p.Kind),
			Help:    "write `type: list`, or remove the items",
		})
	case p.Kind == value.List && !w.Items.IsSet():
		e.report(diag.Diagnostic{
			Rule: rule.ParamType, Span: w.Type.Span(), Path: path + ".type",
			Message: fmt.Sprintf("the list param %q does not say what its elements are", p.Name),
			Help:    "add their type, as in `items: string` or `items: {field: string}`",
		})
	case p.Kind == value.List:
		p.Detail = true // no message holds a list
		p.Items = &catalog.Items{}
		p.Items.Kind, _ = value.KindOf(w.Items.Type.Text)
		e.fieldsOf(p, w, path+".items")
	}
}

// fieldsOf resolves the fields of a list's objects.
func (e *entry) fieldsOf(p *catalog.Param, w *syntax.Param, path string) {
	if len(w.Items.Fields) == 0 && !w.Items.Type.IsSet() {
		e.report(diag.Diagnostic{
			Rule: rule.ParamType, Span: w.Items.Span(), Path: path,
			Message: fmt.Sprintf("the objects in the list param %q have no fields", p.Name),
			Help:    "add a field and its type, as in `items: {field: string}`",
		})
	}
	for _, f := range w.Items.Fields {
		kind, _ := value.KindOf(f.Value.Text)
		field := catalog.Field{Name: f.Key.Text, Kind: kind}
		p.Items.Fields = append(p.Items.Fields, field)
	}
}

// example settles a param's example: the author's, or one of its type.
func (e *entry) example(p *catalog.Param, w *syntax.Param, path string) {
	if !w.Example.IsSet() {
		p.Example = plausible(p)
		return
	}
	path += ".example"
	if p.Items != nil && p.Items.Fields != nil {
		e.report(diag.Diagnostic{
			Rule: rule.ExampleInvalid,
			Span: w.Example.Span(),
			Path: path,
			Message: fmt.Sprintf(
				"param %q is a list of objects, which cannot have an example",
				p.Name,
			),
			Help: "remove it: the reference builds an example from the names and types of the fields",
		})
		return
	}
	v, at, err := parseExample(p, w.Example)
	if err != nil {
		problem, help := value.Explain(err)
		e.report(diag.Diagnostic{
			Rule: rule.ExampleInvalid, Span: at, Path: path,
			Message: fmt.Sprintf("the example of param %q: %s", p.Name, problem),
			Help:    help,
		})
		return
	}
	p.Example = v
	if p.Enum == nil {
		return
	}
	values := make([]string, len(p.Enum))
	for i := range p.Enum {
		if values[i] = p.Enum[i].Value; values[i] == v.Str {
			return
		}
	}
	hint, help := e.m.didYouMean(v.Str, values, "use a value of the enum")
	e.report(diag.Diagnostic{
		Rule: rule.ExampleInvalid, Span: w.Example.Span(), Path: path,
		Message: fmt.Sprintf("the example %q is not a value of the enum%s", v.Str, hint),
		Help:    help,
	})
}

// parseExample reads an example of a param that is no list of objects. Of a list, each item is of
// the type that the param says; an error is at the first that is not.
func parseExample(p *catalog.Param, w syntax.Any) (value.Value, diag.Span, error) {
	if p.Items == nil || w.Kind != syntax.AnyList || len(w.Items) == 0 {
		v, err := parseValue(p.Kind, w)
		return v, w.Span(), err
	}
	list := value.Value{Kind: value.List, List: make([]value.Value, len(w.Items))}
	for i, item := range w.Items {
		v, err := parseValue(p.Items.Kind, item)
		if err != nil {
			return value.Value{}, item.Span(), err
		}
		list.List[i] = v
	}
	return list, diag.Span{}, nil
}

// plausible is the example of a param whose author gave none.
func plausible(p *catalog.Param) value.Value {
	switch {
	case len(p.Enum) > 0:
		return value.Value{Kind: value.String, Str: p.Enum[0].Value}
	case p.Items != nil && p.Items.Fields == nil:
		return value.Value{Kind: value.List, List: []value.Value{plausibleOf(p.Items.Kind, p.Name)}}
	case p.Kind == value.List: // of objects, whose members' kinds say enough
		return value.Value{Kind: value.List}
	default:
		return plausibleOf(p.Kind, p.Name)
	}
}

// plausibleOf is a value of a scalar kind; of a string it is the name of what it is a value of.
func plausibleOf(kind value.Kind, name string) value.Value {
	text := map[value.Kind]string{
		value.String: name, value.Int: "42", value.Float: "2.5", value.Bool: "true", value.Bytes: "10MB", value.Duration: "30s",
		value.Time: "2026-01-02T15:04:05Z",
	}[kind]
	v, err := value.Parse(kind, text)
	if err != nil {
		panic("check: " + err.Error())
	}
	return v
}
