package check

import (
	"fmt"
	"strings"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// resolutions asks whether a code says what to do.
func (e *entry) resolutions() {
	resolved := e.w.Resolution.IsSet()
	for i := range e.w.Variants {
		resolved = resolved || e.w.Variants[i].Resolution.IsSet()
	}
	if !resolved && e.w.Visibility.Text != "internal" { // no caller meets one that is
		e.reportAlike(diag.Diagnostic{
			Rule: rule.ResolutionMissing, Span: e.span(), Path: "resolution",
			Message: fmt.Sprintf("%s has no resolution", e),
			Help:    "add `resolution: …`, which tells callers what to do",
		}, "have no resolution")
	}
}

// styles judges the texts of one line.
func (m *model) styles() {
	for _, t := range m.texts {
		if t.form == plainForm {
			m.style(t.e, t.s, t.path)
		}
	}
}

// style reports what a text of one line should not have.
func (m *model) style(e *entry, s syntax.Scalar, path string) {
	text := strings.TrimRight(s.Text, "\n")
	if at := strings.IndexByte(text, '\n'); at >= 0 {
		m.reportOf(e, diag.Diagnostic{
			Rule: rule.MessageStyle, Span: s.At(at, 1), Path: path,
			Message: "this text must be one line",
			Help: "put details into `description`; " +
				"if clients receive the text like this, suppress the rule",
		})
	} else if strings.TrimSpace(s.Text) != s.Text {
		m.reportOf(e, diag.Diagnostic{
			Rule: rule.MessageStyle, Span: s.Span(), Path: path,
			Message: "this text must not begin or end with white space",
			Help: "remove it (a block scalar ends in a line feed: write >- or |-); " +
				"if clients receive it like this, suppress the rule",
		})
	}
}
