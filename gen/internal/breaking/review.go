package breaking

import (
	"fmt"
	"slices"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// A Version is a catalog at one time.
type Version struct {
	Written  *syntax.Catalog
	Resolved *catalog.Catalog // nil if it has errors
}

// Review returns a diagnostic for each change that is of interest to those for whom one of the
// categories stands and that the new version does not accept, with its position in the new version
// and, as a note, the one in the old. It also returns one for each acceptance that accepts nothing.
func Review(before, after Version, categories ...rule.Category) diag.List {
	var list diag.List
	changes := Compare(before.Resolved, after.Resolved)
	accepted := acceptances(after.Written)
	was, is := places{written: before.Written}, places{written: after.Written}
	for i := range changes {
		ch := &changes[i]
		if ch.Exempt {
			continue
		}
		covered := accepted.cover(ch)
		switch {
		case !slices.ContainsFunc(categories, ch.concerns) || ch.Internal && ch.Category == rule.Harmless:
		case covered:
			list.Accepted++
		default:
			list.Add(finding(ch, before.Resolved, &was, &is))
		}
	}
	accepted.stale(&list)
	return list
}

func finding(ch *Change, old *catalog.Catalog, was, is *places) diag.Diagnostic {
	d := diag.Diagnostic{
		Severity: ch.Severity, Rule: ch.Rule, Message: messageOf(ch), Help: helpOf(ch, old),
	}
	d.Span, d.Path = is.find(ch.New)
	if ch.Rule == rule.CodeRemoved || ch.Rule == rule.TombstoneRemoved {
		if n := is.neighbour(was, ch.Old); !n.span.IsZero() {
			d.Span, d.Path = n.span, n.path
			d.Message += fmt.Sprintf("; it was %s %s", n.side, n.code)
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

// messageOf says what a change is about, and what is different.
func messageOf(ch *Change) string {
	text := strings.ReplaceAll(ch.Text.String(), "\n", "⏎") + ch.Remark
	switch {
	case len(ch.Codes) == 0:
		return text
	case len(ch.Codes) == 1 || ch.New.Of != InPolicy:
		return ch.Codes[0] + ": " + text
	case len(ch.Codes) <= 3:
		return fmt.Sprintf("%s (of %s)", text, strings.Join(ch.Codes, ", "))
	default:
		return fmt.Sprintf("%s (of %s and %d more)", text, strings.Join(ch.Codes[:2], ", "),
			len(ch.Codes)-2)
	}
}

// helpOf says what to do instead of a change, and how to insist on it.
func helpOf(ch *Change, old *catalog.Catalog) string {
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
	case ch.New.Of == InTombstone:
		where = "above the tombstone"
	case ch.New.Of != InCode:
		return text + "; to accept the change, add it to lint.accept: {rule: " +
			ch.Rule + codeList(ch) + ", reason: …}"
	}
	return text + "; to accept the change, write `# errspec:accept " + ch.Rule + " REASON` " + where
}

func codeList(ch *Change) string {
	if len(ch.Codes) == 0 || len(ch.Codes) > 3 {
		return ""
	}
	return ", codes: [" + strings.Join(ch.Codes, ", ") + "]"
}
