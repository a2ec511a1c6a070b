package apierr

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A Code is an error code of the catalog, or one that a newer server sent. It is a sentinel for
// [errors.Is], and a handler may return it instead of an error whose message has no params.
type Code string

// Error returns the code, with unprintable characters escaped.
func (c Code) Error() string { return visible(string(c)) }

// Info returns what the catalog says about the code. It is never nil: for a code that is not in the
// catalog, only [Info.Code] is set.
func (c Code) Info() *Info {
	if i, ok := Lookup(string(c)); ok {
		return i
	}
	return &Info{code: c}
}

//errspec:if copies

// Is reports whether target is the same code of another copy of this package.
func (c Code) Is(target error) bool {
	return c != "" && ours(target) == error(c)
}

//errspec:end
//errspec:if variants

// A Variant is one of a code's messages, as in "NOT_FOUND/agent". Like a [Code], it is a sentinel
// for [errors.Is].
type Variant string

// Error returns the variant, with unprintable characters escaped.
func (v Variant) Error() string { return visible(string(v)) }

// Code returns the code that the variant belongs to.
func (v Variant) Code() Code {
	if i, n := v.find(); n >= 0 {
		return i.code
	}
	return ""
}

// Is reports whether target is the variant's code.
func (v Variant) Is(target error) bool {
	//errspec:if copies
	target = ours(target)
	//errspec:end
	c := v.Code()
	return v != "" && target == error(v) || c != "" && target == error(c)
}

// find returns the code of a variant, and which of its messages the variant is; -1: there is none.
func (v Variant) find() (*Info, int) {
	code := Code(v[:max(strings.LastIndexByte(string(v), '/'), 0)])
	i := code.Info()
	return i, slices.IndexFunc(i.messages, func(m MessageInfo) bool { return m.Variant == v })
}

//errspec:end

// Error holds what all errors of this package have in common. Each code has its own type with the
// same fields (see [Details]) and, if it has any, its params. That type unwraps to an *Error, so
// [errors.As] finds an *Error in each of them; [From] is the short way to it. Goroutines may share
// an error that none of them changes.
type Error struct {
	Code Code // what went wrong; empty if a response carried no code
	//errspec:if variants
	Variant Variant // which of its code's messages; empty: the only one, or a newer one
	//errspec:end
	Status     int           // the HTTP status of the response that the error makes, or came in
	Message    string        // the text for people; the title of the code if a response had none
	RequestID  string        // the id of the request that failed, if it is known
	RetryAfter time.Duration // the wait that the server asks for before a retry; 0: none
	//errspec:if instance
	Instance string // the URI of this occurrence, if it has one (RFC 9457, section 3.1.5)
	//errspec:end
	//errspec:if params
	HasParams bool // all Params are set: by a constructor, or from the response
	//errspec:end
	//errspec:if client
	Header http.Header // of the response that the error came in; nil if it was made here
	//errspec:end

	info  *Info // nil: the catalog does not have the code
	cause error
	//errspec:if sendheaders
	headers []HeaderInfo // made of params
	//errspec:end
	remote bool // it came in a response
	//errspec:if silent
	silent bool // it has no message: Message is the title
	//errspec:end
	//errspec:if server
	titleOnly bool // Message is the title: a bare code that needs params or has variants
	//errspec:end
	//errspec:if client
	bodyStatus int // what the body of a response said, if that is not Status
	//errspec:end
	//errspec:if bodyparams
	params []param // that the body carries
	//errspec:end
	//errspec:if each
	others []*Error // the errors that follow this one in the same body
	//errspec:end
	//errspec:if apart
	apart []param // those that have a member of their own in the body
	//errspec:end
	//errspec:if tombstones
	retired *Tombstone // the tombstone of the code; nil: it is not retired
	//errspec:end
	//errspec:if copies
	// the error of another copy of this package, which knows what is sent; nil: it is ours
	copy copied
	//errspec:end
}

// Details are the fields of [Error] in the error type of a code, as in err.Status. Params beside
// them record what the error was made of: changing them does not change what is sent.
type Details Error

// Error returns the code and the message on one line, with unprintable characters escaped. It omits
// the cause, which is for [Error.Unwrap] and for logs.
func (e *Error) Error() string {
	if e == nil {
		return "<nil>"
	}
	s := e.Message
	if e.Code != "" {
		s = string(e.Code) + ": " + s
	}
	if e.remote {
		s += " (HTTP " + strconv.Itoa(e.Status)
		//errspec:if client
		if e.bodyStatus != 0 {
			s += ", but the body says " + strconv.Itoa(e.bodyStatus)
		}
		//errspec:end
		s += ")"
	}
	return visible(s)
}

// Unwrap returns the cause, which is never sent.
func (e *Error) Unwrap() error {
	if e == nil {
		return nil
	}
	return e.cause
}

// Is reports whether target is the error's code or variant, or an error that [Error.Equal] accepts.
func (e *Error) Is(target error) bool {
	if e == nil {
		return false
	}
	//errspec:if copies
	target = ours(target)
	//errspec:end
	switch t := any(target).(type) {
	case Code:
		//errspec:if tombstones
		if e.retired != nil && e.retired.Use == t && t != "" {
			return true
		}
		//errspec:end
		return t != "" && e.Code == t
	//errspec:if variants
	case Variant:
		return t != "" && e.Variant == t
	//errspec:end
	default:
		return e.Equal(target)
	}
}

// Equal reports whether other is an error of this package with the same code, status, message and
// params. Causes, request ids and headers do not count. It is there for tests: go-cmp calls it.
func (e *Error) Equal(other error) bool {
	o := itself(other)
	if e == nil || o == nil {
		return e == nil && o == nil && isNil(other)
	}
	return e.Code == o.Code &&
		//errspec:if variants
		e.Variant == o.Variant &&
		//errspec:end
		//errspec:if bodyparams
		sameParams(e, o) &&
		//errspec:end
		//errspec:if message
		e.Message == o.Message &&
		//errspec:end
		e.Status == o.Status
}

// Remote reports whether the error was decoded from a response, not made here.
func (e *Error) Remote() bool { return e != nil && e.remote }

//errspec:if tombstones

// Retired returns the tombstone of a retired code that an older server still sends. ok is false for
// all other codes. For [errors.Is] and retries, such an error also has the code that replaced it.
func (e *Error) Retired() (t Tombstone, ok bool) {
	if e == nil || e.retired == nil {
		return Tombstone{}, false
	}
	return *e.retired, true
}

//errspec:end

// MarshalJSON returns the body of the error's response. json.Unmarshal does not read it back.
func (e *Error) MarshalJSON() ([]byte, error) {
	if e == nil {
		return []byte("null"), nil
	}
	return e.appendJSON(nil), nil
}

// LogValue returns the error as a group of attributes for [log/slog], with the cause.
func (e *Error) LogValue() slog.Value {
	if e == nil {
		return slog.StringValue("<nil>")
	}
	attrs := []slog.Attr{
		slog.String("code", string(e.Code)),
		slog.Int("status", e.Status),
		slog.String("message", e.Message),
	}
	add := func(has bool, attr slog.Attr) {
		if has {
			attrs = append(attrs, attr)
		}
	}
	//errspec:if variants
	add(e.Variant != "", slog.String("variant", string(e.Variant)))
	//errspec:end
	add(e.RequestID != "", slog.String("request_id", e.RequestID))
	add(e.RetryAfter > 0, slog.Duration("retry_after", e.RetryAfter))
	//errspec:if client
	add(e.bodyStatus != 0, slog.Int("body_status", e.bodyStatus))
	//errspec:end
	//errspec:if each
	if len(e.others) > 0 {
		also := make([]string, len(e.others))
		for i, other := range e.others {
			also[i] = other.Error()
		}
		attrs = append(attrs, slog.Any("also", also))
	}
	//errspec:end
	if e.cause != nil {
		attrs = append(attrs, slog.Attr{Key: "cause", Value: causeValue(e.cause)})
	}
	return slog.GroupValue(attrs...)
}

// causeValue returns a cause as a log shows it: a deep one as text, because groups in groups would
// repeat their keys.
func causeValue(cause error) slog.Value {
	e, ok := From(cause)
	v, isValuer := cause.(slog.LogValuer)
	text := fmt.Sprint(cause) // which survives an Error method that panics
	switch {
	case isDeep(cause):
	case isValuer:
		return slog.AnyValue(v)
	case ok:
		return withText(text, e)
	}
	return slog.StringValue(text)
}

// withText returns the attributes of an error, and the text of what wraps it.
func withText(text string, e *Error) slog.Value {
	attrs := []slog.Attr{slog.String("text", text)}
	return slog.GroupValue(append(attrs, e.LogValue().Group()...)...)
}

// Attr returns err as an attribute for [log/slog] under the key "error". If err wraps an error of
// this package, its code, status and cause are logged as well, which slog itself would not find.
func Attr(err error) slog.Attr {
	e, ok := From(err)
	if !ok {
		return slog.Any("error", err)
	}
	return slog.Attr{Key: "error", Value: withText(fmt.Sprint(err), e)}
}

// From returns the outermost error of this package in err's tree, as [errors.As] would, but does
// not look into causes. A bare [Code] of the catalog counts as an error. For it, and for a literal,
// From makes a new *Error: changing that does not change err.
func From(err error) (found *Error, ok bool) {
	e, _ := find(err)
	return e, e != nil
}

// ErrorCode returns the code of the error that [From] finds; "" if there is none. Unlike
// [errors.Is], it does not look into causes: an error does not have the code of its cause.
func ErrorCode(err error) Code {
	if e, ok := From(err); ok {
		return e.Code
	}
	return ""
}

//errspec:if server

// An Option sets a field of an error, or its cause. If two set the same field, the last one wins.
type Option func(*Error)

// WithCause records why the error happened, for [errors.Is], [errors.As] and logs. It is not sent.
func WithCause(err error) Option { return func(e *Error) { e.cause = err } }

//errspec:if statuses

// WithStatus sets Status, for a code that has several statuses. For a status that the code does not
// have, [Write] sends the code's first status and reports the mistake.
func WithStatus(status int) Option { return func(e *Error) { e.Status = status } }

//errspec:end

// WithRequestID sets RequestID.
func WithRequestID(id string) Option { return func(e *Error) { e.RequestID = id } }

//errspec:if instance

// WithInstance sets Instance.
func WithInstance(uri string) Option { return func(e *Error) { e.Instance = uri } }

//errspec:end

// WithRetryAfter sets RetryAfter, and so the Retry-After header. It does not change a message.
func WithRetryAfter(d time.Duration) Option { return func(e *Error) { e.RetryAfter = d } }

// fill makes err the error of infos[n], and returns it.
func fill(err typed, n int, message string, opts []Option) typed {
	e, info := (*Error)(detailsOf(err)), &infos[n]
	e.info, e.Code, e.Status, e.Message = info, info.code, info.statuses[0], message
	//errspec:if internal
	if info.internal {
		e.Status = fallback().Status // of what is sent for it
	}
	//errspec:end
	//errspec:if params
	e.HasParams = true
	//errspec:end
	//errspec:if bodyparams
	if len(info.params) > 0 {
		e.addParams(reflect.ValueOf(err).Elem().Field(1))
	}
	//errspec:end
	//errspec:if constantdelay
	if e.RetryAfter == 0 {
		e.RetryAfter = info.retryAfter
	}
	//errspec:end
	for _, set := range opts {
		if set != nil {
			set(e)
		}
	}
	return err
}

//errspec:if silent

// silent makes err an error without a message.
func silent(err typed) typed {
	detailsOf(err).silent = true
	return err
}

//errspec:end
//errspec:if sendheaders

// addHeader adds a header that is made of params.
func addHeader(d *Details, name, value string) {
	d.headers = append(d.headers, HeaderInfo{name, value})
}

//errspec:end

//errspec:end
//errspec:if server copies

// hasStatus reports whether the error may be sent with its Status: one of the code's, or any that
// another server sent.
func (e *Error) hasStatus() bool {
	return e.remote && isFailure(e.Status) || slices.Contains(e.info.statuses, e.Status)
}

// isFailure reports whether a status says that a request failed.
func isFailure(status int) bool { return status >= 400 && status <= 599 }

// clone returns a copy of the error, which may be shared, to change it.
func (e *Error) clone() *Error {
	c := *e
	return &c
}

//errspec:end

// setHeaders sets the headers of the error's response.
func (e *Error) setHeaders(h http.Header) {
	//errspec:if copies
	if e.copy != nil && !e.remote {
		maps.Copy(h, e.copy.ErrspecError(e.RequestID).Header)
		return
	}
	//errspec:end
	//errspec:if internal
	if e.info != nil && e.info.internal {
		e = e.disguised()
	}
	//errspec:end
	//errspec:if responseheaders
	setResponseHeaders(h, e)
	//errspec:end
	//errspec:if sendheaders
	if e.info != nil {
		for _, f := range e.info.headers {
			//errspec:if constantdelay
			if f.Name == "Retry-After" && e.info.retryAfter > 0 {
				continue // the field RetryAfter, which may have changed, is sent below
			}
			//errspec:end
			value, ok := plainText(f.Value)
			isSent := ok && !e.remote
			//errspec:if codeheaders
			header := http.Header{http.CanonicalHeaderKey(f.Name): {value}}
			isSent = isSent || ok && codeInHeader(header) != ""
			//errspec:end
			if isSent {
				h.Set(f.Name, value)
			}
		}
	}
	for _, f := range e.headers {
		h.Set(f.Name, f.Value)
	}
	//errspec:end
	if e.RetryAfter > 0 {
		h.Set("Retry-After", wholeSeconds(e.RetryAfter))
	}
}

// appendJSON appends the body of the error's response.
func (e *Error) appendJSON(b []byte) []byte {
	//errspec:if each
	if len(e.others) > 0 {
		return appendBody(b, e)
	}
	//errspec:end
	//errspec:if copies
	if e.copy != nil {
		return append(b, e.copy.ErrspecError(e.RequestID).Body...)
	}
	//errspec:end
	//errspec:if internal
	if e.info != nil && e.info.internal {
		e = e.disguised()
	}
	//errspec:end
	return appendBody(b, e)
}

//errspec:if internal

// disguised returns what is sent for an internal error: the fallback.
func (e *Error) disguised() *Error {
	f := fallback()
	f.Status, f.RequestID, f.cause, f.remote = e.Status, e.RequestID, e, e.remote
	//errspec:if instance
	f.Instance = e.Instance
	//errspec:end
	return f
}

//errspec:end
//errspec:if server internal

// fallback returns the error that is sent instead of errors that clients must not see.
func fallback() *Error {
	if fallbackInfo != nil {
		return fallbackInfo.bare(-1)
	}
	return &Error{Code: "INTERNAL", Status: 500, Message: "Internal server error"}
}

//errspec:end
//errspec:if title

// title returns the title that the body shows.
func (e *Error) title() string {
	phrase := http.StatusText(e.Status)
	//errspec:if problem
	if phrase != "" && e.info != nil && e.info.typeURI == "" {
		return phrase
	}
	//errspec:end
	if e.info == nil {
		return phrase
	}
	return e.info.title
}

//errspec:end
//errspec:if statustext

// statusText returns the phrase of the status; "" if it has none.
func (e *Error) statusText() string { return http.StatusText(e.Status) }

//errspec:end
//errspec:if about anonymous

// about returns what the catalog says about the code; an empty Info if it does not have the code.
func (e *Error) about() *Info {
	if e.info == nil {
		return new(Info)
	}
	return e.info
}

//errspec:end
//errspec:if about

func (i *Info) groupID() string {
	id, _ := i.Group()
	return id
}

//errspec:end
//errspec:if anonymous

// sendsCode reports whether the body has the code.
func (e *Error) sendsCode() bool { return e.about().anonymous == nil }

//errspec:end
//errspec:if variantid

// variantID returns the variant without its code.
func (e *Error) variantID() string {
	return strings.TrimPrefix(string(e.Variant), string(e.Code)+"/")
}

//errspec:end

// bare returns the error of a code that no constructor made, with its n-th message; -1: the only
// one. If the message needs params, or there are several, the title takes its place.
func (i *Info) bare(n int) *Error {
	if n < 0 && len(i.messages) == 1 {
		n = 0
	}
	e := &Error{info: i, Code: i.code, Status: i.statuses[0], Message: i.title}
	//errspec:if server
	e.titleOnly = true
	//errspec:end
	//errspec:if constantdelay
	e.RetryAfter = i.retryAfter
	//errspec:end
	//errspec:if internal
	if i.internal {
		e.Status = fallback().Status
	}
	//errspec:end
	if n < 0 {
		return e
	}
	//errspec:if variants
	e.Variant = i.messages[n].Variant
	//errspec:end
	//errspec:if params
	e.HasParams = len(i.forms) == 0 || len(i.forms[n].needs) == 0
	if !e.HasParams {
		return e
	}
	//errspec:end
	//errspec:if server
	e.titleOnly = false
	//errspec:end
	//errspec:if silent
	e.silent = i.messages[n].Text == ""
	if e.silent {
		return e
	}
	//errspec:end
	e.Message = i.messages[n].plain()
	return e
}

// detailsOf returns the first field of an error of a code's own type; nil: err is a nil pointer. It
// uses reflect because a method of Details would panic on such a pointer.
func detailsOf(err typed) *Details {
	v := reflect.ValueOf(err)
	if v.IsNil() {
		return nil
	}
	return v.Elem().Field(0).Addr().Interface().(*Details)
}

//errspec:if client

// fresh returns an empty error of the code's type.
func (i *Info) fresh() (*Details, error) {
	err := reflect.New(reflect.TypeOf(i.empty).Elem()).Interface().(typed)
	return detailsOf(err), err
}

//errspec:end

// unwrap returns the *Error in the typed error of infos[n]. A literal, which no constructor made,
// is like a bare code with the fields that are set.
func unwrap(err typed, n int) error {
	d := detailsOf(err)
	if d == nil {
		return nil
	}
	if d.info != nil {
		return (*Error)(d)
	}
	e := infos[n].bare(-1)
	//errspec:if variants
	e.Variant = d.Variant
	//errspec:end
	if d.Status != 0 {
		e.Status = d.Status
	}
	if d.Message != "" {
		e.Message = d.Message
		//errspec:if server
		e.titleOnly = false
		//errspec:end
		//errspec:if silent
		e.silent = false
		//errspec:end
	}
	e.RequestID, e.RetryAfter = d.RequestID, max(e.RetryAfter, d.RetryAfter)
	//errspec:if instance
	e.Instance = d.Instance
	//errspec:end
	return e
}

// A typed is an error of a code's own type, whose methods call the functions below.
type typed interface {
	error
	json.Marshaler
	slog.LogValuer
	Equal(other error) bool
	Unwrap() error
}

// A holder is an *Error, or somebody else's type that embeds one.
type holder interface{ self() *Error }

func (e *Error) self() *Error { return e }

// itself returns the *Error that err is, not one that it wraps; nil: it is none.
func itself(err error) (e *Error) {
	defer func() { _ = recover() }() // the Unwrap of other people's errors may panic
	switch x := any(err).(type) {
	case holder:
		return x.self()
	case typed:
		e, _ = any(x.Unwrap()).(*Error)
	}
	return e
}

// isNil reports whether err is nil, or a nil pointer to an error type of this package. Types that
// embed one of those have its methods, but a nil pointer to them panics.
func isNil(err error) bool {
	defer func() { _ = recover() }()
	x, own := any(err).(typed)
	v := reflect.ValueOf(err)
	return err == nil || own && v.Kind() == reflect.Pointer && v.IsNil() && x.Equal(nil)
}

func textOf(err typed) string             { return itself(err).Error() }
func bodyOf(err typed) ([]byte, error)    { return itself(err).MarshalJSON() }
func attrsOf(err typed) slog.Value        { return itself(err).LogValue() }
func isEqual(err typed, other error) bool { return itself(err).Equal(other) }
