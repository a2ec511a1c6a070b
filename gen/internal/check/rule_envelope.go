package check

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
)

// jsonMedia matches the media types of JSON: its own, those that end in +json, and those of AWS,
// application/x-amz-json-1.1.
var jsonMedia = regexp.MustCompile(
	`^[a-z]+/([a-z0-9.-]+\+json|(x-[a-z0-9]+-)?json(-[0-9.]+)?)(; ?[a-z]+=[a-zA-Z0-9-]+)*$`)

// mediaType judges the media type of an envelope that has a body.
func (m *model) mediaType() {
	s := m.written.Envelope.MediaType
	if !s.IsSet() || !m.written.Envelope.Body.IsSet() || jsonMedia.MatchString(s.Text) {
		return
	}
	problem := "is not a media type of JSON"
	help := "write application/json, or a type that ends in +json"
	kind, _, hasParams := strings.Cut(s.Text, ";")
	switch lower := strings.ToLower(strings.TrimSpace(kind)); {
	case !jsonMedia.MatchString(lower):
	case lower != kind:
		problem, help = "has capital letters or white space in its type", "write "+lower
	case hasParams:
		problem = "has a parameter that errspec cannot read"
		help = "write parameters without quotes, as in `" + kind + "; charset=utf-8`"
	}
	m.report(diag.Diagnostic{
		Rule: rule.EnvelopeInvalid, Span: s.Span(), Path: "envelope.media_type",
		Message: fmt.Sprintf("%q %s", s.Text, problem),
		Help:    help,
	})
}

// elements judges the element of $each: each error has one, and clients can read it.
func (m *model) elements() {
	each := m.out.Envelope.Body.Each()
	if each == nil || !m.envelopeRead {
		return
	}
	item, public := &each.Items[0], slices.Collect(m.out.Public())
	d := diag.Diagnostic{
		Rule: rule.EnvelopeInvalid, Span: m.each, Path: "envelope.body.$each", Help: eachHelp,
	}
	switch {
	case len(public) == 0:
		return
	case !m.isReadable(item):
		d.Message = "clients can read nothing in an element of $each"
	case slices.ContainsFunc(public, func(e *catalog.Entry) bool { return m.lacksFeature(e) != "" }):
		return // featureless is about this
	case m.out.Presence(item, public) != catalog.Always:
		d.Message = "the element of $each is absent for some errors, so the list would lack them"
		d.Help = "add what each error has, such as $code or $message: " + eachHelp
	default:
		return
	}
	m.report(d)
}

// isReadable reports whether clients find anything in a part of the body that is of an error.
func (m *model) isReadable(n *catalog.Node) bool {
	public := slices.Collect(m.out.Public())
	for r, key := range n.Roles() {
		role := catalog.Node{Kind: catalog.NodeRole, Role: r, Key: key}
		if m.out.Presence(&role, public) == catalog.Never {
			continue
		}
		switch r {
		case catalog.RoleParams:
			return true
		case catalog.RoleCode, catalog.RoleCodeNumber, catalog.RoleType, catalog.RoleMessage,
			catalog.RoleVariant, catalog.RoleStatus, catalog.RoleStatusString, catalog.RoleParam:
			if m.out.ReadsIn(n, r) {
				return true
			}
		}
	}
	return false
}

// looseCode reports a code in a list that clients do not always find: other elements may be absent,
// so it has no fixed place, and its own has no constant by which it is known.
func (m *model) looseCode() {
	body := &m.out.Envelope.Body
	if !m.envelopeRead || m.code.at.IsZero() || !m.out.Reads(catalog.RoleCode) || m.findsCode(body) {
		return
	}
	m.report(diag.Diagnostic{
		Rule: rule.EnvelopeInvalid, Span: m.code.at, Path: "envelope.body",
		Message: "clients cannot find $code in this list: other elements may be absent",
		Help: "make it a member of an object, as in `code: $code`; " +
			"or add a constant to its element, as in `{kind: error, code: $code}`",
	})
}

// findsCode reports whether clients find the code in a node whenever it is there.
func (m *model) findsCode(n *catalog.Node) bool {
	switch n.Kind {
	case catalog.NodeObject, catalog.NodeEach:
		isFound := func(member catalog.Member) bool { return m.findsCode(&member.Node) }
		return slices.ContainsFunc(n.Members, isFound) || len(n.Items) > 0 && m.findsCode(&n.Items[0])
	case catalog.NodeArray:
		public := slices.Collect(m.out.Public())
		absent := func(item catalog.Node) bool { return m.out.Presence(&item, public) != catalog.Always }
		isConst := func(member catalog.Member) bool { return member.Node.Kind == catalog.NodeConst }
		for i := range n.Items {
			item := &n.Items[i]
			isFixed := !slices.ContainsFunc(n.Items[:i+1], absent)
			isAlone := !slices.ContainsFunc(slices.Concat(n.Items[:i], n.Items[i+1:]), absent)
			isKnown := isFixed || isAlone || slices.ContainsFunc(item.Members, isConst)
			if isKnown && m.findsCode(item) {
				return true
			}
		}
		return false
	default:
		return m.out.ReadsIn(n, catalog.RoleCode)
	}
}
