package check

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
)

// statusTable resolves the reference's table of statuses.
func (m *model) statusTable() {
	first := map[int]diag.Span{}
	for i := range m.written.Statuses {
		row := &m.written.Statuses[i]
		path := "statuses." + row.Key.Text
		code, err := strconv.Atoi(row.Key.Text)
		if err != nil || code < 100 || code > 599 || len(row.Key.Text) != 3 {
			m.report(diag.Diagnostic{
				Rule:    rule.StatusRange,
				Span:    row.Key.Span(),
				Path:    path,
				Message: fmt.Sprintf("%q is not an HTTP status, a number from 100 to 599", row.Key.Text),
				Help:    "write a number from 100 to 599",
			})
			continue
		}
		if other, ok := first[code]; ok {
			m.report(diag.Diagnostic{
				Rule: rule.DuplicateKey, Span: row.Key.Span(), Path: path,
				Message: fmt.Sprintf("status %d has two rows", code),
				Help:    "remove one of them",
				Notes:   []diag.Note{note(other, "first written here")},
			})
			continue
		}
		first[code] = row.Key.Span()
		m.out.Statuses = append(m.out.Statuses, catalog.Status{
			Code:  code,
			Title: m.constant(row.Value.Title, path+".title"),
			Cause: m.markdown(nil, row.Value.Cause, path+".cause"),
		})
	}
}

// statuses resolves the statuses that a code may come with.
func (e *entry) statuses() {
	written := e.w.Statuses
	if written != nil && len(written) == 0 {
		e.report(diag.Diagnostic{
			Rule: rule.MissingKey, Span: e.w.Find("status"), Path: "status",
			Message: "the list of statuses is empty",
			Help:    "write at least one status; the first is the default",
		})
	}
	first := map[string]diag.Span{}
	for _, s := range written {
		code, err := strconv.Atoi(s.Text)
		if err != nil {
			continue // package syntax has reported it
		}
		if code < 400 || code > 599 {
			help := "write a status from 400 to 599"
			if code >= 100 && code < 600 {
				help = "remove the error: clients treat a status below 400 as a success; " +
					"callers can read its body with Parse"
			}
			e.report(diag.Diagnostic{
				Rule: rule.StatusRange, Span: s.Span(), Path: "status",
				Message: fmt.Sprintf("%d is not an error status", code),
				Help:    help,
			})
			continue
		}
		if other, twice := first[s.Text]; twice {
			e.report(diag.Diagnostic{
				Rule: rule.StatusRange, Span: s.Span(), Path: "status",
				Message: fmt.Sprintf("status %d is listed twice", code),
				Help:    "remove one of them",
				Notes:   []diag.Note{note(other, "first listed here")},
			})
			continue
		}
		first[s.Text] = s.Span()
		e.out.Statuses = append(e.out.Statuses, code)
	}
}

// fallbacks chooses the codes that answer for failures that have none: see [catalog.Failure].
func (m *model) fallbacks() {
	first := map[int]*catalog.Entry{} // by status
	safe := map[int]*catalog.Entry{}  // those that clients do not repeat with any method
	for i := range m.entries {
		e := &m.entries[i]
		needs := slices.ContainsFunc(e.out.Params, func(p catalog.Param) bool { return !p.Optional })
		if e.out.Internal || needs || len(e.w.Variants) > 0 || len(e.out.Statuses) == 0 {
			continue
		}
		status := e.out.Statuses[0]
		if first[status] == nil {
			first[status] = e.out
		}
		if retry := e.out.Retry; safe[status] == nil && (retry == nil || !retry.AnyMethod) {
			safe[status] = e.out
		}
	}
	m.out.Fallback = first[http.StatusInternalServerError]
	m.out.TooLarge = first[http.StatusRequestEntityTooLarge]
	// A handler may have acted before its deadline, so that a POST should not be repeated.
	const timeout, unavailable = http.StatusGatewayTimeout, http.StatusServiceUnavailable
	m.out.Timeout = cmp.Or(safe[timeout], safe[unavailable], first[timeout], first[unavailable])
}
