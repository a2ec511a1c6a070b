package check

import (
	"fmt"
	"math"
	"net/textproto"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/message"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/syntax"
	"github.com/errspec/errspec/gen/internal/value"
)

// headerValues judges the values of headers.
func (e *entry) headerValues() {
	for i := range e.headersAt { // the envelope's come behind them
		w := &e.w.Headers[e.headersAt[i]]
		name := textproto.CanonicalMIMEHeaderKey(w.Key.Text)
		e.headerValue(name, w.Value, e.out.Headers[i].Value, "headers."+w.Key.Text)
	}
}

func (e *entry) headerValue(name string, s syntax.Scalar, t message.Template, path string) {
	for i, r := range s.Text {
		if r == '\n' || r == '\r' {
			e.report(diag.Diagnostic{
				Rule: rule.HeaderInvalid, Span: s.At(i, 0), Path: path,
				Message: "the value of a header must be one line",
				Help:    "remove the line feed (a block scalar ends in one: write >- or |-)",
			})
			return
		}
	}
	if strings.TrimSpace(s.Text) != s.Text {
		e.report(diag.Diagnostic{
			Rule: rule.HeaderInvalid, Span: s.Span(), Path: path,
			Message: "the value of a header must not begin or end with white space",
			Help:    "remove it",
		})
	}
	if name == "Retry-After" {
		e.retryAfter(s, t, path)
	}
}

// maxRetryAfter is how many seconds a Retry-After may say: as many as a Duration of Go holds.
const maxRetryAfter = int64(math.MaxInt64 / time.Second)

// retryAfter judges the value of a Retry-After: whole seconds, or one param, whose message then
// says the same.
func (e *entry) retryAfter(s syntax.Scalar, t message.Template, path string) {
	const help = "write whole seconds, such as 30, or a param that is a duration, an int or a time, " +
		"as in `${retry_after}`"
	written, problems := message.Parse(s.Text)
	name, whole := strings.CutPrefix(s.Text, "$")
	if whole = whole && isHeaderRole(name); whole {
		written, problems = message.Template{{Name: name}}, nil
	}
	isCode := func(seg message.Segment) bool {
		return catalog.Role("$"+seg.Name).TellsCode() && (whole || e.paramNames.find(seg.Name) < 0)
	}
	varies := func(seg message.Segment) bool { return seg.Name != "" }
	switch {
	case len(problems) > 0, t == nil && s.Text != "":
		// it is no template, or lacks a value, as is reported
	case !slices.ContainsFunc(t, varies) || slices.ContainsFunc(written, isCode):
		text := t.Fill(func(name string) string { return name })
		n, err := strconv.ParseInt(text, 10, 64)
		switch {
		case strings.Trim(text, "0123456789") != "" || text == "" || slices.ContainsFunc(written, isCode):
			e.report(diag.Diagnostic{
				Rule: rule.HeaderInvalid, Span: s.Span(), Path: path,
				Message: fmt.Sprintf("%q is not a valid Retry-After", s.Text),
				Help:    help,
			})
		case err != nil || n > maxRetryAfter:
			e.report(diag.Diagnostic{
				Rule: rule.HeaderInvalid, Span: s.Span(), Path: path,
				Message: fmt.Sprintf("a Retry-After of %s is too large", text),
				Help:    fmt.Sprintf("write at most %d seconds", maxRetryAfter),
			})
		case strconv.FormatInt(n, 10) != text:
			e.report(diag.Diagnostic{
				Rule: rule.HeaderInvalid, Span: s.Span(), Path: path,
				Message: fmt.Sprintf("the Retry-After %s has leading zeros", text),
				Help:    fmt.Sprintf("write %d", n),
			})
		}
	case len(t) > 1:
		e.report(diag.Diagnostic{
			Rule: rule.HeaderInvalid, Span: s.Span(), Path: path,
			Message: "a Retry-After must be a number or a single param, without other text",
			Help:    help,
		})
	default:
		if i := e.paramNames.find(t[0].Name); i >= 0 {
			at := s.Span()
			if written[0].Name == t[0].Name {
				at = s.At(written[0].Offset, len(written[0].Name)+3)
			}
			e.retryAfterParam(i, at, path)
		}
	}
}

// retryAfterParam judges the param that is sent as a Retry-After.
func (e *entry) retryAfterParam(i int, at diag.Span, path string) {
	p, w := &e.out.Params[i], &e.w.Params[i].Value
	var seconds int64
	switch p.Kind {
	case value.Time:
		return
	case value.Int:
		seconds = p.Example.Int
	case value.Duration:
		seconds = p.Example.Int / int64(time.Second)
	default:
		e.report(diag.Diagnostic{
			Rule: rule.HeaderInvalid,
			Span: at,
			Path: path,
			Message: fmt.Sprintf("Retry-After must be a number of seconds or a date; param %q is a %v",
				p.Name, p.Kind),
			Help: "declare the param as a duration, an int or a time",
		})
		return
	}
	if w.Example.IsSet() && (p.Example.Int <= 0 || seconds > maxRetryAfter) {
		e.report(diag.Diagnostic{
			Rule: rule.ExampleInvalid,
			Span: w.Example.Span(),
			Path: "params." + p.Name + ".example",
			Message: fmt.Sprintf("the example of param %q, %s, cannot be sent in a Retry-After header",
				p.Name, p.Example.Text()),
			Help: fmt.Sprintf("write more than 0 and at most %d seconds; without a delay, no header is sent",
				maxRetryAfter),
			Notes: []diag.Note{note(at, "the header is here")},
		})
	}
}

// misreadHeaders looks for headers that clients would read as the code of an error, because other
// errors have their codes there.
func (m *model) misreadHeaders() {
	tells := map[string]bool{}
	for _, c := range m.out.Envelope.CodeHeaders {
		tells[c.Name] = true
	}
	if len(tells) == 0 {
		return
	}
	for i := range m.entries {
		e := &m.entries[i]
		if e.out.Internal || !e.isFirst() {
			continue
		}
		own := map[string]bool{}
		for k := range e.out.Headers { // the envelope's come behind its own
			h := &e.out.Headers[k]
			own[h.Canonical()] = true
			at, path := e.span(), "code"
			if k < len(e.headersAt) {
				w := &e.w.Headers[e.headersAt[k]]
				at, path = w.Value.Span(), "headers."+w.Key.Text
			}
			if tells[h.Canonical()] {
				e.misread(h.Canonical(), h.Value, at, path)
			}
		}
		for _, h := range m.out.Envelope.ResponseHeaders() {
			if name := h.Canonical(); tells[name] && !own[name] {
				if value, missing := e.filledIn(h.Value); missing == "" {
					e.misread(name, value, e.span(), "code")
				}
			}
		}
	}
}

// misread reports a header of the code in which clients may read another code.
func (e *entry) misread(name string, t message.Template, at diag.Span, path string) {
	for i, c := range e.m.out.Envelope.CodeHeaders {
		if c.Name != name {
			continue
		}
		code, sure := surelyRead(c, t)
		if sure && (code == e.out.Code || e.m.codes[code] == nil && e.tellsCodeInBody()) {
			return
		}
		if !sure && !mayBeRead(c, t) {
			continue
		}
		e.report(diag.Diagnostic{
			Rule: rule.HeaderInvalid, Span: at, Path: path,
			Message: fmt.Sprintf("clients would read the header %s of %s as its code", name, e),
			Help: "give one of the two headers another name, or write a constant beside the code, " +
				"as in `code=${code}`",
			Notes: []diag.Note{note(e.m.codeHeadersAt[i], "this header tells the code")},
		})
		return
	}
}

// tellsCodeInBody reports whether clients read the code of the error in its body. They look into
// headers if there is no body.
func (e *entry) tellsCodeInBody() bool { return !e.m.code.at.IsZero() && !e.out.Anonymous }

// surelyRead returns the code that clients read in each text of a header; not ok if that depends on
// what varies, or they read none.
func surelyRead(c catalog.CodeHeader, t message.Template) (code string, ok bool) {
	switch {
	case len(t) == 1 && t[0].Name == "":
		return c.Read(t[0].Literal)
	case c.Open && len(t) > 0 && strings.Contains(strings.TrimPrefix(t[0].Literal, c.Before), c.After):
		return c.Read(t[0].Literal)
	}
	return "", false
}

// mayBeRead reports whether clients read a code in some text of a header in which something varies.
func mayBeRead(c catalog.CodeHeader, t message.Template) bool {
	if len(t.Names()) == 0 {
		return false
	}
	first, last := t[0].Literal, t[len(t)-1].Literal
	begins := strings.HasPrefix(first, c.Before) || strings.HasPrefix(c.Before, first)
	ends := strings.HasSuffix(last, c.After) || strings.HasSuffix(c.After, last)
	return begins && (ends || c.Open)
}
