package syntax

import (
	"fmt"
	"slices"

	"gopkg.in/yaml.v3"
)

// People leave out a level of the format: they write codes where groups belong, or the codes of a
// group right below its name. What follows recognizes that, and writes it as the format has it.

// held returns the list of objects that a type cannot do without, as a group its errors; nil if
// there is none.
func (t *Type) held() *Field {
	for f := range t.Fields {
		if field := &t.Fields[f]; field.Required && field.Type.Kind == List &&
			field.Type.Item.Kind == Object {
			return field
		}
	}
	return nil
}

// elements returns the elements of a type that a node is: each entry of a mapping is one, under its
// name, or each element of a list. It is nil if not all of them are.
func (t *Type) elements(n *yaml.Node) []*yaml.Node {
	var all []*yaml.Node
	switch n = resolve(n); n.Kind {
	case yaml.SequenceNode:
		for _, item := range n.Content {
			form := resolve(item)
			if _, own := child(form, t.Fields[t.namingField()].Key); own == nil {
				form, _ = t.named(item)
			}
			if form == nil || !t.resembles(form) {
				return nil
			}
			all = append(all, form)
		}
	case yaml.MappingNode:
		for i := 0; i < len(n.Content); i += 2 {
			form, _ := t.named(pairOf(n.Content[i], n.Content[i+1]))
			if form == nil || resolve(n.Content[i+1]).Kind != yaml.MappingNode {
				return nil
			}
			all = append(all, form)
		}
	}
	return all
}

// heldIn returns the list that a type holds, if a node is all of it; else nil.
func (t *Type) heldIn(n *yaml.Node) *yaml.Node {
	held := t.held()
	if held == nil {
		return nil
	}
	elements := held.Type.Item.elements(n)
	if elements == nil {
		return nil
	}
	list := *resolve(n)
	list.Kind, list.Tag, list.Content = yaml.SequenceNode, "!!seq", elements
	return &list
}

// resembles reports whether a mapping has keys of a type, and else only misspelt ones.
func (t *Type) resembles(n *yaml.Node) bool {
	known := false
	for i := 0; i < len(n.Content); i += 2 {
		key := resolve(n.Content[i]).Value
		known = known || t.field(key) >= 0
		if t.field(key) < 0 && t.near(key) == "" && !isExtension(key) {
			return false
		}
	}
	return known
}

// skipped reports whether an element of a list of the type is, instead, one of the list that the
// type holds, or several by their names.
func (t *Type) skipped(n *yaml.Node) bool {
	n = resolve(n)
	if t.Kind != Object || n.Kind != yaml.MappingNode || t.held() == nil {
		return false
	}
	item := t.held().Type.Item
	if _, named := child(n, item.Fields[item.namingField()].Key); named != nil {
		return fieldsOnly(n, item) && !fieldsOnly(n, t)
	}
	return item.elements(n) != nil
}

// owns reports whether a pair belongs to an element of the type: as one of its keys, or as an
// element under its name, of the type or of the list that it holds.
func (t *Type) owns(k, v *yaml.Node) bool {
	if t.Kind != Object {
		return false
	}
	pair, held := pairOf(k, v), t.held()
	return t.field(k.Value) >= 0 || t.elements(pair) != nil ||
		held != nil && (t.alias(k.Value) == held.Key || held.Type.Item.field(k.Value) >= 0 ||
			held.Type.Item.elements(pair) != nil)
}

// below says how to write a pair that belongs to an element of a list below the list's key.
func (f *Field) below(k, v *yaml.Node) string {
	item := f.Type.Item
	if form, _ := item.named(pairOf(k, v)); form != nil {
		return fmt.Sprintf("put it into a list, as in `%s: [%s]`", f.Key, item.shown(form))
	}
	if held := item.held(); held != nil {
		elements := held.Type.Item.elements(pairOf(k, v))
		if item.field(k.Value) < 0 && held.Type.Item.field(k.Value) >= 0 {
			elements = []*yaml.Node{pairOf(k, v)}
		}
		if elements != nil {
			return fmt.Sprintf("put it into the %q of %s, as in `%s: %s`", held.Key, article(item.Name),
				f.Key, f.exampleWith(keyed(held.Key), sequenceOf(elements)))
		}
		if item.alias(k.Value) == held.Key {
			k = keyed(held.Key)
		}
	}
	return fmt.Sprintf("%q is a key of %[2]s: write it there, as in `%[3]s: %[4]s`",
		k.Value, article(item.Name), f.Key, f.exampleWith(k, v))
}

// around is a type's object around elements of the list that it holds, as short as it may be.
func (t *Type) around(elements []*yaml.Node) string {
	name := &t.Fields[t.namingField()]
	form := yaml.Node{Kind: yaml.MappingNode, Content: []*yaml.Node{
		keyed(name.Key), keyed(name.Examples[0]), keyed(t.held().Key), sequenceOf(elements),
	}}
	return t.shown(&form)
}

// shown writes an object on one line, with the first element of the list that it holds, and with a
// title, which a group needs.
func (t *Type) shown(form *yaml.Node) string {
	held := t.held()
	if held == nil {
		return "{" + membersOf(form, "") + "}"
	}
	if _, title := child(form, "title"); title == nil && t.field("title") >= 0 {
		whole := *form
		whole.Content = slices.Insert(slices.Clone(form.Content), 2, keyed("title"), keyed("…"))
		form = &whole
	}
	return "{" + firstOf(form, 3, func(k, v *yaml.Node) string {
		if v = resolve(v); k.Value != held.Key || v.Kind != yaml.SequenceNode || len(v.Content) == 0 {
			return brief(k) + ": " + brief(v)
		}
		more := ""
		if len(v.Content) > 1 {
			more = ", …"
		}
		return brief(k) + ": [" + brief(v.Content[0]) + more + "]"
	}) + "}"
}

func keyed(text string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: text}
}

func pairOf(k, v *yaml.Node) *yaml.Node {
	return &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Content: []*yaml.Node{k, v}}
}

func sequenceOf(elements []*yaml.Node) *yaml.Node {
	return &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq", Content: elements}
}
