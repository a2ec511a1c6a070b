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
	e.c.exposed(e.find, target, s, path, "the public code "+e.w.Code.Text)
	return false
}

func (c *checker) exposed(find func(id string, span diag.Span, path, message, help string, notes ...diag.Note),
	target *catalog.Entry, s syntax.Scalar, path, by string,
) {
	find(rule.InternalExposed, s.Span(), path, fmt.Sprintf("%s refers to %s, which is internal and in no documentation", by, target.Code),
		"remove the reference, or make "+target.Code+" public", note(c.codes[target.Code].w.Visibility.Span(), "%s is internal", target.Code))
}
