// Package review judges the step from one edition of a catalog to the next, as a reviewer would who
// is on the clients' side.
//
// What enters are two editions, as they were written and as they were resolved. What leaves is a
// list of diagnostics: one for each change that is of interest, with its place in the new edition
// and, as a note, the one in the old; and one for each acceptance that accepts nothing. Package
// change finds the differences, the table of package rule says what each of them breaks.
package review

import (
	"fmt"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/change"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// An Edition is a catalog at one time.
type Edition struct {
	Written  *syntax.Catalog
	Resolved *catalog.Catalog // nil if it has errors
}

// Findings returns what a change of a catalog does to those for whom the category stands, without
// what the new edition accepts.
func Findings(before, after Edition, category rule.Category) diag.List {
	var list diag.List
	changes := change.Compare(before.Resolved, after.Resolved)
	accepted := acceptances(after.Written)
	was, is := places{written: before.Written}, places{written: after.Written}
	for i := range changes {
		ch := &changes[i]
		if ch.Exempt || accepted.cover(ch) || !category.Includes(ch.Category) ||
			ch.Internal && ch.Category == rule.Harmless {
			continue
		}
		list.Add(finding(ch, before.Resolved, &was, &is))
	}
	accepted.stale(&list)
	return list
}

func finding(ch *change.Change, old *catalog.Catalog, was, is *places) diag.Diagnostic {
	d := diag.Diagnostic{
		Severity: ch.Severity, Rule: ch.Rule, Message: message(ch), Help: help(ch, old),
	}
	d.Span, d.Path = is.find(ch.New)
	if ch.Rule == rule.CodeRemoved || ch.Rule == rule.TombstoneRemoved {
		if n := is.neighbour(was, ch.Old); !n.span.IsZero() {
			d.Span, d.Path = n.span, n.path
			d.Message += fmt.Sprintf("; it stood %s %s", n.side, n.code)
		}
	}
	if d.Span.IsZero() {
		d.Span = is.written.Span()
	}
	if span, _ := was.find(ch.Old); !span.IsZero() {
		d.Notes = append(d.Notes, diag.Note{Span: span, Message: "before", Excerpt: true})
	}
	return d
}

// message says what a change is about, and what is different.
func message(ch *change.Change) string {
	text := strings.ReplaceAll(ch.Text.String(), "\n", "⏎") + ch.Remark
	switch {
	case len(ch.Codes) == 0:
		return text
	case len(ch.Codes) == 1 || ch.New.Of != change.InPolicy:
		return ch.Codes[0] + ": " + text
	case len(ch.Codes) <= 3:
		return fmt.Sprintf("%s (of %s)", text, strings.Join(ch.Codes, ", "))
	default:
		return fmt.Sprintf(
			"%s (of %s and %d more)",
			text,
			strings.Join(ch.Codes[:2], ", "),
			len(ch.Codes)-2,
		)
	}
}

// help says what to do instead of a change, and how to insist on it.
func help(ch *change.Change, old *catalog.Catalog) string {
	r, _ := rule.Find(ch.Rule)
	if r.Fix == "" || ch.Severity == diag.Info {
		return ""
	}
	text := r.Fix
	if n := len(ch.Codes); n > 0 {
		if e := old.Find(ch.Codes[n-1]); e != nil && e.Deprecated != nil && r.FixDeprecated != "" {
			text = r.FixDeprecated
		}
		text = strings.NewReplacer("{code}", ch.Codes[n-1], "{new}", ch.Codes[0]).Replace(text)
	}
	where := "above the code"
	switch {
	case ch.New.Of == change.InTombstone:
		where = "above the tombstone"
	case ch.New.Of != change.InCode:
		return text + "; to accept the change, add it to lint.accept: {rule: " + ch.Rule + codes(
			ch,
		) + ", reason: …}"
	}
	return text + "; to accept the change, write `# errspec:accept " + ch.Rule + " REASON` " + where
}

func codes(ch *change.Change) string {
	if len(ch.Codes) == 0 || len(ch.Codes) > 3 {
		return ""
	}
	return ", codes: [" + strings.Join(ch.Codes, ", ") + "]"
}
