package renderers_test

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A block is a part of a page as a reader sees it: a heading, a paragraph, a cell, a piece of code,
// a rule.
type block struct {
	// h1 to h6, p, th, td, pre, hr, tr for the start of a row; or the name of an unexpected element
	kind string
	text string // its visible text: white space collapsed, except in code blocks
	form string // the same with its inner elements
}

// shown is a page as its reader sees it.
type shown struct {
	blocks []block
	ids    map[string]string // of headings: their text
	own    map[string]string // anchors inside headings, with the text of the heading
	links  []link            // those that lead to a place on the page
	files  []link            // those that lead to a page beside it, and maybe to a place there
}

type link struct{ text, anchor string }

// read returns what a reader sees of a page's HTML.
func read(t testing.TB, page string) shown {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return readNode(root)
}

// beside matches links to pages in the same folder.
var beside = regexp.MustCompile(`^[^/:?#]+\.mdx?(#.*)?$`)

func readNode(root *html.Node) shown {
	r := reader{shown: shown{ids: map[string]string{}, own: map[string]string{}}, kind: "p"}
	r.children(root)
	r.end()
	return r.shown
}

// A reader walks through the tree of a page. A block ends where another begins; the rest of the
// surrounding element is a block as well.
type reader struct {
	shown
	kind       string   // of the block that is being read
	inside     []string // the anchors of elements in it that are nothing else
	text, form strings.Builder
}

func (r *reader) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		r.node(c)
	}
}

func (r *reader) node(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		r.both(n.Data)
		return
	case html.CommentNode, html.DoctypeNode:
		return
	case html.DocumentNode:
		r.children(n)
		return
	}
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		before := len(r.blocks)
		r.block(n, n.Data)
		if id := attribute(n, "id"); id != "" && len(r.blocks) > before {
			r.ids[id] = r.blocks[before].text
		}
		if len(r.blocks) > before {
			for _, id := range r.inside {
				r.own[id] = r.blocks[before].text
			}
		}
		r.inside = nil
	case atom.Td, atom.Th:
		before := len(r.blocks)
		r.block(n, n.Data)
		if len(r.blocks) == before {
			r.blocks = append(r.blocks, block{kind: n.Data}) // an empty cell is a cell
		}
	case atom.Tr:
		r.end()
		r.blocks = append(r.blocks, block{kind: "tr"})
		r.children(n)
		r.end()
	case atom.Pre:
		r.end()
		code := strings.TrimSuffix(textOf(n), "\n")
		r.blocks = append(r.blocks, block{"pre", code, code})
	case atom.Hr:
		r.end()
		r.blocks = append(r.blocks, block{kind: "hr"})
	case atom.P, atom.Div, atom.Section, atom.Blockquote, atom.Ul, atom.Ol, atom.Li, atom.Table,
		atom.Thead, atom.Tbody, atom.Html, atom.Body,
		atom.Main, atom.Article, atom.Header, atom.Dl, atom.Dt, atom.Dd, atom.Aside, atom.Colgroup,
		atom.Details, atom.Summary, atom.Figure:
		r.block(n, r.kind)
	case atom.Head, atom.Col, atom.Figcaption: // pandoc repeats the text of an image below it
	case atom.Script, atom.Style, atom.Iframe, atom.Object, atom.Svg, atom.Form, atom.Button,
		atom.Textarea:
		r.end()
		r.blocks = append(r.blocks, block{n.Data, textOf(n), ""})
	default:
		r.inline(n)
	}
}

// block reads an element whose content is one or more blocks of a kind.
func (r *reader) block(n *html.Node, kind string) {
	r.end()
	outer := r.kind
	r.kind = kind
	r.children(n)
	r.end()
	r.kind = outer
}

// sameElement maps elements to the common name of the same element.
var sameElement = map[string]string{"b": "strong", "i": "em", "s": "del", "strike": "del"}

func (r *reader) inline(n *html.Node) {
	name := n.Data
	if same, ok := sameElement[name]; ok {
		name = same
	}
	switch name {
	case "br":
		r.both(" ")
		return
	case "input":
		r.both(checkbox(n))
		return
	case "img":
		r.form.WriteString("‹img " + plainURL(attribute(n, "src")) + "›")
		r.both(attribute(n, "alt"))
		r.form.WriteString("‹/img›")
		return
	case "label": // around a checkbox
		r.children(n)
		return
	case "a":
		href := attribute(n, "href")
		if id := attribute(n, "id"); id != "" && href == "" && n.FirstChild == nil {
			r.inside = append(r.inside, strings.TrimPrefix(id, "user-content-"))
			return
		}
		if anchor, ok := strings.CutPrefix(href, "#"); ok {
			r.links = append(r.links, link{collapse(textOf(n)), unescaped(anchor)})
			href = "#" // all links are checked separately
		} else if beside.MatchString(href) {
			r.files = append(r.files, link{collapse(textOf(n)), unescaped(href)})
			href = "#"
		}
		r.form.WriteString("‹a " + plainURL(href) + "›")
	default:
		r.form.WriteString("‹" + name + "›")
	}
	r.children(n)
	r.form.WriteString("‹/" + name + "›")
}

func (r *reader) both(text string) {
	r.text.WriteString(text)
	r.form.WriteString(text)
}

// end ends a block unless it is empty.
func (r *reader) end() {
	text, form := collapse(r.text.String()), collapse(r.form.String())
	r.text.Reset()
	r.form.Reset()
	if form != "" {
		r.blocks = append(r.blocks, block{r.kind, text, form})
	}
}

func checkbox(n *html.Node) string {
	for _, a := range n.Attr {
		if a.Key == "checked" {
			return "[x] "
		}
	}
	return "[ ] "
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func textOf(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.WriteString(textOf(c))
	}
	return b.String()
}

// plainURL returns a URL without percent-encoding, because renderers encode more or less.
func plainURL(u string) string { return strconv.Quote(unescaped(u)) }

func unescaped(u string) string {
	if plain, err := url.PathUnescape(u); err == nil {
		return plain
	}
	return u
}

// collapse replaces each run of white space by one space, like a browser.
func collapse(s string) string {
	return strings.Join(strings.FieldsFunc(s,
		func(r rune) bool { return strings.ContainsRune(" \t\n\r\f", r) }), " ")
}
