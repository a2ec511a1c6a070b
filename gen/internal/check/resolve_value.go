package check

import (
	"fmt"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/syntax"
	"github.com/errspec/errspec/gen/internal/value"
)

// values resolves a code's constants.
func (e *entry) values() {
	if len(e.w.Values) == 0 {
		return
	}
	e.out.Values = make([]catalog.Value, 0, len(e.w.Values))
	for i := range e.w.Values {
		w := &e.w.Values[i]
		path := "values." + w.Key.Text
		e.valueNames.add(w.Key.Text)
		v := catalog.Value{Name: w.Key.Text, GoName: w.Value.GoName.Text}
		if w.Value.Value.Kind != syntax.AnyNothing {
			e.constant(&v, &w.Value, path)
		}
		e.out.Values = append(e.out.Values, v)
	}
}

func (e *entry) constant(v *catalog.Value, w *syntax.Value, path string) {
	var err error
	if w.Type.IsSet() {
		kind, _ := value.KindOf(w.Type.Text)
		v.Value, err = parseValue(kind, w.Value)
	} else {
		v.Value, err = inferValue(w.Value)
	}
	if err != nil {
		problem, help := value.Explain(err)
		e.report(diag.Diagnostic{
			Rule: rule.ValueType, Span: w.Value.Span(), Path: path,
			Message: fmt.Sprintf("the value %q: %s", v.Name, problem),
			Help:    help,
		})
	}
}

// parseValue reads what was written as a value of a kind.
func parseValue(kind value.Kind, w syntax.Any) (value.Value, error) {
	switch {
	case kind == value.List && w.Kind == syntax.AnyList:
		return listValue(w.Items)
	case kind == value.List:
		return value.Value{}, &value.Mistake{Problem: "this is not a list", Help: "write [a, b]"}
	case w.Kind != syntax.AnyScalar:
		return value.Value{}, &value.Mistake{
			Problem: fmt.Sprintf("this must be a single %v", kind),
			Help:    "write one",
		}
	case w.Scalar.IsNull():
		return value.Value{}, &value.Mistake{
			Problem: fmt.Sprintf("null is not a %v", kind),
			Help:    "write a value, or put the text in quotes",
		}
	}
	return value.Parse(kind, w.Scalar.Text)
}

// inferValue reads what was written as a value of the type it looks like.
func inferValue(w syntax.Any) (value.Value, error) {
	switch {
	case w.Kind == syntax.AnyList:
		return listValue(w.Items)
	case w.Kind != syntax.AnyScalar:
		return value.Value{}, &value.Mistake{
			Problem: "a mapping cannot be a value",
			Help:    "write a scalar or a list",
		}
	case w.Scalar.Quoted():
		return value.Value{Kind: value.String, Str: w.Scalar.Text}, nil
	}
	return value.Infer(w.Scalar.Text), nil
}

// listValue reads a list of scalars. They are of one type: the first, in the order of inference,
// that all of them parse as.
func listValue(items []syntax.Any) (value.Value, error) {
	if len(items) == 0 {
		return value.Value{}, &value.Mistake{
			Problem: "the list is empty",
			Help:    "write its items, or remove the value",
		}
	}
	list := value.Value{Kind: value.List, List: make([]value.Value, len(items))}
	kind, mixed := value.String, false
	for i := range items {
		v, err := inferValue(items[i])
		if err != nil || items[i].Kind != syntax.AnyScalar || items[i].Scalar.IsNull() {
			return value.Value{}, &value.Mistake{
				Problem: "a list can contain only scalars",
				Help:    "write [a, b]",
			}
		}
		list.List[i] = v
		mixed = mixed || i > 0 && v.Kind != kind
		kind = v.Kind
	}
	if !mixed {
		return list, nil
	}
	for _, kind := range [...]value.Kind{value.Float, value.String} {
		if parseAll(list.List, kind, items) {
			return list, nil
		}
	}
	return list, nil
}

func parseAll(to []value.Value, kind value.Kind, items []syntax.Any) bool {
	for i := range items {
		v, err := value.Parse(kind, items[i].Scalar.Text)
		if err != nil || kind != value.String && items[i].Scalar.Quoted() {
			return false
		}
		to[i] = v
	}
	return true
}
