// Package rule is the table of what errspec can find: what is wrong in a catalog ([Table]), and what a change of one breaks
// ([Changes]). For every rule there is a stable id, a severity, why it exists, and an example.
//
// Findings name a rule of this table; `errspec rules`, `errspec explain` and the documentation are printed from it.
package rule

import (
	"slices"

	"github.com/errspec/errspec/gen/internal/diag"
)

// A Rule is one thing that can be wrong in a catalog, or that can change between two editions of one.
type Rule struct {
	ID            string
	About         Subject
	Severity      diag.Severity // an error cannot be ignored; a warning can, with a reason. Every change can be accepted, with a reason
	Category      Category      // of a change: whom it breaks
	OptIn         bool          // off until the catalog's lint.enable names it
	Of            Scope         // of a warning about a catalog: what an ignore has to name
	Summary       string        // one line, without a final dot
	Why           string        // a sentence or two: what goes wrong without it
	FixDeprecated string        // the same if the code is deprecated already; "": Fix
	Fix           string        // of a change that breaks somebody: what to do; {code} is the code, {new} the one that it is now
}

// A Subject is what a rule looks at.
type Subject int

// The subjects: one catalog, the step from one edition of it to the next, or a file beside it that outputs are made with.
const (
	Catalog Subject = iota
	Change
	Template // of --template
	Page     // of --inject
)

// A Scope says of what a warning tells, and so how it may be ignored.
type Scope int

// The scopes.
const (
	OneCode   Scope = iota // a code, or a text of one: by a comment, by the code, or everywhere
	Whole                  // the catalog as a whole: everywhere, or not
	Exception              // an ignore or an acceptance: it cannot be ignored in turn
)

// Ignorable reports whether a catalog may say that a finding of the rule is to stay.
func (r Rule) Ignorable() bool { return r.Severity < diag.Error && r.Of != Exception }

// Table returns every rule about a catalog and the files beside it, in the order in which they are documented. It is not to be changed.
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
