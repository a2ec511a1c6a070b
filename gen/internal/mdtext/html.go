package mdtext

import (
	"bytes"
	"html"
	"net/url"
	"strings"
	"sync"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	gm "github.com/yuin/goldmark/renderer"
	gmhtml "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

// An HTML renders an author's Markdown as safe HTML: raw HTML becomes text, links lead to the web,
// to mail or to the same site, and the page loads nothing. The zero value is ready to use.
type HTML struct {
	Level int // of the highest headings; 0 makes headings bold paragraphs
	// returns the URL for a span of code, or "" for no link. If nil, no span links
	Link func(code string) string
	// returns the URL for a link to an anchor. If nil, it stays on this page
	Anchor func(anchor string) string
	// comes before relative paths, on a page that is in another folder than the author has in mind
	Folder string
}

// Block returns a text as blocks, or "" if it shows nothing.
func (h HTML) Block(md string) string {
	if md = strings.TrimRight(md, " \n"); md == "" {
		return ""
	}
	if isPlain(md, false) {
		return "<p>" + html.EscapeString(md) + "</p>\n"
	}
	src, root := h.parse(md)
	return render(src, root)
}

// Line returns the first paragraph of a text, without its tag, and whether the text has nothing
// else.
func (h HTML) Line(md string) (line string, whole bool) {
	if md = strings.TrimRight(md, " \n"); isPlain(md, false) {
		return html.EscapeString(md), true
	}
	src, root := h.parse(md)
	p := firstParagraph(root)
	if p == nil {
		return "", root.FirstChild() == nil
	}
	whole = p.Parent() == root && root.ChildCount() == 1 && isParagraph(p)
	var b strings.Builder
	for c := p.FirstChild(); c != nil; c = c.NextSibling() {
		b.WriteString(render(src, c))
	}
	return b.String(), whole
}

func (h HTML) parse(md string) ([]byte, ast.Node) {
	src := []byte(md)
	root, _ := ParseTree(src)
	if root == nil {
		return nil, literalTree(md)
	}
	r := rewriter{HTML: h, src: src, top: topHeading(root)}
	r.children(root, false)
	return src, root
}

// goldmarkHTML returns goldmark's own renderer, made on first use.
var goldmarkHTML = sync.OnceValue(func() gm.Renderer {
	return gm.NewRenderer(gm.WithNodeRenderers(
		util.Prioritized(gmhtml.NewRenderer(), 1000),
		util.Prioritized(extension.NewTableHTMLRenderer(
			extension.WithTableCellAlignMethod(extension.TableCellAlignAttribute)), 500),
		util.Prioritized(extension.NewStrikethroughHTMLRenderer(), 500),
	))
})

func render(src []byte, n ast.Node) string {
	var b bytes.Buffer
	if err := goldmarkHTML().Render(&b, src, n); err != nil {
		panic("mdtext: writing to a buffer failed: " + err.Error())
	}
	return b.String()
}

// A rewriter replaces the parts of a syntax tree that goldmark's renderer must not see.
type rewriter struct {
	HTML
	src []byte
	top int // the highest level in the source, which becomes Level
}

// children rewrites the nodes below n. linked says whether n is in a link: links do not nest.
func (r *rewriter) children(n ast.Node, linked bool) {
	for c := n.FirstChild(); c != nil; {
		next := c.NextSibling()
		r.node(n, c, linked)
		c = next
	}
}

func (r *rewriter) node(parent, n ast.Node, linked bool) {
	switch n := n.(type) {
	case *ast.HTMLBlock:
		raw := bytes.Clone(n.Lines().Value(r.src))
		if n.HasClosure() {
			raw = append(raw, n.ClosureLine.Value(r.src)...)
		}
		p := ast.NewParagraph()
		p.AppendChild(p, plainText(strings.TrimSpace(string(raw))))
		parent.ReplaceChild(parent, n, p)
	case *ast.RawHTML:
		parent.ReplaceChild(parent, n, plainText(string(n.Segments.Value(r.src))))
	case *extast.TaskCheckBox:
		box := "☐ "
		if n.IsChecked {
			box = "☑ "
		}
		parent.ReplaceChild(parent, n, plainText(box))
	case *ast.Heading:
		r.heading(parent, n)
	case *ast.Blockquote:
		r.callout(n)
		r.children(n, linked)
	case *ast.CodeSpan:
		if r.Link != nil && !linked {
			r.codeSpan(parent, n)
		}
	case *ast.AutoLink:
		r.autoLink(parent, n, linked)
	case *ast.Link:
		r.link(parent, n, n.Destination, n.Title, linked)
	case *ast.Image:
		// a page that loads nothing links to its pictures
		r.link(parent, n, n.Destination, n.Title, linked)
	default:
		r.children(n, linked)
	}
}

// plainText returns a node whose text is shown unchanged.
func plainText(s string) ast.Node {
	n := ast.NewString([]byte(s))
	n.SetRaw(true)
	return n
}

// literalTree returns the syntax tree of a paragraph of literal text.
func literalTree(text string) ast.Node {
	p, root := ast.NewParagraph(), ast.NewDocument()
	p.AppendChild(p, plainText(text))
	root.AppendChild(root, p)
	return root
}

func (r *rewriter) heading(parent ast.Node, h *ast.Heading) {
	r.children(h, false)
	if r.Level > 0 {
		h.Level = min(6, r.Level+h.Level-r.top)
		return
	}
	bold, p := ast.NewEmphasis(2), ast.NewParagraph()
	moveChildren(h, bold)
	p.AppendChild(p, bold)
	parent.ReplaceChild(parent, h, p)
}

// callout gives a GitHub callout its kind, for the style sheet, and its name.
func (r *rewriter) callout(n *ast.Blockquote) {
	p, ok := n.FirstChild().(*ast.Paragraph)
	if !ok {
		return
	}
	line := p.Lines().At(0)
	m := alert.FindSubmatch(bytes.TrimSpace(line.Value(r.src)))
	if m == nil {
		return
	}
	rest := afterLine(p)
	for c := p.FirstChild(); c != rest; {
		next := c.NextSibling()
		p.RemoveChild(p, c)
		c = next
	}
	if rest == nil {
		n.RemoveChild(n, p)
	}
	kind := strings.ToLower(string(m[1]))
	n.SetAttributeString("class", []byte(kind))
	bold, label := ast.NewEmphasis(2), ast.NewParagraph()
	bold.AppendChild(bold, plainText(strings.ToUpper(kind[:1])+kind[1:]))
	label.AppendChild(label, bold)
	n.InsertBefore(n, n.FirstChild(), label)
}

func (r *rewriter) codeSpan(parent ast.Node, n *ast.CodeSpan) {
	var code strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			code.Write(t.Value(r.src))
		}
	}
	if url := r.Link(code.String()); url != "" {
		l := newLink(url)
		parent.ReplaceChild(parent, n, l)
		l.AppendChild(l, n)
	}
}

func (r *rewriter) autoLink(parent ast.Node, n *ast.AutoLink, linked bool) {
	label := plainText(string(n.Label(r.src)))
	url := string(n.URL(r.src))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(url), "mailto:") {
		url = "mailto:" + url
	}
	if linked || !IsSafeURL(url) {
		parent.ReplaceChild(parent, n, label)
		return
	}
	l := newLink(url)
	l.AppendChild(l, label)
	parent.ReplaceChild(parent, n, l)
}

// link replaces a link or an image by a link, or by its text if the URL is not allowed.
func (r *rewriter) link(parent, n ast.Node, destination, title []byte, linked bool) {
	url := string(shown(destination))
	if linked || !IsSafeURL(url) {
		r.children(n, linked)
		for c := n.FirstChild(); c != nil; c = n.FirstChild() {
			parent.InsertBefore(parent, n, c)
		}
		parent.RemoveChild(parent, n)
		return
	}
	if anchor, ok := strings.CutPrefix(url, "#"); ok && r.Anchor != nil {
		url = r.Anchor(anchor)
	} else {
		url = Below(r.Folder, url)
	}
	r.children(n, true)
	l := newLink(url)
	l.Title = title
	moveChildren(n, l)
	if l.FirstChild() == nil {
		l.AppendChild(l, plainText(url)) // a link without text would be invisible
	}
	parent.ReplaceChild(parent, n, l)
}

// newLink returns a link whose URL stays the same when goldmark reads the escapes in it.
func newLink(url string) *ast.Link {
	l := ast.NewLink()
	l.Destination = []byte(Destination(url))
	return l
}

func moveChildren(from, to ast.Node) {
	for c := from.FirstChild(); c != nil; c = from.FirstChild() {
		to.AppendChild(to, c)
	}
}

// Below returns a link as it is from a folder: a relative path gets the folder before it. Other
// links stay.
func Below(folder, link string) string {
	u, err := url.Parse(link)
	if folder == "" || err != nil || u.IsAbs() || u.Host != "" || u.Path == "" || u.Path[0] == '/' {
		return link
	}
	return folder + link
}
