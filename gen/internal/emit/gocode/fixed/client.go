package fixed

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Decode returns the error that a response carries, or nil if its status is below 400. The error has the type of its code, or
// is an [*Unrecognized]. The response's body can still be read afterwards, from its start, and must be closed as ever. It is
// [Decoder.Decode] of a Decoder without settings.
func Decode(resp *http.Response) error {
	var d Decoder
	return d.Decode(resp)
}

// Parse returns the error that a response carries, from its parts. It never returns nil. The code comes from the body, the status
// from the transport.
func Parse(status int, h http.Header, body []byte) error {
	var d Decoder
	return d.parse(status, h, body, nil)
}

// A Decoder reads errors from responses. Its zero value is ready; its fields must not change while it is used.
type Decoder struct {
	// MaxBody bounds how many bytes of a body are read; 0 means 1 MiB. A longer body is an [*Unrecognized].
	MaxBody int64
	// RequestIDHeader names the header with the id of the request; empty means X-Request-Id.
	RequestIDHeader string
	// Now is the clock for a Retry-After that is a date; nil means time.Now.
	Now func() time.Time
}

// Decode returns the error that a response carries, as the function [Decode] does.
func (d *Decoder) Decode(resp *http.Response) error {
	if resp == nil || resp.StatusCode < 400 {
		return nil
	}
	limit := d.MaxBody
	if limit <= 0 {
		limit = 1 << 20
	}
	var body []byte
	var failed error
	if resp.Body != nil {
		rest := resp.Body
		body, failed = io.ReadAll(io.LimitReader(rest, max(limit+1, limit))) // the largest int64 has no successor
		resp.Body = &rewound{io.MultiReader(bytes.NewReader(body), again(failed, rest)), rest}
	}
	if int64(len(body)) > limit {
		body, failed = body[:limit], errors.New("the body is longer than "+strconv.FormatInt(limit, 10)+" bytes")
	}
	return d.parse(resp.StatusCode, resp.Header, body, failed)
}

// A rewound is a body some of which was read and stands again at its start.
type rewound struct {
	io.Reader
	io.Closer
}

// again returns what comes after the part of a body that was read: the error that ended it, or the rest.
func again(failed error, rest io.Reader) io.Reader {
	if failed != nil {
		return failing{failed}
	}
	return rest
}

type failing struct{ error }

func (f failing) Read([]byte) (int, error) { return 0, f.error }

func (d *Decoder) parse(status int, h http.Header, data []byte, failed error) error {
	b, whole := readBody(data)
	message, hasMessage := b.text(roleMessage)
	var (
		err error
		e   *Error
	)
	if n, ok := b.code(); ok && whole && failed == nil {
		var params any
		info := &infos[n]
		e, params, err = fresh(n)
		e.info, e.variant = info, -1
		e.readParams(&b, message, params)
	} else {
		code, hasCode := b.text(roleCode)
		if len(code) > maxID {
			code, hasCode = "", false
		}
		u := &Unrecognized{body: bytes.Clone(data[:min(len(data), maxKept)]), reason: reason(data, whole, hasCode, code, failed)}
		u.core.code, u.core.variant, u.core.cause = Code(code), -1, failed
		if hasCode && whole && failed == nil {
			u.core.retired = tombstoneOf(code)
		}
		if u.core.retired != nil {
			u.reason = u.core.retired.reason()
		}
		err, e = u, &u.core
	}
	e.set |= isRemote
	e.status, e.message = status, message
	if !hasMessage {
		e.message = http.StatusText(status)
		if e.info != nil {
			e.message = e.info.title
		}
	}
	if b.status != 0 && (b.status != status || b.differ) {
		e.set, e.bodyStatus = e.set|disagrees, b.status
	}
	e.received = h.Clone()
	d.addHeaders(e, &b)
	return err
}

// readParams sets the variant and the params that a body tells: by members of their own, or by its message.
func (e *Error) readParams(b *body, message string, params any) {
	var room [8]arg
	var args []arg
	if n := len(e.info.params); n <= len(room) {
		args = room[:n]
	} else {
		args = make([]arg, n)
	}
	e.variant = e.info.readBack(message, args)
	if id, ok := b.text(roleVariant); ok {
		if said := e.info.variantNumber(id); said != e.variant {
			e.variant = said
			clear(args) // the message was read as another's
		}
	}
	b.readParams(e.info, args)
	if e.variant < 0 || !e.info.isWhole(e.variant, args) {
		return
	}
	if params != nil && !setParams(params, e.info.params, args) {
		reflect.ValueOf(params).Elem().SetZero()
		return
	}
	e.set |= hasArgs
	if bodyHasParams {
		e.args = slices.Clone(args)
	}
}

// variantNumber returns the number of a variant by its id; -1: the code has none of that id.
func (i *Info) variantNumber(id string) int {
	for k := range i.messages {
		if v := i.messages[k].variant; v != "" && strings.HasPrefix(string(v), string(i.code)+"/") && string(v)[len(i.code)+1:] == id {
			return k
		}
	}
	return -1
}

// addHeaders sets what comes from the headers, or else from the body.
func (d *Decoder) addHeaders(e *Error, b *body) {
	name := d.RequestIDHeader
	if name == "" {
		name = "X-Request-Id"
	}
	if id, ok := b.text(roleRequestID); ok {
		e.requestID = id
	} else {
		e.requestID = e.received.Get(name)
	}
	if len(e.requestID) > maxID {
		e.requestID = ""
	}
	if uri, ok := b.text(roleInstance); ok && len(uri) <= maxID {
		e.instance = uri
	}
	now := d.Now
	if now == nil {
		now = time.Now
	}
	if wait, ok := retryAfter(e.received.Get("Retry-After"), now); ok {
		e.retryAfter, e.set = wait, e.set|hasRetryAfter
	} else if wait, ok := b.retryAfter(); ok {
		e.retryAfter, e.set = wait, e.set|hasRetryAfter
	}
}

// retryAfter returns the delay in seconds that a body states.
func (b *body) retryAfter() (time.Duration, bool) {
	raw := b.raw[roleRetryAfter]
	if len(raw) == 0 {
		return 0, false
	}
	f, err := strconv.ParseFloat(string(raw), 64)
	return seconds(f), f >= 0 && (err == nil || errors.Is(err, strconv.ErrRange))
}

// retryAfter reads a Retry-After header (RFC 9110, section 10.2.3): seconds, or a date. A date that is past is no wait; a number
// too large for a Duration is the longest Duration.
func retryAfter(s string, now func() time.Time) (time.Duration, bool) {
	s = strings.TrimSpace(s)
	if s == "" {
		return 0, false
	}
	if strings.Trim(s, "0123456789") == "" {
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil {
			return maxDuration, true
		}
		return seconds(float64(n)), true
	}
	t, err := http.ParseTime(s)
	if err != nil {
		return 0, false
	}
	return max(t.Sub(now()), 0), true
}

const maxDuration = time.Duration(1<<63 - 1)

func seconds(f float64) time.Duration {
	if f >= maxDuration.Seconds() {
		return maxDuration
	}
	return time.Duration(f * float64(time.Second))
}

// What bounds a hostile body: how much of one that is not understood is kept with its error, and how long a text may be that is
// taken for a code that the catalog does not have, for a request's id or for an instance.
const (
	maxKept = 64 << 10
	maxID   = 1 << 10
)

func reason(data []byte, whole, hasCode bool, code string, failed error) string {
	switch {
	case failed != nil:
		return "reading the body: " + failed.Error()
	case len(data) == 0:
		return "the body is empty"
	case !whole:
		return "the body is not JSON"
	case !hasCode:
		return "the body holds no error code"
	default:
		return "the code " + strconv.Quote(beginning([]byte(code))) + " is not in the catalog"
	}
}

// Unrecognized is the error of a response that the catalog does not explain: it has a code that a newer or an older server knows,
// or none at all, because a proxy wrote it, or it was cut off. If the catalog had its code once, [Error.Retired] tells more, and
// [errors.Is] matches the code that replaced it.
type Unrecognized struct {
	core   Error
	body   []byte
	reason string
}

// Error returns what is known of the response, with the beginning of its body.
func (u *Unrecognized) Error() string {
	if u == nil {
		return "<nil>"
	}
	s := u.brief().Error() + ": " + u.reason
	if u.core.code == "" && len(u.body) > 0 {
		s += ": " + strconv.Quote(beginning(u.body))
	}
	return s
}

// brief returns the core with the beginning of its message, which may be as long as a body.
func (u *Unrecognized) brief() *Error {
	c := u.core
	c.message = beginning([]byte(c.message))
	return &c
}

// beginning returns at most some 200 bytes of a body, whole characters, with white space collapsed.
func beginning(body []byte) string {
	const n = 200
	if len(body) <= n {
		return strings.Join(strings.Fields(string(body)), " ")
	}
	end := n
	for end > n-utf8.UTFMax && !utf8.RuneStart(body[end]) {
		end--
	}
	return strings.Join(strings.Fields(string(body[:end])), " ") + "…"
}

// Code returns the code that the body carried. It is empty if there was none.
func (u *Unrecognized) Code() Code {
	if u == nil {
		return ""
	}
	return u.core.code
}

// Status returns the response's HTTP status.
func (u *Unrecognized) Status() int {
	if u == nil {
		return 0
	}
	return u.core.status
}

// Body returns a copy of the response's body, of its first 64 KiB.
func (u *Unrecognized) Body() []byte {
	if u == nil {
		return nil
	}
	return bytes.Clone(u.body)
}

// Reason returns why the response was not recognized.
func (u *Unrecognized) Reason() string {
	if u == nil {
		return ""
	}
	return u.reason
}

// Unwrap returns the [*Error] with all that is known of the response.
func (u *Unrecognized) Unwrap() error {
	if u == nil {
		return nil
	}
	return &u.core
}

// MarshalJSON returns an error body with the code and the message that are known.
func (u *Unrecognized) MarshalJSON() ([]byte, error) {
	if u == nil {
		return []byte("null"), nil
	}
	return u.core.MarshalJSON()
}

// LogValue returns the error as a group of attributes for [log/slog].
func (u *Unrecognized) LogValue() slog.Value {
	if u == nil {
		return slog.StringValue("<nil>")
	}
	return slog.GroupValue(append(u.brief().LogValue().Group(), slog.String("reason", u.reason), slog.String("body", beginning(u.body)))...)
}
