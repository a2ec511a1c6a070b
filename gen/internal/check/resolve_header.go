package check

import (
	"fmt"
	"net/textproto"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/syntax"
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
		t := e.blanks(w.Value, path, false)
		e.out.Headers = append(e.out.Headers, catalog.Header{Name: w.Key.Text, Value: t})
		e.headersAt = append(e.headersAt, i)
	}
}

// headerName asks whether the catalog may set a header.
func (e *entry) headerName(key syntax.Scalar, path string) bool {
	if problem := headerNameProblem(key.Text); problem != "" {
		e.report(diag.Diagnostic{
			Rule: rule.HeaderInvalid, Span: key.Span(), Path: path,
			Message: problem,
			Help:    "use letters, digits and hyphens",
		})
		return false
	}
	switch name := textproto.CanonicalMIMEHeaderKey(key.Text); name {
	case "Content-Type", "Content-Length", "Content-Encoding", "Transfer-Encoding", "Connection",
		"Trailer", "Date":
		e.report(diag.Diagnostic{
			Rule: rule.HeaderInvalid, Span: key.Span(), Path: path,
			Message: name + " cannot be set here: the server sets it to match the body",
			Help:    "remove it",
		})
		return false
	case "Set-Cookie":
		e.report(diag.Diagnostic{
			Rule: rule.HeaderInvalid, Span: key.Span(), Path: path,
			Message: "a catalog cannot set a cookie",
			Help:    "set the cookie in the server's code",
		})
		return false
	}
	return true
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
