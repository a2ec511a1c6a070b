package markdown

import (
	"net/url"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/gen/internal/mark"
	"github.com/errspec/errspec/gen/internal/mdtext"
	"github.com/errspec/errspec/gen/internal/reference"
	"github.com/errspec/errspec/templates"
)

// Page returns what a template is given for a catalog.
func Page(c *catalog.Catalog, o emit.Options) *templates.Page {
	b := builder{c: c, entries: make(map[*catalog.Entry]*templates.Entry, c.Len())}
	p := &templates.Page{
		FrontMatter:   c.Docs.FrontMatter,
		Notice:        mark.MarkdownLine,
		Title:         mdtext.Literal(c.Title),
		Description:   text(c.Description),
		Service:       mdtext.Code(c.Service),
		Related:       related(o.Beside),
		AtStart:       b.sections(catalog.AtStart),
		AfterEnvelope: b.sections(catalog.AfterEnvelope),
		AfterStatuses: b.sections(catalog.AfterStatuses),
		AfterCodes:    b.sections(catalog.AfterCodes),
		AtEnd:         b.sections(catalog.AtEnd),
		Envelope:      envelope(c),
		Statuses:      b.statuses(),
		Groups:        b.groups(),
		Retired:       b.retired(),
	}
	if hasTitle(p.FrontMatter) {
		p.Title = ""
	}
	for e := range c.All() {
		if view := b.entries[e]; view != nil {
			p.HasVariants = p.HasVariants || e.HasVariants()
			if view.Retry != nil {
				p.Retryable = append(p.Retryable, view)
			}
		}
	}
	if c.RetryDefault != nil {
		p.RetryDefault = retry(c.RetryDefault)
	}
	return p
}

// related returns the files for programs that are published with the page.
func related(beside []emit.Beside) []templates.Related {
	var files []templates.Related
	for _, kind := range []string{"schema", "schema-lenient", "openapi", "json"} {
		for _, f := range beside {
			if f.Name == kind {
				files = append(files, templates.Related{Kind: kind, Link: mdtext.Link(mdtext.Literal(f.Path), (&url.URL{Path: f.Path}).String())})
			}
		}
	}
	return files
}

// hasTitle reports whether front matter has a title, in which case sites print it above the page.
func hasTitle(frontMatter string) bool {
	return strings.HasPrefix(frontMatter, "title:") || strings.Contains(frontMatter, "\ntitle:")
}

// A builder makes the views of one catalog.
type builder struct {
	c       *catalog.Catalog
	entries map[*catalog.Entry]*templates.Entry
}

// text returns what an author wrote, or nil for nothing.
func text(md catalog.Markdown) templates.Text {
	if md == "" {
		return nil
	}
	return mdtext.Parse(string(md))
}

// sections returns the author's sections at a position. Headings in a section's text are below the heading that it comes under.
func (b *builder) sections(at catalog.Position) []templates.Section {
	var sections []templates.Section
	for s := range b.c.Docs.SectionsAt(at) {
		sections = append(sections, templates.Section{
			Title: mdtext.Literal(s.Title),
			Text:  mdtext.Parse(string(s.Text)).Section(3),
		})
	}
	return sections
}

func (b *builder) statuses() []templates.Status {
	var rows []templates.Status
	for _, s := range b.c.Statuses {
		rows = append(rows, templates.Status{Code: s.Code, Title: mdtext.Literal(s.Title), Cause: text(s.Cause)})
	}
	return rows
}

// status returns a status with the name that the status table gives it, or else the one that HTTP has.
func (b *builder) status(code int) templates.Status {
	return templates.Status{Code: code, Title: mdtext.Literal(reference.StatusTitle(b.c, code))}
}

func (b *builder) groups() []templates.Group {
	var groups []templates.Group
	for i := range b.c.Groups {
		g := &b.c.Groups[i]
		view := templates.Group{ID: g.ID, Title: mdtext.Literal(g.Title), Anchor: g.Anchor, Description: text(g.Description)}
		for _, e := range g.Entries {
			if e.Internal {
				continue
			}
			entry := b.entry(e, view.Title)
			b.entries[e] = entry
			view.HasResolution = view.HasResolution || entry.Resolution != nil
			view.Entries = append(view.Entries, entry)
		}
		if len(view.Entries) > 0 {
			groups = append(groups, view)
		}
	}
	return groups
}

func (b *builder) retired() []templates.Retired {
	var views []templates.Retired
	for i := range b.c.Retired {
		t := &b.c.Retired[i]
		view := templates.Retired{
			ID: t.Code, Code: mdtext.Code(t.Code), Anchor: t.Anchor,
			Since: mdtext.Literal(t.Since), Use: link(t.Use), Note: text(t.Note),
		}
		if t.Status != 0 {
			status := b.status(t.Status)
			view.Status = &status
		}
		views = append(views, view)
	}
	return views
}

// link returns a code as a link to its entry, or "" for none.
func link(e *catalog.Entry) string {
	if e == nil || e.Internal {
		return ""
	}
	return mdtext.Link(mdtext.Code(e.Code), "#"+e.Anchor)
}
