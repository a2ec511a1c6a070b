package format

import (
	"strings"

	"gopkg.in/yaml.v3"
)

// A block is a collection whose entries are on lines of their own.
type block struct {
	indent int // in the output
	column int // in the source; nowhere if it has brackets there
	floor  int // after the last entry, a comment at or beyond this column belongs to the block
}

// nowhere is beyond all columns.
const nowhere = 1 << 40

func isBlock(n *yaml.Node) bool {
	return (n.Kind == yaml.MappingNode || n.Kind == yaml.SequenceNode) &&
		n.Style&yaml.FlowStyle == 0
}

// collection prints the entries of a block. Its first line has begun.
func (p *printer) collection(n *yaml.Node, b block) {
	if n.Kind == yaml.SequenceNode {
		for i, item := range n.Content {
			if i > 0 {
				p.line(b.indent)
			}
			p.expect('-')
			p.write("-")
			p.value(item, b, true)
		}
	} else {
		for i := 0; i < len(n.Content); i += 2 {
			if i > 0 {
				p.line(b.indent)
			}
			p.entry(n.Content[i], n.Content[i+1], b)
		}
	}
	p.flush(b.floor, b.indent)
}

// entry prints a key and its value.
func (p *printer) entry(k, v *yaml.Node, b block) {
	if !p.key(k) {
		p.failKey()
		return
	}
	p.write(":")
	if p.blanks(); !p.take(':') && !isEmpty(v) {
		p.fail("fmt cannot format this", "write `key: value`")
	}
	p.value(v, b, false)
}

func (p *printer) failKey() {
	p.fail("fmt cannot format this key",
		"write the key as a text on one line, without ? before it")
}

// key prints a key, without its colon.
func (p *printer) key(k *yaml.Node) bool {
	if isBlock(k) || k.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 || p.isExplicit(k) {
		return false
	}
	if !p.inline(k) {
		return false
	}
	if k.Kind == yaml.AliasNode {
		p.write(" ") // without the space, the colon could be part of the alias
	}
	return true
}

// isExplicit reports whether a key is marked by a ?, which in braces needs no space after it.
func (p *printer) isExplicit(k *yaml.Node) bool {
	return p.at('?') && (k.Kind != yaml.ScalarNode || !strings.HasPrefix(k.Value, "?"))
}

// value prints what follows the colon or the dash of an entry of b.
func (p *printer) value(n *yaml.Node, b block, dash bool) {
	crossed := p.skip()
	compact := dash
	if found, beyond := p.properties(n, b); found {
		crossed, compact = beyond, false
	}
	switch {
	case isBlock(n):
		in := block{indent: b.indent + 2, column: p.column()}
		if in.floor = in.column; in.column == b.column {
			// in a sequence that is not indented below its key, a comment at this column belongs to
			// the next key
			in.floor++
		}
		p.open(compact, in.indent)
		p.collection(n, in)
	case isEmpty(n):
		if b.column != nowhere {
			p.opened = true
			p.flush(b.column+1, b.indent+2) // what was commented out
		}
	case n.Kind == yaml.ScalarNode && n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		p.blockScalar(n, b)
	case n.Kind == yaml.ScalarNode:
		p.scalar(n, b, crossed)
	case n.Kind == yaml.AliasNode:
		p.open(true, b.indent+2)
		p.inline(n)
	default:
		p.flow(n, b, crossed, compact)
	}
	p.skip()
}

// open starts a value: on the current line if allowed and possible, otherwise on a new one.
func (p *printer) open(here bool, indent int) {
	if here && !p.broken() {
		p.write(" ")
		return
	}
	p.opened = true
	p.line(indent)
}

// properties prints the anchor and the tag of a value. It reports whether it found any, and whether
// what follows is on another line.
func (p *printer) properties(n *yaml.Node, b block) (found, crossed bool) {
	if isEmpty(n) && b.column != nowhere && p.column() <= b.column {
		return false, false // they belong to the next key
	}
	anchor, tag := n.Anchor != "", mayHaveTag(n)
	for anchor && p.at('&') || tag && p.at('!') {
		if p.at('&') {
			anchor = false
		} else {
			tag = false
		}
		p.open(true, b.indent+2)
		p.copyTo(p.wordEnd())
		found, crossed = true, p.skip()
	}
	return found, crossed
}

// mayHaveTag reports whether a tag at a node's position is its own. Before a mapping it may belong
// to the first key. The style decides, except for a lone !: then the mapping begins at the tag, and
// the key there or later.
func mayHaveTag(n *yaml.Node) bool {
	switch {
	case n.Style&yaml.TaggedStyle != 0:
		return true
	case n.Kind == yaml.MappingNode && isBlock(n):
		first := n.Content[0]
		return n.Line != first.Line || n.Column != first.Column
	default:
		return !isPair(n)
	}
}
