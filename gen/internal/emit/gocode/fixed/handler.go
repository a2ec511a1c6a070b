package fixed

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime/debug"
	"strings"
	"time"
)

// HandlerFunc is a handler that returns its error in place of writing it.
//
//	mux.Handle("GET /things/{id}", HandlerFunc(getThing))
type HandlerFunc func(http.ResponseWriter, *http.Request) error

// ServeHTTP calls f, and answers with [Write] if it returns an error.
func (f HandlerFunc) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var d Responder
	d.Handler(f).ServeHTTP(w, r)
}

// Handler returns f as a handler whose errors are answered by [Responder.Write]. If f has begun its response before it returns an error,
// the error can not be sent: it is reported, and the connection is aborted, so that the client does not take part of a response for the
// whole. A response has begun once a status or a byte was passed on to the server.
func (d *Responder) Handler(f HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		t := track(w)
		d.Write(t, r, f(t, r))
	})
}

// Recover returns next, with a panic answered as any other error that may not be shown: by the fallback. The log gets the panic's value
// and its stack, and so does OnError. If next has begun its response, the connection is aborted. [http.ErrAbortHandler] passes
// through. A handler that ends its goroutine ([runtime.Goexit]) is taken for one that panics.
func (d *Responder) Recover(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		t, returned := track(w), false
		defer func() {
			v := recover()
			if returned {
				return
			}
			if v == any(http.ErrAbortHandler) {
				panic(v)
			}
			status, _ := t.begun()
			d.Write(t, r, panicked{v, debug.Stack()})
			if status >= 400 {
				abort(t, r) // the error that was begun may not be whole
			}
		}()
		next.ServeHTTP(t, r)
		returned = true
	})
}

// Mux returns mux with the catalog's codes in place of net/http's own responses to a path that no pattern matches (404) and to a method
// that no pattern of the path has (405, whose Allow header is kept): see [Responder.WriteStatus].
func (d *Responder) Mux(mux *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, pattern := mux.Handler(r); pattern != "" {
			mux.ServeHTTP(w, r)
			return
		}
		u := &unmatched{ResponseWriter: w}
		mux.ServeHTTP(u, r)
		if u.status != 0 {
			d.WriteStatus(w, r, u.status, nil)
		}
	})
}

// An unmatched holds an error back that a mux answers a request with itself. A redirect passes.
type unmatched struct {
	http.ResponseWriter
	status int // of the error; 0: none
}

func (u *unmatched) WriteHeader(status int) {
	if status < 400 {
		u.ResponseWriter.WriteHeader(status)
		return
	}
	u.status = status
}

func (u *unmatched) Write(b []byte) (int, error) {
	if u.status != 0 {
		return len(b), nil
	}
	return u.ResponseWriter.Write(b)
}

// panicked is the error that a panic becomes.
type panicked struct {
	value any
	stack []byte
}

// Error returns the panic's value and its stack, as net/http logs them.
func (p panicked) Error() string { return p.text() + "\n\n" + string(p.stack) }

// text returns the panic's value. fmt survives values whose own methods panic.
func (p panicked) text() string { return fmt.Sprintf("panic: %v", p.value) }

// Unwrap returns the panic's value, if it is a foreign error. An error of this package that was a panic's value is no answer to the
// client: nobody returned it.
func (p panicked) Unwrap() error {
	err, _ := p.value.(error)
	if _, ours := From(err); ours {
		return nil
	}
	return err
}

// abort breaks the connection off. Where nothing but the connection's end tells a client that a body is whole, as in HTTP/1.0, the connection is
// reset, so that it has no orderly end.
func abort(w http.ResponseWriter, r *http.Request) {
	if r.ProtoMajor < 2 && (!r.ProtoAtLeast(1, 1) || w.Header().Get("Transfer-Encoding") == "identity") {
		if conn, _, err := http.NewResponseController(w).Hijack(); err == nil {
			if secure, ok := conn.(interface{ NetConn() net.Conn }); ok { // *tls.Conn
				conn = secure.NetConn()
			}
			if tcp, ok := conn.(*net.TCPConn); ok {
				_ = tcp.SetLinger(0)
			}
			_ = conn.Close()
		}
	}
	// net/http reads what is left of the request before it closes the connection, which a client may never send that waits for this response.
	_ = http.NewResponseController(w).SetReadDeadline(time.Unix(1, 0))
	panic(http.ErrAbortHandler)
}

// track returns a tracker of what is written to w from now on.
func track(w http.ResponseWriter) *tracker {
	t := &tracker{w: w, outer: trackerOf(w)}
	for name, values := range w.Header() {
		if strings.EqualFold(name, "Content-Encoding") {
			t.encoding = values
		}
	}
	return t
}

// trackerOf returns the innermost tracker that w writes to; nil: none is known.
func trackerOf(w http.ResponseWriter) *tracker {
	for range maxTree {
		switch x := w.(type) {
		case *tracker:
			return x
		case interface{ Unwrap() http.ResponseWriter }:
			w = x.Unwrap()
		default:
			return nil
		}
	}
	return nil
}

// begunBy returns whether a response has begun, as far as w and the writers below it know, and with which status.
func begunBy(w http.ResponseWriter) (status int, begun bool) {
	for range maxTree {
		if t, ok := w.(*tracker); ok {
			return t.begun()
		}
		if x, ok := w.(interface { // gin's writer, and negroni's
			Written() bool
			Status() int
		}); ok && x.Written() {
			return x.Status(), true
		}
		x, ok := w.(interface{ Unwrap() http.ResponseWriter })
		if !ok {
			return 0, false
		}
		w = x.Unwrap()
	}
	return 0, false
}

// hijacked stands for the status of a response whose connection belongs to the handler.
const hijacked = -1

// A tracker knows whether a response has begun: whether a status or a byte was passed on to the writer below. What that writer can do, the
// tracker can do, for those who ask for the interfaces and for [http.ResponseController]. It has no Unwrap, so that nothing is written
// behind its back.
type tracker struct {
	w        http.ResponseWriter
	outer    *tracker // below w; nil: none
	status   int      // that was passed on by this one; 0: none
	encoding []string // the Content-Encoding from before the handler
}

// begun returns whether the response has begun, and with which status.
func (t *tracker) begun() (status int, begun bool) {
	if t.status == 0 && t.outer != nil {
		return t.outer.begun()
	}
	return t.status, t.status != 0
}

// begin notes the status of a response, unless it has begun, here or further out.
func (t *tracker) begin(status int) {
	if _, begun := t.begun(); !begun {
		t.status = status
	}
}

func (t *tracker) Header() http.Header { return t.w.Header() }

// WriteHeader begins the response, unless the status is informational. net/http refuses what is no status with a panic.
func (t *tracker) WriteHeader(status int) {
	final := status >= 200 || status == http.StatusSwitchingProtocols
	if !final && takesAnyStatusForFinal(t.w) {
		return
	}
	t.w.WriteHeader(status)
	if final {
		t.begin(status)
	}
}

// takesAnyStatusForFinal reports whether w would answer with an informational status, and drop the one that follows, as the writers of
// http.TimeoutHandler and of httptest do. Nothing is lost without the informational one.
func takesAnyStatusForFinal(w http.ResponseWriter) bool {
	for {
		x, ok := w.(interface{ Unwrap() http.ResponseWriter })
		if !ok {
			break
		}
		w = x.Unwrap()
	}
	if t, ok := w.(*tracker); ok {
		return takesAnyStatusForFinal(t.w)
	}
	name := fmt.Sprintf("%T", w)
	return name == "*http.timeoutWriter" || name == "*httptest.ResponseRecorder"
}

func (t *tracker) Write(b []byte) (int, error) {
	t.begin(http.StatusOK)
	return t.w.Write(b)
}

// ReadFrom copies from r. It begins the response with the first byte, and leaves the rest to the writer below, which may have a faster
// way.
func (t *tracker) ReadFrom(r io.Reader) (n int64, err error) {
	first := make([]byte, 512) // what net/http looks at to tell the content type
	for {
		if _, begun := t.begun(); begun {
			break
		}
		read, err := r.Read(first)
		if read > 0 {
			written, err := t.Write(first[:read])
			n += int64(written)
			if err != nil {
				return n, err
			}
		}
		if err == io.EOF {
			return n, nil
		}
		if err != nil {
			return n, err
		}
	}
	rest, err := io.Copy(t.w, r)
	return n + rest, err
}

// Flush sends what was written.
func (t *tracker) Flush() { _ = t.FlushError() }

// FlushError is for [http.ResponseController], which would take Flush to succeed.
func (t *tracker) FlushError() error {
	err := http.NewResponseController(t.w).Flush()
	if !errors.Is(err, http.ErrNotSupported) {
		t.begin(http.StatusOK)
	}
	return err
}

// Hijack takes the connection over.
func (t *tracker) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	conn, rw, err := http.NewResponseController(t.w).Hijack()
	if err == nil {
		t.status = hijacked
	}
	return conn, rw, err
}

// Push starts a push of HTTP/2. It does not begin the response.
func (t *tracker) Push(target string, opts *http.PushOptions) error {
	for w := t.w; ; {
		switch x := w.(type) {
		case http.Pusher:
			return x.Push(target, opts)
		case interface{ Unwrap() http.ResponseWriter }:
			w = x.Unwrap()
		default:
			return http.ErrNotSupported
		}
	}
}

// SetReadDeadline, SetWriteDeadline and EnableFullDuplex are for [http.ResponseController].
func (t *tracker) SetReadDeadline(deadline time.Time) error {
	return http.NewResponseController(t.w).SetReadDeadline(deadline)
}

func (t *tracker) SetWriteDeadline(deadline time.Time) error {
	return http.NewResponseController(t.w).SetWriteDeadline(deadline)
}

func (t *tracker) EnableFullDuplex() error {
	return http.NewResponseController(t.w).EnableFullDuplex()
}
