// Package ruletest compares the diagnostics of a file with comments in the file.
//
// A comment is on the guilty line, in the comment syntax of the file:
//
//	status: 999 # want col=9 "not the status of an error"
//
// The text is a regular expression for the message; +2 before it means two lines further down, +-1
// the line above, where no comment can stand. Not a goal: findings without a place, and where notes
// point to. Tests of their own look at these.
package ruletest

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
)

// A want is a diagnostic that a comment expects.
type want struct {
	place   string // file:line:col
	message *regexp.Regexp
	met     bool
}

const keyword = "# want"

var comment = regexp.MustCompile(keyword + ` (?:\+(-?\d+) )?col=(\d+) ("(?:[^"\\]|\\.)*")`)

// Judge reports each diagnostic that no comment expects or that does not suit its rule, and each
// comment without its diagnostic.
func Judge(t testing.TB, r rule.Rule, found []diag.Diagnostic, files ...*diag.File) {
	t.Helper()
	var wanted []*want
	for _, f := range files {
		wanted = append(wanted, wants(t, f)...)
	}
	if len(wanted) == 0 {
		t.Errorf("%s wants no finding: mark the guilty line with a comment `%s col=N \"…\"`",
			files[0].Name, keyword)
	}
	for _, d := range found {
		judge(t, r, d, wanted)
	}
	for _, w := range wanted {
		if !w.met {
			t.Errorf("%s: no finding that says %q", w.place, w.message)
		}
	}
}

func wants(t testing.TB, f *diag.File) []*want {
	t.Helper()
	var list []*want
	for line := 1; line <= f.Lines(); line++ {
		text := f.Line(line)
		found := comment.FindAllStringSubmatch(text, -1)
		if len(found) != strings.Count(text, keyword) {
			t.Fatalf("%s:%d: a comment that is no `%s col=N \"…\"`", f.Name, line, keyword)
		}
		for _, m := range found {
			message, err := strconv.Unquote(m[3])
			if err != nil {
				t.Fatalf("%s:%d: %v", f.Name, line, err)
			}
			down, _ := strconv.Atoi(m[1]) // digits, or none
			list = append(list, &want{
				place: fmt.Sprintf("%s:%d:%s", f.Name, line+down, m[2]), message: regexp.MustCompile(message),
			})
		}
	}
	return list
}

// judge compares one finding with what was wanted, and with what every finding owes its reader.
func judge(t testing.TB, r rule.Rule, d diag.Diagnostic, wanted []*want) {
	t.Helper()
	place := fmt.Sprintf("%s:%d:%d", d.Span.File.Name, d.Span.Line, d.Span.Col)
	known := false
	for _, w := range wanted {
		if !w.met && w.place == place && w.message.MatchString(d.Message) {
			w.met, known = true, true
			break
		}
	}
	if !known || d.Rule != r.ID {
		t.Errorf("%s: a diagnostic that no comment expects: %v: %s [%s]",
			place, d.Severity, d.Message, d.Rule)
	}
	if d.Severity != r.Severity {
		t.Errorf("%s: the severity is %v; the rule's is %v", place, d.Severity, r.Severity)
	}
	if d.Help == "" ||
		strings.ContainsAny(d.Message+d.Help, "\n") ||
		strings.HasSuffix(d.Message, ".") {
		t.Errorf("%s: a message is one line without a final dot, and a help says what to do: %q, %q",
			place, d.Message, d.Help)
	}
	for _, n := range d.Notes {
		if n.Span.IsZero() {
			t.Errorf("%s: a note without a place: %q", place, n.Message)
		}
	}
}
