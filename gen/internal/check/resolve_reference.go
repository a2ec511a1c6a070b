package check

import (
	"fmt"
	"slices"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// references follows what codes say of other codes.
func (m *model) references() {
	for i := range m.entries {
		e := &m.entries[i]
		for j, s := range e.w.See {
			if target := e.see(s, fmt.Sprintf("see[%d]", j)); target != nil &&
				e.mayName(target, s, fmt.Sprintf("see[%d]", j)) {
				e.out.See = append(e.out.See, target)
			}
		}
		if d := &e.w.Deprecated; d.IsSet() {
			use := m.target(d.Use, e.w.Code.Text, e.below("deprecated.use"), rule.DeprecatedTarget)
			if use != nil && e.mayName(use, d.Use, "deprecated.use") {
				e.out.Deprecated.Use = use
			}
		}
	}
}

// see follows a reference to another code.
func (e *entry) see(s syntax.Scalar, path string) *catalog.Entry {
	if !s.IsSet() {
		return nil
	}
	target := e.m.codes[s.Text]
	switch {
	case target == nil && e.m.lost.errors:
		return nil
	case target == nil:
		hint, help := e.m.didYouMean(s.Text, e.m.codeNames(), "remove it")
		e.report(diag.Diagnostic{
			Rule: rule.SeeUnknown, Span: s.Span(), Path: path,
			Message: fmt.Sprintf("there is no code %q%s", s.Text, hint),
			Help:    help,
		})
		return nil
	case target == e:
		e.report(diag.Diagnostic{
			Rule: rule.SeeUnknown, Span: s.Span(), Path: path,
			Message: s.Text + " refers to itself",
			Help:    "remove it",
		})
		return nil
	case slices.Contains(e.out.See, target.out):
		e.report(diag.Diagnostic{
			Rule: rule.SeeUnknown, Span: s.Span(), Path: path,
			Message: s.Text + " is listed twice",
			Help:    "remove one of them",
		})
		return nil
	}
	return target.out
}

// target follows a reference to the code that replaces another.
func (m *model) target(
	use syntax.Scalar,
	from string,
	report func(diag.Diagnostic),
	id string,
) *catalog.Entry {
	if !use.IsSet() {
		return nil
	}
	target := m.codes[use.Text]
	switch {
	case use.Text == from:
		report(diag.Diagnostic{
			Rule: id, Span: use.Span(),
			Message: from + " cannot replace itself",
			Help:    "name another code, or remove `use`",
		})
	case target == nil && m.lost.errors:
	case target == nil:
		hint, help := m.didYouMean(use.Text, m.codeNames(), "remove `use`")
		report(diag.Diagnostic{
			Rule: id, Span: use.Span(),
			Message: fmt.Sprintf("there is no code %q%s", use.Text, hint),
			Help:    help,
		})
	case target.w.Deprecated.IsSet():
		help := "name a code that is not deprecated, or remove `use`"
		if next := m.lasting(target); next != "" {
			help = fmt.Sprintf("write %q, which replaces it, or remove `use`", next)
		}
		report(diag.Diagnostic{
			Rule: id, Span: use.Span(),
			Message: use.Text + " is itself deprecated",
			Help:    help,
		})
	default:
		return target.out
	}
	return nil
}

// lasting follows deprecations to a code that stays, or "".
func (m *model) lasting(e *entry) string {
	for seen := 0; seen < 100 && e != nil; seen++ {
		if !e.w.Deprecated.IsSet() {
			return e.w.Code.Text
		}
		e = m.codes[e.w.Deprecated.Use.Text]
	}
	return ""
}

func (m *model) codeNames() []string {
	if m.known == nil {
		m.known = make([]string, 0, len(m.codes))
		for i := range m.entries {
			if e := &m.entries[i]; m.codes[e.w.Code.Text] == e {
				m.known = append(m.known, e.w.Code.Text)
			}
		}
	}
	return m.known
}

// retired resolves the tombstones.
func (m *model) retired() {
	for i := range m.written.Retired {
		w := &m.written.Retired[i]
		path := w.Path.String()
		t := catalog.Tombstone{
			Code:  w.Code.Text,
			Since: m.since(nil, w.Since, path+".since"),
			Note:  m.markdown(nil, w.Note, path+".note"),
			Use:   m.target(w.Use, w.Code.Text, m.below(path+".use"), rule.RetiredTarget),
		}
		if t.Use != nil && t.Use.Internal {
			m.report(m.exposed(t.Use, w.Use, path+".use", "the retired code "+w.Code.Text))
		}
		t.Status = atoi(w.Status)
		m.out.Retired = append(m.out.Retired, t)
	}
}
