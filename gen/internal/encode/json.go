// Package encode writes the JSON, JSON Schema and YAML documents that errspec publishes: the same
// bytes for the same value, laid out for people and for diffs, with escapes for characters that
// nobody sees and without the escapes for HTML that encoding/json adds.
package encode

import (
	"bytes"
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"unicode/utf16"

	"github.com/errspec/errspec/gen/internal/unseen"
)

// JSON returns v as a JSON document: two spaces a level, and a final newline. What fits a line of
// [Width] stands on one line; a longer list of scalars fills its lines; all else has an item or a
// member a line.
//
// v is of our own making. That it cannot be JSON is a mistake in errspec, and a panic.
func JSON(v any) []byte {
	p := printer{src: CompactJSON(v)}
	p.out = make([]byte, 0, len(p.src)+len(p.src)/4)
	p.value(0)
	return append(p.out, '\n')
}

// JSONWith is [JSON] of a document most of which is one object, a member of v that is empty in v:
// its members come from a sequence, and each of them is in memory only while it is written. The
// document must not fit a line. It may be some size bytes long.
func JSONWith(v any, name string, members iter.Seq[Member], size int) []byte {
	p := printer{src: CompactJSON(v), into: name, members: members, out: make([]byte, 0, size)}
	p.value(0)
	return append(p.out, '\n')
}

// An Object is a JSON object whose members keep their order.
type Object []Member

// A Member is one key of an [Object].
type Member struct {
	Name  string
	Value any
}

// MarshalJSON implements [json.Marshaler].
func (o Object) MarshalJSON() ([]byte, error) {
	return CompactJSON(o), nil
}

// CompactJSON returns v as JSON without white space, and, like [JSON], without escapes for HTML.
func CompactJSON(v any) []byte {
	var b bytes.Buffer
	encode(encoder(&b), &b, v)
	return b.Bytes()
}

func encoder(b *bytes.Buffer) *json.Encoder {
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	return enc
}

// encode appends v to the buffer that the encoder writes to, without the line feed that ends every
// value of an encoder. An object is not left to the encoder, which would go through all of its text
// again.
func encode(enc *json.Encoder, b *bytes.Buffer, v any) {
	if o, ok := v.(Object); ok {
		encodeObject(enc, b, o)
		return
	}
	from := b.Len()
	if err := enc.Encode(v); err != nil {
		panic("jsondoc: " + err.Error())
	}
	b.Truncate(b.Len() - 1)
	escapeUnseen(b, from)
}

// escapeUnseen replaces the characters of package unseen in the end of a buffer by escapes: a
// document may be read on a terminal. They stand in strings, as all that is not ASCII does.
func escapeUnseen(b *bytes.Buffer, from int) {
	if !slices.ContainsFunc(b.Bytes()[from:], func(c byte) bool { return c >= 0x7F }) {
		return
	}
	text := string(b.Bytes()[from:])
	b.Truncate(from)
	done := 0
	for c := range unseen.All(text) {
		b.WriteString(text[done:c.Offset])
		for _, unit := range utf16.Encode([]rune{c.Rune}) {
			fmt.Fprintf(b, `\u%04x`, unit)
		}
		done = c.Offset + c.Len
	}
	b.WriteString(text[done:])
}

func encodeObject(enc *json.Encoder, b *bytes.Buffer, o Object) {
	b.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		encode(enc, b, m.Name)
		b.WriteByte(':')
		encode(enc, b, m.Value)
	}
	b.WriteByte('}')
}
