package fixed

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime/debug"
)

// HandlerFunc is a handler that returns its error in place of writing it.
//
//	mux.Handle("GET /things/{id}", HandlerFunc(getThing))
type HandlerFunc func(http.ResponseWriter, *http.Request) error

// ServeHTTP calls f, and answers with [Write] if it returns an error and has written nothing.
func (f HandlerFunc) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var d Responder
	d.Handler(f).ServeHTTP(w, r)
}

// Handler returns f as a handler whose errors are answered by [Responder.Write]. Once f has written any of its response, nothing
// more is written: its error is reported as one that could not be sent.
func (d *Responder) Handler(f HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		t := &tracker{ResponseWriter: w}
		err := f(t, r)
		switch {
		case err == nil:
		case t.begun:
			d.unsent(r, err)
		default:
			d.Write(w, r, err)
		}
	})
}

// Recover returns next, with a panic answered as any other error that may not be shown: by the fallback. OnError gets the panic's
// value and stack. If some of the response was written, the connection is broken off, so that the client sees that it is not
// whole. [http.ErrAbortHandler] passes through.
func (d *Responder) Recover(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		t := &tracker{ResponseWriter: w}
		defer func() {
			v := recover()
			if v == nil {
				return
			}
			if err, ok := v.(error); ok && errors.Is(err, http.ErrAbortHandler) {
				panic(v)
			}
			err := panicked{v, debug.Stack()}
			if t.begun {
				d.unsent(r, err)
				panic(http.ErrAbortHandler)
			}
			d.Write(w, r, err)
		}()
		next.ServeHTTP(t, r)
	})
}

// panicked is the error that a panic becomes.
type panicked struct {
	value any
	stack []byte
}

func (p panicked) Error() string { return fmt.Sprintf("panic: %v\n\n%s", p.value, p.stack) }

// Unwrap returns the panic's value, if it is a foreign error. An error of this package that was a panic's value is no answer to the
// client: nobody returned it.
func (p panicked) Unwrap() error {
	err, _ := p.value.(error)
	if _, ours := From(err); ours {
		return nil
	}
	return err
}

// A tracker knows whether any of a response was written. What else its ResponseWriter can do, it can do: by Unwrap for
// [http.ResponseController], and by methods of its own for those who ask for the interfaces.
type tracker struct {
	http.ResponseWriter
	begun bool
}

// Unwrap is for http.ResponseController.
func (t *tracker) Unwrap() http.ResponseWriter { return t.ResponseWriter }

// WriteHeader counts as a beginning, unless the status is informational.
func (t *tracker) WriteHeader(status int) {
	t.begun = t.begun || status >= 200 || status == http.StatusSwitchingProtocols
	t.ResponseWriter.WriteHeader(status)
}

func (t *tracker) Write(b []byte) (int, error) {
	t.begun = true
	return t.ResponseWriter.Write(b)
}

// ReadFrom keeps the fast way to send a file.
func (t *tracker) ReadFrom(r io.Reader) (int64, error) {
	t.begun = true
	return io.Copy(t.ResponseWriter, r)
}

// Flush sends what was written.
func (t *tracker) Flush() { _ = t.FlushError() }

// FlushError is for http.ResponseController, which would take Flush to succeed.
func (t *tracker) FlushError() error {
	t.begun = true
	return http.NewResponseController(t.ResponseWriter).Flush()
}

// Hijack takes the connection over.
func (t *tracker) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	conn, rw, err := http.NewResponseController(t.ResponseWriter).Hijack()
	t.begun = t.begun || err == nil
	return conn, rw, err
}
