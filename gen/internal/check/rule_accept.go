package check

import (
	"fmt"

	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// acceptances judges the changes that the catalog accepts, as far as one edition of it allows. Whether there are such changes only
// a comparison tells; see package review.
func (c *checker) acceptances() {
	for i := range c.written.Lint.Accept {
		c.acceptance(&c.written.Lint.Accept[i], fmt.Sprintf("lint.accept[%d]", i), "add `reason: …`: why clients may be broken")
	}
	const behind = "write it behind the rule: why clients may be broken"
	for gi := range c.written.Groups {
		for ei := range c.written.Groups[gi].Errors {
			e := &c.written.Groups[gi].Errors[ei]
			for i := range e.Accepts {
				c.acceptance(&e.Accepts[i], e.Path.String(), behind)
			}
		}
	}
	for ti := range c.written.Retired {
		t := &c.written.Retired[ti]
		for i := range t.Accepts {
			c.acceptance(&t.Accepts[i], t.Path.String(), behind)
		}
	}
}

func (c *checker) acceptance(a *syntax.Ignore, path, addReason string) {
	id := a.Rule
	if !id.IsSet() {
		return
	}
	switch r, known := rule.Find(id.Text); {
	case !known:
		var ids []string
		for _, r := range rule.Changes() {
			ids = append(ids, r.ID)
		}
		hint, help := c.didYouMean(id.Text, ids, "remove it; `errspec rules` lists them all")
		c.find(rule.AcceptUnused, id.Span(), path, fmt.Sprintf("there is no rule %q%s", id.Text, hint), help)
	case r.About != rule.Change:
		c.find(rule.AcceptUnused, id.Span(), path, fmt.Sprintf("%q is not about changes, so there is nothing to accept", id.Text),
			"a warning about the catalog itself can be ignored: lint.ignore")
	case a.Reason.Text == "":
		c.find(rule.AcceptUnreasoned, id.Span(), path, fmt.Sprintf("%q is accepted without a reason", id.Text), addReason)
	}
}
