// Package format writes a catalog file in its canonical layout, the way gofmt does for Go: white
// space is ours, the rest is the author's.
//
// What enters is a file that could be read as YAML, with its nodes. What leaves is its text in
// canonical layout, or a diagnostic that says why it is left as it is. What may be relied on:
//
//   - The text says what the file says: it parses to the same nodes, and every comment is in it, at
//     the same entry. This is not only tested, it is looked at each time; see same.go.
//   - The layout of a text in canonical layout is that text.
//
// The canon:
//
//   - Two spaces a level; a sequence is indented below its key; one space after `-`, `:` and `,`,
//     none inside brackets.
//   - Blank lines stay where the author has them, one where there are several, none where a
//     collection, or the file, begins or ends.
//   - A comment that has a line of its own is indented as what follows it, or as the collection
//     that it ends. A comment at the end of a line stays there; the space before it is kept, so
//     that aligned comments stay aligned.
//   - A collection in brackets that stands on one line stays as it is, however long: like gofmt we
//     break no lines. One that takes several goes on one line if it fits in 120 columns and holds
//     no comments, else it loses its brackets.
//   - A value goes on the line of its key if it fits.
//   - Lines end in LF, and have no white space before their end, but in texts that mean it.
//
// What is the author's: the order of keys, the line breaks of texts, and all quotes. Where a
// scalar's type is inferred the quotes decide it, and elsewhere other readers of YAML may see a
// number or a date in what is a text to us.
//
// A file that is one collection in brackets is JSON, or nearly, and has tools of its own: it is
// left as it is.
package format

import (
	"bytes"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/gen/internal/diag"
)

// Width is how many columns a line may have if lines were joined to make it.
const Width = 120

// Format returns the text of a file in canonical layout. root is the root node of its only
// document. If there are diagnostics there is no text, and the file is better left alone.
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
			Message: "this file can not be laid out without changing what it says, so it is left as it is",
			Help:    "this is a mistake of errspec: please report it, with the file",
		})
		return nil, list
	}
	return p.out, list
}
