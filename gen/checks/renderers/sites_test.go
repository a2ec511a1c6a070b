//go:build sites

package renderers_test

import (
	"flag"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/errspec/errspec/gen/internal/emit/markdown"
	"github.com/errspec/errspec/gen/internal/mdtext"
)

var shots = flag.String("shots", "",
	"the folder for chromium's pictures of the built pages; empty for none")

// A site is built from pages by a program that people publish documentation with.
type site struct {
	renderer
	files   map[string]string // files besides the pages
	dialect mdtext.Dialect
	pages   string // the folder of the pages
	command []string
	built   string // the folder of the result
	content func(*html.Node) bool
}

var sites = []site{
	{
		renderer: renderer{name: "Hugo", dropsTags: true, bends: true, ownIDs: true, escapes: true},
		files: map[string]string{
			"hugo.toml":                    "baseURL = 'https://docs.example.com/'\ntitle = 'Docs'\ndisableKinds = ['taxonomy', 'term', 'RSS', 'sitemap']\n",
			"layouts/_default/single.html": "<!doctype html><meta charset=utf-8><title>{{ .Title }}</title><style>body{font:16px/1.5 sans-serif;max-width:60em;margin:auto}td,th{border:1px solid #ccc;padding:4px 8px}</style><main>{{ .Content }}</main>\n",
			"layouts/_default/list.html":   "<!doctype html><title>Docs</title>\n",
			"content/_index.md":            "---\ntitle: Docs\n---\n",
		},
		pages: "content", command: []string{"hugo", "--quiet"}, built: "public",
		content: func(n *html.Node) bool { return n.Data == "main" },
	},
	{
		renderer: renderer{name: "MkDocs", ownIDs: true},
		files: map[string]string{"mkdocs.yml": "site_name: Docs\nplugins: []\n",
			"docs/index.md": "# Docs\n"},
		pages: "docs", command: []string{"mkdocs", "build", "--quiet"}, built: "site",
		content: func(n *html.Node) bool { return attribute(n, "role") == "main" },
	},
	{
		renderer: renderer{name: "MkDocs, Material", ownIDs: true, linksBare: true},
		files: map[string]string{
			"mkdocs.yml": "site_name: Docs\ntheme: {name: material, font: false}\nplugins: []\n" +
				"markdown_extensions: [admonition, attr_list, def_list, footnotes, md_in_html, pymdownx.superfences, pymdownx.details, pymdownx.tabbed, pymdownx.tilde, pymdownx.caret, pymdownx.mark, pymdownx.keys]\n",
			"docs/index.md": "# Docs\n",
		},
		pages: "docs", command: []string{"mkdocs", "build", "--quiet"}, built: "site",
		content: func(n *html.Node) bool { return n.Data == "article" },
	},
	{
		renderer: renderer{name: "Docusaurus", linksBare: true, ownIDs: true, rooted: true},
		dialect:  mdtext.MDX,
		files: map[string]string{
			"package.json": `{"name": "docs", "private": true}`,
			"docusaurus.config.js": `module.exports = {
  title: 'Docs', url: 'https://docs.example.com', baseUrl: '/', onBrokenLinks: 'ignore', onBrokenAnchors: 'ignore',
  // The pages link to what a real site would have, and the test looks at anchors itself.
  markdown: {hooks: {onBrokenMarkdownImages: 'ignore', onBrokenMarkdownLinks: 'ignore'}},
  presets: [['classic', {docs: {routeBasePath: '/'}, blog: false}]],
  themeConfig: {navbar: {title: 'Docs'}},
}
`,
			"docs/index.md": "---\nslug: /\n---\n\n# Docs\n",
		},
		pages: "docs", command: []string{"npx", "docusaurus", "build"}, built: "build",
		content: func(n *html.Node) bool {
			return n.Data == "div" && strings.Contains(attribute(n, "class"), "theme-doc-markdown")
		},
	},
}

// TestSites builds the sites, and compares the built pages with the catalogs.
func TestSites(t *testing.T) {
	for _, d := range []mdtext.Dialect{mdtext.Portable, mdtext.MDX} {
		all := pagesIn(t, d, fromFile(t, "bithuman", "../../../catalog.yaml"), hostile(t))
		var renderers []renderer
		for _, s := range sites {
			if s.dialect == d {
				by := s.renderer
				by.render = func(t testing.TB, sources []string) []rendering {
					return s.build(t, all, sources)
				}
				renderers = append(renderers, by)
			}
		}
		logScores(t, judgeAll(t, all, renderers), renderers)
	}
}

// TestTabsInDocusaurus builds a page of --dialect docusaurus, and expects a tab for each language
// of each list of samples.
func TestTabsInDocusaurus(t *testing.T) {
	c := fromFile(t, "bithuman", "../../../catalog.yaml").load(t)
	c.Docs.Samples = []string{"go", "python"}
	files, err := markdown.Emit(c, markdown.Options{Dialect: mdtext.MDX, Tabs: true})
	if err != nil {
		t.Fatal(err)
	}
	docusaurus := sites[len(sites)-1]
	built := docusaurus.build(t, []page{{name: "tabs"}}, []string{string(files[0].Data)})[0].HTML
	public := 0
	for range c.Public() {
		public++
	}
	for _, role := range []string{"tab", "tabpanel"} {
		if got := strings.Count(built, `role="`+role+`"`); got != 2*(public+1) {
			t.Errorf("there are %d of the role %s, want 2 for each of %d codes and for all",
				got, role, public)
		}
	}
}

// build builds the site and returns the contents of its pages.
func (s site) build(t testing.TB, all []page, sources []string) []rendering {
	t.Helper()
	dir := t.TempDir()
	write := func(name, text string) {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name, text := range s.files {
		write(name, text)
	}
	extension := ".md"
	if s.dialect == mdtext.MDX {
		extension = ".mdx"
	}
	for i, p := range all {
		write(filepath.Join(s.pages, p.name+extension), sources[i])
	}
	modules, err := filepath.Abs("docusaurus/node_modules")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(modules, filepath.Join(dir, "node_modules")); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(s.command[0], s.command[1:]...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "CI=true", "DISABLE_VERSION_CHECK=true")
	if output, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", strings.Join(s.command, " "), err, output)
	}
	built := filepath.Join(dir, s.built)
	out := make([]rendering, len(all))
	for i, p := range all {
		data, err := os.ReadFile(filepath.Join(built, p.name, "index.html"))
		if err != nil {
			t.Fatal(err)
		}
		out[i].HTML = s.cut(t, string(data))
	}
	s.photograph(t, built, all[0].name)
	return out
}

// cut returns the content of a page that comes from the Markdown.
func (s site) cut(t testing.TB, page string) string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && s.content(n) {
			removeFurniture(n)
			var b strings.Builder
			if err := html.Render(&b, n); err != nil {
				t.Fatal(err)
			}
			return b.String()
		}
	}
	t.Fatalf("%s: the page has no content where expected", s.name)
	return ""
}

// removeFurniture removes what a site adds: the title of the front matter, buttons, and headings'
// links to themselves.
func removeFurniture(n *html.Node) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		class := attribute(c, "class")
		switch {
		case c.Type == html.ElementNode && (c.Data == "header" || c.Data == "button" ||
			c.Data == "svg" || strings.Contains(class, "hash-link") ||
			strings.Contains(class, "headerlink")):
			n.RemoveChild(c)
		case c.Type == html.ElementNode && c.Data == "br" &&
			strings.Contains(attribute(n, "class"), "token-line"):
			n.InsertBefore(&html.Node{Type: html.TextNode, Data: "\n"}, c)
			n.RemoveChild(c)
		default:
			removeFurniture(c)
		}
		c = next
	}
}

// photograph takes pictures of a built page: its top and one entry.
func (s site) photograph(t testing.TB, built, name string) {
	t.Helper()
	if *shots == "" {
		return
	}
	server := httptest.NewServer(http.FileServer(http.Dir(built)))
	defer server.Close()
	for what, fragment := range map[string]string{"head": "", "entry": "#rate_limited"} {
		file, err := filepath.Abs(filepath.Join(*shots, s.name+" "+what+".png"))
		if err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command("chromium", "--headless", "--no-sandbox", "--disable-gpu",
			"--hide-scrollbars", "--window-size=1200,1600",
			"--virtual-time-budget=5000", "--screenshot="+file, server.URL+"/"+name+"/"+fragment)
		if output, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("chromium: %v\n%s", err, output)
		}
	}
}
