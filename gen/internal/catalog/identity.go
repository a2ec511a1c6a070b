package catalog

import (
	"bytes"
	"encoding/json"
	"iter"
	"slices"

	"github.com/errspec/errspec/gen/internal/value"
)

// An Identity is how a client knows an error.
type Identity int

// The identities.
const (
	ByCode    Identity = iota // the body or a header has the code
	ByType                    // the body has no code, but the type, which no other error has
	ByStatus                  // the body has no code, and no other error without a code has the status
	ByMessage                 // the body has no code, and others without a code have the status, too
	ByBody                    // as ByMessage, but no body of those others has what each of its own has
)

// String returns how clients recognize an error without a code: type, status, message or body; ""
// if it has a code.
func (i Identity) String() string {
	return [...]string{
		ByCode: "", ByType: "type", ByStatus: "status", ByMessage: "message", ByBody: "body",
	}[i]
}

// SharesStatus reports whether others without a code have the status of the error.
func (i Identity) SharesStatus() bool { return i == ByMessage || i == ByBody }

// Reads reports whether clients can read a role from a body: somewhere it is a whole value, or the
// only role in a string. $code and $code_number are one role here.
func (c *Catalog) Reads(r Role) bool { return c.ReadsIn(&c.Envelope.Body, r) }

// ReadsParam reports, as Reads does, whether clients can read $param.name.
func (c *Catalog) ReadsParam(name string) bool {
	return c.readsIn(&c.Envelope.Body, RoleParam, name)
}

// ReadsIn reports, as Reads does, whether clients can read a role out of a part of the body.
func (c *Catalog) ReadsIn(n *Node, r Role) bool { return c.readsIn(n, r, "") }

// readsIn is ReadsIn for a role with a key; "" is any.
func (c *Catalog) readsIn(n *Node, r Role, key string) bool {
	is := func(found Role, of string) bool {
		return (found == r || found.TellsCode() && r.TellsCode()) && (key == "" || of == key)
	}
	switch n.Kind {
	case NodeRole:
		return is(n.Role, n.Key)
	case NodeText:
		varies := slices.DeleteFunc(n.Text.Names(), func(name string) bool {
			return name == "service" && c.Service != ""
		})
		if len(varies) != 1 {
			return false
		}
		return is(RoleNamed(varies[0]))
	case NodeOr:
		if n.IsChoice() {
			return !r.TellsCode() &&
				r != RoleType &&
				slices.ContainsFunc(n.Items, func(item Node) bool { return c.readsIn(&item, r, key) })
		}
		only := n.Only()
		return only != nil && c.readsIn(only, r, key)
	}
	for i := range n.Members {
		if c.readsIn(&n.Members[i].Node, r, key) {
			return true
		}
	}
	return slices.ContainsFunc(n.Items, func(item Node) bool { return c.readsIn(&item, r, key) })
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
// $message is an alternative of a $or, beside roles that e may have. One of them is enough if e may
// have no message.
func (c *Catalog) HidesMessage(e *Entry) bool {
	body := &c.Envelope.Body
	return c.Reads(RoleMessage) &&
		(!c.showsMessage(body, e) || e.Silent() >= 0 && body.replacesMessage(e))
}

// replacesMessage reports whether a $or in the body may have another value of e instead of the
// message.
func (n *Node) replacesMessage(e *Entry) bool {
	isMessage := func(item Node) bool { return item.Role == RoleMessage }
	if n.IsChoice() {
		return slices.ContainsFunc(n.Items, isMessage) && n.hidesMessage(e)
	}
	for part := range n.Parts() {
		if part.replacesMessage(e) {
			return true
		}
	}
	return false
}

// hidesMessage reports whether a choice has an alternative that e may have instead of the message.
func (n *Node) hidesMessage(e *Entry) bool {
	for item := range n.Alternatives() {
		switch item.Role {
		case RoleMessage:
			if e.Silent() < 0 { // what follows is never sent
				return false
			}
			continue
		case RoleParam:
			if e.Param(item.Key) == nil {
				continue
			}
		case RoleMeta:
			if e.MetaValue(item.Key) == "" || e.Silent() >= 0 {
				continue
			}
		}
		if !item.IsConst() {
			return true
		}
	}
	return false
}

func (c *Catalog) showsMessage(n *Node, e *Entry) bool {
	if !n.IsChoice() {
		if n.Kind == NodeRole || n.Kind == NodeText {
			return c.ReadsIn(n, RoleMessage)
		}
		if item := c.first(n, e); n.Kind == NodeOr && item != nil && !item.IsConst() &&
			(item.Role != RoleMeta || e.Silent() < 0) {
			return c.showsMessage(item, e)
		}
		for part := range n.Parts() {
			if c.showsMessage(part, e) {
				return true
			}
		}
		return false
	}
	return c.ReadsIn(n, RoleMessage) && !n.hidesMessage(e)
}

// InsteadOfMessage returns the text that a variant of e has where others have the message: the
// constant of a choice, as in {$or: [$meta.error, $message]}; "" if it has none.
func (c *Catalog) InsteadOfMessage(e *Entry, v *Variant) string {
	return insteadOfMessage(&c.Envelope.Body, e, v)
}

func insteadOfMessage(n *Node, e *Entry, v *Variant) string {
	isMessage := func(item Node) bool { return item.Role == RoleMessage }
	if n.IsChoice() && slices.ContainsFunc(n.Items, isMessage) {
		for item := range n.Alternatives() {
			if item.Role == RoleMessage && !v.Silent {
				return ""
			}
			if item.Role == RoleMeta && e.MetaValue(item.Key) != "" {
				return e.MetaValue(item.Key)
			}
		}
	}
	for part := range n.Parts() {
		if text := insteadOfMessage(part, e, v); text != "" {
			return text
		}
	}
	return ""
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

// Only returns the alternative of a $or that is no constant; nil: there are several. Beside an
// object or a list, the constants of codes count as constants, because they are neither.
func (n *Node) Only() (only *Node) {
	var meta *Node
	for item := range n.Alternatives() {
		switch {
		case item.IsConst():
		case item.Role == RoleMeta && meta == nil:
			meta = item
		case item.Role == RoleMeta:
		case only != nil:
			return nil
		default:
			only = item
		}
	}
	switch {
	case only == nil:
		return meta
	case meta != nil && only.Kind != NodeObject && only.Kind != NodeArray:
		return nil
	}
	return only
}

// Pattern returns, as JSON, what each body of e has: constants as they are, and for what differs
// from body to body an object whose only member is called $. Its value is one of the same JSON
// type; null: of any type. A member whose name begins with $ has one more $. It omits params that
// clients do not read, so that it also matches a relayed error. It has constants of the code only
// if other errors without a code have the status of e. If no member is in each body, it is {}.
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
	anyObject = `{"$":{}}`
	anyValue  = `{"$":null}`
)

func (c *Catalog) appendPattern(dst []byte, n *Node, of []*Entry) []byte {
	switch n.Kind {
	case NodeConst:
		return appendConst(dst, n.Const)
	case NodeText:
		return append(dst, anyString...)
	case NodeRole:
		return c.appendRolePattern(dst, n.Role, n.Key, of[0])
	case NodeObject:
		dst = append(dst, '{')
		for i := range n.Members {
			m := &n.Members[i]
			switch {
			case m.Node.Kind == NodeSpread:
				dst = of[0].appendParamPatterns(dst)
			case c.presence(&m.Node, of, relayed) == Always:
				dst = append(appendString(appendComma(dst), m.Written()), ':')
				dst = c.appendPattern(dst, &m.Node, of)
			}
		}
		return append(dst, '}')
	case NodeOr:
		item := c.settled(n, of[0])
		switch {
		case item == nil:
			return append(dst, anyValue...)
		case item.Role == RoleMeta, item.Kind == NodeObject:
			return c.appendPattern(dst, item, of)
		case n.IsChoice() && of[0].KnownBy.SharesStatus():
			return append(dst, c.likeOf(item, of[0])...)
		}
		return append(dst, anyValue...)
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

func (c *Catalog) appendRolePattern(dst []byte, r Role, key string, e *Entry) []byte {
	switch r {
	case RoleType:
		return appendString(dst, e.Type)
	case RoleService:
		return appendString(dst, c.Service)
	case RoleStatus:
		return append(dst, anyNumber...)
	case RoleMeta:
		if e.KnownBy.SharesStatus() {
			return append(dst, e.MetaJSON(key)...)
		}
		return append(dst, anyValue...)
	case RoleMessage, RoleTitle, RoleStatusString, RoleStatusText, RoleDocsURL, RoleVariant, RoleGroup:
		return append(dst, anyString...)
	default:
		return append(dst, anyValue...)
	}
}

// likeOf returns the pattern of all values that have the JSON type of an alternative in a body of
// e; anyValue if it may have several.
func (c *Catalog) likeOf(n *Node, e *Entry) string {
	switch n.Kind {
	case NodeText:
		return anyString
	case NodeObject:
		return anyObject
	case NodeArray:
		return anyList
	case NodeConst:
		return likeJSON(n.Const)
	}
	switch n.Role {
	case RoleMeta:
		return likeJSON(e.MetaJSON(n.Key))
	case RoleParam:
		return e.Param(n.Key).like()
	case RoleType, RoleService:
		return anyString
	default:
		return string(c.appendRolePattern(nil, n.Role, n.Key, e))
	}
}

// likeJSON is likeOf for a constant.
func likeJSON(constant json.RawMessage) string {
	switch constant[0] {
	case '"':
		return anyString
	case '{':
		return anyObject
	case '[':
		return anyList
	case 't', 'f', 'n':
		return anyValue
	}
	return anyNumber
}

// like is likeOf for the values of a type.
func (t *Type) like() string {
	switch t.Kind {
	case value.String, value.Time:
		return anyString
	case value.Int, value.Float, value.Bytes, value.Duration:
		return anyNumber
	case value.List:
		return anyList
	case value.Object, value.Map:
		return anyObject
	}
	return anyValue
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

// first returns the first alternative of a $or that e may have; nil: there is none.
func (c *Catalog) first(n *Node, e *Entry) *Node {
	for i := range n.Items {
		if item := &n.Items[i]; c.Presence(item, []*Entry{e}) != Never {
			return item
		}
	}
	return nil
}

// Sends reports whether clients read the code or the message in each body of e that has one: in a
// $or, no alternative that e may have comes before it. A choice between roles counts as one of
// them.
func (c *Catalog) Sends(r Role, e *Entry) bool { return c.sends(r, &c.Envelope.Body, e) }

func (c *Catalog) sends(r Role, n *Node, e *Entry) bool {
	switch {
	case n.Kind == NodeRole, n.Kind == NodeText, n.IsChoice():
		return c.ReadsIn(n, r)
	case n.Kind == NodeOr:
		item := c.first(n, e)
		return item != nil && c.sends(r, item, e)
	}
	for part := range n.Parts() {
		if c.sends(r, part, e) {
			return true
		}
	}
	return false
}

// settled returns the alternative of a $or that each body of e has, made by a server or relayed;
// nil: it differs from body to body.
func (c *Catalog) settled(n *Node, e *Entry) *Node {
	of := []*Entry{e}
	for i := range n.Items {
		switch item := &n.Items[i]; {
		case c.presence(item, of, sent) == Never:
		case c.presence(item, of, sent) == Always && c.presence(item, of, relayed) == Always:
			return item
		default:
			return nil
		}
	}
	return nil
}

// Excludes reports whether clients can tell two errors without a code apart by their bodies.
func (c *Catalog) Excludes(a, b *Entry) bool { return c.Lacks(a, b) && c.Lacks(b, a) }

// Lacks reports whether no body, or element of $each, of a has all that each of b has.
func (c *Catalog) Lacks(a, b *Entry) bool {
	n := &c.Envelope.Body
	if each := n.Each(); each != nil {
		n = &each.Items[0]
	}
	return c.misses(n, a, b)
}

// misses reports whether a body of a never has what the pattern of b has for a node that is in each
// body of b, and may be in one of a.
func (c *Catalog) misses(n *Node, a, b *Entry) bool {
	switch n.Kind {
	case NodeRole:
		return n.Role == RoleMeta && !bytes.Equal(a.MetaJSON(n.Key), b.MetaJSON(n.Key))
	case NodeObject:
		return slices.ContainsFunc(n.Members, func(m Member) bool {
			needed := m.Node.Kind != NodeSpread && c.presence(&m.Node, []*Entry{b}, relayed) == Always
			return needed &&
				(c.Presence(&m.Node, []*Entry{a}) == Never || c.misses(&m.Node, a, b))
		})
	case NodeOr:
		is, needed := c.settled(n, a), c.settled(n, b)
		switch {
		case is == nil || needed == nil:
			return false
		case n.IsChoice() && differ(c.likeOf(is, a), c.likeOf(needed, b)):
			return true
		case is == needed:
			return c.misses(is, a, b)
		case needed.Kind == NodeObject:
			return is.Kind != NodeObject && is.Role != RoleParam
		case needed.Role != RoleMeta:
			return false
		case is.Role == RoleMessage:
			return !a.maySay(b.MetaJSON(needed.Key))
		default:
			return is.Kind == NodeObject || is.Kind == NodeArray
		}
	}
	return false
}

// differ reports whether no value matches both of two patterns.
func differ(a, b string) bool { return a != b && a != anyValue && b != anyValue }

// maySay reports whether JSON may be one of the messages.
func (e *Entry) maySay(constant json.RawMessage) bool {
	var text string
	return json.Unmarshal(constant, &text) == nil &&
		slices.ContainsFunc(e.Variants, func(v Variant) bool {
			return len(v.Message.Names()) > 0 || e.ExampleMessage(&v) == text
		})
}
