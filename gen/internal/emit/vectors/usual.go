package vectors

import (
	"fmt"
	"slices"

	"github.com/errspec/errspec/gen/internal/catalog"
)

// usual adds what the server of the catalog sends: each code, variant and status with the examples
// of its params; and once for each variant what else a server may send, and what only a client
// meets.
func (m *maker) usual() {
	for _, e := range m.public {
		for i := range e.Variants {
			v := &e.Variants[i]
			for _, status := range e.Statuses {
				m.add(Name(e, v, status), draft{entry: e, variant: v, status: status})
			}
			m.more(nameOf(e, v), draft{entry: e, variant: v, status: e.Statuses[0]})
		}
	}
}

// Name returns the name of the vector that has the examples of a code, a variant and a status.
func Name(e *catalog.Entry, v *catalog.Variant, status int) string {
	return fmt.Sprintf("%s, status %d", nameOf(e, v), status)
}

func nameOf(e *catalog.Entry, v *catalog.Variant) string {
	if v.ID == "" {
		return e.Code
	}
	return e.Code + ", variant " + v.ID
}

// more adds the vectors that an error with params or variants has.
func (m *maker) more(name string, d draft) {
	e := d.entry
	isSent := func(p catalog.Param) bool { return m.sent(d, &p) }
	inBody := slices.ContainsFunc(e.Params, isSent)
	if len(e.Params) > 0 {
		o := d
		o.entry, o.variant = others(e, d.variant, func(p *catalog.Param) bool {
			inHeader := slices.ContainsFunc(e.Headers, func(h catalog.Header) bool {
				return slices.Contains(h.Value.Names(), p.Name)
			})
			p.Example = other(&p.Type, p.Example, inHeader)
			return true
		})
		m.add(name+", other params", o)
	}
	if slices.ContainsFunc(e.Params, func(p catalog.Param) bool { return p.Optional }) {
		o := d
		o.entry, o.variant = others(e, d.variant, func(p *catalog.Param) bool { return !p.Optional })
		m.add(name+", without optional params", o)
	}
	if inBody {
		m.add(name+", params in the message only", d.withoutParams())
	}
	if len(e.Variants) > 1 || len(e.Params) > 0 {
		m.add(name+", reworded", d.withMessage("Something else, in words of a newer server"))
		m.add(name+", without a message", d.withRole(catalog.RoleMessage, catalog.RoleValue{}))
	}
}

// sent reports whether the body carries a param as a value of its own.
func (m *maker) sent(d draft, p *catalog.Param) bool {
	found := false
	for r, key := range m.Envelope.Body.Roles() {
		switch {
		case r == catalog.RoleParam && key == p.Name, r == catalog.RoleParams && !p.Apart:
			found = found ||
				m.ExampleRole(d.entry, d.variant, d.status, catalog.RoleParam, p.Name).JSON != nil
		}
	}
	return found
}
