package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/find"
	"github.com/errspec/errspec/gen/internal/goname"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/reference"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/source"
	"github.com/errspec/errspec/gen/internal/versions"
)

func newExplain() *cobra.Command {
	return &cobra.Command{
		Use:        "explain CODE|STATUS|RULE|TEXT|- [CATALOG]",
		SuggestFor: []string{"show", "describe", "search", "find", "lookup", "get", "man"},
		Short:      "Explain a code, the codes of a status, a rule, or an error that you got",
		Long: `Explain shows what a code means and what to do about it. Given an HTTP status, it lists the
codes of that status. Given the id of a rule of lint or breaking, it shows why the rule exists, with
an example of the mistake and of the correction; that needs no catalog.

Given any other text, it finds the code that the text is about, and the values of its params: in a
message, a response body, the output of curl -i, a log line, the name of a type, a link to the
reference, or a misspelled code. The text may be escaped for a log, a shell, HTML or a URL. For a
few words, it lists the codes and rules that contain all of them. With -, it reads the text from
standard input.`,
		Example: `  errspec explain RATE_LIMITED
  errspec explain 429
  errspec explain "Missing required parameter: prompt"
  curl -i https://api.example.com/v1/files | errspec explain -
  errspec explain status-unlisted`,
		ValidArgsFunction: completeSubjects,
		Args: func(cmd *cobra.Command, args []string) error {
			switch {
			case len(args) == 0 || strings.TrimSpace(args[0]) == "":
				return usageError(cmd, "name a code, a status, the id of a rule, or a text to search for")
			case len(args) > 2:
				return usageError(cmd, "accepts at most one subject and one catalog, got %d arguments; "+
					"put a text of several words in quotes", len(args))
			case len(args) == 2 && args[0] == "-" && args[1] == "-":
				return usageError(cmd,
					"cannot read both the text and the catalog from standard input; name the catalog")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			text, err := subject(cmd, args[0])
			if err != nil {
				return err
			}
			stdout := cmd.OutOrStdout()
			p := page{bold: colored(stdout)}
			if err := p.explain(cmd, text, args[1:]); err != nil {
				return err
			}
			_, err = painted(stdout).Write(p.text.Bytes())
			return err
		},
	}
}

// maxSubject is how much is read of an error on standard input: what a client reads of a body.
const maxSubject = 1 << 20

// subject returns what to explain: an argument, or the text on standard input.
func subject(cmd *cobra.Command, arg string) (string, error) {
	if arg != "-" {
		return arg, nil
	}
	text, err := io.ReadAll(io.LimitReader(cmd.InOrStdin(), maxSubject))
	if err != nil {
		return "", fmt.Errorf("reading standard input: %w", err)
	}
	if len(bytes.TrimSpace(text)) == 0 {
		return "", errors.New("standard input is empty; pipe an error response into it")
	}
	return string(bytes.TrimSpace(text)), nil
}

// explain explains a name or a text. Without a catalog, or with a broken one, it explains
// rules alone, unless the user named the catalog: people look up a rule when something is wrong.
func (p *page) explain(cmd *cobra.Command, name string, args []string) error {
	c, where, list, err := explained(cmd, args)
	if err != nil && len(args) > 0 {
		if missing := (*source.MissingError)(nil); errors.As(err, &missing) && isFile(name) {
			return usageError(cmd, "there is no catalog %s; the catalog comes last, as in "+
				"errspec explain %[1]s %s", args[0], name)
		}
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
	case err != nil && p.ruleList(rulesWith(name)):
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
	case statusOf(c, name) != 0:
		status := statusOf(c, name)
		if p.status(c, status) {
			return nil
		}
		return fmt.Errorf("%s: no code has the status %d; name one of %s", where, status, statusesOf(c))
	case p.search(c, name):
		return nil
	}
	return notFound(c, where, name)
}

// statusesOf lists the statuses that a catalog's codes have.
func statusesOf(c *catalog.Catalog) string {
	var statuses []int
	for e := range c.All() {
		statuses = append(statuses, e.Statuses...)
	}
	slices.Sort(statuses)
	var names []string
	for _, s := range slices.Compact(statuses) {
		names = append(names, strconv.Itoa(s))
	}
	return strings.Join(names, ", ")
}

// notFound says that a catalog has no such code, and names the nearest code or rule.
func notFound(c *catalog.Catalog, where, name string) error {
	if strings.ContainsAny(name, " \n") {
		return fmt.Errorf("%s: no code has such a message, body or name; paste more of the error", where)
	}
	known := append(knownCodes(c), rule.IDs(rule.All())...)
	hint := diag.DidYouMean(name, known)
	if hint == "" {
		hint = "; name a code, a status or a rule, or paste the whole error"
	}
	return fmt.Errorf("%s: there is no code %q%s", where, name, hint)
}

// explained reads the catalog, and returns its name as well. It is nil if there are errors: those
// of the list, or the one that is returned.
func explained(
	cmd *cobra.Command, args []string,
) (c *catalog.Catalog, name string, list diag.List, err error) {
	file, list, err := configFor(args)
	if err != nil || list.HasErrors() {
		return nil, "", list, err
	}
	src, err := versions.Open(cmd.Context(), catalogName(args, file), cmd.InOrStdin())
	if err != nil {
		return nil, "", list, err
	}
	c, list = pipeline.Load(src)
	return c, src.File.Name, list, nil
}

// statusLine is an HTTP status, with or without what a status line has beside it.
var statusLine = regexp.MustCompile(`(?i)^(?:HTTP(?:/[0-9.]+)? |status(?: code)? )?` +
	`([1-5][0-9][0-9])(?: (.*))?$`)

// statusOf returns the HTTP status that a text is, perhaps with its name; 0 if it is something
// else.
func statusOf(c *catalog.Catalog, text string) int {
	m := statusLine.FindStringSubmatch(strings.TrimSpace(text))
	if m == nil {
		return 0
	}
	status, _ := strconv.Atoi(m[1])
	for _, name := range []string{"", http.StatusText(status), reference.StatusTitle(c, status)} {
		if strings.EqualFold(m[2], name) {
			return status
		}
	}
	return 0
}

// status writes the codes of a status; false if there are none.
func (p *page) status(c *catalog.Catalog, status int) bool {
	var rows [][]string
	for e := range c.All() {
		if slices.Contains(e.Statuses, status) {
			rows = append(rows, []string{e.Code, about(e)})
		}
	}
	row := c.Status(status)
	if len(rows) == 0 && row == nil {
		return false
	}
	p.title(strings.TrimSpace(fmt.Sprintf("HTTP %d %s", status, reference.StatusTitle(c, status))))
	if row != nil {
		p.markdown(row.Cause)
	}
	p.section("Codes", rows)
	return true
}

// search writes what a text is about: a code with what the text says of it, or the codes and rules
// that come into question. It returns false if there are none.
func (p *page) search(c *catalog.Catalog, text string) bool {
	index := find.New(c, c.All())
	hits, rules := index.Find(text), rulesWith(text)
	if len(hits) == 0 {
		return p.ruleList(rules)
	}
	rows := func(hits []find.Hit) (rows [][]string) {
		for _, h := range hits {
			code := index.Records[h.Record].Code
			rows = append(rows, []string{code, aboutCode(c, code)})
		}
		return rows
	}
	first := index.Records[hits[0].Record].Code
	switch {
	case hits[0].Why == find.Evidence:
		p.codeFound(c, first, &hits[0])
		p.section("Also possible", rows(hits[1:]))
	case hits[0].Why == find.Alike && slices.Contains(rule.IDs(rule.All()), nearest(c, text)):
		return false
	case hits[0].Why == find.Alike:
		p.line("No code has exactly this name or message. The most similar one:")
		p.gap()
		p.code(c, first)
		p.section("Also possible", rows(hits[1:]))
	case hits[0].Why == find.Status:
		p.line("No code has such a message or name. These have the HTTP status:")
		p.gap()
		p.table(rows(hits))
	case len(hits) == 1 && len(rules) == 0:
		p.code(c, first)
	default:
		title := count(len(hits), "code")
		if len(rules) > 0 {
			title += " and " + count(len(rules), "rule")
		}
		p.title(fmt.Sprintf("%s with %q", title, text))
		p.section("Codes", rows(hits))
		p.section("Rules", rules)
	}
	return true
}

func nearest(c *catalog.Catalog, name string) string {
	return diag.Nearest(name, append(knownCodes(c), rule.IDs(rule.All())...))
}

// aboutCode returns what a list says of a code, live or retired.
func aboutCode(c *catalog.Catalog, code string) string {
	if e := c.Find(code); e != nil {
		return about(e)
	}
	return "retired"
}

// about returns what a list says of a code that the code itself does not say: its title, or the
// first paragraph of what it means or of what to do, or its message.
func about(e *catalog.Entry) string {
	paragraph := func(md catalog.Markdown) string {
		text, _, _ := strings.Cut(plain(md), "\n\n")
		return text
	}
	return cmp.Or(reference.Meaning(e), paragraph(e.Description), paragraph(e.Resolution),
		reference.WithBlanks(e.Variants[0].Message))
}

// rulesWith returns the rules that have a text in their ids or summaries, in upper or lower case.
func rulesWith(text string) (rows [][]string) {
	text = strings.ToLower(text)
	for _, r := range rule.All() {
		if strings.Contains(strings.ToLower(r.ID+"\n"+r.Summary), text) {
			rows = append(rows, []string{r.ID, r.Summary})
		}
	}
	return rows
}

// ruleList writes a list of rules, or all about the only one. It returns false if there is none.
func (p *page) ruleList(rows [][]string) bool {
	switch len(rows) {
	case 0:
		return false
	case 1:
		r, _ := rule.Find(rows[0][0])
		p.rule(r)
	default:
		p.title(count(len(rows), "rule"))
		p.section("Rules", rows)
	}
	return true
}

// knows reports whether the catalog has a code, live or retired.
func knows(c *catalog.Catalog, code string) bool {
	return c.Find(code) != nil || c.Tombstone(code) != nil
}

// code explains a code of the catalog.
func (p *page) code(c *catalog.Catalog, code string) { p.codeFound(c, code, nil) }

// codeFound explains a code that was found in a text.
func (p *page) codeFound(c *catalog.Catalog, code string, found *find.Hit) {
	if e := c.Find(code); e != nil {
		p.entry(c, e, found)
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

// entry explains a live code. found is what a text says of it, or nil.
func (p *page) entry(c *catalog.Catalog, e *catalog.Entry, found *find.Hit) {
	title := e.Code
	if meaning := reference.Meaning(e); meaning != "" {
		title += ": " + meaning
	}
	p.title(title)
	p.wrap("", lifecycle(c, e))
	if found != nil {
		var rows [][]string
		if found.Variant != "" {
			rows = append(rows, []string{"variant", found.Variant})
		}
		for _, v := range found.Values {
			rows = append(rows, []string{v.Name, v.Text})
		}
		p.section("In your text", rows)
	}
	if d := e.Deprecated; d != nil {
		p.paragraph(successor("Deprecated", d.Since, d.Use))
		p.markdown(d.Note)
	}
	p.markdown(e.Description)
	p.paragraph(reference.StandsFor(c, e))
	p.paragraph(reference.Recognition(e))
	p.advice(e)
	p.messages(e, found)
	p.facts(e)
}

// advice writes what to do about a code, if the catalog says it.
func (p *page) advice(e *catalog.Entry) {
	resolution, retry := plain(e.Resolution), retryAdvice(e)
	if resolution == "" && retry == "" {
		return
	}
	p.heading("What to do")
	if resolution != "" {
		p.indented(resolution)
	}
	if resolution != "" && retry != "" {
		p.gap()
	}
	if retry != "" {
		p.indented(retry)
	}
}

// messages writes the texts that a client may see, or the one that was found, and the params of
// their placeholders.
func (p *page) messages(e *catalog.Entry, found *find.Hit) {
	one := len(e.Variants) == 1 || found != nil && found.Variant != ""
	if one {
		p.heading("Message")
	} else {
		p.heading("Messages")
	}
	for i := range e.Variants {
		v := &e.Variants[i]
		if one && len(e.Variants) > 1 && v.ID != found.Variant {
			continue
		}
		text := reference.WithBlanks(v.Message)
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
		rows = append(rows, []string{h.Name + ":", reference.WithBlanks(h.Value)})
	}
	p.section("Response headers", rows)
	rows = nil
	for _, s := range e.See {
		rows = append(rows, []string{s.Code, about(s)})
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

// successor says since when nobody should use a code, and what to use instead.
func successor(what, since string, use *catalog.Entry) string {
	if since != "" {
		what += " since " + since
	}
	if use != nil {
		what += "; use " + use.Code
	}
	return what + "."
}

// lifecycle says how a code is sent, where it belongs, and how stable it is.
func lifecycle(c *catalog.Catalog, e *catalog.Entry) string {
	var statuses []string
	for i, status := range e.Statuses {
		text := strings.TrimSpace(strconv.Itoa(status) + " " + reference.StatusMeaning(c, e, status))
		if len(e.Statuses) > 1 && i == 0 {
			text += " (the default)"
		}
		statuses = append(statuses, text)
	}
	parts := []string{"HTTP " + strings.Join(statuses, " or "), c.Groups[e.Group].Title}
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

// retryAdvice says in words whether and how a caller may try again, as the reference does; "" where
// the catalog does not say.
func retryAdvice(e *catalog.Entry) string {
	advice := reference.RetryAdvice(e)
	if e.Retry != nil {
		advice += " " + reference.RetryAfterAdvice(e.Retry)
	}
	return advice
}
