package html_test

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/catalog/catalogtest"
	"github.com/errspec/errspec/gen/internal/emit"
	emithtml "github.com/errspec/errspec/gen/internal/emit/html"
	"github.com/errspec/errspec/gen/internal/mdtext"
	"github.com/errspec/errspec/gen/internal/synth"
)

func everything() *catalog.Catalog {
	return catalogtest.Everything(catalogtest.Envelopes()[0].Envelope)
}

// pages returns what is emitted for a catalog, by name.
func pages(t interface{ Fatal(...any) }, c *catalog.Catalog) map[string]string {
	files, err := emithtml.Emit(c, emithtml.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return byName(files)
}

func byName(files []emit.File) map[string]string {
	all := map[string]string{}
	for _, f := range files {
		all[f.Path] = string(f.Data)
	}
	return all
}

// large returns a catalog whose entries are on pages of their own, with links between them.
func large() *catalog.Catalog {
	c := synth.Catalog(1001)
	first := c.Groups[0].Entries
	first[0].See = []*catalog.Entry{first[1000]}
	first[1].Description = "See `SYNTHETIC_ERROR_00999` and [this](#synthetic_error_01000), and " +
		"[that](#all)."
	return c
}

// largePages returns the pages of large, which several tests look at.
func largePages(t *testing.T) map[string]string {
	t.Helper()
	files, err := largeFiles()
	if err != nil {
		t.Fatal(err)
	}
	return byName(files)
}

var largeFiles = sync.OnceValues(func() ([]emit.File, error) {
	return emithtml.Emit(large(), emithtml.Options{})
})

var (
	tag      = regexp.MustCompile(`<[^>]*>`)
	block    = regexp.MustCompile(`</?(?:p|td|dd|dt|div|article|h3)\b[^>]*>|<span class="variant">|<code>`)
	embedded = regexp.MustCompile(`(?s)<(style|script)>(.*?)</(?:style|script)>`)
	element  = regexp.MustCompile(`</?[a-zA-Z!][^\s/>]*`)
)

// shown returns the text of a page as a reader sees it, white space collapsed.
func shown(page string) string {
	_, page, _ = strings.Cut(page, "</head>")
	return collapse(html.UnescapeString(tag.ReplaceAllString(block.ReplaceAllString(page, " "), "")))
}

func collapse(s string) string { return strings.Join(strings.Fields(s), " ") }

func TestWhatAPageSays(t *testing.T) {
	all := shown(pages(t, everything())["index.html"])
	for _, want := range []string{
		"Branch on error.code. If a code has variants, error.message tells them apart, and its wording is stable. Any other wording may change.",
		"any other response 429, 502, 503, 504 4 random, up to 1s, 2s, 4s, 8s 5m idempotent",
		"INTERNAL_ERROR 500 1 1.5s 1m any", "beta: may still change",
		"Deprecated since 2026-01-01. Use UNAUTHORIZED instead. Keys have one kind.",
		"Send a smaller one. <kbd>|</kbd>", "floor -11 The lowest balance.",
		"kind one of image, video such as image", "limit bytes", "violations list of objects",
		"violations[].field string", "violations[].count int", "hint string, optional such as Try a JPEG",
		"The <kind> file exceeds <limit>.", "file No file <id>",
		"page No page <page> of file <id> Ask for a lower page.",
		"Retry up to 4 times if the request is idempotent. Wait before each retry: random, up to 1s, 2s, 4s, 8s.",
		"Retry once, with any method. Wait before the retry: 1.5s.", "Headers Retry-After: <retry_after>",
		"HTTP/1.1 429 Too Many Requests Content-Type: application/json Retry-After: 6 X-Kind: limit {",
		`"message": "No file A91"`, "retired since 2026-06-12 404 Not Found", "Use NOT_FOUND instead.",
	} {
		if !strings.Contains(all, want) {
			t.Errorf("the page does not say: %s", want)
		}
	}
	for _, not := range []string{"owner", "u_1", "SECRET_STATE", "Never told"} {
		if strings.Contains(all, not) {
			t.Errorf("the page tells %q, which is internal or sensitive", not)
		}
	}
}

func TestWhatTheFormDoesNotShow(t *testing.T) {
	c := catalogtest.Everything(catalogtest.Envelopes()[1].Envelope)
	c.Envelope.Description = ""
	want := "Omitted if the error has none: instance. <a param> stands for the error’s own params, which its entry lists."
	if all := shown(pages(t, c)["index.html"]); !strings.Contains(all, want) {
		t.Errorf("the page does not say %q", want)
	}
	c.Envelope.Sample = catalog.Sample{Code: "NOT_FOUND", Message: "No file A91", Status: 404}
	if all := shown(pages(t, c)["index.html"]); !strings.Contains(all,
		"The example shows NOT_FOUND. Omitted if the error has none: instance. HTTP") {
		t.Error("the page does not say of which code the sample is")
	}
	if all := shown(pages(t, everything())["index.html"]); strings.Contains(all, "Omitted if") {
		t.Error("every error has all of the nested body, and the page says otherwise")
	}
}

func TestEveryPageIsOurs(t *testing.T) {
	for name, page := range largePages(t) {
		if !emit.HTMLMark.In([]byte(page)) {
			t.Errorf("%s does not carry our mark", name)
		}
	}
}

// The policy names the hash of everything that a page has in it, and lets nothing in.
func TestPolicy(t *testing.T) {
	live := liveFile(t, everything(), &emithtml.Findings{Heading: "h"}, "index.html")
	for name, page := range map[string]string{
		"static": pages(t, everything())["index.html"], "live": live,
	} {
		_, policy, _ := strings.Cut(page, `Content-Security-Policy" content="`)
		policy = html.UnescapeString(policy[:strings.IndexByte(policy, '"')])
		for _, want := range []string{"default-src 'none'", "base-uri 'none'", "form-action 'none'"} {
			if !strings.Contains(policy, want) {
				t.Errorf("%s: the policy %q lacks %s", name, policy, want)
			}
		}
		if connects := strings.Contains(policy, "connect-src"); connects != (name == "live") {
			t.Errorf("%s: the policy is %q", name, policy)
		}
		for _, m := range embedded.FindAllStringSubmatch(page, -1) {
			sum := sha256.Sum256([]byte(m[2]))
			hash := base64.StdEncoding.EncodeToString(sum[:])
			if !strings.Contains(policy, m[1]+"-src") || !strings.Contains(policy, "'sha256-"+hash+"'") {
				t.Errorf("%s: the policy %q does not let the %s run, whose hash is %s",
					name, policy, m[1], hash)
			}
		}
	}
}

// Nothing on a page is loaded from anywhere. (Neither is anything by its style sheet: see the check
// with a browser.)
func TestPageLoadsNothing(t *testing.T) {
	page := pages(t, everything())["index.html"]
	loads := regexp.MustCompile(`(?i)<(?:img|iframe|link|script|object|embed|source|video|audio)\b[^>]*>|` +
		`\bstyle="|\bsrc=|\bon\w+=`)
	for _, m := range loads.FindAllString(embedded.ReplaceAllString(page, "<$1>"), -1) {
		if m != "<script>" &&
			!regexp.MustCompile(`^<link rel="(icon" href="data:|canonical"|alternate")`).MatchString(m) {
			t.Errorf("the page has %s", m)
		}
	}
}

// Every link within the pages leads to something, no id is there twice, and those of the page's own
// get out of the author's way.
func TestLinksAndIDs(t *testing.T) {
	clash := everything()
	clash.Groups[0].Entries[0].Anchor = "error-codes"
	clash.Groups[0].Anchor = "when-to-retry"
	for name, all := range map[string]map[string]string{
		"small": pages(t, everything()), "with clashes": pages(t, clash), "large": largePages(t),
	} {
		t.Run(name, func(t *testing.T) {
			ids := map[string]bool{}
			for file, page := range all {
				for _, m := range regexp.MustCompile(` id="([^"]*)"`).FindAllStringSubmatch(page, -1) {
					if id := file + "#" + m[1]; ids[id] {
						t.Errorf("%s is there twice", id)
					} else {
						ids[id] = true
					}
				}
			}
			for file, page := range all {
				if path.Ext(file) != ".html" {
					continue
				}
				for _, m := range regexp.MustCompile(` href="([^"]*)"`).FindAllStringSubmatch(page, -1) {
					target := html.UnescapeString(m[1])
					u, err := url.Parse(target)
					switch {
					case err != nil || u.IsAbs() || strings.HasPrefix(target, "?") ||
						strings.HasPrefix(target, "/"):
						continue
					case u.Path == "":
						target = file
					default:
						target = path.Join(path.Dir(file), u.Path)
					}
					if _, ok := all[target]; !ok || u.Fragment != "" && !ids[target+"#"+u.Fragment] {
						t.Errorf("%s has a link to %s, which is nowhere", file, m[1])
					}
				}
			}
		})
	}
	page := largePages(t)["codes-1.html"]
	for _, link := range []string{
		`<a href="codes-5.html#synthetic_error_01000"><code>SYNTHETIC_ERROR_01000</code></a>`,
		`<a href="codes-4.html#synthetic_error_00999"><code>`,
		`<a href="codes-5.html#synthetic_error_01000">this</a>`,
		`<a href="index.html#all">that</a>`,
	} {
		if !strings.Contains(page, link) {
			t.Errorf("the first page of entries has no link %s", link)
		}
	}
}

// A large catalog has its entries on pages of their own, each once and in order, and all its rows
// in the index.
func TestLargeCatalog(t *testing.T) {
	all := largePages(t)
	if n := onTop(all); n != 1+5 {
		t.Fatalf("there are %d pages beside those of codes", n)
	}
	entry := regexp.MustCompile(`<article class="entry" id="([^"]*)"`)
	var got, want []string
	for i := range 5 {
		for _, m := range entry.FindAllStringSubmatch(all[fmt.Sprintf("codes-%d.html", i+1)], -1) {
			got = append(got, m[1])
		}
	}
	for e := range large().All() {
		want = append(want, e.Anchor)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the entries on their pages (-want +got):\n%s", diff)
	}
	if n := strings.Count(all["index.html"], `<li class="row" id="`); n != 1001 {
		t.Errorf("the index has %d rows", n)
	}
	if n := onTop(pages(t, synth.Catalog(1000))); n != 1 {
		t.Errorf("a thousand codes make %d pages beside those of codes", n)
	}
}

// onTop counts the pages that are in no folder.
func onTop(all map[string]string) int {
	n := 0
	for name := range all {
		if path.Ext(name) == ".html" && path.Dir(name) == "." {
			n++
		}
	}
	return n
}

// Whatever a catalog says, the page has the elements that it would have otherwise, and shows what
// it says.
func TestHostileTexts(t *testing.T) {
	piece := rapid.SampledFrom([]string{
		"<script>alert(1)</script>", "</script>", "</style>", "</title>", "<!--", "-->", "]]>",
		"<img src=x onerror=alert(1)>", `"`, "'", "`", ">", "<", "&", "&lt;", "&#60;",
		"javascript:alert(1)", "{{.}}", "{{", "}}", "\u202e", "\u2066", "\\", "\n", "</a>", "</textarea>",
		" onclick=x ", "=", "é", "word", " ",
	})
	hostile := rapid.Map(rapid.SliceOfN(piece, 1, 6), func(s []string) string {
		return "x" + strings.Join(s, "") + "x"
	})
	usual := pages(t, everything())["index.html"]
	own := embedded.FindAllString(usual, -1)
	form := formOf(usual, own)
	rapid.Check(t, func(rt *rapid.T) {
		c := everything()
		var texts []string
		literal := func(name string) string {
			text := hostile.Draw(rt, name)
			texts = append(texts, text)
			return text
		}
		c.Title, c.Service = literal("title"), literal("service")
		c.Groups[0].Title, c.Statuses[0].Title = literal("group"), literal("status")
		c.Groups[0].Anchor, c.Envelope.MediaType = hostile.Draw(rt, "anchor"), "application/json"
		e := c.Groups[0].Entries[0]
		e.Code, e.Title, e.Since, e.Tags = literal("code"), "Its title is "+
			literal("entry"), literal("since"), []string{literal("tag"), literal("tag")}
		e.Variants[0].Message = catalogtest.Template(strings.ReplaceAll(literal("message"), "$", "$$"))
		e.Links = nil
		page := pages(rt, c)["index.html"]
		all := shown(page)
		for _, text := range texts {
			if !strings.Contains(all, collapse(text)) {
				rt.Fatalf("the page does not show %q", text)
			}
		}
		if diff := cmp.Diff(form, formOf(page, own)); diff != "" {
			rt.Fatalf("the page has other elements than it should (-want +got):\n%s", diff)
		}
	})
}

// formOf returns how often a page has each element, without its own style and scripts.
func formOf(page string, own []string) map[string]int {
	for _, block := range own {
		page = strings.Replace(page, block, "", 1)
	}
	form := map[string]int{}
	for _, t := range element.FindAllString(page, -1) {
		form[t]++
	}
	delete(form, "<span")  // the JSON of the example has one for each key and value
	delete(form, "</span") // and an entry one for its status
	return form
}

func TestUnsafeLinksAreText(t *testing.T) {
	c := everything()
	c.Groups[0].Entries[0].Links = []catalog.Link{
		{Title: "chat", URL: "slack://x"}, {Title: "docs", URL: "https://a.io/?b=1&c"},
	}
	page := pages(t, c)["index.html"]
	for _, want := range []string{
		`chat (<code>slack://x</code>)`, `<a href="https://a.io/?b=1&amp;c">docs</a>`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
}

// liveFile returns a file of the reference as it is served live.
func liveFile(t *testing.T, c *catalog.Catalog, findings *emithtml.Findings, path string) string {
	t.Helper()
	return liveSite(t, c, findings)(path)
}

// liveSite returns a function that does.
func liveSite(
	t *testing.T, c *catalog.Catalog, findings *emithtml.Findings,
) func(path string) string {
	t.Helper()
	site, err := emithtml.Live(c, emithtml.Options{}, findings, "v7")
	if err != nil {
		t.Fatal(err)
	}
	return func(path string) string {
		file, err := site.File(path)
		if err != nil {
			t.Fatal(err)
		}
		return string(file)
	}
}

// What is served has all files that are written. They differ only in what makes them live. The pages
// of a large catalog are too many to compare what they say, too.
func TestLiveHasEveryFile(t *testing.T) {
	small := everything()
	for _, tt := range []struct {
		c       *catalog.Catalog
		written map[string]string
	}{{small, pages(t, small)}, {large(), largePages(t)}} {
		file := liveSite(t, tt.c, nil)
		for name, written := range tt.written {
			served := file(name)
			switch {
			case strings.HasSuffix(name, ".html"):
				if !strings.Contains(served, ` data-version="v7"`) ||
					!strings.Contains(served, "connect-src &#39;self&#39;") {
					t.Errorf("%s is not live", name)
				}
				if tt.c == small && shown(served) != shown(written) {
					t.Errorf("%s says something else live", name)
				}
			case name == "reference.js":
				if !strings.HasPrefix(served, written) || !strings.Contains(served, "EventSource") {
					t.Errorf("%s is not live", name)
				}
			case served != written:
				t.Errorf("%s differs live", name)
			}
		}
		if got := file("nowhere/index.html"); got != "" {
			t.Errorf("there is a page nowhere: %s", got)
		}
	}
	broken := liveFile(t, everything(),
		&emithtml.Findings{Heading: "2 errors"}, "internal_error/index.html")
	if !strings.Contains(broken, "2 errors") || !strings.Contains(broken, `class="broken"`) {
		t.Error("the page of a code hides that the catalog has errors")
	}
}

func TestLiveWithoutACatalog(t *testing.T) {
	page := liveFile(t, nil, &emithtml.Findings{
		Heading: "2 errors",
		Advice:  "Correct it.",
		Text:    "a.yaml:1:1: <b>\n    1 | a: <b>\n      |    ^~~\n  help: a | b\n",
	}, "index.html")
	for _, want := range []string{`<body data-version="v7">`, `role="alert"`, "2 errors",
		"EventSource",
		"a.yaml:1:1: &lt;b&gt;\n<span class=\"source\">    1 | a: &lt;b&gt;\n" +
			"</span><span class=\"source\">      |    ^~~\n</span>  help: a | b\n</pre>"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if strings.Contains(page, `<input id="page.filter"`) {
		t.Error("a page without codes has a filter")
	}
}

func TestRelated(t *testing.T) {
	files, err := emithtml.Emit(everything(), emithtml.Options{Beside: []emit.Beside{
		{Name: "json", Path: "errors.json"}, {Name: "go", Path: "apierr"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	page := string(files[0].Data)
	if !strings.Contains(page, `<a href="errors.json">errors.json</a>`) ||
		strings.Contains(page, `"apierr"`) {
		t.Error("the page does not lead to errors.json alone")
	}
}

// What the search looks at is on the row: code, statuses and their names, title, messages, all of
// the resolutions, tags.
func TestSearchedTexts(t *testing.T) {
	page := pages(t, everything())["index.html"]
	var rows []string
	row := regexp.MustCompile(`(?s)<li class="row"([^>]*)>(.*?)</li>`)
	for _, m := range row.FindAllStringSubmatch(page, -1) {
		rows = append(rows,
			collapse(strings.ToLower(html.UnescapeString(m[1]+" "+tag.ReplaceAllString(m[2], " ")))))
	}
	for _, words := range [][]string{
		{"rate_limited", "429", `"too many requests. retry in ","retry_after duration"`},
		{"unauthorized", "401", "send a valid", "not this one", "invalid key", "auth"},
		{"not_found", `["page","no page ","page int"," of file ","id word",""]`, "ask for a lower page"},
	} {
		if !slices.ContainsFunc(rows, func(row string) bool {
			return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(row, w) })
		}) {
			t.Errorf("no row has all of %q:\n%s", words, strings.Join(rows, "\n"))
		}
	}
}

// A title that only repeats the code need not be read twice.
func TestTitleThatIsTheCode(t *testing.T) {
	c := everything()
	first := c.Groups[0].Entries[0]
	first.Title = "Wrong key"
	if page := pages(t, c)["index.html"]; !strings.Contains(page,
		`<span class="title">Wrong key</span>`) {
		t.Errorf("the page does not show the title %q", first.Title)
	}
	for _, title := range []string{first.Code, "Unauthorized"} {
		first.Title = title
		if page := pages(t, c)["index.html"]; strings.Contains(page,
			`<span class="title">`+title+`</span>`) {
			t.Errorf("the page says %s twice", first.Code)
		}
	}
}

// Whatever links a catalog has, also one that nobody has judged, the page leads where a page may
// lead, and loads nothing.
func TestLinksOfThePage(t *testing.T) {
	piece := rapid.SampledFrom([]string{
		"https:", "http:", "javascript:", "JaVaScript:", "view-source:", "ms-msdt:", "data:", "//", "/",
		`\`, "%5C", "%2F", "&#106;", "&colon;", "&Tab;", "\t", " ", "%6a", "evil.example", "@", "x", "?",
		"#", "mailto:", "tel:", ".", "\u200b", "\u202e", `"`, "'", "<", ">",
	})
	url := rapid.Map(rapid.SliceOfN(piece, 1, 5), func(s []string) string {
		return strings.Join(s, "")
	})
	addresses := regexp.MustCompile(`\s(href|src|action|formaction|srcset|data|poster)="([^"]*)"`)
	rapid.Check(t, func(rt *rapid.T) {
		c := everything()
		markdown := func(name string) catalog.Markdown {
			link := url.Draw(rt, name)
			forms := []string{"[a](<%s>)", "![a](%s)", "[a]\n\n[a]: <%s>", "<%s>", "%s"}
			form := rapid.SampledFrom(forms).Draw(rt, "form")
			return catalog.Markdown(strings.ReplaceAll(form, "%s", link))
		}
		e := c.Groups[0].Entries[0]
		e.Links = []catalog.Link{{Title: "a", URL: url.Draw(rt, "link")}}
		e.Description, e.Resolution = markdown("description"), markdown("resolution")
		c.Description, c.Groups[0].Description = markdown("catalog"), markdown("group")
		c.DocsURL, e.DocsURL = url.Draw(rt, "docs"), url.Draw(rt, "its docs")
		e.Type = url.Draw(rt, "type")
		for name, page := range pages(rt, c) {
			_, body, _ := strings.Cut(page, "</head>")
			for _, m := range addresses.FindAllStringSubmatch(body, -1) {
				if to := html.UnescapeString(m[2]); m[1] != "href" || !mdtext.IsSafeURL(to) {
					rt.Errorf("%s has %s=%q", name, m[1], to)
				}
			}
		}
	})
}
