package syntax_test

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/source"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// hostile are characters that nobody sees, and the rules that they break.
var hostile = []struct {
	char rune
	rule string
}{
	{'\u202A', rule.BidiControl},
	{'\u202E', rule.BidiControl},
	{'\u2066', rule.BidiControl},
	{'\u2069', rule.BidiControl},
	{'\u200E', rule.BidiControl},
	{'\u200F', rule.BidiControl},
	{'\u061C', rule.BidiControl},
	{'\u200B', rule.InvisibleCharacter},
	{'\u200C', rule.InvisibleCharacter},
	{'\u200D', rule.InvisibleCharacter},
	{'\u2060', rule.InvisibleCharacter},
	{'\u00AD', rule.InvisibleCharacter},
	{'\uFE0F', rule.InvisibleCharacter},
	{'\U000E0041', rule.InvisibleCharacter},
	{'\u115F', rule.InvisibleCharacter},
	{'\u3164', rule.InvisibleCharacter},
	{'\uFFA0', rule.InvisibleCharacter},
	{'\u180E', rule.InvisibleCharacter},
	{'\uFFF9', rule.InvisibleCharacter},
	{'\U000E0100', rule.InvisibleCharacter},
	{'\U0001FFFE', rule.ControlCharacter},
	{'\uFDD0', rule.ControlCharacter},
}

// escaped are those that a file must not hold, and an escape can name.
var escaped = []struct {
	escape, rule string
}{
	{`\u2028`, rule.ControlCharacter},
	{`\u2029`, rule.ControlCharacter},
	{`\L`, rule.ControlCharacter},
	{`\P`, rule.ControlCharacter},
	{`\x85`, rule.ControlCharacter},
	{`\N`, rule.ControlCharacter},
	{`\u009B`, rule.ControlCharacter},
	{`\e`, rule.ControlCharacter},
	{`\0`, rule.ControlCharacter},
	{`\uFFFE`, rule.ControlCharacter},
	{`\uFEFF`, rule.InvisibleCharacter},
}

// everything is a catalog with every key of the format, and comments where the linter reads some.
func everything(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile("../../checks/internal/corpus/everything.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return strings.Replace(string(data), "      - code: ", "      # errspec:ignore code-format because\n      - code: ", 1) +
		"unknown_key: {another: [unknown value, \"quoted, too\"]} # a comment\nanchored: &anchor x\n" +
		"aliased: *anchor\n"
}

// Wherever in a file a character stands that nobody sees, it is found there: in texts, in keys, in
// comments, in anchors, in what the format does not know.
func TestUnseenIsFoundEverywhere(t *testing.T) {
	src := everything(t)
	words := regexp.MustCompile(`[A-Za-z]{2,}`).FindAllStringIndex(src, -1)
	if len(words) < 300 {
		t.Fatalf("the catalog has %d words", len(words))
	}
	// Each file has several, and each word is in several files, each time with other words.
	for turn, apart := range []int{13, 16, 17, 19} {
		for first := range apart {
			var text strings.Builder
			var want []unseen
			rest := 0
			for i := first; i < len(words); i += apart {
				h := hostile[(i+turn*5)%len(hostile)]
				text.WriteString(src[rest : words[i][0]+1])
				rest = words[i][0] + 1
				want = append(want, unseen{text.Len(), h.rule})
				text.WriteRune(h.char)
			}
			found(t, text.String()+src[rest:], want...)
		}
	}
}

// An escape is found where it is written.
func TestUnseenIsFoundInEscapes(t *testing.T) {
	src := everything(t)
	for _, quoted := range regexp.MustCompile(`"[^"\\\n]+"`).FindAllStringIndex(src, -1) {
		at := quoted[0] + 2
		if src[at] == '{' || src[at-1] == '$' {
			at = quoted[1] - 1
		}
		for _, h := range hostile {
			found(t, src[:at]+fmt.Sprintf(`\U%08x`, h.char)+src[at:], unseen{at, h.rule})
		}
		isText := regexp.MustCompile(`\b(title|message|description|resolution|cause|note|text): $`).MatchString(src[:quoted[0]])
		for _, h := range escaped {
			if isText && strings.Contains(`\u2028 \L \x85 \N`, h.escape) {
				continue // a line break: see TestLineBreaksOfAllSystems
			}
			found(t, src[:at]+h.escape+src[at:], unseen{at, h.rule})
		}
	}
}

// An escaped line break of any system is one in a text that people read, and is found elsewhere.
func TestLineBreaksOfAllSystems(t *testing.T) {
	const text = "version: 1\ntitle: Errors\ngroups: []\n%s: \"One.%sTwo.\"\n"
	for _, escape := range []string{`\r\n`, `\r`, `\n`, `\u2028`, `\L`, `\x85`, `\N`, `\u0085`} {
		c, list := syntax.Parse(source.New("catalog.yaml",
			[]byte(fmt.Sprintf(text, "description", escape)), nil))
		if list.HasErrors() || c.Description.Text != "One.\nTwo." {
			t.Errorf("%s: %q, %v", escape, c.Description.Text, list.All())
		}
		_, list = syntax.Parse(source.New("catalog.yaml",
			[]byte(fmt.Sprintf(text, "docs_url", escape)), nil))
		if escape != `\n` && !list.HasErrors() {
			t.Errorf("%s in an address is not found", escape)
		}
	}
}

// An unseen character is at an offset of a file, and breaks a rule.
type unseen struct {
	offset int
	rule   string
}

// found expects a diagnostic for each unseen character, and no other of their rules.
func found(t *testing.T, src string, chars ...unseen) {
	t.Helper()
	var want, got []string
	for _, c := range chars {
		before := src[:c.offset]
		line := before[strings.LastIndexByte(before, '\n')+1:]
		want = append(want, fmt.Sprintf("%d:%d: error %s", 1+strings.Count(before, "\n"),
			1+utf8.RuneCountInString(line), c.rule))
	}
	_, list := parse(src)
	for _, d := range list {
		switch d.Rule {
		case rule.BidiControl, rule.InvisibleCharacter, rule.ControlCharacter:
			got = append(got, fmt.Sprintf("%d:%d: %s %s", d.Span.Line, d.Span.Col, d.Severity, d.Rule))
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the diagnostics differ (-want +got):\n%s\nfor\n%+q", diff, src)
	}
}

// Files that a catalog brings along are no exception.
func TestUnseenIsFoundInOtherFiles(t *testing.T) {
	root := "version: 1\ntitle: Errors\ninclude: [part.yaml]\ndocs:\n" +
		"  sections: [{position: end, file: text.md}]\n"
	for _, h := range hostile {
		files := fstest.MapFS{
			"catalog.yaml": {Data: []byte(root)},
			"part.yaml": {Data: []byte("groups: # a" + string(h.char) + "\n  - {id: g, title: \"G" +
				string(h.char) + "\", errors: []}\n")},
			"text.md": {Data: []byte("\ufeffText\r\nand mo" + string(h.char) + "re\r\n")},
		}
		_, list := syntax.Parse(source.New("catalog.yaml", []byte(root), files))
		var got []string
		for _, d := range list.All() {
			got = append(got, fmt.Sprintf("%s:%d:%d %s", d.Span.File.Name, d.Span.Line, d.Span.Col, d.Rule))
		}
		want := []string{"part.yaml:1:12 " + h.rule, "part.yaml:2:22 " + h.rule, "text.md:2:7 " + h.rule}
		if strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("U+%04X: found %q, want %q", h.char, got, want)
		}
	}
}

// A diagnostic is about one character: a joiner beside it that is needed is not one, whether it is
// written out or as an escape.
func TestNeededJoinersAreNoFindings(t *testing.T) {
	for _, text := range []string{
		"می\u200cخواهم", `"می\u200cخواهم"`, `"\U0001F469\u200D` + "\U0001F467" + `"`,
		`"👩` + "\u200d" + `\U0001F467"`, "'👩\u200d👧'", "|\n  ❤\ufe0f\n",
		"'#' # ❤\ufe0f می\u200cخواهم",
	} {
		_, list := parse("version: 1\ntitle: Errors\ngroups: []\ndescription: " + text + "\n")
		if len(list) > 0 {
			t.Errorf("%s: %v", text, lines(list))
		}
	}
	_, list := parse("version: 1\ntitle: Errors\ngroups: []\n" +
		"description: \"می\\u200cخواهم \\u200cx\u200c\"\n")
	if len(list) != 2 || list[0].Span.Col != 29 || list[1].Span.Col != 36 {
		t.Errorf("want findings in the columns 29 and 36, not %v", lines(list))
	}
}

// A key with a character in it that nobody sees is one mistake: it is read as the key that it looks
// like.
func TestUnseenInAKeyIsOneMistake(t *testing.T) {
	c, list := parse("version: 1\nti\u200btle: Errors\ngroups: []\n\"desc\\u202eription\": A\n")
	if len(list) != 2 || c.Title.Text != "Errors" || c.Description.Text != "A" {
		t.Errorf("the title is %q, the description %q, and the findings are %q",
			c.Title.Text, c.Description.Text, lines(list))
	}
}
