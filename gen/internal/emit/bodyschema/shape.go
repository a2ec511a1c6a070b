package bodyschema

import (
	"slices"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/jsonschema"
)

// A pick says what a schema asks of one leaf of the body (a leaf is whatever holds no node, so an empty object is one): nil
// for nothing; and whether the leaf has to be there.
type pick func(leaf *catalog.Node) (s *jsonschema.Schema, required bool)

// shape returns a schema of the body that asks of the leaves what pick says, and of all else only what it takes to get
// there: nil if pick asks nothing. With required, the objects and lists on the way have to be there.
func (b *builder) shape(n *catalog.Node, required bool, pick pick) (*jsonschema.Schema, bool) {
	switch {
	case n.Kind == catalog.NodeObject && len(n.Members) > 0:
		return b.objectShape(n, required, pick), required
	case n.Kind == catalog.NodeArray && len(n.Items) > 0:
		return b.listShape(n, required, pick), required
	default:
		return pick(n)
	}
}

func (b *builder) objectShape(n *catalog.Node, required bool, pick pick) *jsonschema.Schema {
	s := &jsonschema.Schema{Type: "object"}
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
func (b *builder) listShape(n *catalog.Node, required bool, pick pick) *jsonschema.Schema {
	var items []*jsonschema.Schema
	asks, present, fixed := false, 0, true
	for i := range n.Items {
		item := &n.Items[i]
		switch b.presence(item) {
		case never:
			continue
		case sometimes:
			fixed = false
		default:
			present++
		}
		child, _ := b.shape(item, required, pick)
		asks = asks || child != nil
		if child == nil {
			child = &jsonschema.Schema{}
		}
		items = append(items, child)
	}
	s := &jsonschema.Schema{Type: "array"}
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
		s.Items, s.MinItems = &jsonschema.Schema{AnyOf: items}, present
	}
	return s
}

func isEmpty(s *jsonschema.Schema) bool { return s.Type == "" }

// A presence is in how many bodies a node stands.
type presence int

const (
	always presence = iota
	sometimes
	never
)

func (b *builder) presence(n *catalog.Node) presence {
	switch n.Kind {
	case catalog.NodeRole, catalog.NodeSpread:
		return b.rolePresence(n.Role, n.Key)
	case catalog.NodeText:
		worst := always
		for _, name := range n.Text.Names() {
			worst = max(worst, b.rolePresence(catalog.RoleNamed(name)))
		}
		return worst
	default:
		return always
	}
}

func (b *builder) rolePresence(r catalog.Role, key string) presence {
	switch r {
	case catalog.RoleRequestID, catalog.RoleInstance, catalog.RoleRetryAfter:
		return sometimes
	case catalog.RoleService:
		if b.catalog.Service == "" {
			return never
		}
		return always
	case catalog.RoleType:
		return b.tally(func(e *catalog.Entry) presence { return presentIf(e.Type != "") })
	case catalog.RoleDocsURL:
		return b.tally(func(e *catalog.Entry) presence { return presentIf(e.DocsURL != "") })
	case catalog.RoleVariant:
		return b.tally(func(e *catalog.Entry) presence { return presentIf(e.HasVariants()) })
	case catalog.RoleMeta:
		return b.tally(func(e *catalog.Entry) presence { return presentIf(e.MetaValue(key) != "") })
	case catalog.RoleParam:
		return b.tally(func(e *catalog.Entry) presence {
			if p := e.Param(key); p != nil {
				return paramPresence(e, p)
			}
			return never
		})
	case catalog.RoleParams:
		return b.tally(func(e *catalog.Entry) presence {
			best := never
			for i := range e.Params {
				best = min(best, paramPresence(e, &e.Params[i]))
			}
			return best
		})
	default:
		return always
	}
}

func paramPresence(e *catalog.Entry, p *catalog.Param) presence {
	switch {
	case p.AlwaysInBody(e):
		return always
	case p.EverInBody(e):
		return sometimes
	default:
		return never
	}
}

func presentIf(yes bool) presence {
	if yes {
		return always
	}
	return never
}

// tally returns how present a role is over all codes; of says how present it is in the bodies of one. What codes that are
// not known have, nobody can say.
func (b *builder) tally(of func(*catalog.Entry) presence) presence {
	if b.codes == AnyCode || len(b.entries) == 0 {
		return sometimes
	}
	first := of(b.entries[0])
	for _, e := range b.entries[1:] {
		if of(e) != first {
			return sometimes
		}
	}
	return first
}
