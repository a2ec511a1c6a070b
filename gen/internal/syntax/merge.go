package syntax

import (
	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
)

const mergeTag = "!!merge"

// pairs returns the keys and values of a mapping in turn, with aliased keys resolved and merge keys
// (<<) replaced by what they bring: the mapping's own keys win, then those of the mapping that is
// merged first. Merged pairs take the position of their <<.
func (w *walker) pairs(n *yaml.Node) []*yaml.Node {
	usual := true
	for i := 0; i < len(n.Content); i += 2 {
		if k := n.Content[i]; k.Kind == yaml.AliasNode || k.Tag == mergeTag {
			usual = false
		}
	}
	if usual {
		return n.Content
	}
	own := make(map[string]bool, len(n.Content)/2)
	for i := 0; i < len(n.Content); i += 2 {
		if k := resolve(n.Content[i]); k.Tag != mergeTag {
			own[k.Value] = true
		}
	}
	var pairs []*yaml.Node
	var merge *yaml.Node
	for i := 0; i < len(n.Content); i += 2 {
		k, v := resolve(n.Content[i]), n.Content[i+1]
		switch {
		case k.Tag != mergeTag:
			pairs = append(pairs, k, v)
		case merge != nil:
			w.duplicate(k, merge)
		default:
			merge = k
			pairs = w.merged(pairs, v, own)
		}
	}
	return pairs
}

// merged appends what a merge key's value brings, but for the keys in own, to which it adds.
func (w *walker) merged(pairs []*yaml.Node, v *yaml.Node, own map[string]bool) []*yaml.Node {
	switch v = resolve(v); v.Kind {
	case yaml.MappingNode:
		theirs := w.pairs(v)
		for i := 0; i < len(theirs); i += 2 {
			if k := theirs[i]; !own[k.Value] {
				own[k.Value] = true
				pairs = append(pairs, k, theirs[i+1])
			}
		}
	case yaml.SequenceNode:
		for _, item := range v.Content {
			if item = resolve(item); item.Kind != yaml.MappingNode {
				w.wrongKind(item, need{words: "a mapping to merge"})
				continue
			}
			pairs = w.merged(pairs, item, own)
		}
	default:
		w.report(diag.Diagnostic{
			Rule: rule.WrongType, Span: w.place(v),
			Message: "<< needs a mapping, or a list of mappings; this is " + describe(v),
			Help:    "write <<: *name, where &name marks a mapping",
		})
	}
	return pairs
}
