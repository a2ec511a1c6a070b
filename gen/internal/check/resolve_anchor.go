package check

import (
	"github.com/errspec/errspec/gen/internal/slug"
)

// anchors settles the anchors of all headings, and the links that end in one.
func (m *model) anchors() {
	for i := range m.entries {
		e := &m.entries[i]
		e.out.Anchor = slug.Make(e.w.Code.Text)
		e.out.DocsURL, e.out.Type = m.out.Addresses(e.out.Code, e.out.Anchor)
	}
	for i := range m.out.Retired {
		m.out.Retired[i].Anchor = slug.Make(m.out.Retired[i].Code)
	}
	for _, t := range m.titled {
		g := &m.out.Groups[t.group]
		g.Anchor = slug.Make(g.Title)
	}
	for i := range m.out.Docs.Sections {
		s := &m.out.Docs.Sections[i]
		s.Anchor = slug.Make(s.Title)
	}
}
