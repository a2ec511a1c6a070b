package fixed

import (
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
