package vectors

import (
	"cmp"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/encode"
	"github.com/errspec/errspec/gen/internal/value"
)

// clock is the time at which responses with dates are read.
var clock = time.Date(2026, time.June, 12, 15, 4, 5, 0, time.UTC)

// A draft is a response of one error that is being written: the error's code and variant, and what
// is different from the catalog's example of it.
type draft struct {
	entry   *catalog.Entry
	variant *catalog.Variant
	status  int
	edit    edit
	header  map[string]string // replaces the error's; "" removes one
	noBody  bool
}

// An edit changes what a role stands for in a body. The zero RoleValue is absent.
type edit func(r catalog.Role, key string, was catalog.RoleValue) catalog.RoleValue

// with returns the draft with one more edit.
func (d draft) with(next edit) draft {
	if first := d.edit; first != nil {
		d.edit = func(r catalog.Role, key string, was catalog.RoleValue) catalog.RoleValue {
			return next(r, key, first(r, key, was))
		}
	} else {
		d.edit = next
	}
	return d
}

// withHeader returns the draft with a header; "" removes it.
func (d draft) withHeader(name, value string) draft {
	d.header = maps.Clone(d.header)
	if d.header == nil {
		d.header = map[string]string{}
	}
	d.header[http.CanonicalHeaderKey(name)] = value
	return d
}

// withRole returns the draft with another value of a role, wherever it has one.
func (d draft) withRole(role catalog.Role, v catalog.RoleValue) draft {
	return d.with(func(r catalog.Role, _ string, was catalog.RoleValue) catalog.RoleValue {
		if r == role {
			return v
		}
		return was
	})
}

// withMessage returns the draft with another message.
func (d draft) withMessage(text string) draft {
	return d.withRole(catalog.RoleMessage, textRole(text))
}

// withoutParams returns the draft without the params that the body carries.
func (d draft) withoutParams() draft {
	return d.withRole(catalog.RoleParams, catalog.RoleValue{}).
		withRole(catalog.RoleParam, catalog.RoleValue{})
}

// withCode returns the draft with a code that the catalog does not have.
func (d draft) withCode(c *catalog.Catalog, code string) draft {
	number := catalog.RoleValue{JSON: json.RawMessage("null"), Text: code}
	if catalog.IsCodeNumber(code) {
		number.JSON = json.RawMessage(code)
	}
	d = d.withRole(catalog.RoleCode, textRole(code)).withRole(catalog.RoleCodeNumber, number)
	for _, h := range c.Envelope.CodeHeaders {
		d = d.withHeader(h.Name, h.Before+code+h.After)
	}
	return d
}

// withParam returns the draft with another value of a param in its body; nil removes it.
func (d draft) withParam(c *catalog.Catalog, name string, v json.RawMessage) draft {
	e, variant, status := d.entry, d.variant, d.status
	return d.with(func(r catalog.Role, key string, was catalog.RoleValue) catalog.RoleValue {
		switch {
		case was.JSON == nil:
		case r == catalog.RoleParam && key == name:
			return catalog.RoleValue{JSON: v, Text: was.Text}
		case r == catalog.RoleParams:
			var members encode.Object
			for i := range e.Params {
				p := &e.Params[i]
				is := c.ExampleRole(e, variant, status, catalog.RoleParam, p.Name).JSON
				if p.Name == name {
					is = v
				}
				if is != nil && !p.Apart {
					members = append(members, encode.Member{Name: p.Name, Value: is})
				}
			}
			if members == nil {
				return catalog.RoleValue{}
			}
			return catalog.RoleValue{JSON: encode.CompactJSON(members)}
		}
		return was
	})
}

func textRole(text string) catalog.RoleValue {
	if text == "" {
		return catalog.RoleValue{}
	}
	return catalog.RoleValue{JSON: encode.CompactJSON(text), Text: text}
}

// role returns what a role stands for in the draft.
func (d draft) role(c *catalog.Catalog, r catalog.Role, key string) catalog.RoleValue {
	v := c.ExampleRole(d.entry, d.variant, d.status, r, key)
	if r == catalog.RoleRequestID {
		v = textRole(requestID)
	}
	if d.edit != nil {
		v = d.edit(r, key, v)
	}
	return v
}

const requestID = "req_8Zk3vQ"

// body returns the body of the draft.
func (d draft) body(c *catalog.Catalog) []byte {
	if d.noBody {
		return nil
	}
	return c.Envelope.Body.AppendJSON(nil, func(r catalog.Role, key string) catalog.RoleValue {
		return d.role(c, r, key)
	})
}

// headers returns the headers of the draft.
func (d draft) headers(c *catalog.Catalog) http.Header {
	h := http.Header{"Content-Type": {c.Envelope.MediaType}}
	h.Set(cmp.Or(c.Envelope.RequestIDHeader(), "X-Request-Id"), requestID)
	for _, f := range c.Envelope.ResponseHeaders() {
		absent := func(name string) bool { return d.role(c, catalog.Role(name), "").JSON == nil }
		text := f.Value.Fill(func(name string) string { return d.role(c, catalog.Role(name), "").Text })
		if !slices.ContainsFunc(f.Value.Names(), absent) && isPlain(text) {
			h.Set(f.Name, text)
		}
	}
	for i := range d.entry.Headers {
		f := &d.entry.Headers[i]
		missing := func(name string) bool { return d.entry.Param(name) == nil }
		if !slices.ContainsFunc(f.Value.Names(), missing) {
			h.Set(f.Name, d.entry.ExampleHeader(f))
		}
	}
	for name, value := range d.header {
		if h.Set(name, value); value == "" {
			h.Del(name)
		}
	}
	for _, values := range h {
		values[0] = strings.Trim(values[0], " \t") // as HTTP does (RFC 9110, section 5.5)
	}
	return h
}

// isPlain reports whether a text is what every HTTP library takes as the value of a header.
func isPlain(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r > '~' })
}

// A maker makes vectors.
type maker struct {
	reader
	list  []Vector
	names map[string]int
}

// add adds the vector of a draft.
func (m *maker) add(name string, d draft) {
	m.addResponse(name, received{d.status, d.headers(m.Catalog), d.body(m.Catalog), time.Time{}}, nil)
}

// addResponse adds the vector of a response.
func (m *maker) addResponse(name string, got received, repeat *Repeat) {
	m.names[name]++
	if m.names[name] > 1 {
		panic("vectors: two vectors are named " + name)
	}
	v := Vector{
		Name: name, Response: Response{Status: got.status, Headers: encode.Object{}}, Repeat: repeat,
	}
	for _, name := range slices.Sorted(maps.Keys(got.header)) {
		v.Response.Headers = append(v.Response.Headers,
			encode.Member{Name: name, Value: got.header.Get(name)})
	}
	got.now = clock
	if strings.ContainsAny(got.header.Get("Retry-After"), ":") { // a date
		v.Response.Now = clock.Format(time.RFC3339)
	}
	if text := string(got.body); strings.ToValidUTF8(text, "") == text {
		v.Response.Body = &text
	} else {
		v.Response.BodyBase64 = got.body
	}
	v.Verdict = m.verdict(got)
	m.list = append(m.list, v)
}

// others returns the error with other values of its params than the catalog's examples.
func others(
	e *catalog.Entry, v *catalog.Variant, change func(*catalog.Param) (keep bool),
) (*catalog.Entry, *catalog.Variant) {
	changed := *e
	changed.Params = nil
	for _, p := range e.Params {
		if change(&p) {
			changed.Params = append(changed.Params, p)
		}
	}
	return &changed, v
}

// other returns a value of a type, other than an example that is given.
func other(t *catalog.Type, was value.Value, inHeader bool) value.Value {
	v := value.Value{Kind: t.Kind}
	switch t.Kind {
	case value.String:
		switch {
		case len(t.Enum) > 0:
			v.Str = t.Enum[len(t.Enum)-1].Value
		case inHeader:
			v.Str = "other value"
		default:
			v.Str = "\"Ünï\" \\ / <&> 😀\t${x} $$"
		}
	case value.Int:
		v.Int = -1<<53 + 1
		if inHeader {
			v.Int = 41
		}
	case value.Float:
		v.Float = -1.5e-7
	case value.Bool:
		v.Bool = !was.Bool
	case value.Bytes:
		v.Int = 3 << 30
	case value.Duration:
		v.Int = int64(61500 * time.Millisecond)
	case value.Time:
		v.Time = time.Date(2027, time.February, 28, 23, 59, 59, 123456000, time.UTC)
	case value.List:
		v.List = []value.Value{
			other(t.Elem, value.Value{}, inHeader), other(t.Elem, value.Value{Bool: true}, inHeader),
		}
	case value.Map:
		v.Members = []value.Member{
			{Name: "", Value: other(t.Elem, value.Value{}, inHeader)},
			{Name: "__proto__", Value: other(t.Elem, value.Value{}, inHeader)},
		}
	case value.Object:
		for i := range t.Fields {
			if f := &t.Fields[i]; !f.Optional {
				v.Members = append(v.Members,
					value.Member{Name: f.Name, Value: other(&f.Type, value.Value{}, inHeader)})
			}
		}
	default:
		v.Raw = json.RawMessage(`{"":[1,2.5,"x",null,true,{"a":{}}]}`)
	}
	return v
}
