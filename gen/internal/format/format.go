// Package format writes a catalog file in its canonical layout, as gofmt does for Go: it changes
// white space and keeps the rest.
//
// It takes a file that parses as YAML, with its nodes. It returns the text in canonical layout, or
// a diagnostic that says why the file stays unchanged. Guarantees:
//
//   - The text means the same: it parses to the same nodes, and has every comment, at the same
//     entry. Format verifies this on each run; see same.go.
//   - Canonical layout is stable: formatting it again changes nothing.
//
// Canonical layout:
//
//   - Two spaces a level. Sequences are indented below their key. One space follows `-`, `:` and
//     `,`, and none is inside brackets.
//   - Blank lines stay, but several become one, and those at the start or the end of a collection
//     or the file are removed.
//   - A comment on its own line is indented like what follows it, or like the collection that it
//     ends. A comment at the end of a line stays there and keeps the space before it, so that
//     aligned comments stay aligned.
//   - A collection in brackets on one line stays, however long: like gofmt, Format breaks no lines.
//     One on several lines moves to one line if it fits in 120 columns and holds no comments;
//     otherwise it loses its brackets.
//   - A value moves to the line of its key if it fits.
//   - Lines end in LF, without white space before it, except in texts where it has a meaning.
//
// The order of keys, the line breaks of texts, and quotes stay as the author wrote them. Quotes
// matter where the type of a scalar is inferred, and to other YAML readers, which may see a number
// or a date in our text.
//
// A file that is one collection in brackets is JSON or almost JSON. It has its own tools and stays
// unchanged.
package format

import (
	"bytes"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/gen/internal/diag"
)

// Width limits the columns of a line that is joined from several.
const Width = 120

// Format returns a file's text in canonical layout. root is the root node of its only document. If
// there are diagnostics, there is no text, and the file should stay unchanged.
func Format(f *diag.File, root *yaml.Node) ([]byte, diag.List) {
	var list diag.List
	if !isBlock(root) {
		return f.Bytes(), list
	}
	p := newPrinter(f.Bytes())
	p.document(root)
	if d := p.problem; d != nil {
		d.Span.File = f
		list.Add(*d)
		return nil, list
	}
	if !bytes.Equal(p.out, f.Bytes()) && !same(f.Bytes(), root, p.out) {
		list.Add(diag.Diagnostic{
			Severity: diag.Error, Span: diag.Span{File: f},
			Message: "fmt cannot format this file without changing its meaning, so it is left unchanged",
			Help:    "this is a bug in errspec: please report it and attach the file",
		})
		return nil, list
	}
	return p.out, list
}
