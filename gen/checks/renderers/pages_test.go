package renderers_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/gen/internal/emit/markdown"
	"github.com/errspec/errspec/gen/internal/inject"
	"github.com/errspec/errspec/gen/internal/mdtext"
	"github.com/errspec/errspec/gen/internal/pagetemplate"
)

// others returns the pages other than the single reference page: a page for each code, blocks in an
// author's page, and a page of an author's template.
func others(t testing.TB, d mdtext.Dialect, all ...written) []page {
	t.Helper()
	var out []page
	for _, w := range all {
		out = append(out, codePages(t, d, w)...)
		named := namable(w.load(t))
		out = append(out, of(t, w, "injected",
			func(c *catalog.Catalog) string { return injected(t, d, c, named) }))
		out = append(out, of(t, w, "by a template",
			func(c *catalog.Catalog) string { return templated(t, d, c) }))
	}
	return out
}

// of returns the page that a function makes of a catalog and of its twin.
func of(t testing.TB, w written, what string, write func(*catalog.Catalog) string) page {
	t.Helper()
	other := w.load(t)
	words := makeTwin(t, other)
	return page{name: w.name + ", " + what, md: write(w.load(t)), twinMD: write(other), twin: words}
}

// codePages returns the pages of --pages.
func codePages(t testing.TB, d mdtext.Dialect, w written) []page {
	t.Helper()
	c, other := w.load(t), w.load(t)
	words := makeTwin(t, other)
	files, twins := emitPages(t, d, c), emitPages(t, d, other)
	if len(files) != len(twins) {
		t.Fatalf("%s: %d pages, but %d of its twin", w.name, len(files), len(twins))
	}
	titles := []string{""} // the index has a title that may equal a code
	for e := range c.All() {
		titles = append(titles, collapse(e.Code))
	}
	for _, r := range c.Retired {
		titles = append(titles, collapse(r.Code))
	}
	if len(titles) != len(files) {
		t.Fatalf("%s: %d pages of %d codes", w.name, len(files), len(titles)-1)
	}
	out := make([]page, len(files))
	for i, f := range files {
		out[i] = page{
			name: w.name + ", " + f.Path, md: withoutFrontMatter(string(f.Data)),
			twinMD: withoutFrontMatter(string(twins[i].Data)), twin: words,
			site: w.name, file: f.Path, title: titles[i],
		}
	}
	return out
}

func emitPages(t testing.TB, d mdtext.Dialect, c *catalog.Catalog) []emit.File {
	t.Helper()
	files, err := markdown.EmitPages(c, markdown.Options{Dialect: d})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// namable returns the indexes of codes that a marker can name: those without white space and
// without anything that ends a marker.
func namable(c *catalog.Catalog) map[int]bool {
	named := map[int]bool{}
	i := 0
	for e := range c.All() {
		if len(named) < 12 && !strings.ContainsAny(e.Code, "()\\\"' \t\n") {
			named[i] = true
		}
		i++
	}
	return named
}

// injected returns an author's page with blocks of all kinds, and the entries of some codes.
func injected(t testing.TB, d mdtext.Dialect, c *catalog.Catalog, named map[int]bool) string {
	t.Helper()
	blocks := []string{"envelope", "statuses", "retry", "codes", "codes group=" + c.Groups[0].ID}
	i := 0
	for e := range c.All() {
		if named[i] {
			blocks = append(blocks, "code "+e.Code)
		}
		i++
	}
	var b strings.Builder
	b.WriteString("# Mine\n\nMy own words.\n")
	for _, block := range blocks {
		fmt.Fprintf(&b, "\n## Part\n\n[//]: # (errspec:begin %s)\n[//]: # (errspec:end)\n", block)
	}
	p, list := inject.Parse(diag.NewFile("mine.md", []byte(b.String())))
	if p == nil {
		t.Fatal(list.All())
	}
	text, err := p.Fill(c, markdown.Options{Dialect: d})
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// templated returns the page of a template that writes its own headings and uses the built-in piece
// for entries.
func templated(t testing.TB, d mdtext.Dialect, c *catalog.Catalog) string {
	t.Helper()
	const own = "# {{.Title}}\n\n{{range .Groups}}## {{.Title}}\n\n{{range .Entries}}### {{.Code}}\n" +
		"{{template \"entry-body\" .}}\n{{end}}{{end}}"
	set, list := pagetemplate.Parse(diag.NewFile("own.tmpl", []byte(own)))
	if set == nil {
		t.Fatal(list.All())
	}
	files, err := markdown.Emit(c, markdown.Options{Dialect: d, Template: set})
	if err != nil {
		t.Fatal(err)
	}
	return withoutFrontMatter(string(files[0].Data))
}

// TestOtherPages checks the pages of --pages, --inject and --template with goldmark.
func TestOtherPages(t *testing.T) {
	for _, d := range []mdtext.Dialect{mdtext.Portable, mdtext.GFM} {
		all := others(t, d, fromFile(t, "bitHuman", "../../../catalog.yaml"), hostile(t))
		logScores(t, judgeAll(t, all, goldmarks[:1]), goldmarks[:1])
	}
}
