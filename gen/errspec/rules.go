package main

import (
	"github.com/spf13/cobra"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/jsondoc"
	"github.com/errspec/errspec/gen/internal/rule"
)

func newRules() *cobra.Command {
	format := choice{value: "text", choices: []string{"text", "json"}, kind: "FORMAT"}
	cmd := &cobra.Command{
		Use:   "rules",
		Short: "List what can be found wrong with a catalog, and why it matters",
		Long:  "Rules lists every rule: its id, its severity, what it finds, and why. `errspec explain RULE` shows one with an example.",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			stdout := cmd.OutOrStdout()
			if format.value == "json" {
				_, err := stdout.Write(rulesJSON(rule.Table()))
				return err
			}
			p := page{bold: colored(stdout)}
			p.rules(rule.Table())
			_, err := stdout.Write(p.text.Bytes())
			return err
		},
	}
	cmd.Flags().Var(&format, "format", "print the rules in this `FORMAT`: text or json")
	return cmd
}

// rules writes what there is to know about the rules, but for their examples.
func (p *page) rules(all []rule.Rule) {
	for i, r := range all {
		if i > 0 {
			p.gap()
		}
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
	if r.Severity == diag.Error {
		p.paragraph("An error stops every output, and can not be ignored.")
		return
	}
	if r.OptIn {
		p.heading("To look for it")
		p.yaml("lint: {enable: [" + r.ID + "]}\n")
	}
	p.heading("To leave it as it is")
	p.yaml("lint:\n  ignore: [{rule: " + r.ID + ", codes: [SOME_CODE], reason: Why it may stay.}]\n")
	p.paragraph("Without `codes` that is for the whole catalog.")
}

func (p *page) ruleTitle(r rule.Rule) { p.title(r.ID + " (" + severity(r) + "): " + r.Summary) }

func severity(r rule.Rule) string {
	if r.OptIn {
		return r.Severity.String() + ", opt-in"
	}
	return r.Severity.String()
}

// rulesJSON returns the rules as a document for programs.
func rulesJSON(all []rule.Rule) []byte {
	type entry struct {
		ID       string `json:"id"`
		Severity string `json:"severity"`
		OptIn    bool   `json:"opt_in"`
		Summary  string `json:"summary"`
		Why      string `json:"why"`
		Before   string `json:"before"`
		After    string `json:"after"`
	}
	doc := struct {
		Version int     `json:"version"`
		Rules   []entry `json:"rules"`
	}{Version: 1}
	for _, r := range all {
		e := r.Example()
		doc.Rules = append(doc.Rules, entry{r.ID, r.Severity.String(), r.OptIn, r.Summary, r.Why, e.Before, e.After})
	}
	return jsondoc.Marshal(doc)
}
