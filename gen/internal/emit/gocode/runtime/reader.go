package apierr

import (
	"bytes"
	"encoding/json"
	"math"
	"reflect"
	"slices"
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
	//errspec:if looseitems
	loose bool     // of an array: items may be missing
	fixed int      // how many items are not, at its beginning
	is    []member // of an object in such an array: the constants by which it is known
	//errspec:end
	//errspec:if each
	each *shape // of an array: its elements, each of an error of its own
	//errspec:end
	//errspec:if ors
	or []string // the constants that stand for no value
	//errspec:end
	//errspec:if choices
	choice []*shape // what the value may be; the first that has a value is sent
	//errspec:if metachoices
	of map[Code]string // the constant that it is, as JSON, in errors of these codes alone
	//errspec:end
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
	//errspec:if codenumber
	roleCodeNumber
	//errspec:end
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
	//errspec:if typebody
	roleType
	//errspec:end
	//errspec:if bodyparams
	roleParams // an object that holds all params, perhaps beside other members
	roleParam  // one param
	//errspec:end
	roles // the number of roles
)

// A body holds the JSON values that have a role. Of several values for one role, the last one
// counts.
type body struct {
	raw [roles][]byte
	//errspec:if texts
	shape [roles]*shape // where each value was found
	//errspec:end
	//errspec:if bodyparams
	named []rawParam // the values of roleParam
	//errspec:end
	//errspec:if each
	elements [][]byte // of the errors, up to one more than maxErrors
	element  *shape   // of each of them
	//errspec:if bystatus
	isLater bool // it is an element, and not the first
	//errspec:end
	//errspec:end
	//errspec:if choices
	choices      []choice
	hidesMessage bool // another value is, or may be, where the message would be
	unlike       bool // the error never sends the value that is there
	//errspec:end
	//errspec:if statusbody
	status int  // 0: none
	differ bool // the body states several statuses
	//errspec:end
}

// readBody reads a body by the catalog's shape. It returns false if data is not JSON.
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
	//errspec:if ors
	before := r.body
	//errspec:end
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
	//errspec:if ors
	if ok && s != nil && s.or != nil && s.isConstant(r.data[start:r.pos]) {
		r.body.forget(before)
	}
	//errspec:end
	//errspec:if each
	if ok && first == '[' && s != nil && s.each != nil {
		r.body.keepElements(s, r.data[start:r.pos])
	}
	//errspec:end
	//errspec:if choices
	if ok && s != nil && s.choice != nil {
		r.body.choices = append(r.body.choices, choice{s.choice, r.data[start:r.pos]})
	}
	//errspec:end
	//errspec:if looseitems
	if ok && first == '[' && s != nil && s.loose {
		r.body.keepItems(s, r.data[start:r.pos])
	}
	//errspec:end
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
			//errspec:if looseitems
			if s.loose && i >= s.fixed {
				inner = nil // see keepItems
			}
			//errspec:end
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

//errspec:if looseitems

// keepItems reads an array whose items may be missing. It recognizes an item by its constants or,
// if no item is missing, by its position.
func (b *body) keepItems(s *shape, raw []byte) {
	n := 0
	for r := (reader{data: raw, pos: 1}); r.item() != nil; {
		n++
	}
	r := reader{data: raw, pos: 1, body: *b}
	for i := range n {
		item := r.item()
		var found *shape
		fit := 0
		for k, known := range s.items {
			inPlace := i == k && n == len(s.items)
			switch {
			case i < s.fixed || known == nil:
			case known.is == nil && inPlace, known.is != nil && known.fits(item):
				found, fit = known, fit+1
			}
		}
		if fit == 1 {
			end := r.pos
			r.pos -= len(item)
			r.value(found, 0)
			r.pos = end
		}
	}
	*b = r.body
}

//errspec:end
//errspec:if looseitems each

// item returns the next item of an array, which is valid; nil: there is none.
func (r *reader) item() []byte {
	r.eat(',')
	if r.eat(']') {
		return nil
	}
	r.next()
	start := r.pos
	r.value(nil, 0)
	return r.data[start:r.pos]
}

//errspec:end
//errspec:if looseitems

// fits reports whether raw is an object with the constants of s.
func (s *shape) fits(raw []byte) bool {
	var members map[string]json.RawMessage
	if json.Unmarshal(raw, &members) != nil {
		return false
	}
	for _, m := range s.is {
		if !m.shape.isConstant(members[m.name]) {
			return false
		}
	}
	return true
}

//errspec:end
//errspec:if ors

// isConstant reports whether raw is one of the constants that stand for no value.
func (s *shape) isConstant(raw []byte) bool {
	var value, constant any
	if json.Unmarshal(raw, &value) != nil {
		return false
	}
	for _, c := range s.or {
		if json.Unmarshal([]byte(c), &constant) == nil && reflect.DeepEqual(value, constant) {
			return true
		}
	}
	return false
}

// forget drops what was read of a constant that stands for no value. It keeps params, marked as
// absent: in an error that always has the param, the constant is its value.
func (b *body) forget(before body) {
	//errspec:if bodyparams
	named := b.named
	for i := len(before.named); i < len(named); i++ {
		named[i].absent = true
	}
	before.named = named
	//errspec:end
	*b = before
}

//errspec:end

//errspec:if choices

// A choice is a value that is one of several things.
type choice struct {
	alternatives []*shape
	raw          []byte
}

// settle reads each choice as the only alternative that it can be in an error of the code, if there
// is only one.
func (b *body) settle(i *Info) {
	for _, c := range b.choices {
		var found []*shape
		for _, s := range c.alternatives {
			fits, always := b.mayBe(i, s, c.raw)
			if fits {
				found = append(found, s)
			}
			if always {
				break
			}
		}
		isMessage := func(s *shape) bool { return s.role == roleMessage }
		absent := len(found) == 0 && string(c.raw) == "null"
		if len(found) == 1 {
			if absent = found[0].role == roleNone; !absent { // a constant says that nothing is there
				b.keep(found[0], c.raw)
			}
		}
		_, said := b.text(roleMessage)
		if !absent && !said && slices.ContainsFunc(c.alternatives, isMessage) {
			b.hidesMessage = true
			b.unlike = b.unlike || len(found) == 0
		}
	}
}

// mayBe reports whether raw can be what s says, in an error of the code, and whether each such
// error has a value for s.
func (b *body) mayBe(i *Info, s *shape, raw []byte) (fits, always bool) {
	switch {
	case s.or != nil:
		return s.isConstant(raw), true
	//errspec:if metachoices
	case s.of != nil:
		constant, ok := s.of[i.code]
		return ok && (&shape{or: []string{constant}}).isConstant(raw), ok
	//errspec:end
	//errspec:if bodyparams
	case s.role == roleParam:
		k := slices.IndexFunc(i.params, func(p ParamInfo) bool { return p.Name == s.name })
		if k < 0 {
			return false, false
		}
		_, err := i.fresh()
		field := reflect.ValueOf(err).Elem().Field(1).Field(k)
		return setParam(field, raw) != fitsNot, !i.params[k].Optional && i.isNeeded(k)
	//errspec:end
	case s.role == roleMessage:
		silent := func(m MessageInfo) bool { return m.Text == "" }
		said := !slices.ContainsFunc(i.messages, silent)
		return raw[0] == '"' && (said || len(i.messages) > 1), said
	default:
		return raw[0] == '"', false
	}
}

//errspec:if bodyparams

// isNeeded reports whether the error always has a param.
func (i *Info) isNeeded(param int) bool {
	return !slices.ContainsFunc(i.forms, func(m form) bool { return !slices.Contains(m.needs, param) })
}

//errspec:end
//errspec:end

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
		b.named = append(b.named, rawParam{name: s.name, raw: raw})
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
	//errspec:if codenumber
	case role == roleCodeNumber:
		text = wholeNumber(string(raw))
	//errspec:end
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

//errspec:if codenumber

// wholeNumber returns a number that is a code: 3.0 and 3e0 are 3. It is empty for any other number.
func wholeNumber(raw string) string {
	if n, err := strconv.ParseInt(raw, 10, 64); err == nil {
		return strconv.FormatInt(n, 10)
	}
	const exact = 1 << 53 // a float64 holds each whole number up to here
	f, err := strconv.ParseFloat(raw, 64)
	if err != nil || f != math.Trunc(f) || math.Abs(f) > exact {
		return ""
	}
	return strconv.FormatInt(int64(f), 10)
}

//errspec:end

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
	//errspec:if ors
	absent bool // a constant, which stands for the value of an optional param
	//errspec:end
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
			list = append(list, rawParam{name: unquoted(key), raw: r.data[start:r.pos]})
		}
	}
	return append(list, b.named...)
}

//errspec:end
