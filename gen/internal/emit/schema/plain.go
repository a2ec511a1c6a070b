package schema

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/encode"
)

// A Selection is the codes and statuses that a plain schema is about.
type Selection struct {
	Entries  []*catalog.Entry // public ones, at least one
	Codes    Codes            // with AnyCode, the body of a code that is not known fits as well
	Statuses []int            // the status is one of these; none: any
	Code     *encode.Schema   // stands for the code; nil: an enum, or the one code there is
	Item     *encode.Schema   // stands for the element of a $each; nil: there is none
}

// Plain returns a schema of the bodies of some codes without conditions: as structure, constants
// and enums, for OpenAPI, whose tools make types of schemas. It says less than [Document]: of
// several codes not which has which status or params, of several statuses not that all fields hold
// the same. What those tools do not know (lists whose items differ, not) is omitted.
func Plain(c *catalog.Catalog, sel Selection) *encode.Schema {
	return plain(&builder{catalog: c, root: &c.Envelope.Body, item: sel.Item}, sel)
}

// PlainElement returns a schema of the element of the envelope's $each, whatever its code: the
// errors after the first may have any code and status.
func PlainElement(c *catalog.Catalog, code *encode.Schema) *encode.Schema {
	sel := Selection{Entries: slices.Collect(c.Public()), Codes: AnyCode, Code: code}
	return plain(&builder{catalog: c, root: &c.Envelope.Body.Each().Items[0]}, sel)
}

func plain(b *builder, sel Selection) *encode.Schema {
	b.codes, b.entries, b.everything = sel.Codes, sel.Entries, true
	b.code = b.findCode()
	if b.codes == AnyCode {
		b.having = withParam(slices.Collect(b.catalog.Public()), true)
	}
	s, _ := b.shape(b.root, true, func(n *catalog.Node) (*encode.Schema, bool) {
		return b.plainLeaf(n, &sel)
	})
	if s == nil {
		return &encode.Schema{Type: "object"}
	}
	simplify(s)
	return s
}

// CodeEnum returns the schema of the code of any public error, documented. With AnyCode it names
// the known codes and allows others.
func CodeEnum(c *catalog.Catalog, codes Codes) *encode.Schema {
	b := newBuilder(c, codes)
	if b.byType() {
		b.code = nil // the codes are wanted
	}
	return opened(b.codeSchema())
}

// A Tag is where the bodies of errors say which error they are. Its value is different in each.
type Tag struct {
	Path   []string         // the names of the members that lead to it
	String bool             // it is a string, not a number
	Coded  []*catalog.Entry // the public errors that have it
	Values []string         // theirs
}

// TagOf returns the tag of a catalog's bodies. It is nil if a body may lack it, or if it is not in
// objects alone.
func TagOf(c *catalog.Catalog) *Tag {
	b := newBuilder(c, KnownCodes)
	b.entries = b.coded()
	path := b.pathTo(b.root)
	if b.code == nil || len(b.entries) == 0 || path == nil || b.presence(b.code) != catalog.Always {
		return nil
	}
	tag := &Tag{Path: path, String: !b.isNumber(), Coded: b.entries}
	for _, e := range b.entries {
		tag.Values = append(tag.Values, b.codeText(e))
	}
	return tag
}

// pathTo returns the members that lead from a node to what tells the code; nil if they do not.
func (b *builder) pathTo(n *catalog.Node) []string {
	for i := range n.Members {
		m := &n.Members[i]
		if &m.Node == b.code {
			return []string{m.Name}
		}
		if path := b.pathTo(&m.Node); path != nil {
			return append([]string{m.Name}, path...)
		}
	}
	return nil
}

func (b *builder) plainLeaf(n *catalog.Node, sel *Selection) (*encode.Schema, bool) {
	if len(sel.Statuses) > 0 && hasPhrase(n) {
		b = b.with(sel.Statuses)
	}
	s, required := b.leaf(n)
	set := among(sel.Statuses)
	switch {
	case n.Kind == catalog.NodeSpread, n.Kind == catalog.NodeRole && n.Role == catalog.RoleParams:
		params := b.everyParam()
		if params == nil && b.codes == AnyCode && n.Kind == catalog.NodeRole {
			params = &encode.Schema{Type: "object"}
		}
		return params, params != nil && b.presence(n) == catalog.Always
	case s == nil:
		return nil, false
	case n.Kind == catalog.NodeRole && n.Role == catalog.RoleParam:
		return b.mergedParam(n.Key, b.entries), required
	case n.Kind == catalog.NodeRole && n.Role.TellsCode() && b.code != nil && n.Role == b.code.Role &&
		sel.Code != nil:
		return sel.Code, required
	case b.codes == AnyCode && s.AnyOf != nil:
		s = opened(s)
	case n == b.code, n.Kind == catalog.NodeRole && len(s.Enum) == 1:
		s = single(&encode.Schema{Type: s.Type, Enum: s.Enum})
	case b.statusField(n, set) != nil:
		s = b.statusField(n, set)
	}
	return s, required
}

// with returns the builder of the same errors with some of their statuses.
func (b *builder) with(statuses []int) *builder {
	some := *b
	some.entries, some.present = nil, nil
	for _, e := range b.entries {
		only := *e
		only.Statuses = slices.DeleteFunc(slices.Clone(e.Statuses), func(s int) bool {
			return !slices.Contains(statuses, s)
		})
		some.entries = append(some.entries, &only)
	}
	return &some
}

// single makes an enum of one value a constant.
func single(s *encode.Schema) *encode.Schema {
	if len(s.Enum) == 1 {
		return constant(encode.CompactJSON(s.Enum[0]))
	}
	return s
}

// among returns the set of some statuses; without any, of all.
func among(statuses []int) statusSet {
	switch len(statuses) {
	case 0:
		return anyStatus
	case 1:
		return exactly(statuses[0])
	}
	texts := make([]string, len(statuses))
	for i, status := range statuses {
		texts[i] = strconv.Itoa(status)
	}
	return statusSet{pattern: "(" + strings.Join(texts, "|") + ")", values: statuses}
}

// everyParam describes an object with the params of all entries; nil if they have none.
func (b *builder) everyParam() *encode.Schema {
	s := &encode.Schema{Type: "object"}
	having := withParam(b.entries, false)
	for _, name := range paramNames(b.entries) {
		s.Property(name, b.mergedParam(name, having[name]))
		role := &catalog.Node{Kind: catalog.NodeRole, Role: catalog.RoleParam, Key: name}
		if len(having[name]) == len(b.entries) && b.presence(role) == catalog.Always {
			s.Required = append(s.Required, name)
		}
	}
	if len(having) == 0 {
		return nil
	}
	return s
}

// paramNames returns the names of the params that the bodies of some codes have, in their order.
func paramNames(entries []*catalog.Entry) []string {
	var names []string
	seen := map[string]bool{}
	for _, e := range entries {
		for i := range e.Params {
			if p := &e.Params[i]; !seen[p.Name] && !p.Apart && p.EverInBody(e) {
				seen[p.Name] = true
				names = append(names, p.Name)
			}
		}
	}
	return names
}

// withParam returns the codes whose bodies have a param, by its name; with apart, also where it
// is not among $params.
func withParam(entries []*catalog.Entry, apart bool) map[string][]*catalog.Entry {
	having := map[string][]*catalog.Entry{}
	for _, e := range entries {
		for i := range e.Params {
			if p := &e.Params[i]; (apart || !p.Apart) && p.EverInBody(e) {
				having[p.Name] = append(having[p.Name], e)
			}
		}
	}
	return having
}

// mergedParam describes a param of several codes by its type, if all that have it agree on that; of
// one code it says more. It looks at some of the codes: all that have the param are among them.
func (b *builder) mergedParam(name string, entries []*catalog.Entry) *encode.Schema {
	if b.codes == AnyCode {
		known := *b
		known.codes = KnownCodes
		return relaxed(known.paramLeaf(name, b.having[name]))
	}
	s := *b.paramLeaf(name, entries)
	if len(b.entries) == 1 {
		p := b.entries[0].Param(name)
		s.Description = string(p.Description)
	}
	return &s
}

// opened makes one type of the alternatives that stand for known values and any others. It names
// the known ones.
func opened(s *encode.Schema) *encode.Schema {
	if s.AnyOf == nil {
		return s
	}
	open := &encode.Schema{Description: s.Description, Type: s.AnyOf[0].Type}
	for _, alternative := range s.AnyOf {
		if alternative.Type != open.Type {
			open.Type = ""
		}
		for _, known := range alternative.Enum {
			open.KnownValues = append(open.KnownValues, known)
			open.Examples = append(open.Examples, encode.CompactJSON(known))
		}
	}
	return open
}

// relaxed returns a schema that also holds for a param of an unknown code with the same name: its
// type, without limits and required fields.
func relaxed(s *encode.Schema) *encode.Schema {
	r := *s
	r.Minimum, r.Maximum, r.Required = nil, nil, nil
	r.KnownValues, r.Enum = r.Enum, nil
	r.Properties = nil
	for _, p := range s.Properties {
		r.Property(p.Name, relaxed(p.Value.(*encode.Schema)))
	}
	if s.Items != nil {
		r.Items = relaxed(s.Items)
	}
	if s.Additional.Schema != nil {
		r.Additional.Schema = relaxed(s.Additional.Schema)
	}
	return &r
}

// isConstant reports whether a schema allows one value: a scalar, or a list without elements.
func isConstant(s *encode.Schema) bool {
	return s.Const != nil || s.MaxItems != nil && *s.MaxItems == 0
}

// admit makes a schema accept a constant of its type as well.
func admit(s, constant *encode.Schema) {
	if s.Const != nil {
		s.Enum, s.Const = encode.Enum{s.Const}, nil
	}
	isConstant := func(v any) bool { return bytes.Equal(encode.CompactJSON(v), constant.Const) }
	switch {
	case constant.Const == nil: // a list without elements
		s.MinItems = 0
	case s.Enum == nil:
		s.Pattern, s.Minimum, s.Maximum = "", nil, nil
	case !slices.ContainsFunc(s.Enum, isConstant):
		s.Enum = append(slices.Clip(s.Enum), constant.Const)
	}
}

// simplify rewrites a schema for tools that make types of it.
func simplify(s *encode.Schema) {
	if len(s.AnyOf) == 2 { // a $or
		value, constant := s.AnyOf[0], s.AnyOf[1]
		switch {
		case !isConstant(constant) || isEmpty(value) && value.Properties == nil:
		case constant.Type == "null":
			simplify(value)
			s.Not = nil
			return
		case value.Type == constant.Type || value.Type == "number" && constant.Type == "integer":
			*s = *value
			admit(s, constant)
		}
	}
	s.Not, s.AnyOf = nil, nil
	if s.Type == "array" && s.Items == nil {
		s.PrefixItems, s.Items = nil, &encode.Schema{} // linters want one
	}
	switch {
	case s.Pattern == "^"+timePattern+"$":
		s.Pattern, s.Format = "", "date-time"
	case s.Type == "integer" && s.Const == nil && s.Enum == nil && s.Maximum == nil:
		s.Format = "int64" // of a param: a size may be more than 32 bits hold
	}
	for _, p := range s.Properties {
		simplify(p.Value.(*encode.Schema))
	}
	if s.Items != nil {
		simplify(s.Items)
	}
	if s.Additional.Schema != nil {
		simplify(s.Additional.Schema)
	}
}
