package breaking

import (
	"strings"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// places finds in the files of an edition what package change speaks of. It looks at the catalog when it is first asked: most
// comparisons find nothing.
type places struct {
	written *syntax.Catalog
	codes   map[string]*syntax.Error
	retired map[string]*syntax.Tombstone
	groups  map[string]*syntax.Group
	policy  map[string]*syntax.Entry[syntax.Policy]
}

func (p *places) index() {
	p.codes, p.retired = map[string]*syntax.Error{}, map[string]*syntax.Tombstone{}
	p.groups, p.policy = map[string]*syntax.Group{}, map[string]*syntax.Entry[syntax.Policy]{}
	for gi := range p.written.Groups {
		g := &p.written.Groups[gi]
		if p.groups[g.ID.Text] == nil { // else another file's part of it, which has no title
			p.groups[g.ID.Text] = g
		}
		for ei := range g.Errors {
			p.codes[g.Errors[ei].Code.Text] = &g.Errors[ei]
		}
	}
	for i := range p.written.Retired {
		p.retired[p.written.Retired[i].Code.Text] = &p.written.Retired[i]
	}
	for i := range p.written.Policies {
		p.policy[p.written.Policies[i].Key.Text] = &p.written.Policies[i]
	}
}

// find returns the span of a place and the key path to it: of what was not written, of what it would stand in, if that is not the whole catalog.
func (p *places) find(at Place) (span diag.Span, path string) {
	if p.codes == nil {
		p.index()
	}
	var of syntax.Place
	switch at.Of {
	case Nowhere:
		return diag.Span{}, ""
	case InRoot:
		return p.written.Find(at.Keys...), join("", at.Keys)
	case InCode:
		e := p.codes[at.Name]
		of, span, path = e.Place, e.Code.Span(), e.Path.String()
	case InTombstone:
		t := p.retired[at.Name]
		of, span, path = t.Place, t.Code.Span(), t.Path.String()
	case InGroup:
		g := p.groups[at.Name]
		of, span, path = g.Place, g.ID.Span(), g.Path.String()
	case InPolicy:
		e := p.policy[at.Name]
		return e.Key.Span(), join("retry_policies", []string{at.Name})
	}
	if exact := of.Find(at.Keys...); !exact.IsZero() {
		span = exact
	}
	return span, join(path, at.Keys)
}

// join appends keys to a key path; those that are numbers are indexes.
func join(path string, keys []string) string {
	for _, k := range keys {
		switch {
		case strings.Trim(k, "0123456789") == "":
			path += "[" + k + "]"
		case path == "":
			path = k
		default:
			path += "." + k
		}
	}
	return path
}
