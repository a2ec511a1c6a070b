package check_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/internal/check"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/rule/ruletest"
	"github.com/errspec/errspec/gen/internal/source"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// Every rule about a catalog has a file in which it bites, and nothing else does. Comments in it
// say where; see package ruletest.
func TestRules(t *testing.T) {
	for _, r := range rule.Of(rule.Catalog) {
		t.Run(r.ID, func(t *testing.T) {
			const dir = "testdata/rules"
			name := r.ID + ".yaml"
			marked := []*diag.File{read(t, dir, name)}
			parts, err := filepath.Glob(filepath.Join(dir, "parts", r.ID, "*"))
			if err != nil {
				t.Fatal(err)
			}
			for _, part := range parts {
				rel, err := filepath.Rel(dir, part)
				if err != nil {
					t.Fatal(err)
				}
				marked = append(marked, read(t, dir, filepath.ToSlash(rel)))
			}
			ruletest.Judge(t, r, findings(source.New(name, marked[0].Bytes(), os.DirFS(dir))), marked...)
		})
	}
}

func read(t *testing.T, dir, name string) *diag.File {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return diag.NewFile(name, data)
}

// findings is what package pipeline does, without the catalog.
func findings(src *source.Source) []diag.Diagnostic {
	written, list := syntax.Parse(src)
	if written != nil {
		_, more := check.Check(written)
		list.Append(more)
	}
	return list.All()
}

// The files of testdata/rules are the rules' own: a file whose rule is gone should go as well.
func TestRuleFilesHaveRules(t *testing.T) {
	files, err := filepath.Glob("testdata/rules/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if _, ok := rule.Find(strings.TrimSuffix(filepath.Base(f), ".yaml")); !ok {
			t.Errorf("%s is named for no rule: remove it", f)
		}
	}
}

// A catalog describes what servers send, which nobody can change: no help asks for another code,
// status or message without saying what to do if clients receive this one.
func TestHelpsKeepTheWire(t *testing.T) {
	asks := regexp.MustCompile(`(?i)^(rename (it|one|the code|the param)|use a status|use another|shorten it, or|put text between)`)
	files, err := filepath.Glob("testdata/rules/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	helps := 0
	for _, f := range files {
		name := filepath.Base(f)
		for _, d := range findings(source.New(name,
			read(t, "testdata/rules", name).Bytes(), os.DirFS("testdata/rules"))) {
			if helps++; asks.MatchString(d.Help) &&
				d.Rule != rule.DuplicateGroup &&
				d.Rule != rule.DuplicateVariant {
				t.Errorf("%s: the help of %s asks to change what is sent: %s", d.Span, d.Rule, d.Help)
			}
		}
	}
	if helps == 0 {
		t.Error("there are no findings")
	}
}
