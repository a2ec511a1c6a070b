package vectors

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
)

// implied returns the error of a body that has no code: that of its type, or else an anonymous one.
func (r *reader) implied(b *body, status int, root any) *catalog.Entry {
	if uri, ok := b.text(catalog.RoleType); ok && uri != "about:blank" {
		return only(r.public, func(e *catalog.Entry) bool { return e.Type == uri && uri != "" })
	}
	for _, role := range []catalog.Role{catalog.RoleCode, catalog.RoleCodeNumber} {
		if b.roles[role].value != nil {
			return nil // it has a code, of another type
		}
	}
	return r.anonymous(b, status, root)
}

// only returns the one error that is wanted; nil: there are several, or none.
func only(list []*catalog.Entry, wanted func(*catalog.Entry) bool) (e *catalog.Entry) {
	for _, candidate := range list {
		switch {
		case !wanted(candidate):
		case e != nil:
			return nil
		default:
			e = candidate
		}
	}
	return e
}

// anonymous returns the only anonymous error that has a status and the members of the body. If
// several have the status, the message decides, unless the members alone do.
func (r *reader) anonymous(b *body, status int, root any) *catalog.Entry {
	var candidates []*catalog.Entry
	for _, e := range r.public {
		if e.Anonymous && e.KnownBy != catalog.ByType && slices.Contains(e.Statuses, status) {
			candidates = append(candidates, e)
		}
	}
	fits := func(e *catalog.Entry) bool {
		has := r.Pattern(e)
		if b.isLater {
			has = r.ElementPattern(e)
		}
		pattern, _ := decode(has)
		return covers(pattern, root)
	}
	if len(candidates) == 1 {
		return only(candidates, fits)
	}
	for _, how := range []likeness{likely, newer} {
		found := slices.DeleteFunc(slices.Clone(candidates), func(e *catalog.Entry) bool {
			return !fits(e) || e.KnownBy != catalog.ByBody && says(b, e) < how
		})
		if len(found) > 0 {
			return only(found, func(*catalog.Entry) bool { return true })
		}
	}
	return nil
}

// says returns how well the message of a body is one of an error's.
func says(b *body, e *catalog.Entry) likeness {
	read := b.clone()
	read.settle(e)
	text, ok := read.text(catalog.RoleMessage)
	switch {
	case read.unlike:
		return unlike
	case read.hides:
		return likely
	}
	best := unlike
	for i := range e.Variants {
		switch v := &e.Variants[i]; {
		case v.Silent && !ok:
			best = likely
		case !v.Silent && ok:
			_, how := readText(e, v.Message, text, fromText)
			best = max(best, min(how, likely))
		}
	}
	return best
}

// covers reports whether a JSON value has all that a pattern has; see [catalog.Catalog.Pattern].
func covers(pattern, v any) bool {
	switch p := pattern.(type) {
	case map[string]any:
		if sample, ok := p["$"]; ok {
			return isLike(sample, v)
		}
		members, ok := v.(map[string]any)
		for name, inner := range p {
			member, has := members[strings.TrimPrefix(name, "$")]
			ok = ok && has && covers(inner, member)
		}
		return ok
	case []any:
		items, ok := v.([]any)
		ok = ok && len(items) >= len(p)
		for i := range p {
			ok = ok && covers(p[i], items[i])
		}
		return ok
	}
	return equal(pattern, v)
}

// isLike reports whether a value is of the JSON type of a sample; null is any type.
func isLike(sample, v any) bool {
	ok := true
	switch sample.(type) {
	case string:
		_, ok = v.(string)
	case json.Number:
		_, ok = v.(json.Number)
	case []any:
		_, ok = v.([]any)
	case map[string]any:
		_, ok = v.(map[string]any)
	}
	return ok
}

// settle reads each choice as the only alternative that it can be in an error, if there is only
// one.
func (b *body) settle(e *catalog.Entry) {
	for _, c := range b.choices {
		var found []*catalog.Node
		for item := range c.node.Alternatives() {
			fits, always := mayBe(e, item, c.value)
			if fits {
				found = append(found, item)
			}
			if always { // what follows is never sent
				break
			}
		}
		absent := c.value == nil
		if len(found) > 0 {
			absent = len(found) == 1 && (found[0].IsConst() || found[0].Role == catalog.RoleMeta)
		}
		if len(found) == 1 && found[0].Kind == catalog.NodeRole {
			b.keep(found[0].Role, found[0].Key, sight{value: c.value}, false)
		}
		isMessage := func(n catalog.Node) bool { return n.Role == catalog.RoleMessage }
		_, said := b.text(catalog.RoleMessage)
		if !absent && !said && slices.ContainsFunc(c.node.Items, isMessage) {
			b.hides = true
			b.unlike = b.unlike || len(found) == 0
		}
	}
	b.choices = nil
}

// mayBe reports whether a value can be that of a role in an error, and whether the role always has
// a value there.
func mayBe(e *catalog.Entry, n *catalog.Node, v any) (fits, always bool) {
	_, isText := v.(string)
	switch {
	case n.IsConst():
		constant, _ := decode(constantJSON(n))
		return equal(constant, v), true
	case n.Role == catalog.RoleMeta:
		if e.MetaJSON(n.Key) == nil {
			return false, false
		}
		constant, _ := decode(e.MetaJSON(n.Key))
		return equal(constant, v), true
	case n.Role == catalog.RoleParam:
		p := e.Param(n.Key)
		if p == nil {
			return false, false
		}
		_, how := typed(&p.Type, v)
		needed := !slices.ContainsFunc(e.Variants, func(v catalog.Variant) bool {
			return !e.Takes(&v)[p.Name]
		})
		return how != misfit, !p.Optional && !p.Sensitive && needed
	case n.Role == catalog.RoleMessage:
		said := e.Silent() < 0
		return isText && (said || len(e.Variants) > 1), said
	}
	return isText, false
}
