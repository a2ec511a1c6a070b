// Package check judges what a catalog means, and builds the resolved model from it.
//
// What enters is the tree of package syntax, whole or as much of it as could be read. What leaves is a [catalog.Catalog] that
// is complete (defaults applied, names settled, references followed, texts filled in), or nil and the errors that stand in
// the way; warnings come with either. Everything is looked at in one run: a finding never hides another, unless it is a
// consequence of it.
//
// Each file named rule_… judges one matter and fills the part of the model that the matter is about. The rules themselves
// are the table of package rule.
package check

import (
	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// Check judges a catalog and resolves it. The result is nil if and only if the list has errors.
func Check(written *syntax.Catalog) (*catalog.Catalog, diag.List) {
	c := resolve(written)
	c.judgeBy(rules[:], entryRules[:])
	if !c.found.HasErrors() {
		c.out.Envelope.Sample = c.sample()
		c.bodies()
	}
	c.finish()
	if c.found.HasErrors() {
		return nil, c.found
	}
	return c.out, c.found
}

func (c *checker) judgeBy(rules []func(*checker), entryRules []func(*entry)) {
	for _, judge := range rules {
		judge(c)
	}
	for i := range c.entries {
		for _, judge := range entryRules {
			judge(&c.entries[i])
		}
	}
}

// rules judge the resolved catalog, and change nothing in it. Their order does not matter.
var rules = [...]func(*checker){
	(*checker).codeForms, (*checker).retiredCodes, (*checker).groupTitles, (*checker).collisions,
	(*checker).anchorCollisions, (*checker).policyValues, (*checker).statusUse,
	(*checker).missingFallback, (*checker).mediaType, (*checker).reachable, (*checker).linkForms,
	(*checker).styles, (*checker).markups, (*checker).acceptances,
}

// entryRules judge a resolved code, and change nothing in it. Their order does not matter.
var entryRules = [...]func(*entry){
	(*entry).paramNameForms, (*entry).sharedNames, (*entry).sensitiveParams, (*entry).exposures,
	(*entry).unlistedStatuses, (*entry).retryFits, (*entry).missingMessages, (*entry).readability,
	(*entry).ambiguity, (*entry).headerValues, (*entry).resolutions,
}

// resolve makes of what was written the model of what it means, as far as that can be told, and
// reports what it cannot follow. Each step needs those before it.
func resolve(written *syntax.Catalog) *checker {
	c := &checker{
		written: written, out: &catalog.Catalog{}, lost: lostIn(written), effort: 200_000_000,
		ignores: ignoresOf(written), alike: map[alikeKey]*alike{},
	}
	c.settings()
	c.head()
	c.statusTable()
	c.policies()
	c.groups()
	c.names()
	for i := range c.entries {
		e := &c.entries[i]
		e.statuses()
		e.params()
		e.values()
		e.retry()
		e.messages()
		e.headers()
		e.texts()
		e.links()
		e.facts()
	}
	c.references()
	c.retired()
	c.envelope()
	c.docs()
	c.anchors()
	c.fallbacks()
	return c
}

// A checker holds the model of a catalog, beside what was written, and collects diagnostics. Once it
// is resolved, the model does not change.
type checker struct {
	written *syntax.Catalog
	out     *catalog.Catalog
	entries []entry // catalog order
	codes   map[string]*entry
	policy  map[string]*catalog.RetryPolicy
	first   []*syntax.Group // of each resolved group, where it begins
	titled  []titled
	texts   []writtenText
	lint    settings
	lost    lost

	ignores ignores
	found   diag.List
	alike   map[alikeKey]*alike

	// What bounds the cost of a check.
	hints  int      // how many names were compared for suggestions; see near
	known  []string // see codeNames
	effort int      // what is left for comparing messages, in steps; see message.Clash
}

// An entry is a code, as written and as resolved.
type entry struct {
	c     *checker
	w     *syntax.Error // what was written
	group *syntax.Group
	out   *catalog.Entry

	paramNames, valueNames index
	used                   []bool // whether a message or a header shows the param, by its place
	headersAt              []int  // where each resolved header was written
}

// A titled is a resolved group and where its title was written.
type titled struct {
	group int
	of    *syntax.Group
	title syntax.Scalar
}
