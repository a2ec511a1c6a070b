package syntax

import (
	"strconv"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/gen/internal/diag"
)

// Find returns the position of the value below p under the given keys: of a scalar itself, of other
// values their key. The key of a list item is its index, from 0. If a key was not written, Find
// returns the position of the key before it, where diagnostics report what is missing, or none. It
// is only called for diagnostics.
func (p Place) Find(keys ...string) diag.Span {
	var span diag.Span
	for n := p.node; n != nil && len(keys) > 0; keys = keys[1:] {
		parent := n
		var key *yaml.Node
		if key, n = child(resolve(n), keys[0]); n == nil && keys[0] == "fields" {
			n = parent // an object in its short form has its fields in itself
			continue
		}
		if n == nil {
			break
		}
		at := key
		if key == nil || resolve(n) == n && n.Kind == yaml.ScalarNode && n.Value != "" {
			at = n
		}
		span = Place{at, p.file}.Span()
	}
	return span
}

// child returns the value under a key, and the key, which a list's item does not have.
func child(n *yaml.Node, name string) (key, item *yaml.Node) {
	switch n.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value == name {
				return n.Content[i], n.Content[i+1]
			}
		}
	case yaml.SequenceNode:
		if i, err := strconv.Atoi(name); err == nil && i < len(n.Content) {
			return nil, n.Content[i]
		}
	}
	return nil, nil
}
