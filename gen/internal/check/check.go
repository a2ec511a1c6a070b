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
	"github.com/errspec/errspec/gen/internal/goname"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// Check judges a catalog and resolves it. The result is nil if and only if the list has errors.
func Check(written *syntax.Catalog) (*catalog.Catalog, diag.List) {
	c := &checker{written: written, out: &catalog.Catalog{}, effort: 200_000_000, refused: written.Refused}
	all := c.allIgnores()
	c.ignores = bySubject(all)
	c.settings()
	c.head()
	c.statusTable()
	c.policies()
	c.groups()
	c.misfitting()
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
	c.reachable()
	c.docs()
	c.anchors()
	c.statusUse()
	c.fallbacks()
	c.bodies()
	c.ignores = nil // they are no excuse for themselves
	for i := range all {
		c.judge(&all[i])
	}
	c.acceptances()
	if c.found.HasErrors() {
		return nil, c.found
	}
	return c.out, c.found
}

// A checker holds what the rules share.
type checker struct {
	written *syntax.Catalog
	out     *catalog.Catalog
	entries []entry // catalog order
	codes   map[string]*entry
	policy  map[string]*catalog.RetryPolicy
	symbols map[string]symbol
	lint    settings

	refused map[syntax.Refusal]bool // what package syntax has refused
	misfits []*entry                // whose codes are not of the default form
	first   []*syntax.Group         // of each resolved group, where it begins
	titled  []titled
	ignores map[ignoring][]*ignore // nil once all findings were made
	found   diag.List
	hints   int      // how many names were compared for suggestions; see near
	known   []string // see codeNames
	effort  int      // what is left for comparing messages, in steps; see message.Clash
}

// An entry is a code, as written and as resolved.
type entry struct {
	c     *checker
	w     *syntax.Error // what was written
	group *syntax.Group
	out   *catalog.Entry

	paramNames, valueNames index
	goNames                goname.Entry
	fields, args           index // Go names of the params

	used     []bool // whether a message or a header shows the param, by its place
	nameless bool   // its code is none, or another's names are its own: its other names would clash as well
}

// A titled is a resolved group and where its title was written.
type titled struct {
	group int
	of    *syntax.Group
	title syntax.Scalar
}
