package catalogschema

import (
	"regexp"
	"strings"

	"github.com/errspec/errspec/gen/internal/encode"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// schema returns the schema of a type for the position where the type is used.
func (d *defs) schema(t *syntax.Type) *encode.Schema {
	s := d.form(t)
	if s.Ref == "" || t.Kind != syntax.Object { // the definition of an object has its doc
		s.Description = t.Doc
	}
	return s
}

func (d *defs) form(t *syntax.Type) *encode.Schema {
	switch t.Kind {
	case syntax.Text:
		return textForm(t)
	case syntax.Markdown:
		return &encode.Schema{Ref: refTo(markdownDef)}
	case syntax.Int:
		return intForm(t)
	case syntax.Number:
		return &encode.Schema{Type: "number"}
	case syntax.Bool:
		return &encode.Schema{Type: "boolean"}
	case syntax.Duration:
		return &encode.Schema{Ref: refTo(durationDef)}
	case syntax.Literal:
		return &encode.Schema{Ref: refTo(literalDef)}
	case syntax.Free:
		return &encode.Schema{}
	case syntax.List:
		s := &encode.Schema{Type: "array", Items: d.schema(t.Item)}
		if t.Most > 0 {
			s.MaxItems = &t.Most
		}
		return s
	case syntax.Map:
		return d.mapForm(t)
	case syntax.Object:
		return d.define(t)
	case syntax.OneOf:
		if t.Name != "" {
			return d.ring(t)
		}
		return d.oneOf(t)
	default:
		panic("catalogschema: the format has a kind of type that has no schema: " + t.Name)
	}
}

func (d *defs) oneOf(t *syntax.Type) *encode.Schema {
	s := &encode.Schema{}
	for _, a := range t.Alternatives {
		s.AnyOf = append(s.AnyOf, d.schema(a.Type))
	}
	return s
}

func textForm(t *syntax.Type) *encode.Schema {
	switch {
	case t.Choices != nil:
		return &encode.Schema{Type: "string", Enum: encode.Values(names(t.Choices))}
	case t.Suggestions != nil: // editors complete from the first; everything passes the second
		return &encode.Schema{AnyOf: []*encode.Schema{
			{Type: "string", Enum: encode.Values(names(t.Suggestions))}, {Ref: refTo(textDef)},
		}}
	case t.Null:
		return &encode.Schema{AnyOf: []*encode.Schema{{Ref: refTo(textDef)}, {Type: "null"}}}
	case t.Pattern == "":
		return &encode.Schema{Ref: refTo(textDef)}
	}
	pattern := &encode.Schema{Type: "string", Pattern: t.Pattern}
	if regexp.MustCompile(t.Pattern).MatchString("1") {
		return &encode.Schema{AnyOf: []*encode.Schema{pattern, {Type: "number"}}}
	}
	return pattern
}

func names(choices []syntax.Choice) []string {
	list := make([]string, len(choices))
	for i, c := range choices {
		list[i] = c.Value
	}
	return list
}

func intForm(t *syntax.Type) *encode.Schema {
	s := &encode.Schema{Type: "integer"}
	if t.Min < t.Max {
		least, most := int64(t.Min), int64(t.Max)
		s.Minimum, s.Maximum = &least, &most
	}
	return s
}

func (d *defs) mapForm(t *syntax.Type) *encode.Schema {
	s := &encode.Schema{
		Type: "object", MaxProperties: t.Most, Additional: encode.Additional{Schema: d.schema(t.Item)},
	}
	if t.Extensible {
		s.Patterns = extensions()
	}
	if t.Key.Pattern != "" {
		s.PropertyNames = &encode.Schema{Type: "string", Pattern: t.Key.Pattern}
	}
	return s
}

// object returns the schema of an object itself.
func (d *defs) object(t *syntax.Type) *encode.Schema {
	s := &encode.Schema{
		Description: t.Doc,
		Type:        "object",
		Additional:  encode.Additional{Forbidden: true},
		Patterns:    extensions(),
	}
	for i := range t.Fields {
		f := &t.Fields[i]
		switch {
		case f.Unless != "": // a file that is included may have it, and a schema sees one file
			s.AnyOf = append(s.AnyOf, requires(f.Key), requires(f.Unless))
		case f.Required:
			s.Required = append(s.Required, f.Key)
		}
		s.Property(f.Key, d.field(f))
	}
	return s
}

// field returns the schema of a field's value, with all that an editor can show beside it.
func (d *defs) field(f *syntax.Field) *encode.Schema {
	s := d.form(f.Type)
	describe(s, fieldDoc(f))
	for i, a := range f.Type.Alternatives {
		if s.Ref == "" {
			describe(s.AnyOf[i], fieldDoc(&syntax.Field{Doc: f.Doc, Type: a.Type}))
		}
	}
	if f.Default != "" {
		s.Default = literal(f.Default, f.Type)
	}
	for _, e := range f.Examples {
		s.Examples = append(s.Examples, literal(e, f.Type))
	}
	return s
}

// describe gives a schema a description. If one of its branches has a description, editors show
// only that one, so the branch gets the same.
func describe(s *encode.Schema, doc string) {
	s.Description = doc
	for _, branch := range s.AnyOf {
		if branch.Ref != "" || branch.Description != "" {
			branch.Description = doc
		}
	}
}

// fieldDoc joins what the field is for, what its type is, and what may be chosen.
func fieldDoc(f *syntax.Field) string {
	parts := []string{f.Doc}
	if f.Type.Doc != "" && f.Type.Kind != syntax.Object {
		parts = append(parts, f.Type.Doc)
	}
	if f.Type.Looks != "" {
		parts = append(parts, "Form: "+f.Type.Looks+".")
	}
	doc := strings.Join(parts, " ")
	for i, c := range append(f.Type.Choices, f.Type.Suggestions...) {
		if i == 0 {
			doc += "\n"
		}
		doc += "\n- `" + c.Value + "`: " + c.Doc
	}
	return doc
}

// requires returns a schema that requires a member. It lists the member as a property, too, because
// strict validators want that.
func requires(key string) *encode.Schema {
	return &encode.Schema{
		Required: []string{key}, Properties: encode.Object{{Name: key, Value: &encode.Schema{}}},
	}
}

// extensions allows keys that begin with x-, and anything below them.
func extensions() encode.Object { return encode.Object{{Name: syntax.Extensions, Value: true}} }
