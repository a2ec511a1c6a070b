package check

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/message"
	"github.com/errspec/errspec/gen/internal/rule"
)

// A sent is a message of an error without a code.
type sent struct {
	e        *entry
	variant  int
	silent   bool   // it is sent without a message
	constant bool   // it is sent with a constant instead of the message
	prefix   string // the literal that it begins with
	language *message.Language
}

// unknowable asks whether clients can know each error whose body has no code: that the body has
// something by which it is the API's at all, and that no other error of the same status can have
// the same message.
func (m *model) unknowable() {
	if !m.envelopeRead || m.lost.keys["envelope"] || m.lost.keys["body"] {
		return
	}
	m.featureless()
	byStatus := map[int][]sent{}
	var statuses []int
	for i := range m.entries {
		e := &m.entries[i]
		if e.out.KnownBy != catalog.ByMessage || e.out.Internal || !e.isFirst() {
			continue
		}
		for _, status := range e.out.Statuses {
			if byStatus[status] == nil {
				statuses = append(statuses, status)
			}
			byStatus[status] = append(byStatus[status], e.sends()...)
		}
	}
	slices.Sort(statuses)
	hasMessage := m.out.Reads(catalog.RoleMessage)
	told := map[*entry]bool{} // of each error one mistake
	for _, status := range statuses {
		all := byStatus[status]
		hidden := slices.IndexFunc(all, func(s sent) bool { return m.out.HidesMessage(s.e.out) })
		others := slices.IndexFunc(all, func(s sent) bool { return hidden >= 0 && s.e != all[hidden].e })
		switch {
		case !hasMessage:
			m.mistaken(status, all[0], all[len(all)-1], told, "nothing in the body tells them apart")
		case others >= 0:
			m.mistaken(status, all[min(hidden, others)], all[max(hidden, others)], told,
				hiddenBy(all[hidden].e))
		default:
			m.distinguish(status, all, told)
		}
	}
}

// hiddenBy says what hides the message of an error.
func hiddenBy(e *entry) string {
	hasMessage := func(v catalog.Variant) bool { return !v.Silent }
	if !slices.ContainsFunc(e.out.Variants, hasMessage) {
		return fmt.Sprintf("where others have the message, %s may have any value", e)
	}
	return fmt.Sprintf("another alternative of $or may be sent instead of the message of %s", e)
}

// sends returns the messages of the error, as far as they are written.
func (e *entry) sends() []sent {
	var all []sent
	for i := range e.out.Variants {
		v := &e.out.Variants[i]
		if v.Message == nil && !v.Silent {
			continue // it is missing
		}
		text, constant := v.Message, e.m.out.InsteadOfMessage(e.out, v)
		if constant != "" {
			text = message.Template{{Literal: constant}}
		}
		s := sent{e: e, variant: i, silent: len(text) == 0, constant: constant != ""}
		s.language = message.LanguageOf(text, e.valuesOf)
		if !s.silent && !s.constant { // a constant may be in another place than the messages
			s.prefix = text[0].Literal
		}
		all = append(all, s)
	}
	return all
}

// perPair is the effort of looking at two messages: of messages that all begin with a param, 2,000
// are compared, and 20,000 are not.
const perPair = 100

// distinguish compares the messages of all errors without a code that have one status. A message
// can only be the same as one whose first literal continues its own.
func (m *model) distinguish(status int, all []sent, told map[*entry]bool) {
	slices.SortStableFunc(all, func(a, b sent) int { return cmp.Compare(a.prefix, b.prefix) })
	for i := range all {
		for k := i + 1; k < len(all) && strings.HasPrefix(all[k].prefix, all[i].prefix); k++ {
			a, b := all[i], all[k]
			if a.e.out.Index > b.e.out.Index {
				a, b = b, a
			}
			if a.e == b.e || told[b.e] {
				continue
			}
			why, gaveUp := m.clash(a, b)
			if gaveUp {
				m.tooMany(status, b)
				return
			}
			if why != "" {
				m.mistaken(status, a, b, told, why)
			}
		}
	}
}

// clash says why clients can mistake one error for another by these messages; "" if they cannot.
// It gives up if there is no effort left.
func (m *model) clash(a, b sent) (why string, gaveUp bool) {
	switch {
	case a.constant && b.constant:
		why = "the constants instead of their messages do not tell them apart"
	case a.silent && b.silent:
		why = "both are sent without a message"
	case (a.silent || b.silent) && (a.constant || b.constant):
		why = "one has a constant instead of the message, and the other has no message"
	case a.silent || b.silent:
		return "", false
	default:
		if m.effort -= perPair; m.effort <= 0 {
			return "", true
		}
		text, found, gaveUp := message.Clash(a.language, b.language, &m.effort)
		if found && !m.excludes(a.e.out, b.e.out) {
			why = fmt.Sprintf("both can have the message %q", text)
		}
		return why, gaveUp
	}
	if m.excludes(a.e.out, b.e.out) {
		return "", false
	}
	return why, m.effort <= 0
}

// mistaken reports two errors of which clients cannot say which one a body is.
func (m *model) mistaken(status int, a, b sent, told map[*entry]bool, why string) {
	told[b.e] = true
	s, path := b.e.messageOf(b.variant)
	at := s.Span()
	if !s.IsSet() {
		at, path = b.e.span(), "code"
	}
	b.e.report(diag.Diagnostic{
		Rule: rule.MessageAmbiguous, Span: at, Path: path,
		Message: fmt.Sprintf("clients cannot tell %s from %s: their bodies have no code, "+
			"both have status %d, and %s",
			b.e, a.e, status, why),
		Help: "if the bodies differ in a constant, put it into the body as `$meta.NAME`; " +
			"if they differ in nothing, describe both as one error, " +
			"with a variant for each message, or with a message that is a param, " +
			"as in `message: ${text}`; if the API sends a code, add `code: $code` to envelope.body",
		Notes: []diag.Note{note(a.e.span(), "the other error is here")},
	})
}

// tooMany reports messages that take too long to compare.
func (m *model) tooMany(status int, b sent) {
	b.e.report(diag.Diagnostic{
		Rule: rule.LimitExceeded, Span: b.e.span(), Path: "code",
		Message: fmt.Sprintf("the messages of the errors without a code of status %d "+
			"are too long and too many to compare", status),
		Help: "describe them as fewer errors with variants, or begin each message with different words",
	})
}

// featureless reports the first error without a code whose body has nothing that each such body
// has: clients would take any JSON of that status for it.
func (m *model) featureless() {
	if each := m.out.Envelope.Body.Each(); each != nil && !m.isReadable(&each.Items[0]) {
		return // elements is about this
	}
	for i := range m.entries {
		e := &m.entries[i]
		where := m.lacksFeature(e.out)
		if where == "" {
			continue
		}
		d := diag.Diagnostic{
			Rule: rule.EnvelopeInvalid, Span: m.written.Envelope.Body.Span(), Path: "envelope.body",
			Message: fmt.Sprintf("no member is in every %s of %s, "+
				"so clients would recognize any JSON as this error", where, e),
			Help: "add what each " + where + " has: " +
				"a constant, $message, or $param.NAME of a required param; " +
				"if the API sends no such member, remove the error: clients get it as Unrecognized",
		}
		if where != wholeBody {
			d.Help += "; if its body has another shape than the list, as OAuth errors have, " +
				"describe it in a catalog of its own"
		}
		if e.w.Anonymous.Text != "true" {
			m.report(d)
			return
		}
		d.Span, d.Path = e.w.Anonymous.Span(), "anonymous"
		e.report(d)
		return
	}
}

// lacksFeature returns what has nothing by which clients could know an error without a code: its
// body, or its element of $each; "" if both have something.
func (m *model) lacksFeature(e *catalog.Entry) string {
	switch {
	case !e.Anonymous || e.KnownBy == catalog.ByType || e.Internal:
		return ""
	case string(m.out.ElementPattern(e)) == "{}":
		return "element of $each"
	case string(m.out.Pattern(e)) == "{}":
		return wholeBody
	}
	return ""
}

// wholeBody is what lacksFeature returns without $each.
const wholeBody = "body"
