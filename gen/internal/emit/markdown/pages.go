package markdown

import (
	"bytes"
	"cmp"
	"fmt"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/gen/internal/mdtext"
	"github.com/errspec/errspec/gen/internal/pagetemplate"
	"github.com/errspec/errspec/gen/internal/slug"
	"github.com/errspec/errspec/templates"
)

// EmitPages returns the reference with a page for each code, live or retired, and one that leads to
// them. All are in one folder, and lead to each other by the names of their files, which sites turn
// into their own addresses.
func EmitPages(c *catalog.Catalog, o Options) ([]emit.File, error) {
	s := newSite(c, o)
	b := newBuilder(c, o, s)
	p := b.page()
	addTitle(p, c.Title)
	var out bytes.Buffer
	run := templateOf(o).Start(c.Len())
	if err := run.Execute(&out, pagetemplate.Index, p); err != nil {
		return nil, err
	}
	index := emit.File{Path: s.index, Data: b.marked(out.Bytes())}
	pages, err := b.codePages(p, func(page *templates.CodePage, _, title, about string) {
		page.Notice, page.FrontMatter = b.notice(), frontMatter(title, about)
	})
	if err != nil {
		return nil, err
	}
	return append([]emit.File{index}, pages...), nil
}

// codePages returns the page of each code. head makes what it begins with: the title and what it
// is, for site generators, or a mark and a heading.
func (b *builder) codePages(
	p *templates.Page, head func(page *templates.CodePage, code, title, about string),
) ([]emit.File, error) {
	c, s := b.c, b.links.(*site)
	run := templateOf(b.o).Start(c.Len())
	files := make([]emit.File, 0, c.Len()+len(c.Retired))
	page := templates.CodePage{Index: mdtext.Link(b.literal(c.Title), s.index), Page: p}
	emitted := func(name string) error {
		var out bytes.Buffer
		if err := run.Execute(&out, pagetemplate.CodePage, page); err != nil {
			return err
		}
		files = append(files, emit.File{Path: name, Data: b.marked(out.Bytes())})
		return nil
	}
	for e := range c.Public() {
		page.Entry, page.History = b.entries[e], b.history(e.Code)
		head(&page, page.Entry.Code, e.Code, fmt.Sprintf("%s: HTTP %s", e.Title, page.Entry.Status))
		if err := emitted(s.entry(e)); err != nil {
			return nil, err
		}
	}
	page.Entry = nil
	for i := range c.Retired {
		t := &c.Retired[i]
		page.Retired, page.History = &p.Retired[i], b.history(t.Code)
		head(&page, b.code(t.Code), t.Code, "A code that is no longer sent")
		if err := emitted(s.retired(t)); err != nil {
			return nil, err
		}
	}
	return files, nil
}

// history returns the changes of a code that its entry does not tell.
func (b *builder) history(code string) []templates.Change {
	var views []templates.Change
	for _, ch := range b.o.History.Untold(b.c, code) {
		views = append(views, templates.Change{
			When: b.literal(ch.When()), Text: b.literal(ch.Text),
		})
	}
	return views
}

// EmitCodes returns a page for each public and each retired code, by the folder of its anchor, in
// which it is index.md. The pages lead to each other, and to an index beside the folders.
func EmitCodes(
	c *catalog.Catalog, o Options, folders map[string]string, index string,
) ([]emit.File, error) {
	s := &site{extension: ".md", index: "../" + index, files: map[string]string{}}
	s.live, s.gone = map[*catalog.Entry]string{}, map[*catalog.Tombstone]string{}
	for e := range c.Public() {
		s.live[e] = "../" + folders[e.Anchor] + "/index.md"
		s.files[e.Anchor] = s.live[e]
	}
	for i := range c.Retired {
		t := &c.Retired[i]
		s.gone[t] = "../" + folders[t.Anchor] + "/index.md"
		s.files[t.Anchor] = s.gone[t]
	}
	b := newBuilder(c, o, s)
	files, err := b.codePages(b.page(), func(page *templates.CodePage, code, _, _ string) {
		page.Notice = emit.CodeMarkdownMarkLine + "\n\n# " + code
	})
	for i := range files {
		files[i].Path = strings.TrimPrefix(files[i].Path, "../")
	}
	return files, err
}

func frontMatter(title, description string) string {
	return "title: " + yamlString(title) + "\ndescription: " + yamlString(description) + "\n"
}

// A site leads to pages of their own.
type site struct {
	extension string
	index     string            // the file that leads to the others
	files     map[string]string // by anchor: the pages of codes
	live      map[*catalog.Entry]string
	gone      map[*catalog.Tombstone]string
}

func newSite(c *catalog.Catalog, o Options) *site {
	s := &site{extension: ".md", files: make(map[string]string, c.Len())}
	if o.Dialect == mdtext.MDX {
		s.extension = ".mdx"
	}
	s.index = "index" + s.extension
	if o.Index != "" {
		s.index = o.Index + s.extension
	}
	s.name(c)
	for e := range c.Public() {
		s.files[e.Anchor] = s.entry(e)
	}
	for i := range c.Retired {
		s.files[c.Retired[i].Anchor] = s.retired(&c.Retired[i])
	}
	return s
}

// name gives each code a file: its anchor, as file systems take it. Two anchors may still want one
// file (é, u00e9): the later code gets a mark of its own. Internal codes have no page, but keep
// their names, so that the others' do not depend on who is public.
func (s *site) name(c *catalog.Catalog) {
	s.live, s.gone = make(map[*catalog.Entry]string, c.Len()), map[*catalog.Tombstone]string{}
	taken := make(slug.Set, c.Len())
	name := func(code, anchor string) string {
		file := slug.File(cmp.Or(anchor, code))
		if !taken.Take(file) {
			marked := func(mark string) string { return file + "-" + mark }
			file = marked(taken.Distinct(code, marked))
		}
		return file + s.extension
	}
	for e := range c.All() {
		s.live[e] = name(e.Code, e.Anchor)
	}
	for i := range c.Retired {
		t := &c.Retired[i]
		s.gone[t] = name(t.Code, t.Anchor)
	}
}

func (s *site) entry(e *catalog.Entry) string       { return s.live[e] }
func (s *site) retired(t *catalog.Tombstone) string { return s.gone[t] }

// anchors leads from what an author links to on the one page to the page where that is now.
func (s *site) anchors() func(string) string {
	return func(anchor string) string {
		if file := s.files[strings.ToLower(anchor)]; file != "" {
			return file
		}
		return s.index + "#" + anchor
	}
}
