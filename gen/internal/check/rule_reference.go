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
func (c *checker) references() {
	for i := range c.entries {
		e := &c.entries[i]
		for j, s := range e.w.See {
			if target := e.see(s, fmt.Sprintf("see[%d]", j)); target != nil && e.mayName(target, s, fmt.Sprintf("see[%d]", j)) {
				e.out.See = append(e.out.See, target)
			}
		}
		if d := &e.w.Deprecated; d.IsSet() {
			use := c.target(d.Use, e.w.Code.Text, e.below("deprecated.use"), rule.DeprecatedTarget)
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
	target := e.c.codes[s.Text]
	switch {
	case target == nil && e.c.lost.errors:
		return nil
	case target == nil:
		hint, help := e.c.didYouMean(s.Text, e.c.codeNames(), "remove it")
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
			Help:    "remove one of the two",
		})
		return nil
	}
	return target.out
}

// target follows a reference to the code that replaces another.
func (c *checker) target(use syntax.Scalar, from string, report func(diag.Diagnostic), id string) *catalog.Entry {
	if !use.IsSet() {
		return nil
	}
	target := c.codes[use.Text]
	switch {
	case use.Text == from:
		report(diag.Diagnostic{
			Rule: id, Span: use.Span(),
			Message: from + " is to be replaced by itself",
			Help:    "name another code, or remove `use`",
		})
	case target == nil && c.lost.errors:
	case target == nil:
		hint, help := c.didYouMean(use.Text, c.codeNames(), "remove `use`")
		report(diag.Diagnostic{
			Rule: id, Span: use.Span(),
			Message: fmt.Sprintf("there is no code %q%s", use.Text, hint),
			Help:    help,
		})
	case target.w.Deprecated.IsSet():
		help := "name a code that stays, or remove `use`"
		if next := c.lasting(target); next != "" {
			help = fmt.Sprintf("write %q, which replaces it, or remove `use`", next)
		}
		report(diag.Diagnostic{
			Rule: id, Span: use.Span(),
			Message: use.Text + " is deprecated itself",
			Help:    help,
		})
	default:
		return target.out
	}
	return nil
}

// lasting follows deprecations to a code that stays, or "".
func (c *checker) lasting(e *entry) string {
	for seen := 0; seen < 100 && e != nil; seen++ {
		if !e.w.Deprecated.IsSet() {
			return e.w.Code.Text
		}
		e = c.codes[e.w.Deprecated.Use.Text]
	}
	return ""
}

func (c *checker) codeNames() []string {
	if c.known == nil {
		c.known = make([]string, 0, len(c.codes))
		for i := range c.entries {
			if e := &c.entries[i]; c.codes[e.w.Code.Text] == e {
				c.known = append(c.known, e.w.Code.Text)
			}
		}
	}
	return c.known
}

// retired resolves the tombstones.
func (c *checker) retired() {
	for i := range c.written.Retired {
		w := &c.written.Retired[i]
		path := w.Path.String()
		t := catalog.Tombstone{
			Code: w.Code.Text, Since: c.since(nil, w.Since, path+".since"), Note: c.markdown(nil, w.Note, path+".note"),
			Use: c.target(w.Use, w.Code.Text, c.below(path+".use"), rule.RetiredTarget),
		}
		if t.Use != nil && t.Use.Internal {
			c.report(c.exposed(t.Use, w.Use, path+".use", "the retired code "+w.Code.Text))
		}
		t.Status = atoi(w.Status)
		c.out.Retired = append(c.out.Retired, t)
	}
}
