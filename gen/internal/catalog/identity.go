package catalog

import (
	"encoding/json"
	"iter"
	"slices"
)

// An Identity is how a client knows an error.
type Identity int

// The identities.
const (
	ByCode    Identity = iota // the body or a header has the code
	ByType                    // the body has no code, but the type, which no other error has
	ByStatus                  // the body has no code, and no other error without a code has the status
	ByMessage                 // the body has no code, and others without a code have the status, too
)

// String returns how clients recognise an error without a code: type, status or message; "" if it
// has a code.
func (i Identity) String() string {
	return [...]string{ByCode: "", ByType: "type", ByStatus: "status", ByMessage: "message"}[i]
}

// Reads reports whether clients can read a role from a body: somewhere it is a whole value, or the
// only role in a string. $code and $code_number are one role here.
func (c *Catalog) Reads(r Role) bool { return c.ReadsIn(&c.Envelope.Body, r) }

// ReadsIn reports, as Reads does, whether clients can read a role out of a part of the body.
func (c *Catalog) ReadsIn(n *Node, r Role) bool {
	is := func(found Role) bool { return found == r || found.TellsCode() && r.TellsCode() }
	switch n.Kind {
	case NodeRole:
		return is(n.Role)
	case NodeText:
		varies := slices.DeleteFunc(n.Text.Names(), func(name string) bool {
			return name == "service" && c.Service != ""
		})
		if len(varies) != 1 {
			return false
		}
		found, _ := RoleNamed(varies[0])
		return is(found)
	case NodeOr:
		if n.IsChoice() {
			return !r.TellsCode() &&
				r != RoleType &&
				slices.ContainsFunc(n.Items, func(item Node) bool { return c.ReadsIn(&item, r) })
		}
		only := n.Only()
		return only != nil && c.ReadsIn(only, r)
	}
	for i := range n.Members {
		if c.ReadsIn(&n.Members[i].Node, r) {
			return true
		}
	}
	return slices.ContainsFunc(n.Items, func(item Node) bool { return c.ReadsIn(&item, r) })
}

// IsChoice reports whether a node is a $or of several roles. Which of them a value is depends on
// the code: on the types of its params, and on what it always has.
func (n *Node) IsChoice() bool {
	return n.Kind == NodeOr &&
		n.Only() == nil &&
		!n.IsConst() &&
		!slices.ContainsFunc(n.Items, func(item Node) bool {
			return item.Kind != NodeRole && !item.IsConst()
		})
}

// HidesMessage reports whether a body may have another value instead of the message of e: each
// $message is an alternative of a $or, beside roles that e may have.
func (c *Catalog) HidesMessage(e *Entry) bool {
	return c.Reads(RoleMessage) && !c.showsMessage(&c.Envelope.Body, e)
}

func (c *Catalog) showsMessage(n *Node, e *Entry) bool {
	if !n.IsChoice() {
		if n.Kind == NodeRole || n.Kind == NodeText {
			return c.ReadsIn(n, RoleMessage)
		}
		for part := range n.Parts() {
			if c.showsMessage(part, e) {
				return true
			}
		}
		return false
	}
	hides := func(item Node) bool {
		isLacked := item.Role == RoleParam && e.Param(item.Key) == nil
		return item.Role != RoleMessage && !item.IsConst() && !isLacked
	}
	return c.ReadsIn(n, RoleMessage) && !slices.ContainsFunc(n.Items, hides)
}

// Alternatives yields the alternatives of a $or that some error has.
func (n *Node) Alternatives() iter.Seq[*Node] {
	return func(yield func(*Node) bool) {
		for i := range n.Items {
			if item := &n.Items[i]; !item.Unused && !yield(item) {
				return
			}
		}
	}
}

// Only returns the alternative of a $or that is no constant; nil: there are several.
func (n *Node) Only() (only *Node) {
	for item := range n.Alternatives() {
		switch {
		case item.IsConst():
		case only != nil:
			return nil
		default:
			only = item
		}
	}
	return only
}

// Pattern returns, as JSON, what each body of e has: constants as they are, and for what differs
// from body to body an object whose only member is called $. Its value is one of the same JSON
// type; null: of any type. It omits params where clients do not read them: an error that is
// relayed is known as well. The pattern of a body of which no member is in all of
// them is {}.
func (c *Catalog) Pattern(e *Entry) json.RawMessage {
	return c.appendPattern(nil, &c.Envelope.Body, []*Entry{e})
}

// ElementPattern returns what each element of $each has that is of e, as [Catalog.Pattern] does;
// nil without $each.
func (c *Catalog) ElementPattern(e *Entry) json.RawMessage {
	each := c.Envelope.Body.Each()
	if each == nil {
		return nil
	}
	return c.appendPattern(nil, &each.Items[0], []*Entry{e})
}

// These replace values that vary in a pattern.
const (
	anyString = `{"$":""}`
	anyNumber = `{"$":0}`
	anyList   = `{"$":[]}`
	anyValue  = `{"$":null}`
)

func (c *Catalog) appendPattern(dst []byte, n *Node, of []*Entry) []byte {
	switch n.Kind {
	case NodeConst:
		return appendConst(dst, n.Const)
	case NodeText:
		return append(dst, anyString...)
	case NodeRole:
		return c.appendRolePattern(dst, n.Role, of[0])
	case NodeObject:
		dst = append(dst, '{')
		for i := range n.Members {
			m := &n.Members[i]
			switch {
			case m.Node.Kind == NodeSpread:
				dst = of[0].appendParamPatterns(dst)
			case c.presence(&m.Node, of, relayed) == Always:
				dst = append(appendString(appendComma(dst), m.Name), ':')
				dst = c.appendPattern(dst, &m.Node, of)
			}
		}
		return append(dst, '}')
	case NodeArray, NodeEach:
		begin := len(dst)
		dst = append(dst, '[')
		for i := range n.Items {
			if c.presence(&n.Items[i], of, relayed) != Always {
				return append(dst[:begin], anyList...)
			}
			dst = c.appendPattern(appendComma(dst), &n.Items[i], of)
		}
		return append(dst, ']')
	default:
		return append(dst, anyValue...)
	}
}

func (c *Catalog) appendRolePattern(dst []byte, r Role, e *Entry) []byte {
	switch r {
	case RoleType:
		return appendString(dst, e.Type)
	case RoleService:
		return appendString(dst, c.Service)
	case RoleStatus:
		return append(dst, anyNumber...)
	case RoleMessage, RoleTitle, RoleStatusString, RoleDocsURL, RoleVariant, RoleGroup:
		return append(dst, anyString...)
	default:
		return append(dst, anyValue...)
	}
}

// appendParamPatterns appends the params that $params has in each body of e.
func (e *Entry) appendParamPatterns(dst []byte) []byte {
	for i := range e.Params {
		if p := &e.Params[i]; !p.Apart && p.AlwaysInBody(e) {
			dst = append(appendString(appendComma(dst), p.Name), ':')
			dst = append(dst, anyValue...)
		}
	}
	return dst
}
