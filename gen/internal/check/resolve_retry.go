package check

import (
	"fmt"
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
func (m *model) policies() {
	written := m.written.Policies
	m.out.Policies = make([]catalog.RetryPolicy, 0, len(written))
	m.policy = make(map[string]*catalog.RetryPolicy, len(written))
	for i := range written {
		name := written[i].Key
		if name.Text == never {
			m.report(diag.Diagnostic{
				Rule: rule.RetryInvalid, Span: name.Span(), Path: "retry_policies.never",
				Message: "a policy cannot have the name `never`, which means that a code is not retried",
				Help:    "choose another name",
			})
			continue
		}
		if _, twice := m.policy[name.Text]; twice {
			m.report(diag.Diagnostic{
				Rule: rule.DuplicateKey, Span: name.Span(), Path: "retry_policies." + name.Text,
				Message: fmt.Sprintf("two retry policies have the name %q", name.Text),
				Help:    "rename one of them",
			})
			continue
		}
		p := changed(catalog.DefaultRetryPolicy(), &written[i].Value)
		p.Name = name.Text
		m.out.Policies = append(m.out.Policies, p)
		m.policy[name.Text] = &m.out.Policies[len(m.out.Policies)-1]
	}
	m.out.RetryDefault = m.resolvePolicy(&m.written.RetryDefault, m.below("retry_default"))
}

// retry resolves a code's policy.
func (e *entry) retry() {
	e.out.RetryStated = e.w.Retry.IsSet()
	e.out.Retry = e.m.resolvePolicy(&e.w.Retry, e.below("retry"))
}

// resolvePolicy follows a reference to a policy, and applies what it changes. Nil is never, or not
// stated.
func (m *model) resolvePolicy(w *syntax.Policy, report func(diag.Diagnostic)) *catalog.RetryPolicy {
	if !w.IsSet() {
		return nil
	}
	base := catalog.DefaultRetryPolicy()
	if name := w.Policy; name.IsSet() {
		if name.Text == never {
			if w.Changes().IsSet() {
				report(diag.Diagnostic{
					Rule: rule.RetryInvalid, Span: name.Span(), Path: "policy",
					Message: "`never` cannot be combined with other keys",
					Help:    "write `retry: never`, or name a policy",
				})
			}
			return nil
		}
		named := m.policy[name.Text]
		if named == nil && m.lost.keys["retry_policies"] {
			return nil
		}
		if named == nil {
			hint, help := m.didYouMean(name.Text, append([]string{never}, m.policyNames()...),
				"add it to retry_policies")
			if hint == "" {
				hint, help = m.unknownPolicy(name.Text)
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

// unknownPolicy is the hint and the help for the name of a policy that is like no other.
func (m *model) unknownPolicy(name string) (hint, help string) {
	switch strings.ToLower(name) {
	case "false", "no", "off", "none":
		return fmt.Sprintf("; did you mean %q?", never), "write never"
	}
	retries, err := strconv.Atoi(name)
	if lower := strings.ToLower(name); lower == "true" || lower == "yes" || lower == "on" {
		retries, err = catalog.DefaultRetryPolicy().MaxRetries, nil
	}
	if err == nil {
		return "", fmt.Sprintf("write never, %sor a policy such as `{base: 1s, max_retries: %d}`",
			m.somePolicies(), retries)
	}
	return "", "write never, " + m.somePolicies() + "or add it to retry_policies, as in " +
		fmt.Sprintf("`retry_policies: {%s: {base: 1s, max_retries: 4}}`", name)
}

func (m *model) policyNames() []string {
	names := make([]string, len(m.out.Policies))
	for i := range names {
		names[i] = m.out.Policies[i].Name
	}
	return names
}

// somePolicies names the policies that there are, for a list of what may be written; not all if
// there are many.
func (m *model) somePolicies() string {
	const many = 6
	var text string
	for _, name := range m.policyNames()[:min(many, len(m.out.Policies))] {
		text += name + ", "
	}
	if len(m.out.Policies) > many {
		text += "…, "
	}
	return text
}

// aPolicy is what a code may name, for a help.
func (m *model) aPolicy() string {
	if names := strings.TrimSuffix(m.somePolicies(), ", "); names != "" {
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
