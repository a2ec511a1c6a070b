package rule_test

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errspec/errspec/gen/internal/rule"
)

var update = flag.Bool("update", false, "rewrite the README's table of rules to what the rules are now")

// The README's table of rules stands between these two lines.
const (
	begin = "<!-- rules:begin, written by go test ./gen/internal/rule -run Readme -update -->\n"
	end   = "<!-- rules:end -->\n"
)

func TestReadmeHasTheRules(t *testing.T) {
	const name = "../../../README.md"
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(data), begin)
	got, after, closed := strings.Cut(rest, end)
	if !found || !closed {
		t.Fatalf("README.md has no place for the table of rules: put these two lines around it\n%s%s", begin, end)
	}
	want := "In a catalog `errspec lint` finds these.\n" + asMarkdown(rule.Of(rule.Catalog)) +
		"In the files that outputs are made with (`--template`, `--inject`) `errspec generate` finds these.\n" + asMarkdown(rule.Of(rule.Template, rule.Page)) + "Between two editions of a catalog `errspec breaking` finds these. The category says whom a change breaks: clients that know codes and statuses\n" +
		"(wire), clients that read all of the JSON as well (contract), callers of the generated Go package as well (source).\n" + changes(rule.Changes())
	if *update {
		if err := os.WriteFile(name, []byte(before+begin+want+end+after), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(strings.Split(got, "\n"), strings.Split(want, "\n")); diff != "" {
		t.Errorf("the README's table of rules is not up to date (-is +should be); run go test ./gen/internal/rule -run Readme -update\n%s", diff)
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
		b.WriteString("| `" + r.ID + "` | " + severity + " | " + strings.ReplaceAll(r.Summary, "|", `\|`) + " |\n")
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
		b.WriteString("| `" + r.ID + "` | " + breaks + " | " + r.Severity.String() + " | " + strings.ReplaceAll(r.Summary, "|", `\|`) + " |\n")
	}
	return b.String() + "\n"
}
