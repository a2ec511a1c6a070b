// Package inject updates blocks of the reference inside a handwritten page.
//
// A block is between two lines, in either of two spellings (MDX has no HTML comments):
//
//	[//]: # (errspec:begin statuses)            <!-- errspec:begin statuses -->
//	[//]: # (errspec:end)                       <!-- errspec:end -->
//
// and is one of
//
//	envelope          the form of all errors
//	statuses          the table of statuses
//	codes             a table for each group, with headings
//	codes group=ID    the table of one group
//	code CODE         the entry of one code, live or retired, with its heading
//	retry             the table of retryable codes
//
// It takes a page and the resolved catalog, and returns the page with new blocks. Every byte
// outside of the blocks stays, and line ends are those of the page. If the extent of a block is in
// doubt, the result is only diagnostics. Lines in code are not markers.
package inject

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/emit/markdown"
	"github.com/errspec/errspec/gen/internal/slug"
)

// A Page is a file with blocks.
type Page struct {
	File    *diag.File
	blocks  []block
	anchors map[string]bool // the anchors of the headings outside of blocks
}

// A block is what one pair of markers asks for.
type block struct {
	name, arg string
	at        diag.Span // the position of the whole begin marker
	argAt     diag.Span
	from, to  int    // the offsets of what is between the markers
	lineEnd   string // the line end of the begin marker
	level     int    // the level of the headings in it
}

// Fill returns the page with its blocks made from the catalog. If there are diagnostics, the error
// is [diag.ListError].
func (p *Page) Fill(c *catalog.Catalog, o markdown.Options) ([]byte, error) {
	var (
		list    diag.List
		blocks  = markdown.NewBlocks(c, o, p.hasAnchor(c))
		src     = p.File.Bytes()
		out     bytes.Buffer
		written int
	)
	for _, b := range p.blocks {
		text, err := b.render(c, blocks, &list)
		if err := list.Take(err); err != nil {
			return nil, err
		}
		out.Write(src[written:b.from])
		out.WriteString(b.between(text))
		written = b.to
	}
	out.Write(src[written:])
	if !list.HasErrors() && !p.holds(out.Bytes()) {
		list.Add(
			diagnostic(diag.Span{File: p.File},
				"the template writes a marker, or code that is not closed, into a block",
				"change the template"))
	}
	if err := list.Err(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// hasAnchor returns a function that reports whether the page has an anchor: of an author's heading,
// or of one in a block.
func (p *Page) hasAnchor(c *catalog.Catalog) func(string) bool {
	inBlocks := map[string]bool{}
	for _, b := range p.blocks {
		switch {
		case b.name == "code":
			inBlocks[slug.Make(b.arg)] = true
		case b.name == "codes" && b.arg == "":
			for i := range c.Groups {
				inBlocks[c.Groups[i].Anchor] = true
			}
		}
	}
	return func(anchor string) bool { return p.anchors[anchor] || inBlocks[anchor] }
}

// holds reports whether a new text of the page still has the same blocks, so that the next run
// replaces the same.
func (p *Page) holds(text []byte) bool {
	again, list := Parse(diag.NewFile(p.File.Name, text))
	if list.HasErrors() || len(again.blocks) != len(p.blocks) {
		return false
	}
	for i, b := range again.blocks {
		if b.name != p.blocks[i].name || b.arg != p.blocks[i].arg {
			return false
		}
	}
	return true
}

// render returns the content of a block. If the catalog lacks what the block asks for, render
// reports it and returns nothing.
func (b *block) render(
	c *catalog.Catalog,
	blocks *markdown.Blocks,
	list *diag.List,
) ([]byte, error) {
	heading := strings.Repeat("#", b.level)
	switch b.name {
	case "envelope":
		return blocks.Envelope()
	case "statuses":
		return blocks.Statuses()
	case "retry":
		return blocks.Retry()
	case "code":
		return b.code(c, blocks, heading, list)
	}
	if b.arg == "" {
		return blocks.Codes(heading)
	}
	var known []string
	for i := range c.Groups {
		if g := &c.Groups[i]; isPublic(g) {
			if g.ID == b.arg {
				return blocks.Group(g)
			}
			known = append(known, g.ID)
		}
	}
	list.Add(
		diagnostic(b.argAt, fmt.Sprintf("there is no group %q%s", b.arg, diag.DidYouMean(b.arg, known)),
			"name a group by its id: "+strings.Join(known, ", ")))
	return nil, nil
}

func isPublic(g *catalog.Group) bool {
	for _, e := range g.Entries {
		if !e.Internal {
			return true
		}
	}
	return false
}

func (b *block) code(
	c *catalog.Catalog,
	blocks *markdown.Blocks,
	heading string,
	list *diag.List,
) ([]byte, error) {
	e := c.Find(b.arg)
	if e != nil && !e.Internal {
		return blocks.Code(e, heading)
	}
	if t := c.Tombstone(b.arg); t != nil {
		return blocks.Retired(t, heading)
	}
	if e != nil {
		list.Add(
			diagnostic(b.argAt, fmt.Sprintf("the code %s is internal, so it is not documented", b.arg),
				"remove the block"))
		return nil, nil
	}
	var known []string
	for e := range c.Public() {
		known = append(known, e.Code)
	}
	list.Add(
		diagnostic(b.argAt, fmt.Sprintf("there is no code %q%s", b.arg, diag.DidYouMean(b.arg, known)),
			"name a code of the catalog, or remove the block"))
	return nil, nil
}

// between returns what goes between the markers: the text with empty lines around it, so that it is
// separate Markdown.
func (b *block) between(text []byte) string {
	text = bytes.Trim(text, "\n")
	if len(text) == 0 {
		return ""
	}
	return strings.ReplaceAll("\n"+string(text)+"\n\n", "\n", b.lineEnd)
}
