package breaking

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
)

// A leaf is a member of the envelope that is neither an object nor an array: its path and its
// value.
type leaf struct {
	path []string
	says string // a role, a text with roles in it, or a constant's JSON
	kind string // of the JSON
	role bool   // else a constant

	finds bool // clients find an element of a list by the constant
}

// leaves returns the members of an envelope.
func leaves(n *catalog.Node, path []string) []leaf {
	at := func(key string) []string { return append(slices.Clone(path), key) }
	var all []leaf
	switch n.Kind {
	case catalog.NodeObject:
		for i := range n.Members {
			m := &n.Members[i]
			key := m.Name
			if m.Node.Kind == catalog.NodeSpread {
				key = "$spread"
			}
			all = append(all, leaves(&m.Node, at(key))...)
		}
		if len(n.Members) == 0 {
			all = append(all, leaf{path: path, says: "{}", kind: "object"})
		}
	case catalog.NodeArray:
		for i := range n.Items {
			all = append(all, leaves(&n.Items[i], at(strconv.Itoa(i)))...)
		}
		if len(n.Items) == 0 {
			all = append(all, leaf{path: path, says: "[]", kind: "array"})
		}
	case catalog.NodeEach:
		all = leaves(&n.Items[0], at("$each"))
	case catalog.NodeOr:
		says := make([]string, len(n.Items))
		for i := range n.Items {
			says[i] = written(&n.Items[i])
		}
		all = append(all, leaf{path: path, says: "{$or: [" + strings.Join(says, ", ") + "]}", role: true})
	case catalog.NodeConst:
		all = append(all, leaf{path: path, says: string(n.Const), kind: jsonKind(n.Const)})
	case catalog.NodeText:
		all = append(all, leaf{path: path, says: n.Text.String(), kind: "string", role: true})
	default:
		all = append(all,
			leaf{path: path, says: string(n.Role) + n.Key, kind: roleKind(n.Role), role: true})
	}
	return all
}

// isAt reports whether two members are at the same place. The first element of a list is where that
// of a $each is.
func (l leaf) isAt(o leaf) bool {
	return slices.EqualFunc(l.path, o.path, func(a, b string) bool {
		return a == b || a == "0" && b == "$each" || a == "$each" && b == "0"
	})
}

// eachPath returns where the $each of a body is; nil: there is none.
func eachPath(n *catalog.Node) []string {
	for _, l := range leaves(n, nil) {
		if i := slices.Index(l.path, "$each"); i >= 0 {
			return l.path[:i]
		}
	}
	return nil
}

// several compares how many errors a body may have.
func (c *comparison) several() {
	was, now := eachPath(&c.old.Envelope.Body), eachPath(&c.new.Envelope.Body)
	switch {
	case was == nil && now != nil:
		c.add(change(rule.EnvelopeChanged,
			say("a body may now have several errors: ", listAt(now), " has an element for each"),
			body(now), body(now)).constant())
	case was != nil && now == nil:
		c.add(change(rule.EnvelopeChanged,
			say("a body now has one error: ", listAt(was), " had an element for each"),
			body(was), body(was)))
	}
}

// listAt names the list of errors of a body.
func listAt(path []string) Phrase {
	if len(path) == 0 {
		return say("the body")
	}
	return say(name(dotted(path)))
}

// written returns a node on one line, much as its author writes it.
func written(n *catalog.Node) string {
	var parts []string
	switch n.Kind {
	case catalog.NodeObject:
		for i := range n.Members {
			m := &n.Members[i]
			key := m.Name
			if m.Node.Kind == catalog.NodeSpread {
				key = "$spread"
			}
			parts = append(parts, key+": "+written(&m.Node))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case catalog.NodeArray:
		for i := range n.Items {
			parts = append(parts, written(&n.Items[i]))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	default:
		return leaves(n, nil)[0].says
	}
}

func jsonKind(scalar json.RawMessage) string {
	switch scalar[0] {
	case '"':
		return "string"
	case 't', 'f':
		return "boolean"
	case 'n':
		return "null"
	default:
		return "number"
	}
}

func roleKind(r catalog.Role) string {
	switch r {
	case catalog.RoleStatus, catalog.RoleRetryAfter, catalog.RoleCodeNumber:
		return "number"
	case catalog.RoleParams:
		return "object"
	default:
		return "string"
	}
}

// carried returns the roles that both envelopes carry, as an author writes them.
func carried(before, after *catalog.Catalog) map[catalog.Role]bool {
	roles := func(c *catalog.Catalog) map[catalog.Role]bool {
		found := map[catalog.Role]bool{}
		for r, key := range c.Envelope.Body.Roles() {
			found[r+catalog.Role(key)] = true
		}
		return found
	}
	both, is := roles(before), roles(after)
	for r := range both {
		if !is[r] {
			delete(both, r)
		}
	}
	return both
}

// envelope compares the JSON of every response.
func (c *comparison) envelope() {
	if was, now := c.old.Envelope.MediaType, c.new.Envelope.MediaType; was != now {
		c.add(change(rule.EnvelopeChanged,
			say("the media type changed from ", name(was), " to ", name(now)),
			root("envelope", "media_type"), root("envelope", "media_type")))
	}
	c.several()
	c.responseHeaders()
	was, now := leaves(&c.old.Envelope.Body, nil), leaves(&c.new.Envelope.Body, nil)
	for i := range was {
		was[i].finds = c.finds(&c.old.Envelope.Body, was[i].path)
	}
	c.places(&c.old.Envelope.Body, &c.new.Envelope.Body, nil)
	told := map[string]bool{} // new members
	for _, l := range was {
		at := slices.IndexFunc(now, l.isAt)
		switch {
		case at < 0:
			c.member(l, was, now, told)
		case now[at].says != l.says:
			text := say("the member ", name(dotted(l.path)), " changed from ", name(l.says),
				" to ", name(now[at].says))
			ch := change(rule.EnvelopeChanged, text, body(l.path), body(now[at].path))
			switch {
			case l.role || now[at].role || l.kind != now[at].kind:
			case l.finds:
				ch.Remark = ", and older clients find the element by it"
			default:
				ch = c.constant(ch)
			}
			c.add(ch)
		}
	}
	for _, l := range now {
		known := slices.ContainsFunc(was, l.isAt)
		if !known && !told[dotted(l.path)] {
			c.add(change(rule.EnvelopeChanged,
				say("a new member ", name(dotted(l.path)), ", ", name(l.says)),
				Place{}, body(l.path)).harmless())
		}
	}
}

// responseHeaders compares the headers that differ from response to response. Those that a code
// settles are compared with the code.
func (c *comparison) responseHeaders() {
	find := func(list []catalog.Header, like catalog.Header) int {
		return slices.IndexFunc(list, func(h catalog.Header) bool {
			return h.Canonical() == like.Canonical()
		})
	}
	place := func(h catalog.Header) Place { return root("envelope", "headers", h.Name) }
	old, current := c.old.Envelope.ResponseHeaders(), c.new.Envelope.ResponseHeaders()
	for _, h := range old {
		at := find(current, h)
		if at < 0 {
			c.add(change(rule.EnvelopeChanged,
				say("the header ", name(h.Name), " was removed"), place(h), place(h)))
		} else if was, now := h.Value.String(), current[at].Value.String(); was != now {
			c.add(change(rule.EnvelopeChanged,
				say("the header ", name(h.Name), " changed from ", quote(was), " to ", quote(now)),
				place(h), place(current[at])))
		}
	}
	for _, h := range current {
		if find(old, h) < 0 {
			c.newHeader(&h, place(h))
		}
	}
}

// usualRequestID is the header that has the id of the request unless the envelope names another.
const usualRequestID = "X-Request-Id"

// newHeader reports a header that responses did not have. It harms clients if the id of the request
// moved to it.
func (c *comparison) newHeader(h *catalog.Header, at Place) {
	ch := change(rule.EnvelopeChanged, say("a new header ", name(h.Name)), Place{}, at)
	was, now := c.old.Envelope.RequestIDHeader(), c.new.Envelope.RequestIDHeader()
	if was != "" || now != h.Canonical() || now == usualRequestID {
		c.add(ch.harmless())
		return
	}
	ch.Category = rule.Contract
	ch.Text = append(ch.Text, say(", which has the id of the request instead of ",
		name(usualRequestID))...)
	c.add(ch)
}

// constant limits a change of the envelope to clients that read more than the code and the status
// of the first error, such as a change of a constant or of how many errors follow.
func (ch Change) constant() Change {
	ch.Category, ch.Severity = rule.Contract, diag.Warning
	return ch
}

// constant returns a change of a constant: it harms clients that recognize an error by its body.
func (c *comparison) constant(ch Change) Change {
	if !c.recognizesByBody() {
		return ch.constant()
	}
	ch.Remark = ", and older clients recognize errors without a code by it"
	return ch
}

// member tells what became of a member that is not where it was.
func (c *comparison) member(l leaf, was, now []leaf, told map[string]bool) {
	for _, n := range now {
		known := slices.ContainsFunc(was, n.isAt)
		if l.role && n.says == l.says && !known && !told[dotted(n.path)] {
			told[dotted(n.path)] = true
			c.add(change(rule.EnvelopeChanged,
				say("the member ", name(dotted(l.path)), " moved to ", name(dotted(n.path))),
				body(l.path), body(n.path)))
			return
		}
	}
	c.add(change(rule.EnvelopeChanged,
		say("the member ", name(dotted(l.path)), " was removed"), body(l.path), body(l.path)))
}

func dotted(path []string) string { return strings.Join(path, ".") }

func body(path []string) Place { return root(append([]string{"envelope", "body"}, path...)...) }
