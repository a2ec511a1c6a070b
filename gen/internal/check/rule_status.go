package check

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// unlistedStatuses looks for statuses that the table of statuses does not have.
func (e *entry) unlistedStatuses() {
	if len(e.m.written.Statuses) == 0 {
		return
	}
	for _, code := range e.out.Statuses {
		if e.m.out.Status(code) != nil {
			continue
		}
		i := slices.IndexFunc(e.w.Statuses, func(s syntax.Scalar) bool { return atoi(s) == code })
		e.unlisted(e.w.Statuses[i], code)
	}
}

func (e *entry) unlisted(s syntax.Scalar, code int) {
	title := http.StatusText(code)
	if title == "" {
		title = "…"
	}
	e.reportAlike(diag.Diagnostic{
		Rule: rule.StatusUnlisted, Span: s.Span(), Path: "status",
		Message: fmt.Sprintf("%s has status %d, which `statuses` does not list", e, code),
		Help:    fmt.Sprintf("add a row, as in `%d: {title: %s, cause: …}`", code, title),
	}, fmt.Sprintf("have status %d, which `statuses` does not list", code))
}

// statusUse looks for rows of errors that no code has.
func (m *model) statusUse() {
	used := map[int]bool{}
	for e := range m.out.All() {
		for _, code := range e.Statuses {
			used[code] = true
		}
	}
	for i := range m.written.Statuses {
		key := m.written.Statuses[i].Key
		if code, err := strconv.Atoi(key.Text); err == nil && code >= 400 && code <= 599 &&
			!used[code] {
			m.report(diag.Diagnostic{
				Rule: rule.StatusUnused, Span: key.Span(), Path: "statuses." + key.Text,
				Message: fmt.Sprintf("no code has status %d", code),
				Help:    "remove the row, or add a code",
			})
		}
	}
}

// missingFallback asks whether a code can be the fallback for errors without a code.
func (m *model) missingFallback() {
	if m.out.Fallback == nil && !m.lost.errors {
		at := m.written.Title.Place
		if !at.IsSet() {
			at = m.written.Place
		}
		if m.showsNumbers() {
			m.report(diag.Diagnostic{
				Rule: rule.EnvelopeInvalid, Span: m.written.Envelope.Body.Span(), Path: "envelope.body",
				Message: "the body carries the code as a number, " +
					"and servers have no number to send for unknown errors",
				Help: `add a 500 without variants and required params, as in ` +
					"`{code: \"0\", go_name: Internal, status: 500, message: Internal server error}`",
			})
			return
		}
		m.report(diag.Diagnostic{
			Rule:    rule.FallbackMissing,
			Span:    at.Span(),
			Path:    "groups",
			Message: "no code with status 500 can serve as the fallback for unknown errors",
			Help: "add a 500 without variants and required params, " +
				"as in `{code: INTERNAL_ERROR, status: 500, message: Internal server error}`",
		})
	}
}
