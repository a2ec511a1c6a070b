package markdown

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/mdtext"
	"github.com/errspec/errspec/gen/internal/reference"
	"github.com/errspec/errspec/templates"
)

// page returns what a template is given for a catalog.
func (b *builder) page() *templates.Page {
	c := b.c
	p := &templates.Page{
		FrontMatter:   c.Docs.FrontMatter,
		Notice:        b.notice(),
		Title:         b.literal(c.Title),
		Description:   b.text(c.Description),
		Branching:     b.phrase(reference.Branching(c)),
		Service:       b.code(c.Service),
		Related:       b.related(),
		AtStart:       b.sections(catalog.AtStart),
		AfterEnvelope: b.sections(catalog.AfterEnvelope),
		AfterStatuses: b.sections(catalog.AfterStatuses),
		AfterCodes:    b.sections(catalog.AfterCodes),
		AtEnd:         b.sections(catalog.AtEnd),
		Envelope:      b.envelope(),
		Samples:       b.samplesOf(b.samples.All()),
		Statuses:      b.statuses(),
		Groups:        b.groups(),
		Retired:       b.retired(),
		RetryDefault:  b.retry(c.RetryDefault),
		AllStated:     true,
	}
	if hasTitle(p.FrontMatter) {
		p.Title = ""
	}
	for e := range c.All() {
		if view := b.entries[e]; view != nil {
			p.HasVariants = p.HasVariants || e.HasVariants()
			p.AllStated = p.AllStated && e.RetryStated
			if view.Retry != nil {
				p.Retryable = append(p.Retryable, view)
			}
		}
	}
	return p
}

// related returns the files for programs that are published with the page.
func (b *builder) related() []templates.Related {
	var files []templates.Related
	for _, kind := range []string{"schema", "schema-lenient", "openapi", "json"} {
		for _, f := range b.o.Beside {
			if f.Name == kind {
				files = append(files, templates.Related{
					Kind: kind, Link: mdtext.Link(b.literal(f.Path), (&url.URL{Path: f.Path}).String()),
				})
			}
		}
	}
	return files
}

// hasTitle reports whether front matter has a title, in which case sites print it above the page.
func hasTitle(frontMatter string) bool {
	return strings.HasPrefix(frontMatter, "title:") || strings.Contains(frontMatter, "\ntitle:")
}

// addTitle puts a page's title into its front matter, unless the author has.
func addTitle(p *templates.Page, title string) {
	if !hasTitle(p.FrontMatter) {
		p.FrontMatter = "title: " + yamlString(title) + "\n" + p.FrontMatter
	}
	p.Title = ""
}

// yamlString returns a text as a scalar of YAML: the escapes of Go's strings are YAML's, too.
func yamlString(text string) string { return strconv.Quote(mdtext.Collapse(text)) }

// sections returns the author's sections at a position. Headings in a section's text are below the
// heading that it comes under.
func (b *builder) sections(at catalog.Position) []templates.Section {
	var sections []templates.Section
	for s := range b.c.Docs.SectionsAt(at) {
		sections = append(sections, templates.Section{
			Title: own(s.Title, s.Anchor, s.Suffix) + b.literal(suffixed(s.Title, s.Suffix)),
			Text:  b.style.Parse(string(s.Text)).Section(3),
		})
	}
	return sections
}

func (b *builder) statuses() []templates.Status {
	var rows []templates.Status
	for _, s := range b.c.Statuses {
		rows = append(rows,
			templates.Status{Code: s.Code, Title: b.literal(s.Title), Cause: b.text(s.Cause)})
	}
	return rows
}

func (b *builder) groups() []templates.Group {
	var groups []templates.Group
	for i := range b.c.Groups {
		if view := b.group(&b.c.Groups[i]); len(view.Entries) > 0 {
			groups = append(groups, view)
		}
	}
	return groups
}

func (b *builder) group(g *catalog.Group) templates.Group {
	view := templates.Group{
		ID: g.ID, Heading: b.heading, Anchor: g.Anchor,
		Title:       own(g.Title, g.Anchor, g.Suffix) + b.literal(suffixed(g.Title, g.Suffix)),
		Description: b.text(g.Description),
	}
	for _, e := range g.Entries {
		if e.Internal {
			continue
		}
		entry := b.entry(e, b.literal(g.Title))
		b.entries[e] = entry
		view.HasResolution = view.HasResolution || entry.Resolution != nil
		view.Entries = append(view.Entries, entry)
	}
	return view
}

func (b *builder) retired() []templates.Retired {
	var views []templates.Retired
	for i := range b.c.Retired {
		views = append(views, b.tombstone(&b.c.Retired[i]))
	}
	return views
}

func (b *builder) tombstone(t *catalog.Tombstone) templates.Retired {
	code := b.code(t.Code)
	view := templates.Retired{
		ID: t.Code, Heading: b.heading, Code: b.titleOf(t.Code, t.Anchor, t.Suffix),
		Link: mdtext.Link(code, b.links.retired(t)), Anchor: t.Anchor,
		Since: b.literal(t.Since), Use: b.link(t.Use), Note: b.text(t.Note),
	}
	if t.Status != 0 {
		status := b.status(t.Status)
		view.Status = &status
	}
	return view
}
