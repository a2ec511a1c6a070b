package syntax_test

import (
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"github.com/errspec/errspec/gen/internal/source"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// Whatever the file, reading it ends without a panic, every finding has a place in it, and so has
// every byte of every code and message that was read: through quotes, escapes, folds and aliases.
func FuzzParse(f *testing.F) {
	for _, pattern := range []string{
		"testdata/*.yaml", "../check/testdata/rules/*.yaml", "../../../catalog.yaml",
	} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			f.Fatalf("no file matches %s: %v", pattern, err)
		}
		for _, name := range files {
			data, err := os.ReadFile(name)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(data)
		}
	}
	for _, tt := range mistakes {
		f.Add([]byte(tt.src))
	}
	folder := fstest.MapFS{
		"part.yaml": {Data: []byte("groups: []\n")}, "section.md": {Data: []byte("Text.\r\n")},
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		c, list := syntax.Parse(source.New("catalog.yaml", data, folder))
		for _, d := range list.All() {
			width := utf8.RuneCountInString(d.Span.File.Line(d.Span.Line))
			if d.Span.Line < 1 || d.Span.Line > d.Span.File.Lines() || d.Span.Col < 1 || d.Span.Len < 0 ||
				d.Span.Col+d.Span.Len > width+1 {
				t.Fatalf("%s [%s]: %d:%d+%d is not in the file",
					d.Message, d.Rule, d.Span.Line, d.Span.Col, d.Span.Len)
			}
		}
		if c == nil {
			if !list.HasErrors() {
				t.Fatal("nothing was read, and no error says why")
			}
			return
		}
		for i := range c.Groups {
			for j := range c.Groups[i].Errors {
				e := &c.Groups[i].Errors[j]
				for _, s := range []syntax.Scalar{e.Code, e.Message} {
					within(t, s)
				}
			}
		}
	})
}

func within(t *testing.T, s syntax.Scalar) {
	t.Helper()
	if !s.IsSet() {
		return
	}
	place := s.Locator()
	for i := range s.Text {
		at := place.At(i, 1)
		width := utf8.RuneCountInString(at.File.Line(at.Line))
		if at.Line < 1 || at.Line > at.File.Lines() || at.Col < 1 || at.Col > width+1 {
			t.Fatalf("byte %d of %q is at %d:%d, which is not in the file", i, s.Text, at.Line, at.Col)
		}
	}
}
