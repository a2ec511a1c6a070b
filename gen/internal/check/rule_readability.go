package check

import (
	"fmt"
	"slices"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/message"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/value"
)

// readability asks whether a client can read the params of a code's messages back.
func (e *entry) readability() {
	for i := range e.out.Variants {
		t := e.out.Variants[i].Message
		at := t.Adjacent()
		if at == 0 {
			continue
		}
		s, path := e.messageOf(i)
		left, right := t[at-1], t[at]
		e.report(diag.Diagnostic{
			Rule: rule.MessageUnreadable,
			Span: s.At(right.Offset, len(right.Name)+3),
			Path: path,
			Message: fmt.Sprintf(
				"clients cannot tell where ${%s} ends and ${%s} begins, so they read neither", left.Name,
				right.Name),
			Help: "if the API sends this message, suppress the rule: the body can carry the params, as in " +
				"`details: $params`; in a new message, put text between them",
		})
	}
}

// unreadRoles looks for a message, a request's id or a param that is in the body, and that clients
// read neither there nor elsewhere.
func (m *model) unreadRoles() {
	if !m.envelopeRead {
		return
	}
	reported := map[string]bool{}
	for _, p := range m.placed {
		name := string(p.role) + p.key
		if reported[name] || m.isRead(p) {
			continue
		}
		reported[name] = true
		d := diag.Diagnostic{
			Rule: rule.RoleUnread, Span: p.at, Path: p.path,
			Message: "clients do not read " + name + ": other alternatives of $or contain roles, too",
			Help: "let each error send the same, as in a param of type list; " +
				"if the API sends this, suppress the rule: clients get the errors without it",
		}
		if p.inText {
			d.Message = "clients do not read " + name + ": it is not the only role in this text"
			d.Help = fmt.Sprintf("make it a member of its own, as in `key: %s`; "+
				"if the API sends this text, suppress the rule: clients get the errors without it", name)
		}
		m.report(d)
	}
}

// isRead reports whether clients read a role of the body, there or elsewhere, as far as they need
// it.
func (m *model) isRead(p placedRole) bool {
	switch p.role {
	case catalog.RoleMessage:
		return m.out.Reads(p.role)
	case catalog.RoleRequestID:
		return m.out.Reads(p.role) || m.out.Envelope.RequestIDHeader() != ""
	case catalog.RoleParam:
		if m.out.ReadsParam(p.key) || m.out.Reads(catalog.RoleParams) {
			return true
		}
		for i := range m.entries {
			if e := &m.entries[i]; !e.out.Internal && e.sendsUnread(p.key) {
				return false
			}
		}
	}
	return true
}

// sendsUnread reports whether an error has a param that clients read neither from each of its
// messages nor from a header.
func (e *entry) sendsUnread(name string) bool {
	has := func(h catalog.Header) bool { return slices.Contains(h.Value.Names(), name) }
	hasInEnvelope := func(h catalog.Header) bool {
		return slices.Contains(h.Value.Names(), "param."+name)
	}
	p := e.out.Param(name)
	if p == nil || p.Sensitive || slices.ContainsFunc(e.out.Headers, has) ||
		slices.ContainsFunc(e.m.out.Envelope.Headers, hasInEnvelope) {
		return false
	}
	lacks := func(v catalog.Variant) bool { return !slices.Contains(v.Message.Names(), name) }
	return !e.m.out.Reads(catalog.RoleMessage) || slices.ContainsFunc(e.out.Variants, lacks)
}

// ambiguity compares the messages of a code's variants, each with each.
// Where the body names the variant, they need not differ.
func (e *entry) ambiguity() {
	if e.m.carriesVariant() {
		return
	}
	languages := make([]*message.Language, len(e.w.Variants))
	for j := range e.w.Variants {
		languages[j] = message.LanguageOf(e.out.Variants[j].Message, e.valuesOf)
		e.compare(j, languages)
	}
}

// valuesOf says which texts a param of the code can have in a message.
func (e *entry) valuesOf(name string) message.Values {
	i := e.paramNames.find(name)
	if i < 0 {
		return message.Values{Kind: value.String}
	}
	v := message.Values{Kind: e.out.Params[i].Kind}
	for _, enum := range e.out.Params[i].Enum {
		v.Enum = append(v.Enum, enum.Value)
	}
	return v
}

// carriesVariant reports whether the body names the variant.
func (m *model) carriesVariant() bool { return m.out.Reads(catalog.RoleVariant) }

// compare looks for the first variant before the j-th whose message could be taken for its own.
func (e *entry) compare(j int, languages []*message.Language) {
	w := &e.w.Variants[j]
	path := fmt.Sprintf("variants[%d].message", j)
	for i := range j {
		first := &e.w.Variants[i]
		if first.Message.Text == "" || w.Message.Text == "" { // missing, or null
			continue
		}
		text, found, gaveUp := message.Clash(languages[i], languages[j], &e.m.effort)
		switch {
		case found:
			e.report(diag.Diagnostic{
				Rule: rule.MessageAmbiguous,
				Span: w.Message.Span(),
				Path: path,
				Message: fmt.Sprintf("the variants %q and %q can both produce the message %q", first.ID.Text,
					w.ID.Text, text),
				Help: "add a member such as `variant: $variant` to envelope.body: clients then rely on it, " +
					"and messages need not differ; or begin or end the messages with different words, " +
					"or write one message that is a param, as in `message: ${text}`",
				Notes: []diag.Note{note(first.Message.Span(), "the other message is here")},
			})
			return
		case gaveUp:
			e.report(diag.Diagnostic{
				Rule: rule.LimitExceeded, Span: w.Message.Span(), Path: path,
				Message: fmt.Sprintf("the messages of %s are too long and too many to compare", e),
				Help: "add a member such as `variant: $variant` to envelope.body, " +
					"so that they need not be compared",
			})
			return
		}
	}
}
