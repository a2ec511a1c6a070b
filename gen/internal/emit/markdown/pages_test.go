package markdown_test

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/catalog/catalogtest"
	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/gen/internal/emit/markdown"
	"github.com/errspec/errspec/gen/internal/mdtext"
	"github.com/errspec/errspec/gen/internal/slug"
)

// emittedPages returns the pages of a catalog without their front matter, and the front matter, by
// file.
func emittedPages(
	t testing.TB, c *catalog.Catalog, o markdown.Options,
) (pages map[string]page, matter map[string]map[string]any) {
	t.Helper()
	files, err := markdown.EmitPages(c, o)
	if err != nil {
		t.Fatal(err)
	}
	pages, matter = map[string]page{}, map[string]map[string]any{}
	for _, f := range files {
		if _, twice := pages[f.Path]; twice {
			t.Errorf("two pages have the name %s", f.Path)
		}
		head, rest, ok := strings.Cut(strings.TrimPrefix(string(f.Data), "---\n"), "---\n")
		values := map[string]any{}
		if err := yaml.Unmarshal([]byte(head), &values); err != nil || !ok {
			t.Errorf("%s has no front matter: %v\n%s", f.Path, err, f.Data)
		}
		src := []byte(rest)
		pages[f.Path], matter[f.Path] = page{src, github.Parser().Parse(text.NewReader(src))}, values
	}
	return pages, matter
}

func TestAllPages(t *testing.T) {
	fileName := regexp.MustCompile(`^[a-z0-9][a-z0-9_-]*\.mdx?$`)
	for name, c := range catalogs(t) {
		for _, dialect := range []mdtext.Dialect{mdtext.Portable, mdtext.GFM, mdtext.MDX} {
			pages, matter := emittedPages(t, c, markdown.Options{Dialect: dialect})
			index := "index.md"
			if dialect == mdtext.MDX {
				index = "index.mdx"
			}
			want := []string{index}
			for e := range c.All() {
				if !e.Internal {
					want = append(want, slug.File(e.Code)+path.Ext(index))
				}
			}
			for i := range c.Retired {
				want = append(want, slug.File(c.Retired[i].Code)+path.Ext(index))
			}
			for _, file := range want {
				if _, ok := pages[file]; !ok {
					t.Errorf("%s: the page %s is missing", name, file)
				}
			}
			if len(pages) != len(want) {
				t.Errorf("%s: there are %d pages, want %d", name, len(pages), len(want))
			}
			for file, p := range pages {
				if !fileName.MatchString(file) {
					t.Errorf("%s: %q is not a name on every file system", name, file)
				}
				if title, ok := matter[file]["title"].(string); !ok || title == "" {
					t.Errorf("%s: %s has the title %v", name, file, matter[file]["title"])
				}
				if !emit.MarkdownMark.In(p.src) {
					t.Errorf("%s: %s does not carry our mark", name, file)
				}
				pageLinksResolve(t, file, p, pages)
				tidy(t, p)
			}
		}
	}
}

// pageLinksResolve wants a page for every link to one, and a heading for its fragment.
func pageLinksResolve(t *testing.T, file string, p page, pages map[string]page) {
	t.Helper()
	each(p, func(l *ast.Link) {
		url := string(l.Destination)
		if strings.Contains(url, ":") || strings.HasPrefix(url, "/") {
			return
		}
		name, fragment, _ := strings.Cut(url, "#")
		if name == "" {
			name = file
		}
		target, ok := pages[name]
		if !ok {
			t.Errorf("%s leads to %s, and there is no such page", file, url)
			return
		}
		isMeant := func(heading string) bool { return slug.Make(heading) == fragment }
		if fragment != "" && !slices.ContainsFunc(target.headings(), isMeant) {
			t.Errorf("%s leads to %s, and there is no such heading", file, url)
		}
	})
}

// A page of its own says of a code what its entry says, and its front matter has the code as it is.
func TestPagesSayWhatThePageSays(t *testing.T) {
	c := load(t, "testdata/hostile.yaml")
	one := emitted(t, c)
	pages, matter := emittedPages(t, c, markdown.Options{})
	all := one.shown(one.root)
	for e := range c.All() {
		if e.Internal {
			continue
		}
		file := slug.File(e.Code) + ".md"
		if got := matter[file]["title"]; got != e.Code {
			t.Errorf("the title of %s is %q, want %q", file, got, e.Code)
		}
		p := pages[file]
		body, _, _ := strings.Cut(p.shown(p.root), " All codes: ")
		if !strings.Contains(all, body) {
			t.Errorf("%s says what the one page does not:\n%s", file, body)
		}
	}
}

func TestFrontMatterOfPages(t *testing.T) {
	c := catalogtest.Everything(catalogtest.Envelopes()[0].Envelope)
	c.Docs.FrontMatter = "section: api\norder: 33\n"
	_, matter := emittedPages(t, c, markdown.Options{Index: "_index"})
	for file, want := range map[string]map[string]any{
		"_index.md":       {"title": "Example errors", "section": "api", "order": 33},
		"rate_limited.md": {"title": "RATE_LIMITED", "description": "Rate limited: HTTP 429"},
		"file_missing.md": {"title": "FILE_MISSING", "description": "A code that is no longer sent"},
	} {
		if diff := cmp.Diff(want, matter[file]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", file, diff)
		}
	}
}

// emptyPrograms keep what Docusaurus would read into a text from being read: MDX shows nothing of
// them, and GitHub would.
var emptyPrograms = regexp.MustCompile(`(\\:)\{\}|\{\t\}`)

// What is on the page does not depend on the dialect.
func TestDialectsShowTheSame(t *testing.T) {
	for name, c := range catalogs(t) {
		var shown []string
		for _, dialect := range []mdtext.Dialect{mdtext.Portable, mdtext.GFM, mdtext.MDX} {
			c.Docs.FrontMatter = "title: x\n" // for all, so that no page has a heading for it
			files, err := markdown.Emit(c, markdown.Options{Dialect: dialect})
			if err != nil {
				t.Fatal(err)
			}
			src := emptyPrograms.ReplaceAll(files[0].Data, []byte("$1"))
			p := page{src, github.Parser().Parse(text.NewReader(src))}
			linksResolve(t, p)
			if dialect == mdtext.MDX {
				safeForMDX(t, p)
			}
			shown = append(shown, strings.ReplaceAll(p.shown(p.root), "[!WARNING]", "Warning"))
		}
		for i, other := range shown[1:] {
			if diff := cmp.Diff(strings.Fields(shown[0]), strings.Fields(other)); diff != "" {
				t.Errorf("%s: dialect %d shows something else (-portable +dialect):\n%s", name, i+1, diff)
			}
		}
	}
}

// What an author writes in Markdown, however long and however nasty, stays where it belongs: the
// page, its dialects and the pages of codes keep their headings and the rows and cells of their
// tables.
func TestHostileMarkdownStaysInItsPlace(t *testing.T) {
	const nasty = "a|b `c|d` <script>alert(1)</script> <img src=x onerror=y> [z](javascript:alert(1)) ![i](data:text/html,x) {x} {{y}} {% z %} ]]> <!-- c --> \u202ebidi\u202c import x from 'y' *"
	for name, md := range map[string]string{
		"pieces":             nasty,
		"a table":            "| a | b |\n|---|---|\n| `c|d` | e |\n\nThen " + nasty,
		"an unclosed fence":  "x\n\n```\n" + nasty,
		"headings and rules": "# One\n\n---\n\nTwo\n===\n\n###### Three\n\n" + nasty,
		"HTML blocks":        "<details>\n<summary>x</summary>\n\n</details>\n\n<!--\n\n" + nasty,
		"front matter":       "---\ntitle: x\n---\n\n" + nasty,
		"import":             "import x from 'y'\n\nexport const a = <b>\n\n" + nasty,
		"definitions": "[//]: # (Code generated by errspec; DO NOT EDIT.)\n\n[a]: /b\n\n[a] " +
			nasty,
		"markers": "[//]: # (errspec:end)\n\n<!-- errspec:end -->\n\n" + nasty,
	} {
		for _, dialect := range []mdtext.Dialect{mdtext.Portable, mdtext.GFM, mdtext.MDX} {
			o := markdown.Options{Dialect: dialect}
			plain, hostile := nastyCatalog("plain"), nastyCatalog(catalog.Markdown(md))
			if name == "pieces" { // one text is of 100 KB
				long := strings.Repeat(md+" ", 100<<10/len(md)+1)
				hostile.Groups[0].Entries[0].Resolution = catalog.Markdown(long)
			}
			want, err := markdown.EmitPages(plain, o)
			if err != nil {
				t.Fatal(err)
			}
			got, err := markdown.EmitPages(hostile, o)
			if err != nil {
				t.Fatal(err)
			}
			one, err := markdown.Emit(plain, o)
			if err != nil {
				t.Fatal(err)
			}
			other, err := markdown.Emit(hostile, o)
			if err != nil {
				t.Fatal(err)
			}
			want, got = append(want, one...), append(got, other...)
			for i := range want {
				was := page{want[i].Data, github.Parser().Parse(text.NewReader(want[i].Data))}
				is := page{got[i].Data, github.Parser().Parse(text.NewReader(got[i].Data))}
				if diff := cmp.Diff(headingsAndRows(was), headingsAndRows(is)); diff != "" {
					t.Errorf("%s, dialect %d: %q lost its form (-want +got):\n%s",
						name, dialect, got[i].Path, diff)
				}
				if dialect == mdtext.MDX {
					safeForMDX(t, is)
				}
				each(is, func(l *ast.Link) {
					if strings.Contains(string(l.Destination), "script:") {
						t.Errorf("%s: the link %s runs a program", name, l.Destination)
					}
				})
			}
		}
	}
}

// nastyCatalog is a catalog that has a text wherever an author writes Markdown, but for sections,
// which are the author's own.
func nastyCatalog(md catalog.Markdown) *catalog.Catalog {
	c := catalogtest.Everything(catalogtest.Envelopes()[0].Envelope)
	c.Description, c.Envelope.Description, c.Docs = md, md, catalog.Docs{}
	for i := range c.Statuses {
		c.Statuses[i].Cause = md
	}
	for i := range c.Groups {
		c.Groups[i].Description = md
	}
	for e := range c.All() {
		e.Description, e.Resolution = md, md
		for i := range e.Params {
			e.Params[i].Description = md
		}
		for i := range e.Values {
			e.Values[i].Description = md
		}
		for i := range e.Variants {
			e.Variants[i].Resolution = md
		}
		if e.Deprecated != nil {
			e.Deprecated.Note = md
		}
	}
	for i := range c.Retired {
		c.Retired[i].Note = md
	}
	return c
}

// headingsAndRows returns the headings of a page, and how many cells are in each row of the tables
// that the template has.
func headingsAndRows(p page) (form []any) {
	for _, h := range p.headings() {
		form = append(form, h)
	}
	for _, table := range p.tables() {
		if strings.Join(table[0], "") == "ab" {
			continue // the author's own
		}
		for _, row := range table {
			form = append(form, len(row))
		}
	}
	return form
}
