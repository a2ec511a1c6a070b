package fixed

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math"
	"net/http"
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
	var body []byte
	var failed error
	if resp.Body != nil {
		rest := resp.Body
		body, failed = io.ReadAll(io.LimitReader(rest, d.enough()))
		resp.Body = &rewound{io.MultiReader(bytes.NewReader(body), again(failed, rest)), rest}
	}
	body, failed = d.bounded(body, failed)
	return d.parse(resp.StatusCode, resp.Header, body, failed)
}

// limit returns how long a body may be.
func (d *Decoder) limit() int64 {
	if d.MaxBody <= 0 {
		return 1 << 20
	}
	return d.MaxBody
}

// enough returns how much of a body is read, at most: one byte more than it may have.
func (d *Decoder) enough() int64 { return max(d.limit(), d.limit()+1) } // the largest int64 has no successor

// bounded returns no more of a body than it may have.
func (d *Decoder) bounded(body []byte, failed error) ([]byte, error) {
	if limit := d.limit(); int64(len(body)) > limit {
		return body[:limit], errors.New("the body is longer than " + strconv.FormatInt(limit, 10) + " bytes")
	}
	return body, failed
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
	data, failed = d.unpacked(h, data, failed)
	b, whole := readBody(bytes.TrimPrefix(data, []byte("\ufeff"))) // a byte order mark
	message, hasMessage := b.text(roleMessage)
	var (
		err error
		e   *Error
	)
	code, hasCode := b.text(roleCode)
	if n, ok := lookup(code); ok && whole && failed == nil {
		var params any
		info := &infos[n]
		e, params, err = fresh(n)
		e.info, e.variant = info, -1
		e.readParams(&b, message, hasMessage, params)
	} else {
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

// unpacked returns a body as its sender wrote it. If the caller asks for gzip, net/http leaves the body packed.
func (d *Decoder) unpacked(h http.Header, data []byte, failed error) ([]byte, error) {
	if !strings.HasSuffix(strings.ToLower(h.Get("Content-Encoding")), "gzip") || !bytes.HasPrefix(data, []byte("\x1f\x8b")) {
		return data, failed
	}
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err == nil {
		data, err = io.ReadAll(io.LimitReader(z, d.enough()))
	}
	if failed == nil && err != nil {
		failed = fmt.Errorf("unpacking the body: %w", err)
	}
	return d.bounded(data, failed)
}

// readParams sets the variant and the params that a body tells: by members of their own, whatever its message says, or else by its
// message.
func (e *Error) readParams(b *body, message string, hasMessage bool, params any) {
	var room [8]arg
	var args []arg
	if n := len(e.info.params); n <= len(room) {
		args = room[:n]
	} else {
		args = make([]arg, n)
	}
	if hasMessage {
		e.variant = e.info.readBack(message, args)
	}
	if id, ok := b.text(roleVariant); ok {
		if said := e.info.variantNumber(id); said != e.variant {
			e.variant = said
			clear(args) // the message was read as another's
		}
	} else if len(e.info.messages) == 1 {
		e.variant = 0
	}
	fit := b.readParams(e.info, args)
	if params != nil && !setParams(params, e.info.params, args) {
		fit = false
	}
	if fit && e.info.isWhole(e.variant, args) {
		e.set |= hasArgs
	}
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
	if wait, ok := retryAfter(strings.Join(e.received.Values("Retry-After"), ","), now); ok {
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

// retryAfter reads a Retry-After header (RFC 9110, section 10.2.3): whole seconds, or a date. It also reads what servers send that have not
// read that section: a fraction, a Go duration, other forms of a date, and several of these, of which the longest counts. Part of a
// second counts as a whole one, a time that is past as no wait, and what is too large for a Duration as the longest one.
func retryAfter(s string, now func() time.Time) (longest time.Duration, ok bool) {
	if s == "" {
		return 0, false
	}
	parts := strings.Split(s, ",")
	for i := range parts {
		part := strings.TrimSpace(parts[i])
		wait, is := waitOf(part, now)
		if !is && i+1 < len(parts) { // most dates have a comma: Fri, 12 Jun 2026 15:04:05 GMT
			wait, is = waitOf(part+", "+strings.TrimSpace(parts[i+1]), now)
		}
		longest, ok = max(longest, wait), ok || is
	}
	return longest, ok
}

// waitOf reads one value of a Retry-After header. It is never negative.
func waitOf(s string, now func() time.Time) (time.Duration, bool) {
	if s != "" && strings.Trim(s, "+-.0123456789eE") == "" {
		f, err := strconv.ParseFloat(s, 64)
		return seconds(math.Ceil(max(f, 0))), err == nil || errors.Is(err, strconv.ErrRange)
	}
	if d, err := time.ParseDuration(s); err == nil {
		return seconds(math.Ceil(max(d.Seconds(), 0))), true
	}
	for _, layout := range [...]string{http.TimeFormat, time.RFC850, time.ANSIC, "Mon, 02 Jan 2006 15:04:05 UTC", time.RFC1123Z, time.RFC3339} {
		if t, err := time.Parse(layout, s); err == nil {
			return max(t.Sub(now()), 0), true
		}
	}
	return 0, false
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
	return visible(s)
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
