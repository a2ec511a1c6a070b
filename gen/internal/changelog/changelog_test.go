package changelog_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	gmhtml "github.com/yuin/goldmark/renderer/html"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/changelog"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/source"
)

func load(t *testing.T, name string) *catalog.Catalog {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return parse(t, data)
}

func parse(t *testing.T, data []byte) *catalog.Catalog {
	t.Helper()
	c, list := pipeline.Load(source.New("catalog.yaml", data, nil))
	if c == nil {
		t.Fatalf("%v\n%s", list.All(), data)
	}
	return c
}

// releases returns the example changes of all rules, and a first release.
func releases(t *testing.T) []changelog.Release {
	t.Helper()
	var all []changelog.Release
	for _, r := range rule.Changes() {
		dir := "../breaking/testdata/rules/" + r.ID
		release := changelog.NewRelease(load(t, dir+"/old.yaml"), load(t, dir+"/new.yaml"))
		release.Name, release.Date, release.Commit = r.ID, "2026-06-12", strings.Repeat("0f", 20)
		all = append(all, release)
	}
	first := changelog.NewRelease(nil, load(t, "../../../catalog.yaml"))
	first.Name = "v1.0.0"
	return append(all, first)
}

// A retired code links to its tombstone in the reference, whatever the form of docs_url.
func TestRetiredCodesAreLinked(t *testing.T) {
	const head = "version: 1\ntitle: T\ndocs_url: %s\n"
	const internal = "{code: INTERNAL_ERROR, status: 500, message: m}"
	for docs, want := range map[string]string{
		"https://example.com/errors":                 "https://example.com/errors#file_gone",
		"https://example.com/errors/{code}":          "https://example.com/errors/FILE_GONE",
		"https://example.com/errors/{anchor}/#about": "https://example.com/errors/file_gone/#about",
	} {
		old := parse(t, fmt.Appendf(nil,
			head+
				"groups: [{id: g, title: G, errors: [{code: FILE_GONE, status: 410, message: m}, %s]}]\n",
			docs, internal))
		now := parse(t, fmt.Appendf(nil,
			head+
				"groups: [{id: g, title: G, errors: [%s]}]\nretired: [{code: FILE_GONE, status: 410, since: 2026-06-12}]\n",
			docs, internal))
		page := string(changelog.Markdown([]changelog.Release{changelog.NewRelease(old, now)}, ""))
		if !strings.Contains(page, "]("+want+")") {
			t.Errorf("docs_url %s: there is no link to %s in\n%s", docs, want, page)
		}
	}
}

// Every change is listed, and its kind has a heading.
func TestEveryRuleIsTold(t *testing.T) {
	for _, r := range releases(t) {
		page := string(changelog.Markdown([]changelog.Release{r}, "https://example.com/errors"))
		if r.Name == "v1.0.0" {
			if n := strings.Count(page, "\n- "); n != r.After.Len() ||
				strings.Count(page, "### ") != 1 || !strings.Contains(page, "\n### Added\n") {
				t.Errorf("a first version of %d codes has %d entries:\n%s", r.After.Len(), n, page)
			}
			continue
		}
		if strings.Count(page, "\n- ") != 1 || strings.Count(page, "\n### ") != 1 ||
			!strings.Contains(page, "\n## "+r.Name+" (2026-06-12)\n") {
			t.Errorf("the change of %s is not listed once, under a heading:\n%s", r.Name, page)
		}
		want, _ := rule.Find(r.Name)
		if breaks := want.Severity.String() == "error"; breaks != strings.Contains(page,
			"- **Breaking") {
			t.Errorf("%s (%v, %s) is listed as\n%s", r.Name, want.Severity, want.Category, page)
		}
		if live := r.After.Find("FILE_GONE") != nil; live && len(r.Changes[0].Codes) == 1 &&
			!strings.Contains(page, "](https://example.com/errors#file_gone)") {
			t.Errorf("%s has no link:\n%s", r.Name, page)
		}
	}
}

// Texts are shown literally, whatever they contain.
func TestTextsAreShownAsTheyAre(t *testing.T) {
	for _, text := range []string{
		"plain", "a | b", "`code` and ``more``", "<b>bold</b> & <script>", "*stars* _lines_ **x**",
		"[link](javascript:x)", "{curly} {{ .x }} {% y %}", "# head", "- item", "1. one",
		"~~gone~~", "a\\b", "::: note", "<!-- x -->", "http://example.com", "ends with `",
	} {
		quoted, err := json.Marshal(text)
		if err != nil {
			t.Fatal(err)
		}
		version := func(message, title string) *catalog.Catalog {
			return parse(t, fmt.Appendf(nil,
				"version: 1\ntitle: Errors\ngroups:\n  - id: server\n    title: Server\n    errors:\n"+
					"      - {code: A_B, status: 500, message: %s, title: %s, resolution: None.}\n",
				message, title))
		}
		changed := changelog.NewRelease(version(`"before"`, `"x"`), version(string(quoted), `"x"`))
		added := changelog.NewRelease(nil, version(`"m"`, string(quoted)))
		changed.Name, added.Name = text, "v1"
		shown := show(t, changelog.Markdown([]changelog.Release{changed, added}, ""))
		for _, want := range []string{
			"\n" + text + "\n", "A_B: the message changed from before to " + text + ".",
			"A_B: a new code, HTTP 500: " + text,
		} {
			if !strings.Contains(shown, want) {
				t.Errorf("the page does not show %q but\n%s", want, shown)
			}
		}
	}
}

// A changed constant is one line, whatever texts use it. Other changes of words are one more.
func TestValueInManyTextsIsOneLine(t *testing.T) {
	const entry = `version: 1
title: Errors
groups:
  - id: files
    title: Files
    errors:
      - code: FILE_TOO_LARGE
        status: 413
        title: Over ${limit}
        params: {size: {type: bytes, description: "More than ${limit}."}}
        values: {limit: {value: 10MB, description: "No file may have more than ${limit}."}}
        description: A file of more than ${limit}, where ${limit} is for all files.
        resolution: Send no more than ${limit} in up to ${retry.max_retries} parts.
        retry: {base: 1s, max_retries: 10}
        variants:
          - {id: image, message: "The image has ${size}", resolution: "Images may have ${limit}."}
          - {id: video, message: "The video has ${size}"}
`
	const (
		value = "- `FILE_TOO_LARGE`: the value `limit` changed from `10 MB` to `5 MB`."
		retry = "- `FILE_TOO_LARGE`: its retries changed: `max_retries` from 10 to 5."
		words = "- `FILE_TOO_LARGE`: its documentation was reworded: `description` and `resolution`."
	)
	for _, tt := range []struct {
		name  string
		edits []string // pairs
		want  []string
	}{
		{"the value", []string{"10MB", "5MB"}, []string{value}},
		{"the policy", []string{"max_retries: 10", "max_retries: 5"}, []string{retry}},
		{"both", []string{"10MB", "5MB", "max_retries: 10", "max_retries: 5"},
			[]string{value, retry}},
		{"both, and words", []string{"10MB", "5MB", "max_retries: 10", "max_retries: 5",
			"A file of", "Any file of", "Images may have", "Images have"},
			[]string{value, retry, words}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := changelog.NewRelease(parse(t, []byte(entry)),
				parse(t, []byte(strings.NewReplacer(tt.edits...).Replace(entry))))
			r.Name = "v2"
			var got []string
			page := string(changelog.Markdown([]changelog.Release{r}, ""))
			for line := range strings.Lines(page) {
				if strings.HasPrefix(line, "- ") {
					got = append(got, strings.TrimSpace(line))
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("the lines differ (-want +got):\n%s", diff)
			}
			var doc struct{ Releases []struct{ Changes []any } }
			if err := json.Unmarshal(changelog.JSON([]changelog.Release{r}, ""), &doc); err != nil {
				t.Fatal(err)
			}
			if n := len(doc.Releases[0].Changes); n != len(tt.want) {
				t.Errorf("the JSON has %d changes, want %d", n, len(tt.want))
			}
		})
	}
}

var tag = regexp.MustCompile(`<[^>]*>`)

// show returns the text of a page as GitHub shows it.
func show(t *testing.T, page []byte) string {
	t.Helper()
	var b bytes.Buffer
	gm := goldmark.New(goldmark.WithExtensions(extension.GFM),
		goldmark.WithRendererOptions(gmhtml.WithUnsafe()))
	if err := gm.Convert(page, &b); err != nil {
		t.Fatal(err)
	}
	return html.UnescapeString(tag.ReplaceAllString(b.String(), ""))
}
