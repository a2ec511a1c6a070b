package syntax

import (
	"fmt"
	"iter"
)

// An Exception is an [Ignore] of a catalog, and where it stands: in the lint section, or in a
// comment on an error or a tombstone.
type Exception struct {
	*Ignore
	Path    string // of the element of the lint section, or of what the comment is on
	Comment bool   // it is a comment
	Code    string // the code that the comment is on
}

// Ignores yields the suppressions of warnings: the lint section's first, then the comments', in the
// order of the catalog.
func (c *Catalog) Ignores() iter.Seq[Exception] {
	return func(yield func(Exception) bool) {
		if !listed(c.Lint.Ignore, "lint.ignore", yield) {
			return
		}
		for e := range c.errors() {
			if !commented(e.Ignores, e.Path, e.Code, yield) {
				return
			}
		}
	}
}

// Accepts yields the accepted changes, in the order of [Catalog.Ignores], the tombstones' comments
// last.
func (c *Catalog) Accepts() iter.Seq[Exception] {
	return func(yield func(Exception) bool) {
		if !listed(c.Lint.Accept, "lint.accept", yield) {
			return
		}
		for e := range c.errors() {
			if !commented(e.Accepts, e.Path, e.Code, yield) {
				return
			}
		}
		for i := range c.Retired {
			t := &c.Retired[i]
			if !commented(t.Accepts, t.Path, t.Code, yield) {
				return
			}
		}
	}
}

// Subjects returns the codes that the exception is about; "" stands for all codes and the catalog
// as a whole.
func (e *Exception) Subjects() []string {
	switch {
	case e.IsEverywhere():
		return []string{""}
	case e.Comment && e.Code == "":
		return nil
	case e.Comment:
		return []string{e.Code}
	}
	var codes []string
	for _, code := range e.Codes {
		if code.Text != "" {
			codes = append(codes, code.Text)
		}
	}
	return codes
}

// IsEverywhere reports whether the exception is about all codes and the catalog as a whole.
func (e *Exception) IsEverywhere() bool { return !e.Comment && e.Codes == nil }

func listed(list []Ignore, key string, yield func(Exception) bool) bool {
	for i := range list {
		if !yield(Exception{Ignore: &list[i], Path: fmt.Sprintf("%s[%d]", key, i)}) {
			return false
		}
	}
	return true
}

func commented(list []Ignore, on Path, code Scalar, yield func(Exception) bool) bool {
	for i := range list {
		if !yield(Exception{Ignore: &list[i], Path: on.String(), Comment: true, Code: code.Text}) {
			return false
		}
	}
	return true
}

// errors yields all errors, group by group.
func (c *Catalog) errors() iter.Seq[*Error] {
	return func(yield func(*Error) bool) {
		for i := range c.Groups {
			for j := range c.Groups[i].Errors {
				if !yield(&c.Groups[i].Errors[j]) {
					return
				}
			}
		}
	}
}
