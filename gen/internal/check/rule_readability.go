package check

import (
	"fmt"

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
func (m *model) carriesVariant() bool {
	for role := range m.out.Envelope.Body.Roles() {
		if role == catalog.RoleVariant {
			return true
		}
	}
	return false
}

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
