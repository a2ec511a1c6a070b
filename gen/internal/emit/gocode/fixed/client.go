package fixed

import (
	"bytes"
	"cmp"
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
)

// Decode returns the error that a response carries, or nil if its status is below 400. The error
// has the type of its code, or is an [*Unrecognized]. The response's body can be read again from
// its start, and must be closed as usual.
func Decode(resp *http.Response) error { return new(Decoder).Decode(resp) }

// Parse returns the error that a response carries, from its parts. It never returns nil. The code
// comes from the body, the status from the response.
func Parse(status int, h http.Header, body []byte) error {
	return new(Decoder).Parse(status, h, body)
}

// A Decoder reads errors from responses. Its zero value is ready to use. Do not change its fields
// while it is in use.
type Decoder struct {
	// MaxBody bounds how many bytes of a body are read; 0 means 1 MiB. A longer body is an
	// [*Unrecognized].
	MaxBody int64
	// RequestIDHeader names the header with the id of the request; empty means X-Request-Id.
	RequestIDHeader string
	// Now is the clock for a Retry-After that is a date; nil means time.Now.
	Now func() time.Time
}

// Decode is the function [Decode], with the Decoder's settings.
func (d *Decoder) Decode(resp *http.Response) error {
	if resp == nil || resp.StatusCode < 400 {
		return nil
	}
	if resp.Body == nil {
		return d.Parse(resp.StatusCode, resp.Header, nil)
	}
	body, err := d.read(resp.Body)
	resp.Body = struct {
		io.Reader
		io.Closer
	}{io.MultiReader(bytes.NewReader(body), resp.Body), resp.Body}
	return d.parse(resp.StatusCode, resp.Header, body, err)
}

// Parse is the function [Parse], with the Decoder's settings.
func (d *Decoder) Parse(status int, h http.Header, body []byte) error {
	return d.parse(status, h, body, nil)
}

// limit returns how long a body may be.
func (d *Decoder) limit() int64 {
	if d.MaxBody <= 0 {
		return 1 << 20
	}
	return min(d.MaxBody, math.MaxInt64-1)
}

// read reads a body: one byte more than it may have, at most.
func (d *Decoder) read(r io.Reader) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r, d.limit()+1))
	if int64(len(body)) > d.limit() {
		err = fmt.Errorf("the body is longer than %d bytes", d.limit())
	}
	return body, err
}

// unzip returns a body as it was before it was compressed. net/http leaves a body compressed if
// the caller asks for gzip.
func (d *Decoder) unzip(h http.Header, data []byte) ([]byte, error) {
	encoding := strings.ToLower(h.Get("Content-Encoding"))
	if !strings.HasSuffix(encoding, "gzip") || !bytes.HasPrefix(data, []byte("\x1f\x8b")) {
		return data, nil
	}
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err == nil {
		data, err = d.read(z)
	}
	if err != nil {
		err = fmt.Errorf("unpacking the body: %w", err)
	}
	return data, err
}

// parse returns the error of a response. failed is what ended the body early.
func (d *Decoder) parse(status int, h http.Header, data []byte, failed error) error {
	data, err := d.unzip(h, data)
	failed = cmp.Or(failed, err)
	b, isJSON := readBody(bytes.TrimPrefix(data, []byte("\ufeff"))) // a byte order mark
	message, hasMessage := b.text(roleMessage)
	code, _ := b.text(roleCode)
	n, known := lookup(code)
	var e *Error
	if known && isJSON && failed == nil {
		var params any
		e, params, err = fresh(n)
		e.info, e.variant = &infos[n], -1
		e.readParams(&b, message, hasMessage, params)
	} else {
		u := unrecognized(code, data, isJSON, failed)
		e, err = &u.core, u
	}
	if !hasMessage {
		message = http.StatusText(status)
		if e.info != nil {
			message = e.info.title
		}
	}
	e.set |= isRemote
	e.status, e.message, e.received = status, message, h.Clone()
	if b.status != 0 && (b.status != status || b.differ) {
		e.set, e.bodyStatus = e.set|disagrees, b.status
	}
	d.addHeaders(e, &b)
	return err
}

// readParams sets the variant and the params: those that the body has, or else those that its
// message tells.
func (e *Error) readParams(b *body, message string, hasMessage bool, params any) {
	args := make([]arg, len(e.info.params))
	if hasMessage {
		e.variant = e.info.readBack(message, args)
	}
	if id, ok := b.text(roleVariant); ok {
		if variant := e.info.variantNumber(id); variant != e.variant {
			e.variant = variant
			clear(args) // the message was read as another variant's
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
		e.args = args
	}
}

// variantNumber returns the number of a variant by its id; -1: the code has none of that id.
func (i *Info) variantNumber(id string) int {
	return slices.IndexFunc(i.messages, func(m messageInfo) bool {
		return id != "" && string(m.variant) == string(i.code)+"/"+id
	})
}

// addHeaders sets what is in the headers, or else in the body.
func (d *Decoder) addHeaders(e *Error, b *body) {
	id, ok := b.text(roleRequestID)
	if !ok {
		id = e.received.Get(cmp.Or(d.RequestIDHeader, "X-Request-Id"))
	}
	if len(id) <= maxID {
		e.requestID = id
	}
	if uri, _ := b.text(roleInstance); len(uri) <= maxID {
		e.instance = uri
	}
	now := d.Now
	if now == nil {
		now = time.Now
	}
	wait, ok := retryAfter(strings.Join(e.received.Values("Retry-After"), ","), now)
	if !ok {
		wait, ok = b.retryAfter()
	}
	if ok {
		e.retryAfter, e.set = wait, e.set|hasRetryAfter
	}
}

// retryAfter returns the delay in seconds that a body states.
func (b *body) retryAfter() (time.Duration, bool) {
	raw := b.raw[roleRetryAfter]
	if len(raw) == 0 {
		return 0, false
	}
	f, ok := parseFloat(string(raw))
	return seconds(f), ok && f >= 0
}

// parseFloat returns a number; an infinity if the number is too large.
func parseFloat(s string) (float64, bool) {
	f, err := strconv.ParseFloat(s, 64)
	return f, err == nil || errors.Is(err, strconv.ErrRange)
}

// retryAfter reads a Retry-After header (RFC 9110, section 10.2.3): whole seconds, or a date. It
// also reads what other servers send: a fraction, a Go duration, other forms of a date, and a list
// of these, of which the longest counts. It rounds up to seconds; a time in the past is 0.
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
		f, ok := parseFloat(s)
		return seconds(math.Ceil(max(f, 0))), ok
	}
	if d, err := time.ParseDuration(s); err == nil {
		return seconds(math.Ceil(max(d.Seconds(), 0))), true
	}
	for _, layout := range [...]string{
		http.TimeFormat, time.RFC850, time.ANSIC,
		"Mon, 02 Jan 2006 15:04:05 UTC", time.RFC1123Z, time.RFC3339,
	} {
		if t, err := time.Parse(layout, s); err == nil {
			return max(t.Sub(now()), 0), true
		}
	}
	return 0, false
}

const maxDuration = time.Duration(1<<63 - 1)

// seconds returns a number of seconds, at most maxDuration.
func seconds(f float64) time.Duration {
	if f >= maxDuration.Seconds() {
		return maxDuration
	}
	return time.Duration(f * float64(time.Second))
}

// Bounds for hostile bodies.
const (
	maxKept = 64 << 10 // how much of a body an Unrecognized keeps
	maxID   = 1 << 10  // the length of an unknown code, a request's id or an instance
)

// Unrecognized is the error of a response that the catalog does not explain: its code is of a newer
// or an older server, or it has no code, because a proxy wrote it or it was cut off. If the catalog
// had the code once, [Error.Retired] says more, and [errors.Is] matches the code that replaced it.
type Unrecognized struct {
	core   Error
	body   []byte
	reason string
}

// unrecognized returns the error of a body, and says why it is not one of the catalog's.
func unrecognized(code string, data []byte, isJSON bool, failed error) *Unrecognized {
	if len(code) > maxID {
		code = ""
	}
	u := &Unrecognized{body: bytes.Clone(data[:min(len(data), maxKept)])}
	u.core.code, u.core.variant, u.core.cause = Code(code), -1, failed
	switch {
	case failed != nil:
		u.reason = "reading the body: " + failed.Error()
	case len(data) == 0:
		u.reason = "the body is empty"
	case !isJSON:
		u.reason = "the body is not JSON"
	case code == "":
		u.reason = "the body holds no error code"
	default:
		u.reason = "the code " + strconv.Quote(beginning(code)) + " is not in the catalog"
		if u.core.retired = tombstoneOf(code); u.core.retired != nil {
			u.reason = u.core.retired.reason()
		}
	}
	return u
}

// Error returns what is known of the response, with the beginning of its body.
func (u *Unrecognized) Error() string {
	if u == nil {
		return "<nil>"
	}
	s := u.brief().Error() + ": " + u.reason
	if u.core.code == "" && len(u.body) > 0 {
		s += ": " + strconv.Quote(beginning(string(u.body)))
	}
	return visible(s)
}

// brief returns the core with the beginning of its message, which may be as long as a body.
func (u *Unrecognized) brief() *Error {
	c := u.core
	c.message = beginning(c.message)
	return &c
}

// beginning returns the first 200 bytes of a text, with white space collapsed.
func beginning(text string) string {
	if len(text) > 200 {
		text = strings.ToValidUTF8(text[:200], "") + "…" // no part of a character
	}
	return strings.Join(strings.Fields(text), " ")
}

// Code returns the code that the body carried. It is empty if there was none.
func (u *Unrecognized) Code() Code { return u.details().Code() }

// Status returns the response's HTTP status.
func (u *Unrecognized) Status() int { return u.details().Status() }

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
func (u *Unrecognized) MarshalJSON() ([]byte, error) { return u.details().MarshalJSON() }

// LogValue returns the error as a group of attributes for [log/slog].
func (u *Unrecognized) LogValue() slog.Value {
	if u == nil {
		return slog.StringValue("<nil>")
	}
	reason, body := slog.String("reason", u.reason), slog.String("body", beginning(string(u.body)))
	return slog.GroupValue(append(u.brief().LogValue().Group(), reason, body)...)
}

func (u *Unrecognized) details() *Error {
	if u == nil {
		return nil
	}
	return &u.core
}
