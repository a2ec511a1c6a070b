// Package jsondoc writes the JSON documents that errspec publishes: laid out for people and for diffs, the same bytes for
// the same value, and without the escapes for HTML that encoding/json puts in by default.
package jsondoc

import (
	"bytes"
	"encoding/json"
)

// Marshal returns v as a JSON document: two spaces a level, and a final newline. What fits a line of [Width] stands on one
// line; a longer list of scalars fills its lines; all else has an item or a member a line.
//
// v is of our own making. That it can not be JSON is a mistake in errspec, and a panic.
func Marshal(v any) []byte {
	p := printer{src: Compact(v)}
	p.out = make([]byte, 0, len(p.src)+len(p.src)/4)
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
	var b bytes.Buffer
	b.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		b.Write(Compact(m.Name))
		b.WriteByte(':')
		b.Write(Compact(m.Value))
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// Compact returns v as JSON without white space, and, like Marshal, without escapes for HTML.
func Compact(v any) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		panic("jsondoc: " + err.Error())
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}
