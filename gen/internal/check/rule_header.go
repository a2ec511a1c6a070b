package check

import (
	"fmt"
	"net/textproto"
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
			e.find(rule.HeaderInvalid, w.Key.Span(), path, fmt.Sprintf("the header %s is set twice", name),
				"remove one of the two", note(other, "first set here"))
			continue
		}
		first[name] = w.Key.Span()
		t := e.blanks(w.Value, path, false)
		e.headerValue(name, w.Value, t, path)
		e.out.Headers = append(e.out.Headers, catalog.Header{Name: w.Key.Text, Value: t})
	}
}

// headerName asks whether the catalog may set a header.
func (e *entry) headerName(key syntax.Scalar, path string) bool {
	const token = "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	if key.Text == "" || strings.Trim(key.Text, token) != "" {
		e.find(rule.HeaderInvalid, key.Span(), path, fmt.Sprintf("%q is not the name of a header", key.Text),
			"use letters, digits and hyphens")
		return false
	}
	switch name := textproto.CanonicalMIMEHeaderKey(key.Text); name {
	case "Content-Type", "Content-Length", "Content-Encoding", "Transfer-Encoding", "Connection", "Trailer", "Date":
		e.find(rule.HeaderInvalid, key.Span(), path, name+" is for the server to set: it must agree with the body", "remove it")
		return false
	case "Set-Cookie":
		e.find(rule.HeaderInvalid, key.Span(), path, "a catalog can not set cookies", "set the cookie where the error is made")
		return false
	}
	return true
}

func (e *entry) headerValue(name string, s syntax.Scalar, t message.Template, path string) {
	for i, r := range s.Text {
		if r == '\n' || r == '\r' {
			e.find(rule.HeaderInvalid, s.At(i, 0), path, "the value of a header is one line",
				"remove the line feed (a block scalar ends in one: write >- or |-)")
			return
		}
	}
	if strings.TrimSpace(s.Text) != s.Text {
		e.find(rule.HeaderInvalid, s.Span(), path, "the value of a header has no white space at its ends", "remove it")
	}
	if name != "Retry-After" {
		return
	}
	for _, seg := range t {
		i := e.paramNames.find(seg.Name)
		if i < 0 {
			continue
		}
		if p := &e.out.Params[i]; p.Kind != value.Duration && p.Kind != value.Int && p.Kind != value.Time {
			e.find(rule.HeaderInvalid, s.At(seg.Offset, len(seg.Name)+3), path,
				fmt.Sprintf("Retry-After is a number of seconds or a date; param %q is a %v", p.Name, p.Kind),
				"declare the param as a duration, an int or a time")
		}
	}
	if text := t.String(); len(t) == 1 && t[0].Name == "" && !strings.Contains(s.Text, "$") && strings.Trim(text, "0123456789") != "" {
		e.find(rule.HeaderInvalid, s.Span(), path, fmt.Sprintf("%q is no Retry-After", s.Text),
			"write whole seconds, such as 30, or a param that is a duration, an int or a time, as in `${retry_after}`")
	}
}
