// Package rule is the table of rules: about one catalog ([Table]), and about changes between two
// versions of one ([Changes]). Every rule has a stable id, a severity, a reason and an example.
//
// Every diagnostic names a rule of this table. `errspec rules`, `errspec explain` and the
// documentation print it.
package rule

import (
	"slices"

	"github.com/errspec/errspec/gen/internal/diag"
)

// A Rule is one thing that can be wrong in a catalog, or that can change between two versions of
// one.
type Rule struct {
	ID       string
	About    Subject
	Severity diag.Severity // authors can suppress warnings and accept changes, not errors
	Category Category      // of a change: whom it breaks
	OptIn    bool          // off until the catalog's lint.enable names it
	Of       Scope         // of a warning about a catalog: what a suppression names
	Summary  string        // one line, without a final dot
	Why      string        // a sentence or two: what goes wrong without it
	// of a breaking change: what to do; {code} is the code, {new} its new name
	Fix           string
	FixDeprecated string // the same if the code is already deprecated; "": Fix
}

// A Subject is what a rule looks at.
type Subject int

// The subjects: one catalog, a change between two versions of it, or a user's template or page.
const (
	Catalog Subject = iota
	Change
	Template // of --template
	Page     // of --inject
)

// A Scope says what a warning is about, and so how authors can suppress it.
type Scope int

// The scopes.
const (
	OneCode   Scope = iota // a code or its texts: by a comment, by the code, or everywhere
	Whole                  // the catalog as a whole: everywhere, or not
	Exception              // a suppression or an acceptance: never
)

// Ignorable reports whether a catalog can suppress the rule.
func (r Rule) Ignorable() bool { return r.Severity < diag.Error && r.Of != Exception }

// Table returns every rule about a catalog and the files beside it, in the order of the
// documentation. Callers must not change it.
func Table() []Rule { return table[:] }

// Of returns the rules about these subjects, in the order of All.
func Of(subjects ...Subject) []Rule {
	return slices.DeleteFunc(All(), func(r Rule) bool { return !slices.Contains(subjects, r.About) })
}

// All returns every rule, those about a catalog first.
func All() []Rule { return slices.Concat(table[:], changes[:]) }

// IDs returns the ids of some rules.
func IDs(rules []Rule) []string {
	ids := make([]string, len(rules))
	for i := range rules {
		ids[i] = rules[i].ID
	}
	return ids
}

// Find returns the rule of that id.
func Find(id string) (Rule, bool) {
	for i := range table {
		if table[i].ID == id {
			return table[i], true
		}
	}
	for i := range changes {
		if changes[i].ID == id {
			return changes[i], true
		}
	}
	return Rule{}, false
}
