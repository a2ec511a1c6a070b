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
	syntax.Exception
	used bool
}

// An acceptanceList is those of a catalog, in its order.
type acceptanceList struct {
	all    []*acceptance
	byRule map[string][]*acceptance
}

func acceptances(c *syntax.Catalog) acceptanceList {
	list := acceptanceList{byRule: map[string][]*acceptance{}}
	for e := range c.Accepts() {
		a := &acceptance{Exception: e}
		list.all = append(list.all, a)
		list.byRule[a.Rule.Text] = append(list.byRule[a.Rule.Text], a)
	}
	return list
}

// cover reports whether any acceptance is about a change, and marks all that are as used.
func (l acceptanceList) cover(ch *change.Change) bool {
	is := false
	for _, a := range l.byRule[ch.Rule] {
		if a.covers(ch) {
			a.used, is = true, true
		}
	}
	return is
}

// covers reports whether an acceptance is about a change. What many codes share is accepted for all of them or not at all.
func (a *acceptance) covers(ch *change.Change) bool {
	switch {
	case a.IsEverywhere():
		return true
	case ch.New.Of == change.InPolicy:
		return !slices.ContainsFunc(ch.Codes, func(code string) bool { return !a.IsAbout(code) })
	default:
		return slices.ContainsFunc(ch.Codes, a.IsAbout)
	}
}

// stale reports the acceptances that accept nothing. Those that never can are reported by package check.
func (l acceptanceList) stale(list *diag.List) {
	for _, a := range l.all {
		id := a.Rule.Text
		if r, known := rule.Find(id); a.used || !known || r.About != rule.Change {
			continue
		}
		list.Add(diag.Diagnostic{
			Severity: diag.Warning, Rule: rule.AcceptUnused, Span: a.Rule.Span(), Path: a.Path,
			Message: fmt.Sprintf("%q accepts nothing: compared with the base there is no such change here", id),
			Help:    "remove it: the change is part of the base, or was taken back; keep it while another comparison needs it, such as with the last release",
		})
	}
}
