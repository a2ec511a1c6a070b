package inject_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/emit/markdown"
	"github.com/errspec/errspec/gen/internal/inject"
	"github.com/errspec/errspec/gen/internal/pagetemplate"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/rule/ruletest"
	"github.com/errspec/errspec/gen/internal/source"
)

const example = `version: 1
title: Errors
docs_url: https://example.com/errors
statuses:
  404: {title: Not Found, cause: It is not there.}
groups:
  - id: files
    title: Files
    errors:
      - {code: FILE_GONE, status: 404, message: The file is gone, resolution: "Upload it again; see [files](#files) and [a size](#file_large).", see: [FILE_LARGE]}
      - {code: FILE_LARGE, status: 413, message: The file is large, resolution: Send less.}
      - {code: DISK_LOST, status: 500, message: A disk was lost, resolution: Look., visibility: internal}
  - id: server
    title: Server
    errors:
      - {code: INTERNAL_ERROR, status: 500, message: Internal server error, resolution: Tell us., retry: {max_retries: 1}}
retired:
  - {code: OLD, status: 400, use: FILE_GONE}
`

func loaded(t testing.TB) *catalog.Catalog {
	t.Helper()
	c, list := pipeline.Load(source.New("catalog.yaml", []byte(example), nil))
	if c == nil {
		t.Fatal(list.All())
	}
	return c
}

// filled returns a page with its blocks, or the diagnostics.
func filled(t testing.TB, page string) (string, []diag.Diagnostic) {
	t.Helper()
	return filledFile(t, diag.NewFile("page.md", []byte(page)))
}

func filledFile(t testing.TB, page *diag.File) (string, []diag.Diagnostic) {
	t.Helper()
	p, list := inject.Parse(page)
	if p == nil {
		return "", list.All()
	}
	text, err := p.Fill(loaded(t), markdown.Options{})
	if err := list.Take(err); err != nil {
		t.Fatal(err)
	}
	return string(text), list.All()
}

func TestBlocks(t *testing.T) {
	const statuses = "| Status | Meaning | Common cause |\n| --- | --- | --- |\n" +
		"| 404 | Not Found | It is not there. |\n"
	for _, test := range []struct{ name, page, want string }{
		{
			"statuses", "# A\n\n[//]: # (errspec:begin statuses)\n[//]: # (errspec:end)\n\nb\n",
			"# A\n\n[//]: # (errspec:begin statuses)\n\n" + statuses +
				"\n[//]: # (errspec:end)\n\nb\n",
		},
		{
			"comments, and an old text",
			"<!-- errspec:begin statuses -->\nold\n<!-- errspec:end -->",
			"<!-- errspec:begin statuses -->\n\n" + statuses + "\n<!-- errspec:end -->",
		},
		{
			"other quotes, mixed spellings, spaces",
			"  [//]: # \"errspec:begin  statuses \"\n<!--errspec:end-->\n",
			"  [//]: # \"errspec:begin  statuses \"\n\n" + statuses + "\n<!--errspec:end-->\n",
		},
		{
			"one group: links lead to where the codes are documented",
			"[//]: # (errspec:begin codes group=server)\n[//]: # (errspec:end)\n",
			"[//]: # (errspec:begin codes group=server)\n\n| Code | HTTP | Resolution |\n" +
				"| --- | --- | --- |\n" +
				"| [`INTERNAL_ERROR`](https://example.com/errors#internal_error) | 500 | Tell us. |\n\n" +
				"[//]: # (errspec:end)\n",
		},
		{
			"all groups, one level below the heading above; links lead to headings of the page, even those of the author's",
			"## Ours\n\n### `FILE_GONE`\n\n## Tables\n\n[//]: # (errspec:begin codes)\n" +
				"[//]: # (errspec:end)\n",
			"## Ours\n\n### `FILE_GONE`\n\n## Tables\n\n[//]: # (errspec:begin codes)\n\n### Files\n\n| Code | HTTP | Resolution |\n| --- | --- | --- |\n" +
				"| [`FILE_GONE`](#file_gone) | 404 | Upload it again; see [files](#files) and [a size](https://example.com/errors#file_large). |\n" +
				"| [`FILE_LARGE`](https://example.com/errors#file_large) | 413 | Send less. |\n\n" +
				"### Server\n\n| Code | HTTP | Resolution |\n| --- | --- | --- |\n| [`INTERNAL_ERROR`](https://example.com/errors#internal_error) | 500 | Tell us. |\n\n[//]: # (errspec:end)\n",
		},
		{
			"a retired code; its successor has an entry of its own here",
			"---\ntitle: x\n---\n\n[//]: # (errspec:begin code OLD)\n[//]: # (errspec:end)\n\n" +
				"# `FILE_GONE`\n",
			"---\ntitle: x\n---\n\n[//]: # (errspec:begin code OLD)\n\n## `OLD`\n\n" +
				"Retired; it was HTTP 400 Bad Request. Use [`FILE_GONE`](#file_gone) instead.\n\n" +
				"[//]: # (errspec:end)\n\n# `FILE_GONE`\n",
		},
		{
			"retry", "[//]: # (errspec:begin retry)\n\n[//]: # (errspec:end)\n",
			"[//]: # (errspec:begin retry)\n\n" +
				"Retry only the codes in this table. A `Retry-After` header is the minimum wait; if it asks for more than the table allows, give up.\n\n" +
				"| Code | HTTP | Retries | Wait before each | Longest `Retry-After` | Methods |\n" +
				"| --- | --- | --- | --- | --- | --- |\n" +
				"| [`INTERNAL_ERROR`](https://example.com/errors#internal_error) | 500 | 1 | random, up to 1s | 5m | idempotent |\n\n[//]: # (errspec:end)\n",
		},
		{
			"markers in code are text",
			"```md\n[//]: # (errspec:begin retry)\n```\n\n- a\n\n  ~~~\n  <!-- errspec:end -->\n  ~~~\n\n" +
				"<!--\nerrspec:begin x\n<!-- errspec:begin y\n-->\n\n[//]: # (errspec:begin statuses)\n" +
				"[//]: # (errspec:end)\n",
			"```md\n[//]: # (errspec:begin retry)\n```\n\n- a\n\n  ~~~\n  <!-- errspec:end -->\n  ~~~\n\n<!--\nerrspec:begin x\n<!-- errspec:begin y\n-->\n\n[//]: # (errspec:begin statuses)\n\n" +
				statuses + "\n[//]: # (errspec:end)\n",
		},
		{
			"a marker and a closed fence in the old text",
			"[//]: # (errspec:begin statuses)\n\n```\n[//]: # (errspec:end)\n```\n\n[//]: # (errspec:end)\n",
			"[//]: # (errspec:begin statuses)\n\n" + statuses + "\n[//]: # (errspec:end)\n",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, found := filled(t, test.page)
			if len(found) > 0 {
				t.Fatal(found)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if again, _ := filled(t, got); again != got {
				t.Errorf("a second run changes the page again:\n%s", cmp.Diff(got, again))
			}
		})
	}
}

func TestEntryAndEnvelope(t *testing.T) {
	got, found := filled(t,
		"# A\n\n[//]: # (errspec:begin envelope)\n[//]: # (errspec:end)\n\n###### B\n\n"+
			"[//]: # (errspec:begin code FILE_GONE)\n[//]: # (errspec:end)\n\n"+
			"[//]: # (errspec:begin code FILE_LARGE)\n[//]: # (errspec:end)\n")
	if len(found) > 0 {
		t.Fatal(found)
	}
	for _, want := range []string{
		"(errspec:begin envelope)\n\nEvery error has this body:\n\n```json\n{",
		"(errspec:begin code FILE_GONE)\n\n###### `FILE_GONE`\n\nHTTP 404 Not Found\n",
		"**See also:** [`FILE_LARGE`](#file_large)\n\n[//]: # (errspec:end)",
		"**What to do:** Upload it again; see files and [a size](#file_large).",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the page lacks %q:\n%s", want, got)
		}
	}
}

// Pages that users might write. Comments in them say what is reported, and where.
func TestRules(t *testing.T) {
	for _, r := range rule.Of(rule.Page) {
		pages, err := filepath.Glob(filepath.Join("testdata/rules", r.ID, "*.md"))
		if err != nil || len(pages) == 0 {
			t.Errorf("the rule %s has no page that breaks it: %v", r.ID, err)
		}
		for _, name := range pages {
			t.Run(r.ID+"/"+filepath.Base(name), func(t *testing.T) {
				data, err := os.ReadFile(name)
				if err != nil {
					t.Fatal(err)
				}
				page := diag.NewFile(filepath.ToSlash(name), data)
				_, found := filledFile(t, page)
				ruletest.Judge(t, r, found, page)
			})
		}
	}
}

// Diagnostics point at the mistake. Each page is followed by its diagnostic.
func TestMistakes(t *testing.T) {
	const b, e = "[//]: # (errspec:begin ", "[//]: # (errspec:end)\n"
	for _, test := range []struct {
		name, page string
		want       []string
	}{
		{"no markers", "# A\n", []string{`page.md: the file contains no markers`}},
		{"empty", "", []string{`page.md: the file contains no markers`}},
		{"only in code", "```\n" + b + "retry)\n```\n",
			[]string{`page.md: the file contains no markers (page.md:2:1 this marker is inside code, where it is text)`}},
		{"unclosed", "\n" + b + "statuses)\n",
			[]string{`page.md:2:10: the block statuses has no end`}},
		{"unclosed, since the fence is", b + "statuses)\n\n```\n" + e,
			[]string{`page.md:1:10: the block statuses has no end`}},
		{"no begin", "a\n\n" + e, []string{`page.md:3:10: a block ends here, but none has begun`}},
		{"nested", b + "statuses)\n" + b + "retry)\n" + e + e, []string{
			`page.md:2:10: the block retry begins inside the block statuses (page.md:1:10 it begins here)`,
			`page.md:4:10: a block ends here, but none has begun`,
		}},
		{"doubled", b + "retry)\n" + e + "\nä " + "\n\n" + b + "retry)\n" + e,
			[]string{`page.md:6:10: the block retry appears twice on this page (page.md:1:10 the first is here)`}},
		{"unknown block", b + "status)\n" + e,
			[]string{`page.md:1:24: there is no block "status"; did you mean "statuses"?`}},
		{"unknown marker", "[//]: # (errspec:beginn retry)\n" + e, []string{
			`page.md:1:10: there is no marker "errspec:beginn"; did you mean "errspec:begin"?`,
		}},
		{"another word for an end", b + "retry)\n[//]: # (errspec:fin)\n", []string{
			`page.md:2:10: there is no marker "errspec:fin"; did you mean "errspec:end"?`,
		}},
		{"another word for a begin", "[//]: # (errspec:START retry)\n" + e, []string{
			`page.md:1:10: there is no marker "errspec:START"; did you mean "errspec:begin"?`,
		}},
		{"a word for nothing", b + "retry)\n[//]: # (errspec:refresh)\n" + e, []string{
			`page.md:2:10: there is no marker "errspec:refresh"`,
		}},
		{"another word for a block", b + "errors)\n" + e, []string{
			`page.md:1:24: there is no block "errors"; did you mean "codes"?`,
		}},
		{"unknown code", b + "code FILE_GON)\n" + e,
			[]string{`page.md:1:29: there is no code "FILE_GON"; did you mean "FILE_GONE"?`}},
		{"internal code", b + "code DISK_LOST)\n" + e,
			[]string{`page.md:1:29: the code DISK_LOST is internal, so it is not documented`}},
		{"unknown group", b + "codes group=file)\n" + e,
			[]string{`page.md:1:30: there is no group "file"; did you mean "files"?`}},
		{"codes of what", b + "codes files)\n" + e,
			[]string{`page.md:1:30: the block codes does not accept "files"`}},
		{"no code", b + "code)\n" + e, []string{`page.md:1:24: the block does not say which code`}},
		{"no block", b + ")\n" + e, []string{`page.md:1:10: the marker does not say which block begins`}},
		{"too much", b + "retry now)\n" + e,
			[]string{`page.md:1:30: the block retry accepts no arguments, got "now"`}},
		{"end of what", b + "retry)\n[//]: # (errspec:end retry)\n",
			[]string{`page.md:2:10: errspec:end accepts no arguments`}},
		{"in a quote", "> <!-- errspec:begin retry -->\n",
			[]string{`page.md:1:1: this looks like a marker, but is not one`}},
		{"text before it", "See <!-- errspec:begin retry -->\n",
			[]string{`page.md:1:1: this looks like a marker, but is not one`}},
		{"without its colon", "<!-- errspec begin retry -->\n<!-- errspec:end -->\n",
			[]string{`page.md:1:1: this looks like a marker, but is not one`,
				`page.md:2:6: a block ends here, but none has begun`}},
		{"with a capital", "[//]: # (Errspec:Begin retry)\n",
			[]string{`page.md:1:1: this looks like a marker, but is not one`}},
		{"a comment of MDX", "{/* errspec:begin retry */}\n",
			[]string{`page.md:1:1: this looks like a marker, but is not one`}},
		{"a space too many", "<!-- errspec: begin retry -->\n",
			[]string{`page.md:1:6: this marker contains a space after the colon`}},
		{"nothing behind the colon", "<!-- errspec: -->\n",
			[]string{`page.md:1:6: the marker does not say whether a block begins or ends`}},
		{"no name and no end", b[:len(b)-1] + ")\n",
			[]string{`page.md:1:10: the marker does not say which block begins`,
				`page.md:1:10: the block has no end`}},
		{"words about one",
			"A block begins with `<!-- errspec:begin retry -->`.\n<!-- errspec ends here -->\n",
			[]string{`page.md: the file contains no markers`}},
		{"text behind it", b + "retry) and more\n" + e,
			[]string{`page.md:1:1: this looks like a marker, but is not one`,
				`page.md:2:10: a block ends here, but none has begun`}},
		{"right below a text", "A text\n" + b + "retry)\n" + e,
			[]string{`page.md:2:10: this line is shown as text, because it continues the paragraph above it`}},
		{"after a BOM, with CRLF", "\ufeff" + b + "x)\r\n\r\n" + strings.ReplaceAll(e, "\n",
			"\r\n"), []string{`page.md:1:25: there is no block "x"`}},
		{"several at once", b + "code NO)\n" + e + "\n" + b + "codes group=no)\n" + e,
			[]string{`page.md:1:29: there is no code "NO"`,
				`page.md:4:30: there is no group "no"`}},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, found := filled(t, test.page)
			var got []string
			for _, d := range found {
				text := fmt.Sprintf("%s: %s", d.Span, d.Message)
				for _, n := range d.Notes {
					text += fmt.Sprintf(" (%s %s)", n.Span, n.Message)
				}
				got = append(got, text)
				if d.Rule != rule.InjectMarkers || d.Severity != diag.Error || d.Help == "" {
					t.Errorf("want a diagnostic of the rule, with help; got %+v", d)
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// Every byte outside of the blocks stays, and blocks use the page's line ends.
func TestOutsideOfBlocksNothingChanges(t *testing.T) {
	piece := rapid.SampledFrom([]string{
		"a text", "# Heading", "  indented  ", "\ttab", "```\ncode\n```", "<div>\n\n</div>",
		"- list", "> quote", "| a | b |\n|---|---|", "é\u2028x", "\xff\xfe", "---", "[r]: /x",
		"<!-- c -->", "",
	})
	text := rapid.Map(rapid.SliceOfN(piece, 0, 4),
		func(s []string) string { return strings.Join(s, "\n\n") })
	block := rapid.SampledFrom([]string{"statuses", "retry", "envelope", "codes",
		"codes group=files", "code FILE_GONE", "code OLD"})
	rapid.Check(t, func(rt *rapid.T) {
		names := rapid.SliceOfNDistinct(block, 1, 4, rapid.ID).Draw(rt, "blocks")
		var outside []string
		page := rapid.SampledFrom([]string{"", "\ufeff"}).Draw(rt, "bom") + text.Draw(rt, "first")
		for _, name := range names {
			begin, end := "\n\n[//]: # (errspec:begin "+name+")\n", "[//]: # (errspec:end)\n\n"
			if rapid.Bool().Draw(rt, "comment") {
				begin, end = "\n\n<!-- errspec:begin "+name+" -->\n", "<!-- errspec:end -->"
			}
			page += begin
			outside = append(outside, page)
			page = end + text.Draw(rt, "text")
		}
		outside = append(outside, page)
		lf := strings.Join(outside, "old\n\n")
		if rapid.Bool().Draw(rt, "CRLF") {
			lf = strings.ReplaceAll(lf, "\n", "\r\n")
			for i := range outside {
				outside[i] = strings.ReplaceAll(outside[i], "\n", "\r\n")
			}
		}
		got, found := filled(t, lf)
		if len(found) > 0 {
			return // the random text turned a marker into code
		}
		rest := got
		for i, want := range outside {
			at := strings.Index(rest, want)
			if at < 0 || i == 0 && at > 0 {
				rt.Fatalf("the text %q is not in\n%q", want, got)
			}
			rest = rest[at+len(want):]
		}
		if rest != "" {
			rt.Fatalf("%q was added to the end of %q", rest, got)
		}
		if strings.Contains(lf, "\r\n") &&
			strings.Contains(strings.ReplaceAll(got, "\r\n", ""), "\n") {
			rt.Fatalf("a line of a CRLF page ends in LF: %q", got)
		}
	})
}

// A template that would break the page's blocks is an error.
func TestTemplateThatWritesMarkers(t *testing.T) {
	for _, text := range []string{"[//]: # (errspec:end)", "```", "<!--"} {
		template, list := pagetemplate.Parse(diag.NewFile("own.tmpl",
			[]byte(`{{define "statuses"}}`+text+"\n{{end}}")))
		if template == nil {
			t.Fatal(list.All())
		}
		p, list := inject.Parse(diag.NewFile("page.md",
			[]byte("[//]: # (errspec:begin statuses)\n[//]: # (errspec:end)\n")))
		if p == nil {
			t.Fatal(list.All())
		}
		_, err := p.Fill(loaded(t), markdown.Options{Template: template})
		if err := list.Take(err); err != nil || list.Len() != 1 {
			t.Errorf("%q: %v, %d diagnostics", text, err, list.Len())
		}
	}
}
