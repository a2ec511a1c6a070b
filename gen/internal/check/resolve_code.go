package check

import (
	"fmt"
	"slices"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// groups resolves the groups, and makes an entry of every code that has one.
func (m *model) groups() {
	n := 0
	for i := range m.written.Groups {
		n += len(m.written.Groups[i].Errors)
	}
	m.entries = make([]entry, 0, n)
	m.codes = make(map[string]*entry, n)
	out := make([]catalog.Entry, n) // of one piece: entries are never moved
	places := make(map[string]int, len(m.written.Groups))
	for i := range m.written.Groups {
		g := &m.written.Groups[i]
		at := m.group(g, places)
		for j := range g.Errors {
			m.entry(&g.Errors[j], at, &out[len(m.entries)])
		}
	}
}

// group returns the place of a group among the resolved ones. Several files may add to one group;
// its title is given once.
func (m *model) group(g *syntax.Group, places map[string]int) int {
	for _, meta := range g.Meta {
		m.checkNumber(rule.ValueType, meta.Value, g.Path.String()+".meta."+meta.Key.Text)
	}
	at, known := places[g.ID.Text]
	switch {
	case !known || !g.ID.IsSet():
		at = len(m.out.Groups)
		places[g.ID.Text] = at
		m.out.Groups = append(m.out.Groups, catalog.Group{ID: g.ID.Text})
		m.first = append(m.first, g)
		m.groupMeta = append(m.groupMeta, nil)
	case g.SameFile(m.first[at].Place):
		m.report(diag.Diagnostic{
			Rule: rule.DuplicateGroup, Span: g.ID.Span(), Path: g.Path.String() + ".id",
			Message: fmt.Sprintf("two groups have the id %q", g.ID.Text),
			Help:    "rename one, or put their errors into one group",
			Notes:   []diag.Note{note(m.first[at].ID.Span(), "first written here")},
		})
		return at
	}
	out, path := &m.out.Groups[at], g.Path.String()
	switch {
	case g.Title.IsSet() && out.Title == "":
		out.Title = m.constant(g.Title, path+".title")
		m.titled = append(m.titled, titled{at, g, g.Title})
	case g.Title.IsSet():
		m.report(diag.Diagnostic{
			Rule: rule.DuplicateGroup, Span: g.Title.Span(), Path: path + ".title",
			Message: fmt.Sprintf("the group %q already has a title", g.ID.Text),
			Help:    "remove one of the two titles",
			Notes:   []diag.Note{note(m.first[at].ID.Span(), "the group begins here")},
		})
	}
	if g.Description.IsSet() && out.Description != "" {
		m.report(diag.Diagnostic{
			Rule: rule.DuplicateGroup, Span: g.Description.Span(), Path: path + ".description",
			Message: fmt.Sprintf("the group %q already has a description", g.ID.Text),
			Help:    "remove one of the two descriptions",
			Notes:   []diag.Note{note(m.first[at].ID.Span(), "the group begins here")},
		})
	} else if g.Description.IsSet() {
		out.Description = m.markdown(nil, g.Description, path+".description")
	}
	m.addMeta(at, g)
	return at
}

// addMeta adds the constants of a part of a group to those of the other parts.
func (m *model) addMeta(at int, g *syntax.Group) {
	for _, meta := range g.Meta {
		i := slices.IndexFunc(m.groupMeta[at], func(other syntax.Entry[syntax.Scalar]) bool {
			return other.Key.Text == meta.Key.Text
		})
		if i < 0 && len(m.groupMeta[at]) < syntax.MaxMetas {
			m.groupMeta[at] = append(m.groupMeta[at], meta)
			continue
		}
		if i < 0 {
			m.report(diag.Diagnostic{
				Rule: rule.LimitExceeded, Span: meta.Key.Span(), Path: g.Path.String() + ".meta",
				Message: fmt.Sprintf("the group %q has more than %d constants", g.ID.Text, syntax.MaxMetas),
				Help:    "remove some of them",
			})
			return
		}
		m.report(diag.Diagnostic{
			Rule: rule.DuplicateGroup, Span: meta.Key.Span(), Path: g.Path.String() + ".meta",
			Message: fmt.Sprintf("the group %q already has the constant %q", g.ID.Text, meta.Key.Text),
			Help:    "remove one of them, or set it in the `meta` of the errors that need another value",
			Notes:   []diag.Note{note(m.groupMeta[at][i].Key.Span(), "first written here")},
		})
	}
}

// entry makes an entry of an error. One without a code, or with another's code, is judged as well:
// its author wants all its mistakes in one run.
func (m *model) entry(w *syntax.Error, group int, out *catalog.Entry) {
	if !w.IsSet() {
		return // it was no mapping
	}
	*out = catalog.Entry{Index: len(m.entries), Group: group, Code: w.Code.Text, GoName: w.GoName.Text}
	m.entries = append(m.entries, entry{m: m, w: w, out: out})
	e := &m.entries[len(m.entries)-1]
	m.out.Groups[group].Entries = append(m.out.Groups[group].Entries, out)
	other, twice := m.codes[w.Code.Text]
	switch {
	case w.Code.Text == "": // it is reported; two empty codes are not one code written twice
	case twice:
		m.report(diag.Diagnostic{
			Rule: rule.DuplicateCode, Span: w.Code.Span(), Path: w.Path.String() + ".code",
			Message: fmt.Sprintf("two errors have the code %q", w.Code.Text),
			Help:    "use `variants` for one code with several messages, or remove one of the errors",
			Notes:   []diag.Note{note(other.w.Code.Span(), "first written here")},
		})
	default:
		m.codes[w.Code.Text] = e
	}
}

// String returns what messages call the error: its code, if anybody can see it.
func (e *entry) String() string {
	if strings.TrimSpace(e.w.Code.Text) == "" {
		return "this error"
	}
	return e.w.Code.Text
}

// span is the position of diagnostics about the error as a whole: its code.
func (e *entry) span() diag.Span {
	if !e.w.Code.IsSet() {
		return e.w.Span()
	}
	return e.w.Code.Span()
}

// isFirst reports whether the error is the one that its code means: of two with one code, the
// first.
func (e *entry) isFirst() bool { return e.m.codes[e.w.Code.Text] == e }
