package renderers_test

import (
	"bytes"
	"flag"
	"fmt"
	"html"
	"maps"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	gmhtml "github.com/yuin/goldmark/renderer/html"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/emit/markdown"
	"github.com/errspec/errspec/gen/internal/mdtext"
	"github.com/errspec/errspec/gen/internal/slug"
)

// A page to render, its twin, and the texts that the twin's words stand for.
type page struct {
	name       string
	md, twinMD string
	twin       *twin

	// For one page of several: the site, the name of the file, and the page's code.
	site, file, title string
}

// pages returns the reference pages of catalogs, for all renderers.
func pages(t testing.TB, all ...written) []page {
	t.Helper()
	return pagesIn(t, mdtext.Portable, all...)
}

// pagesIn returns them in a dialect.
func pagesIn(t testing.TB, d mdtext.Dialect, all ...written) []page {
	t.Helper()
	var out []page
	for _, w := range all {
		other := w.load(t)
		words := makeTwin(t, other)
		out = append(out, page{name: w.name, md: reference(t, d, w.load(t)),
			twinMD: reference(t, d, other), twin: words})
	}
	return out
}

// reference returns the reference page of a catalog, without its front matter, which sites remove.
func reference(t testing.TB, d mdtext.Dialect, c *catalog.Catalog) string {
	t.Helper()
	files, err := markdown.Emit(c, markdown.Options{Dialect: d})
	if err != nil {
		t.Fatal(err)
	}
	return withoutFrontMatter(string(files[0].Data))
}

func withoutFrontMatter(md string) string {
	if rest, ok := strings.CutPrefix(md, "---\n"); ok {
		_, md, _ = strings.Cut(rest, "\n---\n")
	}
	return md
}

// A rendering is a renderer's HTML of a page, or the reason why there is none.
type rendering struct {
	HTML  string `json:"html"`
	Error string `json:"error"`
}

// A renderer turns many pages into HTML at once.
type renderer struct {
	name   string
	render func(t testing.TB, pages []string) []rendering
	// What it does by design.
	dropsTags bool // tags are dropped, their text is left
	bends     bool // quotes, dashes and dots in prose become typographic ones
	noIDs     bool // headings have no ids; GitHub gives them some afterwards, and Hugo the same
	// they have ids that are GitHub's only for codes of letters, digits and underscores; the page has
	// an anchor for others
	ownIDs  bool
	joins   bool // a space after an abbreviation becomes one that does not break
	escapes bool // the text of images is escaped twice
	// addresses become links, however they are escaped: it looks for them in the text that is left
	linksBare bool
	// links that are relative to the page are written as they are resolved, from the root
	rooted bool
}

// A score counts what was compared.
type score struct{ headings, cells, paragraphs, code, links, differences int }

var (
	seed = flag.Int("seed", 1, "the seed of the random catalog")
	told = flag.Int("told", 5, "how many differences of a page to print")
)

// A judge compares one page as one renderer shows it.
type judge struct {
	t     testing.TB
	page  page
	by    renderer
	score *score
	told  int
}

func (j *judge) differs(format string, args ...any) {
	j.score.differences++
	if j.told++; j.told <= *told {
		j.t.Errorf("%s: "+format, append([]any{j.page.name}, args...)...)
	}
}

// compare checks that a page shows what its twin says, in the same form as on GitHub.
func (j *judge) compare(got, twin, github shown) {
	j.t.Helper()
	for i := range min(len(got.blocks), len(twin.blocks)) {
		want, prose := j.page.twin.expected(twin.blocks[i])
		if got.blocks[i].kind != want.kind {
			j.differs("after %q\n there is %s\n     want %s", textBefore(got.blocks, i),
				got.blocks[i], want)
			return
		}
		// The template's own words are prose as well.
		prose = prose || bendable.MatchString(twin.blocks[i].text)
		j.block(got.blocks[i], want, prose)
	}
	if len(got.blocks) != len(twin.blocks) {
		j.differs("%d blocks, want %d; the last is %s", len(got.blocks), len(twin.blocks),
			got.blocks[len(got.blocks)-1])
		return
	}
	j.form(got, github)
	j.anchors(got)
}

func textBefore(blocks []block, i int) string {
	if i == 0 {
		return ""
	}
	return abridged(blocks[i-1].text)
}

func (b block) String() string { return b.kind + " " + fmt.Sprintf("%q", abridged(b.form)) }

func abridged(s string) string {
	if runes := []rune(s); len(runes) > 400 {
		return string(runes[:200]) + " […] " + string(runes[len(runes)-200:])
	}
	return s
}

// block compares the text of a block, and the elements of literal text.
func (j *judge) block(got, want block, prose bool) {
	j.t.Helper()
	switch got.kind {
	case "pre":
		j.score.code++
		trimmed := func(text string) string { return strings.TrimRight(sameCode(text), " \n") }
		if trimmed(got.text) != trimmed(want.text) {
			j.differs("code\n shown %q\n  want %q", abridged(got.text), abridged(want.text))
		}
		return
	case "td", "th":
		j.score.cells++
	case "p":
		j.score.paragraphs++
	case "tr", "hr":
		return
	default:
		j.score.headings++
	}
	if j.by.linksBare {
		got.form, want.form = withoutBare(got.form), withoutBare(want.form)
	}
	if j.by.escapes {
		got.text, want.text = html.UnescapeString(got.text), html.UnescapeString(want.text)
	}
	if j.by.joins {
		got.text, want.text = joined(got.text), joined(want.text)
		got.form, want.form = joined(got.form), joined(want.form)
	}
	if prose && j.by.bends {
		got.text, want.text = straight(got.text), straight(want.text)
	}
	if got.text != want.text {
		at := 0
		for at < min(len(got.text), len(want.text)) && got.text[at] == want.text[at] {
			at++
		}
		from := max(0, at-100)
		j.differs("%s\n shown %q\n  want %q", got.kind, abridged(got.text[from:]),
			abridged(want.text[from:]))
	} else if !prose && !j.by.dropsTags && got.form != want.form {
		j.differs("%s: literal text became markup\n shown %q\n  want %q", got.kind,
			abridged(got.form), abridged(want.form))
	}
}

// form compares the elements with GitHub's.
func (j *judge) form(got, github shown) {
	j.t.Helper()
	if len(got.blocks) != len(github.blocks) {
		j.differs("%d blocks; GitHub has %d", len(got.blocks), len(github.blocks))
	}
	for i := range min(len(got.blocks), len(github.blocks)) {
		a, b := got.blocks[i], github.blocks[i]
		if a.kind != b.kind {
			j.differs("after %q\n       there is %s\n GitHub has %s", textBefore(got.blocks, i),
				a, b)
			return
		}
		if j.by.dropsTags || a.kind == "pre" {
			continue
		}
		if j.by.linksBare {
			a.form, b.form = withoutBare(a.form), withoutBare(b.form)
		}
		if j.by.rooted {
			b.form = relative.ReplaceAllString(b.form, `‹a "/$1`)
		}
		if straight(a.form) != straight(b.form) {
			j.differs("%s\n          shown %q\n GitHub's is %q", a.kind, abridged(a.form),
				abridged(b.form))
		}
	}
}

// anchors checks that every link within the page has a target, and that a link whose text is a code
// leads to the entry of that code.
func (j *judge) anchors(got shown) {
	j.t.Helper()
	github := githubIDs(got.blocks)
	if j.by.noIDs {
		got.ids = github
	}
	maps.Copy(got.ids, got.own)
	for _, l := range got.links {
		if l.anchor == "" { // the top of the page
			continue
		}
		if j.by.ownIDs && j.by.dropsTags && !usual.MatchString(github[l.anchor]) {
			continue
		}
		j.score.links++
		heading, ok := got.ids[l.anchor]
		if !ok {
			j.differs("the link %q leads to #%s, which is nowhere", l.text, l.anchor)
		} else if l.text != heading && got.isHeading(l.text) {
			j.differs("the link %q leads to #%s, which is %q", l.text, l.anchor, heading)
		}
	}
}

// githubIDs returns the ids that GitHub gives to headings, with the headings' text.
func githubIDs(blocks []block) map[string]string {
	ids, taken := map[string]string{}, map[string]int{}
	for _, b := range blocks {
		if strings.HasPrefix(b.kind, "h") && b.kind != "hr" {
			id := slug.Make(b.text)
			if n := taken[id]; n > 0 {
				ids[fmt.Sprintf("%s-%d", id, n)] = b.text
			} else {
				ids[id] = b.text
			}
			taken[id]++
		}
	}
	return ids
}

// follow checks every link to another page: the page and the heading exist, and if the link's text
// is the title of a page, the link leads to that page.
func (j *judge) follow(got shown, all []page, made []shown) {
	j.t.Helper()
	titles, files := map[string]string{}, map[string]shown{}
	for i, p := range all {
		if p.file != "" && p.site == j.page.site {
			files[p.file] = made[i]
			titles[p.title] = p.file
		}
	}
	for _, l := range got.files {
		j.score.links++
		file, anchor, _ := strings.Cut(l.anchor, "#")
		there, ok := files[file]
		if !ok {
			j.differs("the link %q leads to %s, which is no page", l.text, file)
			continue
		}
		if want, is := titles[l.text]; is && want != file {
			j.differs("the link %q leads to %s, want %s", l.text, file, want)
		}
		if _, ok := githubIDs(there.blocks)[anchor]; anchor != "" && !ok {
			j.differs("the link %q leads to #%s of %s, which is nowhere", l.text, anchor, file)
		}
	}
}

func (s shown) isHeading(text string) bool {
	for _, heading := range s.ids {
		if heading == text {
			return true
		}
	}
	return false
}

var (
	anyLink  = regexp.MustCompile(`‹a ("(?:[^"\\]|\\.)*")›([^‹]*)‹/a›`)
	relative = regexp.MustCompile(`‹a "(\w[^:"]*")`)
	// a code with the same anchor in all renderers
	usual    = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]*$`)
	bendable = regexp.MustCompile(`['"]|--|\.\.\.`)
)

// withoutBare removes links whose text equals their URL.
func withoutBare(form string) string {
	return anyLink.ReplaceAllStringFunc(form, func(link string) string {
		m := anyLink.FindStringSubmatch(link)
		if url, err := strconv.Unquote(m[1]); err == nil &&
			strings.HasSuffix(unescaped(url), unescaped(m[2])) {
			return m[2]
		}
		return link
	})
}

func joined(s string) string { return strings.ReplaceAll(s, "\u00a0", " ") }

// straight undoes typography in an author's prose. It returns the same for a text without
// typography.
func straight(s string) string {
	s = curly.Replace(s)
	s = regexp.MustCompile(`\.{2,}|-{2,}|,{2,}|[?!]{3,}`).ReplaceAllStringFunc(s,
		func(run string) string { return run[:1] })
	return s
}

var curly = strings.NewReplacer(
	"‘", "'", "’", "'", "“", `"`, "”", `"`, "``", `"`, "''", `"`,
	"—", "--", "–", "--", "…", "..", "\u00a0", " ", "☐", "[ ]", "☒", "[x]",
	"(c)", "©", "(C)", "©", "(r)", "®", "(R)", "®", "(p)", "℗", "(P)", "℗",
	"(tm)", "™", "(TM)", "™", "(tM)", "™", "(Tm)", "™", "+-", "±",
)

// goldmarks are the renderers that need no installation. The first is the reference for others: it
// reads like GitHub and lets tags through, so that tests see a tag that should be text.
var goldmarks = []renderer{
	{name: "goldmark", noIDs: true, render: byGoldmark(goldmark.WithExtensions(extension.GFM),
		goldmark.WithRendererOptions(gmhtml.WithUnsafe()))},
	{
		name: "goldmark as in Hugo", dropsTags: true, bends: true, noIDs: true,
		render: byGoldmark(
			goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList,
				extension.Typographer),
			goldmark.WithParserOptions(parser.WithAttribute())),
	},
}

func byGoldmark(options ...goldmark.Option) func(testing.TB, []string) []rendering {
	gm := goldmark.New(options...)
	return func(t testing.TB, pages []string) []rendering {
		t.Helper()
		out := make([]rendering, len(pages))
		for i, md := range pages {
			var b bytes.Buffer
			if err := gm.Convert([]byte(md), &b); err != nil {
				t.Fatal(err)
			}
			out[i].HTML = b.String()
		}
		return out
	}
}

// emptyPrograms matches the empty expressions in MDX pages, which GitHub would show.
var emptyPrograms = regexp.MustCompile(`(\\:)\{\}|\{\t\}`)

// judgeAll compares all pages in all renderers, and returns the scores.
func judgeAll(t *testing.T, all []page, renderers []renderer) map[string]*score {
	t.Helper()
	var sources, twins []string
	var plain []string
	for _, p := range all {
		sources = append(sources, p.md)
		plain, twins = append(plain, emptyPrograms.ReplaceAllString(p.md, "$1")),
			append(twins, p.twinMD)
	}
	var github, words []shown
	for i, r := range goldmarks[0].render(t, append(plain, twins...)) {
		if i < len(all) {
			github = append(github, read(t, r.HTML))
		} else {
			words = append(words, read(t, r.HTML))
		}
	}
	scores := map[string]*score{}
	for _, by := range renderers {
		scores[by.name] = &score{}
	}
	t.Run("by", func(t *testing.T) {
		for _, by := range renderers {
			t.Run(by.name, func(t *testing.T) {
				t.Parallel()
				made := make([]shown, len(all))
				for i, r := range by.render(t, sources) {
					j := judge{t: t, page: all[i], by: by, score: scores[by.name]}
					if r.Error != "" {
						j.differs("it is no page: %s", abridged(r.Error))
						continue
					}
					made[i] = read(t, r.HTML)
					j.compare(made[i], words[i], github[i])
					if j.told > *told {
						t.Errorf("%s: %d differences in all", all[i].name, j.told)
					}
				}
				for i := range all {
					j := judge{t: t, page: all[i], by: by, score: scores[by.name]}
					j.follow(made[i], all, made)
				}
			})
		}
	})
	return scores
}

func TestGoldmark(t *testing.T) {
	all := pages(t, fromFile(t, "bitHuman", "../../../catalog.yaml"), hostile(t), long(t),
		random(t, 400, *seed))
	logScores(t, judgeAll(t, all, goldmarks), goldmarks)
}

// TestGFM checks the pages of --dialect gfm with the renderer that they are for.
func TestGFM(t *testing.T) {
	all := pagesIn(t, mdtext.GFM, fromFile(t, "bitHuman", "../../../catalog.yaml"), hostile(t))
	logScores(t, judgeAll(t, all, goldmarks[:1]), goldmarks[:1])
}

// logScores prints a table of the scores.
func logScores(t *testing.T, scores map[string]*score, renderers []renderer) {
	t.Helper()
	t.Logf("%-30s %8s %6s %10s %6s %6s %11s", "renderer", "headings", "cells", "paragraphs", "code",
		"links", "differences")
	for _, by := range renderers {
		s := scores[by.name]
		t.Logf("%-30s %8d %6d %10d %6d %6d %11d", by.name, s.headings, s.cells, s.paragraphs,
			s.code, s.links, s.differences)
	}
}
