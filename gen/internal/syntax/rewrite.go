package syntax

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

// rewritten returns a node in the form of a type, with the author's names: people write named
// things as a list where the format has a mapping, and the reverse. key is the key of the node; "":
// it is the file. The result is "" if the node cannot be read that way.
func rewritten(t *Type, key string, n *yaml.Node) string {
	var form string
	switch isList, isMapping := n.Kind == yaml.SequenceNode, n.Kind == yaml.MappingNode; {
	case len(n.Content) == 0:
	case t.Kind == OneOf && isList:
		for _, a := range t.Alternatives {
			if a.Type.Kind == Map && form == "" {
				form = asMapping(a.Type, n)
			}
		}
	case t.Kind == List && isMapping:
		form = asList(t, n)
	case t.Kind == Map && isList:
		form = asMapping(t, n)
	case t.Kind == Object && isList:
		return inObject(t, key, n)
	}
	if form == "" || key == "" {
		return ""
	}
	return key + ": " + form
}

// asList writes a mapping as the list of its entries.
func asList(t *Type, n *yaml.Node) string {
	item := t.Item
	if item.Kind != Object {
		return "[" + firstOf(n, 2, func(k, _ *yaml.Node) string { return brief(k) }) + "]"
	}
	name := item.namingField()
	first := resolve(n.Content[0]).Value
	if name < 0 || item.field(first) >= 0 || item.alias(first) != "" {
		return "[" + brief(n) + "]" // one element, without its `- `
	}
	if held := item.held(); held != nil {
		if elements := held.Type.Item.elements(n); elements != nil {
			return "[" + item.around(elements) + "]"
		}
	}
	if v := resolve(n.Content[1]); v.Kind == yaml.SequenceNode && item.heldIn(v) == nil {
		return "" // the key is no name
	}
	return "[" + firstOf(n, 2, func(k, v *yaml.Node) string {
		rest := "…"
		if v = resolve(v); v.Kind == yaml.ScalarNode && describe(v) != empty {
			return item.sampleOf(k, v)
		} else if form, _ := item.named(pairOf(k, v)); form != nil && v.Kind != yaml.ScalarNode {
			return item.shown(form)
		} else if v.Kind == yaml.MappingNode && len(v.Content) > 0 {
			rest = membersOf(v, "")
		}
		return fmt.Sprintf("{%s: %s, %s}", item.Fields[name].Key, brief(k), rest)
	}) + "]"
}

// namingField returns the first required text of an object, by which its elements are told apart;
// -1 if there is none.
func (t *Type) namingField() int {
	return slices.IndexFunc(t.Fields, func(f Field) bool {
		return f.Required && f.Type.Kind == Text && f.Type.Choices == nil
	})
}

// asMapping writes a list as a mapping whose keys are the elements' names; "" if they have none.
func asMapping(t *Type, n *yaml.Node) string {
	var entries []string
	for _, element := range n.Content {
		if len(entries) == 2 {
			entries = append(entries, "…")
			break
		}
		entry := entryOf(t, resolve(element))
		if entry == "" {
			return ""
		}
		entries = append(entries, entry)
	}
	return "{" + strings.Join(entries, ", ") + "}"
}

// nameKeys are the keys under which people write the name of an element, where the format has a
// mapping.
var nameKeys = [...]string{"code", "status", "id", "key", "name", "param", "header"}

// entryOf writes an element of a list as an entry of a mapping.
func entryOf(t *Type, n *yaml.Node) string {
	if k, v, is := strings.Cut(n.Value, ": "); is && n.Kind == yaml.ScalarNode { // as in a response
		n = pairOf(keyed(k), keyed(v))
	}
	switch {
	case n.Kind == yaml.ScalarNode && quotable(n.Value):
		value := "…"
		if isStatus(n.Value) {
			code, _ := strconv.Atoi(n.Value)
			value = "{title: " + http.StatusText(code) + "}"
		} else if sample := t.Item.sample(&yaml.Node{}); sample != "" {
			value = sample
		}
		return brief(n) + ": " + value
	case t.isEntry(n):
		k, v := n.Content[0], resolve(n.Content[1])
		value := brief(v)
		if t.Item.Kind == Object && v.Kind == yaml.ScalarNode {
			value = cmp.Or(t.Item.sample(v), value)
		}
		return brief(k) + ": " + value
	case n.Kind != yaml.MappingNode:
		return ""
	}
	for _, key := range nameKeys {
		_, name := child(n, key)
		if name == nil || resolve(name).Kind != yaml.ScalarNode {
			continue
		}
		rest := "{" + membersOf(n, key) + "}"
		if _, value := child(n, "value"); value != nil && len(n.Content) == 4 {
			rest = brief(value)
		} else if _, kind := child(n, "type"); kind != nil && len(n.Content) == 4 && t.Item.Kind == Text {
			rest = brief(kind)
		}
		return brief(name) + ": " + rest
	}
	return ""
}

// isStatus reports whether a text is an HTTP status: the only numbers that stand for something.
func isStatus(text string) bool {
	code, err := strconv.Atoi(text)
	return err == nil && http.StatusText(code) != ""
}

// isEntry reports whether an element of a list is an entry of a mapping: `- id: string` is a param
// that is called id, and `- id: user` is one that is called user.
func (t *Type) isEntry(n *yaml.Node) bool {
	if n.Kind != yaml.MappingNode || len(n.Content) != 2 {
		return false
	}
	v := resolve(n.Content[1])
	return !slices.Contains(nameKeys[:], n.Content[0].Value) || v.Kind != yaml.ScalarNode ||
		t.Item.Kind == Object &&
			slices.ContainsFunc(t.Item.Fields, func(f Field) bool { return has(f.Type.Choices, v.Value) })
}

// inObject puts a list under the key of an object to whose elements it belongs; "" if there is
// none.
func inObject(t *Type, key string, n *yaml.Node) string {
	first := resolve(n.Content[0])
	if first.Kind != yaml.MappingNode || len(first.Content) == 0 {
		return ""
	}
	for i := range t.Fields {
		f := &t.Fields[i]
		if f.Type.Kind != List || f.Type.Item.Kind != Object || !fieldsOnly(first, f.Type.Item) {
			continue
		}
		form := f.Key + ": [" + brief(first) + "]"
		if key != "" {
			form = key + ": {" + form + "}"
		}
		return form
	}
	return ""
}

// fieldsOnly reports whether all keys of a mapping are those of a type.
func fieldsOnly(n *yaml.Node, t *Type) bool {
	for i := 0; i < len(n.Content); i += 2 {
		if t.field(resolve(n.Content[i]).Value) < 0 {
			return false
		}
	}
	return len(n.Content) > 0
}

// brief writes a node on one line, without what is long in it.
func brief(n *yaml.Node) string {
	switch n = resolve(n); n.Kind {
	case yaml.SequenceNode:
		if len(n.Content) == 0 {
			return "[]"
		}
		return "[…]"
	case yaml.MappingNode:
		return "{" + membersOf(n, "") + "}"
	}
	switch {
	case n.Value == "":
		return `""`
	case !quotable(n.Value):
		return "…"
	case strings.ContainsAny(n.Value, "{}[],:#&*!|>'\"%@`") || strings.TrimSpace(n.Value) != n.Value:
		return fmt.Sprintf("%q", n.Value)
	default:
		return n.Value
	}
}

// membersOf writes the first members of a mapping, but for one.
func membersOf(n *yaml.Node, without string) string {
	rest := yaml.Node{Kind: yaml.MappingNode}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value != without || without == "" {
			rest.Content = append(rest.Content, n.Content[i], n.Content[i+1])
		}
	}
	return firstOf(&rest, 3, func(k, v *yaml.Node) string {
		if resolve(v).Kind == yaml.MappingNode {
			return brief(k) + ": {…}" // deeper nesting may be without end, by aliases
		}
		return brief(k) + ": " + brief(v)
	})
}

// firstOf writes the first entries of a mapping, and an ellipsis for the rest.
func firstOf(n *yaml.Node, most int, entry func(k, v *yaml.Node) string) string {
	var parts []string
	for i := 0; i+1 < len(n.Content); i += 2 {
		if len(parts) == most {
			parts = append(parts, "…")
			break
		}
		parts = append(parts, entry(n.Content[i], n.Content[i+1]))
	}
	return strings.Join(parts, ", ")
}
