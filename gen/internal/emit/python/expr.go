package python

import (
	"strconv"
	"strings"
)

// An expr is an expression of Python, or what stands between two lines of one: a call, a tuple, a
// dict, each with its parts, or a text without parts.
type expr struct {
	key   string // of a keyword argument or a member of a dict, with what follows it: retry=
	open  string // Info(
	parts []expr
	close string
	bare  bool // no comma follows the part
	width int  // on one line
}

func text(s string) expr { return expr{open: s, width: columns(s)} }

func list(open string, parts []expr, end string) expr {
	e := expr{open: open, parts: parts, close: end, width: columns(open) + columns(end)}
	for i := range parts {
		if i > 0 {
			e.width += len(", ")
		}
		e.width += parts[i].width
	}
	return e
}

func call(name string, args ...expr) expr { return list(name+"(", args, ")") }

func tuple(parts ...expr) expr {
	if len(parts) == 1 {
		return list("(", parts, ",)")
	}
	return list("(", parts, ")")
}

// subscript returns what Python writes for a type of one argument.
func subscript(name string, of expr) expr {
	e := list(name+"[", []expr{of}, "]")
	e.bare = true
	return e
}

// named returns an expression behind a key.
func named(key string, e expr) expr {
	e.key = key
	e.width += columns(key)
	return e
}

// maxColumns is how wide the lines of a module are, where strings do not make them wider.
const maxColumns = 100

// write writes an expression at an indentation: on one line if that has room, with after at its
// end; or else each part on a line of its own. It is what Python's formatters leave as it is.
func (e expr) write(b *strings.Builder, indent int, after string) {
	if indent+e.width+len(strings.TrimRight(after, "\n")) <= maxColumns || len(e.parts) == 0 {
		e.flat(b)
		b.WriteString(after)
		return
	}
	open, end, comma := e.open, e.close, ","
	if open == "" {
		open, end, comma = "(", ")", "" // see hug
	} else if e.bare {
		comma = ""
	}
	b.WriteString(e.key + open + "\n")
	for i := range e.parts {
		b.WriteString(strings.Repeat(" ", indent+4))
		e.parts[i].write(b, indent+4, comma)
		b.WriteByte('\n')
	}
	b.WriteString(strings.Repeat(" ", indent) + strings.TrimPrefix(end, ",") + after)
}

// flat writes an expression on one line.
func (e expr) flat(b *strings.Builder) {
	b.WriteString(e.key + e.open)
	for i := range e.parts {
		if i > 0 {
			b.WriteString(", ")
		}
		e.parts[i].flat(b)
	}
	b.WriteString(e.close)
}

// exploded is a list with each item on a line of its own.
func exploded(open string, parts []expr, end string) expr {
	e := list(open, parts, end)
	e.width = 1 << 20
	return e
}

// hug is an expression that goes into parentheses where its line has no room.
func hug(e expr) expr { return expr{parts: []expr{e}, width: e.width} }

func columns(s string) int { return len([]rune(s)) }

// quote returns a string literal of Python. Its escapes are those of Go, too.
func quote(s string) string {
	q := strconv.Quote(s)
	if strings.Count(s, `"`) > strings.Count(s, `'`) {
		return "'" + strings.NewReplacer(`\\`, `\\`, `\"`, `"`, `'`, `\'`).Replace(q[1:len(q)-1]) + "'"
	}
	return q
}

func str(s string) expr { return text(quote(s)) }

func strs(list []string) []expr {
	parts := make([]expr, len(list))
	for i, s := range list {
		parts[i] = str(s)
	}
	return parts
}

// A doc writes a docstring: paragraphs, wrapped, with what would end the string escaped.
type doc struct{ lines []string }

// paragraph adds a paragraph after an empty line. A line that the author began stays one.
func (d *doc) paragraph(s string, width int) {
	s = strings.TrimSpace(s)
	if s == "" {
		return
	}
	if len(d.lines) > 0 {
		d.lines = append(d.lines, "")
	}
	d.text(s, width)
}

func (d *doc) text(s string, width int) {
	for line := range strings.Lines(s) {
		body := strings.TrimLeft(line, " \t")
		indent := strings.ReplaceAll(line[:len(line)-len(body)], "\t", "    ")
		current := indent
		for _, word := range strings.Fields(body) {
			word = inDoc(word)
			if len(current) > len(indent) && columns(current)+1+columns(word) > width {
				d.lines = append(d.lines, current)
				current = indent
			}
			if len(current) > len(indent) {
				current += " "
			}
			current += word
		}
		d.lines = append(d.lines, strings.TrimRight(current, " "))
	}
}

// write writes the docstring at an indentation.
func (d *doc) write(b *strings.Builder, indent string) {
	for len(d.lines) > 0 && d.lines[len(d.lines)-1] == "" {
		d.lines = d.lines[:len(d.lines)-1]
	}
	b.WriteString(indent + `"""`)
	for i, line := range d.lines {
		if i > 0 && line != "" {
			b.WriteString(indent)
		}
		b.WriteString(line)
		if i < len(d.lines)-1 {
			b.WriteByte('\n')
		}
	}
	if len(d.lines) > 1 {
		b.WriteString("\n" + indent)
	} else if strings.HasSuffix(d.lines[0], `"`) {
		b.WriteByte(' ') // a quotation mark before the three
	}
	b.WriteString("\"\"\"\n")
}

// inDoc returns a word as a docstring has it.
func inDoc(word string) string {
	q := strconv.Quote(word)
	word = strings.ReplaceAll(q[1:len(q)-1], `\"`, `"`)
	return strings.ReplaceAll(word, `"""`, `\"\"\"`)
}
