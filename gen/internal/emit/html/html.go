// Package html emits the HTML reference: pages that need nothing beside them.
//
// It takes the resolved catalog. It returns index.html, which holds its style sheet and its script,
// loads nothing, and says so to the browser in a content security policy. It reads the same from a
// server and from a disk, without its script, and on paper. A code's anchor on it is that of the
// Markdown page.
//
// A browser takes seconds over the entries of thousands of codes. Of a larger catalog the index
// holds a row for each code, and the entries are on pages of their own (codes-1.html, …), to
// which the anchors on the index lead on.
//
// The order and the words are in the template (templates/errors.html.tmpl), which html/template
// escapes. Two kinds of text come ready: an author's Markdown, which package mdtext renders, and
// the JSON of examples.
//
// [Live] is the same page for `errspec serve`.
package html

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"html/template"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/gen/internal/reference"
	"github.com/errspec/errspec/gen/internal/sample"
	"github.com/errspec/errspec/templates"
)

// Index is the name of the page in its folder.
const Index = "index.html"

// Options are what the reference says about the run that it belongs to.
type Options struct {
	Beside    []emit.Beside     // the other outputs in its folder or below it
	Generated []sample.Language // the languages that a client is generated for
	History   reference.History // of the codes; nil: not known
}

// Emit returns the reference: the index, and the pages of entries if there are too many for one,
// and a page for each code with what belongs to them. The index links to those of the other outputs
// beside it that programs read.
func Emit(c *catalog.Catalog, o Options) ([]emit.File, error) {
	s, err := newSite(c, o, nil, "")
	if err != nil {
		return nil, err
	}
	codes, err := s.pager.all()
	if err != nil {
		return nil, err
	}
	shared, err := s.shared()
	if err != nil {
		return nil, err
	}
	return slices.Concat(s.index, codes, shared), nil
}

// related returns the files for programs that are published with the page.
func related(beside []emit.Beside) []outside {
	var files []outside
	for _, f := range beside {
		switch f.Name {
		case "schema", "schema-lenient", "openapi", "json":
			files = append(files, outside{f.Path, (&url.URL{Path: f.Path}).String()})
		}
	}
	return files
}

// Findings say what is wrong with a catalog that cannot be shown as it is.
type Findings struct {
	Heading string
	Advice  string
	Text    string // the diagnostics, as they are in a terminal
}

// A FindingLine is a line of findings with its end. One of source, or with carets below one, is not
// to be wrapped.
type FindingLine struct {
	Text   string
	Source bool
}

var sourceLine = regexp.MustCompile(`^ *[0-9]* \| `)

// Lines returns the text by lines.
func (f *Findings) Lines() []FindingLine {
	var lines []FindingLine
	for text := range strings.Lines(f.Text) {
		lines = append(lines, FindingLine{text, sourceLine.MatchString(text)})
	}
	return lines
}

// Live returns the reference as pages that reload when there is another version. The catalog is the
// last good one, or nil if there never was one; findings are nil if there are none to show.
func Live(c *catalog.Catalog, o Options, findings *Findings, version string) (*Site, error) {
	return newSite(c, o, findings, version)
}

// A Site is the reference of one catalog. The index is made at once, and what else there is when
// somebody asks for it.
type Site struct {
	index  []emit.File // with the pages of entries
	pager  *pager      // nil: there is no catalog
	pages  map[string]int
	shared func() ([]emit.File, error) // what the pages of codes share, and what machines read
}

// newSite returns the reference of a catalog, or without one a page of findings. Version is not ""
// if it is served live.
func newSite(c *catalog.Catalog, o Options, findings *Findings, version string) (*Site, error) {
	live := version != ""
	s := &Site{pages: map[string]int{}}
	s.shared = func() ([]emit.File, error) { return nil, nil }
	index := empty()
	if c != nil {
		index = view(c, o.Generated)
		index.Related, index.Canonical, index.Agents = related(o.Beside), c.Site(), agentsFile
		s.pager = newPager(c, o, index)
		s.pager.findings, s.pager.version = findings, version
		for i := range s.pager.order {
			s.pages[s.pager.path(i)] = i
		}
		s.shared = sync.OnceValues(func() ([]emit.File, error) { return s.pager.shared(index, live) })
	}
	index.Findings, index.Version = findings, version
	var err error
	s.index, err = files(index, live)
	return s, err
}

// File returns a file by its path, or nil if there is none.
func (s *Site) File(path string) ([]byte, error) {
	if data := fileIn(s.index, path); data != nil {
		return data, nil
	}
	if i, ok := s.pages[path]; ok {
		return s.pager.page(i).render()
	}
	shared, err := s.shared()
	return fileIn(shared, path), err
}

func fileIn(files []emit.File, path string) []byte {
	for i := range files {
		if files[i].Path == path {
			return files[i].Data
		}
	}
	return nil
}

// script returns the script of all pages.
func script(live bool) string {
	if live {
		return templates.ErrorsJS() + templates.LiveJS()
	}
	return templates.ErrorsJS()
}

// files returns the index, and a page for each of its parts.
func files(index *page, live bool) ([]emit.File, error) {
	index.Style = template.CSS("\n" + templates.ErrorsCSS())
	index.Scripts = []template.JS{template.JS("\n" + script(live))}
	index.Policy = index.policy(live)
	pages := []*page{index}
	all := []emit.File{{Path: Index}}
	for _, p := range index.Parts {
		part := index.part(p)
		part.Policy = part.policy(live)
		pages = append(pages, part)
		all = append(all, emit.File{Path: p.Href})
	}
	// Most of the time goes into the template, and the pages have nothing to do with each other.
	errs := make([]error, len(pages))
	var rendering sync.WaitGroup
	for i, p := range pages {
		rendering.Go(func() { all[i].Data, errs[i] = p.render() })
	}
	rendering.Wait()
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return all, nil
}

// own allows the files beside a page in a policy, on a site or on a disk, where 'self' has no
// meaning.
const own = "'self' file:"

// policy lets the page run and show what is in it, by its hashes, and load the codes to search if
// they are not on it. Hashes hold wherever the page lies.
func (p *page) policy(live bool) string {
	var scripts []string
	for _, s := range p.Scripts {
		scripts = append(scripts, hash(string(s)))
	}
	if p.Search != nil && p.Search.Index != "" {
		scripts = append(scripts, own)
	}
	return policy(hash(string(p.Style)), strings.Join(scripts, " "), live)
}

// policy returns the policy of a page with some styles and scripts. One that is served live may ask
// its server for news.
func policy(styles, scripts string, live bool) string {
	connect := ""
	if live {
		connect = " connect-src 'self';"
	}
	return fmt.Sprintf("default-src 'none'; style-src %s; script-src %s; img-src data:;%s "+
		"base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'",
		styles, scripts, connect)
}

func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// parsed returns the template, made when it is first needed. It holds no state, and many may use it
// at once.
var parsed = sync.OnceValues(func() (*template.Template, error) {
	return template.New("errors.html.tmpl").Parse(templates.ErrorsHTML())
})

func (p *page) render() ([]byte, error) {
	t, err := parsed()
	if err != nil {
		return nil, fmt.Errorf("reading the template of the HTML reference: %w", err)
	}
	var b bytes.Buffer
	if err := t.Execute(&b, p); err != nil {
		return nil, fmt.Errorf("writing the HTML reference: %w", err)
	}
	return b.Bytes(), nil
}
