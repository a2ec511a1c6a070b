package check

import (
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// unsupported reports the parts of the format that do nothing yet, so that nothing that an author writes is ignored.
func (c *checker) unsupported() {
	for i := range c.written.Lint.Accept {
		c.notYet(c.written.Lint.Accept[i].Place, "lint.accept", "`lint.accept`", "remove it")
	}
}

func (c *checker) notYet(at syntax.Place, path, what, help string) {
	c.find(rule.Unsupported, at.Span(), path, what+" is part of the format, but this version of errspec does not support it yet",
		help)
}
