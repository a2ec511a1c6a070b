package check

import (
	"fmt"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/syntax"
	"github.com/errspec/errspec/gen/internal/value"
)

// paramNames judges the names of params, of values, and of the fields of lists' objects.
func (e *entry) paramNameForms() {
	for i := range e.w.Params {
		w := &e.w.Params[i]
		e.name(w.Key, "params."+w.Key.Text)
		if kind, _ := value.KindOf(w.Value.Type.Text); kind != value.List {
			continue
		}
		for _, f := range w.Value.Items.Fields {
			e.name(f.Key, "params."+w.Key.Text+".items."+f.Key.Text)
		}
	}
	for i := range e.w.Values {
		e.name(e.w.Values[i].Key, "values."+e.w.Values[i].Key.Text)
	}
}

// name judges the name of a param or a value.
func (e *entry) name(key syntax.Scalar, path string) {
	if problem := nameProblem(key.Text); problem != "" {
		e.report(diag.Diagnostic{
			Rule: rule.ParamName, Span: key.Span(), Path: path,
			Message: problem,
			Help:    "use a letter, then letters, digits, _ and -; at most 64 characters",
		})
	}
}

// nameProblem says why a text cannot be the name of a param or a value, or "".
func nameProblem(name string) string {
	switch {
	case name == "":
		return "the name is empty"
	case len(name) > 64:
		return fmt.Sprintf("the name has %d bytes; the limit is 64", len(name))
	}
	for i, r := range name {
		switch letter := r|0x20 >= 'a' && r|0x20 <= 'z'; {
		case letter, i > 0 && (r >= '0' && r <= '9' || r == '_' || r == '-'):
		case i == 0:
			return fmt.Sprintf(
				"the name %q begins with %q, which is not a letter of A to Z",
				name,
				r,
			)
		default:
			return fmt.Sprintf("the name %q contains %q", name, r)
		}
	}
	return ""
}
