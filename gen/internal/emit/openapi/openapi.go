// Package openapi makes an OpenAPI 3.1 document of components alone, for an API's own document to
// refer to:
//
//	responses:
//	  "404": {$ref: "errors.yaml#/components/responses/NotFound"}
//
// It takes a checked catalog and returns one file with
//
//   - a response for each code, for each status of a code that has several, for each status, and
//     one for any error;
//   - the schema of the body of each of them: type and const where there is one value, enum where
//     there are several, no conditions, because that is what generators of clients and servers
//     agree on;
//   - unions of the codes' schemas, of all codes and of those with a status, for clients that
//     narrow by code;
//   - the codes as an open string and as a closed enum, an example of each message, and the headers
//     that go with a code.
//
// What is of one code is closed. What is of any error, or of any error with a status, is open: a
// client is older than its server, and a code that it does not know must not lose it the error.
//
// The document has no paths and no operations. Internal codes are absent.
package openapi

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/gen/internal/emit/errorsjson"
	"github.com/errspec/errspec/gen/internal/emit/schema"
	"github.com/errspec/errspec/gen/internal/encode"
)

// Options are what a user may choose beside the catalog.
type Options struct {
	JSON bool // the document is JSON, not YAML
}

// Emit returns the document.
func Emit(c *catalog.Catalog, o Options) ([]emit.File, error) {
	if o.JSON {
		return []emit.File{{Data: encode.JSON(document(c))}}, nil
	}
	return []emit.File{{Data: encode.YAML(document(c))}}, nil
}

// A builder makes the components of one catalog.
type builder struct {
	catalog  *catalog.Catalog
	entries  []*catalog.Entry // the public ones, in catalog order
	statuses []int            // of these, ascending

	schemas, responses, headers, examples encode.Object

	item *encode.Schema // refers to the schema of the element of a $each; nil: there is none
	tag  *schema.Tag    // tells the bodies of codes apart; nil: nothing does
}

func document(c *catalog.Catalog) encode.Object {
	b := builder{catalog: c, tag: schema.TagOf(c)}
	for e := range c.Public() {
		b.entries = append(b.entries, e)
		b.statuses = append(b.statuses, e.Statuses...)
	}
	slices.Sort(b.statuses)
	b.statuses = slices.Compact(b.statuses)
	b.anyError()
	for _, status := range b.statuses {
		b.status(status)
	}
	for _, e := range b.entries {
		b.code(e)
	}
	return encode.Object{
		{Name: "openapi", Value: "3.1.0"},
		{Name: "x-generated-by", Value: emit.Notice},
		{Name: "info", Value: b.info()},
		{Name: "components", Value: sections(
			encode.Member{Name: "responses", Value: b.responses},
			encode.Member{Name: "schemas", Value: b.schemas},
			encode.Member{Name: "headers", Value: b.headers},
			encode.Member{Name: "examples", Value: b.examples})},
	}
}

// sections returns those of the members that are not empty.
func sections(members ...encode.Member) encode.Object {
	return slices.DeleteFunc(members, func(m encode.Member) bool {
		return len(m.Value.(encode.Object)) == 0
	})
}

// info has a version because it must. It is that of the catalog format: the API's own is in the
// API's own document.
func (b *builder) info() encode.Object {
	return encode.Object{
		{Name: "title", Value: b.catalog.Title},
		{Name: "version", Value: "1"},
		{Name: "description", Value: cmp.Or(string(b.catalog.Description), "Error responses.")},
	}
}

func add[T any](section *encode.Object, key string, value T) {
	*section = append(*section, encode.Member{Name: key, Value: value})
}

// anyError adds the response to any error, and the schemas of all codes.
func (b *builder) anyError() {
	open := schema.CodeEnum(b.catalog, schema.AnyCode)
	open.Description += "\n\nNew codes may appear at any time."
	add(&b.schemas, codeSchema, open)
	add(&b.schemas, knownSchema, schema.CodeEnum(b.catalog, schema.KnownCodes))
	code := &encode.Schema{Ref: ref("schemas", codeSchema)}
	if b.catalog.Envelope.Body.Each() != nil {
		item := schema.PlainElement(b.catalog, code)
		item.Description = "One of the errors of a response."
		add(&b.schemas, itemSchema, item)
		b.item = &encode.Schema{Ref: ref("schemas", itemSchema)}
	}
	s := schema.Plain(b.catalog, schema.Selection{
		Entries: b.entries, Codes: schema.AnyCode, Code: code, Item: b.item,
	})
	s.Description = "The body of any error, including codes that this document does not list."
	add(&b.schemas, errorSchema, s)
	b.union(unionSchema, "The body of any known code. The code says which one it is.", 0)
	add(&b.responses, defaultKey, response{
		Description: "An error.",
		Headers:     b.commonHeaders(b.entries),
		Content:     b.content(defaultKey, nil),
	})
}

// status adds the response to errors with a status.
func (b *builder) status(status int) {
	var entries []*catalog.Entry
	var shown []example
	for _, e := range b.entries {
		if slices.Contains(e.Statuses, status) {
			entries = append(entries, e)
			shown = append(shown, b.examplesOf(e, []int{status})...)
		}
	}
	b.add(statusKey(status), schema.Selection{
		Entries: entries, Codes: schema.AnyCode, Statuses: []int{status},
	}, response{
		Description: b.statusDoc(status, entries), Headers: b.commonHeaders(entries),
	}, shown)
	b.union(unionKey(status),
		"The body of any known code with the status "+strconv.Itoa(status)+
			". The code says which one it is.",
		status)
}

// union adds the schema that is one of the bodies of codes with a status, or with any if it is 0.
// Where the code is a string at the top of the body, it is the discriminator. OpenAPI has none
// deeper in the body, and linters do not see there that alternatives exclude each other, so those
// are an anyOf. TypeScript narrows both by the constants.
func (b *builder) union(key, description string, status int) {
	if b.tag == nil {
		return
	}
	var bodies []*encode.Schema
	var mapping encode.Object
	for i, e := range b.tag.Coded {
		name := codeKey(e)
		switch {
		case status == 0:
		case !slices.Contains(e.Statuses, status):
			continue
		case len(e.Statuses) > 1:
			name = codeStatusKey(e, status)
		}
		body := ref("schemas", bodyKey(name))
		bodies = append(bodies, &encode.Schema{Ref: body})
		add(&mapping, b.tag.Values[i], body)
	}
	s := &encode.Schema{Description: description}
	switch {
	case len(bodies) == 0:
		return
	case len(bodies) == 1:
		s = bodies[0]
	case b.tag.String && len(b.tag.Path) == 1:
		s.OneOf = bodies
		s.Discriminator = &encode.Discriminator{PropertyName: b.tag.Path[0], Mapping: mapping}
	default:
		s.AnyOf = bodies
	}
	add(&b.schemas, key, s)
}

// code adds the response to a code, its headers and its examples; and, if it has several statuses,
// the response to it with each.
func (b *builder) code(e *catalog.Entry) {
	for i := range e.Headers {
		add(&b.headers, headerKey(e, &e.Headers[i]), headerOf(e, &e.Headers[i]))
	}
	for _, x := range b.examplesOf(e, e.Statuses) {
		add(&b.examples, x.key, x.component)
	}
	b.codeWith(codeKey(e), e, e.Statuses)
	if len(e.Statuses) > 1 {
		for _, status := range e.Statuses {
			b.codeWith(codeStatusKey(e, status), e, []int{status})
		}
	}
}

func (b *builder) codeWith(key string, e *catalog.Entry, statuses []int) {
	b.add(key, schema.Selection{Entries: []*catalog.Entry{e}, Statuses: statuses}, response{
		Description: b.codeDoc(e, statuses), Headers: b.headersOf(e), Retry: retryOf(e),
	}, b.examplesOf(e, statuses))
}

// retryOf returns how to retry, in the form of errors.json; that there are no retries, if the
// catalog says so; nil if it says nothing.
func retryOf(e *catalog.Entry) any {
	switch {
	case e.Retry != nil:
		return errorsjson.RetryOf(e.Retry)
	case e.RetryStated:
		return encode.Object{{Name: "max_retries", Value: 0}}
	default:
		return nil
	}
}

// add adds a response and the schema of its body.
func (b *builder) add(key string, sel schema.Selection, r response, shown []example) {
	sel.Item = b.item
	s := schema.Plain(b.catalog, sel)
	if sel.Codes == schema.KnownCodes {
		describe(s, sel.Entries[0])
	}
	add(&b.schemas, bodyKey(key), s)
	r.Content = b.content(key, shown)
	add(&b.responses, key, r)
}

// A response is a response object.
type response struct {
	Description string        `json:"description"`
	Headers     encode.Object `json:"headers,omitempty"` // of pointer
	Content     encode.Object `json:"content"`           // of content
	Retry       any           `json:"x-retry,omitempty"` // see retryOf
}

// A content is a media type object.
type content struct {
	Schema   pointer       `json:"schema"`
	Examples encode.Object `json:"examples,omitempty"` // of pointer
}

// A pointer is a reference object.
type pointer struct {
	Ref string `json:"$ref"`
}

// content returns the body of a response.
func (b *builder) content(key string, shown []example) encode.Object {
	body := content{Schema: pointer{ref("schemas", bodyKey(key))}}
	for _, x := range shown {
		add(&body.Examples, x.key, pointer{ref("examples", x.key)})
	}
	return encode.Object{{Name: b.catalog.Envelope.MediaType, Value: body}}
}

// An example is an example object, and the key of it.
type example struct {
	key       string
	component exampleObject
}

type exampleObject struct {
	Summary string          `json:"summary"`
	Value   json.RawMessage `json:"value"`
}

// examplesOf returns an example of each of a code's messages with each of some statuses.
func (b *builder) examplesOf(e *catalog.Entry, statuses []int) []example {
	var all []example
	for i := range e.Variants {
		v := &e.Variants[i]
		for _, status := range statuses {
			object := exampleObject{e.ExampleMessage(v), b.catalog.ExampleBody(e, v, status)}
			all = append(all, example{exampleKey(e, v, status), object})
		}
	}
	return all
}
