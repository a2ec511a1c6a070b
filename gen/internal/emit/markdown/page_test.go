package markdown_test

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/yuin/goldmark/ast"
	"pgregory.net/rapid"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/catalog/catalogtest"
	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/gen/internal/emit/markdown"
	"github.com/errspec/errspec/gen/internal/message"
	"github.com/errspec/errspec/gen/internal/slug"
	"github.com/errspec/errspec/gen/internal/value"
)

// catalogs are what every page must hold for.
func catalogs(t *testing.T) map[string]*catalog.Catalog {
	t.Helper()
	all := map[string]*catalog.Catalog{
		"bitHuman": load(t, "../../../../catalog.yaml"),
		"hostile":  load(t, "testdata/hostile.yaml"),
	}
	for _, e := range catalogtest.Envelopes() {
		all[e.Name] = catalogtest.Everything(e.Envelope)
	}
	return all
}

func TestEveryPage(t *testing.T) {
	for name, c := range catalogs(t) {
		t.Run(name, func(t *testing.T) {
			p := emitted(t, c)
			if !emit.MarkdownMark.In(p.src) {
				t.Error("the page does not carry our mark")
			}
			t.Run("links", func(t *testing.T) { linksResolve(t, p) })
			t.Run("MDX", func(t *testing.T) { safeForMDX(t, p) })
			t.Run("layout", func(t *testing.T) { tidy(t, p) })
			t.Run("entries", func(t *testing.T) { entriesAreWhole(t, c, p) })
		})
	}
}

// linksResolve wants a heading for every link within the page, and no heading whose anchor would be
// another's.
func linksResolve(t *testing.T, p page) {
	anchors := map[string]bool{}
	for _, h := range p.headings() {
		if anchors[slug.Make(h)] {
			t.Errorf("two headings have the anchor #%s", slug.Make(h))
		}
		anchors[slug.Make(h)] = true
	}
	each(p, func(l *ast.Link) {
		if anchor, ok := strings.CutPrefix(string(l.Destination), "#"); ok && !anchors[anchor] {
			t.Errorf("the link #%s leads nowhere; there are %q", anchor, p.headings())
		}
	})
}

var (
	tagsForAll = []string{
		"<code>", "</code>", "<em>", "</em>", "<strong>", "</strong>", "<del>", "</del>", "<br />",
	}
	escaped = regexp.MustCompile(`\\[!-/:-@\[-` + "`" + `{-~]`)
	// JSX is strict: an element of its own, whose end follows.
	anchorInMDX = regexp.MustCompile(`^(<a id="[^"<>{}]+">|</a>)$`)
	rawInMDX    = regexp.MustCompile(`[<{}]`)
	bareLink    = regexp.MustCompile(`https?://|www\.`)
)

// safeForMDX wants no HTML but the few tags that all renderers know, and none of the characters
// that MDX reads as a program.
func safeForMDX(t *testing.T, p page) {
	each(p, func(n *ast.HTMLBlock) {
		t.Errorf("the page has a block of HTML: %s", n.Lines().Value(p.src))
	})
	each(p, func(n *ast.CodeBlock) {
		t.Errorf("the page has indented code: %s", n.Lines().Value(p.src))
	})
	each(p, func(n *ast.RawHTML) {
		tag := string(n.Segments.Value(p.src))
		if !slices.Contains(tagsForAll, tag) && !anchorInMDX.MatchString(tag) {
			t.Errorf("the page has the tag %s", tag)
		}
	})
	each(p, func(n *ast.AutoLink) { t.Errorf("the page has the autolink %s", n.URL(p.src)) })
	each(p, func(n *ast.Text) {
		if n.Parent().Kind() == ast.KindCodeSpan {
			return
		}
		raw := escaped.ReplaceAllString(string(n.Value(p.src)), "")
		if rawInMDX.MatchString(raw) || bareLink.MatchString(raw) {
			t.Errorf("the text %q means something to some renderer", raw)
		}
	})
	each(p, func(n *ast.Paragraph) {
		if first := n.FirstChild(); first != nil && first.Kind() == ast.KindRawHTML {
			t.Errorf("a paragraph begins with a tag, which is a block in MDX: %s", n.Lines().Value(p.src))
		}
	})
}

var outsideFences = regexp.MustCompile("(?ms)^(`{3,}).*?^`{3,}$")

// tidy wants a page that a linter of Markdown has nothing to say about: no double empty lines, no
// space at the end of a line.
func tidy(t *testing.T, p page) {
	prose := outsideFences.ReplaceAllString(string(p.src), "fence")
	for _, bad := range []string{"\n\n\n", " \n", "\t"} {
		if i := strings.Index(prose, bad); i >= 0 {
			t.Errorf("the page has %q after: %s", bad, prose[max(0, i-80):i])
		}
	}
	if !strings.HasSuffix(prose, "\n") || strings.HasSuffix(prose, "\n\n") {
		t.Error("the page does not end in one line end")
	}
}

// entriesAreWhole wants an entry for each public code, with its messages and an example that is the
// body which a server sends, and nothing of the internal ones.
func entriesAreWhole(t *testing.T, c *catalog.Catalog, p page) {
	headings, code, examples := p.headings(), codeSpans(p), bodies(t, p)
	for e := range c.All() {
		if e.Internal {
			if slices.Contains(headings, e.Code) || bytes.Contains(p.src, []byte(e.Code)) {
				t.Errorf("the internal code %s is on the page", e.Code)
			}
			continue
		}
		if !slices.Contains(headings, collapse(e.Code)) {
			t.Errorf("the code %s has no entry", e.Code)
		}
		for i := range e.Variants {
			text := e.Variants[i].Message.Fill(func(name string) string { return "<" + name + ">" })
			if !slices.Contains(code, collapse(text)) {
				t.Errorf("the message %q is not shown as it is", text)
			}
		}
		want := decoded(t, c.ExampleBody(e, &e.Variants[0], e.Statuses[0]))
		if !slices.ContainsFunc(examples, func(x any) bool { return cmp.Equal(x, want) }) {
			t.Errorf("the body of %s is not on the page: %v", e.Code, want)
		}
	}
	if !cmp.Equal(examples[0], decoded(t, c.SampleBody())) {
		t.Errorf("the page does not begin with the form of all errors, but with %v", examples[0])
	}
}

// codeSpans returns the text of all code in lines, whether it is in backticks or in tags.
func codeSpans(p page) []string {
	var all []string
	each(p, func(n *ast.CodeSpan) { all = append(all, p.shown(n)) })
	each(p, func(n *ast.RawHTML) {
		if string(n.Segments.Value(p.src)) != "<code>" {
			return
		}
		var text strings.Builder
		for c := n.NextSibling(); c != nil && c.Kind() != ast.KindRawHTML; c = c.NextSibling() {
			text.WriteString(p.shown(c))
			if t, ok := c.(*ast.Text); ok && strings.HasSuffix(string(t.Value(p.src)), " ") {
				text.WriteByte(' ')
			}
		}
		all = append(all, collapse(text.String()))
	})
	return all
}

func collapse(s string) string { return strings.Join(strings.Fields(s), " ") }

func bodies(t *testing.T, p page) []any {
	t.Helper()
	var all []any
	for _, text := range p.fences("json") {
		if strings.Contains(text, "{{") || strings.Contains(text, "{%") {
			t.Errorf("the body would be a shortcode in Hugo or a tag in Jekyll: %s", text)
		}
		all = append(all, decoded(t, []byte(text)))
	}
	return all
}

func decoded(t *testing.T, data []byte) any {
	t.Helper()
	var x any
	if err := json.Unmarshal(data, &x); err != nil {
		t.Fatalf("%v in %s", err, data)
	}
	return x
}

func TestWhatAPageSays(t *testing.T) {
	p := emitted(t, catalogtest.Everything(catalogtest.Envelopes()[0].Envelope))
	all := p.shown(p.root)
	for _, want := range []string{
		"Branch on error.code. If a code has variants, error.message tells them apart, and its wording is stable. Any other wording may change.",
		"any other response 429/502/503/504 4 random, up to 1s, 2s, 4s, 8s 5m idempotent",
		"RATE_LIMITED 429 4 random, up to 1s, 2s, 4s, 8s 5m idempotent",
		"INTERNAL_ERROR 500 1 1.5s 1m any", "OLD_KEY (deprecated) 401",
		"ACCOUNT_SUSPENDED (beta) 403/401", "HTTP 401 · since 1.10",
		"HTTP 403 Forbidden or 401 Unauthorized · beta: may still change",
		"Deprecated since 2026-01-01. Use UNAUTHORIZED instead. Keys have one kind.",
		"What to do: Send a valid api-key. not this one Retry: Do not retry: the request will fail again until you change something.",
		"Send a smaller one. <kbd>|</kbd>", "floor -11 The lowest balance.",
		"kind one of image, video image", "limit bytes 10 MB The limit.", "violations list of objects",
		"violations[].field string", "violations[].count int", "hint string, optional Try a JPEG",
		"Message: The <kind> file exceeds <limit>.",
		"The error has 2 variants. Message file: No file <id> Message page: No page <page> of file <id> Ask for a lower page.",
		"Retry: Retry up to 4 times if the request is idempotent. Wait before each retry: random, up to 1s, 2s, 4s, 8s.",
		"Retry: Retry once, with any method. Wait before the retry: 1.5s.",
		"Headers: Retry-After: <retry_after> (such as Retry-After: 6), X-Kind: limit",
		"Read more: Limits", "Tags: auth, key",
		"FILE_MISSING Retired since 2026-06-12; it was HTTP 404 Not Found. Use NOT_FOUND instead. See NOT_FOUND.",
	} {
		if !strings.Contains(all, want) {
			t.Errorf("the page does not say: %s", want)
		}
	}
	for _, not := range []string{"owner", "u_1", "SECRET_STATE"} {
		if strings.Contains(all, not) {
			t.Errorf("the page tells %q, which is internal or sensitive", not)
		}
	}
}

func TestThePageLeadsToWhatIsBesideIt(t *testing.T) {
	files, err := markdown.Emit(load(t, "../../../../catalog.yaml"),
		markdown.Options{Beside: []emit.Beside{
			{Name: "go", Path: "apierr"},
			{Name: "json", Path: "data/errors (1).json"},
			{Name: "schema", Path: "errors.schema.json"},
		}})
	if err != nil {
		t.Fatal(err)
	}
	want := "\n\nMachine-readable: [errors.schema.json](errors.schema.json) (the JSON Schema of the response body), " +
		"[data/errors (1).json](data/errors%20%281%29.json) (this page as data).\n\n"
	if page := string(files[0].Data); !strings.Contains(page, want) {
		t.Errorf("the page does not say %q; it begins\n%s", want, page[:min(1500, len(page))])
	}
}

func TestHeadOfThePage(t *testing.T) {
	for _, test := range []struct{ name, frontMatter, want string }{
		{
			"no front matter",
			"",
			"[//]: # (Code generated by errspec; DO NOT EDIT.)\n\n# Example errors\n\nAll errors",
		},
		{
			"front matter",
			"section: api\norder: 33\n",
			"---\nsection: api\norder: 33\n---\n\n[//]: # (Code generated by errspec; DO NOT EDIT.)\n\n" +
				"# Example errors\n\nAll errors",
		},
		{
			"front matter with a title",
			"order: 33\ntitle: Errors\n",
			"---\norder: 33\ntitle: Errors\n---\n\n[//]: # (Code generated by errspec; DO NOT EDIT.)\n\n" +
				"All errors",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := catalogtest.Everything(catalogtest.Envelopes()[0].Envelope)
			c.Docs.FrontMatter = test.frontMatter
			if got := emitted(t, c).src; !bytes.HasPrefix(got, []byte(test.want)) {
				t.Errorf("want\n%s\ngot\n%s", test.want, got[:min(len(got), 2*len(test.want))])
			}
		})
	}
}

func TestWhereToBranch(t *testing.T) {
	want := map[string]string{
		"nested":   "Branch on error.code. If a code has variants, error.message tells them apart, and its wording is stable.",
		"problem":  "Branch on code. If a code has variants, detail tells them apart, and its wording is stable.",
		"google":   "Branch on error.details[0].reason. If a code has variants, error.message tells them apart,",
		"json-api": "Branch on errors[0].code, and then on meta.variant if the code has variants. Do not branch on errors[0].detail, whose wording may change.",
		"urn":      "Branch on the code. If a code has variants, message tells them apart,",
	}
	for _, e := range catalogtest.Envelopes() {
		p := emitted(t, catalogtest.Everything(e.Envelope))
		if all := p.shown(p.root); !strings.Contains(all, want[e.Name]) {
			t.Errorf("%s: the page does not say %q; it begins %q", e.Name, want[e.Name], all[:300])
		}
	}
}

// TestWhatTheFormDoesNotShow asks of the page that it does not pass the form of all errors off as
// one.
func TestWhatTheFormDoesNotShow(t *testing.T) {
	envelopes := catalogtest.Envelopes()
	for name, want := range map[string]string{
		"nested":  "", // every error has all of this body
		"problem": "The media type is application/problem+json. Omitted if the error has none: instance. <a param> stands for the error's own params, which its entry lists. HTTP status codes",
		"stripe":  "Omitted if the error has none: error.request_id, error.param, error.limit. HTTP status codes",
		"google":  "Omitted if the error has none: error.details[0].metadata. <a param> stands for the error",
	} {
		for _, e := range envelopes {
			if e.Name != name {
				continue
			}
			p := emitted(t, catalogtest.Everything(e.Envelope))
			all := collapse(p.shown(p.root))
			says := strings.Contains(all, "Omitted if") || strings.Contains(all, "stands for")
			if !strings.Contains(all, want) || says != (want != "") {
				_, all, _ = strings.Cut(all, "Error response format")
				t.Errorf("%s: the page does not say %q but %q", name, want, all[:500])
			}
		}
	}
	c := catalogtest.Everything(envelopes[1].Envelope)
	c.Envelope.Sample = catalog.Sample{Code: "NOT_FOUND", Message: "No file A91", Status: 404}
	if p := emitted(t, c); !strings.Contains(string(p.src),
		"\nThe example shows [`NOT_FOUND`](#not_found).\n\n"+
			"Omitted if the error has none: `instance`.\n\n") {
		t.Errorf("the page does not say of which code the sample is: %.1500s", p.src)
	}
}

// Whatever a catalog says in its literal fields, the page keeps its form and shows it.
func TestHostileTexts(t *testing.T) {
	piece := rapid.SampledFrom([]string{
		"|", "`", "``", "```", "*", "_", "<b>", "</script>", "<!--", "{", "}", "{{", "{%", "\\", "&amp;",
		"[a](b)", "]: x", "#", "- ", "1. ", "\n", "\n\n", "%d", "*/", "~~", "$", "http://a.io",
		"www.a.io", "a@b.io", ":x:", "import ", "word", "é", " ", "'", "\"", "--", "...",
	})
	hostile := rapid.Map(rapid.SliceOfN(piece, 1, 6), func(s []string) string {
		return "x" + strings.Join(s, "") + "x"
	})
	form := formOf(emitted(t, catalogtest.Everything(catalogtest.Envelopes()[0].Envelope)))
	rapid.Check(t, func(rt *rapid.T) {
		c := catalogtest.Everything(catalogtest.Envelopes()[0].Envelope)
		var texts []string
		literal := func(name string) string {
			text := hostile.Draw(rt, name)
			texts = append(texts, text)
			return text
		}
		c.Title = literal("title")
		c.Groups[0].Title, c.Statuses[0].Title = literal("group"), literal("status")
		e := c.Groups[0].Entries[0]
		e.Title, e.Since, e.Tags = literal("entry"), literal("since"), []string{literal("tag")}
		e.Variants[0].Message = message.Template{{Literal: literal("message")}}
		e.Links = []catalog.Link{{Title: literal("link"), URL: "/x"}}
		p := emitted(t, c)
		all := collapse(p.shown(p.root))
		for _, text := range texts {
			if !strings.Contains(all, collapse(text)) {
				rt.Fatalf("the page does not show %q", text)
			}
		}
		if diff := cmp.Diff(form, formOf(p)); diff != "" {
			rt.Fatalf("the page lost its form (-want +got):\n%s", diff)
		}
	})
}

// formOf returns how many headings a page has, and how many cells in the rows of its tables.
func formOf(p page) (form []int) {
	form = append(form, len(p.headings()))
	for _, table := range p.tables() {
		for _, row := range table {
			form = append(form, len(row))
		}
	}
	return form
}

// What is in a table and nowhere else is there whole; what is in an entry, too, is cut, and leads
// there.
func TestTablesLoseNothing(t *testing.T) {
	text := catalog.Markdown("First.\n\n- Second\n- Third")
	c := catalogtest.Everything(catalogtest.Envelopes()[0].Envelope)
	for i := range c.Statuses {
		c.Statuses[i].Cause = text
	}
	e := c.Groups[0].Entries[0]
	e.Resolution = text
	e.Params = []catalog.Param{{Name: "limit", Description: text}}
	e.Values = []catalog.Value{{Name: "max", Description: text}}
	src := string(emitted(t, c).src)
	const whole = "| First. <br />• Second <br />• Third |"
	if got, want := strings.Count(src, whole), len(c.Statuses)+2; got != want {
		t.Errorf("%d cells have the whole text, want %d:\n%s", got, want, src)
	}
	if want := "| First. … [More](#" + e.Anchor + ") |"; !strings.Contains(src, want) {
		t.Errorf("no row has %s", want)
	}
	for e := range c.All() {
		e.DocsURL = ""
	}
	blocks := markdown.NewBlocks(c, markdown.Options{}, func(string) bool { return false })
	got, err := blocks.Codes("###")
	if err != nil || strings.Count(string(got), whole) < 1 {
		t.Errorf("where no link leads to the entry, the table does not have the whole text (%v):\n%s",
			err, got)
	}
}

func TestTitleThatIsTheCode(t *testing.T) {
	c := load(t, "../../../../catalog.yaml")
	first := c.Groups[0].Entries[0]
	first.Title = first.Code
	_, entry, _ := strings.Cut(string(emitted(t, c).src), "### `"+first.Code+"`\n\n")
	if !strings.HasPrefix(entry, "HTTP 401\n") {
		t.Errorf("the entry of %s begins %.60q", first.Code, entry)
	}
}

// TestNoColumnIsEmpty asks of an entry's tables that each of their columns says something, and that
// one that says something once is there.
func TestNoColumnIsEmpty(t *testing.T) {
	list := catalog.Param{
		Name:    "fields",
		Type:    catalog.Type{Kind: value.List, Elem: &catalog.Type{}},
		Example: value.Value{Kind: value.List},
		Detail:  true,
	}
	bare := catalog.Param{
		Name:    "count",
		Type:    catalog.Type{Kind: value.Int},
		Example: value.Value{Kind: value.Int, Int: 3},
		Detail:  true,
	}
	said := catalog.Param{
		Name:        "limit",
		Type:        catalog.Type{Kind: value.Int},
		Example:     value.Value{Kind: value.Int, Int: 5},
		Detail:      true,
		Description: "The most.",
	}
	number := catalog.Value{Name: "most", Value: value.Value{Kind: value.Int, Int: 7}}
	of := catalog.Value{
		Name: "floor", Value: value.Value{Kind: value.Int, Int: 1}, Description: "The least.",
	}
	for _, tt := range []struct {
		name         string
		params       []catalog.Param
		values       []catalog.Value
		param, value []string // the heads of the tables
	}{
		{
			"nothing but names and types", []catalog.Param{list}, []catalog.Value{number},
			[]string{"Param", "Type"}, []string{"Name", "Value"},
		},
		{
			"an example", []catalog.Param{list, bare}, []catalog.Value{number, of},
			[]string{"Param", "Type", "Example"}, []string{"Name", "Value", "Meaning"},
		},
		{
			"everything", []catalog.Param{bare, list, said}, nil,
			[]string{"Param", "Type", "Example", "Meaning"}, nil,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := catalogtest.Everything(catalogtest.Envelopes()[0].Envelope)
			e := c.Groups[0].Entries[0]
			e.Params, e.Values = tt.params, tt.values
			_, entry, _ := strings.Cut(string(emitted(t, c).src), "\n### `"+e.Code+"`\n")
			entry, _, _ = strings.Cut(entry, "\n### ")
			var heads [][]string
			for line := range strings.Lines(entry) {
				cells, isRow := strings.CutPrefix(strings.TrimSpace(line), "| ")
				if isRow && (strings.HasPrefix(cells, "Param ") || strings.HasPrefix(cells, "Name ")) {
					heads = append(heads, strings.Split(strings.TrimSuffix(cells, " |"), " | "))
				}
			}
			want := [][]string{tt.param}
			if tt.value != nil {
				want = append(want, tt.value)
			}
			if diff := cmp.Diff(want, heads); diff != "" {
				t.Errorf("the heads of the tables (-want +got):\n%s\nin\n%s", diff, entry)
			}
		})
	}
}
