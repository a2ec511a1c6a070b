package report_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/report"
)

func TestTextShowsPositionSourceNotesAndHelp(t *testing.T) {
	f := diag.NewFile("catalog.yaml", []byte("version: 1\ngroups:\n  - status: 499\n"))
	var list diag.List
	list.Add(diag.Diagnostic{
		Severity: diag.Error, Rule: "status-range", Message: "status 499 is not assigned",
		Span: diag.Span{File: f, Line: 3, Col: 13, Len: 3},
		Notes: []diag.Note{{Span: diag.Span{File: f, Line: 2, Col: 1}, Message: "in this group"},
			{Message: "a remark"}},
		Help: "use 408",
	})
	list.Add(diag.Diagnostic{Severity: diag.Warning, Rule: "empty", Message: "no codes",
		Span: diag.Span{File: f}})
	want := `catalog.yaml: warning: no codes [empty]
catalog.yaml:3:13: error: status 499 is not assigned [status-range]
    3 |   - status: 499
      |             ^~~
  note: in this group (catalog.yaml:2:1)
  note: a remark
  help: use 408
1 error, 1 warning
`
	if diff := cmp.Diff(want, render(t, report.Text{}, &list)); diff != "" {
		t.Errorf("the rendering differs (-want +got):\n%s", diff)
	}
}

func TestCaretStandsUnderTheGuiltyPart(t *testing.T) {
	long := strings.Repeat("a", 500) + "GUILTY" + strings.Repeat("b", 500)
	for _, tt := range []struct {
		name     string
		line     string
		col, len int
		want     string // the source line and the caret line, without the gutters
	}{
		{"a point", "key: value", 6, 0, "key: value\n     ^"},
		{"a tab keeps its position", "\tkey: v", 2, 3, "\tkey: v\n\t^~~"},
		{"wide characters count twice", "日本: 文字", 5, 2, "日本: 文字\n      ^~~~"},
		{"combining marks count for nothing", "e\u0301: x", 5, 1, "e\u0301: x\n   ^"},
		{"past the end of the line", "key:", 9, 3, "key:\n    ^"},
		{"no longer than the line", "key: |", 6, 40, "key: |\n     ^"},
		{"an escape sequence is shown, not run", "a\x1b[31mb", 7, 1, "a␛[31mb\n      ^"},
		{"a mark of direction is shown", "a\u202eb", 3, 1, "a‹U+202E›b\n         ^"},
		{"what is not seen is shown, and marked", "a\u200bb", 2, 1, "a‹U+200B›b\n ^~~~~~~~"},
		{"a joiner that is needed stays", "\u0645\u06cc\u200c\u062e: x", 7, 1,
			"\u0645\u06cc\u200c\u062e: x\n     ^"},
		{"the end of a CRLF line", "key: v\r", 6, 1, "key: v\n     ^"},
		{"an empty line", "", 1, 0, "\n^"},
		{
			"a long line is cut around the position", long, 501, 6,
			"…" + strings.Repeat("a", 40) + "GUILTY" + strings.Repeat("b", 114) + "…\n" +
				strings.Repeat(" ", 41) + "^~~~~~",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := diag.NewFile("f", []byte(tt.line+"\nnext line\n"))
			var list diag.List
			list.Add(diag.Diagnostic{Message: "m", Span: diag.Span{File: f, Line: 1, Col: tt.col,
				Len: tt.len}})
			lines := strings.Split(render(t, report.Text{}, &list), "\n")
			got := strings.TrimPrefix(lines[1], "    1 | ") + "\n" + strings.TrimPrefix(lines[2],
				"      | ")
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("source and caret differ (-want +got):\n%s", diff)
			}
		})
	}
}

// Whatever a file holds and a diagnostic points at, a terminal gets plain text, one line for each
// line of ours.
func FuzzText(f *testing.F) {
	f.Add([]byte("key: value\n"), 1, 6, 5)
	f.Add([]byte("\x1b[31m\x00\xff\u202e\u2028"), 1, 2, 3)
	f.Add([]byte(strings.Repeat("a", 1000)), 1, 900, 2000)
	f.Add([]byte("\r\n\t日本"), 2, -1, -1)
	f.Fuzz(func(t *testing.T, src []byte, line, col, length int) {
		var list diag.List
		list.Add(diag.Diagnostic{
			Message: string(src), Help: "help " + string(src),
			Span: diag.Span{File: diag.NewFile("f", src), Line: line, Col: col, Len: length},
		})
		got := render(t, report.Text{}, &list)
		if i := strings.IndexFunc(got,
			func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }); i >= 0 {
			t.Errorf("the rendering contains a control character at %d: %q", i, got)
		}
		if n := strings.Count(got, "\n"); n != 3 && n != 5 {
			t.Errorf("the rendering has %d lines, want 3, or 5 with the source: %q", n, got)
		}
	})
}

func TestMessagesStayOnOneLine(t *testing.T) {
	var list diag.List
	list.Add(diag.Diagnostic{Severity: diag.Error, Message: "a\nb\x1b[0m", Help: "c\rd"})
	want := "error: a␊b␛[0m\n  help: c␍d\n1 error\n"
	if diff := cmp.Diff(want, render(t, report.Text{}, &list)); diff != "" {
		t.Errorf("the rendering differs (-want +got):\n%s", diff)
	}
}

func TestColorOnlyAddsEscapes(t *testing.T) {
	f := diag.NewFile("f", []byte("key: value\n"))
	var list diag.List
	for s := diag.Info; s <= diag.Error; s++ {
		list.Add(diag.Diagnostic{
			Severity: s, Rule: "r", Message: "m", Span: diag.Span{File: f, Line: 1, Col: 6, Len: 5},
			Help:  "h",
			Notes: []diag.Note{{Message: "n"}},
		})
	}
	colored := render(t, report.Text{Color: true}, &list)
	for _, code := range []string{"31", "33", "36", "32", "1", "0"} {
		colored = strings.ReplaceAll(strings.ReplaceAll(colored, "\x1b["+code+"m", ""),
			"\x1b[1;"+code+"m", "")
	}
	if diff := cmp.Diff(render(t, report.Text{}, &list), colored); diff != "" {
		t.Errorf(
			"without escapes, coloured output differs from plain output (-plain +coloured):\n%s",
			diff)
	}
}

func TestSummaryCounts(t *testing.T) {
	for _, tt := range []struct {
		errors, warnings, infos int
		want                    string
	}{
		{1, 0, 0, "1 error"},
		{3, 1, 0, "3 errors, 1 warning"},
		{0, 2, 2, "2 warnings, 2 info"},
		{1200, 1, 0, "1200 errors, 1 warning (1000 diagnostics are shown)"},
	} {
		var list diag.List
		for s, n := range []int{tt.infos, tt.warnings, tt.errors} {
			for i := range n {
				list.Add(diag.Diagnostic{Severity: diag.Severity(s),
					Message: fmt.Sprint("diagnostic ", i)})
			}
		}
		lines := strings.Split(strings.TrimSuffix(render(t, report.Text{}, &list), "\n"), "\n")
		if got := lines[len(lines)-1]; got != tt.want {
			t.Errorf("%d errors, %d warnings, %d infos end in %q, want %q", tt.errors, tt.warnings,
				tt.infos, got, tt.want)
		}
		if shown := len(lines) - 1; shown != min(tt.errors+tt.warnings+tt.infos, diag.MaxShown) {
			t.Errorf("%d diagnostics are shown for %q", shown, tt.want)
		}
	}
}

func TestErrorsAreShownBeforeWarnings(t *testing.T) {
	f := diag.NewFile("f", bytes.Repeat([]byte("x\n"), 3000))
	var list diag.List
	for line := 1; line <= 2000; line++ {
		severity := diag.Warning
		if line%10 == 0 {
			severity = diag.Error
		}
		list.Add(diag.Diagnostic{Severity: severity, Message: "m",
			Span: diag.Span{File: f, Line: line, Col: 1}})
	}
	got := render(t, report.Text{}, &list)
	if n := strings.Count(got, ": error: "); n != 200 {
		t.Errorf("%d of 200 errors are shown", n)
	}
	if n := strings.Count(got, ": warning: "); n != diag.MaxShown-200 {
		t.Errorf("%d warnings are shown, want as many as fit, %d", n,
			diag.MaxShown-200)
	}
	if strings.Index(got, "f:9:1: warning") > strings.Index(got, "f:10:1: error") {
		t.Error("diagnostics are not in the order of their positions")
	}
}

func TestAnEmptyListPrintsNothing(t *testing.T) {
	if got := render(t, report.Text{}, new(diag.List)); got != "" {
		t.Errorf("an empty list prints %q", got)
	}
}

func TestAWriteErrorIsReported(t *testing.T) {
	var list diag.List
	list.Add(diag.Diagnostic{Message: "m"})
	if err := (report.Text{}).Write(brokenPipe{}, &list); !errors.Is(err, errBroken) {
		t.Errorf("a failing writer gives %v, want %v", err, errBroken)
	}
}

var errBroken = errors.New("broken pipe")

type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) { return 0, errBroken }

func render(t *testing.T, text report.Text, list *diag.List) string {
	t.Helper()
	var b strings.Builder
	if err := text.Write(&b, list); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
