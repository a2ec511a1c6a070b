package catalog

import (
	"iter"
	"net/http"
	"slices"
)

// A Presence says how many bodies have a node.
type Presence int

// The presences, the lesser the later.
const (
	Always Presence = iota
	Sometimes
	Never
)

// Presence returns how many bodies of these codes have a node of the envelope. Without codes it is
// about a code that is not known.
func (c *Catalog) Presence(n *Node, codes []*Entry) Presence {
	return c.presence(n, codes, sent)
}

// FirstLoose returns the place of the first item of a list that some bodies of these codes lack, or
// -1. From there on clients know items by their constants.
func (c *Catalog) FirstLoose(list *Node, codes []*Entry) int {
	return slices.IndexFunc(list.Items, func(item Node) bool {
		return c.Presence(&item, codes) != Always
	})
}

// A maker makes a body.
type maker int

const (
	sent    maker = iota // the server that has the error
	relayed              // a client that sends on what it has read
	unread               // the same, in a part that clients do not read
)

// presence is Presence in the bodies of a maker. Clients do not read params in a text, nor in an
// alternative of a $or that is more than a role.
func (c *Catalog) presence(n *Node, codes []*Entry, by maker) Presence {
	switch n.Kind {
	case NodeRole, NodeSpread:
		if by == unread && (n.Role == RoleParam || n.Role == RoleParams) {
			return Never
		}
		return c.rolePresence(n.Role, n.Key, codes)
	case NodeText:
		worst := Always
		for _, name := range n.Text.Names() {
			r, key := RoleNamed(name)
			if by != sent && r == RoleParam {
				return Never
			}
			worst = max(worst, c.rolePresence(r, key, codes))
		}
		return worst
	case NodeConst:
		return Always
	default:
		if by == relayed && n.Kind == NodeOr && !n.IsChoice() && n.Only() == nil {
			by = unread
		}
		return c.containerPresence(n, codes, by)
	}
}

// containerPresence returns how many bodies have an object, a list or a $or. A body has it if any
// part of it has a value that is not constant; one of nothing but constants is always there.
func (c *Catalog) containerPresence(n *Node, codes []*Entry, by maker) Presence {
	if n.IsConst() {
		return Always
	}
	best := func(codes []*Entry) Presence {
		best := Never
		for part := range n.Parts() {
			best = min(best, c.presence(part, codes, by))
		}
		return best
	}
	if len(codes) == 0 {
		return best(nil)
	}
	return tally(codes, func(e *Entry) Presence { return best([]*Entry{e}) })
}

// Parts yields what decides whether an object, a list or a $or has a value: all that is in it, but
// for the constants of an object or a list.
func (n *Node) Parts() iter.Seq[*Node] {
	return func(yield func(*Node) bool) {
		for i := range n.Members {
			if m := &n.Members[i].Node; !m.IsConst() && !yield(m) {
				return
			}
		}
		for i := range n.Items {
			if item := &n.Items[i]; (n.Kind == NodeOr || !item.IsConst()) && !yield(item) {
				return
			}
		}
	}
}

// IsConst reports whether a node is the same in every body: a constant, or an object or a list of
// nothing else.
func (n *Node) IsConst() bool {
	switch n.Kind {
	case NodeConst:
		return true
	case NodeObject, NodeArray:
		for range n.Parts() {
			return false
		}
		return true
	default:
		return false
	}
}

func (c *Catalog) rolePresence(r Role, key string, codes []*Entry) Presence {
	switch r {
	case RoleRequestID, RoleInstance, RoleRetryAfter:
		return Sometimes
	case RoleService:
		return presentIf(c.Service != "")
	case RoleType:
		return tally(codes, func(e *Entry) Presence { return presentIf(e.Type != "") })
	case RoleDocsURL:
		return tally(codes, func(e *Entry) Presence { return presentIf(e.DocsURL != "") })
	case RoleGroup:
		if len(codes) == 0 && c.Fallback == nil {
			return Sometimes // what a server sends without a fallback is in no group
		}
		return Always
	case RoleCode, RoleCodeNumber:
		return c.codePresence(codes)
	case RoleMessage:
		return c.messagePresence(codes)
	case RoleVariant:
		return tally(codes, func(e *Entry) Presence { return presentIf(e.HasVariants()) })
	case RoleMeta:
		return tally(codes, func(e *Entry) Presence { return presentIf(e.MetaValue(key) != "") })
	case RoleStatusText:
		return tally(codes, func(e *Entry) Presence {
			return tally(e.Statuses, func(s int) Presence { return presentIf(http.StatusText(s) != "") })
		})
	case RoleParam:
		return tally(codes, func(e *Entry) Presence { return e.paramPresence(e.Param(key)) })
	case RoleParams:
		return tally(codes, func(e *Entry) Presence {
			best := Never
			for i := range e.Params {
				if e.Params[i].Apart {
					continue
				}
				best = min(best, e.paramPresence(&e.Params[i]))
			}
			return best
		})
	default:
		return Always
	}
}

// codePresence returns how many bodies have a code. A code that is not known may be absent if a
// known one is.
func (c *Catalog) codePresence(codes []*Entry) Presence {
	if len(codes) == 0 {
		for e := range c.Public() {
			if e.Anonymous {
				return Sometimes
			}
		}
		return Always
	}
	return tally(codes, func(e *Entry) Presence { return presentIf(!e.Anonymous) })
}

// messagePresence returns how many bodies have a message. A code that is not known may have none if
// a known one has none.
func (c *Catalog) messagePresence(codes []*Entry) Presence {
	if len(codes) == 0 {
		for e := range c.Public() {
			if e.Silent() >= 0 {
				return Sometimes
			}
		}
		return Always
	}
	return tally(codes, func(e *Entry) Presence {
		switch {
		case e.Silent() < 0:
			return Always
		case len(e.Variants) > 1:
			return Sometimes
		default:
			return Never
		}
	})
}

// paramPresence returns how many bodies of e have one of its params; nil is a param that e does not
// have.
func (e *Entry) paramPresence(p *Param) Presence {
	switch {
	case p == nil:
		return Never
	case p.AlwaysInBody(e):
		return Always
	case p.EverInBody(e):
		return Sometimes
	default:
		return Never
	}
}

func presentIf(yes bool) Presence {
	if yes {
		return Always
	}
	return Never
}

// tally returns the presence of a role over codes, or over the statuses of one; of returns its
// presence in the bodies of one.
func tally[T any](codes []T, of func(T) Presence) Presence {
	if len(codes) == 0 {
		return Sometimes
	}
	first := of(codes[0])
	for _, e := range codes[1:] {
		if of(e) != first {
			return Sometimes
		}
	}
	return first
}
