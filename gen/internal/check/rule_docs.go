package check

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// docs resolves what the page holds beside its tables.
func (c *checker) docs() {
	w := &c.written.Docs
	c.frontMatter(&w.FrontMatter)
	for i := range w.Sections {
		s := &w.Sections[i]
		path := fmt.Sprintf("docs.sections[%d]", i)
		c.out.Docs.Sections = append(c.out.Docs.Sections, catalog.Section{
			Position: catalog.Position(s.Position.Text), Title: c.constant(s.Title, path+".title"), Text: catalog.Markdown(s.Content),
		})
	}
}

func (c *checker) sectionMarkup(s *syntax.Section, path string) {
	switch {
	case s.Source == nil:
		c.markup(nil, s.Text, path+".text")
	case mayHoldMarkup(s.Content):
		lookThrough(s.Content, func(at, n int, d diag.Diagnostic) {
			line, _, _ := strings.Cut(s.Content[at:at+n], "\n")
			d.Span, d.Path = s.Source.At(at, utf8.RuneCountInString(line)), path+".file"
			c.report(d)
		})
	}
}

// frontMatter prints the front matter anew: one key a line, in the author's order.
func (c *checker) frontMatter(w *syntax.Any) {
	if !w.IsSet() {
		return
	}
	if w.Kind != syntax.AnyMapping {
		c.report(diag.Diagnostic{
			Rule: rule.WrongType, Span: w.Span(), Path: "docs.front_matter",
			Message: "front matter is a mapping",
			Help:    "write keys and values, as in {section: api, order: 33}",
		})
		return
	}
	node := w.YAML()
	node.Style = 0 // one key a line
	data, err := yaml.Marshal(node)
	if err != nil {
		c.report(diag.Diagnostic{
			Rule: rule.WrongType, Span: w.Span(), Path: "docs.front_matter",
			Message: "front matter that can not be written: " + err.Error(),
			Help:    "write keys and values, as in {section: api, order: 33}",
		})
		return
	}
	c.out.Docs.FrontMatter = string(data)
}
