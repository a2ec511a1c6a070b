package markdown_test

import (
	"bytes"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/emit/markdown"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/report"
	"github.com/errspec/errspec/gen/internal/source"
)

// load returns the catalog in a file, which must be fine.
func load(t testing.TB, name string) *catalog.Catalog {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	c, list := pipeline.Load(source.New(filepath.Base(name), data, os.DirFS(filepath.Dir(name))))
	if c == nil {
		var b strings.Builder
		if err := (report.Text{}).Write(&b, &list); err != nil {
			t.Fatal(err)
		}
		t.Fatalf("%s is refused:\n%s", name, b.String())
	}
	return c
}

// emitted returns the page of a catalog.
func emitted(t testing.TB, c *catalog.Catalog) page {
	t.Helper()
	files, err := markdown.Emit(c, markdown.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != 1 || files[0].Path != "" {
		t.Fatalf("want one file without a path, got %d", len(files))
	}
	src := files[0].Data
	return page{src, github.Parser().Parse(text.NewReader(src))}
}

var github = goldmark.New(goldmark.WithExtensions(extension.GFM))

// A page is Markdown as GitHub reads it.
type page struct {
	src  []byte
	root ast.Node
}

// each calls f for every node of type N, in page order.
func each[N ast.Node](p page, f func(N)) {
	_ = ast.Walk(p.root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if n, ok := n.(N); ok && entering {
			f(n)
		}
		return ast.WalkContinue, nil
	})
}

// shown returns the text of a node as a reader sees it, white space collapsed.
func (p page) shown(n ast.Node) string {
	var b bytes.Buffer
	if err := github.Renderer().Render(&b, p.src, n); err != nil {
		panic(err)
	}
	text := html.UnescapeString(markup.ReplaceAllString(b.String(), ""))
	return strings.Join(strings.Fields(text), " ")
}

var markup = regexp.MustCompile(`<[^>]*>`)

// tables returns the shown cells of all tables.
func (p page) tables() [][][]string {
	var tables [][][]string
	each(p, func(t *extast.Table) {
		var rows [][]string
		for row := t.FirstChild(); row != nil; row = row.NextSibling() {
			var cells []string
			for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
				cells = append(cells, p.shown(cell))
			}
			rows = append(rows, cells)
		}
		tables = append(tables, rows)
	})
	return tables
}

// headings returns the shown text of all headings.
func (p page) headings() []string {
	var texts []string
	each(p, func(h *ast.Heading) { texts = append(texts, p.shown(h)) })
	return texts
}

// fences returns the content of the fences in a language.
func (p page) fences(language string) []string {
	var texts []string
	each(p, func(f *ast.FencedCodeBlock) {
		if string(f.Language(p.src)) == language {
			texts = append(texts, string(f.Lines().Value(p.src)))
		}
	})
	return texts
}
