package markdown_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The page that the project started from, whose tables are in testdata/bithuman.tsv, was written by
// hand. Ours has all of it.
func TestTheHandWrittenPageIsOnOurs(t *testing.T) {
	p := emitted(t, load(t, "../../../../catalog.yaml"))

	t.Run("tables", func(t *testing.T) {
		got := p.tables()
		for i, want := range handWritten(t) {
			if i >= len(got) {
				t.Fatalf("the page has %d tables, the hand-written one more", len(got))
			}
			// Rows may be added (the hand-written page forgot status 403), but none may change, or change
			// its place.
			rows := slices.DeleteFunc(got[i], func(row []string) bool {
				return !holds(want, row) && row[0] == "403"
			})
			if diff := cmp.Diff(want, rows); diff != "" {
				t.Errorf("table %d: the words of the hand-written page, and ours (-want +got); see catalog.yaml and templates/errors.md.tmpl:\n%s",
					i+1, diff)
			}
		}
	})

	t.Run("headings", func(t *testing.T) {
		want := []string{
			"Errors", "Error response format", "HTTP status codes", "Error codes", "Authentication",
			"Agent operations", "File operations", "Session & infrastructure", "Handling errors in Python",
		}
		got := slices.DeleteFunc(p.headings(), func(h string) bool { return !slices.Contains(want, h) })
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("the headings of the hand-written page, in its order (-want +got):\n%s", diff)
		}
	})

	t.Run("prose", func(t *testing.T) {
		all := p.shown(p.root)
		for _, want := range []string{
			"The bitHuman API error format, HTTP status codes, and the full error-code catalog with resolution steps.",
			"Every error follows the same structured envelope:",
			`{ "error": { "code": "ERROR_CODE", "message": "Human-readable description of what went wrong.", "httpStatus": 401 }, "status": "error", "status_code": 401 }`,
			"Important The HTTP transport status always matches status_code and error.httpStatus — there is no “200-on-error”. An auth failure returns HTTP 401, a validation failure returns HTTP 400, and so on. You can branch on either the HTTP status line or the parsed error.code; they never disagree.",
			`print(f"Error {err['code']}: {err['message']}")`,
			"For 429 and 503, use exponential backoff with jitter — see rate limits for the recommended retry strategy.",
		} {
			if !strings.Contains(all, want) {
				t.Errorf("the page does not say: %s", want)
			}
		}
	})
}

func holds(table [][]string, row []string) bool {
	return slices.ContainsFunc(table, func(r []string) bool { return slices.Equal(r, row) })
}

// handWritten reads the tables: a row a line, a tab between cells, an empty line between tables.
func handWritten(t *testing.T) [][][]string {
	t.Helper()
	data, err := os.ReadFile("testdata/bithuman.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var tables [][][]string
	for _, table := range strings.Split(strings.TrimSpace(string(data)), "\n\n") {
		var rows [][]string
		for _, line := range strings.Split(table, "\n") {
			rows = append(rows, strings.Split(line, "\t"))
		}
		tables = append(tables, rows)
	}
	if len(tables) != 5 {
		t.Fatalf("the hand-written page has 5 tables, testdata/bithuman.tsv %d", len(tables))
	}
	return tables
}
