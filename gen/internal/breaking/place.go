package breaking

import (
	"slices"
	"strings"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// places finds the [Place] of a change in the files of a version. It indexes the catalog at the
// first call, because most comparisons find nothing.
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

// A neighbour is a code beside which another one stood.
type neighbour struct {
	code, side string // "above" the neighbour, or "below" it
	span       diag.Span
	path       string
}

// neighbour returns the nearest remaining code beside which a deleted code or tombstone stood.
// Codes below it come first, because reviews show a deletion beside the line that follows; the
// group may begin a hundred lines above. It is zero if no code is left.
func (p *places) neighbour(was *places, gone Place) neighbour {
	if p.codes == nil {
		p.index()
	}
	before, after := was.around(gone)
	for _, code := range after {
		if n := p.beside(code, gone.Of); !n.span.IsZero() {
			n.side = "above"
			return n
		}
	}
	for _, code := range slices.Backward(before) {
		if n := p.beside(code, gone.Of); !n.span.IsZero() {
			n.side = "below"
			return n
		}
	}
	return neighbour{}
}

func (p *places) beside(code string, of Kind) neighbour {
	if t := p.retired[code]; t != nil && of == InTombstone {
		return neighbour{code: code, span: t.Code.Span(), path: t.Path.String()}
	}
	if e := p.codes[code]; e != nil && of == InCode {
		return neighbour{code: code, span: e.Code.Span(), path: e.Path.String()}
	}
	return neighbour{}
}

// around returns the codes that stand before and after one in its list.
func (p *places) around(at Place) (before, after []string) {
	if at.Of == InTombstone {
		return split(p.written.Retired, at.Name, func(t syntax.Tombstone) string { return t.Code.Text })
	}
	for i := range p.written.Groups {
		code := func(e syntax.Error) string { return e.Code.Text }
		before, after = split(p.written.Groups[i].Errors, at.Name, code)
		if before != nil || after != nil {
			return before, after
		}
	}
	return nil, nil
}

// split returns the names of what stands before and after one of a list; nil if it is not in it.
func split[T any](list []T, name string, nameOf func(T) string) (before, after []string) {
	names := make([]string, len(list))
	for i := range list {
		names[i] = nameOf(list[i])
	}
	if i := slices.Index(names, name); i >= 0 {
		return names[:i], names[i+1:]
	}
	return nil, nil
}

// find returns the span of a place and the key path to it. For a part that was not written, it
// returns those of the part that would contain it, unless that is the whole catalog.
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
