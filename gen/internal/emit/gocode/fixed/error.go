package fixed

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// A Code is an error code of the catalog, or one that a newer server sent. It is a sentinel: errors.Is(err, code) reports
// whether err is, or wraps, an error of this code. A handler may return a bare code whose message needs no param.
type Code string

// Error returns the code, so that a Code can be the target of [errors.Is].
func (c Code) Error() string { return string(c) }

// Info returns what the catalog says about the code. It is false for a code that the catalog does not have.
func (c Code) Info() (*Info, bool) { return Lookup(string(c)) }

// A Variant is one of a code's messages, as in "NOT_FOUND/agent". It is a sentinel, as a [Code] is.
type Variant string

// Error returns the variant, so that a Variant can be the target of [errors.Is].
func (v Variant) Error() string { return string(v) }

// Error is what every error of this package has in common. Each code has a type of its own, which carries its params; that
// type unwraps to its *Error, so errors.As finds an *Error, and [From] is the short way to it:
//
//	if e, ok := From(err); ok {
//		log.Print(e.Code(), e.Status(), e.RequestID())
//	}
//
// An Error does not change after it was made and may be shared between goroutines. Its methods may be called on nil.
type Error struct {
	info       *Info // nil: a code that the catalog does not have
	code       Code  // if info is nil; may be empty
	variant    int   // in info.messages; -1: not known
	status     int
	message    string
	cause      error
	headers    []field     // of our own making: what a response gets
	received   http.Header // of a response
	requestID  string
	instance   string
	args       []arg // if the body carries params
	retryAfter time.Duration
	set        flags
	bodyStatus int        // what the body of a response said
	retired    *Tombstone // of a code that the catalog has no more; else nil
}

type flags uint8

const (
	hasRetryAfter flags = 1 << iota
	isRemote            // decoded from a response
	hasArgs             // the params are known
	disagrees           // the response's status and its body's differ
)

// A field is one header.
type field struct{ name, value string }

func (e *Error) has(f flags) bool { return e != nil && e.set&f != 0 }

// Error returns the code and the message. It never holds the cause, which is for [Error.Unwrap] and for logs.
func (e *Error) Error() string {
	if e == nil {
		return "<nil>"
	}
	s := e.message
	if c := e.Code(); c != "" {
		s = string(c) + ": " + s
	}
	if e.has(isRemote) {
		s += " (HTTP " + strconv.Itoa(e.status)
		if e.has(disagrees) {
			s += ", but the body says " + strconv.Itoa(e.bodyStatus)
		}
		s += ")"
	}
	return s
}

// Code returns the error's code. It is empty if a response carried none.
func (e *Error) Code() Code {
	switch {
	case e == nil:
		return ""
	case e.info == nil:
		return e.code
	default:
		return e.info.code
	}
}

// Variant returns which of its code's messages this is. It is empty if the code has no variants, and for an error from a
// response whose message is none of those that the catalog has.
func (e *Error) Variant() Variant {
	if e == nil || e.info == nil || e.variant < 0 {
		return ""
	}
	return e.info.messages[e.variant].variant
}

// Message returns the message as it stands in the response. Of a response without one it is the code's title, or the status in words if
// the code is not known.
func (e *Error) Message() string {
	if e == nil {
		return ""
	}
	return e.message
}

// Status returns the HTTP status: of the response that the error makes, or of the one it was decoded from.
func (e *Error) Status() int {
	if e == nil {
		return 0
	}
	return e.status
}

// BodyStatus returns the status that the body of a response stated, and whether it differs from [Error.Status]. Such a
// response was changed on its way; it is not retried.
func (e *Error) BodyStatus() (status int, differs bool) {
	if e == nil {
		return 0, false
	}
	if !e.has(disagrees) {
		return e.status, false
	}
	return e.bodyStatus, true
}

// RequestID returns the id of the request that failed, if it is known.
func (e *Error) RequestID() string {
	if e == nil {
		return ""
	}
	return e.requestID
}

// Instance returns the URI of this occurrence of the error, if it has one.
func (e *Error) Instance() string {
	if e == nil {
		return ""
	}
	return e.instance
}

// RetryAfter returns how long the server asks to wait. It is false if the server does not say.
func (e *Error) RetryAfter() (time.Duration, bool) {
	if !e.has(hasRetryAfter) {
		return 0, false
	}
	return e.retryAfter, true
}

// Header returns the headers that go with the error, or those of the response it was decoded from. The caller owns the result.
func (e *Error) Header() http.Header {
	if e == nil {
		return nil
	}
	h := http.Header{}
	if e.has(isRemote) {
		maps.Copy(h, e.received.Clone())
	} else {
		e.setHeaders(h)
	}
	return h
}

func (e *Error) setHeaders(h http.Header) {
	for _, f := range e.headers {
		h.Set(f.name, f.value)
	}
	if e.has(hasRetryAfter) {
		h.Set("Retry-After", strconv.FormatInt(wholeSeconds(e.retryAfter), 10))
	}
}

// Info returns what the catalog says about the error's code. It is nil for an [Unrecognized].
func (e *Error) Info() *Info {
	if e == nil {
		return nil
	}
	return e.info
}

// Remote reports whether the error was decoded from a response, not made here.
func (e *Error) Remote() bool { return e.has(isRemote) }

// HasParams reports whether the params in the error's own type are set. They always are in an error made here; in one from a
// response they are if its message could be read back without doubt.
func (e *Error) HasParams() bool { return e.has(hasArgs) }

// Retired returns what the catalog says of a code that it had once, for an error that an older server sent. It is false for all others.
func (e *Error) Retired() (Tombstone, bool) {
	if e == nil || e.retired == nil {
		return Tombstone{}, false
	}
	return *e.retired, true
}

// Unwrap returns the cause, which never leaves the process.
func (e *Error) Unwrap() error {
	if e == nil {
		return nil
	}
	return e.cause
}

// Is reports whether target is the error's [Code] or its [Variant]. An error whose code is retired is also one of the code that
// replaced it.
func (e *Error) Is(target error) bool {
	switch t := target.(type) {
	case Code:
		return e.hasCode(t)
	case Variant:
		return t != "" && e.Variant() == t
	default:
		return false
	}
}

func (e *Error) hasCode(c Code) bool { return c != "" && (e.Code() == c || e.replacement() == c) }

// replacement returns the code that replaced a retired one; "" for all others.
func (e *Error) replacement() Code {
	if e == nil || e.retired == nil {
		return ""
	}
	return e.retired.Use
}

// LogValue returns the error as a group of attributes for [log/slog], with the cause.
func (e *Error) LogValue() slog.Value {
	if e == nil {
		return slog.StringValue("<nil>")
	}
	attrs := make([]slog.Attr, 0, 8)
	attrs = append(attrs, slog.String("code", string(e.Code())), slog.Int("status", e.status), slog.String("message", e.message))
	if v := e.Variant(); v != "" {
		attrs = append(attrs, slog.String("variant", string(v)))
	}
	if e.requestID != "" {
		attrs = append(attrs, slog.String("request_id", e.requestID))
	}
	if d, ok := e.RetryAfter(); ok {
		attrs = append(attrs, slog.Duration("retry_after", d))
	}
	if e.has(disagrees) {
		attrs = append(attrs, slog.Int("body_status", e.bodyStatus))
	}
	if e.cause != nil {
		attrs = append(attrs, slog.String("cause", e.cause.Error()))
	}
	return slog.GroupValue(attrs...)
}

// Attr returns err as an attribute for [log/slog], under the key "error": its text, and, if there is an error of this package in its
// tree, that one's attributes. slog itself would print a wrapped error as text alone.
func Attr(err error) slog.Attr {
	e, ok := From(err)
	if !ok {
		return slog.Any("error", err)
	}
	attrs := append([]slog.Attr{slog.String("text", err.Error())}, e.LogValue().Group()...)
	return slog.Attr{Key: "error", Value: slog.GroupValue(attrs...)}
}

// From returns the outermost error of this package in err's tree, which it searches as [errors.As] does. Unlike errors.As it
// never looks behind an error of this package, into its cause. A bare [Code] whose message needs no param counts as an error.
func From(err error) (*Error, bool) {
	e, _ := find(err)
	return e, e != nil
}

// Is reports whether the outermost error of this package in err's tree has one of the codes. Unlike [errors.Is] it does not
// look into causes: an INTERNAL error that was caused by a NOT_FOUND is not a NOT_FOUND.
func Is(err error, codes ...Code) bool {
	if e, ok := From(err); ok {
		return slices.ContainsFunc(codes, e.hasCode)
	}
	var c Code // a bare one that needs params
	return errors.As(err, &c) && slices.Contains(codes, c)
}

// find returns the first *Error in err's tree in pre-order, and whether [Relay] stands before it.
func find(err error) (found *Error, relay bool) {
	for err != nil {
		switch x := any(err).(type) { // itself, not what it wraps: that comes in its turn
		case *Error:
			return x, relay
		case Code:
			if i, ok := x.Info(); ok && i.isBare() {
				return i.bare(), relay
			}
			return nil, false
		case relayed:
			relay, err = true, x.error
		case interface{ Unwrap() error }:
			err = x.Unwrap()
		case interface{ Unwrap() []error }:
			for _, branch := range x.Unwrap() {
				if e, r := find(branch); e != nil {
					return e, relay || r
				}
			}
			return nil, false
		default:
			return nil, false
		}
	}
	return nil, false
}

// An Option says more about an error than its params do.
type Option struct {
	kind  optionKind
	err   error
	n     int64
	name  string
	value string
	arg   arg
}

type optionKind uint8

const (
	optCause optionKind = iota
	optStatus
	optRetryAfter
	optHeader
	optRequestID
	optInstance
	optParam
)

// WithCause records why the error happened, for [errors.Is], [errors.As] and logs. The cause is never sent.
func WithCause(err error) Option { return Option{kind: optCause, err: err} }

// WithStatus chooses among the statuses of a code that has several. Any other status is ignored: the default one is sent.
func WithStatus(status int) Option { return Option{kind: optStatus, n: int64(status)} }

// WithRetryAfter sends a Retry-After header. For a code whose message states the delay it sets that param, so that the two agree.
func WithRetryAfter(d time.Duration) Option { return Option{kind: optRetryAfter, n: int64(max(d, 0))} }

// WithHeader sends a header with the error. Set-Cookie is not an error's to set, nor is what describes the body, as Content-Type
// does: they are ignored.
func WithHeader(name, value string) Option {
	return Option{kind: optHeader, name: http.CanonicalHeaderKey(name), value: value}
}

// WithRequestID says which request failed.
func WithRequestID(id string) Option { return Option{kind: optRequestID, value: id} }

// WithInstance gives the URI of this occurrence of the error, for envelopes that carry one (RFC 9457, section 3.1.5).
func WithInstance(uri string) Option { return Option{kind: optInstance, value: uri} }

// init makes e the error of code number code. args are the params in catalog order; a constructor that takes none of them passes
// nothing. As with textOf, each constructor that it were inlined into would cost the compiler more.
//
//go:noinline
func (e *Error) init(code, variant int, opts []Option, args ...arg) {
	e.fill(&infos[code], variant, opts, args)
}

func (e *Error) fill(info *Info, variant int, opts []Option, args []arg) {
	e.info, e.variant, e.status, e.set = info, variant, info.statuses[0], hasArgs
	for i := range opts {
		e.apply(&opts[i], args)
	}
	if info.retryAfterHeader > 0 {
		e.agreeOnRetryAfter(args)
	}
	e.message = info.text(variant, args)
	if bodyHasParams {
		e.args = slices.Clone(args)
	}
	for i := range info.headers {
		if h := &info.headers[i]; i+1 != int(info.retryAfterHeader) && isComplete(h.value, args) {
			e.headers = append(e.headers, field{h.name, string(appendHeader(nil, h.value, info.params, args))})
		}
	}
}

// withParam sets an optional param of a code, both by their numbers.
func withParam(code, param int, a arg) Option {
	return Option{kind: optParam, n: int64(code)<<16 | int64(param), arg: a}
}

// agreeOnRetryAfter makes one of the catalog's Retry-After header, the param in it, and the option that sets it. The option wins. A param
// that no header can say becomes the nearest that one can: at least 0, and in seconds no more than a Duration.
func (e *Error) agreeOnRetryAfter(args []arg) {
	p, chosen := int(e.info.retryAfterParam)-1, e.has(hasRetryAfter)
	if p >= 0 {
		switch a := &args[p]; e.info.params[p].kind {
		case kindDuration:
			if chosen {
				*a = durationArg(e.retryAfter)
			}
			if a.n = max(a.n, 0); a.set {
				e.retryAfter, e.set = a.duration(), e.set|hasRetryAfter
			}
			return
		case kindInt:
			if chosen {
				*a = intArg(wholeSeconds(e.retryAfter))
			}
			a.n = min(max(a.n, 0), wholeSeconds(maxDuration))
		}
	}
	value := e.info.headers[e.info.retryAfterHeader-1].value
	if chosen || !isComplete(value, args) {
		return
	}
	header := appendHeader(nil, value, e.info.params, args)
	if wait, ok := retryAfter(string(header), time.Now); ok {
		e.retryAfter, e.set = wait, e.set|hasRetryAfter
	}
}

func (e *Error) apply(o *Option, args []arg) {
	switch o.kind {
	case optCause:
		e.cause = o.err
	case optStatus:
		if slices.Contains(e.info.statuses, int(o.n)) {
			e.status = int(o.n)
		}
	case optRetryAfter:
		e.retryAfter, e.set = time.Duration(o.n), e.set|hasRetryAfter
	case optHeader:
		switch o.name {
		case "", "Content-Type", "Content-Length", "Content-Encoding", "Transfer-Encoding", "Trailer", "Set-Cookie", "Retry-After":
		default:
			e.headers = append(e.headers, field{o.name, headerSafe(o.value)})
		}
	case optRequestID:
		e.requestID = o.value
	case optInstance:
		e.instance = o.value
	case optParam: // an option of another code does not count
		if e.info == &infos[o.n>>16] {
			args[o.n&0xffff] = o.arg
		}
	}
}

// bare returns the error of a code that isBare, as for a handler that returned the [Code] itself.
func (i *Info) bare() *Error {
	e := new(Error)
	e.fill(i, 0, nil, nil)
	return e
}

// or returns e, or, for an error that was made as a literal and not by its constructor, one with the code's defaults. params
// points to the literal's params, or is nil. The literal itself is not changed: it may be shared.
func (e *Error) or(code int, params any) *Error {
	if e.info != nil {
		return e
	}
	info, made := &infos[code], new(Error)
	args := make([]arg, len(info.params))
	if params != nil {
		argsOf(params, info.params, args)
	}
	made.fill(info, 0, nil, args)
	if len(info.messages) > 1 {
		made.variant, made.message = -1, info.title // which of its messages can not be known
	}
	return made
}

// textOf, bodyOf, attrsOf and isOf are the methods of the codes' types, which all of them share: err is what a type's Unwrap returned, an
// *Error or nil. They are not inlined there, for inlining is most of what a type would cost the compiler.
//
//go:noinline
func textOf(err error) string {
	e, _ := From(err)
	return e.Error()
}

//go:noinline
func bodyOf(err error) ([]byte, error) {
	e, _ := From(err)
	return e.MarshalJSON()
}

//go:noinline
func attrsOf(err error) slog.Value {
	e, _ := From(err)
	return e.LogValue()
}

//go:noinline
func isOf(err, target error) bool {
	e, _ := any(err).(*Error) // itself: this is what errors.Is calls while it unwraps
	return e.Is(target)
}

// isBare reports whether the code alone makes an error: one message, and no params.
func (i *Info) isBare() bool { return len(i.params) == 0 && len(i.messages) == 1 }

// clientGone reports whether nobody is there to read a response.
func clientGone(ctx context.Context) bool { return errors.Is(ctx.Err(), context.Canceled) }
