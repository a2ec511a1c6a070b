// Package markdown emits the reference page: every table that a reader looks things up in, and an entry for each code.
//
// What enters is the resolved catalog. What leaves is one Markdown file that all renderers show alike (package mdtext says how).
// The words and the order of the page are in the template (templates/errors.md.tmpl); this package turns the catalog into
// the data that a template gets, templates.Page, in which everything is ready to print.
//
// Links within the page rely on the anchors that renderers give to headings. The heading of an entry is the code alone, in a code
// span, because that has the same anchor on GitHub, Hugo, MkDocs, Docusaurus and in pandoc.
package markdown

import (
	"bytes"
	"fmt"
	"text/template"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/templates"
)

// Emit returns the reference page, one file.
func Emit(c *catalog.Catalog, o emit.Options) ([]emit.File, error) {
	t, err := template.New("errors.md.tmpl").Parse(templates.ErrorsMarkdown())
	if err != nil {
		return nil, fmt.Errorf("reading the template of the reference: %w", err)
	}
	var b bytes.Buffer
	b.Grow(4096 + 1280*c.Len()) // an entry of a usual size, and its row
	if err := t.Execute(&b, Page(c, o)); err != nil {
		return nil, fmt.Errorf("writing the reference: %w", err)
	}
	return []emit.File{{Data: b.Bytes()}}, nil
}
