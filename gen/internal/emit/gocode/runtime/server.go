package apierr

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"log"
	"log/slog"
	"net"
	"net/http"
	"reflect"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Write answers r with err. It is [Responder.Write] of a Responder without settings.
func Write(w http.ResponseWriter, r *http.Request, err error) { new(Responder).Write(w, r, err) }

// HandlerFunc is a handler that returns its error instead of writing it.
type HandlerFunc func(http.ResponseWriter, *http.Request) error

// ServeHTTP calls f, and answers with [Write] if it returns an error.
func (f HandlerFunc) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	new(Responder).Handler(f).ServeHTTP(w, r)
}

// A Responder answers requests with errors. Its zero value is ready to use. If one of its functions
// panics, the request is still answered.
type Responder struct {
	// Fallback is a public code without params or variants. It is sent instead of errors that clients
	// must not see. By default it is the catalog's first such code of status 500. A Fallback that is
	// not such a code is reported, and the default is sent.
	Fallback Code
	// RequestID returns the id of a request, for errors that have none.
	RequestID func(*http.Request) string
	// Logger gets one line for each error that is sent with status 500 or above, or not sent as
	// it was returned. By default it is slog.Default().
	Logger *slog.Logger
	// OnError gets each error that is not sent as it was returned, joined with the reason.
	OnError func(r *http.Request, err error)
}

// A why is the reason why an error is not sent as it was returned.
type why string

func (w why) Error() string { return string(w) }

const (
	notOurs     why = "not an error of this package: the fallback was sent"
	unexplained why = "a literal of Error, or a response that the catalog does not explain: " +
		"the fallback was sent"
	//errspec:if internal
	isInternal why = "an internal error: the fallback was sent"
	//errspec:end
	isPanic     why = "the handler panicked: the fallback was sent"
	notRelayed  why = "an error from another server, not passed to Relay: the fallback was sent"
	wrongStatus why = "a status that the code does not have: the code's first one was sent"
	//errspec:if each
	notAll why = "some of the joined errors may not be sent: the others were sent"
	//errspec:end
	wrongFallback why = "the Responder's Fallback is not a public code without params or variants: " +
		"the catalog's was sent"
	tooLate     why = "the response had already started: the error was not sent"
	needsParams why = "a bare code or literal without params or variant: the title was sent; " +
		"use a constructor"
)

// Write answers r with the outermost error of this package in err's tree. A bare [Code] that needs
// params or a variant is sent with its title. For timeouts and [*http.MaxBytesError], Write sends
// the codes that the package documentation names, if any. For anything else, including internal
// codes and literals of [Error], it sends the fallback, so that nothing of err reaches the client.
// If err is nil, or a nil pointer to an error type of this package, it sends nothing.
//
// The fields of the error are sent as they are: a changed Status or Message changes the response. A
// Status that the code does not have is replaced by the code's first one, and reported.
//
// Headers of the successful response, such as Etag, are removed. If the response has already
// started, err is only reported, and the connection is aborted with [http.ErrAbortHandler] unless
// an error's status was sent. Write knows this within the handlers of [Responder.Handler],
// [Responder.Recover] and [HandlerFunc]. Elsewhere, write nothing before it. A response that a
// handler completes and flushes before it fails cannot be undone.
func (d *Responder) Write(w http.ResponseWriter, r *http.Request, err error) {
	if !isNothing(err) {
		e, why := choose(err)
		//errspec:if each
		if isJoined(err) {
			if first, reason := chooseAll(err); first != nil {
				e, why = first, reason
			}
		}
		//errspec:end
		d.finish(w, r, e, err, why)
	}
}

// WriteStatus answers r with the catalog's code for a status that a router or a framework chose.
// If there is none, it sends the status as plain text. cause is only reported, and may be nil.
func (d *Responder) WriteStatus(w http.ResponseWriter, r *http.Request, status int, cause error) {
	var e *Error
	if isFailure(status) && status != http.StatusInternalServerError {
		e = &Error{Message: http.StatusText(status)}
		fits := func(i *Info) bool { return i.isBare() && i.statuses[0] == status }
		for i := range ByStatus(status) {
			if e.info == nil || fits(i) && !fits(e.info) {
				e = i.bare(-1)
			}
		}
		e.Status, e.cause = status, cause
	}
	d.finish(w, r, e, cause, nil)
}

// Handler returns f as a handler whose errors are answered by [Responder.Write].
func (d *Responder) Handler(f HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		t := track(w)
		d.Write(t, r, f(t, r))
		t.release()
	})
}

// Recover returns next as a handler that answers a panic, or a [runtime.Goexit], with the fallback.
// If the response has already started, it is aborted. [http.ErrAbortHandler] passes through.
func (d *Responder) Recover(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		t, returned := track(w), false
		defer func() {
			switch v := recover(); {
			case v == any(http.ErrAbortHandler) && t.status >= 0:
				abort(t, r)
			case v == any(http.ErrAbortHandler):
				panic(v)
			case !returned:
				d.finish(t, r, nil, panicked{v, debug.Stack()}, isPanic)
			}
		}()
		next.ServeHTTP(t, r)
		t.release()
		returned = true
	})
}

// Mux returns mux as a handler that answers unknown paths (404) and methods (405, with its Allow
// header) by [Responder.WriteStatus].
func (d *Responder) Mux(mux *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, pattern := mux.Handler(r); pattern != "" {
			mux.ServeHTTP(w, r)
			return
		}
		t := track(w)
		t.holdsErrors = true // redirects pass
		if mux.ServeHTTP(t, r); t.status >= 400 {
			d.WriteStatus(w, r, t.status, nil)
		}
	})
}

// choose returns the error to send for err, or nil for the fallback, and why it is not err itself.
func choose(err error) (*Error, error) {
	e, relay := find(err)
	if e == nil {
		e = standIn(err)
	}
	switch {
	case e.Remote() && !relay:
		return nil, notRelayed
	//errspec:if internal
	case e != nil && e.info != nil && e.info.internal:
		return nil, isInternal
	//errspec:end
	//errspec:if copies
	case e != nil && e.copy != nil && !e.remote:
		return e, nil // also if this catalog does not have the code
	//errspec:end
	case e == nil:
		return nil, notOurs
	case e.info == nil:
		return nil, unexplained
	case !e.hasStatus():
		sent := e.clone()
		if sent.Status = e.info.statuses[0]; e.remote {
			return sent, nil
		}
		return sent, wrongStatus
	case e.titleOnly:
		return e, needsParams
	}
	return e, nil
}

// standIn returns the catalog's error for a body that is too large, or for a timeout; nil: none.
func standIn(err error) (e *Error) {
	walk(err, func(wrapped error, _ bool) bool {
		var i *Info
		isTimeout := false
		switch x := any(wrapped).(type) {
		case *http.MaxBytesError:
			i = tooLargeInfo
		case interface{ Timeout() bool }:
			isTimeout = x.Timeout()
		case interface{ Is(error) bool }:
			isTimeout = x.Is(context.DeadlineExceeded)
		}
		if isTimeout {
			i = timeoutInfo
		}
		if i != nil {
			e = i.bare(-1)
			e.cause = err
		}
		return e != nil
	})
	return e
}

// isBare reports whether the code alone makes an error that may be sent: it has one message, which
// needs no params.
func (i *Info) isBare() bool {
	bare := len(i.messages) == 1
	//errspec:if internal
	bare = bare && !i.internal // which is for logs alone
	//errspec:end
	//errspec:if params
	bare = bare && len(i.params) == 0
	//errspec:end
	//errspec:if variants
	bare = bare && i.messages[0].Variant == ""
	//errspec:end
	return bare
}

// isNothing reports whether err is nil, a nil pointer to an error type of this package, or
// [errors.Join] of only these.
func isNothing(err error) bool {
	nothing := true
	visited := walk(err, func(err error, _ bool) bool {
		nothing = isNil(err) || reflect.TypeOf(err).String() == "*errors.joinError"
		return !nothing
	})
	return nothing && visited < maxTree // else the rest may hold a failure
}

// finish answers r with e, or with the fallback, unless the response has already started.
func (d *Responder) finish(w http.ResponseWriter, r *http.Request, e *Error, err, why error) {
	if _, status := bottom(w); status != 0 {
		d.report(r, status, Attr(err), err, tooLate)
		if status > 0 && (status < 400 || errors.Is(why, isPanic)) {
			abort(w, r)
		}
		return
	}
	isWrapped := e != nil && itself(err) == nil
	if e == nil {
		e = fallback()
		if i := d.Fallback.Info(); i.isBare() {
			e = i.bare(-1)
		} else if d.Fallback != "" {
			why = errors.Join(why, wrongFallback)
		}
		e.cause = err
	}
	if e.RequestID == "" && d.RequestID != nil {
		e = e.clone()
		protect(r, func() { e.RequestID = d.RequestID(r) })
	}
	sent := slog.Any("error", e)
	isReported := why != nil || e.Status >= http.StatusInternalServerError
	if isWrapped && isReported && ErrorCode(err) != "" {
		sent.Value = withText(fmt.Sprint(err), e)
	}
	d.report(r, e.Status, sent, err, why)
	//errspec:if each
	for _, other := range e.others {
		d.report(r, other.Status, slog.Any("error", other), err, nil)
	}
	//errspec:end
	clearHeaders(w)
	if e.Code == "" {
		http.Error(w, e.Message, e.Status)
		return
	}
	h := w.Header()
	e.setHeaders(h)
	//errspec:if each
	e.complete(h)
	//errspec:end
	h.Set("Content-Type", mediaType)
	h.Set("X-Content-Type-Options", "nosniff")
	body := e.appendJSON(make([]byte, 0, 512))
	if r.Method == http.MethodHead {
		h.Set("Content-Length", strconv.Itoa(len(body)))
	}
	w.WriteHeader(e.Status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // fails if the client has gone
	}
}

// report tells OnError and the log about a request that failed with err.
func (d *Responder) report(r *http.Request, status int, sent slog.Attr, err, why error) {
	if why != nil && d.OnError != nil {
		protect(r, func() { d.OnError(r, errors.Join(why, err)) })
	}
	if why == nil && status < http.StatusInternalServerError {
		return
	}
	where := slog.String("route", r.Pattern)
	if r.Pattern == "" && r.URL != nil {
		where = slog.String("path", r.URL.Path)
	}
	attrs := []slog.Attr{slog.String("method", r.Method), where, slog.Int("status", status), sent}
	if why != nil {
		attrs = append(attrs, slog.String("reason", why.Error()))
	}
	if p, ok := any(err).(panicked); ok {
		attrs = append(attrs, slog.String("stack", string(p.stack)))
	}
	if cause := context.Cause(r.Context()); cause != nil {
		attrs = append(attrs, slog.String("context", fmt.Sprint(cause)))
	}
	protect(r, func() {
		ctx := context.WithoutCancel(r.Context())
		cmp.Or(d.Logger, slog.Default()).LogAttrs(ctx, slog.LevelError, "request failed", attrs...)
	})
}

// protect calls a function that the user has set. It logs a panic where net/http logs those of
// handlers.
func protect(r *http.Request, f func()) {
	defer func() {
		if v := recover(); v != nil {
			s, _ := r.Context().Value(http.ServerContextKey).(*http.Server)
			if s == nil || s.ErrorLog == nil {
				s = &http.Server{ErrorLog: log.Default()}
			}
			s.ErrorLog.Printf("panic in a function of a Responder: %v\n%s", v, debug.Stack())
		}
	}()
	f()
}

// panicked is the error that a panic becomes.
type panicked struct {
	value any
	stack []byte
}

func (p panicked) Error() string { return p.text() + "\n\n" + string(p.stack) }
func (p panicked) text() string  { return fmt.Sprintf("panic: %v", p.value) }
func (p panicked) Unwrap() error { err, _ := p.value.(error); return err }

// LogValue leaves out the stack, which has its own attribute.
func (p panicked) LogValue() slog.Value {
	if e, ok := From(p); ok {
		return withText(p.text(), e)
	}
	return slog.StringValue(p.text())
}

// clearHeaders removes the headers of the successful response, in whatever case they are.
func clearHeaders(w http.ResponseWriter) {
	h := w.Header()
	for name, values := range h {
		canonical := http.CanonicalHeaderKey(name)
		if isOfSuccess(strings.TrimPrefix(canonical, http.TrailerPrefix), values) {
			delete(h, name)
		} else if canonical != name {
			delete(h, name)
			h[canonical] = append(h[canonical], values...)
		}
	}
	// A handler has encoded its own body, but middleware encodes all that passes through it.
	t, tracked := w.(*tracker)
	path := reflect.Indirect(reflect.ValueOf(w)).Type().PkgPath()
	if tracked && t.encoding != nil && h["Content-Encoding"] != nil {
		h["Content-Encoding"] = t.encoding
	} else if tracked || strings.HasPrefix(path, "net/http") { // the server's own writer
		delete(h, "Content-Encoding")
	}
}

// isOfSuccess reports whether a header describes the successful body, lets a cache keep it, or
// makes a proxy or a browser fetch another one.
func isOfSuccess(name string, values []string) bool {
	switch name {
	case "Accept-Ranges", "Age", "Content-Digest", "Content-Disposition", "Content-Language",
		"Content-Length", "Content-Location", "Content-Md5", "Content-Range", "Digest", "Etag",
		"Expires", "Last-Modified", "Location", "Refresh", "Repr-Digest", "Surrogate-Control",
		"Transfer-Encoding", "X-Accel-Expires", "X-Accel-Redirect", "X-Lighttpd-Send-File",
		"X-Sendfile":
		return true
	case "Cache-Control":
		return !strings.Contains(strings.ToLower(strings.Join(values, ",")), "no-store")
	}
	return strings.HasSuffix(name, "-Cache-Control") // of one CDN, or of all (RFC 9213)
}

// abort ends the connection, so that the client does not take the response for a complete one.
func abort(w http.ResponseWriter, r *http.Request) {
	c := http.NewResponseController(w)
	if !r.ProtoAtLeast(1, 1) || w.Header().Get("Transfer-Encoding") == "identity" {
		// An orderly end of the connection would be the end of the body: reset it.
		if conn, _, err := c.Hijack(); err == nil {
			if secure, ok := conn.(interface{ NetConn() net.Conn }); ok { // *tls.Conn
				conn = secure.NetConn()
			}
			if tcp, ok := conn.(*net.TCPConn); ok {
				_ = tcp.SetLinger(0)
			}
			_ = conn.Close()
		}
	}
	_ = c.SetReadDeadline(time.Unix(1, 0))  // else net/http waits for the rest of the request
	_ = c.SetWriteDeadline(time.Unix(1, 0)) // if a middleware recovers, nothing more is sent
	panic(http.ErrAbortHandler)
}

// A tracker knows whether a response has started. It has no Unwrap, so that nothing can bypass it.
type tracker struct {
	http.ResponseWriter
	*http.ResponseController // of the same writer

	status      int      // 0: nothing was sent; -1: the connection was hijacked
	encoding    []string // the Content-Encoding from before the handler
	holdsErrors bool     // a status of 400 or above is noted, and not sent
	left        int64    // how much of a declared length is to come; not above 0: none is declared
	last        []byte   // the end of a body of a declared length, which Write holds back
}

func track(w http.ResponseWriter) *tracker {
	t := &tracker{ResponseWriter: w, ResponseController: http.NewResponseController(w)}
	for name, values := range w.Header() {
		if strings.EqualFold(name, "Content-Encoding") {
			t.encoding = values
		}
	}
	return t
}

// bottom returns the last writer that w writes to, and the status that was sent; 0: none.
func bottom(w http.ResponseWriter) (last http.ResponseWriter, status int) {
	for range maxTree {
		if x, ok := w.(interface { // the writers of gin and negroni
			Written() bool
			Status() int
		}); ok && x.Written() {
			status = x.Status()
		}
		switch x := w.(type) {
		case *tracker:
			w, status = x.ResponseWriter, cmp.Or(x.status, status)
		case interface{ Unwrap() http.ResponseWriter }:
			w = x.Unwrap()
		default:
			return w, status
		}
	}
	return w, status
}

// start notes the status and the declared length: what a handler changes later is not sent.
func (t *tracker) start(status int) {
	if t.status == 0 {
		t.status = status
		t.left, _ = strconv.ParseInt(t.Header().Get("Content-Length"), 10, 64)
	}
}

func (t *tracker) WriteHeader(status int) {
	if status < 100 || status > 999 { // net/http panics, too, but some middlewares send 200
		panic("invalid WriteHeader code " + strconv.Itoa(status))
	}
	final := status >= 200 || status == http.StatusSwitchingProtocols
	if !final {
		last, _ := bottom(t)
		switch fmt.Sprintf("%T", last) {
		case "*http.timeoutWriter", "*httptest.ResponseRecorder":
			return // to them, the first status is final
		}
	}
	if !t.holdsErrors || status < 400 {
		t.ResponseWriter.WriteHeader(status)
	}
	if final {
		t.start(status)
	}
}

// Write holds back the last byte of a body whose length is declared. Otherwise the response would
// be complete before it is known whether the handler fails.
func (t *tracker) Write(b []byte) (n int, err error) {
	if t.holdsErrors && t.status >= 400 {
		return len(b), nil
	}
	t.start(http.StatusOK)
	t.release()
	if len(b) > 0 && int64(len(b)) == t.left {
		t.last, b = slices.Clone(b[len(b)-1:]), b[:len(b)-1]
	}
	n, err = t.ResponseWriter.Write(b)
	t.left -= int64(n)
	return n + len(t.last), err
}

// release sends what Write holds back.
func (t *tracker) release() {
	if t.last != nil {
		n, _ := t.ResponseWriter.Write(t.last) // fails if the client has gone
		t.left, t.last = t.left-int64(n), nil
	}
}

func (t *tracker) Flush() { _ = t.FlushError() }

func (t *tracker) FlushError() error {
	t.release()
	err := t.ResponseController.Flush()
	if !errors.Is(err, http.ErrNotSupported) {
		t.start(http.StatusOK)
	}
	return err
}

func (t *tracker) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	conn, rw, err := t.ResponseController.Hijack()
	if err == nil {
		t.status = -1
	}
	return conn, rw, err
}

// CloseNotify is there for gin, which relies on it for streams.
func (t *tracker) CloseNotify() <-chan bool {
	if w, ok := t.ResponseWriter.(interface{ CloseNotify() <-chan bool }); ok {
		return w.CloseNotify()
	}
	return nil
}

// Relay allows [Write] to send an error that came from another server: its code, message, status
// and Retry-After, and those other headers that tell the code. Write never sends an error that the
// catalog does not explain.
func Relay(err error) error {
	if isNothing(err) {
		return nil
	}
	return relayed{err}
}

type relayed struct {
	Err error // exported for go-cmp
}

func (r relayed) Error() string { return r.Err.Error() }

func (r relayed) Unwrap() error { return r.Err }
