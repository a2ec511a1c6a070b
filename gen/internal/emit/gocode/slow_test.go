//go:build slow

package gocode_test

import (
	"go/format"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/catalog/catalogtest"
	"github.com/errspec/errspec/gen/internal/emit/gocode"
	"github.com/errspec/errspec/gen/internal/message"
)

// It does not matter what the texts are that end up in comments, where gofmt knows lists, headings,
// links and quotation marks.
func TestSlowGofmtOfMarkup(t *testing.T) {
	word := rapid.SampledFrom([]string{
		"-", "*", "+", "#", "•", "1.", "2)", "[x]:", "[x]", "`` ", "''", "```", "Heading", "a",
		"Nolint:all", "//go:build", "go:build", "/*", "*/", "\t", "\n", "\n\n", "\n\n    ", "\u2028",
		"\u0085", "https://example.com/a_b", "Deprecated:", strings.Repeat("x", 97), "世界", "\ufeff",
		"\x00", "\x01", "<b>", "&amp;", "\\", "$",
	})
	text := rapid.Custom(func(t *rapid.T) string {
		words := rapid.SliceOfN(word, 0, 12).Draw(t, "words")
		return strings.Join(words, " ")
	})
	rapid.Check(t, func(t *rapid.T) {
		draw := func() string { return text.Draw(t, "text") }
		c := catalogtest.Everything(catalogtest.Envelopes()[0].Envelope)
		c.Title, c.Description = draw(), catalog.Markdown(draw())
		c.Groups[0].Title = draw()
		for e := range c.All() {
			e.Title, e.Since = draw(), draw()
			e.Description, e.Resolution = catalog.Markdown(draw()), catalog.Markdown(draw())
			if e.Deprecated != nil {
				e.Deprecated.Note, e.Deprecated.Since = catalog.Markdown(draw()), draw()
			}
			for i := range e.Params {
				e.Params[i].Description = catalog.Markdown(draw())
			}
			for i := range e.Values {
				e.Values[i].Description = catalog.Markdown(draw())
			}
			for i := range e.Links {
				e.Links[i].Title = draw()
			}
			for i := range e.Variants {
				e.Variants[i].Message = append(e.Variants[i].Message, message.Segment{Literal: draw()})
			}
		}
		isGofmted(t, c)
	})
}

// For gofmt, an expression of a million bytes or more fits on no line, so it lays out lists and
// aligns constants in another way.
func TestSlowGofmtOfHugeTexts(t *testing.T) {
	huge := strings.Repeat("x", 1_000_000)
	for _, n := range []int{999_980, 1_000_000} { // with the name of its field, on either side
		c := load(t, "runtime/testdata/catalog.yaml")
		e := c.Groups[0].Entries[0]
		e.Description, e.Since = catalog.Markdown(huge[:n]), huge[:n]
		e.Tags = []string{huge[:n/2], huge[:n/2-7]}
		unformatted(t, c)
	}
	c := load(t, "runtime/testdata/catalog.yaml")
	for e := range c.All() {
		for i := range e.Params {
			if p := &e.Params[i]; p.Enum != nil {
				p.Enum[0].Value = huge
				unformatted(t, c)
				return
			}
		}
	}
	t.Fatal("the catalog has no enum")
}

// unformatted fails if gofmt would change a package.
func unformatted(t *testing.T, c *catalog.Catalog) {
	t.Helper()
	files, err := gocode.Emit(c, gocode.Options{Package: "p", Tests: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if len(f.Data) < 900_000 { // the text is in another file
			continue
		}
		if want, err := format.Source(f.Data); err != nil || string(want) != string(f.Data) {
			t.Errorf("gofmt would change %s: %v", f.Path, err)
		}
	}
}
