package syntax

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/unseen"
)

// report adds an error about the current place.
func (w *walker) report(d diag.Diagnostic) {
	d.Severity, d.Path = diag.Error, w.currentKeyPath()
	w.list.Add(d)
}

func (w *walker) lastKey() string {
	for _, step := range slices.Backward(w.path) {
		if step.key != "" {
			return step.key
		}
	}
	return ""
}

func quotable(text string) bool {
	return text != "" && utf8.RuneCountInString(text) <= 40 && !strings.ContainsAny(text, "\n")
}

// form says what a type looks like in a catalog, with its article.
func (t *Type) form() string {
	switch t.Kind {
	case Text:
		if t.Path {
			return "a path"
		}
		return "a text"
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

// unknownKey reports a key that the object does not have, whose value is v. It returns the index of
// the field that was meant, for the walker to go on as if the key had been written right, or -1: a
// misspelt `message` is one mistake, not a missing message and unused params as well. written are
// the fields that the object has already, as a mask.
func (w *walker) unknownKey(k, v *yaml.Node, t *Type, written uint64) int {
	if f := t.field(strings.Map(visible, k.Value)); f >= 0 && written&(1<<f) == 0 {
		return f // what nobody sees in it is reported already
	}
	d := diag.Diagnostic{
		Rule: rule.UnknownKey, Span: w.place(k),
		Message: fmt.Sprintf("%s has no key %q", article(t.Name), k.Value),
	}
	meant := -1
	if near := t.meant(k, v); near != "" {
		f := t.field(near)
		d.Message += fmt.Sprintf("; did you mean %q?", near)
		if d.Help = fmt.Sprintf("write %q", near); written&(1<<f) == 0 {
			meant = f
		} else {
			d.Help = fmt.Sprintf("remove it; %q is also present", near)
		}
	} else {
		d.Help = t.insteadOf(k, v, written)
	}
	w.report(d)
	return meant
}

// near returns the key that a word most likely means, or "".
func (t *Type) near(word string) string {
	if key := t.alias(word); key != "" {
		return key
	}
	return diag.Nearest(word, t.keys())
}

// meant returns the key that a pair most likely means, or "": if its value is one of a field's
// choices, the key is of that field, as in `backoff: exponential`.
func (t *Type) meant(k, v *yaml.Node) string {
	near := t.near(k.Value)
	v = resolve(v)
	if v.Kind != yaml.ScalarNode || near != "" && fits(v, t.Fields[t.field(near)].Type) &&
		isTextual(t.Fields[t.field(near)].Type) {
		return near
	}
	for i := range t.Fields {
		if has(t.Fields[i].Type.Choices, v.Value) {
			return t.Fields[i].Key
		}
	}
	return near
}

func (t *Type) keys() []string {
	keys := make([]string, len(t.Fields))
	for i := range t.Fields {
		keys[i] = t.Fields[i].Key
	}
	return keys
}

// insteadOf says what to write instead of a key that the object does not have.
func (t *Type) insteadOf(k, v *yaml.Node, written uint64) string {
	if instead := t.Instead[strings.ToLower(k.Value)]; instead != "" {
		return instead
	}
	if f := t.holder(k, v, written); f >= 0 && t.Fields[f].Type.Kind == Free {
		return fmt.Sprintf("put these keys below `%s`, as in `%[1]s: {%s: %s}`",
			t.Fields[f].Key, brief(k), brief(v))
	} else if f >= 0 {
		return t.Fields[f].below(k, v)
	}
	help := fmt.Sprintf("%s has the keys %s", article(t.Name), list(t.keys(), "and"))
	if owners := ownersOf(k.Value); owners != nil {
		help = fmt.Sprintf("%q is a key %s: write it there; %s", k.Value, list(owners, "and"), help)
	}
	return help
}

// exampleWith is the example of a list of objects, in which a key has the author's value.
func (f *Field) exampleWith(k, v *yaml.Node) string {
	value := brief(v)
	own := f.Type.Item.field(k.Value)
	if v = resolve(v); v.Kind == yaml.SequenceNode && len(v.Content) > 0 {
		first := brief(v.Content[0])
		if own >= 0 {
			first = f.Type.Item.Fields[own].Type.element(v.Content[0])
		}
		value = "[" + first + "]"
	}
	if own >= 0 {
		if form := rewritten(f.Type.Item.Fields[own].Type, k.Value, v); form != "" {
			value = strings.TrimPrefix(form, k.Value+": ")
		}
	}
	re := regexp.MustCompile(`\b` + regexp.QuoteMeta(k.Value) + `: (\[\]|[\w ]+)`)
	return re.ReplaceAllLiteralString(f.Examples[0], k.Value+": "+value)
}

// element writes an element of a list on one line, as the format has it.
func (t *Type) element(n *yaml.Node) string {
	n = resolve(n)
	if t.Kind != List || t.Item.Kind != Object {
		return brief(n)
	}
	switch form, is := t.Item.named(n); {
	case n.Kind == yaml.ScalarNode:
		return cmp.Or(t.Item.sample(n), brief(n))
	case form != nil:
		return brief(form)
	case is:
		return t.Item.sampleOf(n.Content[0], resolve(n.Content[1]))
	default:
		return brief(n)
	}
}

// levelSkipped reports an element of a list that is not of the list's type, but of that of the list
// which the type holds: an error where a group belongs.
func (w *walker) levelSkipped(n *yaml.Node, t *Type) {
	held := t.held()
	d := diag.Diagnostic{
		Rule: rule.WrongType, Span: w.place(n),
		Message: fmt.Sprintf("%s must be %s; this is %s", w.subject(), article(t.Name),
			article(held.Type.Item.Name)),
		Help: fmt.Sprintf("put it into the %q of %s", held.Key, article(t.Name)),
	}
	if at := len(w.path) - 2; at >= 0 && w.path[at].field != nil {
		elements := held.Type.Item.elements(n)
		if elements == nil {
			elements = []*yaml.Node{n}
		}
		d.Help += fmt.Sprintf(", as in `%s: %s`", w.path[at].key,
			w.path[at].field.exampleWith(keyed(held.Key), sequenceOf(elements)))
	}
	w.report(d)
}

// visible drops what nobody sees.
func visible(r rune) rune {
	if unseen.Suspect(r) {
		return -1
	}
	return r
}

// holder returns the list that an object needs and does not have, and to whose elements a pair
// beside it belongs, or such a value that may have any keys; -1 if there is none. A missing level
// is one mistake, not an unknown key and a missing key.
func (t *Type) holder(k, v *yaml.Node, written uint64) int {
	for f := range t.Fields {
		field := &t.Fields[f]
		if (field.Required || field.InParts) && written&(1<<f) == 0 && !t.elsewhere(f, written) &&
			(field.Type.Kind == Free || field.Type.Kind == List && field.Type.Item.owns(k, v)) {
			return f
		}
	}
	return -1
}

// named reports whether the name of a list's element was written as its first key, as in
// `- NOT_FOUND:`. form is the element as the format has it; nil if it must be guessed, as in
// `- NOT_FOUND: not found`.
func (t *Type) named(n *yaml.Node) (form *yaml.Node, is bool) {
	n = resolve(n)
	if t.Kind != Object || n.Kind != yaml.MappingNode || len(n.Content) == 0 {
		return nil, false
	}
	name := t.namingField()
	k, v := n.Content[0], resolve(n.Content[1])
	if name < 0 || k.Tag != "!!str" && k.Tag != "!!int" || t.near(k.Value) != "" ||
		isExtension(k.Value) || t.Instead[strings.ToLower(k.Value)] != "" {
		return nil, false
	}
	if _, own := child(n, t.Fields[name].Key); own != nil {
		return nil, false
	}
	whole := *n
	asKey := func(f int) *yaml.Node {
		key := *k
		key.Tag, key.Value = "!!str", t.Fields[f].Key
		return &key
	}
	whole.Content = []*yaml.Node{asKey(name), k}
	switch rest := n.Content[2:]; {
	case describe(v) == empty:
		whole.Content = append(whole.Content, rest...)
	case v.Kind == yaml.MappingNode && t.resembles(v) && len(rest) == 0:
		whole.Content = append(whole.Content, v.Content...)
	case t.heldIn(v) != nil && (len(rest) == 0 || fieldsOnly(&yaml.Node{Content: rest}, t)):
		whole.Content = append(whole.Content, asKey(t.field(t.held().Key)), t.heldIn(v))
		whole.Content = append(whole.Content, rest...)
	case v.Kind != yaml.ScalarNode || len(rest) == 0:
		return nil, v.Kind == yaml.ScalarNode
	case k.Value == strings.ToLower(k.Value) || !fieldsOnly(&yaml.Node{Content: rest}, t):
		return nil, false // an unknown key: names in lower case look like one
	default:
		f := t.valueField(v)
		if _, own := child(n, t.Fields[f].Key); own == nil && f != name {
			whole.Content = append(whole.Content, asKey(f), v)
		}
		whole.Content = append(whole.Content, rest...)
	}
	return &whole, true
}

// nameAsKey reports an element of a list whose name was written as a key.
func (w *walker) nameAsKey(n *yaml.Node, t *Type) {
	n = resolve(n)
	k, key := n.Content[0], t.Fields[t.namingField()].Key
	help := fmt.Sprintf("write `%s: %s`", key, brief(k))
	switch v := resolve(n.Content[1]); {
	case describe(v) == empty:
	case v.Kind == yaml.ScalarNode && len(n.Content) == 2:
		help = fmt.Sprintf("write `%s`", t.sampleOf(k, v))
	case v.Kind == yaml.ScalarNode:
		help += fmt.Sprintf(" and `%s: %s`", t.Fields[t.valueField(v)].Key, brief(v))
	case t.heldIn(v) != nil:
		form, _ := t.named(n)
		help = fmt.Sprintf("write `%s`", t.shown(form))
	case v.Style&yaml.FlowStyle != 0:
		help = fmt.Sprintf("write `{%s: %s, %s}`", key, brief(k), membersOf(v, ""))
	default:
		help += fmt.Sprintf(", and begin the lines below it in the column of `%s`", key)
	}
	w.report(diag.Diagnostic{
		Rule: rule.UnknownKey, Span: w.place(k),
		Message: fmt.Sprintf("%s has no key %q", article(t.Name), k.Value), Help: help,
	})
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

// ownersOf returns the objects of the format that have a key, as in "of an error"; nil if there are
// none, or too many to help.
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
	seen := map[*Type]bool{} // types of params contain each other
	var visit func(t *Type)
	visit = func(t *Type) {
		if t == nil || seen[t] {
			return
		}
		seen[t] = true
		for i := range t.Fields {
			f := &t.Fields[i]
			if name := "of " + article(t.Name); !slices.Contains(byKey[f.Key], name) {
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
	// There is an example; see TestFormatIsDocumented.
	help := fmt.Sprintf("add it, as in `%s: %s`", f.Key, f.Examples[0])
	if f.Unless != "" {
		help += fmt.Sprintf(", here or in a file that `%s` names", f.Unless)
	}
	w.report(diag.Diagnostic{
		Rule: rule.MissingKey, Span: w.place(at),
		Message: fmt.Sprintf("this %s has no %q", t.Name, f.Key), Help: help,
	})
}

func (w *walker) duplicate(k, first *yaml.Node) {
	w.report(diag.Diagnostic{
		Rule: rule.DuplicateKey, Span: w.place(k),
		Message: fmt.Sprintf("the key %q appears twice in one mapping", k.Value),
		Help:    "remove one of them",
		Notes:   []diag.Note{{Span: w.place(first), Message: "first written here"}},
	})
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
