package format_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errspec/errspec/gen/internal/format"
	"github.com/errspec/errspec/gen/internal/source"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// catalogs match the catalogs of this repository.
var catalogs = []string{
	"../../../catalog.yaml", "../syntax/testdata/*.yaml", "../check/testdata/*.yaml",
	"../check/testdata/rules/*.yaml",
	"../pipeline/testdata/golden/*/catalog.yaml", "../emit/gocode/runtime/testdata/catalog.yaml",
	"../emit/markdown/testdata/*.yaml",
}

// eachCatalog calls a function with the name and the text of each of these catalogs.
func eachCatalog(tb testing.TB, do func(name, text string)) {
	tb.Helper()
	for _, pattern := range catalogs {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			tb.Fatalf("no file matches %s: %v", pattern, err)
		}
		for _, name := range files {
			data, err := os.ReadFile(name)
			if err != nil {
				tb.Fatal(err)
			}
			do(name, string(data))
		}
	}
}

// Every file that can be read can be laid out, except files with YAML that the format has no use
// for. Format itself verifies that the text means the same; here that check must never fail.
func FuzzFormat(f *testing.F) {
	for _, c := range canon {
		f.Add(c.in)
	}
	eachCatalog(f, func(_, text string) { f.Add(text) })
	f.Fuzz(func(t *testing.T, text string) {
		c, _ := syntax.Parse(source.New("catalog.yaml", []byte(text), nil))
		if c == nil {
			return
		}
		out, list := format.Format(c.Documents[0].File, c.Documents[0].Root)
		for _, d := range list.All() {
			if strings.Contains(d.Message, "fmt cannot format this,") ||
				strings.Contains(d.Message, "without changing") {
				t.Fatalf("%+v\n%s", d, text)
			}
		}
		if list.Len() > 0 {
			return
		}
		again, list := formatted(t, string(out))
		if diff := cmp.Diff(string(out), again); diff != "" || list.Len() > 0 {
			t.Errorf("formatting twice changes the text, %+v; -once +twice:\n%s", list.All(),
				diff)
		}
	})
}
