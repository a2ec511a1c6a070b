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
	"github.com/errspec/errspec/gen/internal/syntax"
)

// statusTable resolves the reference's table of statuses.
func (c *checker) statusTable() {
	first := map[int]diag.Span{}
	for i := range c.written.Statuses {
		row := &c.written.Statuses[i]
		path := "statuses." + row.Key.Text
		code, err := strconv.Atoi(row.Key.Text)
		if err != nil || code < 100 || code > 599 || len(row.Key.Text) != 3 {
			c.report(diag.Diagnostic{
				Rule: rule.StatusRange, Span: row.Key.Span(), Path: path,
				Message: fmt.Sprintf("%q is not an HTTP status, a number from 100 to 599", row.Key.Text),
				Help:    "write a number from 100 to 599",
			})
			continue
		}
		if other, ok := first[code]; ok {
			c.report(diag.Diagnostic{
				Rule: rule.DuplicateKey, Span: row.Key.Span(), Path: path,
				Message: fmt.Sprintf("status %d has two rows", code),
				Help:    "keep one of the two",
				Notes:   []diag.Note{note(other, "first written here")},
			})
			continue
		}
		first[code] = row.Key.Span()
		c.out.Statuses = append(c.out.Statuses, catalog.Status{
			Code: code, Title: c.constant(row.Value.Title, path+".title"), Cause: c.markdown(nil, row.Value.Cause, path+".cause"),
		})
	}
}

// statuses resolves the statuses that a code may come with.
func (e *entry) statuses() {
	written := e.w.Statuses
	if written != nil && len(written) == 0 {
		e.report(diag.Diagnostic{
			Rule: rule.MissingKey, Span: e.span(), Path: "status",
			Message: "the list of statuses is empty",
			Help:    "write at least one; the first is the default",
		})
	}
	first := map[string]diag.Span{}
	for _, s := range written {
		code, err := strconv.Atoi(s.Text)
		if err != nil {
			continue // package syntax has reported it
		}
		if code < 400 || code > 599 {
			help := "use a status from 400 to 599"
			if code < 400 {
				help += ": below it, a response is no error to clients"
			}
			e.report(diag.Diagnostic{
				Rule: rule.StatusRange, Span: s.Span(), Path: "status",
				Message: fmt.Sprintf("%d is not the status of an error", code),
				Help:    help,
			})
			continue
		}
		if other, twice := first[s.Text]; twice {
			e.report(diag.Diagnostic{
				Rule: rule.StatusRange, Span: s.Span(), Path: "status",
				Message: fmt.Sprintf("status %d is listed twice", code),
				Help:    "remove one of the two",
				Notes:   []diag.Note{note(other, "first listed here")},
			})
			continue
		}
		first[s.Text] = s.Span()
		e.out.Statuses = append(e.out.Statuses, code)
	}
}

// unlistedStatuses looks for statuses that the table of statuses does not have.
func (e *entry) unlistedStatuses() {
	if len(e.c.written.Statuses) == 0 {
		return
	}
	for _, code := range e.out.Statuses {
		if e.c.out.Status(code) != nil {
			continue
		}
		i := slices.IndexFunc(e.w.Statuses, func(s syntax.Scalar) bool { return atoi(s) == code })
		e.unlisted(e.w.Statuses[i], code)
	}
}

func (e *entry) unlisted(s syntax.Scalar, code int) {
	title := http.StatusText(code)
	if title == "" {
		title = "…"
	}
	e.reportAlike(diag.Diagnostic{
		Rule: rule.StatusUnlisted, Span: s.Span(), Path: "status",
		Message: fmt.Sprintf("%s comes with %d, which `statuses` does not list", e, code),
		Help:    fmt.Sprintf("add a row, as in `%d: {title: %s, cause: …}`", code, title),
	}, fmt.Sprintf("come with %d, which `statuses` does not list", code))
}

// statusUse looks for rows of errors that no code has.
func (c *checker) statusUse() {
	used := map[int]bool{}
	for e := range c.out.All() {
		for _, code := range e.Statuses {
			used[code] = true
		}
	}
	for i := range c.written.Statuses {
		key := c.written.Statuses[i].Key
		if code, err := strconv.Atoi(key.Text); err == nil && code >= 400 && code <= 599 && !used[code] {
			c.report(diag.Diagnostic{
				Rule: rule.StatusUnused, Span: key.Span(), Path: "statuses." + key.Text,
				Message: fmt.Sprintf("no code comes with status %d", code),
				Help:    "remove the row, or add its codes",
			})
		}
	}
}

// fallbacks chooses the codes that answer for failures that have none: see [catalog.Failure].
func (c *checker) fallbacks() {
	first := map[int]*catalog.Entry{} // by status
	for i := range c.entries {
		e := &c.entries[i]
		if e.out.Internal || len(e.w.Params) > 0 || len(e.w.Variants) > 0 || len(e.out.Statuses) == 0 {
			continue
		}
		if status := e.out.Statuses[0]; first[status] == nil {
			first[status] = e.out
		}
	}
	c.out.Fallback = first[http.StatusInternalServerError]
	c.out.TooLarge = first[http.StatusRequestEntityTooLarge]
	c.out.Timeout = cmp.Or(first[http.StatusGatewayTimeout], first[http.StatusServiceUnavailable])
}

// missingFallback asks whether a code can stand in for errors that have none.
func (c *checker) missingFallback() {
	if c.out.Fallback == nil && !c.lost.errors {
		at := c.written.Title.Place
		if !at.IsSet() {
			at = c.written.Place
		}
		c.report(diag.Diagnostic{
			Rule: rule.FallbackMissing, Span: at.Span(), Path: "groups",
			Message: "no code with status 500 can stand in for an unknown error",
			Help:    "add one without params and variants, as in `{code: INTERNAL_ERROR, status: 500, message: Internal server error}`",
		})
	}
}
