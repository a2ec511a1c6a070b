package check

import (
	"fmt"
	"slices"

	"github.com/errspec/errspec/gen/internal/catalog"
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
			use := c.target(d.Use, e.w.Code.Text, e.finder("deprecated.use"), rule.DeprecatedTarget)
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
	case target == nil:
		hint, help := e.c.didYouMean(s.Text, e.c.codeNames(), "remove it")
		e.find(rule.SeeUnknown, s.Span(), path, fmt.Sprintf("there is no code %q%s", s.Text, hint), help)
		return nil
	case target == e:
		e.find(rule.SeeUnknown, s.Span(), path, s.Text+" refers to itself", "remove it")
		return nil
	case slices.Contains(e.out.See, target.out):
		e.find(rule.SeeUnknown, s.Span(), path, s.Text+" is listed twice", "remove one of the two")
		return nil
	}
	return target.out
}

// target follows a reference to the code that replaces another.
func (c *checker) target(use syntax.Scalar, from string, find finder, id string) *catalog.Entry {
	if !use.IsSet() {
		return nil
	}
	target := c.codes[use.Text]
	switch {
	case use.Text == from:
		find(id, use, "", from+" is to be replaced by itself", "name another code, or remove `use`")
	case target == nil:
		hint, help := c.didYouMean(use.Text, c.codeNames(), "remove `use`")
		find(id, use, "", fmt.Sprintf("there is no code %q%s", use.Text, hint), help)
	case target.w.Deprecated.IsSet():
		help := "name a code that stays, or remove `use`"
		if next := c.lasting(target); next != "" {
			help = fmt.Sprintf("write %q, which replaces it, or remove `use`", next)
		}
		find(id, use, "", use.Text+" is deprecated itself", help)
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
			Use: c.target(w.Use, w.Code.Text, c.finder(path+".use"), rule.RetiredTarget),
		}
		if t.Use != nil && t.Use.Internal {
			c.exposed(c.find, t.Use, w.Use, path+".use", "the retired code "+w.Code.Text)
		}
		t.Status = atoi(w.Status)
		c.out.Retired = append(c.out.Retired, t)
	}
}
