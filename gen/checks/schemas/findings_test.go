package schemas

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/checks/internal/corpus"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/report"
)

// A reported is a list of diagnostics and its origin.
type reported struct {
	name string
	list diag.List
}

// reports returns the diagnostics of every rule's test file, an empty list, too many diagnostics,
// and diagnostics without a position.
func reports(t *testing.T) []reported {
	t.Helper()
	files, err := filepath.Glob("../../internal/check/testdata/rules/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no test files of rules found: %v", err)
	}
	var all []reported
	for _, file := range files {
		_, list := pipeline.Load(corpus.Open(t, file))
		if list.Len() == 0 {
			t.Errorf("%s has no diagnostics", file)
		}
		all = append(all, reported{file, list})
	}
	var many, odd diag.List
	f := diag.NewFile("../a b/日本<>:50%.yaml", bytes.Repeat([]byte("a: b\n"), 3000))
	for i := range 2500 {
		many.Add(diag.Diagnostic{Severity: diag.Severity(i % 3), Rule: "yaml-syntax",
			Span: diag.Span{File: f, Line: i + 1, Col: 1, Len: i % 2}, Message: "m"})
	}
	odd.Add(diag.Diagnostic{Severity: diag.Error, Rule: "yaml-syntax",
		Message: "\x00\u2028\xff{0}{a}"})
	odd.Add(diag.Diagnostic{Severity: diag.Info, Rule: "yaml-syntax", Span: diag.Span{File: f},
		Message: "m", Notes: []diag.Note{{Message: "n"}, {Span: diag.Span{File: f}, Message: "o"}}})
	return append(all, reported{"nothing", diag.List{}}, reported{"many", many},
		reported{"odd", odd})
}

func printed(t *testing.T, format string, list *diag.List) []byte {
	t.Helper()
	for _, f := range report.Formats() {
		if f.Name == format {
			var b bytes.Buffer
			if err := f.Write(&b, list, report.Options{Version: "v1.2.3", Command: "lint",
				Catalog: "api/my catalog.yaml"}); err != nil {
				t.Fatal(err)
			}
			return b.Bytes()
		}
	}
	t.Fatalf("there is no format %s", format)
	return nil
}

// TestFindings validates the output of --format json with its schema.
func TestFindings(t *testing.T) { judge(t, findingsDocuments(t)) }

// findingsDocuments has the schema twice: as published, which allows new members, and closed, so
// that the schema describes all members.
func findingsDocuments(t *testing.T) []document {
	t.Helper()
	schema, err := os.ReadFile("../../internal/report/findings.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var instances []instance
	for _, r := range reports(t) {
		instances = append(instances, instance{r.name, string(printed(t, "json", &r.list)), true})
	}
	const fine = `{"rule":"yaml-syntax","severity":"error","file":"f","line":1,"column":1,"end_column":2,"message":"m","notes":[]}`
	const report = `{"version":1,"findings":[` + fine +
		`],"counts":{"error":1,"warning":0,"info":0,"omitted":0}}`
	instances = append(instances,
		instance{"a diagnostic", report, true},
		instance{"another version", strings.Replace(report, `"version":1`, `"version":2`, 1),
			false},
		instance{"another severity", strings.Replace(report, `"error","file"`,
			`"fatal","file"`, 1), false},
		instance{"a line without a file", strings.Replace(report, `"file":"f",`, ``, 1),
			false},
		instance{"a line without columns",
			strings.Replace(report, `"column":1,"end_column":2,`, ``, 1), false},
		instance{"line 0", strings.Replace(report, `"line":1`, `"line":0`, 1), false},
		instance{"no notes", strings.Replace(report, `,"notes":[]`, ``, 1), false},
		instance{"no counts", `{"version":1,"findings":[]}`, false},
	)
	more := instance{"a member of the future", strings.Replace(report, `"rule"`,
		`"fix":{},"rule"`, 1), true}
	unknown := more
	unknown.valid = false
	return []document{
		{"findings", schema, append(instances[:len(instances):len(instances)], more)},
		{"findings closed", closed(schema), append(instances, unknown)},
	}
}

// closed returns a schema whose objects only have the members that it names.
func closed(schema []byte) []byte {
	return []byte(encode(walk("", decode(string(schema)), func(_ string, v any) any {
		if object, ok := v.(map[string]any); ok && object["type"] == "object" &&
			object["properties"] != nil {
			object["additionalProperties"] = false
		}
		return v
	})))
}
