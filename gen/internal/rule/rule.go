// Package rule is the table of what errspec can find wrong: for every rule a stable id, a severity, why it exists, and an
// example.
//
// Findings name a rule of this table; `errspec rules`, `errspec explain` and the documentation are printed from it.
package rule

import "github.com/errspec/errspec/gen/internal/diag"

// A Rule is one thing that can be wrong in a catalog.
type Rule struct {
	ID       string
	Severity diag.Severity // an error can not be ignored; a warning can, with a reason
	OptIn    bool          // off until the catalog's lint.enable names it
	Summary  string        // one line, without a final dot
	Why      string        // a sentence or two: what goes wrong without it
}

// Table returns every rule, in the order in which they are documented. It is not to be changed.
func Table() []Rule { return table[:] }

// Find returns the rule of that id.
func Find(id string) (Rule, bool) {
	for i := range table {
		if table[i].ID == id {
			return table[i], true
		}
	}
	return Rule{}, false
}
