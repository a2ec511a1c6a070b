package breaking

import (
	"slices"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/pyname"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/tsname"
	"github.com/errspec/errspec/gen/internal/value"
)

// A list is the params of a code, or the fields of an object in one, with their names in a
// language.
type list struct {
	names []string // as the catalog has them
	types []*catalog.Type
	in    []string // the names in the language
}

// member is the place of a name in the list; -1: it is not there.
func (l list) member(name string) int { return slices.Index(l.names, name) }

// renamed returns the names that changed, of what is in both lists, as they were and are; and the
// first of them in the catalog.
func renamed(was, now list) (before, after []string, first string) {
	for i, name := range was.names {
		if k := now.member(name); k >= 0 && was.in[i] != now.in[k] {
			if first == "" {
				first = name
			}
			before, after = append(before, was.in[i]), append(after, now.in[k])
		}
	}
	return before, after, first
}

func paramList(e *catalog.Entry) (l list) {
	for i := range e.Params {
		l.names, l.types = append(l.names, e.Params[i].Name), append(l.types, &e.Params[i].Type)
	}
	return l
}

func fieldList(t *catalog.Type) (l list) {
	for i := range t.Fields {
		l.names, l.types = append(l.names, t.Fields[i].Name), append(l.types, &t.Fields[i].Type)
	}
	return l
}

// typescriptNames compares the names of params and fields in TypeScript.
func (p *pair) typescriptNames() {
	was, now := paramList(p.was), paramList(p.now)
	if len(was.names) == 0 {
		return
	}
	was.in, now.in = tsname.Params(p.was), tsname.Params(p.now)
	p.typescriptList(was, now, []string{"params"})
}

func (p *pair) typescriptList(was, now list, key []string) {
	p.renamed(rule.TypeScriptNameChanged, "TypeScript", was, now, key)
	for i, name := range was.names {
		if k := now.member(name); k >= 0 {
			p.typescriptTypes(was.types[i], now.types[k], append(slices.Clone(key), name))
		}
	}
}

func (p *pair) typescriptTypes(was, now *catalog.Type, key []string) {
	switch {
	case was.Kind != now.Kind:
	case was.Elem != nil && now.Elem != nil:
		p.typescriptTypes(was.Elem, now.Elem, append(key, elements(was)))
	case was.Kind == value.Object:
		before, after := fieldList(was), fieldList(now)
		before.in, after.in = tsname.Fields(was), tsname.Fields(now)
		p.typescriptList(before, after, append(key, "fields"))
	}
}

// elements is the key of what a list or a map holds.
func elements(t *catalog.Type) string {
	if t.Kind == value.Map {
		return "values"
	}
	return "items"
}

func (p *pair) renamed(id, language string, was, now list, key []string) {
	before, after, first := renamed(was, now)
	if len(before) == 0 {
		return
	}
	key = append(slices.Clone(key), first)
	p.note(change(id, say("the "+language+" names ", names(before), " are now ", names(after)),
		in(p.was, key...), in(p.now, key...)))
}

// pythonNames compares the names of a code's class, and of its params and fields, in Python.
func (p *pair) pythonNames() {
	was, now := p.c.python(p.c.old)[p.was], p.c.python(p.c.new)[p.now]
	before, after := p.pythonClasses()
	// or else it was told with the Go names
	if before != after && p.was.Code == p.now.Code && p.goWas.Stem == p.goNow.Stem {
		p.note(change(rule.PythonNameChanged,
			say("the Python class ", name(before), " was renamed to ", name(after)),
			in(p.was, "code"), in(p.now, "code")))
	}
	p.pythonList(pythonList(paramList(p.was), was.Params),
		pythonList(paramList(p.now), now.Params), was.Params, now.Params, []string{"params"})
}

// pythonClasses returns the Python classes of the code; of an internal one there are none.
func (p *pair) pythonClasses() (was, now string) {
	if p.was.Internal || p.now.Internal {
		return "", ""
	}
	return p.c.python(p.c.old)[p.was].Class, p.c.python(p.c.new)[p.now].Class
}

func pythonList(l list, params []pyname.Param) list {
	for i := range params {
		l.in = append(l.in, params[i].Attribute)
	}
	return l
}

func (p *pair) pythonList(was, now list, wasNames, nowNames []pyname.Param, key []string) {
	p.renamed(rule.PythonNameChanged, "Python", was, now, key)
	for i, name := range was.names {
		if k := now.member(name); k >= 0 {
			p.pythonTypes(was.types[i], now.types[k], &wasNames[i].Type,
				&nowNames[k].Type, append(slices.Clone(key), name))
		}
	}
}

func (p *pair) pythonTypes(was, now *catalog.Type, wasNames, nowNames *pyname.Type, key []string) {
	switch {
	case was.Kind != now.Kind:
	case was.Elem != nil && now.Elem != nil:
		p.pythonTypes(was.Elem, now.Elem, wasNames.Elem, nowNames.Elem, append(key, elements(was)))
	case was.Kind == value.Object:
		if p.was.Code == p.now.Code && p.goWas.Stem == p.goNow.Stem && wasNames.Class != nowNames.Class {
			p.note(change(rule.PythonNameChanged,
				say("the Python class ", name(wasNames.Class), " was renamed to ", name(nowNames.Class)),
				in(p.was, key...), in(p.now, key...)))
		}
		key = append(key, "fields")
		p.pythonList(pythonList(fieldList(was), wasNames.Fields),
			pythonList(fieldList(now), nowNames.Fields), wasNames.Fields, nowNames.Fields, key)
	}
}

// python returns the names of a catalog's public codes in Python.
func (c *comparison) python(of *catalog.Catalog) map[*catalog.Entry]pyname.Entry {
	if names, ok := c.pythonNames[of]; ok {
		return names
	}
	names, list := map[*catalog.Entry]pyname.Entry{}, pyname.Of(of)
	i := 0
	for e := range of.Public() {
		names[e] = list[i]
		i++
	}
	if c.pythonNames == nil {
		c.pythonNames = map[*catalog.Catalog]map[*catalog.Entry]pyname.Entry{}
	}
	c.pythonNames[of] = names
	return names
}
