package check

import (
	"fmt"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/slug"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// anchorCollisions looks for headings that want one anchor, and for codes whose pages want one
// file.
func (m *model) anchorCollisions() {
	taken, files := make(
		map[string]heading,
		len(m.entries),
	), make(
		map[string]heading,
		len(m.entries),
	)
	for i := range m.entries {
		if e := &m.entries[i]; e.isFirst() { // else duplicate-code
			h := heading{e.w.Code, "the code", &e.w.Path, 0}
			m.anchor(taken, e.out.Anchor, h)
			m.file(files, h)
		}
	}
	for i := range m.out.Retired {
		w, anchor := &m.written.Retired[i], m.out.Retired[i].Anchor
		if taken[anchor].title.Text != w.Code.Text { // else retired-code-used or duplicate-code
			h := heading{w.Code, "the retired code", &w.Path, 0}
			m.anchor(taken, anchor, h)
			m.file(files, h)
		}
	}
	for _, t := range m.titled {
		h := heading{t.title, "the group title", &t.of.Path, 0}
		m.anchor(taken, m.out.Groups[t.group].Anchor, h)
	}
	for i := range m.out.Docs.Sections {
		h := heading{m.written.Docs.Sections[i].Title, "the section title", nil, i}
		m.anchor(taken, m.out.Docs.Sections[i].Anchor, h)
	}
}

// A heading is what an anchor leads to.
type heading struct {
	title   syntax.Scalar
	what    string
	path    *syntax.Path // of the code or group; nil: a section
	section int
}

func (h heading) String() string { return fmt.Sprintf("%s %q", h.what, h.title.Text) }

func (m *model) anchor(taken map[string]heading, anchor string, h heading) {
	if anchor != "" {
		m.unique(taken, anchor, h, "anchor #"+anchor)
	}
}

// file settles the name of the file that a code has where each has a page. Two codes with one
// anchor have one file, and are reported once.
func (m *model) file(taken map[string]heading, h heading) {
	if h.title.Text == "" {
		return
	}
	name := slug.File(h.title.Text)
	if other, twice := taken[name]; twice &&
		slug.Make(other.title.Text) == slug.Make(h.title.Text) {
		return
	}
	m.unique(taken, name, h, "file name "+name)
}

func (m *model) unique(taken map[string]heading, name string, h heading, what string) {
	if !h.title.IsSet() {
		return
	}
	other, twice := taken[name]
	if !twice {
		taken[name] = h
		return
	}
	path := fmt.Sprintf("docs.sections[%d].title", h.section)
	if h.path != nil {
		path = h.path.String()
	}
	m.report(diag.Diagnostic{
		Rule: rule.AnchorCollision, Span: h.title.Span(), Path: path,
		Message: fmt.Sprintf("%v and %v both produce the %s", h, other, what),
		Help:    "rename one of them",
		Notes:   []diag.Note{note(other.title.Span(), "%v is here", other)},
	})
}
