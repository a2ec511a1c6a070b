package check

import (
	"fmt"
	"slices"
	"strings"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// report records a diagnostic about the catalog as a whole.
func (m *model) report(d diag.Diagnostic) { m.add("", d) }

// report records a diagnostic about a code; its path continues the code's own.
func (e *entry) report(d diag.Diagnostic) {
	d.Path = e.w.Path.String() + "." + d.Path
	e.m.add(e.w.Code.Text, d)
}

// reportOf records a diagnostic about a code, or, if e is nil, about the catalog.
func (m *model) reportOf(e *entry, d diag.Diagnostic) {
	if e == nil {
		m.report(d)
		return
	}
	e.report(d)
}

// reportAlike records a diagnostic that many codes may get for one reason. If many do, one
// diagnostic stands for all of them: "12 codes" and the reason.
func (e *entry) reportAlike(d diag.Diagnostic, reason string) {
	d.Path = e.w.Path.String() + "." + d.Path
	if !e.m.prepare(e.w.Code.Text, &d) {
		return
	}
	key := alikeKey{d.Rule, reason}
	a := e.m.alike[key]
	if a == nil {
		a = &alike{}
		e.m.alike[key] = a
	}
	if a.n++; a.n <= maxAlike {
		a.list, a.codes = append(a.list, d), append(a.codes, e.String())
	}
}

// Above maxAlike, one diagnostic stands for all that say the same of different codes, and names the
// first firstAlike of them: nobody reads hundreds of lines that one decision settles.
const (
	maxAlike   = 10
	firstAlike = 3
)

type alikeKey struct{ rule, reason string }

// An alike is what codes get for one reason.
type alike struct {
	n     int
	list  []diag.Diagnostic // the first of them
	codes []string
}

// finish records what [entry.reportAlike] has collected, and judges the catalog's suppressions:
// only now is it known which of them are used.
func (m *model) finish() {
	m.joinAlike()
	for i := range m.ignores.all {
		m.judge(&m.ignores.all[i])
	}
}

// joinAlike records what [entry.reportAlike] has collected.
func (m *model) joinAlike() {
	for key, a := range m.alike {
		if a.n <= maxAlike {
			for _, d := range a.list {
				m.found.Add(d)
			}
			continue
		}
		d := a.list[0]
		d.Message = fmt.Sprintf("%d codes %s: %s and %d more", a.n, key.reason,
			strings.Join(a.codes[:firstAlike], ", "), a.n-firstAlike)
		for i := 1; i < firstAlike; i++ {
			d.Notes = append(d.Notes, note(a.list[i].Span, "and %s here", a.codes[i]))
		}
		m.found.Add(d)
	}
}

// below returns a function that reports what is below a key of the catalog.
func (m *model) below(path string) func(diag.Diagnostic) {
	return func(d diag.Diagnostic) {
		d.Path = join(path, d.Path)
		m.report(d)
	}
}

// below returns a function that reports what is below a key of the code.
func (e *entry) below(path string) func(diag.Diagnostic) {
	return func(d diag.Diagnostic) {
		d.Path = join(path, d.Path)
		e.report(d)
	}
}

func join(path, key string) string {
	if key == "" {
		return path
	}
	return path + "." + key
}

// add records a diagnostic about a code ("": about none), unless the catalog suppresses it.
func (m *model) add(code string, d diag.Diagnostic) {
	if m.prepare(code, &d) {
		m.found.Add(d)
	}
}

// prepare completes a diagnostic, and reports whether to record it.
func (m *model) prepare(code string, d *diag.Diagnostic) bool {
	r, ok := rule.Find(d.Rule)
	if !ok {
		panic("check: a diagnostic names the rule " + d.Rule + ", which the table does not have")
	}
	if r.OptIn && !m.lint.enabled[r.ID] {
		return false
	}
	if d.Span.IsZero() { // package syntax refused what it is about
		d.Span = m.written.Span()
	}
	if m.lost.values[syntax.Refusal{File: d.Span.File, Path: d.Path}] {
		// it was written, and its author knows by now that it was written wrongly: it is not missing
		return false
	}
	if r.Ignorable() && m.ignores.cover(r.ID, code) {
		return false
	}
	d.Severity = r.Severity
	d.Message, d.Help = oneLine(d.Message), oneLine(d.Help)
	d.Notes = slices.DeleteFunc(d.Notes, func(n diag.Note) bool { return n.Span.IsZero() })
	return true
}

// near returns the name that word most likely means, or "". A catalog with thousands of wrong names
// gets suggestions for the first of them only: each costs a look at all the known ones.
func (m *model) near(word string, known []string) string {
	const enough = 1_000_000
	if m.hints > enough {
		return ""
	}
	m.hints += len(known)
	return diag.Nearest(word, known)
}

// didYouMean returns the end of a message, and a help, for an unknown name.
func (m *model) didYouMean(word string, known []string, otherwise string) (hint, help string) {
	return didYouMean(m.near(word, known), otherwise)
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
