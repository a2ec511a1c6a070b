package reference

import (
	"iter"
	"slices"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/value"
)

// A Word is a piece of a phrase. Code is a name or a value, which a page sets apart.
type Word struct {
	Text string
	Code bool
}

// ParamType returns the phrase that says what a param may be: "one of image, video", "list of
// objects". A duration, which a message shows with its unit, is a mere number in the body: there
// the phrase says of what.
func ParamType(body *catalog.Node, p *catalog.Param) []Word {
	if p.Kind == value.Duration && carries(body, p.Name) {
		return []Word{{Text: "duration, in the body in seconds"}}
	}
	if !p.Kind.InBodyOnly() && p.Enum == nil {
		return []Word{{Text: p.Kind.String()}}
	}
	return typeWords(&p.Type)
}

// typeWords returns the phrase for a type of data in the body.
func typeWords(t *catalog.Type) []Word {
	switch {
	case t.Enum != nil:
		return append([]Word{{Text: "one of "}}, enumWords(t)...)
	case t.Elem != nil:
		words := []Word{{Text: t.Kind.String() + " of " + plural(t.Elem)}}
		for t = t.Elem; t.Elem != nil; t = t.Elem {
		}
		if t.Enum != nil {
			words[0].Text += ", each one of "
			words = append(words, enumWords(t)...)
		}
		return words
	case t.Kind == value.JSON:
		return []Word{{Text: "any JSON"}}
	case t.Kind == value.Duration:
		return []Word{{Text: "duration in seconds"}}
	default:
		return []Word{{Text: t.Kind.String()}}
	}
}

func enumWords(t *catalog.Type) (words []Word) {
	for i, v := range t.Enum {
		word := Word{Shown(value.Value{Kind: value.String, Str: v.Value}), true}
		words = append(words, comma(i, word)...)
	}
	return words
}

// plural returns the name of several values of a type. They are in bodies alone.
func plural(t *catalog.Type) string {
	switch {
	case t.Elem != nil:
		return t.Kind.String() + "s of " + plural(t.Elem)
	case t.Kind == value.Bytes:
		return "bytes"
	case t.Kind == value.Duration:
		return "durations in seconds"
	case t.Kind == value.JSON:
		return "JSON values"
	default:
		return t.Kind.String() + "s"
	}
}

// A Field is a field of an object in a param.
type Field struct {
	Path     string // causes[].field; .* stands for each key of a map
	Type     []Word
	Optional bool
}

// Fields yields the fields of the objects in a param, each after the object that it is in.
func Fields(p *catalog.Param) iter.Seq[Field] {
	return func(yield func(Field) bool) { fields(&p.Type, p.Name, yield) }
}

func fields(t *catalog.Type, path string, yield func(Field) bool) bool {
	for ; t.Elem != nil; t = t.Elem {
		if path += "[]"; t.Kind == value.Map {
			path = strings.TrimSuffix(path, "[]") + ".*"
		}
	}
	for i := range t.Fields {
		f := &t.Fields[i]
		at := path + step(f.Name)
		if !yield(Field{at, typeWords(&f.Type), f.Optional}) || !fields(&f.Type, at, yield) {
			return false
		}
	}
	return true
}

// carries reports whether a param is a value of its own in the body.
func carries(n *catalog.Node, name string) bool {
	switch n.Kind {
	case catalog.NodeObject:
		return slices.ContainsFunc(n.Members, func(m catalog.Member) bool {
			return carries(&m.Node, name)
		})
	case catalog.NodeArray, catalog.NodeOr, catalog.NodeEach:
		return slices.ContainsFunc(n.Items, func(item catalog.Node) bool { return carries(&item, name) })
	case catalog.NodeRole, catalog.NodeSpread:
		return n.Role == catalog.RoleParams || n.Role == catalog.RoleParam && n.Key == name
	case catalog.NodeConst, catalog.NodeText:
	}
	return false
}

// Shown returns a value as readers see it where nothing but it stands: as in a message, or "" in
// quotes where that would be nothing to see. What no message shows is nothing: the example of the
// body has it.
func Shown(v value.Value) string {
	if !v.HasText() {
		return ""
	}
	if v.Kind == value.String && v.Str == "" {
		return `""`
	}
	return v.Text()
}

// comma puts a comma before words that are not the first of a series.
func comma(i int, words ...Word) []Word {
	if i == 0 {
		return words
	}
	return append([]Word{{Text: ", "}}, words...)
}
