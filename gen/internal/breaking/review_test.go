package breaking_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/internal/breaking"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/report"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/source"
)

// A folder of testdata/rules is named for a rule. It holds two versions of a catalog between which
// there is that one change. In new.yaml the guilty line says what must be reported, and in
// old.yaml a line says what it is compared with:
//
//	status: 400 # want col=17 "the status changed from 422 to 400"
//	status: 422 # was col=17
//
// and consumer.go shows whom the change breaks; see consumer_test.go.
const rulesDir = "testdata/rules"

var (
	wantComment = regexp.MustCompile(`# want col=(\d+) "((?:[^"\\]|\\.)*)"`)
	wasComment  = regexp.MustCompile(`# was col=(\d+)`)
)

// load loads a catalog that is known to be good.
func load(t testing.TB, name string, data []byte) breaking.Version {
	t.Helper()
	e, list := pipeline.Version(source.New(name, data, nil))
	if e.Resolved == nil {
		var b strings.Builder
		_ = report.Text{}.Write(&b, &list)
		t.Fatalf("%s has errors:\n%s\n%s", name, b.String(), data)
	}
	return e
}

func read(t testing.TB, elem ...string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(elem...))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// marked returns the places that comments of a file name, and what they say.
func marked(comment *regexp.Regexp, file string, data []byte) (places, says []string) {
	for i, line := range strings.Split(string(data), "\n") {
		if m := comment.FindStringSubmatch(line); m != nil {
			places = append(places, fmt.Sprintf("%s:%d:%s", file, i+1, m[1]))
			says = append(says, strings.ReplaceAll(m[len(m)-1], `\"`, `"`))
		}
	}
	return places, says
}

func place(s diag.Span) string { return fmt.Sprintf("%s:%d:%d", s.File.Name, s.Line, s.Col) }

// Every rule about changes has a pair of versions between which it finds one change, at the right
// places, and nothing else does.
func TestRules(t *testing.T) {
	for _, r := range rule.Changes() {
		t.Run(r.ID, func(t *testing.T) {
			oldData, newData := read(t, rulesDir, r.ID, "old.yaml"), read(t, rulesDir, r.ID, "new.yaml")
			was, is := load(t, "old.yaml", oldData), load(t, "new.yaml", newData)
			wants, messages := marked(wantComment, "new.yaml", newData)
			befores, _ := marked(wasComment, "old.yaml", oldData)
			if len(wants) != 1 {
				t.Fatalf("new.yaml marks %d lines with `# want col=N \"…\"`, want one", len(wants))
			}
			list := breaking.Review(was, is, rule.Source)
			if len(list.All()) != 1 {
				t.Errorf("there are %d findings, want one", len(list.All()))
			}
			for _, d := range list.All() {
				t.Logf("%s: %s [%s]", place(d.Span), d.Message, d.Rule)
				if d.Rule != r.ID || d.Severity != r.Severity {
					t.Errorf("the rule is %s (%v), want %s (%v)", d.Rule, d.Severity, r.ID, r.Severity)
				}
				if place(d.Span) != wants[0] || !regexp.MustCompile(messages[0]).MatchString(d.Message) {
					t.Errorf("the finding is at %s and says %q, want %s and %q",
						place(d.Span), d.Message, wants[0], messages[0])
				}
				var notes []string
				for _, n := range d.Notes {
					notes = append(notes, place(n.Span))
				}
				if !slices.Equal(notes, befores) {
					t.Errorf("the old version is cited at %v, want %v", notes, befores)
				}
				if (d.Help == "") != (d.Severity == diag.Info) || strings.Contains(d.Help, "{") &&
					!strings.Contains(d.Help, "{rule: ") && !strings.Contains(d.Help, "{use: ") {
					t.Errorf("what breaks somebody says what to do, and nothing else does: %q", d.Help)
				}
			}
			for _, category := range []rule.Category{rule.Source, rule.Contract, rule.Wire} {
				list := breaking.Review(was, is, category)
				if got := len(list.All()) > 0; got != category.Includes(r.Category) {
					t.Errorf("in the category %s it is reported: %v; the rule is of the category %q",
						category, got, r.Category)
				}
			}
			if same := breaking.Review(is, is, rule.Source); same.Len() > 0 {
				t.Errorf("between a version and itself there are changes: %v", same.All())
			}
		})
	}
}

// The folders of testdata/rules are the rules' own.
func TestRuleFoldersHaveRules(t *testing.T) {
	entries, err := os.ReadDir(rulesDir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if r, ok := rule.Find(e.Name()); !ok || r.About != rule.Change {
			t.Errorf("%s/%s is named for no rule about changes: remove it", rulesDir, e.Name())
		}
	}
}

// What is gone is shown where it stood: beside the nearest code that is still there.
func TestWhereRemovedCodesStood(t *testing.T) {
	version := func(codes, retired string) string {
		src := "version: 1\ntitle: T\nretired:\n"
		for _, code := range strings.Fields(retired) {
			src += "  - {code: " + code + "}\n"
		}
		src += "groups:\n  - {id: s, title: S, errors: [{code: INTERNAL_ERROR, status: 500, message: m, resolution: r}]}\n" +
			"  - id: g\n    title: G\n    errors:\n"
		for _, code := range strings.Fields(codes) {
			src += "      - {code: " + code + ", status: 409, message: 'It is " + code +
				"', resolution: r}\n"
		}
		if codes == "" {
			src = strings.TrimSuffix(src, "\n") + " []\n"
		}
		return strings.Replace(src, "retired:\ngroups", "retired: []\ngroups", 1)
	}
	for _, tt := range []struct{ name, old, new, want string }{
		{
			"the first",
			version("A_A B_B C_C", ""),
			version("B_B C_C", ""),
			"9:16 A_A: the code was removed; it was above B_B",
		},
		{
			"in the middle",
			version("A_A B_B C_C", ""),
			version("A_A C_C", ""),
			"10:16 B_B: the code was removed; it was above C_C",
		},
		{
			"the last",
			version("A_A B_B C_C", ""),
			version("A_A B_B", ""),
			"10:16 C_C: the code was removed; it was below B_B",
		},
		{"the only one", version("A_A", ""), version("", ""), "6:9 A_A: the code was removed"},
		{"two", version("A_A B_B C_C", ""), version("C_C", ""),
			"9:16 A_A: the code was removed; it was above C_C 9:16 B_B: the code was removed; it was above C_C"},
		{
			"a group as well",
			version("A_A", ""),
			strings.Split(version("A_A", ""), "  - id: g")[0],
			"4:1 A_A: the code was removed",
		},
		{"a tombstone", version("A_A", "X_X Y_Y"), version("A_A", "Y_Y"),
			"4:12 X_X: the tombstone of the retired code was removed; it was above Y_Y"},
		{"the last tombstone", version("A_A", "X_X Y_Y"), version("A_A", "X_X"),
			"4:12 Y_Y: the tombstone of the retired code was removed; it was below X_X"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			list := breaking.Review(load(t, "old.yaml", []byte(tt.old)),
				load(t, "new.yaml", []byte(tt.new)), rule.Wire)
			for _, d := range list.All() {
				got = append(got, fmt.Sprintf("%d:%d %s", d.Span.Line, d.Span.Col, d.Message))
			}
			if strings.Join(got, " ") != tt.want {
				t.Errorf("got %q\nwant %q", got, tt.want)
			}
		})
	}
}

// Nobody is told to deprecate what is deprecated already.
func TestHelpOnDeprecatedCodes(t *testing.T) {
	version := func(entries string) []byte {
		return []byte("version: 1\ntitle: T\ngroups:\n  - id: g\n    title: G\n    errors:\n" +
			"      - {code: INTERNAL_ERROR, status: 500, message: m, resolution: r}\n" + entries)
	}
	const gone = "      - {code: GONE, status: 410, message: Gone forever, resolution: r, stability: %s%s}\n"
	for name, now := range map[string]string{
		"removed":  "",
		"renamed":  strings.ReplaceAll(fmt.Sprintf(gone, "stable", ""), "code: GONE", "code: GONE_NOW"),
		"internal": fmt.Sprintf(gone, "stable", ", visibility: internal"),
		"beta":     fmt.Sprintf(gone, "beta", ""),
	} {
		for _, deprecated := range []bool{false, true} {
			more := ""
			if deprecated {
				more = ", deprecated: {note: n}"
			}
			list := breaking.Review(load(t, "old.yaml", version(fmt.Sprintf(gone, "stable", more))),
				load(t, "new.yaml", version(now)), rule.Contract)
			for _, d := range list.All() {
				says := strings.Contains(d.Help, "`deprecated")
				if d.Severity > diag.Info && says == deprecated {
					t.Errorf("%s, deprecated before: %v; the help is %q", name, deprecated, d.Help)
				}
			}
			if list.Len() == 0 {
				t.Errorf("%s: there are no diagnostics", name)
			}
		}
	}
}
