package check

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
)

// maxBody is how much of a body clients read, in bytes: the Decoder's default in the generated
// package.
const maxBody = 1 << 20

// What bounds the cost of bodies, which makes the bodies that may be too long: one takes as many
// steps as its params squared.
const (
	manyParams = 1000
	manyBytes  = 64 * maxBody // of all bodies
)

// bodies looks for a code whose body clients do not read to its end, each param having its
// example's value. It needs a catalog without errors.
func (m *model) bodies() {
	roles, made := 0, 0
	for range m.out.Envelope.Body.Roles() {
		roles++
	}
	empty := func(catalog.Role, string) catalog.RoleValue {
		return catalog.RoleValue{JSON: json.RawMessage("{}")}
	}
	constants := len(m.out.Envelope.Body.AppendJSON(nil, empty))
	for i := range m.entries {
		e := &m.entries[i]
		if e.out.Internal || len(e.out.Statuses) == 0 ||
			len(e.out.Params) > manyParams { // it is never sent, was refused, or takes too long
			continue
		}
		for k := range e.out.Variants {
			v := &e.out.Variants[k]
			if escaped := len(`\u003c`); escaped*(constants+roles*m.longest(e.out, v)) <= maxBody {
				continue
			}
			var sent bytes.Buffer
			json.HTMLEscape(&sent, m.out.ExampleBody(e.out, v, e.out.Statuses[0])) // as servers do
			if sent.Len() > maxBody {
				e.report(diag.Diagnostic{
					Rule: rule.LimitExceeded,
					Span: e.span(),
					Path: "code",
					Message: fmt.Sprintf("the body of %s, with the example values of its params, has %d bytes", e,
						sent.Len()),
					Help: fmt.Sprintf("shorten it: clients read at most %d bytes", maxBody),
				})
				return // if the envelope is long, so are all bodies
			}
			if made += sent.Len(); made > manyBytes {
				return
			}
		}
	}
}

// longest returns an upper bound for the bytes that a role puts into a body, before escaping.
func (m *model) longest(e *catalog.Entry, v *catalog.Variant) int {
	n := 64 // for a status, seconds and punctuation
	for _, text := range []string{
		m.out.Service, m.out.Groups[e.Group].ID, e.Code, e.Title, e.DocsURL, e.Type, v.ID,
	} {
		n += len(text)
	}
	example := 0
	for i := range e.Params {
		p := &e.Params[i]
		n += len(p.Name) + len(p.ExampleJSON()) + len(`"":,`)
		example = max(example, len(p.Example.Text()))
	}
	for _, m := range e.Meta {
		n += len(m.Value)
	}
	for _, s := range v.Message {
		n += len(s.Literal)
		if s.Name != "" {
			n += example
		}
	}
	return n
}
