package reference

import (
	"slices"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/value"
)

// A Word is a piece of a phrase. Code is a name or a value, which a page sets apart.
type Word struct {
	Text string
	Code bool
}

// ParamType returns the phrase that says what a param may be: "one of image, video", "list of objects: field string". A duration, which a
// message shows with its unit, is a mere number in the body: there the phrase says of what.
func ParamType(body *catalog.Node, p *catalog.Param) []Word {
	switch {
	case len(p.Enum) > 0:
		words := []Word{{Text: "one of "}}
		for i, v := range p.Enum {
			words = append(words, comma(i, Word{Shown(value.Value{Kind: value.String, Str: v.Value}), true})...)
		}
		return words
	case p.Kind == value.Duration && carries(body, p.Name):
		return []Word{{Text: "duration, in the body in seconds"}}
	case p.Kind != value.List:
		return []Word{{Text: p.Kind.String()}}
	case p.Items == nil:
		return []Word{{Text: "list"}}
	case len(p.Items.Fields) == 0:
		return []Word{{Text: "list of " + plural(p.Items.Kind)}}
	default:
		words := []Word{{Text: "list of objects: "}}
		for i, f := range p.Items.Fields {
			words = append(words, comma(i, Word{f.Name, true}, Word{Text: " " + inList(f.Kind)})...)
		}
		return words
	}
}

// plural returns the name of several values of a kind. Lists are in bodies alone.
func plural(k value.Kind) string {
	switch k {
	case value.Bytes:
		return "bytes"
	case value.Duration:
		return "durations in seconds"
	default:
		return k.String() + "s"
	}
}

// inList returns the name of a kind as that of a field.
func inList(k value.Kind) string {
	if k == value.Duration {
		return "duration in seconds"
	}
	return k.String()
}

// carries reports whether a param is a value of its own in the body.
func carries(n *catalog.Node, name string) bool {
	switch n.Kind {
	case catalog.NodeObject:
		return slices.ContainsFunc(n.Members, func(m catalog.Member) bool { return carries(&m.Node, name) })
	case catalog.NodeArray:
		return slices.ContainsFunc(n.Items, func(item catalog.Node) bool { return carries(&item, name) })
	case catalog.NodeRole, catalog.NodeSpread:
		return n.Role == catalog.RoleParams || n.Role == catalog.RoleParam && n.Key == name
	case catalog.NodeConst, catalog.NodeText:
	}
	return false
}

// Shown returns a value as readers see it where nothing but it stands: as in a message, or "" in quotes where that would be nothing to
// see. A list with nothing in it, which no message shows, is nothing.
func Shown(v value.Value) string {
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
