package check

import (
	"fmt"
	"slices"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// docs resolves what the page holds beside its tables.
func (m *model) docs() {
	w := &m.written.Docs
	m.frontMatter(&w.FrontMatter)
	m.out.Docs.EditURL = w.EditURL.Text
	for _, s := range w.Samples {
		if !slices.Contains(m.out.Docs.Samples, s.Text) {
			m.out.Docs.Samples = append(m.out.Docs.Samples, s.Text)
		}
	}
	for i := range w.Sections {
		s := &w.Sections[i]
		path := fmt.Sprintf("docs.sections[%d]", i)
		m.out.Docs.Sections = append(m.out.Docs.Sections, catalog.Section{
			Position: catalog.Position(s.Position.Text),
			Title:    m.constant(s.Title, path+".title"),
			Text:     catalog.Markdown(s.Content),
		})
	}
}

// frontMatter prints the front matter in one layout: one key a line, in the author's order.
func (m *model) frontMatter(w *syntax.Any) {
	if !w.IsSet() {
		return
	}
	if w.Kind != syntax.AnyMapping {
		m.report(diag.Diagnostic{
			Rule: rule.WrongType, Span: w.Span(), Path: "docs.front_matter",
			Message: "the front matter must be a mapping",
			Help:    "write keys and values, as in {section: api, order: 33}",
		})
		return
	}
	node := w.YAML()
	node.Style = 0 // one key a line
	data, err := yaml.Marshal(node)
	if err != nil {
		m.report(diag.Diagnostic{
			Rule: rule.WrongType, Span: w.Span(), Path: "docs.front_matter",
			Message: "the front matter cannot be written: " + err.Error(),
			Help:    "write keys and values, as in {section: api, order: 33}",
		})
		return
	}
	m.out.Docs.FrontMatter = string(data)
}
