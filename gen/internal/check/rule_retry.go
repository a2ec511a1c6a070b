package check

import (
	"fmt"
	"math"
	"net/http"
	"slices"
	"time"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/syntax"
	"github.com/errspec/errspec/gen/internal/value"
)

// retryFits asks whether a code's policy can help at its default status.
func (e *entry) retryFits() {
	if len(e.out.Statuses) == 0 {
		return
	}
	w, status := &e.w.Retry, e.out.Statuses[0]
	switch name := fmt.Sprintf("%d (%s)", status, http.StatusText(status)); status {
	case 400, 401, 402, 403, 404, 413, 415, 422:
		mayPass := func(s int) bool {
			return s == http.StatusTooManyRequests || s >= http.StatusInternalServerError
		}
		if e.out.Retry != nil && !slices.ContainsFunc(e.out.Statuses, mayPass) {
			e.reportAlike(diag.Diagnostic{
				Rule:    rule.RetryMismatch,
				Span:    w.Span(),
				Path:    "retry",
				Message: fmt.Sprintf("a %s fails again until the request or the resource changes", name),
				Help: "remove `retry`; if the API sends this status for a temporary failure, suppress " +
					"the rule for the code",
			}, fmt.Sprintf("have status %s and a retry policy", name))
		}
	case 429, 503:
		if !e.out.RetryStated {
			e.reportAlike(diag.Diagnostic{
				Rule: rule.RetryMismatch, Span: e.span(), Path: "retry",
				Message: fmt.Sprintf("%s has status %s, but does not say how to retry", e, name),
				Help:    "add `retry: ` and the name of a policy, or `retry: never`",
			}, fmt.Sprintf("have status %s, but do not say how to retry", name))
		}
	}
}

// retryStated asks whether a code says whether to retry. retry-mismatch reports a 429 or 503 that
// does not.
func (e *entry) retryStated() {
	if e.out.RetryStated || e.out.Internal || e.lost("retry") || len(e.out.Statuses) == 0 ||
		e.out.Statuses[0] == 429 || e.out.Statuses[0] == 503 {
		return
	}
	e.reportAlike(diag.Diagnostic{
		Rule: rule.RetryUnstated, Span: e.span(), Path: "retry",
		Message: fmt.Sprintf("%s does not say whether to retry", e),
		Help:    "add `retry: never`, or the name of a policy",
	}, "do not say whether to retry")
}

// policyValues judges the policies that the catalog writes out: those with a name, and those that a
// code or retry_default writes or changes.
func (m *model) policyValues() {
	seen := map[string]bool{}
	for i := range m.written.Policies {
		w := &m.written.Policies[i]
		if p := m.policy[w.Key.Text]; p != nil && !seen[w.Key.Text] {
			seen[w.Key.Text] = true
			judgePolicy(p, &w.Value, m.below("retry_policies."+w.Key.Text))
		}
	}
	if w := &m.written.RetryDefault; w.Changes().IsSet() && m.out.RetryDefault != nil {
		judgePolicy(m.out.RetryDefault, w, m.below("retry_default"))
	}
	for i := range m.entries {
		e := &m.entries[i]
		if w := &e.w.Retry; w.Changes().IsSet() && e.out.Retry != nil {
			judgePolicy(e.out.Retry, w, e.below("retry"))
		}
	}
}

// judgePolicy judges a policy, which was written, or changed from another one.
func judgePolicy(p *catalog.RetryPolicy, w *syntax.Policy, report func(diag.Diagnostic)) {
	if w.Factor.IsSet() && p.Factor < 1 {
		report(diag.Diagnostic{
			Rule: rule.RetryInvalid, Span: w.Factor.Span(), Path: "factor",
			Message: "factor must be at least 1, got " + w.Factor.Text,
			Help:    "write 1 or more",
		})
	}
	switch n := p.MaxRetries; {
	case !w.MaxRetries.IsSet():
	case n < 1:
		report(diag.Diagnostic{
			Rule: rule.RetryInvalid, Span: w.MaxRetries.Span(), Path: "max_retries",
			Message: "max_retries must be at least 1, got " + w.MaxRetries.Text,
			Help:    "write 1 or more, or `retry: never` on the codes",
		})
	case n > math.MaxInt32:
		report(diag.Diagnostic{
			Rule: rule.RetryInvalid, Span: w.MaxRetries.Span(), Path: "max_retries",
			Message: "max_retries is too large: " + w.MaxRetries.Text,
			Help:    "write a smaller number",
		})
	}
	for _, d := range [...]struct {
		key     string
		value   time.Duration
		written syntax.Scalar
	}{
		{"base", p.Base, w.Base}, {"max_delay", p.MaxDelay, w.MaxDelay},
		{"max_retry_after", p.MaxRetryAfter, w.MaxRetryAfter},
	} {
		if d.written.IsSet() && d.value <= 0 {
			report(diag.Diagnostic{
				Rule: rule.RetryInvalid, Span: d.written.Span(), Path: d.key,
				Message: fmt.Sprintf("%s must be above zero, got %s", d.key, d.written.Text),
				Help:    "write a duration such as 1s",
			})
		}
	}
	if !capBelowBase(p) {
		return
	}
	at, key := w.MaxDelay, "max_delay"
	if !at.IsSet() {
		at, key = w.Base, "base"
	}
	report(diag.Diagnostic{
		Rule: rule.RetryInvalid, Span: at.Span(), Path: key,
		Message: fmt.Sprintf("max_delay (%s) must not be below base (%s)",
			value.FormatDuration(p.MaxDelay), value.FormatDuration(p.Base)),
		Help: fmt.Sprintf("write a max_delay of at least %s", value.FormatDuration(p.Base)),
	})
}
