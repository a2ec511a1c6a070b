package fixed

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A shape says which values of a response's body a client reads.
type shape struct {
	role    role
	members []member // of an object
	//errspec:if arrays
	items []*shape // of an array; nil: an item that is not read
	//errspec:end
	//errspec:if texts
	before, after string // text around a role inside a string
	//errspec:end
	//errspec:if bodyparams
	name string // of a param
	//errspec:end
}

type member struct {
	name  string
	shape *shape
}

type role uint8

const (
	roleNone role = iota
	roleCode
	roleMessage
	//errspec:if statusbody
	roleStatus
	//errspec:end
	//errspec:if variantbody
	roleVariant
	//errspec:end
	//errspec:if requestbody
	roleRequestID
	//errspec:end
	//errspec:if retrybody
	roleRetryAfter
	//errspec:end
	//errspec:if instance
	roleInstance
	//errspec:end
	//errspec:if bodyparams
	roleParams // an object that holds all params, perhaps beside other members
	roleParam  // one param
	//errspec:end
	roles // the number of roles
)

// A body holds the JSON values that have a role. Of several values for one role the last counts.
type body struct {
	raw [roles][]byte
	//errspec:if texts
	shape [roles]*shape // where each value was found
	//errspec:end
	//errspec:if bodyparams
	named []rawParam // the values of roleParam
	//errspec:end
	//errspec:if statusbody
	status int  // 0: none
	differ bool // the body states several statuses
	//errspec:end
}

// readBody reads a body by the catalog's shape. It is false if data is not JSON.
func readBody(data []byte) (body, bool) {
	r := reader{data: data}
	ok := r.value(&envelope, 0)
	r.next()
	return r.body, ok && r.pos == len(data)
}

// A reader reads JSON once, from left to right. encoding/json checks numbers and escaped strings.
type reader struct {
	data []byte
	pos  int
	body body
}

// maxDepth bounds how deep values nest, so that no body can exhaust the stack.
const maxDepth = 1000

// value reads a value and keeps it if s has a role. s is nil where the catalog's shape has nothing.
func (r *reader) value(s *shape, depth int) bool {
	first := r.next()
	start := r.pos
	var ok bool
	switch {
	case depth > maxDepth:
		return false
	case first == '{':
		ok = r.list('}', s, depth)
	case first == '[':
		ok = r.list(']', s, depth)
	case first == '"':
		_, ok = r.string()
	default:
		ok = r.word()
	}
	if ok && s != nil && s.role != roleNone {
		r.body.keep(s, r.data[start:r.pos])
	}
	return ok
}

// list reads the members of an object, or the items of an array.
func (r *reader) list(end byte, s *shape, depth int) bool {
	r.pos++
	for i := 0; !r.eat(end); i++ {
		if i > 0 && !r.eat(',') {
			return false
		}
		var inner *shape
		if end == '}' {
			key, ok := r.string()
			if !ok || !r.eat(':') {
				return false
			}
			inner = s.member(key)
			//errspec:if arrays
		} else if s != nil && i < len(s.items) {
			inner = s.items[i]
			//errspec:end
		}
		if !r.value(inner, depth+1) {
			return false
		}
	}
	return true
}

// string reads a string and returns it as it stands, with its quotes.
func (r *reader) string() ([]byte, bool) {
	if r.next() != '"' {
		return nil, false
	}
	rest, escaped := r.data[r.pos:], false
	for i := 1; i < len(rest); i++ {
		switch c := rest[i]; {
		case c == '"':
			r.pos += i + 1
			return rest[:i+1], !escaped || json.Valid(rest[:i+1])
		case c == '\\':
			escaped = true
			i++
		case c < ' ':
			return nil, false
		}
	}
	return nil, false
}

// word reads a number, true, false or null.
func (r *reader) word() bool {
	word := r.data[r.pos:]
	if end := bytes.IndexAny(word, " \t\r\n,]}"); end >= 0 {
		word = word[:end]
	}
	r.pos += len(word)
	return json.Valid(word)
}

// next skips white space and returns the byte after it; 0: there is none.
func (r *reader) next() byte {
	for ; r.pos < len(r.data); r.pos++ {
		switch c := r.data[r.pos]; c {
		case ' ', '\t', '\r', '\n':
		default:
			return c
		}
	}
	return 0
}

// eat skips white space, and then c. It is false if c does not come next.
func (r *reader) eat(c byte) bool {
	found := r.next() == c
	if found {
		r.pos++
	}
	return found
}

// member returns the shape of the member with a key; nil: no role is there.
func (s *shape) member(key []byte) *shape {
	if s == nil {
		return nil
	}
	name := key[1 : len(key)-1]
	if bytes.IndexByte(name, '\\') >= 0 {
		name = []byte(unquoted(key))
	}
	for _, m := range s.members {
		if m.name == string(name) {
			return m.shape
		}
	}
	return nil
}

func (b *body) keep(s *shape, raw []byte) {
	b.raw[s.role] = raw
	//errspec:if texts
	b.shape[s.role] = s
	//errspec:end
	//errspec:if statusbody
	if s.role == roleStatus {
		if n, err := strconv.Atoi(strings.Trim(string(raw), `"`)); err == nil {
			b.differ = b.differ || b.status != 0 && b.status != n
			b.status = n
		}
	}
	//errspec:end
	//errspec:if bodyparams
	if s.role == roleParam {
		b.named = append(b.named, rawParam{s.name, raw})
	}
	//errspec:end
}

// text returns the string of a role. A code may also be a whole number.
func (b *body) text(role role) (text string, ok bool) {
	raw := b.raw[role]
	switch {
	case len(raw) == 0:
		return "", false
	case raw[0] == '"':
		text = unquoted(raw)
	case role == roleCode && len(bytes.Trim(raw, "0123456789")) == 0:
		text = string(raw)
	default:
		return "", false
	}
	//errspec:if texts
	text, before := strings.CutPrefix(text, b.shape[role].before)
	text, after := strings.CutSuffix(text, b.shape[role].after)
	if !before || !after {
		return "", false
	}
	//errspec:end
	return text, true
}

// unquoted returns the text of a JSON string.
func unquoted(raw []byte) string {
	plain := raw[1 : len(raw)-1]
	if bytes.IndexByte(plain, '\\') < 0 && utf8.Valid(plain) {
		return string(plain)
	}
	var text string
	_ = json.Unmarshal(raw, &text) // it is valid
	return text
}

//errspec:if bodyparams

// A rawParam is a param as JSON.
type rawParam struct {
	name string
	raw  []byte
}

// params returns the params that the body has, in its order.
func (b *body) params() []rawParam {
	var list []rawParam
	r := reader{data: b.raw[roleParams]} // which is valid
	if r.eat('{') {
		for !r.eat('}') {
			r.eat(',')
			key, _ := r.string()
			r.eat(':')
			r.next()
			start := r.pos
			r.value(nil, 0)
			list = append(list, rawParam{unquoted(key), r.data[start:r.pos]})
		}
	}
	return append(list, b.named...)
}

//errspec:end
