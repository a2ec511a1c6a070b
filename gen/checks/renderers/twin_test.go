package renderers_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	gmrenderer "github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/message"
	"github.com/errspec/errspec/gen/internal/slug"
	"github.com/errspec/errspec/gen/internal/value"
)

// A twin is a catalog with a word instead of each text, and the texts that the words stand for.
type twin struct {
	words []word
}

// sampleCode is the field whose word is in capitals. The addresses in the sample contain it as an
// anchor, in lower case.
const sampleCode = "envelope.example.code"

// A word stands for a text.
type word struct {
	field string // the field of the text
	text  string
	prose bool // an author's Markdown, in which the site changes quotes and dashes
	code  bool // a block of code, in which white space counts
}

// makeTwin replaces each text of a catalog that may appear on a page, in place.
func makeTwin(t testing.TB, c *catalog.Catalog) *twin {
	t.Helper()
	w := &twin{}
	w.literal("title", &c.Title)
	w.markdown(t, "description", &c.Description)
	w.markdown(t, "envelope.description", &c.Envelope.Description)
	sampled := c.SampleEntry()
	if sampled == nil {
		c.Envelope.Sample.Code = strings.ToUpper(w.add(word{field: sampleCode,
			text: c.Envelope.Sample.Code}))
	}
	w.literal("envelope.example.message", &c.Envelope.Sample.Message)
	w.node(&c.Envelope.Body)
	for i := range c.Statuses {
		w.literal("statuses.title", &c.Statuses[i].Title)
		w.markdown(t, "statuses.cause", &c.Statuses[i].Cause)
	}
	for i := range c.Groups {
		g := &c.Groups[i]
		w.heading("groups.title", &g.Title, &g.Anchor)
		w.markdown(t, "groups.description", &g.Description)
		for _, e := range g.Entries {
			w.entry(t, e)
		}
	}
	for i := range c.Retired {
		r := &c.Retired[i]
		w.heading("retired.code", &r.Code, &r.Anchor)
		w.literal("retired.since", &r.Since)
		w.markdown(t, "retired.note", &r.Note)
	}
	for i := range c.Docs.Sections {
		s := &c.Docs.Sections[i]
		w.heading("docs.sections.title", &s.Title, &s.Anchor)
		w.markdown(t, "docs.sections.text", &s.Text)
	}
	if sampled != nil {
		c.Envelope.Sample.Code = sampled.Code
	}
	return w
}

func (w *twin) entry(t testing.TB, e *catalog.Entry) {
	w.heading("code", &e.Code, &e.Anchor)
	w.literal("docs_url", &e.DocsURL)
	w.literal("type_base", &e.Type)
	w.literal("title", &e.Title)
	w.literal("since", &e.Since)
	for i := range e.Tags {
		w.literal("tags", &e.Tags[i])
	}
	for i := range e.Meta {
		w.literal("meta", &e.Meta[i].Value)
	}
	for i := range e.Links {
		w.literal("links.title", &e.Links[i].Title)
	}
	for i := range e.Params {
		p := &e.Params[i]
		w.value("params.example", &p.Example)
		w.markdown(t, "params.description", &p.Description)
		for j := range p.Enum {
			w.literal("params.enum", &p.Enum[j].Value)
		}
	}
	for i := range e.Values {
		w.value("values", &e.Values[i].Value)
		w.markdown(t, "values.description", &e.Values[i].Description)
	}
	for i := range e.Variants {
		w.literal("variants.id", &e.Variants[i].ID)
		w.template("message", e.Variants[i].Message)
		w.markdown(t, "variants.resolution", &e.Variants[i].Resolution)
	}
	for i := range e.Headers {
		w.template("headers", e.Headers[i].Value)
	}
	w.markdown(t, "entry.description", &e.Description)
	w.markdown(t, "resolution", &e.Resolution)
	if d := e.Deprecated; d != nil {
		w.literal("deprecated.since", &d.Since)
		w.markdown(t, "deprecated.note", &d.Note)
	}
}

// add returns a new word, which equals its anchor.
func (w *twin) add(of word) string {
	w.words = append(w.words, of)
	return fmt.Sprintf("zq%dz", len(w.words)-1)
}

func (w *twin) literal(field string, s *string) {
	if strings.TrimSpace(*s) != "" {
		*s = w.add(word{field: field, text: *s})
	}
}

func (w *twin) heading(field string, title, anchor *string) {
	w.literal(field, title)
	*anchor = *title
}

// template keeps the white space at the edges of a template's literals.
func (w *twin) template(field string, t message.Template) {
	for i := range t {
		if core := strings.TrimSpace(t[i].Literal); core != "" {
			before, after, _ := strings.Cut(t[i].Literal, core)
			t[i].Literal = before + w.add(word{field: field, text: core}) + after
		}
	}
}

func (w *twin) value(field string, v *value.Value) {
	if v.Kind == value.String {
		w.literal(field, &v.Str)
	}
	for i := range v.List {
		w.value(field+" in a list", &v.List[i])
	}
}

// node replaces the constants in the body of the envelope.
func (w *twin) node(n *catalog.Node) {
	if n.Kind == catalog.NodeConst {
		var s string
		if json.Unmarshal(n.Const, &s) == nil && s != "" {
			n.Const = []byte(strconv.Quote(w.add(word{field: "envelope.body", text: s})))
		}
	}
	w.template("envelope.body", n.Text)
	for i := range n.Members {
		w.node(&n.Members[i].Node)
	}
	for i := range n.Items {
		w.node(&n.Items[i])
	}
}

// markdown keeps the blocks of an author's text: each paragraph, heading, cell and piece of code
// becomes a word.
func (w *twin) markdown(t testing.TB, field string, md *catalog.Markdown) {
	if *md == "" {
		return
	}
	a := author{t: t, twin: w, field: field, src: []byte(*md)}
	*md = catalog.Markdown(a.blocks(github.Parser().Parse(text.NewReader(a.src)), "\n\n"))
}

// github reads and renders Markdown like GitHub, except that raw HTML is text.
var github = goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(
	gmrenderer.WithNodeRenderers(util.Prioritized(htmlAsText{}, 100))))

// htmlAsText renders raw HTML as literal text, and an image as its alternative text.
type htmlAsText struct{}

func (htmlAsText) RegisterFuncs(r gmrenderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindImage, func(util.BufWriter, []byte, ast.Node, bool) (ast.WalkStatus,
		error) {
		return ast.WalkContinue, nil
	})
	r.Register(ast.KindRawHTML, func(w util.BufWriter, src []byte, n ast.Node,
		entering bool) (ast.WalkStatus, error) {
		if entering {
			_, _ = w.WriteString(html.EscapeString(string(n.(*ast.RawHTML).Segments.Value(src))))
		}
		return ast.WalkSkipChildren, nil
	})
	r.Register(ast.KindHTMLBlock, func(w util.BufWriter, src []byte, n ast.Node,
		entering bool) (ast.WalkStatus, error) {
		if block := n.(*ast.HTMLBlock); entering {
			raw := string(block.Lines().Value(src))
			if block.HasClosure() {
				raw += string(block.ClosureLine.Value(src))
			}
			_, _ = w.WriteString("<p>" + html.EscapeString(raw) + "</p>\n")
		}
		return ast.WalkSkipChildren, nil
	})
}

// An author is an author's text while it is rewritten with words.
type author struct {
	t     testing.TB
	twin  *twin
	field string
	src   []byte
}

func (a *author) blocks(n ast.Node, sep string) string {
	var out []string
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if b := a.block(c); b != "" {
			out = append(out, b)
		}
	}
	return strings.Join(out, sep)
}

func (a *author) block(n ast.Node) string {
	switch n := n.(type) {
	case *ast.Paragraph, *ast.TextBlock, *ast.HTMLBlock:
		return a.line(n)
	case *ast.Heading:
		if line := a.line(n); line != "" {
			return strings.Repeat("#", n.Level) + " " + line
		}
		return ""
	case *ast.ThematicBreak:
		return "***"
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		code := strings.TrimSuffix(string(n.Lines().Value(a.src)), "\n")
		if code == "" {
			return "```\n```"
		}
		return "```\n" + a.twin.add(word{a.field, code, true, true}) + "\n```"
	case *ast.Blockquote:
		if label, words, ok := a.callout(n); ok {
			return "> " + label + "\n> " + words
		}
		return indented(a.blocks(n, "\n\n"), "> ", "> ")
	case *ast.List:
		return a.list(n)
	case *extast.Table:
		return a.table(n)
	default: // link definitions, which show nothing
		return ""
	}
}

// callout returns the label of a paragraph that is a GitHub callout, and a word for the rest of it.
func (a *author) callout(n ast.Node) (label, words string, ok bool) {
	p, isParagraph := n.FirstChild().(*ast.Paragraph)
	if !isParagraph || n.ChildCount() > 1 || p.Lines().Len() < 2 {
		return "", "", false
	}
	first := p.Lines().At(0)
	label = strings.TrimSpace(string(first.Value(a.src)))
	if !strings.HasPrefix(label, "[!") || !strings.HasSuffix(label, "]") {
		return "", "", false
	}
	words = a.line(p)
	of := &a.twin.words[len(a.twin.words)-1]
	of.text = strings.TrimPrefix(of.text, label+" ")
	return label, words, true
}

// line returns a word for the content of a paragraph, heading or cell, or "" if it shows nothing.
func (a *author) line(n ast.Node) string {
	a.t.Helper()
	var b bytes.Buffer
	if err := github.Renderer().Render(&b, a.src, n); err != nil {
		a.t.Fatal(err)
	}
	var all []string
	for _, seen := range read(a.t, b.String()).blocks {
		all = append(all, seen.text)
	}
	if line := squeeze(strings.Join(all, " ")); line != "" {
		return a.twin.add(word{a.field, line, true, false})
	}
	return ""
}

func (a *author) list(l *ast.List) string {
	sep := "\n"
	if !l.IsTight {
		sep = "\n\n"
	}
	var items []string
	number := l.Start
	for item := l.FirstChild(); item != nil; item = item.NextSibling() {
		marker := string(l.Marker)
		if l.IsOrdered() {
			marker = strconv.Itoa(number) + marker
			number++
		}
		marker += " "
		items = append(items, indented(a.blocks(item, sep), marker,
			strings.Repeat(" ", len(marker))))
	}
	return strings.Join(items, sep)
}

func (a *author) table(t *extast.Table) string {
	var lines []string
	for row := t.FirstChild(); row != nil; row = row.NextSibling() {
		line, rule := "|", "|"
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			line += " " + a.line(cell) + " |"
			rule += " --- |"
		}
		lines = append(lines, line)
		if row.Kind() == extast.KindTableHeader {
			lines = append(lines, rule)
		}
	}
	return strings.Join(lines, "\n")
}

func indented(block, first, rest string) string {
	return first + strings.ReplaceAll(block, "\n", "\n"+rest)
}

// squeeze replaces each run of line ends and separators by one space, and trims both ends. A
// browser would not collapse those beyond ASCII, but pages contain none.
func squeeze(s string) string {
	return strings.Join(strings.FieldsFunc(s,
		func(r rune) bool { return strings.ContainsRune(" \t\n\v\f\r\u0085\u2028\u2029", r) }), " ")
}

// spaced are the fields shown as code, or with something after them: space at their ends counts.
var spaced = map[string]bool{"tags": true, "params.enum": true, "params.example": true,
	"values in a list": true}

func squeezeInside(s string) string {
	inner := squeeze(s)
	if strings.TrimLeft(s, " \t\n\u2028") != s {
		inner = " " + inner
	}
	if strings.TrimRight(s, " \t\n\u2028") != s {
		inner += " "
	}
	return inner
}

var standIn = regexp.MustCompile(`zq\d+z|ZQ\d+Z`)

// expected returns what the page should show where its twin shows b, and whether it contains an
// author's prose.
func (w *twin) expected(b block) (want block, prose bool) {
	if b.kind == "pre" {
		return block{kind: b.kind, text: w.code(b.text)}, false
	}
	put := func(s string) string {
		return standIn.ReplaceAllStringFunc(s, func(found string) string {
			of := w.of(found)
			prose = prose || of.prose
			if spaced[of.field] {
				return squeezeInside(of.text)
			}
			if of.field == "docs_url" { // as plainURL shows links
				return unescaped(of.text)
			}
			return squeeze(of.text)
		})
	}
	return block{b.kind, collapse(put(b.text)), collapse(put(b.form))}, prose
}

// of returns the word with a spelling.
func (w *twin) of(found string) word {
	i, err := strconv.Atoi(found[2 : len(found)-1])
	if err != nil || i >= len(w.words) {
		panic("renderers: no text was replaced by " + found)
	}
	of := w.words[i]
	if of.field == sampleCode && found == strings.ToLower(found) {
		of.text = slug.Make(of.text)
	}
	return of
}

// code puts texts back into a block of code: an author's, or a response body.
func (w *twin) code(s string) string {
	if found := standIn.FindString(s); found == s && s != "" {
		return w.of(found).text
	}
	var body any
	if json.Unmarshal([]byte(s), &body) != nil {
		return s
	}
	return encoded(w.inJSON(body))
}

func (w *twin) inJSON(v any) any {
	switch v := v.(type) {
	case string:
		return standIn.ReplaceAllStringFunc(v,
			func(found string) string { return w.of(found).text })
	case []any:
		for i := range v {
			v[i] = w.inJSON(v[i])
		}
	case map[string]any:
		for key := range v {
			v[key] = w.inJSON(v[key])
		}
	}
	return v
}

// encoded returns a response body in a comparable form.
func encoded(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(data)
}

// sameCode returns a block of code in a comparable form: a response body without its layout.
func sameCode(s string) string {
	var body any
	if strings.HasPrefix(s, "{") && json.Unmarshal([]byte(s), &body) == nil {
		return encoded(body)
	}
	return s
}
