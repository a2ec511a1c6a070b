// Package breaking finds what differs between two versions of a catalog, and judges whom it breaks.
//
// [Compare] takes two resolved catalogs and returns their differences, each once, in an order that
// depends on the catalogs alone. The layout, comments, includes and names of retry policies are no
// part of a resolved catalog, so an edit of them is no difference. The table of package rule says
// what each difference breaks.
//
// [Review] turns the differences into diagnostics for a reviewer on the clients' side: it finds
// their positions in what was written, and applies what the new version accepts. Package changelog
// tells the same differences to the users of the API.
package breaking

import (
	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/pyname"
	"github.com/errspec/errspec/gen/internal/rule"
)

// A Change is one difference.
type Change struct {
	// the rule that describes it
	Rule string
	// whom it breaks: the rule's, or a laxer or stricter one where the rule is about several cases
	Category rule.Category
	// who else it breaks: callers in another language; harmless if nobody
	Also rule.Category
	// the rule's, or another one for the same reason
	Severity diag.Severity
	// what it is about, a code as it is now first; none if it is the whole catalog or what many codes
	// share
	Codes []string
	// what is different: a clause that goes on after the code, without a final dot
	Text Phrase
	// for reviewers: what makes it worse; goes on after the text
	Remark string
	// where it can be seen; either may be nowhere
	Old, New Place
	// the first code's: as it is now, or as it was if it is gone; nil for the whole catalog
	Entry *catalog.Entry
	// it is about a code that is never sent and in no documentation
	Internal bool
	// it is about a code that was experimental
	Exempt bool
}

// A Place is where in a catalog something is said. It knows nothing of files; [Review] finds its
// position.
type Place struct {
	Of   Kind
	Name string   // the code, the group's id, the policy's name
	Keys []string // the keys below it; indexes for what is in a list
}

// A Kind is what a place is in.
type Kind int

// The kinds of places.
const (
	Nowhere Kind = iota
	InRoot
	InCode
	InTombstone
	InGroup
	InPolicy
)

func root(keys ...string) Place { return Place{Of: InRoot, Keys: keys} }

func in(e *catalog.Entry, keys ...string) Place {
	return Place{Of: InCode, Name: e.Code, Keys: keys}
}

// Compare returns what is different in the second of two versions of a catalog.
func Compare(before, after *catalog.Catalog) []Change {
	c := &comparison{
		old: before, new: after,
		was: index(before), is: index(after),
		wire:   carried(before, after),
		reused: map[string]bool{},
	}
	c.pair()
	c.head()
	c.envelope()
	c.policies()
	c.groups()
	c.tombstones()
	c.codes()
	c.fallback("errors that are not in the catalog", before.Fallback, after.Fallback)
	c.fallback("requests that are too large", before.TooLarge, after.TooLarge)
	c.fallback("deadlines that have passed", before.Timeout, after.Timeout)
	return c.list
}

// A comparison is the work of one Compare.
type comparison struct {
	old, new *catalog.Catalog
	was, is  map[string]*catalog.Entry // by code
	graves   map[string]*catalog.Tombstone
	wire     map[catalog.Role]bool // what both envelopes carry

	successor map[*catalog.Entry]*catalog.Entry   // of a code that is gone: what it is called now
	origins   map[*catalog.Entry][]*catalog.Entry // of a new code: what it was called
	reused    map[string]bool                     // codes that were retired
	// policies, by their names before and after, whose change was told for all their codes
	shared   map[[2]string]bool
	moved    map[string]string // groups whose codes all moved to a group with another id
	retyped  bool              // the type URIs of all codes changed at once, and that was told
	relinked bool              // likewise their addresses in the reference
	retitled bool              // likewise their titles
	list     []Change

	pythonNames map[*catalog.Catalog]map[*catalog.Entry]pyname.Entry
}

func index(c *catalog.Catalog) map[string]*catalog.Entry {
	m := make(map[string]*catalog.Entry, c.Len())
	for e := range c.All() {
		m[e.Code] = e
	}
	return m
}

// change returns a Change as its rule describes it.
func change(id string, text Phrase, before, after Place) Change {
	r, ok := rule.Find(id)
	if !ok || r.About != rule.Change {
		panic("breaking: there is no rule about changes called " + id)
	}
	return Change{
		Rule: id, Category: r.Category, Severity: r.Severity, Text: text, Old: before, New: after,
	}
}

func (c *comparison) add(ch Change) { c.list = append(c.list, ch) }

// Breaks returns the category of all whom the change breaks.
func (ch *Change) Breaks() rule.Category {
	if ch.Also != rule.Harmless {
		return rule.Source
	}
	return ch.Category
}

// concerns reports whether the change is of interest to those for whom a category stands.
func (ch *Change) concerns(c rule.Category) bool {
	return c.Includes(ch.Category) || ch.Also != rule.Harmless && c.Includes(ch.Also)
}

// harmless makes a change one that breaks nobody.
func (ch Change) harmless() Change {
	ch.Category, ch.Also, ch.Severity = rule.Harmless, rule.Harmless, diag.Info
	return ch
}

// about says which codes a change is about.
func (ch Change) about(e *catalog.Entry, others ...*catalog.Entry) Change {
	ch.Entry = e
	seen := make(map[string]bool, 1+len(others))
	for _, e := range append([]*catalog.Entry{e}, others...) {
		if !seen[e.Code] {
			seen[e.Code] = true
			ch.Codes = append(ch.Codes, e.Code)
		}
		ch.Internal = ch.Internal || e.Internal
		ch.Exempt = ch.Exempt || e.Stability == catalog.Experimental
	}
	return ch
}
