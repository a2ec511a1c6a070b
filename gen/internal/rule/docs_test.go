package rule_test

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errspec/errspec/gen/internal/rule"
)

var update = flag.Bool("update", false, "rewrite the documentation's tables of rules")

// The tables of rules are between these two lines.
const (
	begin = "<!-- rules:begin, written by go test ./gen/internal/rule -run Docs -update -->\n"
	end   = "<!-- rules:end -->\n"
)

func TestDocsHaveTheRules(t *testing.T) {
	const name = "../../docs/rules.md"
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(data), begin)
	got, after, closed := strings.Cut(rest, end)
	if !found || !closed {
		t.Fatalf("%s has no tables of rules; put these two lines where they belong\n%s%s",
			name, begin, end)
	}
	want := "`errspec lint` finds these in a catalog:\n" + asMarkdown(rule.Of(rule.Catalog)) +
		"`errspec generate` finds these in templates and hand-written pages (`--template`, `--inject`):\n" +
		asMarkdown(rule.Of(rule.Template, rule.Page)) +
		"`errspec breaking` finds these between two versions of a catalog. The second column says whose code breaks:\n" +
		"clients that know codes and statuses (wire), clients that read all of the JSON (contract), or callers of\n" +
		"the generated code in a language (source).\n" + changes(rule.Changes())
	if *update {
		if err := os.WriteFile(name, []byte(before+begin+want+end+after), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(strings.Split(got, "\n"), strings.Split(want, "\n")); diff != "" {
		t.Errorf("%s is stale (-is +should be); run go test ./gen/internal/rule -run Docs -update\n%s",
			name, diff)
	}
}

// asMarkdown returns the table as Markdown.
func asMarkdown(rules []rule.Rule) string {
	var b strings.Builder
	b.WriteString("\n| rule | severity | what it finds |\n|---|---|---|\n")
	for _, r := range rules {
		severity := r.Severity.String()
		if r.OptIn {
			severity += ", opt-in"
		}
		b.WriteString("| `" + r.ID + "` | " + severity + " | " +
			strings.ReplaceAll(r.Summary, "|", `\|`) + " |\n")
	}
	return b.String() + "\n"
}

// changes returns the table of the rules about changes.
func changes(rules []rule.Rule) string {
	var b strings.Builder
	b.WriteString("\n| rule | breaks | severity | what changed |\n|---|---|---|---|\n")
	for _, r := range rules {
		breaks := string(r.Category)
		if r.Category == rule.Harmless {
			breaks = "nobody"
		}
		b.WriteString("| `" + r.ID + "` | " + breaks + " | " + r.Severity.String() + " | " +
			strings.ReplaceAll(r.Summary, "|", `\|`) + " |\n")
	}
	return b.String() + "\n"
}
