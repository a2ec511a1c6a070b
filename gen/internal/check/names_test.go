package check_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/check"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/goname"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/slug"
	"github.com/errspec/errspec/gen/internal/source"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// meeting are codes that other APIs have and cannot rename.
var meeting = []string{
	"TIMEOUT", "Timeout", "timeout", "KMSDisabled", "KmsDisabled", "A.B", "AB", "a-b", "10:1", "101",
	"not_found", "not-found", "NOT FOUND", "É", "U00E9", "GONE", "GONE_ERROR", "NEW_GONE", "NEW",
	"ERROR", "FILES", "files-group", "Code", "Café", "CAFÉ",
}

func meetingCatalog(codes []string) string {
	var b strings.Builder
	b.WriteString("version: 1\ntitle: Errors\nlint: {code_pattern: '.*'}\n" +
		"docs: {sections: [{position: end, title: Files, text: A.}, {position: end, title: Timeout, text: B.}, {position: start, title: Files, text: C.}]}\n" +
		"groups:\n  - id: files\n    title: Files\n    errors:\n")
	for _, code := range codes {
		fmt.Fprintf(&b, "      - {code: %q, status: 500, message: Message, resolution: Act.}\n", code)
	}
	b.WriteString("  - {id: media, title: FILES, errors: []}\n")
	return b.String()
}

func accepted(t interface{ Fatalf(string, ...any) }, text string) *catalog.Catalog {
	written, list := syntax.Parse(source.New("catalog.yaml", []byte(text), nil))
	if written == nil {
		t.Fatalf("%v", list.All())
	}
	c, found := check.Check(written)
	if c == nil {
		t.Fatalf("refused: %v\n%s", found.All(), text)
	}
	return c
}

// No names of codes that are written once are a reason to refuse a catalog; no two parts have one
// anchor, heading or Go name; and what a code is called does not change when codes are added after
// it.
func TestNamesNeverMeet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		codes := rapid.Permutation(meeting).Draw(t, "codes")
		few := codes[:rapid.IntRange(1, len(codes)).Draw(t, "few")]
		before, after := accepted(t, meetingCatalog(few)), accepted(t, meetingCatalog(codes))
		i := 0
		for e := range before.All() {
			now := after.Find(e.Code)
			if e.Anchor != now.Anchor || e.Suffix != now.Suffix || goname.Of(e).Code != goname.Of(now).Code {
				// A mark is the code's own; who comes first keeps the bare name.
				t.Fatalf("%s was #%s, %s, and is #%s, %s", e.Code, e.Anchor,
					goname.Of(e).Code, now.Anchor, goname.Of(now).Code)
			}
			i++
		}
		anchors, headings, names := slug.Set{}, slug.Set{}, slug.Set{}
		heading := func(text, anchor, suffix string) {
			if suffix != "" {
				text += " (" + suffix + ")"
			}
			if !anchors.Take(anchor) || !headings.Take(slug.Make(text)) || anchor != slug.Make(text) {
				t.Fatalf("%q has the anchor %q, which is another's or not its own", text, anchor)
			}
		}
		for _, name := range goname.Fixed() {
			names.Take(name)
		}
		for e := range after.All() {
			heading(e.Code, e.Anchor, e.Suffix)
			own := goname.Of(e)
			for _, name := range []string{own.Code, own.Type, own.Variants[0].New} {
				if !names.Take(name) {
					t.Fatalf("two parts have the Go name %s", name)
				}
			}
		}
		for i := range after.Groups {
			g := &after.Groups[i]
			heading(g.Title, g.Anchor, g.Suffix)
		}
		for _, s := range after.Docs.Sections {
			heading(s.Title, s.Anchor, s.Suffix)
		}
	})
}

// Messages need not differ where the body names the variant, alone or in a text.
func TestVariantsInTheBodyMayBeAlike(t *testing.T) {
	const text = `version: 1
title: Errors
envelope: {body: {code: $code, message: $message, variant: "%s"}}
groups:
  - id: all
    title: All
    errors:
      - code: NOT_FOUND
        status: 404
        params: {id: {type: string}}
        variants:
          - {id: a, message: "No ${id}"}
          - {id: b, message: "No ${id}"}
`
	for _, variant := range []string{"$variant", "of ${variant}"} {
		written, _ := syntax.Parse(source.New("catalog.yaml", []byte(fmt.Sprintf(text, variant)), nil))
		if _, found := check.Check(written); slices.ContainsFunc(found.All(),
			func(d diag.Diagnostic) bool { return d.Rule == rule.MessageAmbiguous }) {
			t.Errorf("with %s, there are %v", variant, found.All())
		}
	}
}

// The first of those that meet keeps the name; an explicit anchor or go_name settles both.
func TestWhoKeepsTheName(t *testing.T) {
	c := accepted(t, meetingCatalog([]string{"TIMEOUT", "Timeout", "FILES"}))
	var got []string
	for e := range c.All() {
		got = append(got, e.Anchor+" "+goname.Of(e).Code)
	}
	got = append(got, c.Groups[0].Anchor, c.Groups[1].Anchor,
		c.Docs.Sections[0].Anchor, c.Docs.Sections[1].Anchor)
	mark := slug.Mark("Timeout", 0)
	want := []string{
		"timeout CodeTimeout", "timeout-" + mark + " CodeTimeoutX" + strings.ToUpper(mark),
		"files CodeFiles", "files-group", "files-media", "files-section", "timeout-section",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	c = accepted(t, strings.Replace(meetingCatalog([]string{"TIMEOUT", "Timeout"}),
		`"Timeout", `, `"Timeout", anchor: timeout, go_name: Timeout, `, 1))
	if a, b := c.Find("TIMEOUT"), c.Find("Timeout"); b.Anchor != "timeout" ||
		goname.Of(b).Code != "CodeTimeout" ||
		a.Anchor == "timeout" ||
		a.GoName == "" {
		t.Errorf("the author's names are not kept: %+v, %+v", a, b)
	}
}
