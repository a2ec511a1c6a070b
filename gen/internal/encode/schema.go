package encode

import (
	"encoding/json"
)

// Dialect is the $schema of a document.
const Dialect = "https://json-schema.org/draft/2020-12/schema"

// A Schema is one schema. Zero fields are omitted; the zero Schema allows everything.
type Schema struct {
	Dialect string `json:"$schema,omitempty"`
	Comment string `json:"$comment,omitempty"`
	Ref     string `json:"$ref,omitempty"`

	Title       string `json:"title,omitempty"`
	Description string `json:"description,omitempty"`
	Deprecated  bool   `json:"deprecated,omitempty"`

	Type      string          `json:"type,omitempty"`
	Format    string          `json:"format,omitempty"` // for OpenAPI
	Const     json.RawMessage `json:"const,omitempty"`
	Enum      Enum            `json:"enum,omitempty"` // of the Type
	Pattern   string          `json:"pattern,omitempty"`
	MinLength int             `json:"minLength,omitempty"`
	MaxLength int             `json:"maxLength,omitempty"`
	Minimum   *int64          `json:"minimum,omitempty"`
	Maximum   *int64          `json:"maximum,omitempty"`

	Items       *Schema   `json:"items,omitempty"`
	PrefixItems []*Schema `json:"prefixItems,omitempty"`
	Contains    *Schema   `json:"contains,omitempty"`
	MinItems    int       `json:"minItems,omitempty"`
	MaxItems    *int      `json:"maxItems,omitempty"`

	Required      []string   `json:"required,omitempty"`
	MinProperties int        `json:"minProperties,omitempty"`
	MaxProperties int        `json:"maxProperties,omitempty"`
	PropertyNames *Schema    `json:"propertyNames,omitempty"`
	Properties    Object     `json:"properties,omitempty"`        // values are *Schema
	Patterns      Object     `json:"patternProperties,omitempty"` // values are *Schema, or a bool
	Additional    Additional `json:"additionalProperties,omitzero"`

	AllOf []*Schema `json:"allOf,omitempty"`
	AnyOf []*Schema `json:"anyOf,omitempty"`
	OneOf []*Schema `json:"oneOf,omitempty"`
	Not   *Schema   `json:"not,omitempty"`
	If    *Schema   `json:"if,omitempty"`
	Then  *Schema   `json:"then,omitempty"`
	Else  *Schema   `json:"else,omitempty"`

	Default  json.RawMessage   `json:"default,omitempty"`
	Examples []json.RawMessage `json:"examples,omitempty"`
	Docs     *ExternalDocs     `json:"externalDocs,omitempty"` // for OpenAPI

	Discriminator *Discriminator `json:"discriminator,omitempty"`     // for OpenAPI
	KnownValues   Enum           `json:"x-extensible-enum,omitempty"` // more may come

	Defs Object `json:"$defs,omitempty"`
}

// ExternalDocs links to the documentation of a schema, in OpenAPI.
type ExternalDocs struct {
	URL string `json:"url"`
}

// A Discriminator names the property whose value says which schema of a OneOf is meant, in OpenAPI.
type Discriminator struct {
	PropertyName string `json:"propertyName"`
	Mapping      Object `json:"mapping"` // of references
}

// An Enum is the list of allowed values: see [Values].
type Enum []any

// Values returns the enum of strings or integers.
func Values[T string | int](values []T) Enum {
	e := make(Enum, len(values))
	for i, v := range values {
		e[i] = v
	}
	return e
}

// Additional says what an object may hold besides its Properties. The zero Additional allows
// everything.
type Additional struct {
	Forbidden bool
	Schema    *Schema // unless Forbidden
}

// MarshalJSON implements [json.Marshaler].
func (a Additional) MarshalJSON() ([]byte, error) {
	if a.Forbidden {
		return []byte("false"), nil
	}
	return CompactJSON(a.Schema), nil
}

// Property appends a property.
func (s *Schema) Property(name string, p *Schema) {
	s.Properties = append(s.Properties, Member{Name: name, Value: p})
}

// Document returns the schema as a file, with the $schema of JSON Schema 2020-12 and a comment for
// readers.
func (s Schema) Document(comment string) []byte {
	s.Dialect, s.Comment = Dialect, comment
	return JSON(&s)
}
