package check

import (
	"fmt"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/goname"
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
		p := catalog.Param{Name: w.Key.Text}
		e.paramNames.add(p.Name)
		path := "params." + p.Name
		e.name(w.Key, path)
		kind, ok := value.KindOf(w.Value.Type.Text)
		p.Kind = kind
		p.Detail, p.Optional, p.Sensitive = w.Value.Detail.Text == "true", w.Value.Optional.Text == "true", w.Value.Sensitive.Text == "true"
		if ok {
			e.enum(&p, &w.Value, path)
			e.items(&p, &w.Value, path)
			e.example(&p, &w.Value, path)
			e.flags(&p, &w.Value, path)
		}
		e.paramSymbols(&p, w, path)
		e.out.Params = append(e.out.Params, p)
	}
}

// name judges the name of a param or a value.
func (e *entry) name(key syntax.Scalar, path string) {
	ok := key.Text != "" && len(key.Text) <= 64
	for i := 0; i < len(key.Text); i++ {
		c := key.Text[i]
		letter := c|0x20 >= 'a' && c|0x20 <= 'z'
		ok = ok && (letter || i > 0 && (c >= '0' && c <= '9' || c == '_' || c == '-'))
	}
	if !ok {
		e.find(rule.ParamName, key.Span(), path, fmt.Sprintf("%q can not be a name", key.Text),
			"use a letter, then letters, digits, _ and -; at most 64")
	}
}

// enum resolves the texts that a string param may have.
func (e *entry) enum(p *catalog.Param, w *syntax.Param, path string) {
	if w.Enum == nil {
		return
	}
	if p.Kind != value.String {
		e.find(rule.ParamType, w.Type.Span(), path+".type",
			fmt.Sprintf("param %q has an enum, but is of type %v", p.Name, p.Kind), "write `type: string`, or remove the enum")
		return
	}
	if len(w.Enum) == 0 {
		e.find(rule.EnumEmpty, w.Span(), path+".enum", fmt.Sprintf("the enum of param %q has no values", p.Name),
			"list the values, or remove the enum")
	}
	first := make(map[string]diag.Span, len(w.Enum))
	for _, v := range w.Enum {
		if !v.IsSet() {
			continue
		}
		if other, ok := first[v.Text]; ok {
			e.find(rule.EnumEmpty, v.Span(), path+".enum", fmt.Sprintf("the enum has the value %q twice", v.Text),
				"remove one of the two", note(other, "first listed here"))
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
		e.find(rule.ParamType, w.Type.Span(), path+".type", fmt.Sprintf("param %q has items, but is of type %v", p.Name, p.Kind),
			"write `type: list`, or remove the items")
	case p.Kind == value.List && !w.Items.IsSet():
		e.find(rule.ParamType, w.Type.Span(), path+".type", fmt.Sprintf("the list param %q does not say what it holds", p.Name),
			"add `items: string`, or another type, or an object of types")
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
		e.find(rule.ParamType, w.Items.Span(), path, fmt.Sprintf("the objects of the list param %q have no fields", p.Name),
			"name a field and its type, as in `items: {field: string}`")
	}
	var names index
	for _, f := range w.Items.Fields {
		kind, _ := value.KindOf(f.Value.Text)
		at := path + "." + f.Key.Text
		e.name(f.Key, at)
		field, goField := catalog.Field{Name: f.Key.Text, Kind: kind}, goname.Exported(f.Key.Text)
		if other := names.add(goField); other >= 0 {
			first := w.Items.Fields[other].Key
			e.find(rule.SymbolCollision, f.Key.Span(), at,
				fmt.Sprintf("the fields %q and %q of param %q both give the Go field %s", first.Text, f.Key.Text, p.Name, goField),
				"rename one of them", note(first.Span(), "%q is here", first.Text))
		}
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
		e.find(rule.ExampleInvalid, w.Example.Span(), path, fmt.Sprintf("the list of objects that param %q is can not have an example", p.Name),
			"remove it: the reference makes one up of the members' names and types")
		return
	}
	v, at, err := parseExample(p, w.Example)
	if err != nil {
		problem, help := value.Explain(err)
		e.find(rule.ExampleInvalid, at, path, fmt.Sprintf("the example of param %q: %s", p.Name, problem), help)
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
	hint, help := e.c.didYouMean(v.Str, values, "use a value of the enum")
	e.find(rule.ExampleInvalid, w.Example.Span(), path, fmt.Sprintf("the example %q is none of the enum's values%s", v.Str, hint),
		help)
}

// parseExample reads an example of a param that is no list of objects. Of a list, each item is of the type that the param says; an error
// is at the first that is not.
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

// paramSymbols settles a param's Go names. Fields and arguments are the entry's own; enums are the package's.
func (e *entry) paramSymbols(p *catalog.Param, w *syntax.Entry[syntax.Param], path string) {
	p.GoName = w.Value.GoName.Text
	names := goname.ForParam(e.goNames.Stem, p)
	other := e.fields.add(names.Field)
	if same := e.args.add(names.Arg); other < 0 {
		other = same
	}
	if other >= 0 {
		e.find(rule.SymbolCollision, w.Key.Span(), path,
			fmt.Sprintf("params %q and %q both give the Go field %s", e.paramNames.list[other], p.Name, names.Field),
			fmt.Sprintf("give one of them a go_name, as in `go_name: %s2`", names.Field), note(e.w.Params[other].Key.Span(), "%q is here", e.paramNames.list[other]))
	}
	if p.Items != nil && p.Items.Fields != nil {
		e.symbol(names.Type, w.Key, "the items of param", p.Name, "give the param a go_name")
	}
	if p.Enum == nil {
		return
	}
	e.symbol(names.Type, w.Key, "the enum", p.Name, "give the param a go_name")
	for i, v := range p.Enum {
		e.symbol(names.Enum[i], w.Value.Enum[i], "the enum value", v.Value, "drop the enum: a plain string takes any value")
	}
}
