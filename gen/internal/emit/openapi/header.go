package openapi

import (
	"bytes"
	"net/textproto"
	"slices"
	"strconv"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/encode"
	"github.com/errspec/errspec/gen/internal/value"
)

// A header is a header object.
type header struct {
	Description string         `json:"description,omitempty"`
	Required    bool           `json:"required,omitempty"`
	Schema      *encode.Schema `json:"schema"`
	Example     any            `json:"example,omitempty"`
}

// headersOf returns the headers of a response with a code.
func (b *builder) headersOf(e *catalog.Entry) encode.Object {
	var headers encode.Object
	for i := range e.Headers {
		add(&headers, e.Headers[i].Name, pointer{ref("headers", headerKey(e, &e.Headers[i]))})
	}
	return b.withResponseHeaders(headers)
}

// commonHeaders returns the headers of a response with any of several codes. One that not every
// code sends, or that codes send in different forms, is described in place: it may be absent, and
// is of the codes' type only if they agree on it.
func (b *builder) commonHeaders(entries []*catalog.Entry) encode.Object {
	var headers encode.Object
	sending := map[string][]*catalog.Entry{} // a header, by its canonical name
	for _, e := range entries {
		for i := range e.Headers {
			name := e.Headers[i].Canonical()
			sending[name] = append(sending[name], e)
		}
	}
	for _, e := range entries {
		for i := range e.Headers {
			h := &e.Headers[i]
			all := sending[h.Canonical()]
			if all[0] != e {
				continue
			}
			own := headerOf(e, h)
			if required, alike := compare(all, h.Canonical(), &own); !alike {
				add(&headers, h.Name, header{
					Description: own.Description,
					Schema:      &encode.Schema{Type: "string"},
					Example:     e.ExampleHeader(h),
				})
			} else if !required || len(all) < len(entries) {
				own.Required = false
				add(&headers, h.Name, own)
			} else {
				add(&headers, h.Name, pointer{ref("headers", headerKey(e, h))})
			}
		}
	}
	return b.withResponseHeaders(headers)
}

// withResponseHeaders adds the headers that differ from response to response, where no code has one
// of that name.
func (b *builder) withResponseHeaders(headers encode.Object) encode.Object {
	for _, h := range b.catalog.Envelope.ResponseHeaders() {
		own := slices.ContainsFunc(headers, func(m encode.Member) bool {
			return textproto.CanonicalMIMEHeaderKey(m.Name) == h.Canonical()
		})
		if !own {
			add(&headers, h.Name,
				header{Description: responseHeaderDoc(&h), Schema: &encode.Schema{Type: "string"}})
		}
	}
	return headers
}

// responseHeaderDoc says what a header is that is one role alone.
func responseHeaderDoc(h *catalog.Header) string {
	switch strings.Trim(h.Value.String(), "${}") {
	case "request_id":
		return "The id of the request."
	case "message":
		return "The message."
	case "variant":
		return "Which of the code's messages this is."
	default:
		return ""
	}
}

// compare reports whether all of the entries, which send a header, always send it, and whether they
// do so in one form.
func compare(entries []*catalog.Entry, name string, form *header) (required, alike bool) {
	required, alike = true, true
	for _, e := range entries {
		i := slices.IndexFunc(e.Headers, func(h catalog.Header) bool { return h.Canonical() == name })
		own := headerOf(e, &e.Headers[i])
		required = required && own.Required
		alike = alike && bytes.Equal(encode.CompactJSON(own.Schema), encode.CompactJSON(form.Schema))
	}
	return required, alike
}

func headerOf(e *catalog.Entry, h *catalog.Header) header {
	text := e.ExampleHeader(h)
	result := header{Schema: &encode.Schema{Type: "string"}, Example: text, Required: true}
	if h.Canonical() == catalog.RetryAfter {
		result.Description = "How many seconds to wait before a retry."
	}
	for _, s := range h.Value {
		if s.Name != "" && e.Param(s.Name).Optional {
			result.Required = false // a header whose param is not given is not sent
		}
	}
	seconds, err := strconv.ParseInt(text, 10, 64)
	switch {
	case len(h.Value) == 1 && h.Value[0].Name != "":
		p := e.Param(h.Value[0].Name)
		switch p.Kind {
		case value.Int, value.Bytes, value.Duration:
			result.Schema, result.Example = &encode.Schema{Type: "integer", Format: "int64"}, seconds
		case value.Time:
			if h.Canonical() == catalog.RetryAfter {
				result.Description = "When to retry."
			}
		}
	case err == nil && h.Canonical() == catalog.RetryAfter:
		result.Schema = &encode.Schema{Type: "integer", Const: encode.CompactJSON(seconds)}
		result.Example = seconds
	case len(h.Value.Names()) == 0:
		result.Schema.Const = encode.CompactJSON(text)
	}
	return result
}
