//go:build tools

package renderers_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"github.com/errspec/errspec/gen/internal/emit/markdown"
	"github.com/errspec/errspec/gen/internal/mdtext"
	samples "github.com/errspec/errspec/gen/internal/sample"
)

// A tab is one of a list, and the code in it.
type tab struct{ ID, Label, Code string }

// TestTabs compiles the pages of --dialect docusaurus, and expects each list of samples as tabs
// that change together.
func TestTabs(t *testing.T) {
	for _, w := range []written{fromFile(t, "bitHuman", "../../../catalog.yaml"), hostile(t)} {
		c := w.load(t)
		c.Docs.Samples = samples.IDs()
		writer := samples.New(c, samples.Asked(c, nil))
		var want [][]tab // of any error, then of each code
		want = append(want, tabsOf(writer.All()))
		for e := range c.Public() {
			want = append(want, tabsOf(writer.Of(e)))
		}
		o := markdown.Options{Dialect: mdtext.MDX, Tabs: true}
		one, err := markdown.Emit(c, o)
		if err != nil {
			t.Fatal(err)
		}
		several, err := markdown.EmitPages(c, o)
		if err != nil {
			t.Fatal(err)
		}
		var pages []string
		for _, f := range append(one, several[:len(want)]...) {
			pages = append(pages, withoutFrontMatter(string(f.Data)))
		}
		for i, r := range byScript("node", "render.js", "docusaurus")(t, pages) {
			if r.Error != "" {
				t.Fatalf("%s, page %d: %s", w.name, i, r.Error)
			}
			of := want
			if i > 0 { // the page of one code, or the index
				of = want[i-1 : i]
			}
			if diff := cmp.Diff(of, tabsIn(t, r.HTML)); diff != "" {
				t.Errorf("%s, page %d: the tabs (-want +got):\n%s", w.name, i, diff)
			}
		}
	}
}

// TestBlocksHaveNoTabs: a page of the author's imports no tabs, so a block in it must not use them.
func TestBlocksHaveNoTabs(t *testing.T) {
	c := fromFile(t, "bitHuman", "../../../catalog.yaml").load(t)
	c.Docs.Samples = samples.IDs()
	k := markdown.NewBlocks(c, markdown.Options{Dialect: mdtext.MDX, Tabs: true},
		func(string) bool { return false })
	block, err := k.Code(c.Groups[0].Entries[0], "##")
	if err != nil {
		t.Fatal(err)
	}
	text := string(block)
	if strings.Contains(text, "<Tab") || !strings.Contains(text, "**TypeScript:**") {
		t.Errorf("the block of a code:\n%s", text)
	}
}

func tabsOf(all []samples.Sample) []tab {
	var tabs []tab
	for _, s := range all {
		tabs = append(tabs, tab{s.ID, s.Title, s.Code})
	}
	return tabs
}

// tabsIn returns the lists of tabs of a page as theme/Tabs.js and theme/TabItem.js show them.
func tabsIn(t *testing.T, page string) [][]tab {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var lists [][]tab
	for n := range root.Descendants() {
		if attribute(n, "data-group") != "language" {
			continue
		}
		var list []tab
		for item := range n.ChildNodes() {
			if strings.TrimSpace(textIn(item)) != "" {
				list = append(list, tab{
					attribute(item, "data-value"), attribute(item, "data-label"), textIn(item),
				})
			}
		}
		for i := range list {
			list[i].Code = strings.TrimLeft(strings.TrimRight(list[i].Code, "\n"), "\n") + "\n"
		}
		lists = append(lists, list)
	}
	return lists
}

func textIn(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for c := range n.ChildNodes() {
		b.WriteString(textIn(c))
	}
	return b.String()
}
