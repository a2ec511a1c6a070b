package reference

import (
	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/value"
)

// A Word is a piece of a phrase. Code is a name or a value, which a page sets apart.
type Word struct {
	Text string
	Code bool
}

// ParamType returns the phrase that says what a param may be: "one of image, video", "list of objects: field string".
func ParamType(p *catalog.Param) []Word {
	switch {
	case len(p.Enum) > 0:
		words := []Word{{Text: "one of "}}
		for i, v := range p.Enum {
			words = append(words, comma(i, Word{Shown(value.Value{Kind: value.String, Str: v.Value}), true})...)
		}
		return words
	case p.Kind != value.List:
		return []Word{{Text: p.Kind.String()}}
	case p.Items == nil:
		return []Word{{Text: "list"}}
	case len(p.Items.Fields) == 0:
		return []Word{{Text: "list of " + p.Items.Kind.String()}}
	default:
		words := []Word{{Text: "list of objects: "}}
		for i, f := range p.Items.Fields {
			words = append(words, comma(i, Word{f.Name, true}, Word{Text: " " + f.Kind.String()})...)
		}
		return words
	}
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
