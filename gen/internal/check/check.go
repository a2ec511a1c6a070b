// Package check judges what a catalog means, and builds the resolved model from it.
//
// It takes the tree of package syntax, or as much of it as could be read. It returns a
// [catalog.Catalog] that is complete (defaults applied, names settled, references followed, texts
// filled in), or nil and the errors; warnings come with either. It checks everything in one run: a
// diagnostic never hides another one, except its own consequences.
//
// Files named resolve_… build the model; files named rule_… judge it. The table of package rule
// describes the rules.
package check

import (
	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// Check judges a catalog and resolves it. The result is nil if and only if the list has errors.
func Check(written *syntax.Catalog, enabled ...string) (*catalog.Catalog, diag.List) {
	m := resolve(written, enabled...)
	m.judgeBy(rules[:], entryRules[:])
	if !written.Partial && !m.found.HasErrors() {
		m.out.Envelope.Sample = m.sample()
		m.bodies()
	}
	m.finish()
	if m.found.HasErrors() {
		return nil, m.found
	}
	return m.out, m.found
}

func (m *model) judgeBy(rules []func(*model), entryRules []func(*entry)) {
	for _, judge := range rules {
		judge(m)
	}
	for i := range m.entries {
		for _, judge := range entryRules {
			judge(&m.entries[i])
		}
	}
}

// rules judge the resolved catalog, and change nothing in it. Their order does not matter.
var rules = [...]func(*model){
	(*model).codeForms, (*model).retiredCodes, (*model).groupTitles, (*model).collisions,
	(*model).anchorCollisions, (*model).policyValues, (*model).statusUse,
	(*model).missingFallback, (*model).mediaType, (*model).elements, (*model).reachable,
	(*model).linkForms, (*model).looseCode, (*model).unreadRoles,
	(*model).styles, (*model).markups, (*model).acceptances, (*model).comments,
	(*model).anchorUse, (*model).unknowable, (*model).misreadHeaders,
	(*model).displaced,
}

// entryRules judge a resolved code, and change nothing in it. Their order does not matter.
var entryRules = [...]func(*entry){
	(*entry).paramNameForms, (*entry).sharedNames, (*entry).sensitiveParams, (*entry).exposures,
	(*entry).unlistedStatuses, (*entry).retryFits, (*entry).retryStated, (*entry).missingExamples,
	(*entry).missingMessages, (*entry).readability, (*entry).ambiguity, (*entry).headerValues,
	(*entry).resolutions, (*entry).respelled,
}

// resolve builds the model from what was written, as far as it can, and reports what it cannot
// resolve. Each step needs those before it.
func resolve(written *syntax.Catalog, enabled ...string) *model {
	m := &model{
		written: written, out: &catalog.Catalog{}, lost: lostIn(written), effort: 200_000_000,
		ignores: ignoresOf(written), alike: map[alikeKey]*alike{},
	}
	m.settings(enabled)
	m.head()
	m.statusTable()
	m.policies()
	m.groups()
	for i := range m.entries {
		e := &m.entries[i]
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
	m.references()
	m.retired()
	m.envelope()
	m.docs()
	m.anchors()
	m.goNames()
	m.envelopeHeaders()
	m.identities()
	m.roleHeaders()
	m.details()
	m.alternatives()
	m.exclusive()
	m.fallbacks()
	return m
}

// A model holds what was written, what it means, and the diagnostics about it. Rules read it, and
// change only the diagnostics.
type model struct {
	written *syntax.Catalog
	out     *catalog.Catalog
	entries []entry // catalog order
	codes   map[string]*entry
	policy  map[string]*catalog.RetryPolicy

	envelopeRead bool         // the envelope's body has no mistake that may hide the code
	each         diag.Span    // of the $each of the envelope; zero: there is none
	code         hiddenCode   // the first role of the envelope's body that is the code
	placed       []placedRole // the roles of the envelope's body
	// of each header that tells the code, where it is written
	codeHeadersAt []diag.Span
	first         []*syntax.Group // of each resolved group, where it begins
	titled        []titled
	groupMeta     [][]syntax.Entry[syntax.Scalar] // of each resolved group
	texts         []writtenText
	lint          settings
	lost          lost

	ignores ignores
	found   diag.List
	alike   map[alikeKey]*alike

	// The bounds on the cost of a check.
	hints  int      // how many names were compared for suggestions; see near
	known  []string // see codeNames
	effort int      // what is left for comparing messages, in steps; see message.Clash
}

// An entry is a code, as written and as resolved.
type entry struct {
	m   *model
	w   *syntax.Error // what was written
	out *catalog.Entry

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
