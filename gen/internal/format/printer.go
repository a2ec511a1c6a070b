package format

import (
	"bytes"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/gen/internal/diag"
)

// A printer goes through the source once. The nodes say what comes next, and the source how it is
// written. It writes what it reads at once, except for comments on lines of their own, whose
// indentation depends on what follows.
type printer struct {
	src []byte // with LF line ends
	pos int    // how far src is read

	out       []byte
	lineStart int  // of the current line in out
	commented bool // the current line ends in a comment
	opened    bool // the current line opens a collection: a blank line after it is dropped

	pending []comment // comments read but not yet written
	blank   bool      // blank lines precede pos and follow the last of pending

	problem *diag.Diagnostic // the first part that cannot be laid out; its span lacks the file
}

// A comment is on a line of its own.
type comment struct {
	text   []byte
	column int  // 0-based
	blank  bool // a blank line precedes it
}

func newPrinter(src []byte) *printer {
	src = bytes.ReplaceAll(withoutBOM(src), []byte("\r\n"), []byte("\n"))
	return &printer{src: src, out: make([]byte, 0, len(src)+len(src)/16+64)}
}

// document prints the whole source.
func (p *printer) document(root *yaml.Node) {
	p.skip()
	for p.at('%') { // a directive
		p.line(0)
		p.copyTo(p.lineEnd())
		p.skip()
	}
	p.marker("---")
	if root.Anchor != "" || mayHaveTag(root) {
		p.fail("fmt cannot format an anchor or a tag of the whole file", "remove it")
		return
	}
	p.line(0)
	p.collection(root, block{column: p.column()})
	p.marker("...")
	p.flush(0, 0)
	p.out = append(p.out, '\n')
	if p.pos < len(p.src) {
		p.fail("fmt cannot format this", "write it in a simpler way")
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

// fail reports the first problem. Nobody sees what is printed afterwards.
func (p *printer) fail(message, help string) {
	if p.problem != nil {
		return
	}
	before := p.src[:min(p.pos, len(p.src))]
	line := bytes.Count(before, []byte{'\n'}) + 1
	column := utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1
	p.problem = &diag.Diagnostic{
		Severity: diag.Error, Span: diag.Span{Line: line, Col: column},
		Message: message + ", so the file is left unchanged", Help: help,
	}
}

// Reading.

func (p *printer) at(c byte) bool { return p.pos < len(p.src) && p.src[p.pos] == c }

// take steps over a character, if it is next.
func (p *printer) take(c byte) bool {
	if !p.at(c) {
		return false
	}
	p.pos++
	return true
}

func (p *printer) expect(c byte) {
	if !p.take(c) {
		p.fail("fmt cannot format this", "write it in a simpler way")
	}
}

// column returns how many bytes precede pos on its line. Only ASCII precedes a collection.
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

// skip reads white space and comments up to the next token. It reports whether that token is on
// another line.
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

// comment reads a comment that follows the last token or comment after the given number of line
// breaks.
func (p *printer) comment(breaks int) {
	c := comment{text: bytes.TrimRight(p.src[p.pos:p.lineEnd()], " \t"), column: p.column(),
		blank: breaks > 1}
	switch {
	case breaks > 0 || len(p.out) == 0:
		p.pending = append(p.pending, c)
	// a comment of an earlier line comes first
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

// gap returns the spaces before a comment at the end of the current line. It is one, or keeps the
// comment's column if the line's text is unchanged.
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

// Writing.

// copyTo writes the source up to an offset.
func (p *printer) copyTo(end int) {
	p.out = append(p.out, p.src[p.pos:end]...)
	p.pos, p.blank = end, false
}

func (p *printer) write(text string) {
	p.out = append(p.out, text...)
	p.blank = false
}

// line starts a line for the token at pos, after the pending comments.
func (p *printer) line(indent int) {
	p.flush(0, indent)
	p.begin(indent, p.blank)
	p.blank = false
}

// flush writes the pending comments at or beyond a column.
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

// indent starts a line.
func (p *printer) indent(n int) {
	p.lineStart = len(p.out)
	for range n {
		p.out = append(p.out, ' ')
	}
}

// width returns the columns of the current line.
func (p *printer) width() int { return utf8.RuneCount(p.out[p.lineStart:]) }

// broken reports whether the next token needs a new line.
func (p *printer) broken() bool { return p.commented || len(p.pending) > 0 }

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' }
