package encode

import (
	"bytes"
	"encoding/json"
	"iter"
)

// Members yields the names and values of an object in order. The object is compact, valid JSON.
func Members(object []byte) iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		for rest := object[1:]; rest[0] != '}'; {
			n := stringLen(rest)
			name := Text(rest[:n])
			rest = rest[n+len(":"):]
			n = valueLen(rest)
			if !yield(name, rest[:n]) {
				return
			}
			if rest = rest[n:]; rest[0] == ',' {
				rest = rest[1:]
			}
		}
	}
}

// Items yields the items of a list. The list is compact, valid JSON.
func Items(list []byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		for rest := list[1:]; rest[0] != ']'; {
			n := valueLen(rest)
			if !yield(rest[:n]) {
				return
			}
			if rest = rest[n:]; rest[0] == ',' {
				rest = rest[1:]
			}
		}
	}
}

// Text returns the text of a JSON string.
func Text(str []byte) string {
	if bytes.IndexByte(str, '\\') < 0 {
		return string(str[1 : len(str)-1])
	}
	var s string
	if err := json.Unmarshal(str, &s); err != nil {
		panic("jsondoc: " + err.Error())
	}
	return s
}

// valueLen returns the length of the value at the start of src.
func valueLen(src []byte) int {
	if src[0] != '{' && src[0] != '[' {
		return scalarLen(src)
	}
	for i, depth := 0, 0; ; {
		switch src[i] {
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return i + 1
			}
		case '"':
			i += stringLen(src[i:])
			continue
		}
		i++
	}
}
