package check

import (
	"fmt"
	"regexp"
	"slices"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// settings are the catalog's lint section.
type settings struct {
	enabled     map[string]bool
	codePattern *regexp.Regexp // nil: the default
}

func (c *checker) settings() {
	lint := &c.written.Lint
	c.lint.enabled = map[string]bool{}
	for _, id := range lint.Enable {
		c.lint.enabled[id.Text] = true
	}
	if p := lint.CodePattern; p.IsSet() {
		re, err := regexp.Compile(p.Text)
		if err != nil {
			c.find(rule.WrongType, p.Span(), "lint.code_pattern", fmt.Sprintf("%q is not a regular expression: %v", p.Text, err),
				"see https://pkg.go.dev/regexp/syntax")
			return
		}
		c.lint.codePattern = re
	}
}

// An ignore is one of the catalog's: from its lint section, or from a comment on an error.
type ignore struct {
	*syntax.Ignore
	path string
	code string // the error that its comment is on; "": it is from the lint section
	used bool
}

func (c *checker) ignores() []ignore {
	var list []ignore
	for i := range c.written.Lint.Ignore {
		list = append(list, ignore{Ignore: &c.written.Lint.Ignore[i], path: fmt.Sprintf("lint.ignore[%d]", i)})
	}
	for gi := range c.written.Groups {
		for ei := range c.written.Groups[gi].Errors {
			e := &c.written.Groups[gi].Errors[ei]
			for i := range e.Ignores {
				list = append(list, ignore{Ignore: &e.Ignores[i], path: e.Path.String(), code: e.Code.Text})
			}
		}
	}
	return list
}

// report applies the ignores and returns what is left, with what is wrong about the ignores themselves.
func (c *checker) report() diag.List {
	var list diag.List
	ignores := c.ignores()
	byRule := map[string][]*ignore{}
	for i := range ignores {
		id := ignores[i].Rule.Text
		byRule[id] = append(byRule[id], &ignores[i])
	}
	for _, f := range c.findings {
		if f.Severity == diag.Error || !ignored(f, byRule[f.Rule]) {
			list.Add(f.Diagnostic)
		}
	}
	c.findings = nil
	for i := range ignores {
		c.judge(&ignores[i])
	}
	c.acceptances()
	for _, f := range c.findings {
		list.Add(f.Diagnostic)
	}
	return list
}

// ignored reports whether any of the rule's ignores is about a finding, and marks all that are as used.
func ignored(f finding, ignores []*ignore) bool {
	is := false
	for _, ig := range ignores {
		everywhere := ig.code == "" && ig.Codes == nil
		if everywhere || f.code != "" && (ig.code == f.code || names(ig.Codes, f.code)) {
			ig.used, is = true, true
		}
	}
	return is
}

func names(list []syntax.Scalar, text string) bool {
	return slices.ContainsFunc(list, func(s syntax.Scalar) bool { return s.Text == text })
}

// addReason says how to give a reason.
func (ig *ignore) addReason() string {
	if ig.code != "" {
		return "write it behind the rule: why it may stay so"
	}
	return "add `reason: …`: why it may stay so"
}

// acceptIt says how to accept what can not be ignored.
func (ig *ignore) acceptIt() string {
	if ig.code != "" {
		return "write errspec:accept"
	}
	return "move it to lint.accept"
}

// judge looks at one of the ignores itself.
func (c *checker) judge(ig *ignore) {
	path := ig.path
	if !ig.Rule.IsSet() {
		return
	}
	r, known := rule.Find(ig.Rule.Text)
	if known && (!ig.Reason.IsSet() || ig.Reason.Text == "") {
		c.find(rule.IgnoreUnreasoned, ig.Rule.Span(), path, fmt.Sprintf("%q is ignored without a reason", ig.Rule.Text),
			ig.addReason())
	}
	switch {
	case known && r.About == rule.Change:
		c.find(rule.IgnoreUnused, ig.Rule.Span(), path+".rule", fmt.Sprintf("%q is about changes, which are not ignored but accepted", ig.Rule.Text),
			ig.acceptIt())
	case !known:
		ids := make([]string, 0, len(rule.Table()))
		for _, r := range rule.Table() {
			ids = append(ids, r.ID)
		}
		hint, help := c.didYouMean(ig.Rule.Text, ids, "remove it; `errspec rules` lists them all")
		c.find(rule.IgnoreUnused, ig.Rule.Span(), path+".rule", fmt.Sprintf("there is no rule %q%s", ig.Rule.Text, hint), help)
	case r.Severity == diag.Error:
		c.find(rule.IgnoreUnused, ig.Rule.Span(), path+".rule",
			fmt.Sprintf("%q is an error, and errors can not be ignored", ig.Rule.Text), "remove it, and mend what the rule finds")
	case !r.Ignorable():
		c.find(rule.IgnoreUnused, ig.Rule.Span(), path+".rule",
			fmt.Sprintf("%q is about exceptions, and can not be ignored in turn", ig.Rule.Text), "remove it, and mend what the rule finds")
	case !ig.used:
		c.find(rule.IgnoreUnused, ig.Rule.Span(), path, fmt.Sprintf("%q finds nothing here that is ignored", ig.Rule.Text),
			"remove it")
	}
}
