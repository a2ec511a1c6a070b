package check

import (
	"fmt"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/slug"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// anchors settles the anchors of all headings, and the links that end in one.
func (c *checker) anchors() {
	for i := range c.entries {
		e := &c.entries[i]
		e.out.Anchor = slug.Make(e.w.Code.Text)
		e.out.DocsURL, e.out.Type = c.out.Addresses(e.out.Code, e.out.Anchor)
	}
	for i := range c.out.Retired {
		c.out.Retired[i].Anchor = slug.Make(c.out.Retired[i].Code)
	}
	for _, t := range c.titled {
		g := &c.out.Groups[t.group]
		g.Anchor = slug.Make(g.Title)
	}
	for i := range c.out.Docs.Sections {
		s := &c.out.Docs.Sections[i]
		s.Anchor = slug.Make(s.Title)
	}
}

// anchorCollisions looks for headings that want one anchor, and for codes whose pages want one file.
func (c *checker) anchorCollisions() {
	taken, files := make(map[string]heading, len(c.entries)), make(map[string]heading, len(c.entries))
	for i := range c.entries {
		if e := &c.entries[i]; e.isFirst() { // else duplicate-code
			h := heading{e.w.Code, "the code", &e.w.Path, 0}
			c.anchor(taken, e.out.Anchor, h)
			c.file(files, h)
		}
	}
	for i := range c.out.Retired {
		w, anchor := &c.written.Retired[i], c.out.Retired[i].Anchor
		if taken[anchor].title.Text != w.Code.Text { // else retired-code-used or duplicate-code
			h := heading{w.Code, "the retired code", &w.Path, 0}
			c.anchor(taken, anchor, h)
			c.file(files, h)
		}
	}
	for _, t := range c.titled {
		h := heading{t.title, "the group title", &t.of.Path, 0}
		c.anchor(taken, c.out.Groups[t.group].Anchor, h)
	}
	for i := range c.out.Docs.Sections {
		h := heading{c.written.Docs.Sections[i].Title, "the section title", nil, i}
		c.anchor(taken, c.out.Docs.Sections[i].Anchor, h)
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

func (c *checker) anchor(taken map[string]heading, anchor string, h heading) {
	if anchor != "" {
		c.unique(taken, anchor, h, "anchor #"+anchor)
	}
}

// file settles the name of the file that a code has where each has a page. Two codes with one anchor have one file, and are
// reported once.
func (c *checker) file(taken map[string]heading, h heading) {
	if h.title.Text == "" {
		return
	}
	name := slug.File(h.title.Text)
	if other, twice := taken[name]; twice && slug.Make(other.title.Text) == slug.Make(h.title.Text) {
		return
	}
	c.unique(taken, name, h, "file name "+name)
}

func (c *checker) unique(taken map[string]heading, name string, h heading, what string) {
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
	c.report(diag.Diagnostic{
		Rule: rule.AnchorCollision, Span: h.title.Span(), Path: path,
		Message: fmt.Sprintf("%v and %v both give the %s", h, other, what),
		Help:    "change one of the two",
		Notes:   []diag.Note{note(other.title.Span(), "%v is here", other)},
	})
}
