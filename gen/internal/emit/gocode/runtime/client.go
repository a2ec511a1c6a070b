package apierr

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"math"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Decode returns the error that a response carries, or nil if its status is below 400. The error
// has the type of its code, or is an [*Unrecognized]. The response's body can be read again from
// its start, and must be closed as usual.
func Decode(resp *http.Response) error { return new(Decoder).Decode(resp) }

// Parse returns the error of a response with this status, header and body. It never returns nil,
// whatever the status.
func Parse(status int, h http.Header, body []byte) error {
	return new(Decoder).Parse(status, h, body)
}

// A Decoder reads errors from responses. Its zero value is ready to use. Do not change its fields
// while it is in use.
type Decoder struct {
	// MaxBody bounds how many bytes of a body are read; 0 means 1 MiB. A longer body is an
	// [*Unrecognized].
	MaxBody int64
	// RequestIDHeader names the header with the id of the request; empty means the catalog's, or
	// X-Request-Id.
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

// limit returns the longest body in bytes. It is below MaxInt64, because read asks for one byte
// more.
func (d *Decoder) limit() int64 { return min(cmp.Or(max(d.MaxBody, 0), 1<<20), math.MaxInt64-1) }

// read reads a body, at most one byte more than the limit. A longer body is an error.
func (d *Decoder) read(r io.Reader) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r, d.limit()+1))
	if int64(len(body)) > d.limit() {
		err = fmt.Errorf("the body is longer than %d bytes", d.limit())
	}
	return body, err
}

// unzip decompresses a body. net/http leaves a body compressed if the caller asks for gzip.
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

// parse returns the error of a response. failed is the error that ended the body early, if any.
func (d *Decoder) parse(status int, h http.Header, data []byte, failed error) error {
	data, err := d.unzip(h, data)
	failed = cmp.Or(failed, err)
	data = bytes.TrimPrefix(data, []byte("\ufeff")) // a byte order mark
	b, isJSON := readBody(data)
	if !isJSON {
		b = body{} // nothing that was found can be relied on
	}
	//errspec:if each
	switch {
	case isJSON && failed == nil && len(b.elements) == 1:
		b = b.withElement(b.elements[0])
	case isJSON && failed == nil && len(b.elements) > 1:
		return d.parseEach(status, h, data, &b)
	}
	return d.errorOf(status, h, data, b, isJSON, failed)
}

// errorOf returns the error of a body, or of an element of it.
func (d *Decoder) errorOf(
	status int, h http.Header, data []byte, b body, isJSON bool, failed error,
) (err error) {
	//errspec:end
	message, hasMessage := b.text(roleMessage)
	code, _ := b.text(roleCode)
	//errspec:if codenumber
	if code == "" {
		code, _ = b.text(roleCodeNumber)
	}
	//errspec:end
	//errspec:if codeheaders
	if inHeader := codeInHeader(h); code == "" && inHeader != "" {
		code = inHeader
		isJSON = isJSON || len(data) == 0
	}
	//errspec:end
	//errspec:if typebody bystatus
	if code == "" && isJSON && failed == nil {
		code = string(b.impliedCode(status, data))
	}
	//errspec:end
	info, known := Lookup(code)
	var details *Details
	if known && isJSON && failed == nil {
		//errspec:if choices
		b.settle(info)
		message, hasMessage = b.text(roleMessage)
		//errspec:end
		details, err = info.fresh()
		details.info, details.Code = info, info.code
		//errspec:if silent
		details.silent = !hasMessage
		//errspec:end
		//errspec:if headerparams
		details.Header = h
		//errspec:end
		//errspec:if readmessages
		(*Error)(details).readMessage(&b, message, hasMessage, err)
		//errspec:end
	} else {
		u := unrecognized(code, data, isJSON, failed)
		err, details = u, &u.Details
	}
	e := (*Error)(details)
	if !hasMessage {
		message = http.StatusText(status)
		if e.info != nil {
			message = e.info.title
		}
	}
	e.Status, e.Message, e.Header, e.remote = status, message, h.Clone(), true
	//errspec:if statusbody
	if b.status != 0 && (b.status != status || b.differ) {
		e.bodyStatus = b.status
	}
	//errspec:end
	d.addHeaders(e, &b)
	return err
}

//errspec:if typebody bystatus

// impliedCode returns the code that a body without one implies; "" if it implies none.
func (b *body) impliedCode(status int, data []byte) (code Code) {
	//errspec:if typebody
	if uri, ok := b.text(roleType); ok && uri != "about:blank" {
		return codeOfType(uri)
	}
	//errspec:end
	//errspec:if bystatus
	hasCode := func(r role) bool { return b.raw[r] != nil && string(b.raw[r]) != "null" }
	//errspec:if codenumber
	if hasCode(roleCodeNumber) {
		return ""
	}
	//errspec:end
	if !hasCode(roleCode) {
		code = b.anonymous(status, data)
	}
	//errspec:end
	return code
}

//errspec:end
//errspec:if typebody

// codeOfType returns the code with a type URI; "" if no code has it, or several do.
func codeOfType(uri string) (code Code) {
	for i := range All() {
		switch {
		case i.typeURI != uri || uri == "":
		case code != "":
			return ""
		default:
			code = i.code
		}
	}
	return code
}

//errspec:end
//errspec:if bystatus

// anonymous returns the code of a body that has none. The candidates are the errors without a code
// that have the status and whose pattern the body matches. The message decides between them, unless
// only one has the status, or the body alone tells them apart. It is "" if no candidate is left, or
// several are.
func (b *body) anonymous(status int, data []byte) (code Code) {
	var value, pattern any
	data = bytes.TrimPrefix(data, []byte("\ufeff")) // a byte order mark
	numbers := json.NewDecoder(bytes.NewReader(data))
	numbers.UseNumber()        // some are too large
	_ = numbers.Decode(&value) // it is valid
	var candidates []*Info
	for i := range ByStatus(status) {
		if i.anonymous != nil {
			candidates = append(candidates, i)
		}
	}
	for _, i := range candidates {
		has := i.anonymous
		//errspec:if each
		if b.isLater {
			has = i.element
		}
		//errspec:end
		if json.Unmarshal([]byte(*has), &pattern) != nil || !covers(pattern, value) {
			continue
		}
		read := *b
		//errspec:if choices
		read.settle(i)
		//errspec:end
		message, hasMessage := read.text(roleMessage)
		may := i.says(message, hasMessage)
		//errspec:if choices
		may = (may || read.hidesMessage) && !read.unlike
		//errspec:end
		//errspec:if bybody
		may = may || i.byBody
		//errspec:end
		switch {
		case !may && len(candidates) > 1:
		case code != "": // it is either
			return ""
		default:
			code = i.code
		}
	}
	return code
}

// says reports whether a text is certainly one of the code's messages.
func (i *Info) says(message string, hasMessage bool) bool {
	for k := range i.messages {
		m := &i.messages[k]
		//errspec:if silent
		if m.Text == "" { // it is sent without a message
			if !hasMessage {
				return true
			}
			continue
		}
		//errspec:end
		//errspec:if params
		if i.forms != nil && hasMessage {
			_, err := i.fresh()
			fields, set := reflect.ValueOf(err).Elem().Field(1), make([]bool, len(i.params))
			if i.read(&i.forms[k], message, fields, set, setText) >= uncertain {
				return true
			}
			continue
		}
		//errspec:end
		if hasMessage && m.plain() == message {
			return true
		}
	}
	return false
}

// covers reports whether a JSON value has all that a pattern has; see patterns.
func covers(pattern, value any) bool {
	if n, ok := value.(json.Number); ok {
		value, _ = n.Float64() // infinite if it is too large
	}
	switch p := pattern.(type) {
	case map[string]any:
		if sample, ok := p["$"]; ok {
			return sample == nil || reflect.TypeOf(value) == reflect.TypeOf(sample)
		}
		members, ok := value.(map[string]any)
		for name, inner := range p {
			member, has := members[strings.TrimPrefix(name, "$")]
			ok = ok && has && covers(inner, member)
		}
		return ok
	case []any:
		items, ok := value.([]any)
		if !ok || len(items) < len(p) {
			return false
		}
		for i := range p {
			ok = ok && covers(p[i], items[i])
		}
		return ok
	default:
		return pattern == value
	}
}

//errspec:end
//errspec:if codeheaders

// A codeHeader is a header that is made of a code and constants.
type codeHeader struct {
	name, before, after string
	open                bool // other text follows
}

// codeInHeader returns the code in the headers of a response; "" if there is none.
func codeInHeader(h http.Header) string {
	for _, c := range codeHeaders {
		for _, value := range h.Values(c.name) {
			rest, begins := strings.CutPrefix(value, c.before)
			code, ends := strings.CutSuffix(rest, c.after)
			if c.open {
				code, _, ends = strings.Cut(rest+" ", c.after) // white space at the end is not sent
			}
			if begins && ends {
				return code
			}
		}
	}
	return ""
}

//errspec:end
//errspec:if readmessages

// readMessage sets the variant and the params, from the members of the body or else from its
// message.
func (e *Error) readMessage(b *body, message string, hasMessage bool, err error) {
	n := slices.IndexFunc(e.info.messages, func(m MessageInfo) bool {
		return hasMessage && m.plain() == message
	})
	//errspec:if silentbody
	if !hasMessage {
		n = slices.IndexFunc(e.info.messages, func(m MessageInfo) bool { return m.Text == "" })
	}
	//errspec:if choices
	if b.hidesMessage {
		n = -1
	}
	//errspec:end
	//errspec:end
	//errspec:if params
	var fields reflect.Value
	var set []bool // by param
	//errspec:if bodyparams
	var values []rawParam
	fit := true
	//errspec:end
	if len(e.info.params) > 0 { // err has a field Params, behind its Details
		fields, set = reflect.ValueOf(err).Elem().Field(1), make([]bool, len(e.info.params))
		//errspec:if bodyparams
		values = b.params()
		fit = e.info.readParams(values, fields, set)
		if fit && len(e.info.messages) == 1 && e.info.isWhole(0, set) {
			hasMessage = false // it says nothing more
		}
		//errspec:end
		if hasMessage {
			n = e.info.readMessage(message, fields, set)
		}
	}
	//errspec:end
	if len(e.info.messages) == 1 {
		n = 0
	}
	//errspec:if variantbody
	if id, ok := b.text(roleVariant); ok {
		said := slices.IndexFunc(e.info.messages, func(m MessageInfo) bool {
			return id != "" && string(m.Variant) == string(e.Code)+"/"+id
		})
		//errspec:if params
		if said != n && set != nil { // the message was read as another variant's, or as several
			fields.SetZero()
			clear(set)
			if said >= 0 && hasMessage &&
				e.info.read(&e.info.forms[said], message, fields, set, setText) != certain {
				fields.SetZero()
				clear(set)
			}
			//errspec:if bodyparams
			fit = e.info.readParams(values, fields, set)
			//errspec:end
		}
		//errspec:end
		n = said
	}
	//errspec:end
	//errspec:if variants
	if n >= 0 {
		e.Variant = e.info.messages[n].Variant
	}
	//errspec:end
	//errspec:if params
	//errspec:if bodyparams headerparams
	if set != nil {
		//errspec:if bodyparams
		if hasMessage {
			fit = e.info.readParams(values, fields, set)
		}
		//errspec:end
		//errspec:if headerparams
		e.info.readHeaders(e.Header, fields, set)
		//errspec:end
		//errspec:if bodyparams
		e.params = bodyParams(fields, e.info.params, set)
		//errspec:if apart
		e.separate()
		//errspec:end
		//errspec:end
	}
	//errspec:end
	e.HasParams = e.info.isWhole(n, set)
	//errspec:if bodyparams
	e.HasParams = e.HasParams && fit
	//errspec:end
	//errspec:end
}

//errspec:end

// addHeaders sets the id of the request and the delay, from the headers or the body.
func (d *Decoder) addHeaders(e *Error, b *body) {
	id := e.Header.Get(cmp.Or(d.RequestIDHeader, requestIDHeader))
	//errspec:if requestbody
	if said, ok := b.text(roleRequestID); ok {
		id = said
	}
	//errspec:end
	if len(id) <= maxID {
		e.RequestID = id
	}
	//errspec:if instance
	if uri, _ := b.text(roleInstance); len(uri) <= maxID {
		e.Instance = uri
	}
	//errspec:end
	//errspec:if retrybody
	delay := string(b.raw[roleRetryAfter])
	if text, ok := b.text(roleRetryAfter); ok { // "30", or what a text such as "30s" has of it
		delay = text
	}
	said, _ := strconv.ParseFloat(delay, 64) // 0: the body says nothing
	e.RetryAfter = seconds(max(said, 0))
	//errspec:end
	header := strings.Join(e.Header.Values("Retry-After"), ",")
	if wait, ok := retryAfter(header, clock(d.Now)); ok {
		e.RetryAfter = wait
	}
}

// clock returns the clock that a user has set, or else the system's.
func clock(now func() time.Time) func() time.Time {
	if now == nil {
		return time.Now
	}
	return now
}

// retryAfter reads a Retry-After header (RFC 9110, section 10.2.3). It also accepts what other
// servers send: fractions, Go durations, other forms of a date, and lists, whose longest wait
// counts.
func retryAfter(s string, now func() time.Time) (longest time.Duration, ok bool) {
	if s == "" {
		return 0, false
	}
	parts := strings.Split(s[:min(len(s), maxID)], ",")
	for i, part := range parts {
		part = strings.TrimSpace(part)
		wait, is := waitOf(part, now)
		if !is && i+1 < len(parts) { // most dates have a comma: Fri, 12 Jun 2026 15:04:05 GMT
			wait, is = waitOf(part+", "+strings.TrimSpace(parts[i+1]), now)
		}
		longest, ok = max(longest, wait), ok || is
	}
	return longest, ok
}

// waitOf reads one value of a Retry-After header. It rounds numbers up to whole seconds; a date in
// the past is 0.
func waitOf(s string, now func() time.Time) (time.Duration, bool) {
	d, err := time.ParseDuration(s)
	number, ok := d.Seconds(), err == nil
	// A number consists of these alone: ParseFloat also reads inf, and hexadecimal digits.
	if strings.Trim(s, "+-.0123456789eE") == "" {
		number, err = strconv.ParseFloat(s, 64)
		ok = err == nil || math.IsInf(number, 0) // it is too large
	}
	if ok {
		return seconds(math.Ceil(max(number, 0))), true
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
	maxID   = 1 << 10  // the length of an unknown code, a request's id, an instance or a Retry-After
)

// Unrecognized is the error of a response that the catalog does not explain. Its code comes from a
// newer or an older server, or it has no code because a proxy wrote it or it was cut off.
type Unrecognized struct {
	Details
	// Body is the beginning of the response's body, up to 64 KiB.
	Body []byte
	// Reason says why the response was not recognized.
	Reason string
}

// unrecognized returns the error of a body that is not one of the catalog's, with the reason.
func unrecognized(code string, data []byte, isJSON bool, failed error) *Unrecognized {
	if len(code) > maxID {
		code = ""
	}
	u := &Unrecognized{Body: bytes.Clone(data[:min(len(data), maxKept)])}
	u.Code, u.cause = Code(code), failed
	switch {
	case failed != nil:
		u.Reason = "reading the body: " + failed.Error()
	case len(data) == 0 && code == "":
		u.Reason = "the body is empty"
	case !isJSON:
		u.Reason = "the body is not JSON"
	case code == "":
		u.Reason = "the body holds no error code"
		//errspec:if bystatus
		u.Reason += ", and is none of the bodies without one that the catalog has for its status"
		//errspec:end
	default:
		u.Reason = "the code " + strconv.Quote(beginning(code)) + " is not in the catalog"
		//errspec:if tombstones
		if u.retired = tombstoneOf(u.Code); u.retired != nil {
			u.Reason = u.retired.reason()
		}
		//errspec:end
	}
	return u
}

// Error returns what is known of the response, with the beginning of its body.
func (u *Unrecognized) Error() string {
	if u == nil {
		return "<nil>"
	}
	e := Error(u.Details)
	e.Message = beginning(e.Message) // which may be as long as a body
	s := e.Error() + ": " + u.Reason
	if u.Code == "" && len(u.Body) > 0 {
		s += ": " + strconv.Quote(beginning(string(u.Body)))
	}
	return visible(s)
}

// beginning returns the first 200 bytes of a text, with white space collapsed.
func beginning(text string) string {
	if len(text) > 200 {
		text = strings.ToValidUTF8(text[:200], "") + "…" // no part of a character
	}
	return strings.Join(strings.Fields(text), " ")
}

// Unwrap returns the [*Error] with what is known of the response.
func (u *Unrecognized) Unwrap() error {
	if u == nil {
		return nil
	}
	return (*Error)(&u.Details)
}

// Equal is [Error.Equal]: Body and Reason do not count.
func (u *Unrecognized) Equal(other error) bool { return isEqual(u, other) }

// MarshalJSON returns an error body with the code and the message that are known.
func (u *Unrecognized) MarshalJSON() ([]byte, error) { return bodyOf(u) }

// LogValue is [Error.LogValue], with the reason and the beginning of the body.
func (u *Unrecognized) LogValue() slog.Value {
	if u == nil {
		return slog.StringValue("<nil>")
	}
	e := Error(u.Details)
	e.Message = beginning(e.Message)
	reason, body := slog.String("reason", u.Reason), slog.String("body", beginning(string(u.Body)))
	return slog.GroupValue(append(e.LogValue().Group(), reason, body)...)
}
