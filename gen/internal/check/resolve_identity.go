package check

import (
	"fmt"
	"slices"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
)

// identities settles how clients know each error: by its code, if the body or a header has it, or
// by what else the body has. It needs the envelope, with its headers, and the types.
func (m *model) identities() {
	inBody := m.out.Reads(catalog.RoleCode) || !m.envelopeRead
	byType := m.out.Reads(catalog.RoleType)
	if !inBody && len(m.out.Envelope.CodeHeaders) == 0 && !byType && m.unreadCode() {
		m.envelopeRead, inBody = false, true // what follows from it is not reported as well
	}
	sharing := map[int]int{} // public errors that only their status tells, by status
	for i := range m.entries {
		e := &m.entries[i]
		inHeader, why := m.toldByHeader(e)
		switch out := e.out; {
		case !out.Anonymous && (inBody || inHeader):
			continue
		case byType && out.Type != "":
			out.KnownBy = catalog.ByType
			continue
		case !out.Anonymous && why != "":
			m.untold(e, why)
			continue
		}
		e.out.Anonymous, e.out.KnownBy = true, catalog.ByStatus
		if !e.out.Internal {
			for _, status := range e.out.Statuses {
				sharing[status]++
			}
		}
	}
	m.codelessEach()
	for i := range m.entries {
		e := m.entries[i].out
		shares := slices.ContainsFunc(e.Statuses, func(s int) bool { return sharing[s] > 1 })
		if e.KnownBy == catalog.ByStatus && shares {
			e.KnownBy = catalog.ByMessage
		}
	}
}

// exclusive finds the errors that clients know by their bodies, whatever the message: those that
// exclude each other error without a code that has one of their statuses. It needs to know which
// params the body has.
func (m *model) exclusive() {
	byStatus := map[int][]*catalog.Entry{}
	var shared []*catalog.Entry
	for i := range m.entries {
		if e := &m.entries[i]; e.out.KnownBy == catalog.ByMessage && !e.out.Internal {
			shared = append(shared, e.out)
			for _, status := range e.out.Statuses {
				byStatus[status] = append(byStatus[status], e.out)
			}
		}
	}
	var known []*catalog.Entry
	for _, e := range shared {
		isLike := func(o *catalog.Entry) bool {
			return o.Code != e.Code && !m.excludes(e, o)
		}
		isShared := func(status int) bool { return slices.ContainsFunc(byStatus[status], isLike) }
		if !slices.ContainsFunc(e.Statuses, isShared) {
			known = append(known, e)
		}
	}
	for _, e := range known {
		e.KnownBy = catalog.ByBody
	}
}

// excludes is [catalog.Catalog.Excludes], as long as there is effort left.
func (m *model) excludes(a, b *catalog.Entry) bool {
	const perBody = 1000
	m.effort -= perBody
	return m.effort > 0 && m.out.Excludes(a, b)
}

// toldByHeader reports whether a header of every response of an error tells its code. If only some
// responses have such a header, it returns why.
func (m *model) toldByHeader(e *entry) (told bool, why string) {
	own := e.out.Headers
	for i, h := range own {
		if c, ok := m.asCodeHeader(h); ok {
			told = true
			m.codeHeader(c, e.w.Headers[e.headersAt[i]].Value.Span())
		}
	}
	for _, h := range m.out.Envelope.Headers {
		c, ok := m.asCodeHeader(h)
		isReplaced := slices.ContainsFunc(own, func(o catalog.Header) bool {
			return o.Canonical() == c.Name
		})
		lacks := func(name string) bool { return !m.hasForHeader(e, catalog.Role(name)) }
		missing := slices.IndexFunc(h.Value.Names(), lacks)
		switch {
		case !ok:
		case isReplaced:
			why = fmt.Sprintf("%s replaces the header %s", e, c.Name)
		case missing >= 0:
			why = fmt.Sprintf("the header %s is not sent without a value for %s",
				c.Name, h.Value.Names()[missing])
		case c.Open && strings.Contains(e.out.Code, c.After):
			why = fmt.Sprintf("clients read %q in the header %s as the end of the code", c.After, c.Name)
		default:
			told = true
		}
	}
	return told, why
}

// hasForHeader reports whether each response of an error has a value for a role of a header that
// tells the code.
func (m *model) hasForHeader(e *entry, r catalog.Role) bool {
	switch r {
	case catalog.RoleMessage:
		return e.out.Silent() < 0
	case catalog.RoleService:
		return m.out.Service != ""
	case catalog.RoleCode, catalog.RoleCodeNumber, catalog.RoleStatus, catalog.RoleStatusString:
		return true
	case catalog.RoleStatusText:
		phrase := catalog.Node{Kind: catalog.NodeRole, Role: r}
		return m.out.Presence(&phrase, []*catalog.Entry{e.out}) == catalog.Always
	}
	return false // a request id, for one, is there if the server sets it
}

// displaced looks for errors that should have a code or a message in the body, but have another
// alternative of a $or instead.
func (m *model) displaced() {
	if !m.envelopeRead {
		return
	}
	code, message := m.out.Reads(catalog.RoleCode), m.out.Reads(catalog.RoleMessage)
	for i := range m.entries {
		e := &m.entries[i]
		if code && e.out.KnownBy == catalog.ByCode && !m.out.Sends(catalog.RoleCode, e.out) {
			if told, _ := m.toldByHeader(e); !told {
				m.untold(e, "another alternative of $or is sent instead")
			}
		}
		if message && !e.out.Internal && e.out.Silent() < 0 && !m.out.Sends(catalog.RoleMessage, e.out) {
			e.report(diag.Diagnostic{
				Rule: rule.EnvelopeInvalid, Span: e.span(), Path: "code",
				Message: fmt.Sprintf("the message of %s is never sent: "+
					"another alternative of $or is sent instead", e),
				Help: "write `message: null`, or remove the constant that is sent instead",
			})
		}
	}
}

// untold reports an error whose code clients may not get.
func (m *model) untold(e *entry, why string) {
	if e.out.Internal {
		return
	}
	e.reportAlike(diag.Diagnostic{
		Rule: rule.EnvelopeInvalid, Span: e.span(), Path: "code",
		Message: fmt.Sprintf("some responses do not carry the code of %s: %s", e, why),
		Help: "add `code: $code` to envelope.body, or a header that has nothing but the code to " +
			"envelope.headers; if this error is sent without its code, set `anonymous: true`",
	}, "have a code that some responses do not carry")
}

// unreadCode reports a code in the body that clients cannot read. It returns whether there is one.
func (m *model) unreadCode() bool {
	if m.code.at.IsZero() {
		return false
	}
	d := diag.Diagnostic{
		Rule: rule.EnvelopeInvalid, Span: m.code.at, Path: "envelope.body",
		Message: "clients cannot read $code here: it must be a whole value, or the only role in a text",
		Help: "write it as a member, as in `code: $code`, " +
			"or with text that never varies, as in `type: https://api.example.com/problems/${code}`; " +
			"if the rest of the text differs among errors, the whole text is the code, " +
			"as in `code: com.acme.orders#NotFound`; " +
			"if no body has the code by itself, write $title or $message instead",
	}
	if m.code.inOr {
		d.Message = "clients cannot read $code inside $or"
		d.Help = "write it as a member of its own, as in `code: $code`; " +
			"if some errors have a text instead, make it their constant and write an object for the " +
			"others, as in `{$or: [$meta.NAME, {code: $code}]}`, or write $meta.NAME for all; " +
			"if errors have their codes in different places, let $code be the one that all of them " +
			"have, and make the other a param"
	}
	m.report(d)
	return true
}
