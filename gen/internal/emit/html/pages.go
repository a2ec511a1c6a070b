package html

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"html/template"
	"net/url"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/gen/internal/emit/markdown"
	"github.com/errspec/errspec/gen/internal/mdtext"
	"github.com/errspec/errspec/gen/internal/reference"
	"github.com/errspec/errspec/templates"
)

// The files beside the index that the pages of codes share, and those for machines.
const (
	styleFile   = "reference.css"
	scriptFile  = "reference.js"
	searchFile  = "search.js"
	sitemapFile = "sitemap.xml"
	agentsFile  = "llms.txt"
)

// A codePage is what the template of a code's own page is given.
type codePage struct {
	Mark                   template.HTML
	Policy, Title, Service string
	Search                 search
	Findings               *Findings // nil: none
	Version                string    // "" if the page is not served live

	Code, Heading, Summary string
	Canonical              string // "" if nobody knows where the page is published
	Edit                   string // where to suggest a change; "" if nowhere
	Data                   linkedData
	Entry                  *entry   // nil: it is retired
	Retired                *retired // nil: it is not
	History                []event
	Previous, Next         *ref
}

// An event is a line of a code's history.
type event struct {
	What, Since string
	Codes       []ref
}

// linkedData says to search engines what a page is (JSON-LD, https://schema.org/TechArticle).
type linkedData struct {
	Context     string     `json:"@context"`
	Type        string     `json:"@type"`
	Headline    string     `json:"headline"`
	Description string     `json:"description"`
	URL         string     `json:"url,omitempty"`
	Language    string     `json:"inLanguage"`
	PartOf      partOfData `json:"isPartOf"`
}

type partOfData struct {
	Type string `json:"@type"`
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
}

// A pager makes the pages of codes.
type pager struct {
	*builder
	site    string            // see catalog.Site
	folders map[string]string // by anchor
	order   []ref             // of all pages
	public  []*catalog.Entry  // those that order begins with; the retired codes follow

	findings *Findings // see codePage
	version  string

	// what a code replaced, by its code
	replaced map[string][]replacement

	options Options
}

// A replacement is a code that another stands for now.
type replacement struct {
	what, since string
	code        ref
}

// path returns where the page of a code is.
func (p *pager) path(i int) string { return strings.TrimPrefix(p.order[i].Href, "../") }

// page returns the page of a code.
func (p *pager) page(i int) *codePage {
	if i < len(p.public) {
		return p.live(i, p.public[i])
	}
	return p.gone(i, &p.c.Retired[i-len(p.public)])
}

// all returns the pages of all codes.
func (p *pager) all() ([]emit.File, error) {
	total := len(p.order)
	pages := make([]emit.File, total)
	errs := make([]error, total)
	var making sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for w := range workers {
		making.Go(func() {
			for i := w; i < total; i += workers {
				pages[i].Path = p.path(i)
				pages[i].Data, errs[i] = p.page(i).render()
			}
		})
	}
	making.Wait()
	return pages, errors.Join(errs...)
}

// shared returns what the pages of codes share, and what machines read.
func (p *pager) shared(index *page, live bool) ([]emit.File, error) {
	o := markdown.Options{Generated: p.options.Generated, History: p.options.History}
	files, err := markdown.EmitCodes(p.c, o, p.folders, agentsFile)
	if err != nil {
		return nil, err
	}
	if index.Search != nil {
		files = append(files, emit.File{Path: searchFile, Data: index.searchIndex()})
	}
	files = append(files,
		emit.File{Path: styleFile, Data: []byte(emit.CSSMarkLine + "\n" + templates.ErrorsCSS())},
		emit.File{Path: scriptFile, Data: []byte(emit.JSMarkLine + "\n" + script(live))},
		emit.File{Path: agentsFile, Data: p.agents()})
	if p.site != "" {
		files = append(files, emit.File{Path: sitemapFile, Data: p.sitemap(index.Parts)})
	}
	return files, nil
}

// Also returns the files beside the index that it has for some catalogs.
func Also() []string { return []string{styleFile, scriptFile, searchFile, agentsFile, sitemapFile} }

// InFolders returns the names of the files that are in the folders of codes.
func InFolders() []string { return []string{Index, "index.md"} }

// newPager returns what makes the pages of the codes on an index, to which it adds where they are.
func newPager(c *catalog.Catalog, o Options, index *page) *pager {
	p := &pager{
		builder: &builder{
			c: c, hrefs: map[string]string{}, pages: map[string]string{}, made: map[string]*entry{},
		},
		site: c.Site(), folders: foldersOf(c), replaced: map[string][]replacement{},
		public: slices.Collect(c.Public()), options: o,
	}
	for i := range index.Groups {
		for _, e := range index.Groups[i].Entries {
			e.Page = p.folders[e.Anchor] + "/" + Index
			p.made[e.Code] = e
		}
	}
	for i := range index.Retired {
		index.Retired[i].Page = p.folders[index.Retired[i].Anchor] + "/" + Index
	}
	add := func(code, anchor string) {
		href := "../" + p.folders[anchor] + "/" + Index
		p.order = append(p.order, ref{code, href})
		p.hrefs[code], p.pages[anchor] = href, href
	}
	for e := range c.Public() {
		add(e.Code, e.Anchor)
	}
	for i := range c.Retired {
		add(c.Retired[i].Code, c.Retired[i].Anchor)
	}
	p.md = mdtext.HTML{
		Link:   func(code string) string { return p.hrefs[code] },
		Anchor: func(anchor string) string { return cmp.Or(p.pages[anchor], "../"+Index+"#"+anchor) },
		Folder: "../",
	}
	replaces := func(by *catalog.Entry, r replacement) {
		if by != nil {
			p.replaced[by.Code] = append(p.replaced[by.Code], r)
		}
	}
	for e := range c.Public() {
		if d := e.Deprecated; d != nil {
			replaces(d.Use, replacement{"deprecated", d.Since, ref{e.Code, p.hrefs[e.Code]}})
		}
	}
	for i := range c.Retired {
		t := &c.Retired[i]
		replaces(t.Use, replacement{"retired", t.Since, ref{t.Code, p.hrefs[t.Code]}})
	}
	return p
}

// common returns what the pages of all codes have.
func (p *pager) common(i int, anchor, heading, summary string) *codePage {
	page := &codePage{
		Mark: template.HTML(emit.CodeHTMLMarkLine), Policy: policy(own, own, p.version != ""),
		Search: search{Index: "../" + searchFile}, Findings: p.findings, Version: p.version,
		Title: p.c.Title, Service: p.c.Service,
		Code: p.order[i].Code, Heading: heading, Summary: summary,
		Edit: p.c.EditURL(p.order[i].Code, anchor),
	}
	if p.site != "" {
		page.Canonical = p.site + url.PathEscape(p.folders[anchor]) + "/"
	}
	if i > 0 {
		page.Previous = &p.order[i-1]
	}
	if i+1 < len(p.order) {
		page.Next = &p.order[i+1]
	}
	page.Data = linkedData{
		Context: "https://schema.org", Type: "TechArticle", Headline: heading, Description: summary,
		URL: page.Canonical, Language: "en", PartOf: partOfData{"WebSite", p.c.Title, p.site},
	}
	return page
}

// live returns the page of a code.
func (p *pager) live(i int, e *catalog.Entry) *codePage {
	page := p.common(i, e.Anchor, headingOf(e), p.summaryOf(e))
	page.Entry = p.entry(e)
	if e.Since != "" {
		page.History = append(page.History, event{What: "Since", Since: e.Since})
		page.Entry.Since = "" // the history says it
	}
	page.History = append(page.History, p.changes(e.Code)...)
	for _, r := range p.replaced[e.Code] {
		what := "Replaces a " + r.what + " code:"
		if r.since != "" {
			what = "Replaces a code " + r.what + " since " + r.since + ":"
		}
		page.History = append(page.History, event{What: what, Codes: []ref{r.code}})
	}
	if d := e.Deprecated; d != nil {
		page.History = append(page.History, p.ending("Deprecated", d.Since, d.Use))
	}
	return page
}

// gone returns the page of a retired code.
func (p *pager) gone(i int, t *catalog.Tombstone) *codePage {
	summary := "A code that is no longer sent."
	if t.Use != nil && !t.Use.Internal {
		summary += " Use " + t.Use.Code + " instead."
	}
	page := p.common(i, t.Anchor, t.Code, summary)
	view := retired{Code: t.Code, Anchor: t.Anchor, Use: p.ref(t.Use), Note: p.block(t.Note)}
	if t.Status != 0 {
		s := p.status(t.Status)
		view.Status = &s
	}
	page.Retired = &view
	page.History = append(p.changes(t.Code), p.ending("Retired", t.Since, t.Use))
	return page
}

// changes returns the events of a code that its catalog does not tell.
func (p *pager) changes(code string) []event {
	var events []event
	for _, ch := range p.options.History.Untold(p.c, code) {
		events = append(events, event{What: ch.When() + ": " + ch.Text})
	}
	return events
}

// ending returns the event that ends a code.
func (p *pager) ending(what, since string, use *catalog.Entry) event {
	e := event{What: what}
	if since != "" {
		e.What += " since " + since
	}
	if by := p.ref(use); by != nil {
		e.What += ", replaced by"
		e.Codes = []ref{*by}
	}
	return e
}

// headingOf returns a code and what it means.
func headingOf(e *catalog.Entry) string {
	if meaning := reference.Meaning(e); meaning != "" {
		return e.Code + ": " + meaning
	}
	return e.Code
}

// summaryOf returns what a code is about in a line of text.
func (p *pager) summaryOf(e *catalog.Entry) string {
	statuses := make([]string, len(e.Statuses))
	for i, status := range e.Statuses {
		statuses[i] = reference.StatusLine(p.c, status)
	}
	about := cmp.Or(summary(e.Description), summary(e.Resolution),
		reference.WithBlanks(e.Variants[0].Message))
	return strings.TrimSpace("HTTP " + strings.Join(statuses, " or ") + ". " + about)
}

// parsedCode returns the template of a code's page, with those that it uses.
var parsedCode = sync.OnceValues(func() (*template.Template, error) {
	t, err := template.New("errors.html.tmpl").Parse(templates.ErrorsHTML())
	if err != nil {
		return nil, err
	}
	return t.New("code.html.tmpl").Parse(templates.CodeHTML())
})

func (p *codePage) render() ([]byte, error) {
	t, err := parsedCode()
	if err != nil {
		return nil, fmt.Errorf("reading the template of a code's page: %w", err)
	}
	var b bytes.Buffer
	if err := t.Execute(&b, p); err != nil {
		return nil, fmt.Errorf("writing the page of %s: %w", p.Code, err)
	}
	return b.Bytes(), nil
}

// agents returns llms.txt (https://llmstxt.org): what is here, and where the Markdown of each code
// is. It is read as it is written, so only the codes are escaped, which are the texts of links.
func (p *pager) agents() []byte {
	style := mdtext.Style{}
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n", p.c.Title)
	if about := summary(p.c.Description); about != "" {
		fmt.Fprintf(&b, "> %s\n\n", about)
	}
	for _, w := range reference.Branching(p.c) {
		if w.Code {
			b.WriteString(style.Code(w.Text))
		} else {
			b.WriteString(w.Text)
		}
	}
	b.WriteString("\n")
	line := func(code, anchor, about string) {
		target := p.site + url.PathEscape(p.folders[anchor]) + "/index.md"
		fmt.Fprintf(&b, "- %s: %s\n", mdtext.Link(style.Literal(code), target), about)
	}
	for i := range p.c.Groups {
		g := &p.c.Groups[i]
		if !slices.ContainsFunc(g.Entries, func(e *catalog.Entry) bool { return !e.Internal }) {
			continue
		}
		fmt.Fprintf(&b, "\n## %s\n\n", cmp.Or(g.Title, "Error codes"))
		for _, e := range g.Entries {
			if !e.Internal {
				line(e.Code, e.Anchor, p.summaryOf(e))
			}
		}
	}
	if len(p.c.Retired) > 0 {
		b.WriteString("\n## Retired codes\n\n")
		for i := range p.c.Retired {
			t := &p.c.Retired[i]
			line(t.Code, t.Anchor, "no longer sent")
		}
	}
	b.WriteString("\n" + emit.MarkdownMarkLine + "\n")
	return []byte(b.String())
}

// sitemap returns the addresses of all pages (https://www.sitemaps.org).
func (p *pager) sitemap(parts []*part) []byte {
	var b bytes.Buffer
	b.WriteString(xml.Header + emit.XMLMarkLine + "\n" +
		`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">` + "\n")
	add := func(path string) {
		b.WriteString("<url><loc>")
		_ = xml.EscapeText(&b, []byte(p.site+path)) // writing to a buffer does not fail
		b.WriteString("</loc></url>\n")
	}
	add("")
	for _, part := range parts {
		add(part.Href)
	}
	for e := range p.c.Public() {
		add(url.PathEscape(p.folders[e.Anchor]) + "/")
	}
	b.WriteString("</urlset>\n")
	return b.Bytes()
}
