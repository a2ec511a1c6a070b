package fixed

import (
	"context"
	"errors"
	"fmt"
	"log"
	"log/slog"
	"net/http"
	"reflect"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
)

// Write answers a request with err, whatever it is: with its status, its headers and its body. It is [Responder.Write] of a
// Responder without settings.
func Write(w http.ResponseWriter, r *http.Request, err error) {
	var d Responder
	d.Write(w, r, err)
}

// A Responder answers requests with errors. Its zero value is ready to use; do not change its fields while it is in use. If one of its
// functions panics, or its Logger does, the request is answered all the same, and the panic is reported as net/http reports one.
type Responder struct {
	// Fallback is sent for an error that is not of this package. It must be a public code without params. If it is not, the
	// catalog's first such code of status 500 is sent.
	Fallback Code
	// RequestID returns the id of a request, for errors that have none yet.
	RequestID func(*http.Request) string
	// Logger gets one line for each error that is sent with a status of 500 or more, that is not sent as it was returned, or
	// that came too late to be sent. If it is nil, slog.Default() does.
	Logger *slog.Logger
	// OnError is called with each error that is not sent as it was returned, or not at all, and the reason.
	OnError func(r *http.Request, err error)
}

// A why says why an error was not sent as it was returned.
type why string

func (w why) Error() string { return string(w) }

const (
	notOurs     why = "not an error of this package: the fallback was sent"
	needsParams why = "a bare code whose message needs params or has variants: the title was sent in its place; call the code's constructor"
	isInternal  why = "an internal error: the fallback was sent"
	tooLate     why = "part of the response was written already: the error was not sent"
	notRelayed  why = "an error from another server, not passed to Relay: the fallback was sent"
)

// Write answers r with err:
//
//   - An error of this package is sent as it is, the outermost one in err's tree. A bare [Code] or [Variant] is sent with its message, or
//     with its title if the message needs params.
//   - An [*http.MaxBytesError], or a deadline that has passed ([context.DeadlineExceeded], or an error whose method Timeout says so), is sent as
//     the catalog's code for it, if there is one: see the package documentation.
//   - For any other error the fallback is sent, so that nothing of it reaches the client. The same goes for internal codes, and for
//     errors that came from another server unless they went through [Relay].
//
// Headers that belong to the response that is not sent are removed: Etag, Content-Disposition, a Cache-Control that allows storing and
// the like. A HEAD request gets no body. Nothing is sent if err is nil, or a nil pointer of an error type of this package.
//
// Call Write before anything is written. If w is known to have written something, which it is within [Responder.Handler],
// [Responder.Recover] and HandlerFunc, then err is reported, and the connection is aborted with [http.ErrAbortHandler] unless the
// status that was sent is itself one of an error: what failed never looks like a success.
func (d *Responder) Write(w http.ResponseWriter, r *http.Request, err error) {
	if isNothing(err) || d.isTooLate(w, r, err) {
		return
	}
	e, why := d.choose(err)
	d.send(w, r, e, err, why)
}

// WriteStatus answers r with the catalog's code for a status that a router or a framework chose, as a 404 for a path that does not
// exist: the first public code of that status, best one whose message needs no params. If the catalog has none, the status is sent with
// its text in plain words. cause is for OnError and the log alone, and may be nil.
func (d *Responder) WriteStatus(w http.ResponseWriter, r *http.Request, status int, cause error) {
	if d.isTooLate(w, r, cause) {
		return
	}
	switch e := ofStatus(status); {
	case status < 400 || status > 599 || status == http.StatusInternalServerError:
		d.send(w, r, d.fallback(cause), cause, nil)
	case e != nil:
		e.cause = cause
		d.send(w, r, e, cause, nil)
	default:
		clearHeaders(w)
		d.log(r, status, Attr(cause), cause, nil)
		http.Error(w, http.StatusText(status), status)
	}
}

// send answers r with e, which stands for err, and reports it.
func (d *Responder) send(w http.ResponseWriter, r *http.Request, e *Error, err, why error) {
	if e.requestID == "" && d.RequestID != nil {
		e = e.withRequestID(d.idOf(r))
	}
	if why != nil {
		d.tell(r, errors.Join(why, err))
	}
	d.log(r, e.status, slog.Any("error", e), err, why)
	e.send(w, r)
}

// isTooLate reports whether a response has begun. Then err can not be sent any more: it is reported, and if the client would take what
// it got for a success, the connection is aborted.
func (d *Responder) isTooLate(w http.ResponseWriter, r *http.Request, err error) bool {
	status, begun := begunBy(w)
	if !begun {
		return false
	}
	d.tell(r, errors.Join(tooLate, err))
	if status == hijacked {
		d.log(r, http.StatusSwitchingProtocols, Attr(err), err, tooLate)
		return true
	}
	d.log(r, status, Attr(err), err, tooLate)
	if status < 400 {
		abort(w, r)
	}
	return true
}

func (d *Responder) idOf(r *http.Request) string {
	defer survive(r)
	return d.RequestID(r)
}

func (d *Responder) tell(r *http.Request, err error) {
	if d.OnError != nil {
		defer survive(r)
		d.OnError(r, err)
	}
}

// survive lets a request be answered though a function of a Responder's user panics. The panic goes where net/http reports those of handlers.
func survive(r *http.Request) {
	v := recover()
	if v == nil {
		return
	}
	if v == any(http.ErrAbortHandler) {
		panic(v)
	}
	printf := log.Printf
	if s, ok := r.Context().Value(http.ServerContextKey).(*http.Server); ok && s.ErrorLog != nil {
		printf = s.ErrorLog.Printf
	}
	printf("panic in a function of a Responder: %v\n%s", v, debug.Stack())
}

// log writes a line about a request that failed with err and is answered with a status. failure is err, or the error that is sent for it
// and has it as its cause.
func (d *Responder) log(r *http.Request, status int, failure slog.Attr, err, why error) {
	if status < http.StatusInternalServerError && why == nil {
		return
	}
	defer survive(r)
	logger := d.Logger
	if logger == nil {
		logger = slog.Default()
	}
	attrs := make([]slog.Attr, 0, 7)
	attrs = append(attrs, slog.String("method", r.Method))
	if r.Pattern != "" {
		attrs = append(attrs, slog.String("route", r.Pattern))
	} else if r.URL != nil {
		attrs = append(attrs, slog.String("path", r.URL.Path))
	}
	attrs = append(attrs, slog.Int("status", status), failure)
	if why != nil {
		attrs = append(attrs, slog.String("reason", why.Error()))
	}
	if p, ok := any(err).(panicked); ok {
		attrs = append(attrs, slog.String("stack", string(p.stack)))
	}
	ctx := r.Context()
	if ctx.Err() != nil {
		attrs = append(attrs, slog.String("context", fmt.Sprint(context.Cause(ctx))))
		ctx = context.WithoutCancel(ctx)
	}
	logger.LogAttrs(ctx, slog.LevelError, "request failed", attrs...)
}

// choose returns the error to send for err, and why if that is not err itself.
func (d *Responder) choose(err error) (*Error, error) {
	e, relay := find(err)
	switch {
	case e == nil:
		if e := standIn(err); e != nil {
			return e, nil
		}
		return d.fallback(err), notOurs
	case e.Remote() && !relay:
		return d.fallback(err), notRelayed
	case !e.isKnown():
		return d.fallback(err), notOurs
	case e.info != nil && e.info.internal:
		return d.fallback(err), isInternal
	case e.has(isUntold):
		return e, needsParams
	}
	return e.withErrorStatus(), nil
}

func (d *Responder) fallback(cause error) *Error {
	e := fallback()
	if i, ok := d.Fallback.Info(); ok && i.isBare() && !i.internal {
		e = i.bare(-1)
	}
	e.cause = cause
	return e
}

// standIn returns the error that the catalog has for one of the standard library; nil if it has none, or err is any other.
func standIn(err error) (e *Error) {
	var info *Info
	walk(err, func(err error, _ bool) bool {
		if _, ok := any(err).(*http.MaxBytesError); ok {
			info = bareOf(http.StatusRequestEntityTooLarge)
			return true
		}
		if !isDeadline(err) {
			return false
		}
		if info = bareOf(http.StatusGatewayTimeout); info == nil {
			info = bareOf(http.StatusServiceUnavailable)
		}
		return true
	})
	if info == nil {
		return nil
	}
	e = info.bare(-1)
	e.cause = err
	return e
}

// bareOf returns the first public code that comes with a status and needs no params; nil: there is none.
func bareOf(status int) *Info {
	for i := range ByStatus(status) {
		if i.isBare() && i.statuses[0] == status {
			return i
		}
	}
	return nil
}

// ofStatus returns the error that answers for a status: of the first public code that comes with it, preferably one that needs no params;
// nil: there is none.
func ofStatus(status int) *Error {
	i := bareOf(status)
	if i == nil {
		for first := range ByStatus(status) {
			i = first
			break
		}
	}
	if i == nil {
		return nil
	}
	e := i.bare(-1)
	e.status = status
	return e
}

// isNothing reports whether err says that nothing failed: it is nil, or a nil pointer to an error type of this package, which a function
// with that type for its result has returned as an error, or an [errors.Join] of nothing but these.
func isNothing(err error) bool {
	if err == nil {
		return true
	}
	nothing, left := true, maxTree
	walk(err, func(err error, _ bool) bool {
		left--
		v := reflect.ValueOf(err)
		isNil := v.Kind() == reflect.Pointer && v.IsNil() && isOwnType(v.Type())
		nothing = isNil || v.Type() == reflect.TypeOf(errors.Join(notOurs)) // of which all are looked at
		return !nothing
	})
	return nothing && left > 0 // what was not looked at may be a failure
}

// isOwnType reports whether t points to an error of this package, or of another copy of it: to an Error, or a struct with an Error for
// its first field.
func isOwnType(t reflect.Type) bool {
	own := reflect.TypeFor[copied]()
	if s := t.Elem(); !t.Implements(own) && s.Kind() == reflect.Struct && s.NumField() > 0 {
		t = reflect.PointerTo(s.Field(0).Type)
	}
	return t.Implements(own)
}

func (e *Error) withRequestID(id string) *Error {
	c := *e
	c.requestID = id
	return &c
}

// withErrorStatus returns e, or, if a response that is relayed had a status that no error can be sent with, e with its code's own.
func (e *Error) withErrorStatus() *Error {
	if e.status >= 400 && e.status <= 599 {
		return e
	}
	c := *e
	c.status = http.StatusInternalServerError
	if c.info != nil {
		c.status = c.info.statuses[0]
	}
	return &c
}

// A reply is what a response needs of memory, at once.
type reply struct {
	values [3]string // of headers
	room   [512]byte // for the body
}

// send writes the response. The one status of the error is the response's and its body's.
func (e *Error) send(w http.ResponseWriter, r *http.Request) {
	clearHeaders(w)
	h := w.Header()
	e.setHeaders(h)
	out := new(reply)
	body := e.AppendJSON(out.room[:0])
	out.values = [...]string{mediaType, "nosniff", ""}
	h["Content-Type"] = out.values[0:1:1]
	h["X-Content-Type-Options"] = out.values[1:2:2]
	if r.Method == http.MethodHead { // else net/http knows, unless something around it changes the body
		out.values[2] = strconv.Itoa(len(body))
		h["Content-Length"] = out.values[2:3:3]
	}
	w.WriteHeader(e.Status())
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // the client may have gone: there is nobody left to tell
	}
}

// clearHeaders removes the headers that belong to the response that is not sent.
func clearHeaders(w http.ResponseWriter) {
	h := w.Header()
	for name, values := range h { // which may have been set in any case
		switch canonical := http.CanonicalHeaderKey(name); {
		case describesSuccess(strings.TrimPrefix(canonical, http.TrailerPrefix), values):
			delete(h, name)
		case canonical != name:
			delete(h, name)
			h[canonical] = append(h[canonical], values...)
		}
	}
	const encoding = "Content-Encoding"
	if len(h[encoding]) == 0 {
		return
	}
	// A handler that sets it encodes the body itself. A writer around the handler that sets it encodes all that goes through.
	if t, ok := w.(*tracker); ok {
		if h[encoding] = t.encoding; t.encoding == nil {
			delete(h, encoding)
		}
	} else if isServers(w) {
		delete(h, encoding)
	}
}

// describesSuccess reports whether a header is about the body that a handler meant to send, lets a cache keep it, or has a proxy or a browser
// fetch another in its place.
func describesSuccess(name string, values []string) bool {
	switch name {
	case "Accept-Ranges", "Age", "Content-Digest", "Content-Disposition", "Content-Language", "Content-Length", "Content-Location", "Content-Md5",
		"Content-Range", "Digest", "Etag", "Expires", "Last-Modified", "Location", "Refresh", "Repr-Digest", "Surrogate-Control",
		"Transfer-Encoding", "X-Accel-Expires", "X-Accel-Redirect", "X-Lighttpd-Send-File", "X-Sendfile":
		return true
	case "Cache-Control":
		return !slices.ContainsFunc(values, func(v string) bool { return strings.Contains(strings.ToLower(v), "no-store") })
	}
	return strings.HasSuffix(name, "-Cache-Control") // of one CDN, or all (RFC 9213)
}

// isServers reports whether w is net/http's own: no middleware stands between that could encode what is written.
func isServers(w http.ResponseWriter) bool {
	t := reflect.TypeOf(w)
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t.PkgPath() == "net/http" || strings.HasPrefix(t.PkgPath(), "net/http/")
}

// Relay allows an error that came from another server to be sent on as one's own: its code, message, status and Retry-After, no
// other header. An [*Unrecognized] is not sent on: the fallback is.
func Relay(err error) error {
	if isNothing(err) {
		return nil
	}
	return relayed{err}
}

type relayed struct{ error }

func (r relayed) Unwrap() error { return r.error }
