// Package errorsjson makes errors.json: the resolved catalog as data, so that programs in any
// language can look up a code, read a message, follow a retry policy and link to the docs. See
// [Document] for what is in it.
//
// It takes a checked catalog and returns one file, in catalog order. Internal codes and sensitive
// params, which are never on the wire, are not in it either.
package errorsjson

import (
	"iter"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/gen/internal/encode"
	"github.com/errspec/errspec/gen/internal/message"
	"github.com/errspec/errspec/gen/internal/value"
)

// Emit returns errors.json.
func Emit(c *catalog.Catalog) ([]emit.File, error) {
	size := 4096 + 2048*c.Len() // an error of a usual size
	return []emit.File{{Data: encode.JSONWith(document(c), "errors", errors(c), size)}}, nil
}

func document(c *catalog.Catalog) Document {
	return Document{
		FormatVersion: FormatVersion,
		GeneratedBy:   emit.Notice,
		Title:         c.Title,
		Description:   string(c.Description),
		Service:       c.Service,
		DocsURL:       c.DocsURL,
		Envelope:      envelope(c),
		Statuses: list(c.Statuses, func(s *catalog.Status) Status {
			return Status{s.Code, s.Title, string(s.Cause)}
		}),
		RetryPolicies: members(c.Policies, func(p *catalog.RetryPolicy) (string, any) {
			return p.Name, RetryOf(p)
		}),
		RetryDefault: RetryOf(c.RetryDefault),
		Groups:       groups(c),
		Errors:       nil, // they come one by one
		Retired: members(c.Retired, func(t *catalog.Tombstone) (string, any) {
			return t.Code, retired(t)
		}),
	}
}

// list converts a slice; no elements make a list that is empty, not null.
func list[From, To any](from []From, convert func(*From) To) []To {
	to := make([]To, len(from))
	for i := range from {
		to[i] = convert(&from[i])
	}
	return to
}

// members converts a slice into the members of an object, in its order.
func members[From any](from []From, convert func(*From) (name string, value any)) encode.Object {
	return list(from, func(f *From) encode.Member {
		name, value := convert(f)
		return encode.Member{Name: name, Value: value}
	})
}

// groups omits a group whose codes are all internal, because its title would reveal them.
func groups(c *catalog.Catalog) []Group {
	groups := []Group{}
	for i := range c.Groups {
		g := &c.Groups[i]
		codes := []string{}
		for _, e := range g.Entries {
			if !e.Internal {
				codes = append(codes, e.Code)
			}
		}
		if len(codes) > 0 || len(g.Entries) == 0 {
			groups = append(groups,
				Group{ID: g.ID, Title: g.Title, Description: string(g.Description), Codes: codes})
		}
	}
	return groups
}

// errors yields the document's largest part. Ten thousand of them at once would be most of the
// memory of a run.
func errors(c *catalog.Catalog) iter.Seq[encode.Member] {
	return func(yield func(encode.Member) bool) {
		for e := range c.Public() {
			if !yield(encode.Member{Name: e.Code, Value: entry(c, e)}) {
				return
			}
		}
	}
}

func entry(c *catalog.Catalog, e *catalog.Entry) Error {
	return Error{
		Code:        e.Code,
		Group:       c.Groups[e.Group].ID,
		KnownBy:     e.KnownBy.String(),
		Statuses:    e.Statuses,
		Title:       e.Title,
		Messages:    list(e.Variants, func(v *catalog.Variant) Message { return messageOf(c, e, v) }),
		Params:      params(e),
		Values:      list(e.Values, valueOf),
		Description: string(e.Description),
		Resolution:  string(e.Resolution),
		Retry:       RetryOf(e.Retry),
		RetryNever:  e.Retry == nil && e.RetryStated,
		Headers: list(e.Headers, func(h *catalog.Header) Header {
			return Header{h.Name, template(h.Value)}
		}),
		Links:      list(e.Links, func(l *catalog.Link) Link { return Link{l.Title, l.URL} }),
		See:        list(e.See, func(e **catalog.Entry) string { return (*e).Code }),
		Tags:       append([]string{}, e.Tags...),
		DocsURL:    e.DocsURL,
		Type:       e.Type,
		Meta:       members(e.Meta, func(m *catalog.Meta) (string, any) { return m.Key, m.JSON() }),
		Since:      e.Since,
		Stability:  string(e.Stability),
		Deprecated: deprecated(e.Deprecated),
	}
}

func messageOf(c *catalog.Catalog, e *catalog.Entry, v *catalog.Variant) Message {
	return Message{
		Variant:    v.ID,
		Template:   template(v.Message),
		Readable:   v.Readable,
		Resolution: string(v.Resolution),
		Example:    Example{Message: e.ExampleMessage(v), Body: c.ExampleBody(e, v, e.Statuses[0])},
	}
}

func template(t message.Template) Template {
	return Template{Text: t.String(), Segments: list(t, func(s *message.Segment) Segment {
		if s.Name != "" {
			return Segment{Param: s.Name}
		}
		return Segment{Literal: s.Literal}
	})}
}

func params(e *catalog.Entry) []Param {
	all := []Param{}
	for i := range e.Params {
		if p := &e.Params[i]; !p.Sensitive {
			all = append(all, param(p))
		}
	}
	return all
}

func param(p *catalog.Param) Param {
	return Param{
		Name:        p.Name,
		Type:        typeOf(&p.Type),
		Description: string(p.Description),
		Example:     typed(p.Example),
		InMessage:   p.InMessage,
		Detail:      p.Detail,
		Apart:       p.Apart,
		Optional:    p.Optional,
	}
}

func typeOf(t *catalog.Type) Type {
	out := Type{
		Type: t.Kind.String(),
		Enum: list(t.Enum, func(v *catalog.EnumValue) string { return v.Value }),
	}
	if t.Elem != nil {
		elem := typeOf(t.Elem)
		if t.Kind == value.List {
			out.Items = &elem
		} else {
			out.Values = &elem
		}
	}
	for i := range t.Fields {
		f := &t.Fields[i]
		out.Fields = append(out.Fields, Field{f.Name, typeOf(&f.Type), f.Optional})
	}
	return out
}

func valueOf(v *catalog.Value) Value {
	return Value{v.Name, v.Value.Kind.String(), typed(v.Value), string(v.Description)}
}

func typed(v value.Value) Typed {
	t := Typed{v.JSON(), v.Text()}
	if !v.HasText() {
		t.Text = ""
	}
	return t
}

// RetryOf returns a policy as it is published; nil if there is none.
func RetryOf(p *catalog.RetryPolicy) *Retry {
	if p == nil {
		return nil
	}
	methods, factor := "idempotent", p.Factor
	if p.AnyMethod {
		methods = "any"
	}
	if p.Strategy == catalog.Constant {
		factor = 1 // so that one formula does for all
	}
	return &Retry{
		Policy:               p.Name,
		Strategy:             string(p.Strategy),
		BaseSeconds:          p.Base.Seconds(),
		Factor:               factor,
		MaxDelaySeconds:      p.MaxDelay.Seconds(),
		Jitter:               string(p.Jitter),
		MaxRetries:           p.MaxRetries,
		MaxRetryAfterSeconds: p.MaxRetryAfter.Seconds(),
		Methods:              methods,
	}
}

func deprecated(d *catalog.Deprecation) *Deprecation {
	if d == nil {
		return nil
	}
	return &Deprecation{d.Since, codeOf(d.Use), string(d.Note)}
}

func retired(t *catalog.Tombstone) Retired {
	return Retired{t.Code, t.Status, t.Since, codeOf(t.Use), string(t.Note)}
}

func codeOf(e *catalog.Entry) string {
	if e == nil {
		return ""
	}
	return e.Code
}
