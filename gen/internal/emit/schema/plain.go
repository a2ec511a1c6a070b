package schema

import (
	"slices"
	"strconv"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/encode"
)

// A Selection is the codes and statuses that a plain schema is about.
type Selection struct {
	Entries  []*catalog.Entry // public ones, at least one
	Statuses []int            // the status is one of these; none: any
	Code     *encode.Schema   // stands for the code; nil: an enum, or the one code there is
	Item     *encode.Schema   // stands for the element of a $each; nil: there is none
}

// Plain returns a schema of the bodies of some codes without conditions: as structure, constants and enums, for OpenAPI, whose tools
// make types of schemas. It says less than [Document]: of several codes not which has which status or params, of several statuses not
// that all fields hold the same. What those tools do not know (lists whose items differ, not) is left out.
func Plain(c *catalog.Catalog, sel Selection) *encode.Schema {
	return plain(&builder{catalog: c, root: &c.Envelope.Body, item: sel.Item}, sel)
}

// PlainElement returns a schema of the element of the envelope's $each, whatever its code: the errors after the first may have
// any code and status.
func PlainElement(c *catalog.Catalog, code *encode.Schema) *encode.Schema {
	sel := Selection{Entries: slices.Collect(c.Public()), Code: code}
	return plain(&builder{catalog: c, root: &c.Envelope.Body.Each().Items[0]}, sel)
}

func plain(b *builder, sel Selection) *encode.Schema {
	b.codes, b.entries, b.everything = KnownCodes, sel.Entries, true
	b.code = b.findCode()
	s, _ := b.shape(b.root, true, func(n *catalog.Node) (*encode.Schema, bool) { return b.plainLeaf(n, &sel) })
	if s == nil {
		return &encode.Schema{Type: "object"}
	}
	simplify(s)
	return s
}

// CodeEnum returns the schema of the code of any public error, documented.
func CodeEnum(c *catalog.Catalog) *encode.Schema {
	b := newBuilder(c, KnownCodes)
	if b.byType() {
		b.code = nil // the codes are wanted
	}
	return b.codeSchema()
}

func (b *builder) plainLeaf(n *catalog.Node, sel *Selection) (*encode.Schema, bool) {
	s, required := b.leaf(n)
	set := among(sel.Statuses)
	switch {
	case n.Kind == catalog.NodeSpread, n.Kind == catalog.NodeRole && n.Role == catalog.RoleParams:
		params := b.everyParam()
		return params, params != nil && b.presence(n) == catalog.Always
	case s == nil:
		return nil, false
	case n.Kind == catalog.NodeRole && n.Role == catalog.RoleParam:
		return b.mergedParam(n.Key, b.entries), required
	case n.Kind == catalog.NodeRole && n.Role.TellsCode() && b.code != nil && n.Role == b.code.Role && sel.Code != nil:
		return sel.Code, required
	case n == b.code, n.Kind == catalog.NodeRole && len(s.Enum) == 1:
		s = single(&encode.Schema{Type: s.Type, Enum: s.Enum})
	case b.statusField(n, set) != nil:
		s = b.statusField(n, set)
	}
	return s, required
}

// single makes an enum of one value a constant.
func single(s *encode.Schema) *encode.Schema {
	if len(s.Enum) == 1 {
		return constant(encode.CompactJSON(s.Enum[0]))
	}
	return s
}

// among is some statuses; of none it is all.
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
	var names []string
	having := map[string][]*catalog.Entry{} // a param
	for _, e := range b.entries {
		for i := range e.Params {
			if p := &e.Params[i]; !p.Apart && p.EverInBody(e) {
				if having[p.Name] == nil {
					names = append(names, p.Name)
				}
				having[p.Name] = append(having[p.Name], e)
			}
		}
	}
	for _, name := range names {
		s.Property(name, b.mergedParam(name, having[name]))
		role := &catalog.Node{Kind: catalog.NodeRole, Role: catalog.RoleParam, Key: name}
		if len(having[name]) == len(b.entries) && b.presence(role) == catalog.Always {
			s.Required = append(s.Required, name)
		}
	}
	if names == nil {
		return nil
	}
	return s
}

// mergedParam describes a param of several codes by its type, if all that have it agree on that; of one code it says more. It looks at
// some of the codes: all that have the param are among them.
func (b *builder) mergedParam(name string, entries []*catalog.Entry) *encode.Schema {
	s := *b.paramLeaf(name, entries)
	if len(b.entries) == 1 {
		p := b.entries[0].Param(name)
		s.Description = string(p.Description)
	}
	return &s
}

// isConstant reports whether a schema allows one value: a scalar, or a list without elements.
func isConstant(s *encode.Schema) bool {
	return s.Const != nil || s.MaxItems != nil && *s.MaxItems == 0
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
		case value.Type == constant.Type:
			*s = *value
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
