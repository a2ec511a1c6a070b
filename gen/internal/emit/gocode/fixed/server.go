package fixed

import (
	"errors"
	"log/slog"
	"net/http"
	"strconv"
)

// Write answers a request with an error, whatever it is: its status, its headers and its body. It is [Responder.Write] of a
// Responder without settings.
func Write(w http.ResponseWriter, r *http.Request, err error) {
	var d Responder
	d.Write(w, r, err)
}

// A Responder answers requests with errors. Its zero value is ready; its fields must not change while it is used.
type Responder struct {
	// Fallback is sent for an error that is not of this package. It needs a code without params; if it is empty or has
	// some, the first such code of status 500 in the catalog is sent.
	Fallback Code
	// RequestID finds the id of a request, for errors that do not have one yet.
	RequestID func(*http.Request) string
	// Logger gets a line for each error that is answered with a status of 500 or more, and for each that OnError would get, if
	// that is nil.
	Logger *slog.Logger
	// OnError hears of errors that are not sent as they are, and why.
	OnError func(r *http.Request, err error)
}

// A why says why an error was not sent as it is.
type why string

func (w why) Error() string { return string(w) }

const (
	notOurs     why = "not an error of this package: the fallback was sent"
	needsParams why = "a bare code whose message needs params or has variants: the fallback was sent"
	isInternal  why = "an internal error: the fallback was sent"
	tooLate     why = "some of the response was written already: the error was not sent"
	notRelayed  why = "an error that came from another server, not passed to Relay: the fallback was sent"
)

// Write answers r with err. It sends the outermost error of this package in err's tree. Any other error is not shown to the
// client: the fallback is sent in its place. So it is with an error that came from another server, unless it went through
// [Relay]; and an [*http.MaxBytesError] is sent as the catalog's code for status 413, if that needs no params. Nothing is
// sent if err is nil or the client has left; a HEAD request gets no body.
func (d *Responder) Write(w http.ResponseWriter, r *http.Request, err error) {
	if err == nil || clientGone(r.Context()) {
		return
	}
	e, why := d.choose(err)
	if e.requestID == "" && d.RequestID != nil {
		e = e.withRequestID(d.RequestID(r))
	}
	heard := why != nil && d.OnError != nil
	if heard {
		d.OnError(r, errors.Join(why, err))
	}
	d.log(r, e, why, heard)
	e.send(w, r)
}

// log writes a line for an error that is sent, if it is the server's own failure, or not the one that was returned and OnError has not
// heard of that. The returned one is its cause then.
func (d *Responder) log(r *http.Request, e *Error, why error, heard bool) {
	if d.Logger == nil || e.status < http.StatusInternalServerError && (why == nil || heard) {
		return
	}
	attrs := []slog.Attr{slog.Any("error", e)}
	if why != nil {
		attrs = append(attrs, slog.String("reason", why.Error()))
	}
	d.Logger.LogAttrs(r.Context(), slog.LevelError, "request failed", attrs...)
}

// choose returns the error to send for err, and why if that is not err itself.
func (d *Responder) choose(err error) (*Error, error) {
	e, relay := find(err)
	switch {
	case e != nil && e.Remote() && !relay:
		return d.fallback(err), notRelayed
	case e != nil && e.info != nil && e.info.internal:
		return d.fallback(err), isInternal
	case e != nil && e.info != nil:
		return e.withErrorStatus(), nil
	}
	var code Code
	if errors.As(err, &code) {
		if i, ok := code.Info(); ok && !i.isBare() {
			return d.fallback(err), needsParams
		}
	}
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		if e := bareNumber(tooLargeCode); e != nil {
			e.cause = err
			return e, nil
		}
	}
	return d.fallback(err), notOurs
}

func (d *Responder) fallback(cause error) *Error {
	e := fallback()
	if i, ok := d.Fallback.Info(); ok && i.isBare() && !i.internal {
		e = i.bare()
	}
	e.cause = cause
	return e
}

// unsent tells of an error that came too late to be sent.
func (d *Responder) unsent(r *http.Request, err error) {
	switch {
	case d.OnError != nil:
		d.OnError(r, errors.Join(tooLate, err))
	case d.Logger != nil:
		d.Logger.LogAttrs(r.Context(), slog.LevelError, "request failed", Attr(err), slog.String("reason", tooLate.Error()))
	}
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
	c.status = c.info.statuses[0]
	return &c
}

// A reply is what a response needs of memory, at once.
type reply struct {
	values [3]string // of headers
	room   [512]byte // for the body
}

// send writes the response. The one status of the error is the response's and its body's.
func (e *Error) send(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	for _, k := range [...]string{"Content-Encoding", "Etag", "Last-Modified"} {
		h.Del(k) // they were about the body that is not sent
	}
	e.setHeaders(h)
	out := new(reply)
	body := e.AppendJSON(out.room[:0])
	out.values = [...]string{mediaType, "nosniff", strconv.Itoa(len(body))}
	h["Content-Type"] = out.values[0:1:1]
	h["X-Content-Type-Options"] = out.values[1:2:2]
	h["Content-Length"] = out.values[2:3:3]
	if len(h["Trailer"]) > 0 {
		h.Del("Content-Length") // HTTP/1.1 has trailers in chunked responses alone
	}
	w.WriteHeader(e.status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // the client may have gone: there is nobody left to tell
	}
}

// Relay allows an error that came from another server to be sent on as one's own: its code, message, status and Retry-After, no
// other header. An [*Unrecognized] is not sent on: the fallback is.
func Relay(err error) error {
	if err == nil {
		return nil
	}
	return relayed{err}
}

type relayed struct{ error }

func (r relayed) Unwrap() error { return r.error }
