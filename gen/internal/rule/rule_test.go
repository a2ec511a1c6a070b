package rule_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
)

func TestTable(t *testing.T) {
	id := regexp.MustCompile(`^[a-z]+(-[a-z]+)+$`)
	seen := map[string]bool{}
	for _, r := range slices.Concat(rule.Table(), rule.Changes()) {
		if !id.MatchString(r.ID) && r.ID != rule.Deprecated && r.ID != rule.Undeprecated || seen[r.ID] {
			t.Errorf("%q: an id is words in kebab-case, and unique", r.ID)
		}
		seen[r.ID] = true
		if r.Summary == "" || strings.HasSuffix(r.Summary, ".") || strings.Contains(r.Summary, "\n") {
			t.Errorf("%s: a summary is one line without a final dot: %q", r.ID, r.Summary)
		}
		if !strings.HasSuffix(r.Why, ".") {
			t.Errorf("%s: a reason is a sentence: %q", r.ID, r.Why)
		}
		if r.OptIn && r.Severity == diag.Error {
			t.Errorf("%s: an error cannot be opted into", r.ID)
		}
		breaks := r.Category != rule.Harmless
		if (r.Fix != "") != breaks || strings.HasSuffix(r.Fix, ".") {
			t.Errorf("%s: what breaks somebody says what to do instead, without a final dot: %q",
				r.ID, r.Fix)
		}
		if got, ok := rule.Find(r.ID); !ok || got != r {
			t.Errorf("Find(%q) = %v, %v", r.ID, got, ok)
		}
	}
	if _, ok := rule.Find("no-such-rule"); ok {
		t.Error("Find finds a rule that the table does not have")
	}
}
