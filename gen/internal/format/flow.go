package format

import "gopkg.in/yaml.v3"

// isPair reports whether a node is a mapping of one pair without brackets, as in [key: value].
func isPair(n *yaml.Node) bool {
	if n.Kind != yaml.MappingNode || n.Style&yaml.FlowStyle == 0 || len(n.Content) == 0 {
		return false
	}
	k := n.Content[0]
	return k.Line == n.Line && k.Column == n.Column
}

// flow prints a collection in brackets as a value. It keeps the brackets if the collection is on
// one line or fits on one.
func (p *printer) flow(n *yaml.Node, b block, crossed, compact bool) {
	start := *p
	if isPair(n) {
		p.unfold(n, b.indent+2, compact)
		return
	}
	if !p.broken() {
		p.write(" ")
		folded, ok := p.tryInline(n)
		if ok && (p.width() <= Width || !folded && !crossed) {
			return
		}
		*p = start
	}
	if p.broken() || crossed {
		p.open(false, b.indent+2)
		folded, ok := p.tryInline(n)
		if ok && (p.width() <= Width || !folded) {
			return
		}
		*p = start
	}
	p.unfold(n, b.indent+2, compact)
}

// tryInline prints a collection on the current line if possible. It reports whether the collection
// was on several lines.
func (p *printer) tryInline(n *yaml.Node) (folded, ok bool) {
	line := p.lineEnd()
	ok = p.inline(n)
	return p.pos > line, ok
}

// inline prints a node on the current line. If comments or texts of several lines prevent that, it
// returns false, and the caller discards what it printed.
func (p *printer) inline(n *yaml.Node) bool {
	for n.Anchor != "" && p.at('&') || mayHaveTag(n) && p.at('!') {
		p.copyTo(p.wordEnd())
		p.write(" ")
		if !p.space() {
			return false
		}
	}
	switch n.Kind {
	case yaml.AliasNode:
		p.copyTo(min(p.pos+len("*")+len(n.Value), len(p.src)))
		return true
	case yaml.ScalarNode:
		end := p.scalarEnd(n)
		if isFolded(p.src[p.pos:end]) {
			return false
		}
		p.copyTo(end)
		return true
	case yaml.SequenceNode:
		return p.inlineEntries(n, '[', ']', 1)
	default:
		if isPair(n) {
			return p.inlinePair(n.Content[0], n.Content[1])
		}
		return p.inlineEntries(n, '{', '}', 2)
	}
}

// inlineEntries prints brackets and the entries in them, each of size nodes.
func (p *printer) inlineEntries(n *yaml.Node, open, end byte, size int) bool {
	if !p.take(open) || !p.space() {
		return false
	}
	p.out = append(p.out, open)
	for i := 0; i < len(n.Content); i += size {
		if i > 0 {
			if !p.take(',') || !p.space() {
				return false
			}
			p.write(", ")
		}
		if size == 1 && !p.inline(n.Content[i]) || size == 2 &&
			!p.inlinePair(n.Content[i], n.Content[i+1]) || !p.space() {
			return false
		}
	}
	if p.take(',') && !p.space() {
		return false
	}
	p.out = append(p.out, end)
	return p.take(end)
}

func (p *printer) inlinePair(k, v *yaml.Node) bool {
	if !p.key(k) || !p.space() {
		return false
	}
	if !p.take(':') {
		return isEmpty(v)
	}
	p.write(": ")
	return p.space() && p.inline(v)
}

// space reads white space. It reports whether it found no comment.
func (p *printer) space() bool {
	for p.pos < len(p.src) && isSpace(p.src[p.pos]) {
		p.pos++
	}
	return !p.at('#')
}

// unfold prints a collection in brackets as a block.
func (p *printer) unfold(n *yaml.Node, indent int, compact bool) {
	switch {
	case isPair(n):
		p.open(compact, indent)
		p.unfoldEntries(n, indent)
		return
	case len(n.Content) == 0:
		p.emptied(n, indent)
		return
	// a pair without brackets in a list: [? key : value]
	case n.Kind == yaml.MappingNode && p.at('?'):
		p.failKey()
		return
	}
	p.pos++
	p.skip()
	p.open(compact, indent)
	p.unfoldEntries(n, indent)
	p.flush(0, indent)
	p.expect(closing(n))
	p.skip()
	p.flush(nowhere, indent) // a comment after the removed bracket
}

// emptied prints brackets that contain only comments, and the comments after them.
func (p *printer) emptied(n *yaml.Node, indent int) {
	p.open(true, indent)
	p.copyTo(p.pos + 1)
	p.out = append(p.out, closing(n))
	p.skip()
	for i := range p.pending {
		p.pending[i].column = nowhere // the comments stay in the surrounding block
	}
	p.expect(closing(n))
}

func closing(n *yaml.Node) byte {
	if n.Kind == yaml.MappingNode {
		return '}'
	}
	return ']'
}

func (p *printer) unfoldEntries(n *yaml.Node, indent int) {
	b := block{indent: indent, column: nowhere}
	size := 1
	if n.Kind == yaml.MappingNode {
		size = 2
	}
	for i := 0; i < len(n.Content); i += size {
		if i > 0 {
			p.line(indent)
		}
		if size == 1 {
			p.write("-")
			p.value(n.Content[i], b, true)
		} else {
			p.entry(n.Content[i], n.Content[i+1], b)
		}
		if !isPair(n) && p.take(',') {
			p.skip()
		}
	}
}
