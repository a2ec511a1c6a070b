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
	"github.com/errspec/errspec/gen/internal/mark"
	"github.com/errspec/errspec/gen/internal/mdtext"
	"github.com/errspec/errspec/gen/internal/slug"
)

// emittedPages returns the pages of a catalog without their front matter, and the front matter, by file.
func emittedPages(t testing.TB, c *catalog.Catalog, o emit.Options) (pages map[string]page, matter map[string]map[string]any) {
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
			pages, matter := emittedPages(t, c, emit.Options{Dialect: dialect})
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
				if !mark.Markdown.In(p.src) {
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
		if fragment != "" && !slices.ContainsFunc(target.headings(), func(h string) bool { return slug.Make(h) == fragment }) {
			t.Errorf("%s leads to %s, and there is no such heading", file, url)
		}
	})
}

// A page of its own says of a code what its entry says, and its front matter has the code as it is.
func TestPagesSayWhatThePageSays(t *testing.T) {
	c := load(t, "testdata/hostile.yaml")
	one := emitted(t, c)
	pages, matter := emittedPages(t, c, emit.Options{})
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
	_, matter := emittedPages(t, c, emit.Options{Index: "_index"})
	for file, want := range map[string]map[string]any{
		"_index.md":       {"title": "Example errors", "section": "api", "order": 33},
		"rate_limited.md": {"title": "RATE_LIMITED", "description": "Rate limited: HTTP 429"},
		"file_missing.md": {"title": "FILE_MISSING", "description": "A code that is not sent any more"},
	} {
		if diff := cmp.Diff(want, matter[file]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", file, diff)
		}
	}
}

// What is on the page does not depend on the dialect.
func TestDialectsShowTheSame(t *testing.T) {
	for name, c := range catalogs(t) {
		var shown []string
		for _, dialect := range []mdtext.Dialect{mdtext.Portable, mdtext.GFM, mdtext.MDX} {
			c.Docs.FrontMatter = "title: x\n" // for all, so that no page has a heading for it
			files, err := markdown.Emit(c, emit.Options{Dialect: dialect})
			if err != nil {
				t.Fatal(err)
			}
			src := files[0].Data
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
