// Package encode writes the JSON, JSON Schema and YAML documents that errspec publishes. The same
// value gives the same bytes, laid out for people and for diffs. Invisible characters are escaped,
// and HTML is not, unlike in encoding/json.
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

// JSON returns v as a JSON document with two spaces a level and a final newline. What fits in
// [Width] is on one line; a longer list of scalars fills its lines; everything else has one item or
// member a line.
//
// v is our own type. If it cannot be JSON, errspec has a bug, and JSON panics.
func JSON(v any) []byte {
	p := printer{src: CompactJSON(v)}
	p.out = make([]byte, 0, len(p.src)+len(p.src)/4)
	p.value(0)
	return append(p.out, '\n')
}

// JSONWith is [JSON] for a document whose largest part is one object. That object is a member of v,
// empty in v. Its members come from a sequence, so that only one is in memory at a time. The
// document must not fit on a line. size is an estimate of its length in bytes.
func JSONWith(v any, name string, members iter.Seq[Member], size int) []byte {
	p := printer{src: CompactJSON(v), into: name, members: members, out: make([]byte, 0, size)}
	p.value(0)
	return append(p.out, '\n')
}

// An Object is a JSON object with ordered members.
type Object []Member

// A Member is one key of an [Object] and its value.
type Member struct {
	Name  string
	Value any
}

// MarshalJSON implements [json.Marshaler].
func (o Object) MarshalJSON() ([]byte, error) {
	return CompactJSON(o), nil
}

// CompactJSON returns v as JSON without white space. Like [JSON], it does not escape HTML.
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

// encode appends v to the encoder's buffer, without the line feed that an encoder adds. It writes
// objects itself, because the encoder would scan their whole text again.
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

// escapeUnseen escapes the characters of package unseen in the end of a buffer, because terminals
// may show the document. All of them are in strings.
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
