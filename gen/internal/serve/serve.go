// Package serve is the HTML reference of one catalog while somebody works on it: served to the
// browser on the same machine, and brought up to date whenever a file of the catalog changes.
//
// A catalog that is broken leaves the last good page, with what is wrong above it.
// [Preview.Handler] serves the pages, and [Preview.Follow] watches the files that the catalog was
// last read from: the root, what it includes, its sections, and the folders in which a pattern
// looks for more.
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
	"github.com/errspec/errspec/gen/internal/source"
	"github.com/errspec/errspec/gen/internal/unseen"
	"github.com/errspec/errspec/gen/internal/versions"
)

// A Preview is the state of the reference. Many may use it at once.
type Preview struct {
	name string // of the catalog, as the user wrote it

	mu      sync.Mutex
	good    *catalog.Catalog // the last one that had no errors; nil: none yet
	version string
	pages   map[string][]byte // by path, without a slash before it
	changed chan struct{}     // closed when there is another version
}

// New returns a preview without pages: call [Preview.Load].
func New(name string) *Preview {
	return &Preview{name: name, changed: make(chan struct{})}
}

// A Result is what came of reading the catalog once.
type Result struct {
	Changed  bool             // there is another version of the pages
	Catalog  *catalog.Catalog // nil if it has errors
	Findings diag.List
	Unread   string // why the catalog could not be read at all; "" if it could
	// that were asked for, slash-separated, relative to the catalog's folder; also those that are
	// not there
	Files []string
}

// Load reads the catalog again, and brings the pages up to date. The error is about us; what is
// wrong with the catalog is in the result, and on the pages.
func (p *Preview) Load(ctx context.Context) (Result, error) {
	var r Result
	src, err := versions.Open(ctx, p.name, nil)
	if err != nil {
		r.Unread = err.Error()
	} else {
		seen := &recorder{FS: src.FS}
		r.Catalog, r.Findings = pipeline.Load(&source.Source{File: src.File, FS: seen})
		r.Files = seen.names
	}
	r.Changed, err = p.show(&r)
	return r, err
}

// show brings the pages up to date, and reports whether they are others than before.
func (p *Preview) show(r *Result) (bool, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if r.Catalog != nil {
		p.good = r.Catalog
	}
	findings, err := p.findings(r)
	if err != nil {
		return false, err
	}
	version := versionOf(p.good, findings)
	if version == p.version {
		return false, nil
	}
	files, err := html.Live(p.good, findings, version)
	if err != nil {
		return false, err
	}
	p.version, p.pages = version, make(map[string][]byte, len(files))
	for _, f := range files {
		p.pages[f.Path] = f.Data
	}
	close(p.changed)
	p.changed = make(chan struct{})
	return true, nil
}

// findings returns what the pages say of a catalog that can not be shown, or nil.
func (p *Preview) findings(r *Result) (*html.Findings, error) {
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
	if err := (report.Text{}).Write(&text, &r.Findings); err != nil {
		return nil, err
	}
	f.Heading, f.Text = unseen.Line(p.name)+" has errors", text.String()
	return f, nil
}

// versionOf names what the pages show.
func versionOf(c *catalog.Catalog, findings *html.Findings) string {
	h := sha256.New()
	if c != nil {
		_, _ = io.WriteString(h, c.Hash())
	}
	_, _ = fmt.Fprintf(h, "%+v", findings)
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// page returns a page by its path, or nil.
func (p *Preview) page(path string) []byte {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.pages[path]
}

// after returns a channel that is closed when there is another version than the one named. It is
// closed already if there is.
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
