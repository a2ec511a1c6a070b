package check

import (
	"slices"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
)

// identities settles how clients know each error: by its code, if the body or a header has it, or
// by what else the body has. It needs the envelope, with its headers, and the types.
func (m *model) identities() {
	inBody := m.out.Reads(catalog.RoleCode) || !m.envelopeRead
	inHeaders := len(m.out.Envelope.CodeHeaders) > 0
	byType := m.out.Reads(catalog.RoleType)
	m.codelessEach()
	if !inBody && !inHeaders && !byType {
		m.hiddenCode()
	}
	sharing := map[int]int{} // public errors that only their status tells, by status
	for i := range m.entries {
		e := &m.entries[i]
		inOwn := false
		for _, h := range e.out.Headers {
			inOwn = m.codeHeader(h) || inOwn
		}
		switch out := e.out; {
		case !out.Anonymous && (inBody || inHeaders || inOwn):
			continue
		case byType && out.Type != "":
			out.KnownBy = catalog.ByType
			continue
		}
		e.out.Anonymous, e.out.KnownBy = true, catalog.ByStatus
		if !e.out.Internal {
			for _, status := range e.out.Statuses {
				sharing[status]++
			}
		}
	}
	for i := range m.entries {
		e := m.entries[i].out
		shares := slices.ContainsFunc(e.Statuses, func(s int) bool { return sharing[s] > 1 })
		if e.KnownBy == catalog.ByStatus && shares {
			e.KnownBy = catalog.ByMessage
		}
	}
}

// hiddenCode reports a code that stands in the body where clients cannot read it.
func (m *model) hiddenCode() {
	for r := range m.out.Envelope.Body.Roles() {
		if !r.TellsCode() {
			continue
		}
		m.report(diag.Diagnostic{
			Rule: rule.EnvelopeInvalid, Span: m.written.Envelope.Body.Span(), Path: "envelope.body",
			Message: "clients cannot read $code where it stands: it is neither alone nor the only role of a text",
			Help: "add a member such as `code: $code`, or `type: https://api.example.com/problems/${code}`; " +
				"if no body has the code by itself, write $title or $message in its place",
		})
		return
	}
}
