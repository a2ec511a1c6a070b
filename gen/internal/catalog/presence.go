package catalog

// A Presence is in how many bodies a node stands.
type Presence int

// The presences, the lesser the later.
const (
	Always Presence = iota
	Sometimes
	Never
)

// Presence returns in how many bodies of these codes a node of the envelope stands. Of no codes at all nobody can say.
func (c *Catalog) Presence(n *Node, codes []*Entry) Presence {
	switch n.Kind {
	case NodeRole, NodeSpread:
		return c.rolePresence(n.Role, n.Key, codes)
	case NodeText:
		worst := Always
		for _, name := range n.Text.Names() {
			r, key := RoleNamed(name)
			worst = max(worst, c.rolePresence(r, key, codes))
		}
		return worst
	default:
		return Always
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
			return Sometimes // what a server sends for want of a fallback is in no group
		}
		return Always
	case RoleVariant:
		return tally(codes, func(e *Entry) Presence { return presentIf(e.HasVariants()) })
	case RoleMeta:
		return tally(codes, func(e *Entry) Presence { return presentIf(e.MetaValue(key) != "") })
	case RoleParam:
		return tally(codes, func(e *Entry) Presence { return e.paramPresence(e.Param(key)) })
	case RoleParams:
		return tally(codes, func(e *Entry) Presence {
			best := Never
			for i := range e.Params {
				best = min(best, e.paramPresence(&e.Params[i]))
			}
			return best
		})
	default:
		return Always
	}
}

// paramPresence returns in how many bodies of e a param of it stands; nil is one that it does not have.
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

// tally returns how present a role is over codes; of says how present it is in the bodies of one.
func tally(codes []*Entry, of func(*Entry) Presence) Presence {
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
