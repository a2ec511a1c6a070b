package markdown

import (
	"bytes"
	"sync"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/pagetemplate"
	"github.com/errspec/errspec/templates"
)

// Blocks are parts of the reference for a page that somebody else writes.
type Blocks struct {
	b    *builder
	run  *pagetemplate.Run
	page func() *templates.Page // of which some blocks are parts
}

// NewBlocks returns the blocks for a page. hasAnchor reports whether the page has an anchor. A code
// that has no entry on the page is linked to where its documentation is, or not at all: a link that
// leads nowhere is worse than none.
func NewBlocks(c *catalog.Catalog, o Options, hasAnchor func(string) bool) *Blocks {
	h := host{has: hasAnchor, docs: map[string]string{}}
	for e := range c.Public() {
		h.docs[e.Anchor] = e.DocsURL
	}
	o.Tabs = false // the page may not import them, or already does
	b := newBuilder(c, o, h)
	return &Blocks{b: b, run: templateOf(o).Start(c.Len()), page: sync.OnceValue(b.page)}
}

// Envelope returns the form of all errors.
func (k *Blocks) Envelope() ([]byte, error) {
	return k.piece("envelope", k.page())
}

// Statuses returns the table of statuses.
func (k *Blocks) Statuses() ([]byte, error) {
	return k.piece("statuses", k.page())
}

// Retry returns the table of what may be retried.
func (k *Blocks) Retry() ([]byte, error) {
	return k.piece("retry", k.page())
}

// Codes returns the tables of all groups, with headings that begin with these marks.
func (k *Blocks) Codes(heading string) ([]byte, error) {
	k.b.heading = heading
	var all bytes.Buffer
	for _, g := range k.b.groups() {
		if err := k.run.Execute(&all, "group", g); err != nil {
			return nil, err
		}
	}
	return all.Bytes(), nil
}

// Group returns the table of one group.
func (k *Blocks) Group(g *catalog.Group) ([]byte, error) {
	return k.piece("codes", k.b.group(g))
}

// Code returns the entry of a code, with a heading that begins with these marks.
func (k *Blocks) Code(e *catalog.Entry, heading string) ([]byte, error) {
	k.b.heading = heading
	return k.piece("entry", k.b.entry(e, k.b.literal(k.b.c.Groups[e.Group].Title)))
}

// Retired returns the entry of a retired code, with a heading that begins with these marks.
func (k *Blocks) Retired(t *catalog.Tombstone, heading string) ([]byte, error) {
	k.b.heading = heading
	return k.piece("retired", k.b.tombstone(t))
}

func (k *Blocks) piece(name string, data any) ([]byte, error) {
	var out bytes.Buffer
	err := k.run.Execute(&out, name, data)
	return out.Bytes(), err
}

// A host leads from a page that has blocks in it.
type host struct {
	has  func(anchor string) bool
	docs map[string]string // by anchor: where a code's documentation is
}

func (h host) entry(e *catalog.Entry) string       { return h.lead(e.Anchor) }
func (h host) retired(t *catalog.Tombstone) string { return h.lead(t.Anchor) }
func (h host) anchors() func(string) string        { return h.lead }

func (h host) lead(anchor string) string {
	if h.has(anchor) {
		return fragment(anchor)
	}
	return h.docs[anchor]
}
