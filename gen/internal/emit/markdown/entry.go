package markdown

import (
	"strconv"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/encode"
	"github.com/errspec/errspec/gen/internal/goname"
	"github.com/errspec/errspec/gen/internal/mdtext"
	"github.com/errspec/errspec/gen/internal/pyname"
	"github.com/errspec/errspec/gen/internal/reference"
	"github.com/errspec/errspec/gen/internal/tsname"
	"github.com/errspec/errspec/templates"
)

func (b *builder) entry(e *catalog.Entry, group string) *templates.Entry {
	code, href := b.code(e.Code), b.links.entry(e)
	view := &templates.Entry{
		ID: e.Code, Heading: b.heading, Code: b.titleOf(e.Code, e.Anchor, e.Suffix),
		Link: mdtext.Link(code, href), Href: href, Anchor: e.Anchor,
		Title: b.literal(e.Title), Meaning: b.literal(reference.Meaning(e)), Group: group,
		Description: b.text(e.Description),
		StandsFor:   reference.StandsFor(b.c, e),
		Recognition: b.literal(reference.Recognition(e)),
		HasVariants: e.HasVariants(),
		Messages:    b.messages(e),
		Params:      b.params(e),
		Values:      b.values(e),
		Resolution:  b.text(e.Resolution),
		Retry:       b.retry(e.Retry),
		RetryAdvice: b.literal(reference.RetryAdvice(e)),
		Headers:     b.headers(e),
		Example:     fence(b.c.ExampleBody(e, &e.Variants[0], e.Statuses[0])),
		Samples:     b.samplesOf(b.samples.Of(e)),
		Since:       b.literal(e.Since),
	}
	b.name(view, e)
	for i := range view.Params {
		view.ParamsHaveExamples = view.ParamsHaveExamples || view.Params[i].Example != ""
		view.ParamsHaveMeanings = view.ParamsHaveMeanings || view.Params[i].Description != nil
	}
	for i := range view.Values {
		view.ValuesHaveMeanings = view.ValuesHaveMeanings || view.Values[i].Description != nil
	}
	for i, status := range e.Statuses {
		if i > 0 {
			view.Status += "/"
			view.StatusNames += " or "
		}
		view.Status += strconv.Itoa(status)
		name := reference.StatusMeaning(b.c, e, status)
		view.StatusNames += b.literal(strings.TrimSpace(strconv.Itoa(status) + " " + name))
		view.Statuses = append(view.Statuses, b.status(status))
	}
	for _, other := range e.See {
		if l := b.link(other); l != "" {
			view.See = append(view.See, l)
		}
	}
	for _, l := range e.Links {
		view.Links = append(view.Links, mdtext.Link(b.literal(l.Title), l.URL))
	}
	for _, tag := range e.Tags {
		view.Tags = append(view.Tags, b.code(tag))
	}
	if e.Stability != catalog.Stable {
		view.Stability = string(e.Stability)
	}
	if d := e.Deprecated; d != nil {
		view.Deprecated = &templates.Deprecated{
			Since: b.literal(d.Since), Use: b.link(d.Use), Note: b.text(d.Note),
		}
	}
	return view
}

func (b *builder) messages(e *catalog.Entry) []templates.Message {
	views := make([]templates.Message, len(e.Variants))
	for i := range e.Variants {
		v := &e.Variants[i]
		views[i] = templates.Message{
			Variant:    b.code(v.ID),
			Text:       b.code(reference.WithBlanks(v.Message)),
			Resolution: b.text(v.Resolution),
		}
		if v.Silent {
			views[i].Text = reference.NoMessage
		}
	}
	return views
}

// params returns the params that a client may see.
func (b *builder) params(e *catalog.Entry) []templates.Param {
	var views []templates.Param
	for i := range e.Params {
		p := &e.Params[i]
		if p.Sensitive {
			continue
		}
		views = append(views, templates.Param{
			Name:     b.code(p.Name),
			Type:     b.phrase(reference.ParamType(&b.c.Envelope.Body, p)),
			Optional: p.Optional,
			Example:  b.code(reference.Shown(p.Example)), Description: b.text(p.Description),
		})
		for f := range reference.Fields(p) {
			views = append(views, templates.Param{
				Name: b.code(f.Path), Type: b.phrase(f.Type), Optional: f.Optional,
			})
		}
	}
	return views
}

// name gives a code and its params their names in generated code.
func (b *builder) name(view *templates.Entry, e *catalog.Entry) {
	if b.o.Template == nil {
		return // no built-in template shows them
	}
	if b.python == nil {
		b.python = map[*catalog.Entry]pyname.Entry{}
		names, i := pyname.Of(b.c), 0
		for e := range b.c.Public() {
			b.python[e] = names[i]
			i++
		}
	}
	names, properties, python := goname.Of(e), tsname.Params(e), b.python[e]
	view.Go = templates.GoNames{Code: names.Code, Type: names.Type}
	if len(e.Params) > 0 {
		view.Go.Params = names.Entry.Params
	}
	for _, v := range names.Variants {
		view.Go.New = append(view.Go.New, v.New)
	}
	view.TypeScript.Code = string(encode.CompactJSON(e.Code))
	view.Python.Class = python.Class
	at := 0
	named := func(goName, property, attribute string) {
		p := &view.Params[at]
		p.Go, p.TypeScript, p.Python = goName, property, attribute
		at++
	}
	for i := range e.Params {
		p, own, attribute := &e.Params[i], &names.Params[i], &python.Params[i]
		if p.Sensitive {
			continue
		}
		named(own.Field, properties[i], attribute.Attribute)
		members(&p.Type, &own.Type, &attribute.Type, named)
	}
}

// members passes on the names of the members of the objects in a type, in the order of
// [reference.Fields].
func members(
	t *catalog.Type, own *goname.Type, python *pyname.Type,
	named func(goName, property, attribute string),
) {
	for t.Elem != nil {
		t, own, python = t.Elem, own.Elem, python.Elem
	}
	properties := tsname.Fields(t)
	for i := range t.Fields {
		named(own.Fields[i].Name, properties[i], python.Fields[i].Attribute)
		members(&t.Fields[i].Type, &own.Fields[i].Type, &python.Fields[i].Type, named)
	}
}

func (b *builder) phrase(words []reference.Word) string {
	var text strings.Builder
	for _, w := range words {
		if w.Code {
			text.WriteString(b.code(w.Text))
		} else {
			text.WriteString(w.Text)
		}
	}
	return text.String()
}

func (b *builder) values(e *catalog.Entry) []templates.Value {
	var views []templates.Value
	for i := range e.Values {
		v := &e.Values[i]
		views = append(views, templates.Value{
			Name:        b.code(v.Name),
			Value:       b.literal(reference.Shown(v.Value)),
			Description: b.text(v.Description),
		})
	}
	return views
}

func (b *builder) headers(e *catalog.Entry) []templates.Header {
	var views []templates.Header
	for _, h := range e.Headers {
		line, example := reference.HeaderLine(e, h)
		view := templates.Header{Line: b.code(line)}
		if example != line {
			view.Example = b.code(example)
		}
		views = append(views, view)
	}
	return views
}
