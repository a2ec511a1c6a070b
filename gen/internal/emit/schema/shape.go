package schema

import (
	"cmp"
	"slices"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/encode"
)

// A pick says what a schema asks of one leaf of the body (a leaf is whatever holds no node, so an
// empty object is one): nil for nothing; and whether the leaf is required.
type pick func(leaf *catalog.Node) (s *encode.Schema, required bool)

// shape returns a schema of the body that asks of the leaves what pick says, and of all else only
// what it takes to get there: nil if pick asks nothing. With required, the objects and lists on the
// way are required where they always exist; else where pick wants something in them.
func (b *builder) shape(n *catalog.Node, required bool, pick pick) (*encode.Schema, bool) {
	var s *encode.Schema
	var inside bool // it holds something required
	switch {
	case n.Kind == catalog.NodeObject && len(n.Members) > 0:
		s = b.objectShape(n, required, pick)
		inside = s != nil && s.Required != nil
	case n.Kind == catalog.NodeArray && len(n.Items) > 0:
		s = b.listShape(n, required, pick)
		inside = s != nil && (s.MinItems > 0 || s.Contains != nil || s.AllOf != nil)
	case n.Kind == catalog.NodeEach:
		s = b.eachShape(n, required, pick)
		inside = s != nil
	case n.Kind == catalog.NodeOr:
		s = b.orShape(n, required, pick)
		inside = s != nil
	default:
		return pick(n)
	}
	if required || n.Kind == catalog.NodeOr {
		return s, b.presence(n) == catalog.Always || b.asks && inside
	}
	whole := cmp.Or(b.whole, b)
	return s, inside && whole.presence(n) != catalog.Always // else the schema of all bodies says so
}

// eachShape describes the list of errors. A branch can only describe a body with one error: of
// several, each has its own code.
func (b *builder) eachShape(n *catalog.Node, required bool, pick pick) *encode.Schema {
	if b.item != nil && b.everything {
		return &encode.Schema{Type: "array", Items: b.item, MinItems: 1}
	}
	if b.outside {
		return nil
	}
	child, _ := b.shape(&n.Items[0], required, pick)
	if child == nil {
		return nil
	}
	one := 1
	return &encode.Schema{Type: "array", Items: child, MinItems: one, MaxItems: &one}
}

// asksOutside reports whether pick asks anything of what is outside $each; true without $each.
func (b *builder) asksOutside(pick pick) bool {
	if b.element == nil {
		return true
	}
	outer := *b
	outer.outside = true
	s, _ := outer.shape(b.root, false, pick)
	return s != nil
}

// orShape describes what may stand for a $or: one of its alternatives, up to the first that always
// has a value.
func (b *builder) orShape(n *catalog.Node, required bool, pick pick) *encode.Schema {
	if b.asks { // the leaf is in one alternative; what the others send does not meet the condition
		for i := range n.Items {
			if s, _ := b.shape(&n.Items[i], required, pick); s != nil && !isFree(s) {
				return s
			}
		}
		return nil
	}
	var alternatives []*encode.Schema
	asks := false
	for i := range n.Items {
		item := &n.Items[i]
		presence := b.presence(item)
		asks = asks || b.whole != nil && b.whole.presence(item) != presence // of one code, it says more
		if presence == catalog.Never {
			continue
		}
		s, _ := b.shape(item, required, pick)
		switch {
		case s != nil:
			asks = true
			if item.Kind == catalog.NodeObject && len(item.Members) == 1 && s.Required == nil &&
				len(s.Properties) == 1 { // without its only member, the next alternative counts
				s.Required = []string{s.Properties[0].Name}
			}
		case b.asks: // the leaf is in another alternative
			continue
		case item.IsConst():
			s, _ = b.shape(item, true, b.leaf)
		default:
			s = &encode.Schema{}
		}
		alternatives = append(alternatives, s)
		if presence == catalog.Always {
			break
		}
	}
	switch {
	case len(alternatives) == 0:
		return nil
	case asks && b.everything && slices.ContainsFunc(alternatives, isFree):
		return &encode.Schema{} // it may still be required
	case !asks, slices.ContainsFunc(alternatives, isFree):
		return nil
	case len(alternatives) == 1:
		return alternatives[0]
	default:
		return &encode.Schema{AnyOf: alternatives}
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

// listShape describes a list of one item as a list of any length of such items, and a longer one
// item by item. Where items may be absent their places are not fixed; then only a schema of the
// whole body describes them, as alternatives.
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
	case !fixed && !b.everything:
		return b.containing(n, required, pick)
	case len(items) == 1:
		s.Items, s.MinItems = items[0], present
	case fixed:
		n := len(items)
		s.PrefixItems, s.MinItems, s.MaxItems = items, n, &n
	case slices.ContainsFunc(items, isEmpty):
		return nil
	default:
		s.Items, s.MinItems = &encode.Schema{AnyOf: items}, present
	}
	return s
}

// containing describes a list in which items may be absent by those of its items that are always
// there, each known by its constants.
func (b *builder) containing(n *catalog.Node, required bool, pick pick) *encode.Schema {
	var found []*encode.Schema
	for i := range n.Items {
		item := &n.Items[i]
		child, _ := b.shape(item, required, pick)
		if child == nil || b.presence(item) != catalog.Always || !hasConstant(item) {
			continue
		}
		for k := range item.Members {
			if m := &item.Members[k]; m.Node.Kind == catalog.NodeConst {
				child.Property(m.Name, constant(m.Node.Const))
				child.Required = append(child.Required, m.Name)
			}
		}
		found = append(found, &encode.Schema{Type: "array", Contains: child})
	}
	switch len(found) {
	case 0:
		return nil
	case 1:
		return found[0]
	default:
		return &encode.Schema{Type: "array", AllOf: found}
	}
}

// isFree reports whether a schema allows everything.
func isFree(s *encode.Schema) bool {
	return isEmpty(s) && s.AnyOf == nil && s.Not == nil && s.Const == nil
}

func hasConstant(n *catalog.Node) bool {
	return slices.ContainsFunc(n.Members, func(m catalog.Member) bool {
		return m.Node.Kind == catalog.NodeConst
	})
}

func isEmpty(s *encode.Schema) bool { return s.Type == "" }

// presence says in how many bodies a node stands. Which roles codes have that are not known, nobody
// can say; but a $or that each known code has is in their bodies, too, unless a server makes up a
// fallback.
func (b *builder) presence(n *catalog.Node) catalog.Presence {
	if b.codes == AnyCode && (n.Kind != catalog.NodeOr || !b.allHave(n)) {
		return b.catalog.Presence(n, nil)
	}
	if b.present == nil {
		return b.catalog.Presence(n, b.entries)
	}
	known, ok := b.present[n]
	if !ok {
		known = b.catalog.Presence(n, b.entries)
		b.present[n] = known
	}
	return known
}

func (b *builder) allHave(n *catalog.Node) bool {
	return len(b.entries) > 0 && b.catalog.Fallback != nil &&
		b.catalog.Presence(n, b.entries) == catalog.Always
}
