package pipeline_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/report"
	"github.com/errspec/errspec/gen/internal/source"
)

// Whatever the file, lint ends without a panic and prints a readable report in every format.
// FuzzPipeline of checks/hostile also generates.
func FuzzLint(f *testing.F) {
	for _, pattern := range []string{
		"testdata/golden/*/catalog.yaml", "../check/testdata/rules/*.yaml",
		"../check/testdata/*.yaml", "../syntax/testdata/*.yaml",
		"../../errspec/starter/*.yaml", "../../../catalog.yaml",
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
	f.Fuzz(func(t *testing.T, data []byte) {
		c, list := pipeline.Load(source.New("catalog.yaml", data, folder))
		if (c == nil) != list.HasErrors() {
			t.Fatalf("the catalog is nil: %v; there are errors: %v", c == nil, list.HasErrors())
		}
		for _, format := range report.Formats() {
			var b bytes.Buffer
			if err := format.Write(&b, &list, report.Options{Version: "v1.2.3"}); err != nil {
				t.Fatalf("--format %s: %v", format.Name, err)
			}
			switch format.Name {
			case "json", "sarif":
				if !json.Valid(b.Bytes()) {
					t.Fatalf("--format %s is not JSON:\n%s", format.Name, b.Bytes())
				}
			case "github":
				// the last two are the count and an empty line
				lines := strings.SplitAfter(b.String(), "\n")
				for _, line := range lines[:max(len(lines)-2, 0)] {
					if !strings.HasPrefix(line, "::") {
						t.Fatalf("--format github: text became a separate line: %q", line)
					}
				}
			}
		}
	})
}

// folder holds what fuzzed catalogs may include.
var folder = fstest.MapFS{
	"part.yaml":     {Data: []byte("groups: []\n")},
	"errors/a.yaml": {Data: []byte("retired: [{code: OLD}]\n")},
	"section.md":    {Data: []byte("A <b>section</b>.\r\n")},
}
