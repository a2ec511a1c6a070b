package check

import (
	"fmt"
	"net/textproto"
	"slices"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/message"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/syntax"
	"github.com/errspec/errspec/gen/internal/value"
)

// headers resolves the response headers of a code.
func (e *entry) headers() {
	first := map[string]diag.Span{}
	for i := range e.w.Headers {
		w := &e.w.Headers[i]
		path := "headers." + w.Key.Text
		if !e.headerName(w.Key, path) {
			continue
		}
		name := textproto.CanonicalMIMEHeaderKey(w.Key.Text)
		if other, twice := first[name]; twice {
			e.report(diag.Diagnostic{
				Rule: rule.HeaderInvalid, Span: w.Key.Span(), Path: path,
				Message: fmt.Sprintf("the header %s is set twice", name),
				Help:    "remove one of them",
				Notes:   []diag.Note{note(other, "first set here")},
			})
			continue
		}
		first[name] = w.Key.Span()
		t := e.headerTemplate(w.Value, path)
		e.out.Headers = append(e.out.Headers, catalog.Header{Name: w.Key.Text, Value: t})
		e.headersAt = append(e.headersAt, i)
	}
}

// headerName asks whether the catalog may set a header.
func (e *entry) headerName(key syntax.Scalar, path string) bool {
	problem, help := headerRefused(key.Text)
	if problem != "" {
		e.report(diag.Diagnostic{
			Rule: rule.HeaderInvalid, Span: key.Span(), Path: path, Message: problem, Help: help,
		})
	}
	return problem == ""
}

// headerRefused says why the catalog cannot set a header, and what to do, or "".
func headerRefused(name string) (problem, help string) {
	if problem := headerNameProblem(name); problem != "" {
		return problem, "use letters, digits and hyphens"
	}
	switch name := textproto.CanonicalMIMEHeaderKey(name); name {
	case "Content-Type", "Content-Length", "Content-Encoding", "Transfer-Encoding", "Connection",
		"Trailer", "Date":
		return name + " cannot be set here: the server sets it to match the body", "remove it"
	case "Set-Cookie":
		return "a catalog cannot set a cookie", "set the cookie in the server's code"
	}
	return "", ""
}

// headerTemplate resolves the value of one of the code's headers. Roles stay in it, with their $,
// until all that they stand for is known: see roleHeaders. A param of the code wins over a role of
// the same name.
func (e *entry) headerTemplate(s syntax.Scalar, path string) message.Template {
	if name, ok := strings.CutPrefix(s.Text, "$"); ok && isRoleName(name) && isHeaderRole(name) {
		return message.Template{{Name: "$" + name}}
	}
	t, _ := message.Parse(s.Text)
	hasRole := slices.ContainsFunc(t, func(seg message.Segment) bool {
		return isHeaderRole(seg.Name) && e.paramNames.find(seg.Name) < 0
	})
	if !hasRole {
		return e.placeholders(s, path, false)
	}
	return e.fill(t, s, path)
}

// fill resolves a text with roles in it.
func (e *entry) fill(t message.Template, s syntax.Scalar, path string) message.Template {
	place := s.Locator()
	for i := range t {
		switch seg := &t[i]; {
		case seg.Name == "":
		case e.paramNames.find(seg.Name) >= 0:
			e.used[e.paramNames.find(seg.Name)] = true
		case isHeaderRole(seg.Name):
			seg.Name = "$" + seg.Name
		default:
			e.undeclaredParam(place.At(seg.Offset, len(seg.Name)+3), path, seg.Name)
		}
	}
	return t
}

// isHeaderRole reports whether a name is a role that a code settles, so its headers can contain it:
// code, meta.kind, param.id.
func isHeaderRole(name string) bool {
	switch r, key := catalog.RoleNamed(name); r {
	case catalog.RoleCode, catalog.RoleCodeNumber, catalog.RoleTitle, catalog.RoleType,
		catalog.RoleDocsURL, catalog.RoleService,
		catalog.RoleGroup:
		return key == ""
	case catalog.RoleMeta, catalog.RoleParam:
		return key != ""
	default:
		return false
	}
}

// roleHeaders fills roles into headers, adds the envelope's headers to each code, and notes which
// headers tell the code. It needs all that roles stand for.
func (m *model) roleHeaders() {
	responded := m.out.Envelope.ResponseHeaders()
	for i := range m.entries {
		e := &m.entries[i]
		for k := range e.out.Headers {
			h := &e.out.Headers[k]
			var missing string
			if h.Value, missing = e.filledIn(h.Value); missing != "" {
				w := &e.w.Headers[e.headersAt[k]]
				e.report(diag.Diagnostic{
					Rule: rule.RoleAbsent, Span: w.Value.Span(), Path: "headers." + w.Key.Text,
					Message: fmt.Sprintf("%s has no value for %s, so the header is never sent", e, missing),
					Help:    "remove it, or write the value itself",
				})
			}
		}
		if e.out.Internal {
			continue
		}
		for _, h := range m.out.Envelope.Headers {
			if slices.ContainsFunc(responded, func(r catalog.Header) bool { return r.Name == h.Name }) {
				continue
			}
			own := slices.ContainsFunc(e.out.Headers, func(o catalog.Header) bool {
				return o.Canonical() == h.Canonical()
			})
			if value, missing := e.filledIn(h.Value); !own && missing == "" {
				e.out.Headers = append(e.out.Headers, catalog.Header{Name: h.Name, Value: value})
			}
		}
	}
}

// envelopeHeaders resolves the headers of every error.
func (m *model) envelopeHeaders() {
	first := map[string]diag.Span{}
	for i := range m.written.Envelope.Headers {
		w := &m.written.Envelope.Headers[i]
		path := "envelope.headers." + w.Key.Text
		report := func(id string, at diag.Span, message, help string) {
			m.report(diag.Diagnostic{Rule: id, Span: at, Path: path, Message: message, Help: help})
		}
		name := textproto.CanonicalMIMEHeaderKey(w.Key.Text)
		problem, help := headerRefused(w.Key.Text)
		_, twice := first[name]
		switch {
		case problem != "":
			report(rule.HeaderInvalid, w.Key.Span(), problem, help)
			continue
		case twice:
			report(rule.HeaderInvalid, w.Key.Span(),
				fmt.Sprintf("the header %s is set twice", name), "remove one of them")
			continue
		case name == catalog.RetryAfter:
			report(rule.HeaderInvalid, w.Key.Span(), "Retry-After cannot be set for every error",
				"write it in the `headers` of an error")
			continue
		case strings.TrimSpace(w.Value.Text) != w.Value.Text || strings.ContainsAny(w.Value.Text, "\r\n"):
			report(rule.HeaderInvalid, w.Value.Span(),
				"the value of a header must be one line, without white space at its ends",
				"remove line feeds and white space")
			continue
		}
		first[name] = w.Key.Span()
		t, problems := message.Parse(w.Value.Text)
		if name, ok := strings.CutPrefix(w.Value.Text, "$"); ok && isRoleName(name) {
			t, problems = message.Template{{Name: name}}, nil
		}
		if len(problems) > 0 {
			report(rule.TemplateSyntax, w.Value.Span(), problems[0].Message+" in the header",
				"write ${code} for a role, $$ for a dollar")
			continue
		}
		for k := range t {
			switch seg := &t[k]; {
			case seg.Name == "":
			case isHeaderRole(seg.Name), catalog.IsResponseRole(catalog.Role("$" + seg.Name)):
				seg.Name = "$" + seg.Name
			case m.hasParam(seg.Name):
				seg.Name = string(catalog.RoleParam) + seg.Name
			default:
				report(rule.EnvelopeInvalid, w.Value.Span(),
					fmt.Sprintf("a header cannot contain ${%s}", seg.Name),
					"use ${code}, ${title}, ${type}, ${docs_url}, ${service}, ${group}, ${meta.KEY}, "+
						"${param.NAME}, ${message}, ${status}, ${status_text}, ${variant}, ${request_id} or "+
						"${instance}")
			}
		}
		h := catalog.Header{Name: w.Key.Text, Value: t}
		if late, early := mixedRoles(t); late != "" && early != "" {
			report(rule.EnvelopeInvalid, w.Value.Span(),
				fmt.Sprintf("a header with ${%s} cannot contain ${%s}", late, early),
				"write them in two headers; a header with ${message}, ${status}, ${status_text}, "+
					"${variant}, ${request_id} or ${instance} can contain only constants, ${code} and ${service}")
			continue
		}
		if c, ok := m.asCodeHeader(h); ok {
			m.codeHeader(c, w.Value.Span())
		}
		m.out.Envelope.Headers = append(m.out.Envelope.Headers, h)
	}
}

// hasParam reports whether any error has a param of a name.
func (m *model) hasParam(name string) bool {
	return slices.ContainsFunc(m.entries, func(e entry) bool { return e.paramNames.find(name) >= 0 })
}

// mixedRoles returns a role that only a response settles, and one that a header cannot combine with
// it; each "" if there is none.
func mixedRoles(t message.Template) (late, early string) {
	for _, name := range t.Names() {
		switch r := catalog.Role(name); {
		case catalog.IsResponseRole(r):
			late = strings.TrimPrefix(name, "$")
		case r != catalog.RoleCode && r != catalog.RoleCodeNumber && r != catalog.RoleService:
			early = strings.TrimPrefix(name, "$")
		}
	}
	return late, early
}

// codeHeader notes a header that tells the code, and where it is written.
func (m *model) codeHeader(c catalog.CodeHeader, at diag.Span) {
	if !slices.Contains(m.out.Envelope.CodeHeaders, c) {
		m.out.Envelope.CodeHeaders = append(m.out.Envelope.CodeHeaders, c)
		m.codeHeadersAt = append(m.codeHeadersAt, at)
	}
}

// asCodeHeader returns a header as one that tells the code: nothing before the code differs from
// error to error, and what follows it begins with a constant.
func (m *model) asCodeHeader(h catalog.Header) (c catalog.CodeHeader, ok bool) {
	c.Name = h.Canonical()
	codes := 0
	for _, seg := range h.Value {
		text := seg.Literal
		switch seg.Name {
		case "":
		case string(catalog.RoleService):
			text = m.out.Service
		case string(catalog.RoleCode), string(catalog.RoleCodeNumber):
			codes++
			continue
		default:
			if codes != 1 || c.After == "" || !catalog.IsResponseRole(catalog.Role(seg.Name)) {
				return c, false
			}
			c.Open = true
		}
		if c.Open {
			break
		}
		if codes == 0 {
			c.Before += text
		} else {
			c.After += text
		}
	}
	return c, codes == 1
}

// filledIn returns the value of a header with what the code's roles stand for. missing is a role
// without a value.
func (e *entry) filledIn(t message.Template) (filled message.Template, missing string) {
	for _, seg := range t {
		role, key, isRole := strings.Cut(seg.Name, ".")
		if !strings.HasPrefix(seg.Name, "$") {
			isRole = false
		}
		text := seg.Literal
		switch r := catalog.Role(role); {
		case isRole && r+"." == catalog.RoleParam:
			if i := e.paramNames.find(key); i >= 0 &&
				e.out.Params[i].Kind != value.List &&
				!e.out.Params[i].Sensitive {
				e.used[i] = true
				filled = append(filled, message.Segment{Name: key})
				continue
			}
			return filled, seg.Name
		case isRole:
			text = e.out.MetaValue(key)
		case catalog.Role(seg.Name).TellsCode():
			if !e.out.Anonymous {
				text = e.out.Code
			}
		case r == catalog.RoleTitle:
			text = e.out.Title
		case r == catalog.RoleType:
			text = e.out.Type
		case r == catalog.RoleDocsURL:
			text = e.out.DocsURL
		case r == catalog.RoleService:
			text = e.m.out.Service
		case r == catalog.RoleGroup:
			text = e.m.out.Groups[e.out.Group].ID
		case seg.Name != "":
			filled = append(filled, seg)
			continue
		}
		if text == "" {
			return filled, seg.Name
		}
		if last := len(filled) - 1; last >= 0 && filled[last].Name == "" {
			filled[last].Literal += text
		} else {
			filled = append(filled, message.Segment{Literal: text})
		}
	}
	return filled, ""
}

// headerNameProblem says why a text cannot be the name of a header, a token of RFC 9110, or "".
func headerNameProblem(name string) string {
	const marks = "!#$%&'*+-.^_`|~"
	if name == "" {
		return "the name of a header is empty"
	}
	for _, r := range name {
		letter, digit := r|0x20 >= 'a' && r|0x20 <= 'z', r >= '0' && r <= '9'
		if !letter && !digit && !strings.ContainsRune(marks, r) {
			return fmt.Sprintf("the name of a header, %q, contains %q", name, r)
		}
	}
	return ""
}
