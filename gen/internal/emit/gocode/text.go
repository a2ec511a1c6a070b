package gocode

import (
	"bytes"
	"fmt"
	"go/format"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/dave/jennifer/jen"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/mdtext"
)

// formatted returns a file in gofmt's form.
func formatted(src []byte) ([]byte, error) {
	out, err := format.Source(src)
	if err != nil {
		// Our bug, never the author's: the error's position is in the generated text, so show what stands there.
		return nil, fmt.Errorf("formatting generated Go: %w\n%s", err, src)
	}
	return out, nil
}

// render returns the declarations that build makes, without a package clause and unformatted. The identifiers of imported
// packages are written out (time.Duration as jen.Id("time").Dot("Duration")), because the file that the text goes into has
// imports of its own.
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

// A commenter is what takes comments: a file, a group of definitions, a block.
type commenter interface {
	Comment(string) *jen.Statement
}

// comment adds paragraphs as a doc comment, a line comment for each line: text can not break out of it, whatever it holds. An
// empty paragraph is left out.
func comment(to commenter, paragraphs ...string) {
	for _, line := range commentLines(paragraphs) {
		to.Comment(line)
	}
}

// commentText is comment for the tables, which are text.
func commentText(indent string, paragraphs ...string) string {
	var b strings.Builder
	for _, line := range commentLines(paragraphs) {
		b.WriteString(indent + line + "\n")
	}
	return b.String()
}

// lineWidth is how wide comments get, in characters.
const lineWidth = 100

func commentLines(paragraphs []string) []string {
	var lines []string
	for _, p := range paragraphs {
		if strings.TrimSpace(p) == "" {
			continue
		}
		if len(lines) > 0 {
			lines = append(lines, "//")
		}
		line := append(make([]byte, 0, 2*lineWidth), "//"...)
		width := 2
		for word := range strings.FieldsSeq(p) {
			n := utf8.RuneCountInString(word)
			if width > 2 && width+1+n > lineWidth {
				lines = append(lines, string(line))
				line, width = line[:2], 2
			}
			line = append(append(line, ' '), word...)
			width += 1 + n
		}
		lines = append(lines, string(line))
	}
	return lines
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
