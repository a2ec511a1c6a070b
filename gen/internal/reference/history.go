package reference

import (
	"slices"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/rule"
)

// A Change is what happened to a code in a release.
type Change struct {
	Release string // its name
	Date    string // YYYY-MM-DD; "" if unknown
	Rule    string // the id of the rule that reports it
	Text    string // a clause about the code; plain text
}

// When says in which release it was.
func (c Change) When() string {
	if c.Date == "" || c.Date == c.Release {
		return c.Release
	}
	return c.Release + " (" + c.Date + ")"
}

// History has the changes of each code, the oldest first. It is given to a run as a file: a clone
// without history must yield the same pages.
type History map[string][]Change

// Untold returns the changes of a code beside those that the catalog tells: since when the code
// exists, and since when it is deprecated or retired.
func (h History) Untold(c *catalog.Catalog, code string) []Change {
	e := c.Find(code)
	return slices.DeleteFunc(slices.Clone(h[code]), func(ch Change) bool {
		switch ch.Rule {
		case rule.CodeAdded:
			return e != nil && e.Since != ""
		case rule.Deprecated:
			return e != nil && e.Deprecated != nil
		case rule.CodeRetired:
			return e == nil
		}
		return false
	})
}
