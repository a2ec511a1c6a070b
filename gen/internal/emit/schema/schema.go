// Package schema makes the JSON Schema (2020-12) of the body of every error response, derived from
// the envelope.
//
// It takes a checked catalog and returns one schema of this form:
//
//   - the envelope's own shape: members, types, constants. Members beside them are allowed, so that
//     the envelope may grow;
//   - the code is one of an enum, which carries what the codes mean;
//   - for each distinct list of statuses one if/then: if the code is one of these, then every
//     status field holds this status, or, where a code has several, all of them hold the same one;
//   - where the body carries params, for each distinct set of them one if/then likewise.
//
// The lenient schema, for clients, lets codes through that it does not know. For these it requires
// the envelope's shape, and the same status in all status fields. For known codes it requires what
// the strict one does.
//
// A branch per status rather than per code keeps the schema of a thousand codes small, quick to
// compile and its errors readable. It passes ajv's strict mode, so every const
// and enum has a type, and nothing is left to formats. Titles, links and other texts are typed
// strings; internal codes are absent.
package schema

import (
	"slices"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/gen/internal/encode"
)

// Codes says which codes a schema lets through.
type Codes int

// A server's answers hold KnownCodes alone. A client that is older than its server meets codes that
// it does not know, and checks what it gets against the schema for AnyCode.
const (
	KnownCodes Codes = iota
	AnyCode
)

// Emit returns the schema for KnownCodes.
func Emit(c *catalog.Catalog) ([]emit.File, error) {
	return []emit.File{{Data: Document(c, KnownCodes)}}, nil
}

// EmitLenient returns the schema for AnyCode.
func EmitLenient(c *catalog.Catalog) ([]emit.File, error) {
	return []emit.File{{Data: Document(c, AnyCode)}}, nil
}

// Document returns the schema as a file.
func Document(c *catalog.Catalog, codes Codes) []byte {
	b := newBuilder(c, codes)
	if b.element != nil {
		b.item = b.element.body()
		b.item.AllOf = b.element.branches()
	}
	root := b.body()
	root.Title = c.Title
	root.Description = string(c.Description)
	if root.Description == "" {
		root.Description = "The body of an error response."
	}
	if codes == AnyCode {
		root.Description += "\n\nCodes that this schema does not know are valid, " +
			"because a client may be older than the server."
	}
	root.AllOf = b.branches()
	root.Examples = b.examples()
	return root.Document(emit.Notice)
}

// A builder makes the schema of one catalog.
type builder struct {
	catalog *catalog.Catalog
	codes   Codes
	entries []*catalog.Entry // the public ones, in catalog order
	root    *catalog.Node    // what is described: the body, or the element of its $each
	code    *catalog.Node    // where the code is in the body; nil if no schema can single it out
	whole   *builder         // of all codes, if this is of one of them

	everything bool // it is asked what holds of all that is in the body

	element *builder       // of the element of a $each; nil: there is none
	item    *encode.Schema // what it says of all elements
	outside bool           // it is asked what holds outside $each
	asks    bool           // a condition is made: without what is around the leaf, it is not met

	// The results of presence for the entries: computed for each code, they would cost the square of
	// their number.
	present map[*catalog.Node]catalog.Presence

	having map[string][]*catalog.Entry // a param of the catalog; for plain schemas with AnyCode
}

func newBuilder(c *catalog.Catalog, codes Codes) *builder {
	b := &builder{
		catalog: c, codes: codes, entries: slices.Collect(c.Public()), root: &c.Envelope.Body,
	}
	b.present = map[*catalog.Node]catalog.Presence{}
	b.code = b.findCode()
	if each := b.root.Each(); each != nil {
		element := *b
		element.root = &each.Items[0]
		element.code = element.findCode()
		b.element = &element
	}
	return b
}

// branches returns what holds of some codes each.
func (b *builder) branches() []*encode.Schema {
	if b.element == nil {
		return slices.Concat(b.statusBranches(), b.paramBranches(),
			b.anonymousBranch(), b.agreement(b.statusNode()))
	}
	outer := *b
	outer.element, outer.outside = nil, true
	outer.code = outer.findCode()
	// What is outside $each is of the first error. JSON Schema can say that of a body with one error
	// only.
	single := *b
	single.code = b.element.code
	return slices.Concat(outer.branches(), single.statusBranches(),
		single.paramBranches(), single.agreement(b.element.statusNode()))
}
