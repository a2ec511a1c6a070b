package review

import (
	"fmt"
	"slices"

	"github.com/errspec/errspec/gen/internal/change"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// An acceptance is a change that the author meant: from the catalog's lint section, or from a comment above a code or a tombstone.
type acceptance struct {
	*syntax.Ignore
	path string
	code string // what its comment is on; "": it is from the lint section
	used bool
}

// An acceptanceList finds acceptances by their rule.
type acceptanceList map[string][]*acceptance

func acceptances(c *syntax.Catalog) acceptanceList {
	list := acceptanceList{}
	add := func(a *syntax.Ignore, path, code string) {
		list[a.Rule.Text] = append(list[a.Rule.Text], &acceptance{Ignore: a, path: path, code: code})
	}
	for i := range c.Lint.Accept {
		add(&c.Lint.Accept[i], fmt.Sprintf("lint.accept[%d]", i), "")
	}
	for gi := range c.Groups {
		for ei := range c.Groups[gi].Errors {
			e := &c.Groups[gi].Errors[ei]
			for i := range e.Accepts {
				add(&e.Accepts[i], e.Path.String(), e.Code.Text)
			}
		}
	}
	for ti := range c.Retired {
		t := &c.Retired[ti]
		for i := range t.Accepts {
			add(&t.Accepts[i], t.Path.String(), t.Code.Text)
		}
	}
	return list
}

// cover reports whether any acceptance is about a change, and marks all that are as used.
func (l acceptanceList) cover(ch *change.Change) bool {
	is := false
	for _, a := range l[ch.Rule] {
		if a.covers(ch) {
			a.used, is = true, true
		}
	}
	return is
}

// covers reports whether an acceptance is about a change. What many codes share is accepted for all of them or not at all.
func (a *acceptance) covers(ch *change.Change) bool {
	named := func(code string) bool {
		return code == a.code || slices.ContainsFunc(a.Codes, func(s syntax.Scalar) bool { return s.Text == code })
	}
	switch {
	case a.code == "" && a.Codes == nil:
		return true
	case ch.New.Of == change.InPolicy:
		return !slices.ContainsFunc(ch.Codes, func(code string) bool { return !named(code) })
	default:
		return slices.ContainsFunc(ch.Codes, named)
	}
}

// stale reports the acceptances that accept nothing. Those that never can are reported by package check.
func (l acceptanceList) stale(list *diag.List) {
	for id, all := range l {
		if r, known := rule.Find(id); !known || r.About != rule.Change {
			continue
		}
		for _, a := range all {
			if a.used {
				continue
			}
			list.Add(diag.Diagnostic{
				Severity: diag.Warning, Rule: rule.AcceptUnused, Span: a.Rule.Span(), Path: a.path,
				Message: fmt.Sprintf("%q accepts nothing: compared with the base there is no such change here", id),
				Help:    "remove it: the change is part of the base, or was taken back; keep it while another comparison needs it, such as with the last release",
			})
		}
	}
}
