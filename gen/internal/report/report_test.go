package report_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/report"
	"github.com/errspec/errspec/gen/internal/rule"
)

// sample has a diagnostic of every kind: with all fields, about a whole file, about no file, and at
// a point.
func sample() *diag.List {
	f := diag.NewFile("api/my catalog.yaml",
		[]byte("version: 1\ntitle: 日本語 😀\n    status: 499\n"))
	g := diag.NewFile("mod:example.com/api@v1.0.0/a,b:c.yaml", []byte("x"))
	g.Order = 1
	var list diag.List
	list.Add(diag.Diagnostic{
		Severity: diag.Error, Rule: rule.StatusRange, Span: diag.Span{File: f, Line: 3, Col: 13,
			Len: 3}, Path: "groups[0].errors[0].status",
		Message: "100% wrong: {0}, ${name},\n::error::\x1b[31m", Help: "use 408",
		Notes: []diag.Note{
			{Span: diag.Span{File: f, Line: 2, Col: 12, Len: 1}, Message: "as here"},
			{Message: "a remark"}, {Span: diag.Span{File: g, Line: 1, Col: 1}, Message: "there"},
		},
	})
	list.Add(diag.Diagnostic{Severity: diag.Warning, Rule: rule.FallbackMissing,
		Span: diag.Span{File: g}, Message: "about a file"})
	list.Add(diag.Diagnostic{Severity: diag.Info, Rule: rule.CodeFormat, Message: "about nothing"})
	list.Add(diag.Diagnostic{Severity: diag.Warning, Rule: rule.YAMLSyntax,
		Span: diag.Span{File: f, Line: 1, Col: 11}, Message: "a point"})
	return &list
}

func written(t *testing.T, format string, list *diag.List) string {
	t.Helper()
	for _, f := range report.Formats() {
		if f.Name != format {
			continue
		}
		var b bytes.Buffer
		if err := f.Write(&b, list, report.Options{Version: "v1.2.3"}); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	t.Fatalf("there is no format %s", format)
	return ""
}

func TestJSON(t *testing.T) {
	want := `{
  "version": 1,
  "findings": [
    {"rule": "code-format", "severity": "info", "message": "about nothing", "notes": []},
    {
      "rule": "yaml-syntax",
      "severity": "warning",
      "file": "api/my catalog.yaml",
      "line": 1,
      "column": 11,
      "end_column": 11,
      "message": "a point",
      "notes": []
    },
    {
      "rule": "status-range",
      "severity": "error",
      "file": "api/my catalog.yaml",
      "line": 3,
      "column": 13,
      "end_column": 16,
      "path": "groups[0].errors[0].status",
      "message": "100% wrong: {0}, ${name},\n::error::\u001b[31m",
      "help": "use 408",
      "notes": [
        {"file": "api/my catalog.yaml", "line": 2, "column": 12, "end_column": 13, "message": "as here"},
        {"message": "a remark"},
        {"file": "mod:example.com/api@v1.0.0/a,b:c.yaml", "line": 1, "column": 1, "end_column": 1, "message": "there"}
      ]
    },
    {
      "rule": "fallback-missing",
      "severity": "warning",
      "file": "mod:example.com/api@v1.0.0/a,b:c.yaml",
      "message": "about a file",
      "notes": []
    }
  ],
  "counts": {"error": 1, "warning": 2, "info": 1, "omitted": 0}
}
`
	if diff := cmp.Diff(want, written(t, "json", sample())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestGitHub(t *testing.T) {
	want := `::notice title=code-format::about nothing
::warning file=api/my catalog.yaml,line=1,col=11,title=yaml-syntax::a point
::error file=api/my catalog.yaml,line=3,col=13,endColumn=16,title=status-range::100%25 wrong: {0}, ${name},␊::error::␛[31m` +
		`%0Anote: as here (api/my catalog.yaml:2:12)%0Anote: a remark%0Anote: there (mod:example.com/api@v1.0.0/a,b:c.yaml:1:1)%0Ahelp: use 408
::warning file=mod%3Aexample.com/api@v1.0.0/a%2Cb%3Ac.yaml,title=fallback-missing::about a file
1 error, 2 warnings, 1 info
`
	if diff := cmp.Diff(want, written(t, "github", sample())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A remark is a notice on GitHub. Other formats do not support remarks.
func TestRemarks(t *testing.T) {
	for _, f := range report.Formats() {
		if f.Name != "github" {
			if f.Remark != nil {
				t.Errorf("%s supports remarks", f.Name)
			}
			continue
		}
		var b bytes.Buffer
		if err := f.Remark(&b, "100%\n::error::a"); err != nil {
			t.Fatal(err)
		}
		if want := "::notice title=errspec::100%25␊::error::a\n"; b.String() != want {
			t.Errorf("it is %q, want %q", b.String(), want)
		}
	}
}

// TestSARIF checks the results. Module checks validates the whole document.
func TestSARIF(t *testing.T) {
	var log struct {
		Runs []struct {
			Tool struct {
				Driver struct {
					Version, SemanticVersion string
					Rules                    []struct {
						ID   string
						Help struct{ Text, Markdown string }
					}
				}
			}
			ColumnKind string
			Results    json.RawMessage
		}
	}
	if err := json.Unmarshal([]byte(written(t, "sarif", sample())), &log); err != nil {
		t.Fatal(err)
	}
	run := log.Runs[0]
	if d := run.Tool.Driver; d.Version != "v1.2.3" || d.SemanticVersion != "1.2.3" ||
		len(d.Rules) != len(rule.All()) {
		t.Errorf("the driver has version %s (%s) and %d rules; want v1.2.3 (1.2.3) and %d",
			d.Version, d.SemanticVersion, len(d.Rules), len(rule.All()))
	}
	if run.ColumnKind != "unicodeCodePoints" {
		t.Errorf("columns count %s, want Unicode code points", run.ColumnKind)
	}
	indexes := map[string]int{}
	for i, r := range run.Tool.Driver.Rules {
		indexes[r.ID] = i
		if !strings.Contains(r.Help.Text, "Before:") ||
			!strings.Contains(r.Help.Markdown, "```yaml\n") {
			t.Errorf("the help of %s has no example: %q", r.ID, r.Help)
		}
	}
	want := fmt.Sprintf(`[
  {"ruleId": "code-format", "ruleIndex": %d, "level": "note", "message": {"text": "about nothing"}, "locations": []},
  {"ruleId": "yaml-syntax", "ruleIndex": %d, "level": "warning", "message": {"text": "a point"}, "locations": [
    {"physicalLocation": {"artifactLocation": {"uri": "api/my%%20catalog.yaml"}, "region": {"startLine": 1, "startColumn": 11, "endColumn": 11}}}]},
  {"ruleId": "status-range", "ruleIndex": %d, "level": "error",
   "message": {"text": "100%% wrong: {{0}}, ${name},\n::error::\u001b[31m\nnote: a remark\nhelp: use 408"},
   "locations": [{
     "physicalLocation": {"artifactLocation": {"uri": "api/my%%20catalog.yaml"}, "region": {"startLine": 3, "startColumn": 13, "endColumn": 16}},
     "logicalLocations": [{"fullyQualifiedName": "groups[0].errors[0].status"}]}],
   "relatedLocations": [
     {"id": 0, "physicalLocation": {"artifactLocation": {"uri": "api/my%%20catalog.yaml"}, "region": {"startLine": 2, "startColumn": 12, "endColumn": 13}}, "message": {"text": "as here"}},
     {"id": 1, "physicalLocation": {"artifactLocation": {"uri": "mod:example.com/api@v1.0.0/a,b:c.yaml"}, "region": {"startLine": 1, "startColumn": 1, "endColumn": 1}}, "message": {"text": "there"}}]},
  {"ruleId": "fallback-missing", "ruleIndex": %d, "level": "warning", "message": {"text": "about a file"}, "locations": [
    {"physicalLocation": {"artifactLocation": {"uri": "mod:example.com/api@v1.0.0/a,b:c.yaml"}}}]}
]`, indexes["code-format"], indexes["yaml-syntax"], indexes["status-range"],
		indexes["fallback-missing"])
	if diff := cmp.Diff(decoded(t, want), decoded(t, string(run.Results))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func decoded(t *testing.T, text string) any {
	t.Helper()
	var v any
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return v
}

// Only SARIF shows files as URIs.
func TestSARIFNamesFiles(t *testing.T) {
	for name, want := range map[string]string{
		"catalog.yaml":         "catalog.yaml",
		"../über/50%.yaml":     "../%C3%BCber/50%25.yaml",
		"a:b#c?.yaml":          "./a:b%23c%3F.yaml",
		"/tmp/a b.yaml":        "file:///tmp/a%20b.yaml",
		"C:/api/catalog.yaml":  "file:///C:/api/catalog.yaml",
		"<stdin>":              "%3Cstdin%3E",
		"mod:a.b/c@v1/d e.yml": "mod:a.b/c@v1/d%20e.yml",
	} {
		var list diag.List
		list.Add(diag.Diagnostic{Rule: rule.YAMLSyntax,
			Span: diag.Span{File: diag.NewFile(name, nil)}, Message: "m"})
		if got := written(t, "sarif", &list); !strings.Contains(got, `{"uri": "`+want+`"}`) {
			t.Errorf("%s: want the URI %s in\n%s", name, want,
				got[strings.Index(got, `"results"`):])
		}
	}
}

// Hosts look up files from the repository's root, wherever errspec runs. Readers of text and JSON
// work where it ran.
func TestHostsReadNamesFromTheRoot(t *testing.T) {
	root := t.TempDir()
	dir := filepath.Join(root, "services", "billing")
	for name, want := range map[string]string{
		"catalog.yaml":         "services/billing/catalog.yaml",
		"../auth/catalog.yaml": "services/auth/catalog.yaml",
		filepath.ToSlash(filepath.Join(root, "a", "c.yaml")): "a/c.yaml",
		"../../../elsewhere.yaml":                            "../../../elsewhere.yaml",
		"<stdin>":                                            "<stdin>",
		"git:main:api/catalog.yaml":                          "git:main:api/catalog.yaml",
		"mod:example.com/api@v1.0.0/c.yaml":                  "mod:example.com/api@v1.0.0/c.yaml",
	} {
		var list diag.List
		span := diag.Span{File: diag.NewFile(name, []byte("x")), Line: 1, Col: 1, Len: 1}
		list.Add(diag.Diagnostic{Rule: rule.YAMLSyntax, Span: span, Message: "m",
			Notes: []diag.Note{{Span: span, Message: "n"}}})
		for _, f := range report.Formats() {
			var b bytes.Buffer
			if err := f.Write(&b, &list, report.Options{Dir: dir, Root: root}); err != nil {
				t.Fatal(err)
			}
			seen := map[string]string{
				"text": name + ":1:1: ",
				"json": `"file": "` + name + `"`,
				"github": "file=" + strings.NewReplacer(":", "%3A", ",", "%2C").Replace(want) +
					",line=1,",
				"sarif": `"uri": "` + strings.NewReplacer("<", "%3C", ">", "%3E").Replace(want) +
					`"`,
			}[f.Name]
			if !strings.Contains(b.String(), seen) {
				t.Errorf("%s as %s: want %q in\n%s", name, f.Name, seen,
					b.String()[max(0, b.Len()-1500):])
			}
			if note := "note: n (" + want + ":1:1)"; f.Name == "github" &&
				!strings.Contains(b.String(), note) {
				t.Errorf("%s: want %q in\n%s", name, note, b.String())
			}
		}
	}
}

// GitHub keeps only a tool's newest results in a category, so each command has a category for each
// catalog.
func TestSARIFNamesItsCategory(t *testing.T) {
	for _, f := range report.Formats() {
		var b bytes.Buffer
		o := report.Options{Command: "breaking", Catalog: "../auth/catalog.yaml", Root: "/repo",
			Dir: "/repo/billing"}
		if err := f.Write(&b, &diag.List{}, o); err != nil {
			t.Fatal(err)
		}
		if want := `"automationDetails": {"id": "errspec/breaking/auth/catalog.yaml/"}`; f.Name == "sarif" &&
			!strings.Contains(b.String(), want) {
			t.Errorf("there is no %s", want)
		}
	}
}

func TestSemanticVersionIsLeftOutIfThereIsNone(t *testing.T) {
	for _, f := range report.Formats() {
		var b bytes.Buffer
		if err := f.Write(&b, &diag.List{}, report.Options{Version: "(devel)"}); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(b.String(), "semanticVersion") {
			t.Errorf("%s: (devel) is not a semantic version:\n%s", f.Name, b.String())
		}
	}
}

// For programs, a report without diagnostics is a report as well.
func TestNothingToReport(t *testing.T) {
	want := map[string]string{
		"text": "", "github": "",
		"json":  "{\"version\": 1, \"findings\": [], \"counts\": {\"error\": 0, \"warning\": 0, \"info\": 0, \"omitted\": 0}}\n",
		"sarif": `"results": []`, "markdown": "### errspec: nothing to report\n",
	}
	for _, f := range report.Formats() {
		got := written(t, f.Name, &diag.List{})
		if f.Name == "sarif" && strings.Contains(got, want[f.Name]) {
			continue
		}
		if diff := cmp.Diff(want[f.Name], got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", f.Name, diff)
		}
	}
}

// If there are too many diagnostics, every format lists the most severe and counts the rest.
func TestTooManyAreCounted(t *testing.T) {
	f := diag.NewFile("catalog.yaml", bytes.Repeat([]byte("a: b\n"), 2000))
	var list diag.List
	for i := range 1500 {
		list.Add(diag.Diagnostic{Severity: diag.Severity(1 + i%2), Rule: rule.YAMLSyntax,
			Span: diag.Span{File: f, Line: i + 1, Col: 1, Len: 1}, Message: "m"})
	}
	for format, want := range map[string]string{
		"text":   "\n750 errors, 750 warnings (1000 diagnostics are shown)\n",
		"github": "\n750 errors, 750 warnings (1000 diagnostics are shown)\n",
		"json":   `"counts": {"error": 750, "warning": 750, "info": 0, "omitted": 500}`,
		"sarif":  "500 more diagnostics are counted but not listed.",
	} {
		got := written(t, format, &list)
		if !strings.Contains(got, want) {
			t.Errorf("%s does not say %q:\n…%s", format, want, got[len(got)-300:])
		}
	}
	var doc struct{ Findings []struct{ Severity string } }
	if err := json.Unmarshal([]byte(written(t, "json", &list)), &doc); err != nil {
		t.Fatal(err)
	}
	listed := map[string]int{}
	for _, f := range doc.Findings {
		listed[f.Severity]++
	}
	if diff := cmp.Diff(map[string]int{"error": 750, "warning": 250}, listed); diff != "" {
		t.Errorf("what is listed differs (-want +got):\n%s", diff)
	}
}

// A message stays in its cell and mentions nobody, whatever it contains.
func TestMarkdownEscapes(t *testing.T) {
	var list diag.List
	f := diag.NewFile("a|b `c`.yaml", []byte("x\n"))
	list.Add(diag.Diagnostic{
		Severity: diag.Warning, Rule: "some-rule", Span: diag.Span{File: f, Line: 1, Col: 1,
			Len: 1},
		Message: "a | b\n<img src=x> @team *x* [l](u)", Help: "write `|`",
	})
	list.Add(diag.Diagnostic{Severity: diag.Error, Span: diag.Span{File: f, Line: 2, Col: 1},
		Message: "worse"})
	list.Accepted = 2
	var out bytes.Buffer
	for _, format := range report.Formats() {
		if format.Name != "markdown" {
			continue
		}
		if err := format.Write(&out, &list,
			report.Options{Command: "breaking", Severest: true}); err != nil {
			t.Fatal(err)
		}
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if lines[0] != "### errspec breaking: 1 error, 1 warning, 2 accepted" {
		t.Errorf("the heading is %q", lines[0])
	}
	if len(lines) != 6 || !strings.HasPrefix(lines[4], "| error | worse |") ||
		!strings.HasPrefix(lines[5], "| warning |") {
		t.Fatalf("the most severe does not come first:\n%s", out.String())
	}
	for _, line := range lines[2:] {
		if n := strings.Count(line, "|") - strings.Count(line, `\|`); n != 4 {
			t.Errorf("%d bars in %q, want 4", n, line)
		}
	}
	for _, bad := range []string{"<img", " @team", " *x*", "[l](u)"} {
		if strings.Contains(out.String(), bad) {
			t.Errorf("%q is not escaped:\n%s", bad, out.String())
		}
	}
}
