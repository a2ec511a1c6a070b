package check

import (
	"fmt"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/value"
)

// missingMessages asks whether the code has a message.
func (e *entry) missingMessages() {
	if len(e.w.Variants) == 0 && !e.w.Message.IsSet() && !e.lost("variants") {
		e.report(diag.Diagnostic{
			Rule: rule.MessageMissing, Span: e.span(), Path: "message",
			Message: fmt.Sprintf("%s has no message", e),
			Help:    "add `message: …`, or `message: null` if it is sent without one",
		})
	}
}

// unused looks for params that nothing shows. all and named are what the envelope carries of
// params. While a message is missing, that is not known.
func (e *entry) unused(all bool, named map[string]bool) {
	if e.lost("headers", "variants") {
		return
	}
	for i := range e.out.Variants {
		if e.out.Variants[i].Message == nil && !e.out.Variants[i].Silent {
			return
		}
	}
	for i := range e.out.Params {
		p := &e.out.Params[i]
		carried := all || named[p.Name]
		if p.Name == "" || e.used[i] || p.Detail || p.Sensitive || p.Optional && carried ||
			!e.w.Params[i].Value.Type.IsSet() {
			continue // or its type was refused: a list would need no message
		}
		help := fmt.Sprintf(
			"write ${%s} in the message, remove the param, "+
				"or add `detail: true` to send it in the body only",
			p.Name)
		switch {
		case p.Optional:
			help = fmt.Sprintf(
				"add a member such as `%s: $param.%[1]s` to envelope.body, "+
					"use the param in a header, or remove it",
				p.Name)
		case carried:
			help = fmt.Sprintf(
				"add `detail: true` to send it in the body, write ${%s} in the message, or remove it", p.Name)
		}
		e.report(diag.Diagnostic{
			Rule: rule.ParamUnused, Span: e.w.Params[i].Key.Span(), Path: "params." + p.Name,
			Message: fmt.Sprintf("no message and no header of %[2]s uses param %[1]q", p.Name, e),
			Help:    help,
		})
	}
}

// missingExamples asks for the examples of params that clients see. The values of an enum and of a
// bool are examples themselves.
func (e *entry) missingExamples() {
	for i := range e.out.Params {
		p, w := &e.out.Params[i], &e.w.Params[i]
		if p.Name == "" || p.Sensitive || e.out.Internal || w.Value.Example.IsSet() || p.Enum != nil ||
			p.Kind == value.Bool || !w.Value.Type.IsSet() {
			continue
		}
		e.report(diag.Diagnostic{
			Rule: rule.ExampleMissing, Span: w.Key.Span(), Path: "params." + p.Name,
			Message: fmt.Sprintf("param %q of %s has no example", p.Name, e),
			Help:    "add `example: ` and a value that the API really sends",
		})
	}
}
