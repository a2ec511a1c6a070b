package check

import (
	"fmt"

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
				"clients cannot tell where ${%s} ends and ${%s} begins, so they read neither",
				left.Name,
				right.Name,
			),
			Help: "put text between them",
		})
	}
}

// ambiguity compares the messages of a code's variants, each with each.
func (e *entry) ambiguity() {
	kind := func(name string) value.Kind {
		if i := e.paramNames.find(name); i >= 0 {
			return e.out.Params[i].Kind
		}
		return value.String
	}
	for j := range e.w.Variants {
		e.compare(j, kind)
	}
}

// compare looks for the first variant before the j-th whose message could be taken for its own.
func (e *entry) compare(j int, kind func(string) value.Kind) {
	w := &e.w.Variants[j]
	path := fmt.Sprintf("variants[%d].message", j)
	for i := range j {
		first := &e.w.Variants[i]
		if !first.Message.IsSet() || !w.Message.IsSet() {
			continue
		}
		text, found, gaveUp := message.Clash(
			e.out.Variants[i].Message,
			e.out.Variants[j].Message,
			kind,
			&e.m.effort,
		)
		switch {
		case found:
			e.report(diag.Diagnostic{
				Rule: rule.MessageAmbiguous,
				Span: w.Message.Span(),
				Path: path,
				Message: fmt.Sprintf(
					"the variants %q and %q can both produce the message %q",
					first.ID.Text,
					w.ID.Text,
					text,
				),
				Help:  "begin or end the messages with different words",
				Notes: []diag.Note{note(first.Message.Span(), "the other message is here")},
			})
			return
		case gaveUp:
			e.report(diag.Diagnostic{
				Rule: rule.LimitExceeded, Span: w.Message.Span(), Path: path,
				Message: fmt.Sprintf("the messages of %s are too long and too many to compare", e),
				Help:    "shorten them, or begin each with different words",
			})
			return
		}
	}
}
