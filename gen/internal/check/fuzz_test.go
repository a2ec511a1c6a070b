package check_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"github.com/errspec/errspec/gen/internal/check"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/source"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// Whatever the file, reading and judging it ends without a panic, every finding has a place inside
// the file, and there is a catalog if and only if there is no error.
func FuzzCheck(f *testing.F) {
	for _, pattern := range []string{
		"testdata/rules/*.yaml", "../syntax/testdata/*.yaml", "../../../catalog.yaml",
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
	folder := fstest.MapFS{
		"part.yaml":  {Data: []byte("groups: []\n")},
		"section.md": {Data: []byte("A <b>section</b>.\r\n")},
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		written, list := syntax.Parse(source.New("catalog.yaml", data, folder))
		if written == nil {
			if !list.HasErrors() {
				t.Error("nothing was read, and no error says why")
			}
			inside(t, list)
			return
		}
		c, findings := check.Check(written)
		if (c == nil) != findings.HasErrors() {
			t.Errorf("the catalog is nil: %v; there are errors: %v", c == nil, findings.HasErrors())
		}
		inside(t, list)
		inside(t, findings)
	})
}

func inside(t *testing.T, list diag.List) {
	t.Helper()
	for _, d := range list.All() {
		for _, s := range append([]diag.Span{d.Span}, spans(d.Notes)...) {
			if s.File == nil || s.Line < 1 || s.Line > s.File.Lines() {
				t.Fatalf("%s [%s]: no such line: %+v", d.Message, d.Rule, s)
			}
			width := utf8.RuneCountInString(s.File.Line(s.Line))
			if s.Col < 1 || s.Col > width+1 || s.Len < 0 || s.Col+s.Len > width+1 {
				t.Fatalf("%s [%s]: %d:%d+%d is outside a line of %d characters",
					d.Message, d.Rule, s.Line, s.Col, s.Len, width)
			}
		}
		if d.Help == "" || strings.Contains(d.Message+d.Help, "\n") {
			t.Fatalf("[%s] %q, %q: a message and a help are one line each", d.Rule, d.Message, d.Help)
		}
	}
}

func spans(notes []diag.Note) []diag.Span {
	var list []diag.Span
	for _, n := range notes {
		list = append(list, n.Span)
	}
	return list
}
