package check

import (
	"fmt"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
)

// sharedNames asks whether a value has the name of a param.
func (e *entry) sharedNames() {
	for k := range e.w.Values {
		key := e.w.Values[k].Key
		i := e.paramNames.find(key.Text)
		if i < 0 {
			continue
		}
		e.report(diag.Diagnostic{
			Rule: rule.NameShared, Span: key.Span(), Path: "values." + key.Text,
			Message: fmt.Sprintf("%q is both a param and a value of %s", key.Text, e),
			Help:    "rename the value: its name is not sent",
			Notes:   []diag.Note{note(e.w.Params[i].Key.Span(), "the param is here")},
		})
	}
}
