package syntax

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
)

// decode returns the root node of a file's only YAML document, or nil after saying why there is
// none.
func decode(f *diag.File, list *diag.List) *yaml.Node {
	fail := func(id string, span diag.Span, message, help string) *yaml.Node {
		list.Add(
			diag.Diagnostic{
				Severity: diag.Error,
				Rule:     id,
				Span:     span,
				Message:  message,
				Help:     help,
			},
		)
		return nil
	}
	d := yaml.NewDecoder(bytes.NewReader(f.Bytes()))
	var doc, second yaml.Node
	switch err := d.Decode(&doc); {
	case errors.Is(err, io.EOF), err == nil && describe(doc.Content[0]) == empty:
		return fail(rule.MissingKey, diag.Span{File: f, Line: 1, Col: 1}, "the catalog is empty",
			"begin with `version: 1`; `errspec init` writes a catalog to start from")
	case err != nil:
		return failed(f, err, list)
	}
	switch err := d.Decode(&second); {
	case err == nil:
		return fail(
			rule.YAMLSyntax,
			lineSpan(f, second.Line),
			"the file contains a second YAML document",
			"remove the `---` before it: a catalog is one document",
		)
	case !errors.Is(err, io.EOF):
		return failed(f, err, list)
	}
	return doc.Content[0]
}

func failed(f *diag.File, err error, list *diag.List) *yaml.Node {
	line, begins, c := locate(f.Bytes(), err)
	d := broken(f, line, begins, c)
	d.Severity, d.Rule = diag.Error, rule.YAMLSyntax
	list.Add(d)
	return nil
}

// lineSpan returns the span of a line.
func lineSpan(f *diag.File, line int) diag.Span {
	line = min(max(line, 1), f.Lines())
	text := f.Line(line)
	trimmed := strings.TrimLeft(text, " \t")
	return diag.Span{
		File: f,
		Line: line,
		Col:  utf8.RuneCountInString(text) - utf8.RuneCountInString(trimmed) + 1,
		Len:  utf8.RuneCountInString(strings.TrimRight(trimmed, " \t")),
	}
}

// locate finds the line that a YAML error is about, and what the error complains of. yaml.v3 counts
// the lines of its scanner's errors from one, and those of its parser's from zero, where it omits
// the first. Its parser names the line where a block begins, not where it breaks, and none for an
// unknown alias.
func locate(src []byte, err error) (line, begins int, c complaint) {
	line, words := 1, strings.TrimPrefix(err.Error(), "yaml: ")
	if rest, ok := strings.CutPrefix(words, "line "); ok {
		number, message, _ := strings.Cut(rest, ": ")
		if n, err := strconv.Atoi(number); err == nil {
			line, words = n, message
		}
	}
	begins = line
	if c = complaintOf(words); c.ofParser {
		if strings.HasPrefix(err.Error(), "yaml: line ") {
			begins++
		}
		line = breakingLine(src, err.Error())
	}
	return line, begins, c
}

// breakingLine finds the line at which the parser gives up: it feeds the parser line by line, and
// then goes back over the few lines that it had read ahead.
func breakingLine(src []byte, message string) int {
	r := &lineReader{rest: src}
	if fails(r) == "" {
		return 1
	}
	line := r.lines
	for back := 0; back < 8 && line > 1; back++ {
		if got := fails(bytes.NewReader(firstLines(src, line-1))); got != message {
			break
		}
		line--
	}
	return line
}

func fails(r io.Reader) string {
	d := yaml.NewDecoder(r)
	for {
		var n yaml.Node
		switch err := d.Decode(&n); {
		case errors.Is(err, io.EOF):
			return ""
		case err != nil:
			return err.Error()
		}
	}
}

func firstLines(src []byte, n int) []byte {
	end := 0
	for ; n > 0; n-- {
		i := bytes.IndexByte(src[end:], '\n')
		if i < 0 {
			return src
		}
		end += i + 1
	}
	return src[:end]
}

// A lineReader hands out one line at a time, and counts them.
type lineReader struct {
	rest  []byte
	lines int
}

func (r *lineReader) Read(p []byte) (int, error) {
	if len(r.rest) == 0 {
		return 0, io.EOF
	}
	end := bytes.IndexByte(r.rest, '\n') + 1
	if end == 0 {
		end = len(r.rest)
	}
	n := copy(p, r.rest[:end])
	if n > 0 && (r.rest[n-1] == '\n' || n == len(r.rest)) {
		r.lines++
	}
	r.rest = r.rest[n:]
	return n, nil
}
