package errorsjson

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/encode"
	"github.com/errspec/errspec/gen/internal/message"
	"github.com/errspec/errspec/gen/internal/reference"
)

func envelope(c *catalog.Catalog) Envelope {
	return Envelope{
		MediaType:   c.Envelope.MediaType,
		Description: string(c.Envelope.Description),
		Template:    encode.CompactJSON(asWritten(&c.Envelope.Body)),
		Paths:       reference.Paths(c),
		Each:        eachPath(&c.Envelope.Body, []Step{}),
		Sample:      c.SampleBody(),
		Headers:     list(c.Envelope.Headers, ofAll),
	}
}

// ofAll returns a header of every error. Its roles are named without their $.
func ofAll(h *catalog.Header) Header {
	t := slices.Clone(h.Value)
	for i := range t {
		t[i].Name = strings.TrimPrefix(t[i].Name, "$")
	}
	return Header{h.Name, template(t)}
}

// asWritten returns a node as a catalog's author writes it.
func asWritten(n *catalog.Node) any {
	switch n.Kind {
	case catalog.NodeObject:
		object := encode.Object{}
		for i := range n.Members {
			m := &n.Members[i]
			name := m.Written()
			if m.Node.Kind == catalog.NodeSpread {
				name = "$spread"
			}
			object = append(object, encode.Member{Name: name, Value: asWritten(&m.Node)})
		}
		return object
	case catalog.NodeArray:
		return list(n.Items, asWritten)
	case catalog.NodeOr:
		return encode.Object{{Name: "$or", Value: list(n.Items, asWritten)}}
	case catalog.NodeEach:
		return encode.Object{{Name: "$each", Value: asWritten(&n.Items[0])}}
	case catalog.NodeText:
		return n.Text.String()
	case catalog.NodeConst:
		var text string
		if json.Unmarshal(n.Const, &text) == nil && n.Const[0] == '"' {
			return message.Escape(text)
		}
		return n.Const
	default:
		return string(n.Role) + n.Key
	}
}

// eachPath returns the way to the list of errors; nil: there is none.
func eachPath(n *catalog.Node, path []Step) []Step {
	if n.Kind == catalog.NodeEach {
		return path
	}
	for i := range n.Members {
		m := &n.Members[i]
		if found := eachPath(&m.Node, append(path, encode.CompactJSON(m.Name))); found != nil {
			return found
		}
	}
	for i := range n.Items {
		if found := eachPath(&n.Items[i], append(path, encode.CompactJSON(i))); found != nil {
			return found
		}
	}
	return nil
}
