package typescript

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/message"
	"github.com/errspec/errspec/gen/internal/tsname"
	"github.com/errspec/errspec/gen/internal/value"
)

// tables writes the constants that the runtime reads. Bundlers drop those that nobody uses: no
// initializer calls anything, but for one call that is marked as pure.
func (w *writer) tables() {
	w.policyTable()
	entries := object()
	for _, e := range w.entries {
		entries.items = append(entries.items, member(e.Code, w.catalogEntry(e)))
	}
	w.constant("export ", "What the catalog says of each code.",
		"catalog", "{ readonly [C in Code]: CatalogEntry }", entries)
	w.resolutions()
	w.constant(w.export, "The codes that the catalog had once.",
		"retired", "Readonly<Record<string, Retired>>", w.retiredTable())
	w.constant(w.export, "Which values of a body are read.",
		"envelope", "Shape", w.shape(&w.Envelope.Body))
	if w.has("codeheaders") {
		headers := array()
		for _, h := range w.Envelope.CodeHeaders {
			l := object(
				member("name", scalar(quote(h.Name))), member("before", scalar(quote(h.Before))),
				member("after", scalar(quote(h.After))))
			if h.Open {
				l.items = append(l.items, member("open", scalar("true")))
			}
			headers.items = append(headers.items, l)
		}
		w.constant(w.export, "The headers that tell the code.",
			"codeHeaders", "readonly CodeHeader[]", headers)
	}
	if w.has("typebody") {
		w.constant(w.export, "The codes that are the only ones of their type.",
			"codeByType", "Readonly<Record<string, Code>>", w.typeTable())
	}
	if w.has("bystatus") {
		w.constant(w.export, "The errors that are sent without a code.",
			"anonymous", "readonly Anonymous[]", w.anonymousTable())
	}
	requestID := cmp.Or(w.Envelope.RequestIDHeader(), "X-Request-Id")
	w.constant(w.export, "The header with the id of the request.",
		"requestIdHeader", "string", scalar(quote(requestID)))
	forms := object()
	for _, e := range w.entries {
		if f := e.form(); len(f.items) > 0 {
			forms.items = append(forms.items, member(e.Code, f))
		}
	}
	w.constant(w.export, "How the codes are read that have params or several messages.",
		"forms", "Readonly<Record<string, Form>>", forms)
	w.constant(w.export, "A response for each code, or for each of its variants.",
		"examples", "Readonly<Record<string, Example>>", w.exampleTable())
}

// brand writes what tells errors of this API from others. The class reads it when the module is
// loaded.
func (w *writer) brand() {
	brand := scalar("/* @__PURE__ */ Symbol()")
	if w.Service != "" {
		brand = scalar("/* @__PURE__ */ Symbol.for(" + quote("errspec:"+w.Service) + ")")
	}
	w.constant(w.export, "What errors of this API have, from whichever copy of this module they are.",
		"brand", "unique symbol", brand)
}

// constant writes a declaration.
func (w *writer) constant(export, doc, name, typ string, value literal) {
	head := export + "const " + name + ": " + typ + " = "
	w.WriteString("\n/** " + doc + " */\n" + head)
	value.print(&w.Builder, "", utf8.RuneCountInString(head), len(";"))
	w.WriteString(";\n")
}

// policyTable writes the retry policies, each as a constant of its own, which bundlers see through.
func (w *writer) policyTable() {
	for _, e := range w.entries {
		if e.Retry != nil {
			w.policy(e.Retry)
		}
	}
	fallback := scalar("undefined")
	if w.RetryDefault != nil {
		fallback = scalar(w.policy(w.RetryDefault))
	}
	for i := range w.policies {
		p := &w.policies[i]
		doc := "A policy of single codes."
		if p.Name != "" {
			doc = "The policy `" + p.Name + "`."
		}
		w.constant("", doc, policyName(i), "RetryPolicy", policyLiteral(p))
	}
	w.constant(w.export, "The policy for a gateway's own responses.",
		"defaultPolicy", "RetryPolicy | undefined", fallback)
}

// policy returns the name of a policy.
func (w *writer) policy(p *catalog.RetryPolicy) string {
	n := slices.Index(w.policies, *p)
	if n < 0 {
		n = len(w.policies)
		w.policies = append(w.policies, *p)
	}
	return policyName(n)
}

func policyName(n int) string { return "policy" + strconv.Itoa(n+1) }

func policyLiteral(p *catalog.RetryPolicy) literal {
	factor := p.Factor
	if p.Strategy == catalog.Constant {
		factor = 1
	}
	jitter := map[catalog.Jitter]string{
		catalog.FullJitter: "1", catalog.EqualJitter: "0.5", catalog.NoJitter: "0",
	}
	l := object(
		member("baseMs", milliseconds(p.Base)),
		member("factor", scalar(value.FormatFloat(factor))),
		member("maxDelayMs", milliseconds(p.MaxDelay)),
		member("jitter", scalar(jitter[p.Jitter])),
		member("maxRetries", scalar(strconv.Itoa(p.MaxRetries))),
		member("maxRetryAfterMs", longestWait(p)),
	)
	if p.AnyMethod {
		l.items = append(l.items, member("anyMethod", scalar("true")))
	}
	return l
}

// longestWait returns the longest wait that a policy allows. Without a limit it is Infinity,
// because the longest duration differs by its rounding in seconds and in milliseconds.
func longestWait(p *catalog.RetryPolicy) literal {
	if p.MaxRetryAfter == math.MaxInt64 {
		return scalar("Infinity")
	}
	return milliseconds(p.MaxRetryAfter)
}

func milliseconds(d time.Duration) literal {
	return scalar(value.FormatFloat(float64(d) / float64(time.Millisecond)))
}

func (w *writer) catalogEntry(e *entry) literal {
	statuses := array()
	for _, s := range e.Statuses {
		statuses.items = append(statuses.items, scalar(strconv.Itoa(s)))
	}
	l := object(member("title", scalar(quote(e.Title))), member("statuses", statuses))
	if e.DocsURL != "" {
		l.items = append(l.items, member("docsUrl", scalar(quote(e.DocsURL))))
	}
	if e.Retry != nil {
		l.items = append(l.items, member("retry", scalar(w.policy(e.Retry))))
	}
	return l
}

// resolutions writes the resolutions of codes and variants.
func (w *writer) resolutions() {
	l := object()
	for _, e := range w.entries {
		if e.Resolution != "" {
			l.items = append(l.items, member(e.Code, scalar(quote(string(e.Resolution)))))
		}
		for i := range e.Variants {
			if v := &e.Variants[i]; v.Resolution != "" {
				l.items = append(l.items, member(e.Code+"/"+v.ID, scalar(quote(string(v.Resolution)))))
			}
		}
	}
	w.constant("export ",
		"What to do about an error, in Markdown: by code, or by code and variant as in \"CODE/variant\".",
		"resolutions", "Readonly<Record<string, string>>", l)
}

func (w *writer) retiredTable() literal {
	l := object()
	for i := range w.Retired {
		t, tombstone := &w.Retired[i], object()
		if t.Since != "" {
			tombstone.items = append(tombstone.items, member("since", scalar(quote(t.Since))))
		}
		if t.Status != 0 {
			tombstone.items = append(tombstone.items, member("status", scalar(strconv.Itoa(t.Status))))
		}
		if t.Use != nil && !t.Use.Internal {
			tombstone.items = append(tombstone.items, member("use", scalar(quote(t.Use.Code))))
		}
		l.items = append(l.items, member(t.Code, tombstone))
	}
	return l
}

// typeTable returns the code of each type that one code has alone.
func (w *writer) typeTable() literal {
	l, codes := object(), map[string]int{}
	for _, e := range w.entries {
		codes[e.Type]++
	}
	for _, e := range w.entries {
		if e.Type != "" && codes[e.Type] == 1 {
			l.items = append(l.items, member(e.Type, scalar(quote(e.Code))))
		}
	}
	return l
}

// anonymousTable returns what each body of an error without a code has.
func (w *writer) anonymousTable() literal {
	l := array()
	for _, e := range w.entries {
		if e.Anonymous {
			o := object(
				member("code", scalar(quote(e.Code))),
				member("pattern", jsonLiteral(w.Pattern(e.Entry))),
			)
			if e.KnownBy == catalog.ByBody {
				o.items = append(o.items, member("byBody", scalar("true")))
			}
			if element := w.ElementPattern(e.Entry); element != nil {
				o.items = append(o.items, member("element", jsonLiteral(element)))
			}
			l.items = append(l.items, o)
		}
	}
	return l
}

// form returns how the variant and the params of a code are read, and, of one that is sent without
// a code, the message; {} if there is nothing to read.
func (e *entry) form() literal {
	if len(e.params) == 0 && !e.HasVariants() && !e.Anonymous && e.Silent() < 0 {
		return object()
	}
	messages, params := array(), object()
	for i := range e.Variants {
		v, m := &e.Variants[i], object()
		if v.ID != "" {
			m.items = append(m.items, member("variant", scalar(quote(v.ID))))
		}
		if !v.Silent {
			m.items = append(m.items, member("text", e.template(v.Message)))
		}
		messages.items = append(messages.items, m)
	}
	for _, p := range e.params {
		params.items = append(params.items, member(p.name, e.paramForm(p.Param)))
	}
	l := object(member("messages", messages), member("params", params))
	if headers := e.headerForms(); len(headers) > 0 {
		l.items = append(l.items, member("headers", array(headers...)))
	}
	return l
}

// template returns literals and, between them, the names of params.
func (e *entry) template(t message.Template) literal {
	parts := []string{""}
	for _, s := range t {
		if s.Name == "" {
			parts[len(parts)-1] += s.Literal
		} else {
			parts = append(parts, e.nameOf(s.Name), "")
		}
	}
	return strs(parts)
}

func (e *entry) paramForm(p *catalog.Param) literal {
	l := object(member("wire", scalar(quote(p.Name))), member("type", typeForm(&p.Type)))
	switch e.need(p) {
	case always:
		l.items = append(l.items, member("need", scalar(`"always"`)))
	case never:
		l.items = append(l.items, member("need", scalar(`"never"`)))
	case byMessage:
	}
	return l
}

// headerForms returns the headers that tell a param which some message of the code does not.
func (e *entry) headerForms() (forms []literal) {
	for i := range e.Headers {
		h := &e.Headers[i]
		if e.tellsMore(h) && h.Value.Adjacent() == 0 {
			forms = append(forms,
				object(member("name", scalar(quote(h.Name))), member("text", e.template(h.Value))))
		}
	}
	return forms
}

func (e *entry) tellsMore(h *catalog.Header) bool {
	return slices.ContainsFunc(h.Value.Names(), func(name string) bool {
		return slices.ContainsFunc(e.Variants, func(v catalog.Variant) bool {
			return !contains(v.Message.Names(), name)
		})
	})
}

func typeForm(t *catalog.Type) literal {
	switch {
	case t.Enum != nil:
		values := make([]string, len(t.Enum))
		for i, v := range t.Enum {
			values[i] = v.Value
		}
		return object(member("enum", strs(values)))
	case t.Kind == value.List:
		return object(member("list", typeForm(t.Elem)))
	case t.Kind == value.Map:
		return object(member("map", typeForm(t.Elem)))
	case t.Kind == value.Object:
		fields := object()
		for i, name := range tsname.Fields(t) {
			f := object(member("wire", scalar(quote(t.Fields[i].Name))),
				member("type", typeForm(&t.Fields[i].Type)))
			if t.Fields[i].Optional {
				f.items = append(f.items, member("optional", scalar("true")))
			}
			fields.items = append(fields.items, member(name, f))
		}
		return object(member("fields", fields))
	default:
		return scalar(quote(t.Kind.String()))
	}
}

// exampleTable returns a response for each code, or for each of its variants.
func (w *writer) exampleTable() literal {
	l := object()
	for _, e := range w.entries {
		headers := object(member("Content-Type", scalar(quote(w.Envelope.MediaType))))
		for i := range e.Headers {
			h := &e.Headers[i]
			headers.items = append(headers.items,
				member(h.Name, scalar(quote(inHeader(e.ExampleHeader(h))))))
		}
		for i := range e.Variants {
			v, name := &e.Variants[i], e.Code
			if v.ID != "" {
				name += "/" + v.ID
			}
			l.items = append(l.items, member(name, object(
				member("status", scalar(strconv.Itoa(e.Statuses[0]))),
				member("headers", headers),
				member("body", scalar(quote(string(w.ExampleBody(e.Entry, v, e.Statuses[0]))))),
			)))
		}
	}
	return l
}

// inHeader returns a text as Headers take it: a character for each byte.
func inHeader(text string) string {
	if isPlain(text) {
		return text
	}
	var b strings.Builder
	for i := range len(text) {
		b.WriteRune(rune(text[i]))
	}
	return b.String()
}

// statusText names the statuses of a code: HTTP 401 or 403.
func statusText(e *entry) string {
	words := make([]string, len(e.Statuses))
	for i, s := range e.Statuses {
		words[i] = strconv.Itoa(s)
	}
	if n := len(words); n > 1 {
		return fmt.Sprintf("HTTP %s or %s", strings.Join(words[:n-1], ", "), words[n-1])
	}
	return "HTTP " + words[0]
}
