package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/goname"
	"github.com/errspec/errspec/gen/internal/nearest"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/reference"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/source"
	"github.com/errspec/errspec/gen/internal/value"
)

func newExplain() *cobra.Command {
	return &cobra.Command{
		Use:   "explain CODE|RULE [CATALOG]",
		Short: "Show what one code means and what to do about it, or what a rule is for",
		Long: `Explain shows a code of a catalog: what it means and what to do about it. It also explains the rules by which catalogs are
judged, each with a mistake and the same put right, and those about changes, with a catalog before and after; that needs no
catalog. A name that is both is the code.`,
		Example: `  errspec explain RATE_LIMITED
  errspec explain status-unlisted`,
		Args: func(cmd *cobra.Command, args []string) error {
			switch {
			case len(args) == 0:
				return usageError(cmd, "explain what? Give a code of the catalog, or the id of a rule: errspec rules lists them")
			case len(args) > 2:
				return usageError(cmd, "one code or rule at a time, and one catalog: %s is one too many", args[2])
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			stdout := cmd.OutOrStdout()
			p := page{bold: colored(stdout)}
			if err := p.explain(cmd, args[0], args[1:]); err != nil {
				return err
			}
			_, err := painted(stdout).Write(p.text.Bytes())
			return err
		},
	}
}

// explain writes what there is to say about a code or a rule. For a rule the catalog may be missing or broken, as long as
// nobody named it: a rule is looked up when something is wrong.
func (p *page) explain(cmd *cobra.Command, name string, args []string) error {
	r, isRule := rule.Find(name)
	src, err := source.Open(cmd.Context(), catalogName(args), cmd.InOrStdin())
	if err != nil {
		switch {
		case len(args) > 0:
			return err
		case isRule:
			p.rule(r)
			return nil
		case nearest.Name(name, rule.IDs(rule.All())) != "":
			return fmt.Errorf("there is no rule %q%s", name, nearest.Hint(name, rule.IDs(rule.All())))
		}
		return err
	}
	c, list := pipeline.Load(src)
	switch {
	case c != nil && (!isRule || knows(c, name)): // warnings are for those who write the catalog, not for those who look something up
		if err := p.code(c, name); err != nil {
			return fmt.Errorf("%s: %w", src.File.Name, err)
		}
		return nil
	case isRule:
		p.rule(r)
		return nil
	}
	if err := textFindings().print(cmd, &list); err != nil {
		return err
	}
	return errFindings
}

// knows reports whether the catalog has a code, be it live or retired.
func knows(c *catalog.Catalog, code string) bool {
	return c.Find(code) != nil || c.Tombstone(code) != nil
}

// code writes what there is to say about a code of the catalog, also about a retired one.
func (p *page) code(c *catalog.Catalog, code string) error {
	if e := c.Find(code); e != nil {
		p.entry(c, e)
		return nil
	}
	if t := c.Tombstone(code); t != nil {
		p.tombstone(t)
		return nil
	}
	var known []string
	for e := range c.All() {
		known = append(known, e.Code)
	}
	for _, t := range c.Retired {
		known = append(known, t.Code)
	}
	return fmt.Errorf("there is no code %q%s", code, nearest.Hint(code, append(known, rule.IDs(rule.All())...)))
}

func (p *page) entry(c *catalog.Catalog, e *catalog.Entry) {
	p.title(e.Code + ": " + e.Title)
	for i, status := range e.Statuses {
		text := fmt.Sprintf("HTTP %d", status)
		if row := c.Status(status); row != nil {
			text += " " + row.Title
		}
		if len(e.Statuses) > 1 && i == 0 {
			text += " (the default)"
		}
		p.line(text)
	}
	p.line(lifecycle(c, e))
	if d := e.Deprecated; d != nil {
		p.paragraph(successor("Deprecated", d.Since, d.Use))
		p.markdown(d.Note)
	}
	p.markdown(e.Description)
	p.paragraph(reference.StandsFor(c, e))
	p.messages(e)
	p.heading("What to do")
	if resolution := plain(e.Resolution); resolution != "" {
		p.indented(resolution)
		p.gap()
	}
	p.indented(retryAdvice(e.Retry))
	p.facts(e)
}

// messages writes the texts that a client may see, and what fills their blanks.
func (p *page) messages(e *catalog.Entry) {
	p.heading("Message")
	for i := range e.Variants {
		v := &e.Variants[i]
		p.indented(v.Message.String())
		switch resolution := plain(v.Resolution); {
		case v.ID != "" && resolution != "":
			p.detail("variant " + v.ID + ": " + resolution)
		case v.ID != "":
			p.detail("variant " + v.ID)
		}
	}
	if len(e.Params) == 0 {
		return
	}
	p.gap()
	var rows [][]string
	for i := range e.Params {
		m := &e.Params[i]
		rows = append(rows, []string{m.Name, m.Kind.String(), paramNote(m)})
	}
	p.table(rows)
}

// facts writes what is short: values, headers, links.
func (p *page) facts(e *catalog.Entry) {
	var rows [][]string
	for i := range e.Values {
		v := &e.Values[i]
		rows = append(rows, []string{v.Name, v.Value.Text(), plain(v.Description)})
	}
	p.section("Values", rows)
	rows = nil
	for _, h := range e.Headers {
		rows = append(rows, []string{h.Name + ":", h.Value.String()})
	}
	p.section("Response headers", rows)
	rows = nil
	for _, s := range e.See {
		rows = append(rows, []string{s.Code, s.Title})
	}
	for _, l := range e.Links {
		rows = append(rows, []string{l.Title, l.URL})
	}
	p.section("See also", rows)
	names := goname.Of(e)
	rows = [][]string{{"sentinel", names.Code}, {"type", "*" + names.Type}}
	for _, v := range names.Variants {
		rows = append(rows, []string{"constructor", v.New})
	}
	p.section("In Go", rows)
	if e.DocsURL != "" {
		p.gap()
		p.line(e.DocsURL)
	}
}

func (p *page) tombstone(t *catalog.Tombstone) {
	p.title(t.Code)
	p.paragraph(successor("Retired", t.Since, t.Use))
	p.markdown(t.Note)
}

// successor says since when a code is not to be used, and what is to be used instead.
func successor(what, since string, use *catalog.Entry) string {
	if since != "" {
		what += " since " + since
	}
	if use != nil {
		what += "; use " + use.Code
	}
	return what + "."
}

// lifecycle says where a code belongs and how far it may be relied on.
func lifecycle(c *catalog.Catalog, e *catalog.Entry) string {
	parts := []string{c.Groups[e.Group].Title}
	if e.Since != "" {
		parts = append(parts, "since "+e.Since)
	}
	if e.Stability != catalog.Stable {
		parts = append(parts, string(e.Stability))
	}
	if e.Internal {
		parts = append(parts, "internal: never sent to clients")
	}
	if len(e.Tags) > 0 {
		parts = append(parts, "tags: "+strings.Join(e.Tags, ", "))
	}
	return strings.Join(parts, " · ")
}

func paramNote(m *catalog.Param) string {
	var parts []string
	if d := plain(m.Description); d != "" {
		parts = append(parts, strings.TrimSuffix(d, ".")+".")
	}
	if len(m.Enum) > 0 {
		var values []string
		for _, v := range m.Enum {
			values = append(values, v.Value)
		}
		parts = append(parts, "One of "+strings.Join(values, ", ")+".")
	}
	if m.Sensitive {
		return strings.Join(append(parts, "Sensitive: never sent to clients."), " ")
	}
	return strings.Join(append(parts, "Such as "+m.Example.Text()+"."), " ")
}

// retryAdvice says in words whether and how a caller may try again.
func retryAdvice(r *catalog.RetryPolicy) string {
	if r == nil {
		return "Do not retry: the same request fails again."
	}
	times, wait := "once", "Wait "+value.FormatDuration(r.Base)
	if r.MaxRetries > 1 {
		times = fmt.Sprintf("up to %d times", r.MaxRetries)
		if r.Strategy == catalog.Constant {
			wait += " each time"
		} else {
			wait += fmt.Sprintf(" first, then %s times as long each time, at most %s",
				value.FormatFloat(r.Factor), value.FormatDuration(r.MaxDelay))
		}
	}
	switch r.Jitter {
	case catalog.FullJitter:
		wait += ", or any shorter time, chosen at random"
	case catalog.EqualJitter:
		wait += ", or a time down to half of it, chosen at random"
	}
	methods := "Only requests with an idempotent method: the server may have acted on it."
	if r.AnyMethod {
		methods = "Requests of any method: the server has not acted on it."
	}
	return fmt.Sprintf("Retry %s. %s. A Retry-After header is the least time to wait; if it asks for more than %s, give up. %s",
		times, wait, value.FormatDuration(r.MaxRetryAfter), methods)
}
