package fixed

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"math/bits"
	"net/http"
	"strconv"
	"strings"
	"unicode/utf8"
)

// MarshalJSON returns the body of the error's response.
func (e *Error) MarshalJSON() ([]byte, error) {
	if e == nil {
		return []byte("null"), nil
	}
	return e.AppendJSON(nil), nil
}

// AppendJSON appends the body of the error's response to b. It allocates only where b has no room.
func (e *Error) AppendJSON(b []byte) []byte {
	if e == nil {
		return append(b, "null"...)
	}
	if e.copy != nil {
		_, _, _, body, _ := e.copy.ErrspecResponse(e.requestID)
		return append(b, body...)
	}
	return appendBody(b, e.sent())
}

// sent returns what stands on the wire for e: e itself, or the fallback for an internal error. Status, headers and body all ask it, so that
// they agree. One that was decoded from a response keeps that one's status.
func (e *Error) sent() *Error {
	if e.info == nil || !e.info.internal {
		return e
	}
	f := fallback()
	f.requestID, f.instance, f.cause = e.requestID, e.instance, e
	if e.Remote() {
		f.status = e.status
	}
	return f
}

// fallback returns the error that stands for all that may not be shown: the catalog's first 500 that needs no params.
func fallback() *Error {
	if i := bareOf(http.StatusInternalServerError); i != nil {
		return i.bare(-1)
	}
	return &Error{code: "INTERNAL", variant: -1, status: http.StatusInternalServerError, message: "Internal server error"}
}

// variantID returns the id of the error's variant, as the envelope shows it.
func (e *Error) variantID() string {
	_, id, _ := strings.Cut(strings.TrimPrefix(string(e.Variant()), string(e.Code())), "/")
	return id
}

// title, typeURI, docsURL and groupID are what the envelope may show of the code; "" if it is not in the catalog.
func (e *Error) title() string {
	if phrase := http.StatusText(e.status); e.info == nil || titleIsPhrase && e.info.typeURI == "" && phrase != "" {
		return phrase
	}
	return e.info.title
}

// meta returns a constant of the code; "" if it has none of that name.
func (e *Error) meta(key string) string {
	if e.info == nil {
		return ""
	}
	return e.info.Meta(key)
}

func (e *Error) typeURI() string {
	if e.info == nil {
		return ""
	}
	return e.info.typeURI
}

func (e *Error) docsURL() string {
	if e.info == nil {
		return ""
	}
	return e.info.docsURL
}

func (e *Error) groupID() string {
	if e.info == nil {
		return ""
	}
	return groups[e.info.group].id
}

// appendString appends s as a JSON string, as encoding/json writes it, HTML escaping included.
func appendString(b []byte, s string) []byte {
	return append(appendEscaped(append(b, '"'), s), '"')
}

// appendKnown is appendString for the code, the title and the addresses of an error, of which is known whether they are plain.
func appendKnown(b []byte, e *Error, s string) []byte {
	if e.info == nil || e.info.escaped {
		return appendString(b, s)
	}
	return append(append(append(b, '"'), s...), '"')
}

// appendEscaped is appendString without the quotes.
func appendEscaped(b []byte, s string) []byte {
	if isPlain(s) {
		return append(b, s...)
	}
	const hex = "0123456789abcdef"
	done := 0
	for i := 0; i < len(s); {
		if len(s)-i >= 8 && arePlain(le64(s[i:])) {
			i += 8
			continue
		}
		c := s[i]
		if c >= ' ' && c != '"' && c != '\\' && c != '<' && c != '>' && c != '&' && c < utf8.RuneSelf {
			i++
			continue
		}
		size := 1
		if c >= utf8.RuneSelf {
			var r rune
			r, size = utf8.DecodeRuneInString(s[i:])
			broken := r == utf8.RuneError && size == 1
			if !broken && r != '\u2028' && r != '\u2029' {
				i += size
				continue
			}
			b = append(b, s[done:i]...)
			if broken {
				b = append(b, `\ufffd`...)
			} else {
				b = append(b, `\u202`...)
				b = append(b, hex[r&0xf])
			}
		} else {
			b = append(b, s[done:i]...)
			switch c {
			case '"', '\\':
				b = append(b, '\\', c)
			case '\b':
				b = append(b, `\b`...)
			case '\f':
				b = append(b, `\f`...)
			case '\n':
				b = append(b, `\n`...)
			case '\r':
				b = append(b, `\r`...)
			case '\t':
				b = append(b, `\t`...)
			default:
				b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&0xf])
			}
		}
		i += size
		done = i
	}
	return append(b, s[done:]...)
}

// Eight bytes at a time.
const (
	ones = 0x0101010101010101
	tops = 0x80 * ones
)

// isPlain reports whether s stands for itself in JSON, as most texts do. It is false for some that do, but for none of eight bytes
// or more in ASCII.
func isPlain(s string) bool {
	if len(s) < 8 {
		return s == ""
	}
	for i := 0; len(s)-i > 8; i += 8 {
		if !arePlain(le64(s[i:])) {
			return false
		}
	}
	return arePlain(le64(s[len(s)-8:])) // all that is left, and some of what was seen
}

// arePlain reports whether eight bytes of a text stand for themselves in JSON as encoding/json writes it.
func arePlain(x uint64) bool {
	slash := x ^ '\\'*ones
	quote := (x | 4*ones) ^ '&'*ones // '"' and '&' differ in that bit alone
	angle := (x | 2*ones) ^ '>'*ones // so do '<' and '>'
	// If no byte has its top bit set, a difference has it where it is below 0: those of control characters, and of a byte that is 0.
	return (x|(x-' '*ones)|(slash-ones)|(quote-ones)|(angle-ones))&tops == 0
}

// appendStatus appends a number that is an HTTP status, most likely.
func appendStatus(b []byte, n int) []byte {
	if n < 100 || n > 999 {
		return strconv.AppendInt(b, int64(n), 10)
	}
	return append(b, byte('0'+n/100), byte('0'+n/10%10), byte('0'+n%10))
}

// appendKey appends the key of a member that may be the first of its object.
func appendKey(b []byte, key string) []byte { return append(append(appendComma(b), key...), ':') }

// appendComma appends a comma, unless b ends in an opening bracket.
func appendComma(b []byte) []byte {
	if last := b[len(b)-1]; last == '{' || last == '[' {
		return b
	}
	return append(b, ',')
}

// A shape says what stands where in a response's body.
type shape struct {
	role    role
	name    string // of a param
	before  string // text around a role that is part of a string
	after   string
	spread  bool     // the params are members of this object
	members []member // of an object
	items   []*shape // of an array
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
	roleStatus
	roleStatusString
	roleVariant
	roleRequestID
	roleRetryAfter
	roleInstance
	roleParams // an object with all of them
	roleParam  // one
	roles      // how many there are
)

// A body is what a response's body said: for each role the last JSON value that stood for it, if any.
type body struct {
	raw    [roles][]byte
	shape  [roles]*shape // that it had
	status int           // the last status; 0: none
	differ bool          // the statuses differ from each other
	params []byte
	named  []namedValue
}

// A namedValue is a param that stands by itself.
type namedValue struct {
	name string
	raw  []byte
}

// readBody reads a body in the catalog's shape. Members that the shape does not have are passed over. It is false if data is not
// one complete JSON value.
func readBody(data []byte) (body, bool) {
	r := reader{data: data}
	ok := r.value(&envelope, 0) && r.end()
	return r.body, ok
}

// A reader reads JSON (RFC 8259) once, from left to right, and copies nothing.
type reader struct {
	data []byte
	pos  int
	body body // not a pointer: what it pointed to would have to be allocated
}

// maxDepth bounds how deep values may nest, so that a hostile body can not exhaust the stack.
const maxDepth = 1000

func (r *reader) space() {
	for r.pos < len(r.data) && r.data[r.pos] <= ' ' {
		switch r.data[r.pos] {
		case ' ', '\t', '\n', '\r':
			r.pos++
		default:
			return
		}
	}
}

func (r *reader) end() bool {
	r.space()
	return r.pos == len(r.data)
}

func (r *reader) eat(c byte) bool {
	r.space()
	if r.pos < len(r.data) && r.data[r.pos] == c {
		r.pos++
		return true
	}
	return false
}

// value reads any value. s is nil where the shape says nothing.
func (r *reader) value(s *shape, depth int) bool {
	r.space()
	if r.pos == len(r.data) || depth > maxDepth {
		return false
	}
	start := r.pos
	var ok bool
	switch r.data[r.pos] {
	case '{':
		r.pos++
		ok = r.object(s, depth)
	case '[':
		r.pos++
		ok = r.array(s, depth)
	case '"':
		_, ok = r.string()
	case 't':
		ok = r.word("true")
	case 'f':
		ok = r.word("false")
	case 'n':
		ok = r.word("null")
	default:
		ok = r.number()
	}
	if ok && s != nil && (s.role != roleNone || s.spread) {
		r.body.see(s, r.data[start:r.pos])
	}
	return ok
}

func (b *body) see(s *shape, raw []byte) {
	switch {
	case s.spread || s.role == roleParams:
		b.params = raw
		return
	case s.role == roleParam:
		b.named = append(b.named, namedValue{s.name, raw})
		return
	case s.role == roleStatus || s.role == roleStatusString:
		if n, ok := statusIn(raw); ok {
			b.differ = b.differ || b.status != 0 && b.status != n
			b.status = n
		}
	}
	b.raw[s.role], b.shape[s.role] = raw, s
}

// statusIn returns the whole number that a value is, or holds as text.
func statusIn(raw []byte) (int, bool) {
	if len(raw) > 2 && raw[0] == '"' {
		raw = raw[1 : len(raw)-1]
	}
	if len(raw) == 3 && isDigit(raw[0]) && isDigit(raw[1]) && isDigit(raw[2]) {
		return int(raw[0]-'0')*100 + int(raw[1]-'0')*10 + int(raw[2]-'0'), true
	}
	n, err := strconv.Atoi(string(raw))
	return n, err == nil
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// isWholeNumber reports whether a JSON value is a number without sign, point and exponent.
func isWholeNumber(raw []byte) bool {
	for _, c := range raw {
		if !isDigit(c) {
			return false
		}
	}
	return len(raw) > 0
}

// code returns the number of the code that the body carries. It is false if that is none of the catalog's.
func (b *body) code() (int, bool) {
	if raw := b.raw[roleCode]; len(raw) > 2 && raw[0] == '"' && b.shape[roleCode].before == "" && b.shape[roleCode].after == "" {
		if n, ok := lookup(string(raw[1 : len(raw)-1])); ok { // as nearly always; a short string is not allocated for that
			return n, true
		}
	}
	code, ok := b.text(roleCode)
	if !ok {
		return 0, false
	}
	return lookup(code)
}

// text returns the string that stood for a role, or the whole number that stood for the code: servers that number their errors send
// numbers.
func (b *body) text(role role) (string, bool) {
	raw := b.raw[role]
	if s := b.shape[role]; role == roleCode && isWholeNumber(raw) && s.before == "" && s.after == "" {
		return string(raw), true
	}
	if len(raw) < 2 || raw[0] != '"' {
		return "", false
	}
	s, ok := unquoted(raw)
	if !ok {
		return "", false
	}
	s, before := strings.CutPrefix(s, b.shape[role].before)
	s, after := strings.CutSuffix(s, b.shape[role].after)
	if !before || !after {
		return "", false
	}
	return s, true
}

// unquoted returns the text of a JSON string.
func unquoted(raw []byte) (string, bool) {
	if plain := raw[1 : len(raw)-1]; bytes.IndexByte(plain, '\\') < 0 && utf8.Valid(plain) {
		return string(plain), true
	}
	var s string
	err := json.Unmarshal(raw, &s)
	return s, err == nil
}

func (r *reader) object(s *shape, depth int) bool {
	if r.eat('}') {
		return true
	}
	for {
		r.space()
		key, ok := r.string()
		if !ok || !r.eat(':') || !r.value(s.member(key), depth+1) {
			return false
		}
		if !r.eat(',') {
			return r.eat('}')
		}
	}
}

// member returns the shape of a member, whose key is given with its quotes.
func (s *shape) member(key []byte) *shape {
	if s == nil {
		return nil
	}
	for i := range s.members {
		if m := &s.members[i]; len(m.name) == len(key)-2 && m.name == string(key[1:len(key)-1]) {
			return m.shape
		}
	}
	if bytes.IndexByte(key, '\\') < 0 {
		return nil
	}
	var name string
	if json.Unmarshal(key, &name) != nil {
		return nil
	}
	for i := range s.members {
		if s.members[i].name == name {
			return s.members[i].shape
		}
	}
	return nil
}

func (r *reader) array(s *shape, depth int) bool {
	if r.eat(']') {
		return true
	}
	for i := 0; ; i++ {
		var item *shape
		if s != nil && i < len(s.items) {
			item = s.items[i]
		}
		if !r.value(item, depth+1) {
			return false
		}
		if !r.eat(',') {
			return r.eat(']')
		}
	}
}

// string reads a string and returns it with its quotes, as it stands.
func (r *reader) string() ([]byte, bool) {
	if r.pos == len(r.data) || r.data[r.pos] != '"' {
		return nil, false
	}
	start := r.pos
	for r.pos++; ; r.pos++ {
		r.pos = afterLiterals(r.data, r.pos)
		switch {
		case r.pos == len(r.data):
			return nil, false
		case r.data[r.pos] == '"':
			r.pos++
			return r.data[start:r.pos], true
		case r.data[r.pos] != '\\' || !r.escape():
			return nil, false
		}
	}
}

// afterLiterals returns where the first byte of a JSON string stands, from pos, that does not stand for itself: a quote, a backslash
// or a control character.
func afterLiterals(data []byte, pos int) int {
	for ; len(data)-pos >= 8; pos += 8 {
		x := binary.LittleEndian.Uint64(data[pos:])
		quote, slash := x^'"'*ones, x^'\\'*ones
		if found := ((x - ' '*ones) | (quote - ones) | (slash - ones)) &^ x & tops; found != 0 { // as in arePlain; the lowest is right
			return pos + bits.TrailingZeros64(found)/8
		}
	}
	for pos < len(data) && data[pos] >= ' ' && data[pos] != '"' && data[pos] != '\\' {
		pos++
	}
	return pos
}

// escape reads what follows a backslash, up to its last byte.
func (r *reader) escape() bool {
	r.pos++
	if r.pos == len(r.data) {
		return false
	}
	switch r.data[r.pos] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return true
	case 'u':
		for range 4 {
			r.pos++
			if r.pos == len(r.data) || !isHex(r.data[r.pos]) {
				return false
			}
		}
		return true
	default:
		return false
	}
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

func (r *reader) word(w string) bool {
	if !bytes.HasPrefix(r.data[r.pos:], []byte(w)) {
		return false
	}
	r.pos += len(w)
	return true
}

func (r *reader) number() bool {
	if r.pos < len(r.data) && r.data[r.pos] == '-' {
		r.pos++
	}
	if r.pos < len(r.data) && r.data[r.pos] == '0' {
		r.pos++
	} else if !r.digits() {
		return false
	}
	if r.pos < len(r.data) && r.data[r.pos] == '.' {
		r.pos++
		if !r.digits() {
			return false
		}
	}
	if r.pos < len(r.data) && (r.data[r.pos] == 'e' || r.data[r.pos] == 'E') {
		r.pos++
		if r.pos < len(r.data) && (r.data[r.pos] == '+' || r.data[r.pos] == '-') {
			r.pos++
		}
		return r.digits()
	}
	return true
}

func (r *reader) digits() bool {
	start := r.pos
	for r.pos < len(r.data) && isDigit(r.data[r.pos]) {
		r.pos++
	}
	return r.pos > start
}
