package check

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// facts resolves what a code says about itself that needs no judgement beyond its form.
func (e *entry) facts() {
	for i, tag := range e.w.Tags {
		e.out.Tags = append(e.out.Tags, e.m.verbatim(e, tag, fmt.Sprintf("tags[%d]", i)))
	}
	e.out.Since = e.m.since(e, e.w.Since, "since")
	e.out.Stability = catalog.Stable
	if e.w.Stability.IsSet() {
		e.out.Stability = catalog.Stability(e.w.Stability.Text)
	}
	e.out.Internal = e.w.Visibility.Text == "internal"
	e.out.Anonymous = e.w.Anonymous.Text == "true"
	if d := &e.w.Deprecated; d.IsSet() {
		e.out.Deprecated = &catalog.Deprecation{Since: e.m.since(e, d.Since, "deprecated.since"),
			Note: e.m.markdown(e, d.Note, "deprecated.note")}
	}
	e.meta()
}

// meta joins the group's constants with the code's own, which win.
func (e *entry) meta() {
	for _, m := range e.w.Meta {
		if err := tooLarge(m.Value); err != nil {
			e.report(diag.Diagnostic{
				Rule: rule.ValueType, Span: m.Value.Span(), Path: "meta." + m.Key.Text,
				Message: err.Problem, Help: err.Help,
			})
		}
	}
	for _, list := range [...][]syntax.Entry[syntax.Scalar]{e.w.Meta, e.m.groupMeta[e.out.Group]} {
		for _, m := range list {
			if !slices.ContainsFunc(e.out.Meta,
				func(have catalog.Meta) bool { return have.Key == m.Key.Text }) {
				e.out.Meta = append(e.out.Meta, catalog.Meta{
					Key:   m.Key.Text,
					Value: m.Value.Text,
					Plain: m.Value.Text != "" && jsonScalar(m.Value)[0] != '"',
				})
			}
		}
	}
	slices.SortFunc(e.out.Meta, func(a, b catalog.Meta) int { return strings.Compare(a.Key, b.Key) })
}

// verbatim resolves a short text in which $ is a dollar.
func (m *model) verbatim(e *entry, s syntax.Scalar, path string) string {
	if s.IsSet() {
		m.wrote(e, s, path, plainForm)
	}
	return s.Text
}

func (m *model) since(e *entry, s syntax.Scalar, path string) string {
	return m.verbatim(e, s, path)
}

// atoi reads a number that package syntax has judged; 0 if there is none.
func atoi(s syntax.Scalar) int {
	n, err := strconv.Atoi(s.Text)
	if err != nil {
		return 0
	}
	return n
}
