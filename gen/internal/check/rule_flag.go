package check

import (
	"fmt"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/message"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/syntax"
	"github.com/errspec/errspec/gen/internal/value"
)

// exposures looks for params in messages and headers, where everybody sees them.
func (e *entry) exposures() {
	for i := range e.out.Variants {
		s, path := e.messageOf(i)
		e.shownIn(e.out.Variants[i].Message, s, path, true)
	}
	for i := range e.headersAt {
		w := &e.w.Headers[e.headersAt[i]]
		e.shownIn(e.out.Headers[i].Value, w.Value, "headers."+w.Key.Text, false)
	}
}

func (e *entry) shownIn(t message.Template, s syntax.Scalar, path string, inMessage bool) {
	place := s.Locator()
	for _, seg := range t {
		if i := e.paramNames.find(seg.Name); seg.Name != "" && i >= 0 {
			e.shown(&e.out.Params[i], place.At(seg.Offset, len(seg.Name)+3), path, inMessage)
		}
	}
}

// messageOf returns where the message of a variant, or the only one, was written.
func (e *entry) messageOf(variant int) (s syntax.Scalar, path string) {
	if len(e.w.Variants) == 0 {
		return e.w.Message, "message"
	}
	return e.w.Variants[variant].Message, fmt.Sprintf("variants[%d].message", variant)
}

// shown judges a param in a message or a header.
func (e *entry) shown(p *catalog.Param, at diag.Span, path string, inMessage bool) {
	where := "a header"
	if inMessage {
		where = "a message"
	}
	switch {
	case p.Sensitive:
		e.report(diag.Diagnostic{
			Rule: rule.SensitiveExposed, Span: at, Path: path,
			Message: fmt.Sprintf("param %q is sensitive, but %s is sent to clients", p.Name, where),
			Help:    "remove it from the text, or remove `sensitive`",
		})
	case p.Kind.InBodyOnly():
		e.report(diag.Diagnostic{
			Rule: rule.ParamType, Span: at, Path: path,
			Message: fmt.Sprintf("param %q is %s, which %s cannot contain",
				p.Name, kindWithArticle(p.Kind), where),
			Help: "remove it from the text; the body carries it in its params",
		})
	case p.Optional && inMessage:
		e.report(diag.Diagnostic{
			Rule:    rule.OptionalInMessage,
			Span:    at,
			Path:    path,
			Message: fmt.Sprintf("param %q is optional, but a message needs all of its params", p.Name),
			Help:    "write two variants, one of them without the param, or remove `optional`",
		})
	}
}

// sensitiveParams judges what the flags and the example of each param say together.
func (e *entry) sensitiveParams() {
	for i := range e.out.Params {
		w := &e.w.Params[i]
		if _, ok := value.KindOf(w.Value.Type.Text); ok {
			e.flags(&e.out.Params[i], &w.Value, "params."+w.Key.Text)
		}
	}
}

func (e *entry) flags(p *catalog.Param, w *syntax.Param, path string) {
	if !p.Sensitive {
		return
	}
	if p.Detail && w.Detail.Text == "true" {
		e.report(diag.Diagnostic{
			Rule: rule.SensitiveExposed, Span: w.Detail.Span(), Path: path + ".detail",
			Message: fmt.Sprintf("param %q is sensitive, but details are sent to clients", p.Name),
			Help:    "remove one of the two flags",
		})
	}
	if w.Example.IsSet() {
		e.report(diag.Diagnostic{
			Rule: rule.SensitiveExposed, Span: w.Example.Span(), Path: path + ".example",
			Message: fmt.Sprintf("param %q is sensitive, but examples are published", p.Name),
			Help:    "remove the example",
		})
	}
}

// reachable asks whether anything shows each param, whether the envelope carries what the codes say
// are details, and whether the names of spread params are free.
func (m *model) reachable() {
	w := &m.written.Envelope
	unknown := w.IsSet() && !w.Preset.IsSet() &&
		w.Body.Kind != syntax.AnyMapping // there is a diagnostic about that, and only that is the mistake
	all, named, beside := carried(&m.out.Envelope.Body)
	for i := range m.entries {
		e := &m.entries[i]
		e.unused(all || unknown, named)
		if unknown {
			continue
		}
		for k := range e.out.Params {
			p := &e.out.Params[k]
			if p.Sensitive {
				continue
			}
			if p.Detail && !named[p.Name] && (p.Apart || !all) {
				e.unreachable(p, &e.w.Params[k])
			}
			if beside[p.Name] && !(p.Apart && named[p.Name]) {
				e.besideParams(p, &e.w.Params[k], named[p.Name])
			}
		}
	}
}

// unreachable reports a detail that the envelope does not carry.
func (e *entry) unreachable(p *catalog.Param, w *syntax.Entry[syntax.Param]) {
	at := w.Value.Detail.Span()
	if at.IsZero() { // a list, or other data
		at = w.Value.Type.Span()
	}
	e.report(diag.Diagnostic{
		Rule: rule.DetailUnreachable, Span: at, Path: "params." + p.Name,
		Message: fmt.Sprintf("param %q is sent in the body, but the envelope has no member for it",
			p.Name),
		Help: unreachableHelp(p, w),
	})
}

// besideParams reports a param with the name of a member beside which params are spread. isNamed
// says whether the param has a member of its own.
func (e *entry) besideParams(p *catalog.Param, w *syntax.Entry[syntax.Param], isNamed bool) {
	var message, help string
	switch {
	case p.Apart:
		message = "param %q has the same name as the envelope's member %[1]q, " +
			"and clients would read that member as the param"
		help = "give the param another name, also in its messages: with `detail: false`, " +
			"clients do not see its name"
	case !e.m.written.Envelope.Body.IsSet(): // the author has written neither
		message = "param %q has the same name as a member of RFC 9457, " +
			"which the default envelope puts beside the params"
		help = "give the param another name, also in its messages"
	default:
		message = "param %q has the same name as the envelope's member %[1]q, " +
			"and $spread would write both"
		help = "replace $spread by one member for each param, as in `member: $param.name`"
		if isNamed {
			help = "add `detail: false` to the param, which keeps it out of $params"
		}
	}
	e.report(diag.Diagnostic{
		Rule: rule.EnvelopeParamCollision, Span: w.Key.Span(), Path: "params." + p.Name,
		Message: fmt.Sprintf(message, p.Name), Help: help,
	})
}

// carried returns what an envelope carries of the params: all of them or those of some names; and
// the names of the members beside which they are spread.
func carried(n *catalog.Node) (all bool, named, beside map[string]bool) {
	named, beside = map[string]bool{}, map[string]bool{}
	for r, key := range n.Roles() {
		all = all || r == catalog.RoleParams
		if r == catalog.RoleParam {
			named[key] = true
		}
	}
	var walk func(n *catalog.Node)
	walk = func(n *catalog.Node) {
		spread := false
		for i := range n.Members {
			spread = spread || n.Members[i].Node.Kind == catalog.NodeSpread
		}
		for i := range n.Members {
			if spread && n.Members[i].Name != "" {
				beside[n.Members[i].Name] = true
			}
			walk(&n.Members[i].Node)
		}
		for i := range n.Items {
			walk(&n.Items[i])
		}
	}
	walk(n)
	return all, named, beside
}

// unreachableHelp says how the envelope can carry a param.
func unreachableHelp(p *catalog.Param, w *syntax.Entry[syntax.Param]) string {
	if p.Apart {
		return fmt.Sprintf("add a member such as `%s: $param.%[1]s` to envelope.body, "+
			"or remove `detail: false`, which keeps it out of $params", p.Name)
	}
	help := fmt.Sprintf("add the member that carries it to envelope.body, "+
		"as in `%s: $param.%[1]s` or `details: $params`", p.Name)
	if w.Value.Detail.IsSet() {
		help += "; if only headers or messages contain it, remove `detail: true`"
	}
	return help
}

// kindWithArticle names a kind of data that only bodies hold.
func kindWithArticle(k value.Kind) string {
	switch k {
	case value.Object:
		return "an object"
	case value.JSON:
		return "JSON"
	default:
		return "a " + k.String()
	}
}
