package syntax_test

import (
	"testing"

	"github.com/errspec/errspec/gen/internal/source"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// A field is found in an object in its short form and in its full form.
func TestFindFields(t *testing.T) {
	for params, want := range map[string]int{
		"{p: {type: list, items: {a: {b: int}}}}":                                     49,
		"{p: {type: list, items: {type: object, fields: {a: {b: int}}}}}":             72,
		"{p: {type: list, items: {a: {type: object, fields: {b: int}}}}}":             72,
		"{p: {type: list, items: {a: {type: object, fields: {c: int}}}}}":             60,
		"{p: {type: list, items: {a: {type: object, fields: {b: {type: bool}}}}}}":    69,
		"{p: {type: list, items: {a: {b: {type: bool, optional: true}, c: string}}}}": 46,
	} {
		src := entry("status: 400", "message: x", "params: "+params)
		written, list := syntax.Parse(source.New("catalog.yaml", []byte(src), nil))
		if all := list.All(); len(all) > 0 {
			t.Fatalf("%s: %v", params, all)
		}
		span := written.Groups[0].Errors[0].Find("params", "p", "items", "fields", "a", "fields", "b")
		if span.Col != want {
			t.Errorf("%s: the field is found in column %d, want %d", params, span.Col, want)
		}
	}
}
