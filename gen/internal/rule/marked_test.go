package rule_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/internal/rule"
)

// markedFiles are the folders with a rule's files, in which a comment marks the guilty line.
// TestRules of the package there compares the comments with the diagnostics.
var markedFiles = map[rule.Subject]string{
	rule.Catalog:  "../check/testdata/rules/{id}.yaml",
	rule.Change:   "../breaking/testdata/rules/{id}/new.yaml",
	rule.Template: "../pagetemplate/testdata/rules/{id}/*.tmpl",
	rule.Page:     "../inject/testdata/rules/{id}/*.md",
}

// Every rule has a file in which the guilty line is marked, whatever the rule is about.
func TestEveryRuleHasAMarkedFile(t *testing.T) {
	for _, r := range rule.All() {
		pattern := strings.ReplaceAll(markedFiles[r.About], "{id}", r.ID)
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Errorf("the rule %s has no test: write %s, with a comment `# want col=N \"…\"` on the guilty line %v",
				r.ID, pattern, err)
		}
		for _, name := range files {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(string(data), "# want ") {
				t.Errorf("%s marks no line: add a comment `# want col=N \"…\"` to the guilty one", name)
			}
		}
	}
}
