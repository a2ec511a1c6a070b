// Package markdown emits the reference in Markdown: on one page ([Emit]), with a page for each code
// ([EmitPages]), or in blocks for a page that somebody else writes ([NewBlocks]).
//
// It takes the resolved catalog. It returns Markdown that all renderers show alike, or those of a
// dialect (package mdtext says how). The words and their order are in the templates of package
// templates, or in a user's; this package turns the catalog into the data that they get, in which
// everything is ready to print. The three differ in where links lead, and in nothing else.
//
// Links within a page rely on the anchors that renderers give to headings. The heading of an entry
// is the code alone, in a code span, because that has the same anchor on GitHub, Hugo, MkDocs,
// Docusaurus and in pandoc.
package markdown

import (
	"bytes"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/gen/internal/mdtext"
	"github.com/errspec/errspec/gen/internal/pagetemplate"
	"github.com/errspec/errspec/gen/internal/reference"
	"github.com/errspec/errspec/gen/internal/sample"
	"github.com/errspec/errspec/templates"
)

// Options are what a user may choose beside the catalog.
type Options struct {
	Dialect  mdtext.Dialect
	Tabs     bool              // the samples are tabs of Docusaurus; the dialect is MDX
	Template *pagetemplate.Set // nil: the built-in one
	// the name, without extension, of the page that leads to the pages of codes; "": index
	Index  string
	Beside []emit.Beside // the other outputs that are published with this one

	Generated []sample.Language // the languages that a client is generated for
	History   reference.History // of the codes; nil: not known
}

// Emit returns the reference on one page, one file.
func Emit(c *catalog.Catalog, o Options) ([]emit.File, error) {
	b := newBuilder(c, o, onPage{})
	p := b.page()
	if o.Dialect == mdtext.MDX {
		addTitle(p, c.Title)
	}
	var out bytes.Buffer
	out.Grow(4096 + 1280*c.Len()) // an entry of a usual size, and its row
	if err := templateOf(o).Start(c.Len()).Execute(&out, pagetemplate.Page, p); err != nil {
		return nil, err
	}
	return []emit.File{{Data: b.marked(out.Bytes())}}, nil
}

// templateOf returns the templates that the user wants.
func templateOf(o Options) *pagetemplate.Set {
	if o.Template != nil {
		return o.Template
	}
	return pagetemplate.Builtin()
}

// notice returns our mark, and what a page with tabs imports.
func (b *builder) notice() string {
	if !b.o.Tabs || b.samples.All() == nil {
		return emit.MarkdownMarkLine
	}
	return emit.MarkdownMarkLine + "\n\nimport Tabs from '@theme/Tabs';\n" +
		"import TabItem from '@theme/TabItem';"
}

// marked returns a page with the notice: at its end, if a user's template has left it out.
func (b *builder) marked(page []byte) []byte {
	if emit.MarkdownMark.In(page) || emit.CodeMark.In(page) {
		return page
	}
	page = append(bytes.TrimRight(page, "\n"), "\n\n"...)
	return append(page, b.notice()+"\n"...)
}

// onPage leads to entries on the page itself.
type onPage struct{}

func (onPage) entry(e *catalog.Entry) string       { return fragment(e.Anchor) }
func (onPage) retired(t *catalog.Tombstone) string { return fragment(t.Anchor) }
func (onPage) anchors() func(string) string        { return nil }
func fragment(anchor string) string {
	if anchor == "" {
		return "" // the code has no letter, and its heading no anchor
	}
	return "#" + anchor
}

var _ links = onPage{}
var _ templates.Text = mdtext.Doc{}
