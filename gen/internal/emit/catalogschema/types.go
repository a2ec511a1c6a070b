package catalogschema

import (
	"regexp"
	"strings"

	"github.com/errspec/errspec/gen/internal/jsondoc"
	"github.com/errspec/errspec/gen/internal/jsonschema"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// schema returns the schema of a type, as it stands where the type is used.
func (d *defs) schema(t *syntax.Type) *jsonschema.Schema {
	s := d.form(t)
	if s.Ref == "" || t.Kind != syntax.Object { // an object's doc stands in its definition
		s.Description = t.Doc
	}
	return s
}

func (d *defs) form(t *syntax.Type) *jsonschema.Schema {
	switch t.Kind {
	case syntax.Text:
		return textForm(t)
	case syntax.Markdown:
		return &jsonschema.Schema{Ref: refTo(markdownDef)}
	case syntax.Int:
		return intForm(t)
	case syntax.Number:
		return &jsonschema.Schema{Type: "number"}
	case syntax.Bool:
		return &jsonschema.Schema{Type: "boolean"}
	case syntax.Duration:
		return &jsonschema.Schema{Ref: refTo(durationDef)}
	case syntax.Literal:
		return &jsonschema.Schema{Ref: refTo(literalDef)}
	case syntax.Free:
		return &jsonschema.Schema{}
	case syntax.List:
		return &jsonschema.Schema{Type: "array", Items: d.schema(t.Item), MaxItems: t.Most}
	case syntax.Map:
		return d.mapForm(t)
	case syntax.Object:
		return d.define(t)
	case syntax.OneOf:
		s := &jsonschema.Schema{}
		for _, a := range t.Alternatives {
			s.AnyOf = append(s.AnyOf, d.schema(a.Type))
		}
		return s
	default:
		panic("catalogschema: the format has a kind of type that has no schema: " + t.Name)
	}
}

func textForm(t *syntax.Type) *jsonschema.Schema {
	switch {
	case t.Choices != nil:
		return &jsonschema.Schema{Type: "string", Enum: jsonschema.Values(names(t.Choices))}
	case t.Suggestions != nil: // editors complete from the first; everything passes the second
		return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{{Type: "string", Enum: jsonschema.Values(names(t.Suggestions))}, {Ref: refTo(textDef)}}}
	case t.Pattern == "":
		return &jsonschema.Schema{Ref: refTo(textDef)}
	}
	pattern := &jsonschema.Schema{Type: "string", Pattern: t.Pattern}
	if regexp.MustCompile(t.Pattern).MatchString("1") {
		return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{pattern, {Type: "number"}}}
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

func intForm(t *syntax.Type) *jsonschema.Schema {
	s := &jsonschema.Schema{Type: "integer"}
	if t.Min < t.Max {
		least, most := int64(t.Min), int64(t.Max)
		s.Minimum, s.Maximum = &least, &most
	}
	return s
}

func (d *defs) mapForm(t *syntax.Type) *jsonschema.Schema {
	s := &jsonschema.Schema{Type: "object", MaxProperties: t.Most, Additional: jsonschema.Additional{Schema: d.schema(t.Item)}}
	if t.Key.Pattern != "" {
		s.PropertyNames = &jsonschema.Schema{Type: "string", Pattern: t.Key.Pattern}
	}
	return s
}

// object returns the schema of an object itself.
func (d *defs) object(t *syntax.Type) *jsonschema.Schema {
	s := &jsonschema.Schema{Description: t.Doc, Type: "object", Additional: jsonschema.Additional{Forbidden: true}}
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
func (d *defs) field(f *syntax.Field) *jsonschema.Schema {
	s := d.form(f.Type)
	describe(s, fieldDoc(f))
	for i, a := range f.Type.Alternatives {
		describe(s.AnyOf[i], fieldDoc(&syntax.Field{Doc: f.Doc, Type: a.Type}))
	}
	if f.Default != "" {
		s.Default = literal(f.Default, f.Type)
	}
	for _, e := range f.Examples {
		s.Examples = append(s.Examples, literal(e, f.Type))
	}
	return s
}

// describe gives a schema a description. Where one of its branches has a description, editors show that one alone, so it gets
// the same.
func describe(s *jsonschema.Schema, doc string) {
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

// requires asks for a member; it names it as a property, too, because strict validators want to see it beside.
func requires(key string) *jsonschema.Schema {
	return &jsonschema.Schema{Required: []string{key}, Properties: jsondoc.Object{{Name: key, Value: &jsonschema.Schema{}}}}
}
