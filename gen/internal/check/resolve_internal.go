package check

import (
	"fmt"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// mayName reports whether a code may refer to another: a public one not to an internal one, whose name would be published.
func (e *entry) mayName(target *catalog.Entry, s syntax.Scalar, path string) bool {
	if !target.Internal || e.out.Internal {
		return true
	}
	e.report(e.m.exposed(target, s, path, "the public code "+e.w.Code.Text))
	return false
}

// exposed is the diagnostic about a reference to an internal code.
func (m *model) exposed(target *catalog.Entry, s syntax.Scalar, path, by string) diag.Diagnostic {
	return diag.Diagnostic{
		Rule: rule.InternalExposed, Span: s.Span(), Path: path,
		Message: fmt.Sprintf("%s refers to %s, which is internal and not documented",
			by, target.Code),
		Help: "remove the reference, or make " + target.Code + " public",
		Notes: []diag.Note{
			note(m.codes[target.Code].w.Visibility.Span(), "%s is internal", target.Code),
		},
	}
}
