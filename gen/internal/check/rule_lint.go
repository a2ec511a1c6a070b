package check

import (
	"fmt"
	"slices"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// An ignore is one of the catalog's, and whether it ignores anything.
type ignore struct {
	syntax.Exception
	used bool
}

// ignores are those of a catalog, in its order.
type ignores struct {
	all   []ignore
	about map[subject][]*ignore
}

// A subject is what an ignore is about: a rule, and a code, or "" for all of them.
type subject struct{ rule, code string }

func ignoresOf(written *syntax.Catalog) ignores {
	list := ignores{about: map[subject][]*ignore{}}
	for e := range written.Ignores() {
		list.all = append(list.all, ignore{Exception: e})
	}
	for i := range list.all {
		ig := &list.all[i]
		for _, code := range ig.Subjects() {
			key := subject{ig.Rule.Text, code}
			list.about[key] = append(list.about[key], ig)
		}
	}
	return list
}

// cover reports whether any ignore is about a diagnostic about a code ("": about none), and marks
// all that are as used.
func (l ignores) cover(id, code string) bool {
	about := l.about[subject{id, ""}]
	if code != "" {
		about = slices.Concat(about, l.about[subject{id, code}])
	}
	for _, ig := range about {
		ig.used = true
	}
	return len(about) > 0
}

// addReason says how to give a reason.
func (ig *ignore) addReason() string {
	if ig.Comment {
		return "write the reason after the rule: why the warning may stay"
	}
	return "add `reason: …`, which says why the warning may stay"
}

// acceptIt says how to accept what cannot be ignored.
func (ig *ignore) acceptIt() string {
	if ig.Comment {
		return "write errspec:accept instead of errspec:ignore"
	}
	return "move it to lint.accept"
}

// judge looks at one of the ignores itself.
func (m *model) judge(ig *ignore) {
	path := ig.Path
	if !ig.Rule.IsSet() {
		return
	}
	r, known := rule.Find(ig.Rule.Text)
	if known && ig.Reason.Text == "" {
		m.report(diag.Diagnostic{
			Rule: rule.IgnoreUnreasoned, Span: ig.Rule.Span(), Path: path,
			Message: fmt.Sprintf("this suppression of %q has no reason", ig.Rule.Text),
			Help:    ig.addReason(),
		})
	}
	switch {
	case known && r.About == rule.Change:
		m.report(diag.Diagnostic{
			Rule:    rule.IgnoreUnused,
			Span:    ig.Rule.Span(),
			Path:    path + ".rule",
			Message: fmt.Sprintf("%q is a rule about changes: accept it, do not ignore it", ig.Rule.Text),
			Help:    ig.acceptIt(),
		})
	case !known:
		hint, help := m.didYouMean(ig.Rule.Text, rule.IDs(rule.Table()),
			"remove it; `errspec rules` lists them all")
		m.report(diag.Diagnostic{
			Rule: rule.IgnoreUnused, Span: ig.Rule.Span(), Path: path + ".rule",
			Message: fmt.Sprintf("there is no rule %q%s", ig.Rule.Text, hint),
			Help:    help,
		})
	case r.Severity == diag.Error:
		m.report(diag.Diagnostic{
			Rule: rule.IgnoreUnused, Span: ig.Rule.Span(), Path: path + ".rule",
			Message: fmt.Sprintf("%q is an error, and an error cannot be suppressed", ig.Rule.Text),
			Help:    "remove the suppression, and fix what the rule reports",
		})
	case !r.Ignorable():
		m.report(diag.Diagnostic{
			Rule:    rule.IgnoreUnused,
			Span:    ig.Rule.Span(),
			Path:    path + ".rule",
			Message: fmt.Sprintf("%q is about suppressions, and cannot itself be suppressed", ig.Rule.Text),
			Help:    "remove the suppression, and fix what the rule reports",
		})
	case !ig.used && (!ig.Comment || ig.Code != ""): // else it waits for its error to have a code
		m.report(diag.Diagnostic{
			Rule: rule.IgnoreUnused, Span: ig.Rule.Span(), Path: path,
			Message: fmt.Sprintf("this suppression of %q suppresses nothing", ig.Rule.Text),
			Help:    "remove it",
		})
	}
}
