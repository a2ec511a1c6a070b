package mdtext

import (
	"bytes"
	"strings"
	"sync"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// The bounds of a text. goldmark's time grows with the square of each. Texts that people write stay
// far below them.
const (
	MaxMarkers = 1000 // runs of markers in one paragraph, heading or cell
	MaxDepth   = 100  // quotes and list items that start on one line
)

// markers are the characters that can make goldmark search the rest of a paragraph or back to its
// start.
const markers = "*_~[]`<"

// A Bound is the first offset at which a text exceeds a bound.
type Bound struct {
	Offset  int    // in bytes
	Problem string // "" if the text is within all bounds
	Help    string
}

// ParseTree returns goldmark's syntax tree of a Markdown text, and where the text first exceeds a
// bound. Markers beyond the bound are literal text. The tree is nil if a line nests too deeply.
func ParseTree(src []byte) (ast.Node, Bound) {
	if at, deep := tooDeep(src); deep {
		return nil,
			Bound{at, "this line begins more than 100 quotes and lists, each inside the one before",
				"remove the superfluous markers"}
	}
	pc := parser.NewContext()
	g := &guard{}
	pc.Set(guardKey, g)
	root := markdownParser().Parse(text.NewReader(src), parser.WithContext(pc))
	if g.exceeded {
		return root, Bound{g.at, "one paragraph has more than 1,000 of the markers * _ ~ [ ] ` <",
			"split the paragraph, or put it into a code block"}
	}
	if at, large := expansion(root, len(src)); large {
		return root,
			Bound{at,
				"link definitions are repeated until their URLs are more than four times the text",
				"use the definition less often, or a shorter URL"}
	}
	return root, Bound{}
}

// markdownParser returns the one parser of this package, made on first use. It keeps no state
// between texts and is safe for concurrent use.
var markdownParser = sync.OnceValue(func() parser.Parser {
	p := goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser()
	p.AddOptions(parser.WithInlineParsers(util.Prioritized(guardParser{}, 0)))
	return p
})

var guardKey = parser.NewContextKey()

// A guard counts the markers of one block.
type guard struct {
	block    ast.Node
	markers  int
	exceeded bool
	at       int // the first marker beyond the bound
}

// A guardParser runs before the parsers of emphasis and links. It passes on at most MaxMarkers
// markers of a block and turns the others into text.
type guardParser struct{}

func (guardParser) Trigger() []byte { return []byte(markers) }

func (guardParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	g, ok := pc.Get(guardKey).(*guard)
	if !ok {
		return nil
	}
	if g.block != parent {
		g.block, g.markers = parent, 0
	}
	if g.markers++; g.markers <= MaxMarkers {
		return nil
	}
	line, segment := block.PeekLine()
	if !g.exceeded {
		g.exceeded, g.at = true, segment.Start
	}
	n := len(line) - len(bytes.TrimLeft(line, string(line[:1])))
	block.Advance(n)
	return ast.NewTextSegment(segment.WithStop(segment.Start + n))
}

// tooDeep returns the first line that begins with more than MaxDepth markers of quotes and list
// items.
func tooDeep(src []byte) (at int, deep bool) {
	for line := range bytes.Lines(src) {
		depth := 0
		for i := 0; i+1 < len(line) &&
			bytes.IndexByte([]byte(" \t>-+*.)0123456789"), line[i]) >= 0; i++ {
			spaced := line[i+1] == ' ' || line[i+1] == '\t'
			if line[i] == '>' || spaced && bytes.IndexByte([]byte("-+*.)"), line[i]) >= 0 {
				depth++
			}
		}
		if depth > MaxDepth {
			return at, true
		}
		at += len(line)
	}
	return 0, false
}

// expansion returns the first link at which the URLs and titles of a text become much longer than
// the text itself. A link definition is written once and copied at every use.
func expansion(root ast.Node, written int) (at int, large bool) {
	left := 4096 + 4*written
	// Walk returns only errors of this function, which has none
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Link:
			left -= len(n.Destination) + len(n.Title)
		case *ast.Image:
			left -= len(n.Destination) + len(n.Title)
		}
		if left < 0 {
			at, large = n.Pos(), true
			return ast.WalkStop, nil
		}
		return ast.WalkContinue, nil
	})
	return at, large
}

// MayExceed reports whether a text must be parsed to know if it exceeds a bound.
func MayExceed(md string) bool {
	count := 0
	for i := 0; i < len(md); i++ {
		if strings.IndexByte(markers, md[i]) >= 0 {
			count++
		}
	}
	if count > MaxMarkers {
		return true
	}
	_, deep := tooDeep([]byte(md))
	return deep
}
