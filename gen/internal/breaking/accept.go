package breaking

import (
	"fmt"
	"slices"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// An acceptance is a change that the author meant: from the catalog's lint section, or from a
// comment above a code or a tombstone.
type acceptance struct {
	syntax.Exception
	used bool
}

// An acceptanceList is those of a catalog, in its order.
type acceptanceList struct {
	all   []*acceptance
	about map[subject][]*acceptance
}

// A subject is what an acceptance is about: a rule, and a code, or "" for all of them.
type subject struct{ rule, code string }

func acceptances(c *syntax.Catalog) acceptanceList {
	list := acceptanceList{about: map[subject][]*acceptance{}}
	for e := range c.Accepts() {
		a := &acceptance{Exception: e}
		list.all = append(list.all, a)
		for _, code := range a.Subjects() {
			key := subject{a.Rule.Text, code}
			list.about[key] = append(list.about[key], a)
		}
	}
	return list
}

// cover reports whether any acceptance is about a change, and marks all that are as used. What many
// codes share is accepted for all of them or not at all.
func (l acceptanceList) cover(ch *Change) bool {
	about := l.about[subject{ch.Rule, ""}]
	if ch.New.Of == InPolicy {
		covered := map[*acceptance]int{} // how many of the codes, from the first on
		for i, code := range ch.Codes {
			for _, a := range l.about[subject{ch.Rule, code}] {
				if covered[a] != i {
					continue
				}
				if covered[a] = i + 1; i+1 == len(ch.Codes) {
					about = append(slices.Clip(about), a)
				}
			}
		}
	} else {
		for _, code := range ch.Codes {
			about = slices.Concat(about, l.about[subject{ch.Rule, code}])
		}
	}
	for _, a := range about {
		a.used = true
	}
	return len(about) > 0
}

// stale reports the acceptances that accept nothing. Those that never can are reported by package
// check.
func (l acceptanceList) stale(list *diag.List) {
	for _, a := range l.all {
		id := a.Rule.Text
		if r, known := rule.Find(id); a.used || !known || r.About != rule.Change {
			continue
		}
		list.Add(diag.Diagnostic{
			Severity: diag.Warning,
			Rule:     rule.AcceptUnused,
			Span:     a.Rule.Span(),
			Path:     a.Path,
			Message: fmt.Sprintf(
				"this acceptance of %q matches no change since the base", id),
			Help: "remove it, unless a comparison with another base still needs it, " +
				"such as the last release",
		})
	}
}
