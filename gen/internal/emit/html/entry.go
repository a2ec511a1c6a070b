package html

import (
	"cmp"
	"html"
	"html/template"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/encode"
	"github.com/errspec/errspec/gen/internal/find"
	"github.com/errspec/errspec/gen/internal/reference"
)

func (b *builder) entry(e *catalog.Entry) *entry {
	view := &entry{
		Code: e.Code, Anchor: e.Anchor, Title: reference.Meaning(e), Href: b.hrefs[e.Code],
		Description: b.block(e.Description),
		StandsFor:   reference.StandsFor(b.c, e),
		Recognition: reference.Recognition(e),
		HasVariants: e.HasVariants(),
		Messages:    b.messages(e),
		Params:      b.params(e),
		Values:      b.values(e),
		Resolution:  b.block(e.Resolution),
		Headers:     headers(e),
		Tags:        e.Tags,
		Since:       e.Since,
	}
	if made := b.made[e.Code]; made != nil {
		view.Responses, view.Samples = made.Responses, made.Samples
	} else {
		view.Responses, view.Samples = b.responses(e), codes(b.samples.Of(e), e.Anchor, e.Code)
	}
	view.Line, view.Whole = b.line(e)
	for _, code := range e.Statuses {
		view.Statuses = append(view.Statuses,
			status{Code: code, Title: reference.StatusMeaning(b.c, e, code), Class: class(code)})
	}
	var titles []string
	for _, code := range e.Statuses {
		titles = append(titles, reference.StatusTitle(b.c, code))
	}
	view.Searched = view.searched(titles)
	view.Stem, view.Known = find.StemOf(e), find.TypeOf(e)
	if forms := find.FormsOf(e); forms != nil {
		view.Forms = string(encode.CompactJSON(forms))
	}
	if params := find.ParamsOf(e); params != nil {
		view.OwnParams = string(encode.CompactJSON(params))
	}
	for _, other := range e.See {
		if r := b.ref(other); r != nil {
			view.See = append(view.See, *r)
		}
	}
	for _, l := range e.Links {
		view.Links = append(view.Links, outside(l))
	}
	view.RetryAdvice = reference.RetryAdvice(e)
	view.Never = e.Retry == nil && e.RetryStated
	if e.Retry != nil {
		view.Retry = retryOf(e.Retry)
	}
	if e.Stability != catalog.Stable {
		view.Stability = string(e.Stability)
	}
	if d := e.Deprecated; d != nil {
		view.Deprecated = &deprecated{d.Since, b.ref(d.Use), b.block(d.Note)}
	}
	return view
}

// line returns what the index says of a code: what to do, or else what it means, or else what it
// says.
func (b *builder) line(e *catalog.Entry) (template.HTML, bool) {
	for _, md := range []catalog.Markdown{e.Resolution, e.Description} {
		if line, whole := b.md.Line(string(md)); line != "" {
			return template.HTML(line), whole
		}
	}
	if e.Variants[0].Silent {
		return template.HTML(reference.NoMessage), len(e.Variants) == 1
	}
	return template.HTML(html.EscapeString(reference.WithBlanks(e.Variants[0].Message))),
		len(e.Variants) == 1
}

// searched returns what the search looks at beside messages.
func (e *entry) searched(statusTitles []string) string {
	texts := []string{e.Title}
	texts = append(texts, statusTitles...)
	for _, m := range e.Messages {
		texts = append(texts, textOf(m.Resolution))
	}
	if !e.Whole {
		texts = append(texts, textOf(e.Resolution))
	}
	return searched(append(texts, e.Tags...)...)
}

// searched joins texts so that no word is in two of them.
func searched(texts ...string) string {
	texts = slices.DeleteFunc(texts, func(s string) bool { return s == "" })
	return strings.ToLower(strings.Join(texts, "\n"))
}

var tag = regexp.MustCompile(`<[^>]*>`)

// textOf returns the text that a reader sees of HTML that was rendered from Markdown.
func textOf(rendered template.HTML) string {
	return strings.TrimSpace(html.UnescapeString(tag.ReplaceAllString(string(rendered), "")))
}

// ref returns the link to another code, or nil if there is none.
func (b *builder) ref(e *catalog.Entry) *ref {
	if e == nil || e.Internal {
		return nil
	}
	return &ref{e.Code, b.hrefs[e.Code]}
}

func (b *builder) messages(e *catalog.Entry) []text {
	views := make([]text, len(e.Variants))
	for i := range e.Variants {
		v := &e.Variants[i]
		views[i] = text{v.ID, v.Message, b.block(v.Resolution)}
	}
	return views
}

// params returns the params that a client may see.
func (b *builder) params(e *catalog.Entry) []param {
	var views []param
	for i := range e.Params {
		p := &e.Params[i]
		if p.Sensitive {
			continue
		}
		views = append(views, param{
			Name:        p.Name,
			Type:        reference.ParamType(&b.c.Envelope.Body, p),
			Optional:    p.Optional,
			Example:     reference.Shown(p.Example),
			Description: b.block(p.Description),
		})
		for f := range reference.Fields(p) {
			views = append(views, param{Name: f.Path, Type: f.Type, Optional: f.Optional})
		}
	}
	return views
}

func (b *builder) values(e *catalog.Entry) []fact {
	var views []fact
	for i := range e.Values {
		v := &e.Values[i]
		views = append(views, fact{v.Name, reference.Shown(v.Value), b.block(v.Description)})
	}
	return views
}

func headers(e *catalog.Entry) []header {
	var views []header
	for _, h := range e.Headers {
		line, _ := reference.HeaderLine(e, h)
		views = append(views, header{line})
	}
	return views
}

// responses returns the response of each variant with the default status, then of the first variant
// with each of the other statuses.
func (b *builder) responses(e *catalog.Entry) []response {
	var views []response
	add := func(v *catalog.Variant, status int, label string) {
		views = append(views,
			response{label, b.head(e, status), highlighted(b.c.ExampleBody(e, v, status))})
	}
	for i := range e.Variants {
		v := &e.Variants[i]
		add(v, e.Statuses[0], cmp.Or(v.ID, strconv.Itoa(e.Statuses[0])))
	}
	for _, status := range e.Statuses[1:] {
		add(&e.Variants[0], status, strings.TrimSpace(e.Variants[0].ID+" "+strconv.Itoa(status)))
	}
	return views
}

// head returns the status line of a response, its headers, and the empty line after them.
func (b *builder) head(e *catalog.Entry, status int) string {
	lines := []string{
		strings.TrimSpace("HTTP/1.1 " + strconv.Itoa(status) + " " + http.StatusText(status)),
		"Content-Type: " + b.c.Envelope.MediaType,
	}
	for _, h := range e.Headers {
		_, example := reference.HeaderLine(e, h)
		lines = append(lines, example)
	}
	return strings.Join(lines, "\n") + "\n\n"
}
