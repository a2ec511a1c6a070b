package schema

import (
	"slices"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/encode"
)

// A pick says what a schema asks of one leaf of the body (a leaf is whatever holds no node, so an empty object is one): nil
// for nothing; and whether the leaf has to be there.
type pick func(leaf *catalog.Node) (s *encode.Schema, required bool)

// shape returns a schema of the body that asks of the leaves what pick says, and of all else only what it takes to get
// there: nil if pick asks nothing. With required, the objects and lists on the way have to be there.
func (b *builder) shape(n *catalog.Node, required bool, pick pick) (*encode.Schema, bool) {
	switch {
	case n.Kind == catalog.NodeObject && len(n.Members) > 0:
		return b.objectShape(n, required, pick), required
	case n.Kind == catalog.NodeArray && len(n.Items) > 0:
		return b.listShape(n, required, pick), required
	default:
		return pick(n)
	}
}

func (b *builder) objectShape(n *catalog.Node, required bool, pick pick) *encode.Schema {
	s := &encode.Schema{Type: "object"}
	asks := false
	for i := range n.Members {
		m := &n.Members[i]
		child, childRequired := b.shape(&m.Node, required, pick)
		switch {
		case child == nil:
			continue
		case m.Node.Kind == catalog.NodeSpread:
			s.Properties = append(s.Properties, child.Properties...)
			s.Required = append(s.Required, child.Required...)
		default:
			s.Property(m.Name, child)
			if childRequired {
				s.Required = append(s.Required, m.Name)
			}
		}
		asks = true
	}
	if !asks {
		return nil
	}
	return s
}

// listShape describes a list of one item as a list of any length of such items, and a longer one item by item. Where
// items may be absent their places are not fixed; then only a schema of the whole body describes them, as alternatives.
func (b *builder) listShape(n *catalog.Node, required bool, pick pick) *encode.Schema {
	var items []*encode.Schema
	asks, present, fixed := false, 0, true
	for i := range n.Items {
		item := &n.Items[i]
		switch b.presence(item) {
		case catalog.Never:
			continue
		case catalog.Sometimes:
			fixed = false
		default:
			present++
		}
		child, _ := b.shape(item, required, pick)
		asks = asks || child != nil
		if child == nil {
			child = &encode.Schema{}
		}
		items = append(items, child)
	}
	s := &encode.Schema{Type: "array"}
	switch {
	case !asks:
		return nil
	case len(items) == 1:
		s.Items, s.MinItems = items[0], present
	case fixed:
		s.PrefixItems, s.MinItems, s.MaxItems = items, len(items), len(items)
	case slices.ContainsFunc(items, isEmpty):
		return nil
	default:
		s.Items, s.MinItems = &encode.Schema{AnyOf: items}, present
	}
	return s
}

func isEmpty(s *encode.Schema) bool { return s.Type == "" }

// presence says in how many bodies a node stands. What codes that are not known have, nobody can say.
func (b *builder) presence(n *catalog.Node) catalog.Presence {
	if b.codes == AnyCode {
		return b.catalog.Presence(n, nil)
	}
	return b.catalog.Presence(n, b.entries)
}
