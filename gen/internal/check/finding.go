package check

import (
	"fmt"
	"slices"
	"strings"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// find records a finding about the catalog as a whole.
func (c *checker) find(id string, span diag.Span, path, message, help string, notes ...diag.Note) {
	c.add("", id, span, path, message, help, notes)
}

// find records a finding about a code; path continues the code's own.
func (e *entry) find(id string, span diag.Span, path, message, help string, notes ...diag.Note) {
	e.c.add(e.w.Code.Text, id, span, e.w.Path.String()+"."+path, message, help, notes)
}

// at returns the way to report a finding about a code, or, if e is nil, about the catalog.
func (c *checker) at(e *entry) func(id string, span diag.Span, path, message, help string, notes ...diag.Note) {
	if e == nil {
		return c.find
	}
	return e.find
}

// add records a finding about a code ("": about none), unless the catalog ignores it.
func (c *checker) add(code, id string, span diag.Span, path, message, help string, notes []diag.Note) {
	r, ok := rule.Find(id)
	if !ok {
		panic("check: a finding names the rule " + id + ", which the table does not have")
	}
	if r.OptIn && !c.lint.enabled[id] {
		return
	}
	if span.IsZero() { // what it is about was refused by package syntax
		span = c.written.Span()
	}
	if c.refused[syntax.Refusal{File: span.File, Path: path}] {
		return // it was written, and its author knows by now that it was written wrongly: it is not missing
	}
	if r.Severity != diag.Error && c.ignored(id, code) {
		return
	}
	message, help = oneLine(message), oneLine(help)
	notes = slices.DeleteFunc(notes, func(n diag.Note) bool { return n.Span.IsZero() })
	c.found.Add(diag.Diagnostic{Severity: r.Severity, Rule: id, Span: span, Path: path, Message: message, Notes: notes, Help: help})
}

// near returns the name that word most likely means, or "". A catalog with thousands of wrong names gets suggestions for the
// first of them only: each costs a look at all the known ones.
func (c *checker) near(word string, known []string) string {
	const enough = 1_000_000
	if c.hints > enough {
		return ""
	}
	c.hints += len(known)
	return diag.Nearest(word, known)
}

// didYouMean returns the end of a message, and a help, for an unknown name.
func (c *checker) didYouMean(word string, known []string, otherwise string) (hint, help string) {
	return didYouMean(c.near(word, known), otherwise)
}

func didYouMean(near, otherwise string) (hint, help string) {
	if near != "" {
		return fmt.Sprintf("; did you mean %q?", near), fmt.Sprintf("write %q, or %s", near, otherwise)
	}
	return "", otherwise
}

func note(span diag.Span, format string, args ...any) diag.Note {
	return diag.Note{Span: span, Message: fmt.Sprintf(format, args...)}
}

// oneLine returns a message in which the author's words take no second line.
func oneLine(s string) string { return strings.ReplaceAll(s, "\n", "⏎") }
