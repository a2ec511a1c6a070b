package breaking_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/message"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/source"
	"github.com/errspec/errspec/gen/internal/value"
)

// quiet are the fields of a resolved catalog that no edit has to itself, and why no change of one
// is told.
var quiet = map[string]string{
	"Envelope.Sample.Given":            "the sample itself is what counts",
	"Envelope.CodeHeaders.Name":        "follows from the headers",
	"Envelope.CodeHeaders.Before":      "follows from the headers",
	"Envelope.CodeHeaders.After":       "follows from the headers",
	"Envelope.CodeHeaders.Open":        "follows from the headers",
	"Groups.Entries.Group":             "a place in a list: the group's id is what counts",
	"Groups.Suffix":                    "follows from the anchor",
	"Groups.Entries.Suffix":            "follows from the anchor",
	"Groups.Entries.Variants.Readable": "follows from the message",
	"Groups.Entries.Retry.Name":        "nobody sees what a policy is called",
	"Retired.Suffix":                   "follows from the anchor",
	"Docs.Sections.Suffix":             "follows from the anchor",
}

// TestEachFieldHasAnEdit compares the edits with the model: there is one for each field, or a
// reason why there is none. Whoever gives the catalog a new field is reminded here that its changes
// must be reported.
func TestEachFieldHasAnEdit(t *testing.T) {
	seen := map[string]bool{}
	none := make([]bool, len(edits))
	before := resolve(t, yamlOf(none))
	for i := range edits {
		if edits[i].there == "" {
			continue
		}
		made := slices.Clone(none)
		made[i] = true
		differences(reflect.ValueOf(before), reflect.ValueOf(resolve(t, yamlOf(made))), "", seen)
	}
	known := map[string]bool{}
	fields(reflect.TypeFor[catalog.Catalog](), "", func(path string) {
		known[path] = true
		switch why, isQuiet := quiet[path]; {
		case !seen[path] && !isQuiet:
			t.Errorf("no edit changes %s: add one, or say in quiet why its changes are not told", path)
		case seen[path] && isQuiet:
			t.Errorf("an edit changes %s, which is said to be told by none: %s", path, why)
		}
	})
	for path := range quiet {
		if !known[path] {
			t.Errorf("the catalog has no field %s", path)
		}
	}
}

func resolve(t *testing.T, yaml string) *catalog.Catalog {
	t.Helper()
	c, list := pipeline.Load(source.New("catalog.yaml", []byte(yaml), nil))
	if c == nil {
		t.Fatalf("%v\n%s", list.All(), yaml)
	}
	return c
}

// fields visits the fields of the catalog's types, by the paths to them.
func fields(t reflect.Type, path string, visit func(path string)) {
	switch {
	case whole(t, path):
		visit(path)
	case t.Kind() == reflect.Slice, t.Kind() == reflect.Pointer:
		fields(t.Elem(), path, visit)
	default:
		for i := range t.NumField() {
			fields(t.Field(i).Type, strings.TrimPrefix(path+"."+t.Field(i).Name, "."), visit)
		}
	}
}

// whole reports whether what has a type is compared as a whole: scalars, lists of them, what has
// its own comparison by parts, and references from one code to another.
func whole(t reflect.Type, path string) bool {
	switch path {
	case "Policies", "RetryDefault": // their fields are seen in codes
		return true
	}
	if strings.HasSuffix(path, "Fields.Type") { // a type within a type has the fields of one
		return true
	}
	switch t {
	case reflect.TypeFor[*catalog.Type]():
		return true
	case reflect.TypeFor[*catalog.Entry]():
		return path != "Groups.Entries"
	case reflect.TypeFor[[]*catalog.Entry]():
		return path != "Groups.Entries"
	case reflect.TypeFor[catalog.Node](), reflect.TypeFor[value.Value](),
		reflect.TypeFor[message.Template](), reflect.TypeFor[diag.Span]():
		return true
	}
	switch t.Kind() {
	case reflect.Slice:
		return t.Elem().Kind() != reflect.Struct
	case reflect.Pointer, reflect.Struct:
		return false
	default:
		return true
	}
}

// differences notes the paths of the fields that are not the same. Elements of lists are compared
// by name.
func differences(a, b reflect.Value, path string, seen map[string]bool) {
	switch t := a.Type(); {
	case whole(t, path):
		if !same(a, b) {
			seen[path] = true
		}
	case t.Kind() == reflect.Slice:
		for i := range a.Len() {
			if j := position(b, named(a.Index(i), i)); j >= 0 {
				differences(a.Index(i), b.Index(j), path, seen)
			} else {
				seen[path+"."+nameOf(t.Elem())] = true
			}
		}
		if a.Len() < b.Len() {
			seen[path+"."+nameOf(t.Elem())] = true
		}
	case t.Kind() == reflect.Pointer:
		if a.IsNil() || b.IsNil() {
			seen[path] = seen[path] || a.IsNil() != b.IsNil()
			return
		}
		differences(a.Elem(), b.Elem(), path, seen)
	default:
		for i := range t.NumField() {
			differences(a.Field(i), b.Field(i), strings.TrimPrefix(path+"."+t.Field(i).Name, "."), seen)
		}
	}
}

func same(a, b reflect.Value) bool {
	x, y := a.Interface(), b.Interface()
	switch x := x.(type) {
	case diag.Span:
		return true // nothing but where it is written
	case *catalog.Entry:
		return x == nil && y.(*catalog.Entry) == nil ||
			x != nil && y.(*catalog.Entry) != nil && x.Code == y.(*catalog.Entry).Code
	case []*catalog.Entry:
		return slices.EqualFunc(x, y.([]*catalog.Entry), func(x, y *catalog.Entry) bool {
			return x.Code == y.Code
		})
	case message.Template:
		return x.String() == y.(message.Template).String()
	default:
		return reflect.DeepEqual(x, y)
	}
}

// nameOf returns the field that tells the elements of a list apart, "" if only their order does.
func nameOf(t reflect.Type) string {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	for _, name := range []string{"Code", "ID", "Name", "Key", "Value"} {
		if _, ok := t.FieldByName(name); ok {
			return name
		}
	}
	return ""
}

func named(element reflect.Value, at int) any {
	if element.Kind() == reflect.Pointer {
		element = element.Elem()
	}
	if name := nameOf(element.Type()); name != "" {
		return element.FieldByName(name).Interface()
	}
	return at
}

func position(list reflect.Value, name any) int {
	for i := range list.Len() {
		if named(list.Index(i), i) == name {
			return i
		}
	}
	return -1
}
