package mdtext

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// A Doc is a text that an author wrote in Markdown, parsed. The zero value is an empty text.
type Doc struct {
	plain string   // the text, if it is one line in which nothing is special
	src   []byte   // else what root points into
	root  ast.Node // nil: plain
	style *Style   // nil: the usual
}

// Parse reads Markdown as GitHub does (GFM). Every text is Markdown, so it can not fail; but one
// beyond a bound of [ParseTree] is shown as literal text, whole or from the bound on.
func Parse(md string) Doc {
	if md = strings.TrimRight(md, " \n"); isPlain(md, false) {
		return Doc{plain: md}
	}
	src := []byte(md)
	root, _ := ParseTree(src)
	if root == nil {
		root = literalTree(md)
	}
	dropUnseen(root, src)
	if root.FirstChild() == nil {
		return Doc{}
	}
	return Doc{src: src, root: root}
}

// dropUnseen removes the blocks of which nothing is shown: link definitions (they have done their
// work), empty paragraphs and quotes.
func dropUnseen(root ast.Node, src []byte) {
	for c := root.FirstChild(); c != nil; {
		next := c.NextSibling()
		switch c.(type) {
		case *ast.LinkReferenceDefinition:
			root.RemoveChild(root, c)
		case *ast.Blockquote:
			if dropUnseen(c, src); c.FirstChild() == nil {
				root.RemoveChild(root, c)
			}
		case *ast.Paragraph, *ast.Heading:
			if !isSeen(c, src) {
				root.RemoveChild(root, c)
			}
		}
		c = next
	}
}

// isSeen reports whether something is shown of a line.
func isSeen(n ast.Node, src []byte) bool {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			if len(bytes.TrimSpace(c.Value(src))) > 0 {
				return true
			}
		case *ast.Link, *ast.Emphasis, *extast.Strikethrough:
			if isSeen(c, src) {
				return true
			}
		default:
			return true
		}
	}
	return false
}

// IsEmpty reports whether nothing is shown of the text.
func (d Doc) IsEmpty() bool { return d.root == nil && d.plain == "" }

// Block returns the text as blocks, without a final newline, for a place that has no headings of
// its own: headings in the text become bold paragraphs. lead is Markdown that is put before it,
// into its first paragraph if it begins with one; "" for none. An empty text is "", whatever the
// lead.
func (d Doc) Block(lead string) string { return d.render(lead, 0) }

// Section returns the text as blocks, without a final newline. Its headings keep their order of
// rank, the highest at level.
func (d Doc) Section(level int) string { return d.render("", level) }

// Plain returns the text for a reader without Markdown, in a terminal or a comment. Paragraphs
// stand on one line each, with an empty line between them; code blocks are indented by four spaces;
// code in a line keeps its backticks; a link is followed by its URL.
func (d Doc) Plain() string {
	if d.root == nil {
		return d.plain
	}
	r := renderer{src: d.src, terminal: true}
	return r.blocks(d.root, "\n\n")
}

func (d Doc) render(lead string, level int) string {
	if d.root == nil {
		if d.plain == "" {
			return ""
		}
		return lead + d.plain
	}
	r := renderer{src: d.src, style: d.style, level: level}
	if level > 0 {
		r.top = topHeading(d.root)
	}
	return r.withLead(d.root, lead)
}

// Cell is [Doc.Cell] of a text.
func Cell(md string) string { return Parse(md).Cell() }

// Plain is [Doc.Plain] of a text.
func Plain(md string) string { return Parse(md).Plain() }

// firstParagraph returns the first node in reading order that is a line of text, or nil.
func firstParagraph(n ast.Node) ast.Node {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if isParagraph(c) || c.Kind() == ast.KindTextBlock || c.Kind() == ast.KindHeading {
			return c
		}
		if c.Type() == ast.TypeBlock {
			if p := firstParagraph(c); p != nil {
				return p
			}
		}
	}
	return nil
}

// topHeading returns the level of the highest heading, or 0.
func topHeading(root ast.Node) int {
	top := 0
	for c := root.FirstChild(); c != nil; c = c.NextSibling() {
		level := 0
		if h, ok := c.(*ast.Heading); ok {
			level = h.Level
		} else if c.Type() == ast.TypeBlock {
			level = topHeading(c)
		}
		if level > 0 && (top == 0 || level < top) {
			top = level
		}
	}
	return top
}
