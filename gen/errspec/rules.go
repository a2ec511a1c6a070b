package main

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/encode"
	"github.com/errspec/errspec/gen/internal/rule"
)

func newRules() *cobra.Command {
	format := choice{value: "text", choices: []string{"text", "json"}, kind: "FORMAT"}
	cmd := &cobra.Command{
		Use:        "rules",
		SuggestFor: []string{"list", "checks", "linters"},
		Short:      "List all rules of lint and breaking",
		Long: "Rules lists every rule: its id, severity, what it finds, and why. " +
			"`errspec explain RULE` adds an example.",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			stdout := cmd.OutOrStdout()
			if format.value == "json" {
				_, err := stdout.Write(rulesJSON(rule.All()))
				return err
			}
			p := page{bold: colored(stdout)}
			p.rules("In a catalog, `errspec lint` finds:", rule.Of(rule.Catalog))
			p.gap()
			p.rules("In templates and in pages with injected blocks, `errspec generate` finds:",
				rule.Of(rule.Template, rule.Page))
			p.gap()
			p.rules("Between two versions of a catalog, `errspec breaking` finds:", rule.Changes())
			_, err := painted(stdout).Write(p.text.Bytes())
			return err
		},
	}
	format.register(cmd, "format", "print the rules in this `FORMAT`: text or json")
	return cmd
}

// rules writes the rules without their examples.
func (p *page) rules(heading string, all []rule.Rule) {
	p.line(heading)
	for _, r := range all {
		p.gap()
		p.ruleTitle(r)
		p.indented(r.Why)
	}
}

// rule writes all there is to know about one rule.
func (p *page) rule(r rule.Rule) {
	p.ruleTitle(r)
	p.paragraph(r.Why)
	e := r.Example()
	p.heading("Before")
	p.yaml(e.Before)
	p.heading("After")
	p.yaml(e.After)
	if r.About == rule.Change {
		p.change(r)
		return
	}
	if r.OptIn {
		p.heading("To enable it")
		p.yaml("lint: {enable: [" + r.ID + "]}\n")
	}
	p.exception(r)
}

// exception writes how to suppress a diagnostic, if that is possible.
func (p *page) exception(r rule.Rule) {
	switch {
	case r.Severity == diag.Error:
		p.paragraph("An error stops every output. It cannot be suppressed.")
		return
	case !r.Ignorable():
		p.paragraph("It is about a suppression, and cannot be suppressed itself.")
		return
	}
	p.heading("To suppress it")
	if r.Of == rule.Whole {
		p.yaml("lint:\n  ignore: [{rule: " + r.ID + ", reason: Why it may stay.}]\n")
		return
	}
	p.yaml("# errspec:ignore " + r.ID + " Why it may stay.\n- code: SOME_CODE\n")
	p.paragraph("Or for several codes; without `codes`, for the whole catalog:")
	p.gap()
	p.yaml("lint:\n  ignore: [{rule: " + r.ID + ", codes: [SOME_CODE], reason: Why it may stay.}]\n")
}

// change writes what to do about a change.
func (p *page) change(r rule.Rule) {
	if r.Category == rule.Harmless {
		p.paragraph("It breaks nobody, and is reported in every category.")
		return
	}
	categories := map[rule.Category]string{
		rule.Wire:     "categories wire, contract and source",
		rule.Contract: "categories contract and source",
		rule.Source:   "category source",
	}
	if r.Category != rule.Source && r.Category.IsSource() {
		categories[r.Category] = "categories source and " + string(r.Category)
	}
	p.paragraph("It is reported in the " + categories[r.Category] + ".")
	p.heading("Better")
	p.indented(strings.NewReplacer("{code}", "SOME_CODE", "{new}", "NEW_CODE").Replace(r.Fix))
	p.heading("To accept it")
	p.yaml("# errspec:accept " + r.ID + " Why clients may be broken.\n- code: SOME_CODE\n")
	p.paragraph("Or, if there is no code to write it above:")
	p.gap()
	p.yaml("lint:\n  accept: [{rule: " + r.ID + ", codes: [SOME_CODE], " +
		"reason: Why clients may be broken.}]\n")
}

func (p *page) ruleTitle(r rule.Rule) { p.title(r.ID + " (" + severity(r) + "): " + r.Summary) }

func severity(r rule.Rule) string {
	switch {
	case r.About == rule.Change && r.Category != rule.Harmless:
		return r.Severity.String() + ", " + string(r.Category)
	case r.OptIn:
		return r.Severity.String() + ", opt-in"
	}
	return r.Severity.String()
}

// rulesJSON returns the rules as a document for programs.
func rulesJSON(all []rule.Rule) []byte {
	type entry struct {
		ID       string `json:"id"`
		About    string `json:"about"` // catalog, change, template or page
		Severity string `json:"severity"`
		OptIn    bool   `json:"opt_in"`
		// of a change: source.go and so on, contract or wire; absent if it breaks nobody
		Category string `json:"category,omitempty"`
		Summary  string `json:"summary"`
		Why      string `json:"why"`
		Before   string `json:"before"`
		After    string `json:"after"`
	}
	doc := struct {
		Version int     `json:"version"`
		Rules   []entry `json:"rules"`
	}{Version: 1}
	about := map[rule.Subject]string{
		rule.Catalog: "catalog", rule.Change: "change", rule.Template: "template", rule.Page: "page",
	}
	for _, r := range all {
		e := r.Example()
		doc.Rules = append(doc.Rules, entry{
			r.ID, about[r.About], r.Severity.String(), r.OptIn, string(r.Category),
			r.Summary, r.Why, e.Before, e.After,
		})
	}
	return encode.JSON(doc)
}
