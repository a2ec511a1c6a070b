package check

import (
	"fmt"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// acceptances checks the accepted changes, as far as one version of the catalog allows.
// Whether there are such changes only a comparison tells; see package review.
func (m *model) acceptances() {
	for a := range m.written.Accepts() {
		m.acceptance(a)
	}
}

func (m *model) acceptance(a syntax.Exception) {
	id, path := a.Rule, a.Path
	if !id.IsSet() {
		return
	}
	switch r, known := rule.Find(id.Text); {
	case !known:
		hint, help := m.didYouMean(id.Text, rule.IDs(rule.Changes()),
			"remove it; `errspec rules` lists them all")
		m.report(diag.Diagnostic{
			Rule: rule.AcceptUnused, Span: id.Span(), Path: path,
			Message: fmt.Sprintf("there is no rule %q%s", id.Text, hint),
			Help:    help,
		})
	case r.About != rule.Change:
		m.report(diag.Diagnostic{
			Rule:    rule.AcceptUnused,
			Span:    id.Span(),
			Path:    path,
			Message: fmt.Sprintf("%q is not a rule about changes, so it cannot be accepted", id.Text),
			Help:    "to suppress a warning about the catalog, use lint.ignore",
		})
	case a.Reason.Text == "":
		addReason := "write the reason after the rule: why breaking clients is acceptable"
		if !a.Comment {
			addReason = "add `reason: …`, which says why breaking clients is acceptable"
		}
		m.report(diag.Diagnostic{
			Rule: rule.AcceptUnreasoned, Span: id.Span(), Path: path,
			Message: fmt.Sprintf("this acceptance of %q has no reason", id.Text),
			Help:    addReason,
		})
	}
}
