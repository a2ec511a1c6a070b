package rule_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/errspec/errspec/gen/internal/breaking"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/emit/markdown"
	"github.com/errspec/errspec/gen/internal/inject"
	"github.com/errspec/errspec/gen/internal/pagetemplate"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/source"
)

// Every rule has an example, in which it finds something before and nothing after.
func TestExamples(t *testing.T) {
	for _, r := range rule.Table() {
		t.Run(r.ID, func(t *testing.T) {
			e := r.Example()
			if e.Before == "" || e.After == "" {
				t.Fatalf("the rule %s has no example: give it one in examples.go", r.ID)
			}
			before, after := findings(t, r.About, e.Before), findings(t, r.About, e.After)
			if len(before) == 0 {
				t.Errorf("the rule finds nothing in the example before:\n%s", e.Before)
			}
			for _, d := range before {
				if d.Rule != r.ID {
					t.Errorf("the example before has a second mistake, %s: %s [%s]\n%s",
						d.Span, d.Message, d.Rule, completed(e.Before))
				}
			}
			for _, d := range after {
				t.Errorf("the example after has a mistake, %s: %s [%s]\n%s",
					d.Span, d.Message, d.Rule, completed(e.After))
			}
		})
	}
}

// Every rule about changes has an example, in which it finds one change, and no other rule does.
func TestChangeExamples(t *testing.T) {
	for _, r := range rule.Changes() {
		t.Run(r.ID, func(t *testing.T) {
			e := r.Example()
			var versions [2]breaking.Version
			for i, excerpt := range []string{e.Before, e.After} {
				var list diag.List
				versions[i], list = pipeline.Version(source.New("example.yaml",
					[]byte(completed(excerpt)), nil))
				for _, d := range list.All() {
					t.Errorf("an example has a mistake, %s: %s [%s]\n%s",
						d.Span, d.Message, d.Rule, completed(excerpt))
				}
			}
			if t.Failed() {
				return
			}
			list := breaking.Review(versions[0], versions[1], rule.Source)
			if all := list.All(); len(all) != 1 || all[0].Rule != r.ID {
				t.Errorf("the example shows %v, want one change of the rule\n%s\n%s", all, e.Before, e.After)
			}
		})
	}
}

// A warning can be ignored as `errspec explain` says: for the whole catalog, and, if it is about a
// code, by the code alone or by a comment above it. Warnings about exceptions cannot.
func TestWarningsCanBeIgnored(t *testing.T) {
	for _, r := range rule.Of(rule.Catalog) {
		if r.Severity == diag.Error {
			continue
		}
		t.Run(r.ID, func(t *testing.T) {
			before := completed(r.Example().Before)
			ignored := func(more string) string {
				return "ignore: [{rule: " + r.ID + more + ", reason: It may.}]"
			}
			with := func(more string) string {
				switch {
				case strings.Contains(before, "  ignore:\n"):
					return strings.Replace(before, "  ignore:\n",
						"  ignore:\n    - {rule: "+r.ID+more+", reason: It may.}\n", 1)
				case strings.Contains(before, "lint: {"):
					return strings.Replace(before, "lint: {", "lint: {"+ignored(more)+", ", 1)
				case strings.Contains(before, "lint:\n"):
					return strings.Replace(before, "lint:\n", "lint:\n  "+ignored(more)+"\n", 1)
				default:
					return before + "lint: {" + ignored(more) + "}\n"
				}
			}
			ways := map[string]string{"everywhere": with("")}
			if r.Of == rule.OneCode {
				_, code, _ := strings.Cut(before, "code: ")
				code = code[:strings.IndexAny(code, ",\n")]
				ways["by code"] = with(", codes: [" + code + "]")
				ways["by a comment"] = strings.Replace(before, "      - ",
					"      # errspec:ignore "+r.ID+" It may.\n      - ", 1)
			}
			for way, catalog := range ways {
				if found := loadFindings(catalog); (len(found) == 0) != r.Ignorable() {
					t.Errorf("ignored %s, there are the findings %v\n%s", way, found, catalog)
				}
			}
		})
	}
}

func findings(t *testing.T, about rule.Subject, excerpt string) []diag.Diagnostic {
	t.Helper()
	if about == rule.Catalog {
		return catalogFindings(excerpt)
	}
	c, _ := pipeline.Load(source.New("example.yaml", []byte(completed("")), nil))
	file, list := diag.NewFile("example.md", []byte(excerpt)), diag.List{}
	switch about {
	case rule.Page:
		_, list = inject.Parse(file)
	case rule.Template:
		template, found := pagetemplate.Parse(file)
		if list = found; template != nil {
			_, err := markdown.Emit(c, markdown.Options{Template: template})
			if err := list.Take(err); err != nil {
				t.Fatal(err)
			}
		}
	}
	return list.All()
}

func catalogFindings(excerpt string) []diag.Diagnostic { return loadFindings(completed(excerpt)) }

func loadFindings(catalog string) []diag.Diagnostic {
	folder := fstest.MapFS{"errors/files.yaml": {Data: []byte("groups: []\n")}}
	_, list := pipeline.Load(source.New("example.yaml", []byte(catalog), folder))
	return list.All()
}

// completed returns a whole catalog for an excerpt: what every catalog must have is put around it.
func completed(excerpt string) string {
	keys, errors := excerpt, ""
	if i := strings.Index("\n"+excerpt, "\n- "); i >= 0 {
		keys, errors = excerpt[:i], excerpt[i:]
	}
	catalog := "version: 1\ntitle: Errors\n" + keys
	if !strings.Contains("\n"+keys, "\ngroups:") {
		catalog += "groups:\n"
	}
	if errors != "" {
		catalog += "  - id: examples\n    title: Examples\n    errors:\n"
		for line := range strings.Lines(errors) {
			catalog += "      " + line
		}
	}
	if !strings.Contains(excerpt, "code: INTERNAL_ERROR") {
		catalog += "  - id: server\n    title: Server\n    errors:\n" +
			"      - {code: INTERNAL_ERROR, status: 500, message: Internal server error, resolution: Report it.}\n"
	}
	return catalog
}
