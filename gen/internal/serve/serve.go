// Package serve serves the HTML reference of one catalog to the local browser while somebody edits
// the catalog, and updates it whenever one of the catalog's files changes.
//
// If the catalog has errors, the last good page stays, with the errors above it. [Preview.Handler]
// serves the pages. [Preview.Follow] watches the files of the last reading: the root, its includes,
// its sections, and the folders that a pattern searches.
package serve

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"sync"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/emit/html"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/report"
	"github.com/errspec/errspec/gen/internal/sample"
	"github.com/errspec/errspec/gen/internal/source"
	"github.com/errspec/errspec/gen/internal/unseen"
	"github.com/errspec/errspec/gen/internal/versions"
)

// A Preview is the state of the reference. It is safe for concurrent use.
type Preview struct {
	name      string            // of the catalog, as the user wrote it
	generated []sample.Language // the languages that a client is generated for

	mu      sync.Mutex
	good    *catalog.Catalog // the last version without errors; nil until there is one
	version string
	site    *html.Site
	changed chan struct{} // closed when there is a new version
}

// New returns a preview without pages: call [Preview.Load]. The pages have samples in the languages
// that a client is generated for.
func New(name string, generated ...sample.Language) *Preview {
	return &Preview{name: name, generated: generated, changed: make(chan struct{})}
}

// A Result is the outcome of reading the catalog once.
type Result struct {
	Changed     bool             // the pages have changed
	Catalog     *catalog.Catalog // nil if the catalog has errors
	Diagnostics diag.List
	Unread      string // why the catalog could not be read; "" if it could
	// the files that were asked for, slash-separated, relative to the catalog's folder, including
	// missing ones
	Files []string
}

// Load reads the catalog again and updates the pages. Its error is about errspec itself; problems
// of the catalog are in the result and on the pages.
func (p *Preview) Load(ctx context.Context) (Result, error) {
	var r Result
	src, err := versions.Open(ctx, p.name, nil)
	if err != nil {
		r.Unread = err.Error()
	} else {
		seen := &recorder{FS: src.FS}
		r.Catalog, r.Diagnostics = pipeline.Load(&source.Source{File: src.File, FS: seen})
		r.Files = seen.names
	}
	r.Changed, err = p.show(&r)
	return r, err
}

// show updates the pages and reports whether they changed.
func (p *Preview) show(r *Result) (bool, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if r.Catalog != nil {
		p.good = r.Catalog
	}
	problems, err := p.problems(r)
	if err != nil {
		return false, err
	}
	version := versionOf(p.good, problems)
	if version == p.version {
		return false, nil
	}
	site, err := html.Live(p.good, html.Options{Generated: p.generated}, problems, version)
	if err != nil {
		return false, err
	}
	p.version, p.site = version, site
	close(p.changed)
	p.changed = make(chan struct{})
	return true, nil
}

// problems returns the diagnostics for the pages of a broken catalog, or nil.
func (p *Preview) problems(r *Result) (*html.Findings, error) {
	if r.Catalog != nil {
		return nil, nil
	}
	f := &html.Findings{Advice: "The page will appear when the catalog has no errors."}
	if p.good != nil {
		f.Advice = "Below is the last good version of the page."
	}
	if r.Unread != "" {
		f.Heading, f.Text = unseen.Line(p.name)+" cannot be read", unseen.Lines(r.Unread)
		return f, nil
	}
	var text bytes.Buffer
	if err := (report.Text{}).Write(&text, &r.Diagnostics); err != nil {
		return nil, err
	}
	f.Heading, f.Text = unseen.Line(p.name)+" has errors", text.String()
	return f, nil
}

// versionOf identifies the content of the pages.
func versionOf(c *catalog.Catalog, problems *html.Findings) string {
	h := sha256.New()
	if c != nil {
		_, _ = io.WriteString(h, c.Hash())
	}
	_, _ = fmt.Fprintf(h, "%+v", problems)
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// file returns a file by its path without the leading slash, or nil.
func (p *Preview) file(path string) ([]byte, error) {
	p.mu.Lock()
	site := p.site
	p.mu.Unlock()
	if site == nil {
		return nil, nil
	}
	return site.File(path)
}

// missing returns what to show instead of a page that does not exist. It follows the catalog as
// well, because a code may come back.
func (p *Preview) missing(path string) ([]byte, error) {
	p.mu.Lock()
	version := p.version
	p.mu.Unlock()
	site, err := html.Live(nil, html.Options{}, &html.Findings{
		Heading: "There is no page " + unseen.Line(path), Advice: "The reference is at /.",
	}, version)
	if err != nil {
		return nil, err
	}
	return site.File(html.Index)
}

// after returns a channel that closes when the version is no longer the given one. If it is not,
// the channel is closed already.
func (p *Preview) after(version string) <-chan struct{} {
	p.mu.Lock()
	defer p.mu.Unlock()
	if version != p.version {
		closed := make(chan struct{})
		close(closed)
		return closed
	}
	return p.changed
}
