package check

import (
	"fmt"
	"regexp"
	resyntax "regexp/syntax"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
)

// settings are the catalog's lint section.
type settings struct {
	enabled     map[string]bool
	codePattern *regexp.Regexp // nil: the default
}

func (m *model) settings(enabled []string) {
	lint := &m.written.Lint
	m.lint.enabled = map[string]bool{}
	for _, id := range lint.Enable {
		m.lint.enabled[id.Text] = true
	}
	for _, id := range enabled {
		m.lint.enabled[id] = true
	}
	if p := lint.CodePattern; p.IsSet() {
		re, err := regexp.Compile(p.Text)
		if err == nil && steps(p.Text) > maxSteps {
			m.report(diag.Diagnostic{
				Rule: rule.LimitExceeded,
				Span: p.Span(),
				Path: "lint.code_pattern",
				Message: fmt.Sprintf("the pattern is too complex: it compiles to more than %d instructions",
					maxSteps),
				Help: "use fewer and smaller repetitions",
			})
			return
		}
		if err != nil {
			m.report(diag.Diagnostic{
				Rule: rule.WrongType, Span: p.Span(), Path: "lint.code_pattern",
				Message: fmt.Sprintf("%q is not a regular expression: %v", p.Text, err),
				Help:    "see https://pkg.go.dev/regexp/syntax",
			})
			return
		}
		m.lint.codePattern = re
	}
}

// maxSteps bounds what matching one character of a code may take.
const maxSteps = 500

// steps returns how many instructions a regular expression, which is valid, compiles into.
func steps(pattern string) int {
	re, err := resyntax.Parse(pattern, resyntax.Perl)
	if err != nil {
		return 0
	}
	program, err := resyntax.Compile(re.Simplify())
	if err != nil {
		return 0
	}
	return len(program.Inst)
}
