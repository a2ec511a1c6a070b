package check

import (
	"fmt"
	"strings"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/goname"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// paramNameForms judges the names of params and of values. Those of fields are judged with the
// types.
func (e *entry) paramNameForms() {
	for i := range e.w.Params {
		w := &e.w.Params[i]
		e.name(w.Key, "params."+w.Key.Text)
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
			Help: "use a letter, then letters, digits, _ and -, at most 64; " +
				"where the body has another name, write that in the envelope, " +
				"as in `\"user.name\": $param.user_name`",
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
			return fmt.Sprintf("the name %q begins with %q, which is not a letter of A to Z", name, r)
		default:
			return fmt.Sprintf("the name %q contains %q", name, r)
		}
	}
	return ""
}

// fieldNameProblem says why a text cannot be the name of an object's field, or "". JSON has more
// names than messages: @type, odata.error, $schema.
func fieldNameProblem(name string) string {
	switch {
	case name == "":
		return "the name is empty"
	case len(name) > 64:
		return fmt.Sprintf("the name has %d bytes; the limit is 64", len(name))
	case goname.Exported(name) == "":
		return fmt.Sprintf("the name %q has no letter and no digit", name)
	}
	for _, r := range name {
		if r <= ' ' || r > '~' || strings.ContainsRune("\"\\`,'", r) {
			return fmt.Sprintf("the name %q contains %q", name, r)
		}
	}
	return ""
}
