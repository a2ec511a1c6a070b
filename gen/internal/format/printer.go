package format

import (
	"bytes"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/gen/internal/diag"
)

// A printer goes once through the source, guided by the nodes: they say what comes next, the source
// how it is written. What it reads it writes at once, but for comments that have a line of their
// own: how far they are indented depends on what follows.
type printer struct {
	src []byte // with LF line ends
	pos int    // what is read

	out       []byte
	lineStart int  // of the current line in out
	commented bool // the current line ends in a comment
	opened    bool // the current line opens a collection: a blank line after it is dropped

	pending []comment // read and not yet written
	blank   bool      // there are blank lines before pos, and after the last of pending

	problem *diag.Diagnostic // the first thing that can not be laid out; its span lacks the file
}

// A comment has a line of its own.
type comment struct {
	text   []byte
	column int  // from zero
	blank  bool // a blank line comes before it
}

func newPrinter(src []byte) *printer {
	src = bytes.ReplaceAll(withoutBOM(src), []byte("\r\n"), []byte("\n"))
	return &printer{src: src, out: make([]byte, 0, len(src)+len(src)/16+64)}
}

// document prints all of the source.
func (p *printer) document(root *yaml.Node) {
	p.skip()
	for p.at('%') { // a directive
		p.line(0)
		p.copyTo(p.lineEnd())
		p.skip()
	}
	p.marker("---")
	if root.Anchor != "" || mayHaveTag(root) {
		p.fail("an anchor or a tag of all of the file can not be laid out", "remove it")
		return
	}
	p.line(0)
	p.collection(root, block{column: p.column()})
	p.marker("...")
	p.flush(0, 0)
	p.out = append(p.out, '\n')
	if p.pos < len(p.src) {
		p.fail("this can not be laid out", "write it in a simpler way")
	}
}

func (p *printer) marker(text string) {
	if p.column() != 0 || !bytes.HasPrefix(p.src[p.pos:], []byte(text)) {
		return
	}
	if after := p.pos + len(text); after < len(p.src) && !isSpace(p.src[after]) {
		return
	}
	p.line(0)
	p.copyTo(p.pos + len(text))
	p.opened = true
	p.skip()
}

// fail ends the printing, as far as anybody will see it.
func (p *printer) fail(message, help string) {
	if p.problem != nil {
		return
	}
	before := p.src[:min(p.pos, len(p.src))]
	line := bytes.Count(before, []byte{'\n'}) + 1
	column := utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1
	p.problem = &diag.Diagnostic{
		Severity: diag.Error, Span: diag.Span{Line: line, Col: column},
		Message: message + ", so the file is left as it is", Help: help,
	}
}

// What is read.

func (p *printer) at(c byte) bool { return p.pos < len(p.src) && p.src[p.pos] == c }

// take steps over a character, if it is there.
func (p *printer) take(c byte) bool {
	if !p.at(c) {
		return false
	}
	p.pos++
	return true
}

func (p *printer) expect(c byte) {
	if !p.take(c) {
		p.fail("this can not be laid out", "write it in a simpler way")
	}
}

// column is how many bytes come before pos on its line. Before what begins a collection they are
// ASCII.
func (p *printer) column() int { return p.pos - (bytes.LastIndexByte(p.src[:p.pos], '\n') + 1) }

func (p *printer) lineEnd() int {
	if n := bytes.IndexByte(p.src[p.pos:], '\n'); n >= 0 {
		return p.pos + n
	}
	return len(p.src)
}

func (p *printer) blanks() {
	for p.at(' ') || p.at('\t') {
		p.pos++
	}
}

// skip reads white space and comments up to the next token. It reports whether that is on another
// line.
func (p *printer) skip() (crossed bool) {
	start, breaks := p.pos, 0
	for p.pos < len(p.src) && (isSpace(p.src[p.pos]) || p.src[p.pos] == '#') {
		switch p.src[p.pos] {
		case '#':
			p.comment(breaks)
			crossed, breaks = true, 0
			continue
		case '\n':
			breaks++
		}
		p.pos++
	}
	if p.pos > start {
		p.blank = breaks > 1
	}
	return crossed || breaks > 0
}

// comment reads a comment that comes so many line breaks after the last token or comment.
func (p *printer) comment(breaks int) {
	c := comment{text: bytes.TrimRight(p.src[p.pos:p.lineEnd()], " \t"), column: p.column(),
		blank: breaks > 1}
	switch {
	case breaks > 0 || len(p.out) == 0:
		p.pending = append(p.pending, c)
	// there is one already, of what was on another line before
	case p.commented || len(p.pending) > 0:
		c.column = nowhere
		p.pending = append(p.pending, c)
	default:
		p.out = append(p.out, bytes.Repeat([]byte{' '}, p.gap())...)
		p.out = append(p.out, c.text...)
		p.commented = true
	}
	p.pos = p.lineEnd()
}

// gap is how much space comes before a comment at the end of the current line: one, or so much that
// the comment begins as far from the begin of its line as it did, if the line holds what it held.
func (p *printer) gap() int {
	was := p.src[p.pos-p.column() : p.pos]
	now := p.out[p.lineStart:]
	if n := len(was) - len(bytes.TrimRight(was, " \t")); n < 2 || bytes.IndexByte(was, '\t') >= 0 {
		return 1
	}
	squeeze := func(line []byte) []byte { return bytes.ReplaceAll(line, []byte{' '}, nil) }
	if !bytes.Equal(squeeze(was), squeeze(now)) {
		return 1
	}
	before := utf8.RuneCount(bytes.TrimLeft(was, " "))
	return max(before-utf8.RuneCount(bytes.TrimLeft(now, " ")), 1)
}

// What is written.

// copyTo writes the source up to an offset.
func (p *printer) copyTo(end int) {
	p.out = append(p.out, p.src[p.pos:end]...)
	p.pos, p.blank = end, false
}

func (p *printer) write(text string) {
	p.out = append(p.out, text...)
	p.blank = false
}

// line begins a line for the token at pos, below the comments before it.
func (p *printer) line(indent int) {
	p.flush(0, indent)
	p.begin(indent, p.blank)
	p.blank = false
}

// flush writes comments, as many as stand at a column or beyond it.
func (p *printer) flush(column, indent int) {
	for len(p.pending) > 0 && p.pending[0].column >= column {
		c := p.pending[0]
		p.pending = p.pending[1:]
		p.begin(indent, c.blank)
		p.out = append(p.out, c.text...)
		p.commented = true
	}
}

func (p *printer) begin(indent int, blank bool) {
	if len(p.out) > 0 {
		p.out = append(p.out, '\n')
		if blank && !p.opened {
			p.out = append(p.out, '\n')
		}
	}
	p.opened, p.commented = false, false
	p.indent(indent)
}

// indent writes the begin of a line.
func (p *printer) indent(n int) {
	p.lineStart = len(p.out)
	for range n {
		p.out = append(p.out, ' ')
	}
}

// width is how many columns the current line has.
func (p *printer) width() int { return utf8.RuneCount(p.out[p.lineStart:]) }

// broken reports whether the next token can not stand on the current line.
func (p *printer) broken() bool { return p.commented || len(p.pending) > 0 }

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' }
