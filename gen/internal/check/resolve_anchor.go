package check

import (
	"fmt"
	"strings"

	"github.com/errspec/errspec/gen/internal/slug"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// A heading is what an anchor leads to.
type heading struct {
	title, anchor syntax.Scalar // as written
	what          string
	path          string
	words         []string // which tell it from another heading with the same title, best first
	out           resolvedHeading
}

// A resolvedHeading is where the anchor of a heading goes, and what its title gets in parentheses.
type resolvedHeading struct{ anchor, suffix *string }

func (h *heading) String() string { return fmt.Sprintf("%s %q", h.what, h.title.Text) }

// headings returns all headings with a text: of the codes, the groups, the sections. Of two that
// want one anchor, the one that comes first gets it.
func (m *model) headings() []heading {
	all := make([]heading, 0, len(m.entries)+len(m.out.Retired)+len(m.titled))
	for i := range m.entries {
		if e := &m.entries[i]; e.isFirst() { // else duplicate-code
			all = append(all, heading{e.w.Code, e.w.Anchor, "the code", e.w.Path.String(), nil,
				resolvedHeading{&e.out.Anchor, &e.out.Suffix}})
		}
	}
	first := map[string]bool{}
	for i := range m.out.Retired {
		w, out := &m.written.Retired[i], &m.out.Retired[i]
		if m.codes[out.Code] == nil && !first[out.Code] { // else it is an error
			all = append(all, heading{w.Code, w.Anchor, "the retired code", w.Path.String(), nil,
				resolvedHeading{&out.Anchor, &out.Suffix}})
		}
		first[out.Code] = true
	}
	anchors := m.groupAnchors()
	for _, t := range m.titled {
		g := &m.out.Groups[t.group]
		words := []string{"group"}
		if slug.Make(g.ID) != slug.Make(g.Title) {
			words = []string{g.ID, "group"}
		}
		all = append(all, heading{t.title, anchors[g.ID], "the group title", t.of.Path.String(),
			words, resolvedHeading{&g.Anchor, &g.Suffix}})
	}
	for i := range m.out.Docs.Sections {
		w, s := &m.written.Docs.Sections[i], &m.out.Docs.Sections[i]
		if s.Title != "" {
			all = append(all, heading{w.Title, w.Anchor, "the section title",
				fmt.Sprintf("docs.sections[%d]", i), []string{"section"},
				resolvedHeading{&s.Anchor, &s.Suffix}})
		}
	}
	return all
}

// groupAnchors returns the anchors that groups have been given, by their ids. Any part of a group
// may give it one.
func (m *model) groupAnchors() map[string]syntax.Scalar {
	anchors := map[string]syntax.Scalar{}
	for i := range m.written.Groups {
		g := &m.written.Groups[i]
		if g.Anchor.IsSet() && !anchors[g.ID.Text].IsSet() {
			anchors[g.ID.Text] = g.Anchor
		}
	}
	return anchors
}

// anchors settles the anchors of all headings, and the links that end in one.
//
// An anchor follows from the text of its heading, as renderers make it. Where the author or an
// earlier heading has taken that, the heading gets a suffix, and so another text and anchor. The
// suffix is made of the heading's own name, so it does not depend on what else is in the catalog.
func (m *model) anchors() {
	headings := m.headings()
	taken := make(slug.Set, 2*len(m.entries))
	for _, h := range headings {
		if h.anchor.IsSet() {
			*h.out.anchor = h.anchor.Text
			taken.Take(h.anchor.Text) // if it is not free, that is anchor-collision
		}
	}
	for _, h := range headings {
		if h.anchor.IsSet() {
			continue
		}
		if *h.out.anchor = slug.Make(h.title.Text); !taken.Take(*h.out.anchor) {
			*h.out.anchor = h.distinguish(taken, h.words)
		}
	}
	for _, h := range headings {
		text := slug.Make(h.title.Text)
		if !h.anchor.IsSet() || text == h.anchor.Text || taken.Take(text) {
			continue
		}
		if rest, ok := strings.CutPrefix(h.anchor.Text, text+"-"); ok {
			*h.out.suffix = rest // with which the text has that anchor
			continue
		}
		h.distinguish(taken, []string{h.anchor.Text})
	}
	for i := range m.entries {
		e := &m.entries[i]
		e.out.DocsURL, e.out.Type = m.out.Addresses(e.out.Code, e.out.Anchor)
	}
}

// distinguish gives a heading a suffix with which its text has an anchor that is free: a word, or a
// mark. It returns that anchor.
func (h *heading) distinguish(taken slug.Set, words []string) string {
	with := func(suffix string) string { return slug.Make(h.title.Text + " (" + suffix + ")") }
	for _, word := range words {
		if taken.Take(with(word)) {
			*h.out.suffix = word
			return with(word)
		}
	}
	*h.out.suffix = taken.Distinct(h.title.Text, with)
	return with(*h.out.suffix)
}
