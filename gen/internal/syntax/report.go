package syntax

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/unseen"
)

func (w *walker) report(id string, span diag.Span, message, help string, notes ...diag.Note) {
	w.list.Add(diag.Diagnostic{
		Severity: diag.Error, Rule: id, Span: span, Path: w.currentKeyPath(), Message: message, Help: help, Notes: notes,
	})
}

// wrongKind reports a node that is not what should stand in its place. sample is YAML that could; "" is that of the key's field.
func (w *walker) wrongKind(n *yaml.Node, want, sample string) {
	n = resolve(n)
	what := "the file"
	if len(w.path) > 0 {
		if what = w.path[len(w.path)-1].key; what != "" {
			what = fmt.Sprintf("%q", what)
		} else {
			what = "an element of " + fmt.Sprintf("%q", w.lastKey())
		}
	}
	help, removal := "write "+want, "remove the key"
	if len(w.path) > 0 && want == "a mapping" {
		at := w.path[len(w.path)-1]
		if sample == "" && at.field != nil && len(at.field.Examples) > 0 {
			sample = at.field.Examples[len(at.field.Examples)-1]
		}
		if sample != "" && at.key != "" {
			help += fmt.Sprintf(", as in `%s: %s`", at.key, sample)
		}
	}
	if len(w.path) > 0 && w.path[len(w.path)-1].key == "" {
		removal = "remove the element"
	}
	switch {
	case len(w.path) == 0:
		help = "begin with `version: 1`; `errspec init` writes a catalog to start from"
	case n.Kind == yaml.ScalarNode && n.Tag == "!!null" && n.Value == "" && !w.path[len(w.path)-1].isRequired():
		help = "write " + want + ", or " + removal
	case n.Kind == yaml.MappingNode && strings.HasPrefix(want, "a list"):
		help = "write a list: each of its elements begins with `- `"
	case n.Kind == yaml.ScalarNode && n.Tag == "!!null":
		help = fmt.Sprintf("write %s, or %s; if the text %q is meant, put it in quotes", want, removal, n.Value)
	case n.Kind == yaml.ScalarNode && strings.HasPrefix(want, "a list") && quotable(n.Value):
		help = fmt.Sprintf("write %s: [%s]", want, n.Value)
	}
	w.report(rule.WrongType, w.place(n), fmt.Sprintf("%s must be %s; this is %s", what, want, describe(n)), help)
}

// isRequired reports whether the key can not be left out.
func (s step) isRequired() bool { return s.field != nil && s.field.Required }

// sample is an object as short as it may be, with what stands in its place as the value that it needs, if that can be: a param that is
// written as `string` is a `{type: string}`. It is "" if the object needs nothing.
func (t *Type) sample(n *yaml.Node) string {
	var members []string
	for i := range t.Fields {
		f := &t.Fields[i]
		if !f.Required || len(f.Examples) == 0 {
			continue
		}
		text := f.Examples[0]
		if n = resolve(n); n.Kind == yaml.ScalarNode && has(f.Type.Choices, n.Value) {
			text = n.Value
		}
		members = append(members, f.Key+": "+text)
	}
	if members == nil {
		return ""
	}
	return "{" + strings.Join(members, ", ") + "}"
}

func (w *walker) lastKey() string {
	for _, step := range slices.Backward(w.path) {
		if step.key != "" {
			return step.key
		}
	}
	return ""
}

// describe says what a node is, in the author's words if they are short.
func describe(n *yaml.Node) string {
	switch {
	case n.Kind == yaml.SequenceNode:
		return "a list"
	case n.Kind == yaml.MappingNode:
		return "a mapping"
	case n.Tag == "!!null" && n.Value == "":
		return "empty"
	case n.Tag == "!!null":
		return "null (" + n.Value + ")"
	case quotable(n.Value):
		return fmt.Sprintf("the text %q", n.Value)
	default:
		return "a text"
	}
}

func quotable(text string) bool {
	return text != "" && utf8.RuneCountInString(text) <= 40 && !strings.ContainsAny(text, "\n")
}

// form says what a type looks like in a catalog, with its article.
func (t *Type) form() string {
	switch t.Kind {
	case Int:
		return "a whole number"
	case Number:
		return "a number"
	case Bool:
		return "true or false"
	case Duration:
		return "a duration"
	case Literal:
		return "a scalar or a list of scalars"
	case List:
		return "a list"
	case Map, Object:
		return "a mapping"
	default:
		return "a text"
	}
}

// unknownKey reports a key that the object does not have. It returns the index of the field that was meant, for the walker to go on
// as if the key had been written right, or -1: a misspelt `message` is one mistake, not a missing message and unused params as well.
// written are the fields that the object has already, as a mask.
func (w *walker) unknownKey(k *yaml.Node, t *Type, written uint64) int {
	if f := t.field(strings.Map(visible, k.Value)); f >= 0 && written&(1<<f) == 0 {
		return f // what nobody sees in it is reported already
	}
	known := make([]string, len(t.Fields))
	for i := range t.Fields {
		known[i] = t.Fields[i].Key
	}
	meant, hint := -1, ""
	help := fmt.Sprintf("%s has the keys %s", article(t.Name), list(known, "and"))
	near := t.alias(k.Value)
	if near == "" {
		near = diag.Nearest(k.Value, known)
	}
	if near != "" {
		if f := t.field(near); written&(1<<f) == 0 {
			meant, help = f, fmt.Sprintf("write %q", near)
		} else {
			help = fmt.Sprintf("remove it; %q is here as well", near)
		}
		hint = fmt.Sprintf("; did you mean %q?", near)
	} else if instead := t.Instead[strings.ToLower(k.Value)]; instead != "" {
		help = instead
	} else if f := t.holder(k.Value, written); f >= 0 {
		help = fmt.Sprintf("%q is a key of %s: put it into one, as in `%s: %s`", k.Value, article(t.Fields[f].Type.Item.Name), t.Fields[f].Key, t.Fields[f].Examples[0])
	} else if owners := ownersOf(k.Value); owners != nil {
		help = fmt.Sprintf("%q is a key of %s: put it there; %s", k.Value, list(owners, "and of"), help)
	}
	w.report(rule.UnknownKey, w.place(k), fmt.Sprintf("%s has no key %q%s", article(t.Name), k.Value, hint), help)
	return meant
}

// visible drops what nobody sees.
func visible(r rune) rune {
	if unseen.Suspect(r) {
		return -1
	}
	return r
}

// holder returns the list that an object needs and does not have, in whose elements a key belongs that stands beside it; -1 if there is none.
// Leaving out a level is one mistake, not a key too many and one too few.
func (t *Type) holder(key string, written uint64) int {
	for f := range t.Fields {
		field := &t.Fields[f]
		if field.Required && written&(1<<f) == 0 && !t.elsewhere(f, written) && field.Type.Kind == List && field.Type.Item.field(key) >= 0 {
			return f
		}
	}
	return -1
}

// alias returns the key that is called so elsewhere, or "".
func (t *Type) alias(name string) string {
	name = strings.ToLower(name)
	for i := range t.Fields {
		if slices.Contains(t.Fields[i].Also, name) {
			return t.Fields[i].Key
		}
	}
	return ""
}

// ownersOf returns the objects of the format that have a key, with their articles; nil if there are none, or too many to help.
func ownersOf(key string) []string {
	const tooMany = 4
	if owners := owners()[key]; len(owners) < tooMany {
		return owners
	}
	return nil
}

// owners are the objects of the format by the keys that they have.
var owners = sync.OnceValue(func() map[string][]string {
	byKey := map[string][]string{}
	var visit func(t *Type)
	visit = func(t *Type) {
		if t == nil {
			return
		}
		for i := range t.Fields {
			f := &t.Fields[i]
			if name := article(t.Name); !slices.Contains(byKey[f.Key], name) {
				byKey[f.Key] = append(byKey[f.Key], name)
			}
		}
		visit(t.Item)
		for i := range t.Fields {
			visit(t.Fields[i].Type)
		}
		for _, a := range t.Alternatives {
			visit(a.Type)
		}
	}
	visit(Format())
	return byKey
})

func (w *walker) missingKey(n *yaml.Node, t *Type, f *Field) {
	at := n
	if n.Style&yaml.FlowStyle == 0 && len(n.Content) > 0 {
		at = resolve(n.Content[0])
	}
	help := fmt.Sprintf("add it, as in `%s: %s`", f.Key, f.Examples[0]) // there is one; see TestFormatIsDocumented
	if f.Unless != "" {
		help += fmt.Sprintf(", here or in a file that `%s` names", f.Unless)
	}
	w.report(rule.MissingKey, w.place(at), fmt.Sprintf("this %s has no %q", t.Name, f.Key), help)
}

func (w *walker) duplicate(k, first *yaml.Node) {
	w.report(rule.DuplicateKey, w.place(k), fmt.Sprintf("the key %q stands twice in one mapping", k.Value), "keep one of the two",
		diag.Note{Span: w.place(first), Message: "first written here"})
}

func article(noun string) string {
	if strings.ContainsRune("aeiou", rune(noun[0])) {
		return "an " + noun
	}
	return "a " + noun
}

// list joins words as a sentence does.
func list(words []string, last string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " " + last + " " + words[len(words)-1]
}
