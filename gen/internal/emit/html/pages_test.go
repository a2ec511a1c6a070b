package html_test

import (
	"encoding/json"
	"encoding/xml"
	"html"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/gen/internal/synth"
)

// published returns what is emitted for a catalog that says where it is published.
func published(t *testing.T) (*catalog.Catalog, map[string]string) {
	t.Helper()
	c := everything()
	c.DocsURL = "https://docs.example.com/errors/{anchor}/"
	c.Docs.EditURL = "https://example.com/edit?code={code}&at={anchor}"
	return c, pages(t, c)
}

// Every public and every retired code has a page and a Markdown file in a folder of its own, named
// by its anchor. Internal codes have none.
func TestCodePages(t *testing.T) {
	c, all := published(t)
	var want []string
	for e := range c.Public() {
		want = append(want, e.Anchor)
	}
	for i := range c.Retired {
		want = append(want, c.Retired[i].Anchor)
	}
	slices.Sort(want)
	for _, name := range []string{"index.html", "index.md"} {
		var got []string
		for file := range maps.Keys(all) {
			if dir, base := path.Split(file); dir != "" && base == name {
				got = append(got, strings.TrimSuffix(dir, "/"))
				if !emit.CodeMark.In([]byte(all[file])) {
					t.Errorf("%s lacks the mark of a code's page", file)
				}
			}
		}
		slices.Sort(got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("the folders with %s (-want +got):\n%s", name, diff)
		}
	}
	for file, text := range all {
		if !emit.HTMLMark.In([]byte(text)) {
			t.Errorf("%s lacks our mark", file)
		}
	}
}

func TestWhatACodePageSays(t *testing.T) {
	c, all := published(t)
	old := c.Groups[0].Entries[0]
	for e := range c.Public() {
		if e.Deprecated != nil {
			old = e
		}
	}
	page := all[old.Anchor+"/index.html"]
	for _, want := range []string{
		`<link rel="canonical" href="https://docs.example.com/errors/` + old.Anchor + `/">`,
		`<meta property="og:url" content="https://docs.example.com/errors/` + old.Anchor + `/">`,
		`<link rel="alternate" type="text/markdown" href="index.md"`,
		`<a href="https://example.com/edit?code=` + old.Code + `&amp;at=` + old.Anchor +
			`">Suggest a change</a>`,
		`<h1><code>` + old.Code + `</code></h1>`,
		`rel="prev"`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page of %s lacks %s", old.Code, want)
		}
	}
	says := shown(page)
	if !strings.Contains(says, "History Deprecated") && !strings.Contains(says, "Deprecated since") {
		t.Errorf("the page does not report the deprecation: %s", says)
	}
	gone := &c.Retired[0]
	page = all[gone.Anchor+"/index.html"]
	if !strings.Contains(shown(page), "This code is no longer sent.") ||
		!strings.Contains(page, `<meta name="robots" content="noindex">`) {
		t.Errorf("the page of the retired code: %s", page)
	}
}

// A page says what it is to search engines, in JSON that stays JSON whatever the catalog says.
func TestLinkedData(t *testing.T) {
	c := everything()
	e := c.Groups[0].Entries[0]
	e.Title, e.Description = `</script><script>alert("x")</script>`, "A \"quote\" & more"
	page := pages(t, c)[e.Anchor+"/index.html"]
	linked := regexp.MustCompile(`<script type="application/ld\+json">(.*)</script>`)
	found := linked.FindStringSubmatch(page)
	if found == nil {
		t.Fatal("the page has no linked data")
	}
	var data map[string]any
	if err := json.Unmarshal([]byte(found[1]), &data); err != nil {
		t.Fatalf("%v: %s", err, found[1])
	}
	if data["headline"] != e.Code+": "+e.Title ||
		data["@type"] != "TechArticle" ||
		!strings.Contains(data["description"].(string), `A "quote" & more`) {
		t.Errorf("the data is %v", data)
	}
	if n := strings.Count(page, "<script"); n != 2 {
		t.Errorf("the page has %d scripts", n)
	}
}

// Folders are the anchors, except for names that a file system or a site does not take.
func TestFolders(t *testing.T) {
	c := synth.Catalog(6)
	anchors := []string{"not_found", "日本", "con", "_private", "e\u0301", strings.Repeat("a", 200)}
	i := 0
	for e := range c.All() {
		e.Anchor = anchors[i]
		i++
	}
	var got []string
	for file := range maps.Keys(pages(t, c)) {
		if path.Base(file) == "index.md" {
			got = append(got, path.Dir(file))
		}
	}
	slices.Sort(got)
	want := []string{
		strings.Repeat("a", 80) + "-4e48052d", "code_private", "con_", "eu0301", "not_found", "日本",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the folders (-want +got):\n%s", diff)
	}
}

// No two folders are one on a file system that ignores case.
func TestFoldersOnAnyDisk(t *testing.T) {
	c := synth.Catalog(4)
	anchors := []string{"ſ", "s", "Σ", "ς"}
	i := 0
	for e := range c.All() {
		e.Anchor = anchors[i]
		i++
	}
	seen := map[string]bool{}
	for file := range pages(t, c) {
		if path.Base(file) != "index.md" {
			continue
		}
		folder := strings.ToLower(strings.ToUpper(path.Dir(file)))
		if seen[folder] {
			t.Errorf("two folders are %s in capitals", folder)
		}
		seen[folder] = true
	}
	if len(seen) != 4 {
		t.Errorf("there are %d folders, want 4", len(seen))
	}
}

// The site map has every page that should be found, by its address.
func TestSitemap(t *testing.T) {
	c, all := published(t)
	var doc struct {
		URL []struct {
			Loc string `xml:"loc"`
		} `xml:"url"`
	}
	if err := xml.Unmarshal([]byte(all["sitemap.xml"]), &doc); err != nil {
		t.Fatal(err)
	}
	want := []string{"https://docs.example.com/errors/"}
	for e := range c.Public() {
		want = append(want, "https://docs.example.com/errors/"+e.Anchor+"/")
	}
	var got []string
	for _, u := range doc.URL {
		got = append(got, u.Loc)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the site map (-want +got):\n%s", diff)
	}
	for _, nowhere := range []string{"", "/errors", "https://{anchor}.example.com/"} {
		c.DocsURL = nowhere
		all := pages(t, c)
		if all["sitemap.xml"] != "" || strings.Contains(all["index.html"], "canonical") {
			t.Errorf("with docs_url %q there is a site map", nowhere)
		}
	}
}

// llms.txt has a line for each code, and each leads to a file.
func TestAgents(t *testing.T) {
	c := everything()
	c.DocsURL = ""
	all := pages(t, c)
	text := all["llms.txt"]
	if !strings.HasPrefix(text, "# "+c.Title+"\n") {
		t.Errorf("llms.txt begins with %q", text[:30])
	}
	links := regexp.MustCompile(`(?m)^- \[[^\]]+\]\(([^)]+)\): \S`).FindAllStringSubmatch(text, -1)
	public := len(slices.Collect(c.Public()))
	if len(links) != public+len(c.Retired) {
		t.Errorf("llms.txt has %d links:\n%s", len(links), text)
	}
	for _, l := range links {
		page := all[l[1]]
		if !strings.Contains(page, "\n# ") {
			t.Errorf("%s is no page with a heading: %s", l[1], page)
		}
	}
	upwards := regexp.MustCompile(`\]\((\.\./[^)#]+)`)
	for _, m := range upwards.FindAllStringSubmatch(all[links[0][1]], -1) {
		if target := path.Join(path.Dir(links[0][1]), m[1]); all[target] == "" {
			t.Errorf("%s leads to %s, which is nowhere", links[0][1], target)
		}
	}
}

// A path that an author wrote beside the index leads to the same place from a folder.
func TestRelativeLinksOnCodePages(t *testing.T) {
	c := everything()
	e := c.Groups[0].Entries[0]
	e.Description = "See [a](guide.html), [b](/root), [c](https://example.com/x), [d](?q=x), [e](#when-to-retry), [f](./more/)."
	page := pages(t, c)[e.Anchor+"/index.html"]
	for text, want := range map[string]string{
		"a": "../guide.html", "b": "/root", "c": "https://example.com/x", "d": "?q=x",
		"e": "../index.html#when-to-retry", "f": ".././more/",
	} {
		if !strings.Contains(html.UnescapeString(page), `<a href="`+want+`">`+text+`</a>`) {
			t.Errorf("%s does not lead to %s", text, want)
		}
	}
}
