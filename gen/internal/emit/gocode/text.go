package gocode

import (
	"bytes"
	"fmt"
	"go/format"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"
	"unicode/utf8"

	"github.com/dave/jennifer/jen"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/mdtext"
)

// formatRounds bounds how often gofmt is asked. Each round removes quotation marks, so the rounds
// end.
const formatRounds = 20

// formatted returns a file in gofmt's form: one that gofmt leaves alone. Once is not enough where a
// comment holds three backticks: which quotation marks gofmt sees behind them depends on what it
// has changed before them (the loop over "`" in go/doc/comment's parseText counts from another
// place than its slice).
func formatted(src []byte) ([]byte, error) {
	for range formatRounds {
		out, err := format.Source(src)
		if err != nil {
			// Our bug, never the author's: the error's position is in the generated text, so show that text.
			return nil, fmt.Errorf("formatting generated Go: %w\n%s", err, src)
		}
		if !bytes.Contains(out, []byte("```")) || bytes.Equal(out, src) {
			return out, nil
		}
		src = out
	}
	return src, nil
}

// render returns the declarations that build makes, without a package clause and unformatted. The
// identifiers of imported packages are written out (time.Duration as
// jen.Id("time").Dot("Duration")), because the file that the text goes into has imports of its own.
func render(build func(*jen.File)) []byte {
	const pkg = "p"
	f := jen.NewFile(pkg)
	f.NoFormat = true
	build(f)
	var b bytes.Buffer
	if err := f.Render(&b); err != nil {
		panic("gocode: rendering without formatting fails on nothing but a broken tree: " + err.Error())
	}
	return bytes.TrimPrefix(b.Bytes(), []byte("package "+pkg+"\n\n"))
}

// A writer makes declarations as text in gofmt's form, so that nothing has to format them:
// go/format is most of what a generator costs, and a tree of statements most of the rest. What is
// the same for every code is made so; all else with jennifer.
type writer struct {
	bytes.Buffer
	rough bool // some of what was written since the last settle may not be in gofmt's form
	start int  // where that begins
}

// line writes a line.
func (w *writer) line(parts ...string) {
	for _, p := range parts {
		w.WriteString(p)
	}
	w.WriteByte('\n')
}

// comment writes paragraphs as a doc comment, a line comment for each line: text cannot break out
// of it, whatever it holds. An empty paragraph is omitted.
func (w *writer) comment(paragraphs ...string) {
	for _, line := range commentLines(paragraphs) {
		w.line(line)
		w.rough = w.rough || isMarkup(line)
	}
}

// isMarkup reports whether gofmt may take a line of a comment for more than text: the item of a
// list, a heading, the target of a link or a quotation mark (https://go.dev/doc/comment). It is
// true for some lines that gofmt leaves alone.
func isMarkup(line string) bool {
	text := strings.TrimPrefix(line, "// ")
	first, _, _ := strings.Cut(text, " ")
	switch number := strings.TrimLeft(first, "0123456789"); {
	case first == "-", first == "*", first == "+", first == "•", first == "#",
		strings.HasPrefix(first, "["):
		return true
	case number != first && (number == "." || number == ")"):
		return true
	default:
		return strings.Contains(text, "``") || strings.Contains(text, "''")
	}
}

// A field is a line of a struct or of a const block.
type field struct {
	doc    []string // lines of a comment
	name   string
	rest   string // what follows the name; \v between columns
	remark string // at the end; may be empty
}

// fields writes lines in columns, with the tabwriter that gofmt itself uses.
func (w *writer) fields(fields []field) {
	columns := tabwriter.NewWriter(&w.Buffer, 0, 8, 1, ' ',
		tabwriter.DiscardEmptyColumns|tabwriter.TabIndent)
	for _, f := range fields {
		for _, line := range f.doc {
			_, _ = io.WriteString(columns, "\t"+line+"\n")
			w.rough = w.rough || isMarkup(line)
		}
		line := "\t" + f.name + "\v" + f.rest
		if f.remark != "" {
			line += "\v// " + f.remark
		}
		_, _ = io.WriteString(columns, line+"\n")
	}
	_ = columns.Flush() // into a buffer, which never fails
}

// settle brings what was written since the last call into gofmt's form, if it may not be.
func (w *writer) settle() error {
	if w.rough {
		// with the end of the line before: go/format sets a package clause before a part, and a comment
		// on its line is no doc comment
		start := w.start - 1
		done, err := formatted(w.Bytes()[start:])
		if err != nil {
			return err
		}
		w.Truncate(start)
		w.Write(done)
	}
	w.rough, w.start = false, w.Len()
	return nil
}

// commentText is writer.comment for texts that are put together otherwise.
func commentText(indent string, paragraphs ...string) string {
	var b strings.Builder
	for _, line := range commentLines(paragraphs) {
		b.WriteString(indent + line + "\n")
	}
	return b.String()
}

// lineWidth is how wide comments get, in characters.
const lineWidth = 100

// illegal takes out what Go's scanner refuses even in comments.
var illegal = strings.NewReplacer("\x00", "", "\ufeff", "")

func commentLines(paragraphs []string) []string {
	var lines []string
	for _, p := range paragraphs {
		if strings.TrimSpace(p) == "" {
			continue
		}
		if len(lines) > 0 {
			lines = append(lines, "//")
		}
		lines = appendWords(lines, p)
	}
	return lines
}

// appendWords appends a paragraph as lines of a comment, each as full as it gets.
func appendWords(lines []string, p string) []string {
	line := append(make([]byte, 0, 2*lineWidth), "//"...)
	width := 2
	for word := range strings.FieldsSeq(illegal.Replace(p)) {
		n := utf8.RuneCountInString(word)
		if width > 2 && width+1+n > lineWidth {
			lines = append(lines, string(line))
			line, width = line[:2], 2
		}
		line = append(append(line, ' '), word...)
		width += 1 + n
	}
	return append(lines, string(line))
}

// paragraphs returns Markdown as paragraphs of plain text, for comments.
func paragraphs(md catalog.Markdown) []string {
	var out []string
	for _, p := range strings.Split(mdtext.Plain(string(md)), "\n\n") {
		out = append(out, sentence(p))
	}
	return out
}

// sentence returns text with a final dot, unless it ends in punctuation.
func sentence(text string) string {
	text = strings.TrimSpace(text)
	if text == "" || strings.ContainsAny(text[len(text)-1:], ".!?:;`") {
		return text
	}
	return text + "."
}

// quote returns s as a Go string literal: raw where that reads better.
func quote(s string) string {
	if strings.ContainsAny(s, "\"\\") && strconv.CanBackquote(s) {
		return "`" + s + "`"
	}
	return strconv.Quote(s)
}

// list joins words as a sentence does: a, b and c.
func list(words []string, conjunction string) string {
	switch n := len(words); n {
	case 0:
		return ""
	case 1:
		return words[0]
	default:
		return strings.Join(words[:n-1], ", ") + " " + conjunction + " " + words[n-1]
	}
}
