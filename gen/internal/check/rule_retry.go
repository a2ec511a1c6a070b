package check

import (
	"fmt"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/syntax"
	"github.com/errspec/errspec/gen/internal/value"
)

const never = "never"

// policies resolves the named policies, and the default for responses that are not ours.
func (c *checker) policies() {
	written := c.written.Policies
	c.out.Policies = make([]catalog.RetryPolicy, 0, len(written))
	c.policy = make(map[string]*catalog.RetryPolicy, len(written))
	for i := range written {
		name := written[i].Key
		if name.Text == never {
			c.report(diag.Diagnostic{
				Rule: rule.RetryInvalid, Span: name.Span(), Path: "retry_policies.never",
				Message: "`never` is what codes without a policy say; a policy can not be called so",
				Help:    "choose another name",
			})
			continue
		}
		if _, twice := c.policy[name.Text]; twice {
			c.report(diag.Diagnostic{
				Rule: rule.DuplicateKey, Span: name.Span(), Path: "retry_policies." + name.Text,
				Message: fmt.Sprintf("two policies are called %q", name.Text),
				Help:    "rename one of them",
			})
			continue
		}
		p := changed(catalog.DefaultRetryPolicy(), &written[i].Value)
		p.Name = name.Text
		c.out.Policies = append(c.out.Policies, p)
		c.policy[name.Text] = &c.out.Policies[len(c.out.Policies)-1]
	}
	c.out.RetryDefault = c.resolvePolicy(&c.written.RetryDefault, c.below("retry_default"))
}

// retry resolves a code's policy.
func (e *entry) retry() {
	e.out.Retry = e.c.resolvePolicy(&e.w.Retry, e.below("retry"))
}

// retryFits asks whether a code's policy can help at its default status.
func (e *entry) retryFits() {
	if len(e.out.Statuses) == 0 {
		return
	}
	w, status := &e.w.Retry, e.out.Statuses[0]
	switch name := fmt.Sprintf("%d (%s)", status, http.StatusText(status)); status {
	case 400, 401, 402, 403, 404, 413, 415, 422:
		if e.out.Retry != nil {
			e.reportAlike(diag.Diagnostic{
				Rule: rule.RetryMismatch, Span: w.Span(), Path: "retry",
				Message: fmt.Sprintf("retrying a %s sends the same request to the same end", name),
				Help: "remove `retry`, or use a status that says the cause may pass, such as 409, 429 or 503; " +
					"if the API does send this one for what may pass, ignore the rule for the code, with that as the reason",
			}, fmt.Sprintf("come with %s and a retry policy", name))
		}
	case 429, 503:
		if !w.IsSet() {
			e.reportAlike(diag.Diagnostic{
				Rule: rule.RetryMismatch, Span: e.span(), Path: "retry",
				Message: fmt.Sprintf("%s comes with %s, and does not say how to retry", e, name),
				Help:    "add `retry: ` and the name of a policy, or `retry: never` if that is meant",
			}, fmt.Sprintf("come with %s, and do not say how to retry", name))
		}
	}
}

// resolvePolicy follows a reference to a policy, and applies what it changes. Nil is never.
func (c *checker) resolvePolicy(w *syntax.Policy, report func(diag.Diagnostic)) *catalog.RetryPolicy {
	if !w.IsSet() {
		return nil
	}
	base := catalog.DefaultRetryPolicy()
	if name := w.Policy; name.IsSet() {
		if name.Text == never {
			if w.Changes().IsSet() {
				report(diag.Diagnostic{
					Rule: rule.RetryInvalid, Span: name.Span(), Path: "policy",
					Message: "`never` has nothing to change",
					Help:    "write `retry: never`, or name a policy",
				})
			}
			return nil
		}
		named := c.policy[name.Text]
		if named == nil && c.lost.keys["retry_policies"] {
			return nil
		}
		if named == nil {
			hint, help := c.didYouMean(name.Text, append([]string{never}, c.policyNames()...), "add it to retry_policies")
			if hint == "" {
				help = "write never, " + c.somePolicies() + "or add it to retry_policies"
			}
			report(diag.Diagnostic{
				Rule: rule.RetryUnknown, Span: name.Span(),
				Message: fmt.Sprintf("there is no retry policy %q%s", name.Text, hint),
				Help:    help,
			})
			return nil
		}
		if !w.Changes().IsSet() {
			return named
		}
		base = *named
		base.Name = ""
	}
	p := changed(base, w)
	return &p
}

func (c *checker) policyNames() []string {
	names := make([]string, len(c.out.Policies))
	for i := range names {
		names[i] = c.out.Policies[i].Name
	}
	return names
}

// somePolicies names the policies that there are, for a list of what may be written; not all if there are many.
func (c *checker) somePolicies() string {
	const many = 6
	var text string
	for _, name := range c.policyNames()[:min(many, len(c.out.Policies))] {
		text += name + ", "
	}
	if len(c.out.Policies) > many {
		text += "…, "
	}
	return text
}

// aPolicy is what a code may name, for a help.
func (c *checker) aPolicy() string {
	if names := strings.TrimSuffix(c.somePolicies(), ", "); names != "" {
		return "a policy (" + names + ")"
	}
	return "a policy"
}

// changed returns a policy with the keys that were written replaced.
func changed(p catalog.RetryPolicy, w *syntax.Policy) catalog.RetryPolicy {
	if w.Strategy.IsSet() {
		p.Strategy = catalog.Strategy(w.Strategy.Text)
	}
	if w.Jitter.IsSet() {
		p.Jitter = catalog.Jitter(w.Jitter.Text)
	}
	if w.Methods.IsSet() {
		p.AnyMethod = w.Methods.Text == "any"
	}
	if w.Factor.IsSet() {
		p.Factor, _ = strconv.ParseFloat(w.Factor.Text, 64)
	}
	if w.MaxRetries.IsSet() {
		n, _ := strconv.ParseInt(w.MaxRetries.Text, 10, 64)
		p.MaxRetries = int(n)
	}
	set(&p.Base, w.Base)
	set(&p.MaxDelay, w.MaxDelay)
	set(&p.MaxRetryAfter, w.MaxRetryAfter)
	if capBelowBase(&p) && p.Strategy == catalog.Constant && !w.MaxDelay.IsSet() {
		p.MaxDelay = p.Base // a constant delay longer than the default cap needs no cap
	}
	return p
}

func set(d *time.Duration, w syntax.Scalar) {
	if v, err := value.Parse(value.Duration, w.Text); err == nil && w.IsSet() {
		*d = time.Duration(v.Int)
	}
}

func capBelowBase(p *catalog.RetryPolicy) bool {
	return p.MaxDelay < p.Base && p.Base > 0 && p.MaxDelay > 0
}

// policyValues judges the policies that the catalog writes out: those with a name, and those that a
// code or retry_default writes or changes.
func (c *checker) policyValues() {
	seen := map[string]bool{}
	for i := range c.written.Policies {
		w := &c.written.Policies[i]
		if p := c.policy[w.Key.Text]; p != nil && !seen[w.Key.Text] {
			seen[w.Key.Text] = true
			judgePolicy(p, &w.Value, c.below("retry_policies."+w.Key.Text))
		}
	}
	if w := &c.written.RetryDefault; w.Changes().IsSet() && c.out.RetryDefault != nil {
		judgePolicy(c.out.RetryDefault, w, c.below("retry_default"))
	}
	for i := range c.entries {
		e := &c.entries[i]
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
			Message: "a factor of " + w.Factor.Text + " makes delays shrink",
			Help:    "use a factor of at least 1",
		})
	}
	switch n := p.MaxRetries; {
	case !w.MaxRetries.IsSet():
	case n < 1:
		report(diag.Diagnostic{
			Rule: rule.RetryInvalid, Span: w.MaxRetries.Span(), Path: "max_retries",
			Message: w.MaxRetries.Text + " retries are none",
			Help:    "write `retry: never` on the codes instead, or at least 1",
		})
	case n > math.MaxInt32:
		report(diag.Diagnostic{
			Rule: rule.RetryInvalid, Span: w.MaxRetries.Span(), Path: "max_retries",
			Message: w.MaxRetries.Text + " retries are no limit",
			Help:    "write a number that a caller would wait for",
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
				Message: fmt.Sprintf("a %s of %s is no delay", d.key, d.written.Text),
				Help:    "write a duration above zero, such as 1s",
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
		Message: fmt.Sprintf("max_delay (%s) is below base (%s)",
			value.FormatDuration(p.MaxDelay), value.FormatDuration(p.Base)),
		Help: fmt.Sprintf("write a max_delay of at least %s", value.FormatDuration(p.Base)),
	})
}
