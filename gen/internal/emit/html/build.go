package html

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/gen/internal/encode"
	"github.com/errspec/errspec/gen/internal/mdtext"
	"github.com/errspec/errspec/gen/internal/reference"
	"github.com/errspec/errspec/gen/internal/sample"
	"github.com/errspec/errspec/gen/internal/value"
)

// maxListed is the number of codes above which the contents do not name them: they would be a
// second index.
const maxListed = 60

// empty returns the page that is shown without a catalog.
func empty() *page {
	return &page{Mark: template.HTML(emit.HTMLMarkLine), Title: "Errors", Empty: true}
}

// view returns the page of a catalog. Internal codes are not on it.
func view(c *catalog.Catalog, generated []sample.Language) *page {
	b := newBuilder(c)
	b.samples = sample.New(c, languages(c, generated))
	p := empty()
	p.Title, p.Service, p.Empty = c.Title, c.Service, false
	p.Summary, p.Description = summary(c.Description), b.block(c.Description)
	p.Branching = reference.Branching(c)
	p.AtStart, p.AtEnd = b.sections(catalog.AtStart), b.sections(catalog.AtEnd)
	p.AfterEnvelope = b.sections(catalog.AfterEnvelope)
	p.AfterStatuses = b.sections(catalog.AfterStatuses)
	p.AfterCodes = b.sections(catalog.AfterCodes)
	p.Envelope = envelope{
		Description: b.block(c.Envelope.Description), MediaType: c.Envelope.MediaType,
		Plain:  c.Envelope.MediaType == "application/json",
		Sample: example{"Every error", "every error", highlighted(c.SampleBody())},
		Of:     b.ref(c.SampleEntry()), Params: reference.ParamBlank(c), Optional: reference.Optional(c),
		EachPath: reference.EachPath(&c.Envelope.Body),
	}
	p.Statuses, p.Groups, p.Retired = b.statuses(), b.groups(), b.retired()
	p.AllStated = true
	for i := range p.Groups {
		for _, e := range p.Groups[i].Entries {
			p.entries++
			p.AllStated = p.AllStated && (e.Never || e.Retry != nil)
			if e.Retry != nil {
				p.Retryable = append(p.Retryable, e)
			}
		}
	}
	if c.RetryDefault != nil {
		p.RetryDefault = retryOf(c.RetryDefault)
	}
	if p.entries+len(p.Retired) > 0 {
		p.Search = &search{Paths: string(encode.CompactJSON(reference.Paths(c)))}
	}
	p.Own, p.Parts = b.own(), b.parts
	p.Samples = codes(b.samples.All(), p.Own.Handling, "any error")
	p.Languages = p.Samples.Codes
	p.Contents, p.Glance = p.contents(), p.glance()
	return p
}

// languages returns the languages of the samples: those that the catalog asks for, or else those
// that the run generates, and curl.
func languages(c *catalog.Catalog, generated []sample.Language) []sample.Language {
	if asked := sample.Asked(c, generated); asked != nil || generated == nil {
		return asked
	}
	return append(slices.Clone(generated), sample.Default("curl"))
}

// summary returns the first paragraph of an author's text as text without markup.
func summary(md catalog.Markdown) string {
	text, _, _ := strings.Cut(mdtext.Plain(string(md)), "\n")
	return strings.ReplaceAll(text, "`", "")
}

// How many codes have their entries on the index, and how many on each page if there are more.
const (
	maxOnIndex = 1000
	perPart    = 250
)

// A builder makes the views of one catalog.
type builder struct {
	c     *catalog.Catalog
	hrefs map[string]string // where the entries of public codes are, by code
	pages map[string]string // the same, by anchor; empty if all are on the index
	md    mdtext.HTML

	samples *sample.Writer
	made    map[string]*entry // by code: what is made already, of which no link depends on the page

	parts  []*part // nil: all entries are on the index
	placed int     // how many entries are on their part
}

func newBuilder(c *catalog.Catalog) *builder {
	b := &builder{
		c: c, hrefs: make(map[string]string, c.Len()+len(c.Retired)), pages: map[string]string{},
	}
	public := slices.Collect(c.Public())
	index := ""
	if len(public) > maxOnIndex {
		index = Index
		b.split(public)
		b.md.Anchor = func(anchor string) string { return cmp.Or(b.pages[anchor], index+"#"+anchor) }
	}
	for i := range c.Retired {
		b.hrefs[c.Retired[i].Code] = index + "#" + c.Retired[i].Anchor
	}
	for _, e := range public {
		b.hrefs[e.Code] = cmp.Or(b.pages[e.Anchor], "#"+e.Anchor)
	}
	b.md.Link = func(code string) string { return b.hrefs[code] }
	return b
}

// split spreads the entries over parts.
func (b *builder) split(public []*catalog.Entry) {
	for entries := range slices.Chunk(public, perPart) {
		first := perPart*len(b.parts) + 1
		p := &part{
			Title: fmt.Sprintf("Codes %d–%d of %d", first, first+len(entries)-1, len(public)),
			Href:  fmt.Sprintf("codes-%d.html", len(b.parts)+1),
		}
		if n := len(b.parts); n > 0 {
			p.Previous, b.parts[n-1].Next = b.parts[n-1], p
		}
		b.parts = append(b.parts, p)
		for _, e := range entries {
			b.pages[e.Anchor] = p.Href + "#" + e.Anchor
		}
	}
}

func (b *builder) block(md catalog.Markdown) template.HTML {
	return withCode(b.md.Block(string(md)))
}

func (b *builder) sections(at catalog.Position) []section {
	var sections []section
	md := b.md
	md.Level = 3
	for s := range b.c.Docs.SectionsAt(at) {
		sections = append(sections, section{s.Title, s.Anchor, withCode(md.Block(string(s.Text)))})
	}
	return sections
}

func (b *builder) statuses() []status {
	used := map[int]bool{}
	for e := range b.c.All() {
		for _, s := range e.Statuses {
			used[s] = used[s] || !e.Internal
		}
	}
	var rows []status
	for _, s := range b.c.Statuses {
		line := b.block(s.Cause)
		if text, whole := b.md.Line(string(s.Cause)); whole {
			line = template.HTML(text)
		}
		rows = append(rows,
			status{Code: s.Code, Title: s.Title, Class: class(s.Code), Cause: line, Used: used[s.Code]})
	}
	return rows
}

func (b *builder) status(code int) status {
	return status{Code: code, Title: reference.StatusTitle(b.c, code), Class: class(code)}
}

func class(status int) string { return "s" + strconv.Itoa(status/100) }

func (b *builder) groups() []*group {
	var groups []*group
	for i := range b.c.Groups {
		g := &b.c.Groups[i]
		view := &group{Title: g.Title, Anchor: g.Anchor, Description: b.block(g.Description)}
		for _, e := range g.Entries {
			if !e.Internal {
				entry := b.entry(e)
				view.Entries = append(view.Entries, entry)
				b.place(entry)
			}
		}
		if len(view.Entries) > 0 {
			groups = append(groups, view)
		}
	}
	return groups
}

// place puts an entry on its page.
func (b *builder) place(e *entry) {
	if len(b.parts) > 0 {
		p := b.parts[b.placed/perPart]
		p.Entries = append(p.Entries, e)
		b.placed++
	}
}

// part returns the page of a part.
func (p *page) part(of *part) *page {
	return &page{
		Mark: p.Mark, Style: p.Style, Scripts: p.Scripts, Version: p.Version, Findings: p.Findings,
		Title: p.Title, Service: p.Service, Summary: p.Summary, Part: of, Languages: p.Languages,
		Search: &search{Index: searchFile},
	}
}

func (b *builder) retired() []retired {
	var views []retired
	for i := range b.c.Retired {
		t := &b.c.Retired[i]
		view := retired{
			Code: t.Code, Anchor: t.Anchor, Since: t.Since, Use: b.ref(t.Use), Note: b.block(t.Note),
		}
		if t.Status != 0 {
			s := b.status(t.Status)
			view.Status = &s
		}
		view.Searched = searched(t.Code, textOf(view.Note))
		views = append(views, view)
	}
	return views
}

// own returns the anchors of the page's own headings: those that they have on the Markdown page,
// with a dot added if the author has them for something.
func (b *builder) own() anchors {
	taken := map[string]bool{}
	for _, href := range b.hrefs {
		taken[href[strings.Index(href, "#")+1:]] = true
	}
	for i := range b.c.Groups {
		taken[b.c.Groups[i].Anchor] = true
	}
	for i := range b.c.Docs.Sections {
		taken[b.c.Docs.Sections[i].Anchor] = true
	}
	free := func(anchor string) string {
		if taken[anchor] {
			return anchor + "."
		}
		return anchor
	}
	return anchors{
		free("error-response-format"), free("http-status-codes"), free("error-codes"),
		free("when-to-retry"), free("handle-errors-in-code"), free("codes-in-detail"),
		free("retired-codes"),
	}
}

// contents returns the lists of the contents, in page order.
func (p *page) contents() [][]link {
	var lists [][]link
	add := func(links ...link) {
		if len(links) > 0 {
			lists = append(lists, links)
		}
	}
	titled := func(links []link, sections []section) []link {
		for _, s := range sections {
			if s.Title != "" && s.Anchor != "" {
				links = append(links, link{Text: s.Title, Href: "#" + s.Anchor})
			}
		}
		return links
	}
	head := append(titled(nil, p.AtStart),
		link{Text: "Error response format", Href: "#" + p.Own.Envelope})
	head = titled(head, p.AfterEnvelope)
	if len(p.Statuses) > 0 {
		head = append(head, link{Text: "HTTP status codes", Href: "#" + p.Own.Statuses})
	}
	add(titled(head, p.AfterStatuses)...)
	var groups []link
	for _, g := range p.Groups {
		if p.entries <= maxListed {
			add(g.contents(true)...)
		} else {
			groups = append(groups, g.contents(false)...)
		}
	}
	add(groups...)
	var tail []link
	if len(p.Retryable) > 0 || p.RetryDefault != nil {
		tail = append(tail, link{Text: "When to retry", Href: "#" + p.Own.Retries})
	}
	if len(p.Samples.Codes) > 0 {
		tail = append(tail, link{Text: "Handle errors in code", Href: "#" + p.Own.Handling})
	}
	tail = titled(titled(tail, p.AfterCodes), p.AtEnd)
	if len(p.Groups) > 0 {
		tail = append(tail, link{Text: "Codes in detail", Href: "#" + p.Own.Details, Count: p.entries})
	}
	if len(p.Retired) > 0 {
		tail = append(tail, link{Text: "Retired codes", Href: "#" + p.Own.Retired, Count: len(p.Retired)})
	}
	add(tail...)
	return lists
}

// glance returns the codes by group, or, of many, the groups.
func (p *page) glance() []glance {
	var list []glance
	for _, g := range p.Groups {
		var at glance
		for _, l := range g.contents(p.entries <= maxListed) {
			if l.Code {
				at.Codes = append(at.Codes, l)
			} else {
				at.Group = &l
			}
		}
		list = append(list, at)
	}
	if p.entries > maxListed && len(list) < 2 {
		return nil
	}
	return list
}

// contents returns the group's lines of the contents, with its codes if they are wanted.
func (g *group) contents(codes bool) []link {
	var links []link
	if g.Anchor != "" {
		links = append(links, link{Text: g.Title, Href: "#" + g.Anchor, Count: len(g.Entries)})
	}
	if codes {
		for _, e := range g.Entries {
			links = append(links, link{Text: e.Code, Href: e.Href, Sub: true, Code: true})
		}
	}
	return links
}

func retryOf(p *catalog.RetryPolicy) *retry {
	return &retry{
		Max: p.MaxRetries, Waits: reference.Waits(p),
		MaxRetryAfter: value.FormatDuration(p.MaxRetryAfter), AnyMethod: p.AnyMethod,
	}
}
