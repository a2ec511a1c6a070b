package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/goname"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/reference"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/versions"
)

func newExplain() *cobra.Command {
	return &cobra.Command{
		Use:        "explain CODE|STATUS|RULE|TEXT [CATALOG]",
		SuggestFor: []string{"show", "describe", "search", "find", "lookup", "get", "man"},
		Short:      "Explain a code, the codes of a status, or a rule; or search for a text",
		Long: `Explain shows what a code means and what to do about it. Given an HTTP status, it lists the codes of that
status. Given the id of a rule of lint or breaking, it shows why the rule exists, with an example of the
mistake and of the correction; that needs no catalog. Given any other text, it lists the codes and rules
that have this text in their names, titles or messages.`,
		Example: `  errspec explain RATE_LIMITED
  errspec explain 429
  errspec explain "too large"
  errspec explain status-unlisted`,
		ValidArgsFunction: completeSubjects,
		Args: func(cmd *cobra.Command, args []string) error {
			switch {
			case len(args) == 0:
				return usageError(cmd, "name a code, a status, the id of a rule, or a text to search for")
			case len(args) > 2:
				return usageError(cmd, "accepts at most one subject and one catalog, got %d arguments; put a text of several words in quotes", len(args))
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

// explain explains a name. Without a catalog, or with a broken one, it explains
// rules alone, unless the user named the catalog: people look up a rule when something is wrong.
func (p *page) explain(cmd *cobra.Command, name string, args []string) error {
	c, where, list, err := explained(cmd, args)
	if err != nil && len(args) > 0 {
		return err
	}
	if c != nil && knows(c, name) {
		p.code(c, name)
		return nil
	}
	if r, ok := rule.Find(name); ok {
		p.rule(r)
		return nil
	}
	switch {
	case err != nil && p.search(nil, name):
		return nil
	case err != nil && diag.Nearest(name, rule.IDs(rule.All())) != "":
		return fmt.Errorf("there is no rule %q%s", name, diag.DidYouMean(name, rule.IDs(rule.All())))
	case err != nil:
		return err
	case c == nil:
		if err := textFindings().print(cmd, &list); err != nil {
			return err
		}
		return errFindings
	case isStatus(name):
		status, _ := strconv.Atoi(name)
		if p.status(c, status) {
			return nil
		}
		return fmt.Errorf("%s: no code has the status %d", where, status)
	case p.search(c, name):
		return nil
	}
	return fmt.Errorf("%s: there is no code %q%s", where, name, diag.DidYouMean(name, append(knownCodes(c), rule.IDs(rule.All())...)))
}

// explained reads the catalog, and returns its name as well. It is nil if there are errors: those of the
// list, or the one that is returned.
func explained(cmd *cobra.Command, args []string) (c *catalog.Catalog, name string, list diag.List, err error) {
	file, list, err := configFor(args)
	if err != nil || list.HasErrors() {
		return nil, "", list, err
	}
	src, err := versions.Open(cmd.Context(), catalogName(args, file), cmd.InOrStdin())
	if err != nil {
		return nil, "", list, missingCatalog(err, args, file)
	}
	c, list = pipeline.Load(src)
	return c, src.File.Name, list, nil
}

// isStatus reports whether a name is an HTTP status.
func isStatus(name string) bool {
	return len(name) == 3 && name[0] >= '1' && name[0] <= '5' && strings.Trim(name, "0123456789") == ""
}

// status writes the codes of a status; false if there are none.
func (p *page) status(c *catalog.Catalog, status int) bool {
	var rows [][]string
	for e := range c.All() {
		if slices.Contains(e.Statuses, status) {
			rows = append(rows, []string{e.Code, e.Title})
		}
	}
	row := c.Status(status)
	if len(rows) == 0 && row == nil {
		return false
	}
	title := fmt.Sprintf("HTTP %d", status)
	if row != nil {
		title += " " + row.Title
	}
	p.title(title)
	if row != nil {
		p.markdown(row.Cause)
	}
	p.section("Codes", rows)
	return true
}

// search writes the codes and rules that have a text; if it is one code or rule alone, all about that.
// It returns false if there are none. The catalog may be nil.
func (p *page) search(c *catalog.Catalog, text string) bool {
	var (
		codes, rules [][]string
		lastRule     rule.Rule
	)
	if c != nil {
		for e := range c.All() {
			if matches(text, texts(e)...) {
				codes = append(codes, []string{e.Code, e.Title})
			}
		}
		for i := range c.Retired {
			if t := &c.Retired[i]; matches(text, t.Code) {
				codes = append(codes, []string{t.Code, "retired"})
			}
		}
	}
	for _, r := range rule.All() {
		if matches(text, r.ID, r.Summary) {
			rules = append(rules, []string{r.ID, r.Summary})
			lastRule = r
		}
	}
	switch {
	case len(codes) == 1 && len(rules) == 0:
		p.code(c, codes[0][0])
	case len(codes) == 0 && len(rules) == 1:
		p.rule(lastRule)
	case len(codes)+len(rules) == 0:
		return false
	default:
		p.title(fmt.Sprintf("%s and %s with %q", count(len(codes), "code"), count(len(rules), "rule"), text))
		p.section("Codes", codes)
		p.section("Rules", rules)
	}
	return true
}

// texts are what a client may remember of a code.
func texts(e *catalog.Entry) []string {
	all := []string{e.Code, e.Title}
	for i := range e.Variants {
		all = append(all, e.Variants[i].ID, e.Variants[i].Message.String())
	}
	return all
}

// matches reports whether a text stands in one of several, in upper or lower case.
func matches(text string, in ...string) bool {
	text = strings.ToLower(text)
	return slices.ContainsFunc(in, func(s string) bool { return strings.Contains(strings.ToLower(s), text) })
}

// knows reports whether the catalog has a code, be it live or retired.
func knows(c *catalog.Catalog, code string) bool {
	return c.Find(code) != nil || c.Tombstone(code) != nil
}

// code explains a code of the catalog.
func (p *page) code(c *catalog.Catalog, code string) {
	if e := c.Find(code); e != nil {
		p.entry(c, e)
		return
	}
	p.tombstone(c.Tombstone(code))
}

// knownCodes are all codes of a catalog, live and retired.
func knownCodes(c *catalog.Catalog) []string {
	var known []string
	for e := range c.All() {
		known = append(known, e.Code)
	}
	for i := range c.Retired {
		known = append(known, c.Retired[i].Code)
	}
	return known
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
	p.paragraph(reference.Recognition(e))
	p.messages(e)
	p.heading("What to do")
	if resolution := plain(e.Resolution); resolution != "" {
		p.indented(resolution)
		p.gap()
	}
	p.indented(retryAdvice(e))
	p.facts(e)
}

// messages writes the texts that a client may see, and the params of their placeholders.
func (p *page) messages(e *catalog.Entry) {
	p.heading("Message")
	for i := range e.Variants {
		v := &e.Variants[i]
		text := v.Message.String()
		if v.Silent {
			text = reference.NoMessage
		}
		p.indented(text)
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
		rows = append(rows, []string{m.Name, phrase(m), paramNote(m)})
		for f := range reference.Fields(m) {
			note := ""
			if f.Optional {
				note = "Optional."
			}
			rows = append(rows, []string{f.Path, textOf(f.Type), note})
		}
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

// phrase returns the type of a param in words. The values of an enum are in its note.
func phrase(m *catalog.Param) string {
	if m.Elem == nil {
		return m.Kind.String()
	}
	return textOf(reference.ParamType(&catalog.Node{}, m))
}

func textOf(words []reference.Word) string {
	var b strings.Builder
	for _, w := range words {
		b.WriteString(w.Text)
	}
	return b.String()
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

// retryAdvice says in words whether and how a caller may try again, as the reference does.
func retryAdvice(e *catalog.Entry) string {
	advice := reference.RetryAdvice(e)
	switch {
	case e.Retry != nil:
		return advice + " " + reference.RetryAfterAdvice(e.Retry)
	case advice == "":
		return "The catalog does not say whether a retry helps."
	}
	return advice
}
