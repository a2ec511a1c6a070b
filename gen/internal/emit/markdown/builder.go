package markdown

import (
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/mdtext"
	"github.com/errspec/errspec/gen/internal/pyname"
	"github.com/errspec/errspec/gen/internal/reference"
	"github.com/errspec/errspec/gen/internal/sample"
	"github.com/errspec/errspec/gen/internal/value"
	"github.com/errspec/errspec/templates"
)

// A builder makes the views of one catalog. What many entries have in common is made once.
type builder struct {
	c       *catalog.Catalog
	o       Options
	links   links
	style   mdtext.Style
	heading string // the marks of the headings of groups and entries
	entries map[*catalog.Entry]*templates.Entry
	samples *sample.Writer
	python  map[*catalog.Entry]pyname.Entry // nil until they are needed

	statusViews map[int]templates.Status
	retryViews  map[catalog.RetryPolicy]*templates.Retry
}

// links say where links lead.
type links interface {
	entry(*catalog.Entry) string       // to a code's entry; "" if there is none to lead to
	retired(*catalog.Tombstone) string // to that of a retired code
	anchors() func(string) string      // see mdtext.Style.Anchor
}

func newBuilder(c *catalog.Catalog, o Options, l links) *builder {
	return &builder{
		c: c, o: o, links: l, heading: "###",
		style:       mdtext.Style{Dialect: o.Dialect, Anchor: l.anchors()},
		samples:     sample.New(c, sample.Asked(c, o.Generated)),
		entries:     make(map[*catalog.Entry]*templates.Entry, c.Len()),
		statusViews: map[int]templates.Status{},
		retryViews:  map[catalog.RetryPolicy]*templates.Retry{},
	}
}

// text returns what an author wrote, or nil for nothing.
func (b *builder) text(md catalog.Markdown) templates.Text {
	if d := b.style.Parse(string(md)); !d.IsEmpty() {
		return d
	}
	return nil
}

func (b *builder) literal(s string) string { return b.style.Literal(s) }
func (b *builder) code(s string) string    { return b.style.Code(s) }

// samplesOf returns samples as fences.
func (b *builder) samplesOf(all []sample.Sample) []templates.Sample {
	var views []templates.Sample
	for i, s := range all {
		views = append(views, templates.Sample{
			ID: s.ID, Language: s.Title,
			Code: mdtext.Fence(s.Fence, strings.TrimSuffix(s.Code, "\n")),
			Tab:  b.o.Tabs, First: i == 0, Last: i == len(all)-1,
		})
	}
	return views
}

// link returns a code as a link to its entry, or "" for none.
func (b *builder) link(e *catalog.Entry) string {
	if e == nil || e.Internal {
		return ""
	}
	return mdtext.Link(b.code(e.Code), b.links.entry(e))
}

// status returns a status with the name that the status table gives it, or else the one that HTTP
// has.
func (b *builder) status(code int) templates.Status {
	view, ok := b.statusViews[code]
	if !ok {
		view = templates.Status{Code: code, Title: b.literal(reference.StatusTitle(b.c, code))}
		b.statusViews[code] = view
	}
	return view
}

func (b *builder) retry(p *catalog.RetryPolicy) *templates.Retry {
	if p == nil {
		return nil
	}
	view := b.retryViews[*p]
	if view == nil {
		view = &templates.Retry{
			Max:           p.MaxRetries,
			Waits:         reference.Waits(p),
			MaxRetryAfter: value.FormatDuration(p.MaxRetryAfter),
			AnyMethod:     p.AnyMethod,
		}
		b.retryViews[*p] = view
	}
	return view
}
