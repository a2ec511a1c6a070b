package schema

import (
	"slices"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/encode"
	"github.com/errspec/errspec/gen/internal/reference"
)

// A family is the codes that share a branch.
type family struct {
	statuses []int // ascending; of a status branch
	then     *encode.Schema
	codes    []string // as b.code has them
	plain    []string // as they are
	first    *catalog.Entry
}

// branch returns the if/then of a family. What it says of itself is a comment: generators of types
// would make a description the type's.
func (b *builder) branch(f *family, comment string) *encode.Schema {
	return &encode.Schema{
		Comment: comment, If: b.condition(b.code, oneOf(b.code.Role, f.codes)), Then: f.then,
	}
}

// condition returns a schema of the bodies in which one leaf is what s says; nil if the leaf has no
// place of its own.
func (b *builder) condition(leaf *catalog.Node, s *encode.Schema) *encode.Schema {
	asking := *b
	asking.asks = true
	condition, _ := asking.shape(b.root, true, func(n *catalog.Node) (*encode.Schema, bool) {
		if n == leaf {
			return s, true
		}
		return nil, false
	})
	return condition
}

// statusBranches returns a branch per distinct list of statuses, in the order of the statuses.
func (b *builder) statusBranches() []*encode.Schema {
	var branches []*encode.Schema
	for _, f := range b.statusFamilies(b.coded()) {
		f.then = b.statusFields(f)
		if f.then == nil || !b.tellsCode() {
			return nil // the body has no status, or no code that could be singled out
		}
		branches = append(branches, b.branch(f, b.statusDoc(f.statuses)))
	}
	return branches
}

// tellsCode reports whether a condition on the code can be written.
func (b *builder) tellsCode() bool {
	return b.code != nil && b.condition(b.code, &encode.Schema{Type: "string"}) != nil
}

// statusFamilies groups codes by their set of statuses.
func (b *builder) statusFamilies(entries []*catalog.Entry) []*family {
	var families []*family
	bySet := map[string]*family{}
	for _, e := range entries {
		statuses := slices.Compact(slices.Sorted(slices.Values(e.Statuses)))
		key := string(encode.CompactJSON(statuses))
		f := bySet[key]
		if f == nil {
			f = &family{statuses: statuses, first: e}
			bySet[key] = f
			families = append(families, f)
		}
		f.codes = append(f.codes, b.codeText(e))
		f.plain = append(f.plain, e.Code)
	}
	slices.SortFunc(families, func(a, b *family) int { return slices.Compare(a.statuses, b.statuses) })
	return families
}

// statusFields asks every status field of the body to hold one and the same of the family's
// statuses, and every other place of the code to hold one of the family's codes.
func (b *builder) statusFields(f *family) *encode.Schema {
	var alternatives []*encode.Schema
	for _, status := range f.statuses {
		field := func(n *catalog.Node) (*encode.Schema, bool) {
			if n.Kind == catalog.NodeRole && n.Role.TellsCode() && n != b.code {
				return oneOf(n.Role, f.plain), false
			}
			return b.statusField(n, exactly(status)), b.needsPhrase(n, status)
		}
		s, _ := b.shape(b.root, false, field)
		if s == nil || !b.asksOutside(field) {
			return nil
		}
		alternatives = append(alternatives, s)
	}
	if len(alternatives) == 1 {
		return alternatives[0]
	}
	return &encode.Schema{Type: alternatives[0].Type, AnyOf: alternatives}
}

// statusDoc names the statuses of a branch: "401 Unauthorized or 403 Forbidden".
func (b *builder) statusDoc(statuses []int) string {
	names := make([]string, len(statuses))
	for i, status := range statuses {
		names[i] = reference.StatusLine(b.catalog, status)
	}
	return strings.Join(names, " or ")
}

// messageField says whether a code has a message, where not all codes do.
func messageField(p catalog.Presence) (s *encode.Schema, required bool) {
	switch p {
	case catalog.Always:
		return &encode.Schema{Type: "string"}, true
	case catalog.Never:
		return absent(), false
	default:
		return nil, false
	}
}

// of returns a builder of the bodies of one code.
func (b *builder) of(e *catalog.Entry) *builder {
	one := *b
	one.codes, one.entries, one.whole, one.present = KnownCodes, []*catalog.Entry{e}, b, nil
	return &one
}

// anonymousBranch returns the branch of the bodies without a code: each is that of an error that
// has none. Where any code passes, any such body does.
func (b *builder) anonymousBranch() []*encode.Schema {
	isAnonymous := func(e *catalog.Entry) bool { return e.Anonymous }
	if b.codes == AnyCode || !slices.ContainsFunc(b.entries, isAnonymous) {
		return nil
	}
	var bodies []*encode.Schema
	seen := map[string]bool{}
	for _, e := range b.entries {
		if b.code != nil && !e.Anonymous {
			continue
		}
		for _, status := range e.Statuses {
			s := b.anonymousBody(e, status)
			if s == nil {
				return nil // it says nothing, so any body will do
			}
			if key := string(encode.CompactJSON(s)); !seen[key] {
				seen[key] = true
				bodies = append(bodies, s)
			}
		}
	}
	if bodies == nil {
		return nil
	}
	then := &encode.Schema{AnyOf: bodies}
	isOther := func(s *encode.Schema) bool { return s.Type != bodies[0].Type }
	if !slices.ContainsFunc(bodies, isOther) { // an element of a $each may be of several types
		then.Type = bodies[0].Type
	}
	if len(bodies) == 1 {
		then = bodies[0]
	}
	if b.code == nil {
		return []*encode.Schema{then}
	}
	hasCode := b.condition(b.code, &encode.Schema{})
	if hasCode == nil {
		return nil
	}
	return []*encode.Schema{{
		Comment: "errors without a code", If: &encode.Schema{Not: hasCode}, Then: then,
	}}
}

// anonymousBody describes the bodies of an error without a code by what sets them apart from those
// of others.
func (b *builder) anonymousBody(e *catalog.Entry, status int) *encode.Schema {
	one := b.of(e)
	s, _ := one.shape(b.root, false, func(n *catalog.Node) (*encode.Schema, bool) {
		if s := b.statusField(n, exactly(status)); s != nil {
			return s, b.needsPhrase(n, status)
		}
		switch {
		case n.Kind != catalog.NodeRole:
		case n.Role == catalog.RoleType && e.Type != "":
			return constant(encode.CompactJSON(e.Type)), true
		case n.Role == catalog.RoleMeta && e.MetaJSON(n.Key) != nil:
			return constant(e.MetaJSON(n.Key)), true
		case n.Role == catalog.RoleMessage && b.presence(n) == catalog.Sometimes:
			return messageField(one.presence(n))
		case isParams(n.Role) && one.presence(n) == catalog.Never && b.presence(n) != catalog.Never:
			return absent(), false // a body with it is another error's
		}
		return paramField(n, e)
	})
	return s
}

// isParams reports whether a role is a param, or all of them.
func isParams(r catalog.Role) bool { return r == catalog.RoleParam || r == catalog.RoleParams }

// paramBranches returns a branch per distinct set of params in the body, in the order of the first
// code that has it.
func (b *builder) paramBranches() []*encode.Schema {
	if !b.tellsCode() {
		return nil
	}
	var families []*family
	bySchema := map[string]*family{}
	for _, e := range b.coded() {
		one := b.of(e)
		field := func(n *catalog.Node) (*encode.Schema, bool) {
			if n.Kind == catalog.NodeRole &&
				n.Role == catalog.RoleMessage &&
				b.presence(n) == catalog.Sometimes {
				return messageField(one.presence(n))
			}
			return paramField(n, e)
		}
		then, _ := one.shape(b.root, false, field)
		if then == nil || !one.asksOutside(field) {
			continue
		}
		key := string(encode.CompactJSON(then))
		f := bySchema[key]
		if f == nil {
			f = &family{then: then}
			bySchema[key] = f
			families = append(families, f)
		}
		f.codes = append(f.codes, b.codeText(e))
	}
	branches := make([]*encode.Schema, len(families))
	for i, f := range families {
		branches[i] = b.branch(f, "")
	}
	return branches
}
