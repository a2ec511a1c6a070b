// Package changelog describes to the users of an API how its errors changed.
//
// It takes releases: names, dates, and the differences that package breaking found. It writes
// Markdown for people, or JSON for programs. It omits what nobody outside can see, such as internal
// codes. The output depends only on the releases.
package changelog

import (
	"github.com/errspec/errspec/gen/internal/breaking"
	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
)

// A Release is the step from one version of a catalog to the next.
type Release struct {
	Name    string // a tag, or the start of a commit's id
	Commit  string // "" if there is none
	Date    string // YYYY-MM-DD; "" if unknown
	Changes []breaking.Change
	After   *catalog.Catalog // for links

	entries    map[string]*catalog.Entry // of After, by code; nil until one is asked for
	tombstones map[string]*catalog.Tombstone
}

// find returns the entry or the tombstone of a code.
func (r *Release) find(code string) (*catalog.Entry, *catalog.Tombstone) {
	if r.entries == nil {
		r.entries, r.tombstones = make(map[string]*catalog.Entry, r.After.Len()),
			make(map[string]*catalog.Tombstone, len(r.After.Retired))
		for e := range r.After.All() {
			r.entries[e.Code] = e
		}
		for i := range r.After.Retired {
			r.tombstones[r.After.Retired[i].Code] = &r.After.Retired[i]
		}
	}
	return r.entries[code], r.tombstones[code]
}

// NewRelease returns the step between two versions. If before is nil, everything is new.
func NewRelease(before, after *catalog.Catalog) Release {
	if before == nil {
		nothing := *after
		nothing.Groups, nothing.Retired = nil, nil
		before = &nothing
	}
	r := Release{After: after}
	for _, ch := range breaking.Compare(before, after) {
		if !ch.Internal {
			r.Changes = append(r.Changes, ch)
		}
	}
	return r
}

// A kind is a heading that readers of a changelog look for.
type kind struct{ id, title string }

// kinds lists all kinds in the order of the page.
var kinds = [...]kind{
	{"added", "Added"}, {"renamed", "Renamed"}, {"deprecated", "Deprecated"},
	{"retired", "Retired"}, {"changed", "Changed"}, {"fixed", "Fixed"},
}

// kindOf returns the kind of a change.
func kindOf(ch *breaking.Change) string {
	switch ch.Rule {
	case rule.CodeRenamed:
		return "renamed"
	case rule.Deprecated:
		return "deprecated"
	case rule.CodeRetired, rule.CodeRemoved:
		return "retired"
	case rule.CodeAdded, rule.VisibilityRaised, rule.VariantAdded, rule.HeaderAdded,
		rule.ValueAdded, rule.EnumValueAdded, rule.ParamAdded, rule.StatusAdded, rule.RetryAdded,
		rule.StatusRowAdded:
		return "added"
	case rule.TextChanged, rule.MessageChanged:
		return "fixed"
	case rule.EnvelopeChanged:
		if ch.Old.Of == breaking.Nowhere {
			return "added"
		}
	}
	return "changed"
}

// breaks returns the category of consumers that a change breaks, if users of the API should look at
// it; otherwise "".
func breaks(ch *breaking.Change) rule.Category {
	if ch.Severity < diag.Error || ch.Exempt {
		return rule.Harmless
	}
	return ch.Breaks()
}

// link returns where the reference describes a change, or "". It does not describe a code that was
// removed without a tombstone.
func (r *Release) link(ch *breaking.Change, reference string) string {
	if len(ch.Codes) == 0 {
		return ""
	}
	e, t := r.find(ch.Codes[0])
	if e != nil && ch.Entry != nil {
		return address(reference, e.Anchor, e.DocsURL)
	}
	if t != nil {
		docs, _ := r.After.Addresses(t.Code, t.Anchor)
		return address(reference, t.Anchor, docs)
	}
	return ""
}

// note returns the author's text about a code that is now deprecated or retired.
func (r *Release) note(ch *breaking.Change) catalog.Markdown {
	switch ch.Rule {
	case rule.Deprecated:
		return ch.Entry.Deprecated.Note
	case rule.CodeRetired:
		if _, t := r.find(ch.Codes[0]); t != nil {
			return t.Note
		}
	}
	return ""
}

func address(reference, anchor, docs string) string {
	if reference != "" {
		return reference + "#" + anchor
	}
	return docs
}
