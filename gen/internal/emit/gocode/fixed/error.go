package fixed

import (
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// A Code is an error code of the catalog, or one that a newer server sent. It is a sentinel: errors.Is(err, code) reports
// whether err is, or wraps, an error of this code. A handler may return a bare code whose message needs no params; for others call
// the constructor, for of a bare one only the title is sent.
type Code string

// Error returns the code, so that a Code can be the target of [errors.Is]. As in [Error.Error], what does not print is escaped.
func (c Code) Error() string { return visible(string(c)) }

// Info returns what the catalog says about the code. It is false for a code that the catalog does not have.
func (c Code) Info() (*Info, bool) { return Lookup(string(c)) }

// Is reports whether target is the same code of another copy of this package, for [errors.Is].
func (c Code) Is(target error) bool {
	t, ok := target.(copiedCode)
	if !ok {
		return false
	}
	name, code, _ := t.ErrspecCode()
	return name != "" && name == service && code == string(c) && c != ""
}

// A Variant is one of a code's messages, as in "NOT_FOUND/agent". It is a sentinel, as a [Code] is, and answered as one if a handler returns it.
type Variant string

// Error returns the variant, so that a Variant can be the target of [errors.Is]. As in [Error.Error], what does not print is escaped.
func (v Variant) Error() string { return visible(string(v)) }

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
	copy       copied     // another copy's error, which knows what is sent; nil: it is of this package
}

type flags uint8

const (
	hasRetryAfter flags = 1 << iota
	isRemote            // decoded from a response
	hasArgs             // the params are known
	disagrees           // the response's status and its body's differ
	isUntold            // a bare code: which message, and with which params, is not said
)

// A field is one header.
type field struct{ name, value string }

func (e *Error) has(f flags) bool { return e != nil && e.set&f != 0 }

// Error returns the code and the message on one line, with control characters and other invisible ones escaped: whoever sent them can not
// forge lines of a log with them, nor drive a terminal. It never holds the cause, which is for [Error.Unwrap] and for logs.
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
	return visible(s)
}

// visible returns s with what does not print escaped as in a Go string: line breaks, escape sequences, characters of no width.
func visible(s string) string {
	hidden := func(r rune) bool { return r == utf8.RuneError || !strconv.IsPrint(r) }
	if strings.IndexFunc(s, hidden) < 0 {
		return s
	}
	b := make([]byte, 0, len(s)+16)
	for i, r := range s {
		if !hidden(r) {
			b = utf8.AppendRune(b, r)
			continue
		}
		_, size := utf8.DecodeRuneInString(s[i:])
		q := strconv.Quote(s[i : i+size])
		b = append(b, q[1:len(q)-1]...)
	}
	return string(b)
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
	return e.sent().status
}

// BodyStatus returns the status that the body of a response stated, and whether it differs from [Error.Status]. Such a
// response was changed on its way; it is not retried.
func (e *Error) BodyStatus() (status int, differs bool) {
	if e == nil {
		return 0, false
	}
	if !e.has(disagrees) {
		return e.Status(), false
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
		e.sent().setHeaders(h)
	}
	return h
}

func (e *Error) setHeaders(h http.Header) {
	if e.copy != nil && !e.Remote() {
		maps.Copy(h, e.received)
		return
	}
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

// HasParams reports whether all params in the error's own type are set. They are in an error made here by its constructor. In one from a
// response those are set that its body or its message tells without doubt.
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
	case copiedCode:
		name, code, variant := t.ErrspecCode()
		if name == "" || name != service {
			return false
		}
		return e.hasCode(Code(code)) || variant != "" && e.Variant() == Variant(variant)
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
	attrs = append(attrs, slog.String("code", string(e.Code())), slog.Int("status", e.Status()), slog.String("message", e.message))
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
	switch cause := any(e.cause).(type) {
	case nil:
	case panicked:
		attrs = append(attrs, slog.String("cause", cause.text()))
	case slog.LogValuer:
		value := slog.AnyValue(cause)
		if isDeep(e.cause) { // a handler that writes each group's keys before each attribute would write the square of the depth
			value = slog.StringValue(fmt.Sprint(cause))
		}
		attrs = append(attrs, slog.Attr{Key: "cause", Value: value})
	default:
		attrs = append(attrs, slog.String("cause", fmt.Sprint(cause))) // which survives an Error that panics
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
	attrs := append([]slog.Attr{slog.String("text", fmt.Sprint(err))}, e.LogValue().Group()...)
	return slog.Attr{Key: "error", Value: slog.GroupValue(attrs...)}
}

// From returns the outermost error of this package in err's tree, which it searches as [errors.As] does. Unlike errors.As it
// never looks behind an error of this package, into its cause. A bare [Code] of the catalog counts as an error.
func From(err error) (*Error, bool) {
	e, _ := find(err)
	return e, e != nil
}

// Is reports whether the outermost error of this package in err's tree has one of the codes. Unlike [errors.Is] it does not
// look into causes: an INTERNAL error that was caused by a NOT_FOUND is not a NOT_FOUND.
func Is(err error, codes ...Code) bool {
	e, ok := From(err)
	return ok && slices.ContainsFunc(codes, e.hasCode)
}

// An Option says more about an error than its params do.
type Option struct {
	kind  optionKind
	err   error
	n     int64
	name  string
	value string
	arg   arg
	set   func(params any)
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
	optSecret // applied where the params are: see setSecrets
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
	if e.message = info.title; variant >= 0 {
		e.message = info.text(variant, args)
	}
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
		case kindTime:
			if chosen {
				*a = timeArg(time.Now().Add(e.retryAfter + time.Second - 1).Truncate(time.Second))
			}
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

// bare returns the error of a code alone, as for a handler that returned the [Code] itself, or the [Variant] of a number; -1: none. If its
// message needs params, or it has several, the title stands in its place.
func (i *Info) bare(variant int) *Error {
	e, args := new(Error), make([]arg, len(i.params))
	if variant < 0 && len(i.messages) == 1 {
		variant = 0
	}
	if variant >= 0 && i.isWhole(variant, args) {
		e.fill(i, variant, nil, args)
		return e
	}
	e.fill(i, -1, nil, args)
	e.variant, e.args, e.set = variant, nil, e.set&^hasArgs|isUntold
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
	variant := 0
	if len(info.messages) > 1 {
		variant = -1 // which of its messages can not be known
	}
	made.fill(info, variant, nil, args)
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

// isBare reports whether the code alone makes an error: one message that is no variant, and no params.
func (i *Info) isBare() bool {
	return len(i.params) == 0 && len(i.messages) == 1 && i.messages[0].variant == ""
}
