package mdtext

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// A Doc is parsed Markdown of an author. The zero value is an empty text.
type Doc struct {
	plain string   // the text, if it is one line without special characters
	src   []byte   // otherwise what root points into
	root  ast.Node // nil if the text is plain
	style *Style   // nil for the default
}

// Parse reads GitHub Flavored Markdown. Every text is Markdown, so Parse cannot fail. A text that
// exceeds a bound of [ParseTree] becomes literal text, entirely or from the bound on.
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

// dropUnseen removes blocks that show nothing: link definitions (already resolved), empty
// paragraphs and empty quotes.
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

// isSeen reports whether a line shows anything.
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

// IsEmpty reports whether the text shows nothing.
func (d Doc) IsEmpty() bool { return d.root == nil && d.plain == "" }

// Block returns the text as blocks, without a final newline, for a position without headings of its
// own: headings in the text become bold paragraphs. lead is Markdown that precedes the text; it
// joins the first paragraph if the text begins with one. If the text is empty, Block returns "".
func (d Doc) Block(lead string) string { return d.render(lead, 0) }

// Section returns the text as blocks, without a final newline. Its highest heading gets the given
// level, and the others keep their distance to it.
func (d Doc) Section(level int) string { return d.render("", level) }

// Plain returns the text for readers without Markdown, in a terminal or a comment. Each paragraph
// is one line, with an empty line between paragraphs. Code blocks are indented by four spaces,
// inline code keeps its backticks, and a link is followed by its URL.
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

// Cell is [Doc.Cell] of a Markdown text.
func Cell(md string) string { return Parse(md).Cell() }

// Plain is [Doc.Plain] of a Markdown text.
func Plain(md string) string { return Parse(md).Plain() }

// firstParagraph returns the first node with a line of text, in reading order, or nil.
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

// topHeading returns the level of the highest heading, or 0 without headings.
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
