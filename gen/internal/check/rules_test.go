package check_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/internal/check"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/source"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// A want is a finding that a file of testdata/rules asks for, in a comment on the guilty line:
//
//	status: 999 # want col=9 "not the status of an error"
//
// The text is a regular expression for the message; +2 before it means two lines further down, +-1 the line above, where no comment can stand.
type want struct {
	place   string // file:line:col
	message *regexp.Regexp
	met     bool
}

var wantComment = regexp.MustCompile(`# want (?:\+(-?\d+) )?col=(\d+) ("(?:[^"\\]|\\.)*")`)

func wants(t *testing.T, name string, data []byte) []*want {
	t.Helper()
	var list []*want
	for i, line := range strings.Split(string(data), "\n") {
		found := wantComment.FindAllStringSubmatch(line, -1)
		if len(found) != strings.Count(line, "# want") {
			t.Fatalf("%s:%d: a comment that is no `# want col=N \"…\"`", name, i+1)
		}
		for _, m := range found {
			text, err := strconv.Unquote(m[3])
			if err != nil {
				t.Fatalf("%s:%d: %v", name, i+1, err)
			}
			down, _ := strconv.Atoi(m[1])
			list = append(list, &want{place: fmt.Sprintf("%s:%d:%s", name, i+1+down, m[2]), message: regexp.MustCompile(text)})
		}
	}
	return list
}

// Every rule has a file in which it bites, and nothing else does.
func TestRules(t *testing.T) {
	for _, r := range rule.Table() {
		if r.About != rule.Catalog {
			continue // tested where such files are read
		}
		t.Run(r.ID, func(t *testing.T) {
			const dir = "testdata/rules"
			name := r.ID + ".yaml"
			data, err := os.ReadFile(filepath.Join(dir, name))
			if err != nil {
				t.Fatalf("the rule %s has no test: write a catalog that breaks it, with a comment `# want col=N \"…\"` on the guilty line\n%v", r.ID, err)
			}
			expected := wants(t, name, data)
			parts, err := filepath.Glob(filepath.Join(dir, "parts", r.ID, "*"))
			if err != nil {
				t.Fatal(err)
			}
			for _, part := range parts {
				data, err := os.ReadFile(part)
				if err != nil {
					t.Fatal(err)
				}
				rel, err := filepath.Rel(dir, part)
				if err != nil {
					t.Fatal(err)
				}
				expected = append(expected, wants(t, filepath.ToSlash(rel), data)...)
			}
			if len(expected) == 0 {
				t.Errorf("%s wants no finding: mark the guilty line with `# want col=N \"…\"`", name)
			}
			for _, d := range findings(source.New(name, data, os.DirFS(dir))) {
				judge(t, r, d, expected)
			}
			for _, w := range expected {
				if !w.met {
					t.Errorf("%s: no finding that says %q", w.place, w.message)
				}
			}
		})
	}
}

// judge compares one finding with what was wanted, and with what every finding owes its reader.
func judge(t *testing.T, r rule.Rule, d diag.Diagnostic, expected []*want) {
	t.Helper()
	place := fmt.Sprintf("%s:%d:%d", d.Span.File.Name, d.Span.Line, d.Span.Col)
	known := false
	for _, w := range expected {
		if !w.met && w.place == place && w.message.MatchString(d.Message) {
			w.met, known = true, true
			break
		}
	}
	if !known || d.Rule != r.ID {
		t.Errorf("%s: a finding that no comment wants: %v: %s [%s]", place, d.Severity, d.Message, d.Rule)
	}
	if d.Severity != r.Severity {
		t.Errorf("%s: the severity is %v; the rule's is %v", place, d.Severity, r.Severity)
	}
	if d.Help == "" || strings.ContainsAny(d.Message+d.Help, "\n") || strings.HasSuffix(d.Message, ".") {
		t.Errorf("%s: a message is one line without a final dot, and a help says what to do: %q, %q", place, d.Message, d.Help)
	}
	for _, n := range d.Notes {
		if n.Span.IsZero() {
			t.Errorf("%s: a note without a place: %q", place, n.Message)
		}
	}
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
