package catalogschema

import (
	"slices"
	"strconv"
	"strings"

	"github.com/errspec/errspec/gen/internal/encode"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// Defs are the schema's $defs: the scalar types that JSON Schema has no name for, then the objects
// of the format in the order of their first appearance. Each is written once, wherever it is used.
type defs struct {
	list encode.Object
	refs map[string]string       // references by the text of the definition
	ways map[*syntax.Type]string // references to types that contain themselves
}

// The names of the scalar types.
const (
	textDef     = "text"
	markdownDef = "markdown"
	durationDef = "duration"
	literalDef  = "literal"
)

func newDefs() *defs {
	d := &defs{refs: map[string]string{}, ways: map[*syntax.Type]string{}}
	// A plain scalar such as 1.10 or true is text to errspec, and a number or a bool to an editor.
	anyScalar := func(most int) []*encode.Schema {
		return []*encode.Schema{{Type: "string", MaxLength: most}, {Type: "number"}, {Type: "boolean"}}
	}
	d.add(textDef, &encode.Schema{
		Description: "Text, taken as it is written: 1.10, NO and 2026-06-12 are text too.",
		AnyOf:       anyScalar(syntax.MaxText),
	})
	d.add(markdownDef, &encode.Schema{
		Description: "Text in GitHub-flavoured Markdown. ${name} is a value of the code, $$ is a dollar.",
		AnyOf:       anyScalar(syntax.MaxMarkdown),
	})
	d.add(durationDef, &encode.Schema{
		Description: "A time span: 500ms, 6s, 1m30s.",
		Type:        "string",
		Pattern:     `^-?(([0-9]+(\.[0-9]*)?|\.[0-9]+)(ns|us|µs|μs|ms|s|m|h))+$`,
	})
	most := syntax.MaxElements
	d.add(literalDef, &encode.Schema{
		Description: "A typed constant, or a list of them.",
		AnyOf: append(anyScalar(syntax.MaxText), &encode.Schema{Type: "array", MaxItems: &most,
			Items: &encode.Schema{AnyOf: anyScalar(syntax.MaxText)}}),
	})
	return d
}

// add puts a definition on the list, unless it is there, and returns a reference to it. Two
// different definitions get different names.
func (d *defs) add(name string, s *encode.Schema) *encode.Schema {
	text := string(encode.CompactJSON(s))
	if ref := d.refs[text]; ref != "" {
		return &encode.Schema{Ref: ref}
	}
	unique := name
	for n := 2; d.has(unique); n++ {
		unique = name + "-" + strconv.Itoa(n)
	}
	d.list = append(d.list, encode.Member{Name: unique, Value: s})
	d.refs[text] = refTo(unique)
	return &encode.Schema{Ref: refTo(unique)}
}

func (d *defs) has(name string) bool {
	for _, m := range d.list {
		if m.Name == name {
			return true
		}
	}
	return false
}

// used returns the definitions that the schema refers to. It omits scalar types that no key has.
func (d *defs) used(root *encode.Schema) encode.Object {
	text := string(encode.CompactJSON(root)) + string(encode.CompactJSON(d.list))
	return slices.DeleteFunc(slices.Clone(d.list), func(m encode.Member) bool {
		return !strings.Contains(text, `"`+refTo(m.Name)+`"`)
	})
}

func refTo(name string) string { return "#/$defs/" + name }

// define returns a reference to the definition of an object of the format.
func (d *defs) define(t *syntax.Type) *encode.Schema {
	return d.add(strings.ReplaceAll(t.Name, " ", "-"), d.object(t))
}

// ring returns a reference to the definition of a type that contains itself. Editors show the
// description of a form instead of the field's, so its forms have none.
func (d *defs) ring(t *syntax.Type) *encode.Schema {
	if d.ways[t] == "" {
		name := strings.ReplaceAll(t.Name, " ", "-")
		at := len(d.list)
		d.ways[t] = refTo(name)
		d.list = append(d.list, encode.Member{Name: name})
		s := &encode.Schema{Description: t.Doc}
		mapping := &encode.Schema{Type: "object"}
		for _, a := range t.Alternatives {
			form := *a.Type
			form.Doc = ""
			switch form.Kind {
			case syntax.Object:
				mapping.If, mapping.Else = lacks(d.signs(form.Signs)), d.schema(&form)
			case syntax.Map:
				mapping.Then = d.schema(&form)
			default:
				s.AnyOf = append(s.AnyOf, d.schema(&form))
			}
		}
		s.AnyOf = append(s.AnyOf, mapping)
		d.list[at].Value = s
	}
	return &encode.Schema{Ref: d.ways[t]}
}

// lacks is a mapping without signs, whose keys are the author's. Where there is no key yet, an
// editor offers those of the object.
func lacks(signs *encode.Schema) *encode.Schema {
	return &encode.Schema{
		Type: "object", MinProperties: 1, PropertyNames: &encode.Schema{Type: "string", MinLength: 1},
		Not: signs,
	}
}

// signs returns a schema that requires one of the signs.
func (d *defs) signs(signs []syntax.Sign) *encode.Schema {
	s := &encode.Schema{}
	for _, sign := range signs {
		asks := requires(sign.Key)
		if sign.Type != nil {
			asks = &encode.Schema{Required: []string{sign.Key}}
			asks.Property(sign.Key, d.schema(sign.Type))
		}
		s.AnyOf = append(s.AnyOf, asks)
	}
	return s
}
