package catalogschema

import (
	"encoding/json"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/gen/internal/encode"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// literal returns a default or an example, which the format's definition gives as YAML, as the JSON
// that it means to a field of type t: a plain 1.10 is the string "1.10" where text is asked for.
func literal(text string, t *syntax.Type) json.RawMessage {
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(text), &doc); err != nil {
		panic("catalogschema: the format's definition gives " + text + ": " + err.Error())
	}
	return encode.CompactJSON(meaning(doc.Content[0], t))
}

func meaning(n *yaml.Node, t *syntax.Type) any {
	t = chosen(n, t)
	switch n.Kind {
	case yaml.MappingNode:
		object := encode.Object{}
		for i := 0; i < len(n.Content); i += 2 {
			key := n.Content[i].Value
			object = append(object, encode.Member{Name: key, Value: meaning(n.Content[i+1], typeAt(t, key))})
		}
		return object
	case yaml.SequenceNode:
		list := make([]any, len(n.Content))
		for i, item := range n.Content {
			list[i] = meaning(item, typeAt(t, ""))
		}
		return list
	}
	if t != nil && (t.Kind == syntax.Text || t.Kind == syntax.Markdown || t.Kind == syntax.Duration) {
		return n.Value
	}
	var v any
	if err := n.Decode(&v); err != nil {
		panic("catalogschema: " + err.Error())
	}
	return v
}

// chosen returns the alternative of a OneOf that fits the kind of node; other types are as they
// are.
func chosen(n *yaml.Node, t *syntax.Type) *syntax.Type {
	if t == nil || t.Kind != syntax.OneOf {
		return t
	}
	for _, a := range t.Alternatives {
		switch a.Type.Kind {
		case syntax.Map, syntax.Object:
			if n.Kind == yaml.MappingNode {
				return a.Type
			}
		case syntax.List:
			if n.Kind == yaml.SequenceNode {
				return a.Type
			}
		default:
			if n.Kind == yaml.ScalarNode {
				return a.Type
			}
		}
	}
	return nil
}

// typeAt returns the type of an element or a member; nil: nothing is known of it.
func typeAt(t *syntax.Type, key string) *syntax.Type {
	switch {
	case t == nil:
		return nil
	case t.Kind == syntax.List, t.Kind == syntax.Map:
		return t.Item
	case t.Kind != syntax.Object:
		return nil
	}
	for i := range t.Fields {
		if t.Fields[i].Key == key {
			return t.Fields[i].Type
		}
	}
	return nil
}
