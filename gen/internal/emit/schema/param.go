package schema

import (
	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/encode"
	"github.com/errspec/errspec/gen/internal/value"
)

// paramField says what a leaf holds of e's params; nil: nothing.
func paramField(n *catalog.Node, e *catalog.Entry) (s *encode.Schema, required bool) {
	switch {
	case n.Kind == catalog.NodeSpread, n.Kind == catalog.NodeRole && n.Role == catalog.RoleParams:
		s = paramsObject(e)
		return s, s != nil && len(s.Required) > 0
	case n.Kind == catalog.NodeRole && n.Role == catalog.RoleParam:
		if p := e.Param(n.Key); p != nil && p.EverInBody(e) {
			return paramSchema(p), p.AlwaysInBody(e)
		}
	}
	return nil, false
}

// paramsObject describes $params; nil if e has none.
func paramsObject(e *catalog.Entry) *encode.Schema {
	s := &encode.Schema{Type: "object"}
	for i := range e.Params {
		p := &e.Params[i]
		if p.Apart || !p.EverInBody(e) {
			continue
		}
		s.Property(p.Name, paramSchema(p))
		if p.AlwaysInBody(e) {
			s.Required = append(s.Required, p.Name)
		}
	}
	if s.Properties == nil {
		return nil
	}
	return s
}

// paramLeaf describes $param.name whatever the code: by its type if all codes that have it agree on
// that.
func (b *builder) paramLeaf(name string, entries []*catalog.Entry) *encode.Schema {
	var common *encode.Schema
	var text string
	for _, e := range entries {
		p := e.Param(name)
		if p == nil || !p.EverInBody(e) {
			continue
		}
		s := paramSchema(p)
		switch t := string(encode.CompactJSON(s)); {
		case common == nil:
			common, text = s, t
		case t != text:
			return &encode.Schema{}
		}
	}
	if common == nil || b.codes == AnyCode {
		return &encode.Schema{}
	}
	return common
}

func paramSchema(p *catalog.Param) *encode.Schema { return typeSchema(&p.Type) }

func typeSchema(t *catalog.Type) *encode.Schema {
	switch t.Kind {
	case value.List:
		return &encode.Schema{Type: "array", Items: typeSchema(t.Elem)}
	case value.Map:
		return &encode.Schema{Type: "object", Additional: encode.Additional{Schema: typeSchema(t.Elem)}}
	case value.JSON:
		return &encode.Schema{}
	case value.Object:
		s := &encode.Schema{Type: "object"}
		for i := range t.Fields {
			f := &t.Fields[i]
			s.Property(f.Name, typeSchema(&f.Type))
			if !f.Optional {
				s.Required = append(s.Required, f.Name)
			}
		}
		return s
	default:
		s := scalarSchema(t.Kind)
		for _, v := range t.Enum {
			s.Enum = append(s.Enum, v.Value)
		}
		return s
	}
}

// timePattern is RFC 3339. A format would do, but validators need not know formats, and ajv in
// strict mode refuses them.
const timePattern = `[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?` +
	`(Z|[+-][0-9]{2}:[0-9]{2})`

func scalarSchema(kind value.Kind) *encode.Schema {
	switch kind {
	case value.Int:
		return &encode.Schema{Type: "integer"}
	case value.Float:
		return &encode.Schema{Type: "number"}
	case value.Bool:
		return &encode.Schema{Type: "boolean"}
	case value.Bytes:
		return &encode.Schema{Type: "integer", Minimum: bound(0)}
	case value.Duration: // in seconds
		return &encode.Schema{Type: "number"}
	case value.Time:
		return matching(timePattern)
	default:
		return &encode.Schema{Type: "string"}
	}
}
