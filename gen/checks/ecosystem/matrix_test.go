package ecosystem

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/iotest"
	"time"

	"github.com/go-chi/chi/v5/middleware"
	"github.com/gorilla/handlers"
	"github.com/klauspost/compress/gzhttp"

	"github.com/errspec/errspec/generated/apierr"
)

// The matrix combines every way to begin a response, or to fail to, with everything between the
// handler and the connection, and with every way to end the handler. A client observes the result
// over a real connection.
//
// check says what must hold in each cell: a failed request has an error status or a broken
// connection; no byte of an error follows a byte of something else; a panic reaches OnError and the
// log; an error is complete and readable, and caches must not keep it.

const half = "half of a body; "

// A beginning is what a handler does before it ends. whole is set if the client has received the
// complete response by then, which nothing can undo: see the documentation of the generated
// package. panics is set if the handler comes no further.
type beginning struct {
	name  string
	do    func(w http.ResponseWriter, r *http.Request)
	whole func(method string) bool
	own   bool // the handler hijacks the connection

	panics bool
}

// onHead is for a flushed header, which completes a response to HEAD.
func onHead(method string) bool { return method == http.MethodHead }

func beginnings() []beginning {
	all := []beginning{
		{name: "nothing", do: func(http.ResponseWriter, *http.Request) {}},
		{name: "headers of a success", do: func(w http.ResponseWriter, _ *http.Request) {
			h := w.Header()
			h.Set("Cache-Control", "public, max-age=31536000")
			h.Set("Etag", `"1"`)
			h.Set("Content-Length", "7")
			h.Set("Content-Type", "text/csv")
			h.Set("Content-Disposition", "attachment")
		}},
		{name: "its own encoding", do: func(w http.ResponseWriter,
			_ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
		}},
		{name: "early hints", do: func(w http.ResponseWriter,
			_ *http.Request) {
			w.WriteHeader(http.StatusEarlyHints)
		}},
		{name: "no bytes", do: func(w http.ResponseWriter,
			_ *http.Request) {
			_, _ = w.Write(nil)
		}},
		{name: "some bytes", do: func(w http.ResponseWriter,
			_ *http.Request) {
			_, _ = io.WriteString(w, half)
		}},
		{name: "many bytes", whole: onHead, do: func(w http.ResponseWriter,
			_ *http.Request) {
			_, _ = w.Write(bytes.Repeat([]byte(half), 10_000))
		}},
		{name: "some of a declared length", do: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "1000")
			_, _ = io.WriteString(w, half)
		}},
		{name: "all of a declared length", do: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", strconv.Itoa(len(half)))
			_, _ = io.WriteString(w, half)
		}},
		{name: "many bytes of a declared length", whole: onHead, do: func(w http.ResponseWriter,
			_ *http.Request) {
			body := strings.Repeat(half, 10_000)
			w.Header().Set("Content-Length", strconv.Itoa(len(body)))
			_, _ = io.WriteString(w, body)
		}},
		{name: "a copy of a declared length", whole: onHead, do: func(w http.ResponseWriter,
			_ *http.Request) {
			body := strings.Repeat(half, 10_000)
			w.Header().Set("Content-Length", strconv.Itoa(len(body)))
			_, _ = io.Copy(w, reader{strings.NewReader(body)})
		}},
		{name: "a copy", do: func(w http.ResponseWriter,
			_ *http.Request) {
			_, _ = io.Copy(w, reader{strings.NewReader(half)})
		}},
		{name: "a copy of nothing", do: func(w http.ResponseWriter,
			_ *http.Request) {
			_, _ = io.Copy(w, reader{strings.NewReader("")})
		}},
		{name: "a copy that fails at once", do: func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.Copy(w, iotest.ErrReader(io.ErrUnexpectedEOF))
		}},
		{name: "a copy that fails later", do: func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.Copy(w, io.MultiReader(strings.NewReader(half),
				iotest.ErrReader(io.ErrUnexpectedEOF)))
		}},
		{name: "ReadFrom that fails at once", do: func(w http.ResponseWriter, _ *http.Request) {
			if rf, ok := w.(io.ReaderFrom); ok {
				_, _ = rf.ReadFrom(iotest.ErrReader(io.ErrUnexpectedEOF))
			}
		}},
		{name: "a flush", whole: onHead, do: func(w http.ResponseWriter, _ *http.Request) {
			if f, ok := w.(http.Flusher); ok {
				f.Flush()
			}
		}},
		{name: "bytes and a flush", whole: onHead,
			do: func(w http.ResponseWriter, _ *http.Request) {
				_, _ = io.WriteString(w, half)
				_ = http.NewResponseController(w).Flush()
			}},
		{name: "a flush by the controller", whole: onHead, do: func(w http.ResponseWriter,
			_ *http.Request) {
			_ = http.NewResponseController(w).Flush()
		}},
		{name: "deadlines and full duplex", do: func(w http.ResponseWriter, _ *http.Request) {
			c := http.NewResponseController(w)
			_, _, _ = c.SetReadDeadline(time.Now().Add(time.Hour)),
				c.SetWriteDeadline(time.Now().Add(time.Hour)), c.EnableFullDuplex()
		}},
		{name: "a push", do: func(w http.ResponseWriter, _ *http.Request) {
			if p, ok := w.(http.Pusher); ok {
				_ = p.Push("/pushed", nil)
			}
		}},
		{name: "a hijack", own: true, do: func(w http.ResponseWriter, _ *http.Request) {
			conn, _, err := http.NewResponseController(w).Hijack()
			if err == nil {
				_ = conn.Close()
			}
		}},
		{name: "an error of its own", do: func(w http.ResponseWriter,
			_ *http.Request) {
			http.Error(w, half, http.StatusTeapot)
		}},
		{name: "a redirect", do: func(w http.ResponseWriter,
			r *http.Request) {
			http.Redirect(w, r, "/elsewhere", http.StatusFound)
		}},
		{name: "a body that is too large", do: func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.ReadAll(http.MaxBytesReader(w, io.NopCloser(strings.NewReader(half)), 1))
		}},
	}
	for _, status := range []int{200, 201, 204, 206, 301, 304, 404, 500} {
		all = append(all, beginning{name: fmt.Sprint("status ", status),
			do: func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }})
	}
	for _, status := range []int{-1, 0, 1, 99, 1000} {
		all = append(all, beginning{name: fmt.Sprint("what is no status: ", status), panics: true,
			do: func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }})
	}
	return all
}

// A reader hides the io.WriterTo of the reader inside.
type reader struct{ io.Reader }

// An ending is how a handler ends. code is that of the error that the client gets if no response
// has begun.
type ending struct {
	name   string
	err    error
	panics any
	code   apierr.Code
}

func endings() []ending {
	var typed *apierr.NotFoundError
	remote := apierr.Parse(503, nil,
		[]byte(
			`{"error":{"code":"NO_AVAILABLE_WORKERS","message":"m","httpStatus":503},"status":"error","status_code":503}`))
	return []ending{
		{name: "no error"},
		{name: "a typed nil", err: typed},
		{name: "an error of ours", err: apierr.NewNotFoundAgent("A91"), code: apierr.CodeNotFound},
		{name: "one that is wrapped", err: fmt.Errorf("loading: %w",
			apierr.NewRateLimited("free", time.Second)), code: apierr.CodeRateLimited},
		{name: "one that is joined", err: errors.Join(io.EOF, apierr.NewNotFoundAgent("A91")),
			code: apierr.CodeNotFound},
		{name: "a literal", err: &apierr.AccountSuspendedError{},
			code: apierr.CodeAccountSuspended},
		{name: "a bare code", err: apierr.CodeAccountSuspended, code: apierr.CodeAccountSuspended},
		{name: "a bare code that needs params", err: apierr.CodeNotFound,
			code: apierr.CodeNotFound},
		{name: "an unknown code", err: apierr.Code("NEW"), code: apierr.CodeInternalError},
		{name: "a foreign error", err: io.ErrUnexpectedEOF, code: apierr.CodeInternalError},
		{name: "a deadline", err: fmt.Errorf("asking: %w", context.DeadlineExceeded),
			code: apierr.CodeNoAvailableWorkers},
		{name: "a cancellation", err: context.Canceled, code: apierr.CodeInternalError},
		{name: "a body that is too large", err: &http.MaxBytesError{Limit: 1}},
		{name: "an upstream's error", err: remote, code: apierr.CodeInternalError},
		{name: "one that is relayed", err: apierr.Relay(remote),
			code: apierr.CodeNoAvailableWorkers},
		{name: "an error that wraps itself", err: cyclic{}, code: apierr.CodeInternalError},
		{name: "a panic", panics: "boom", code: apierr.CodeInternalError},
		{name: "a panic with an error", panics: io.ErrUnexpectedEOF,
			code: apierr.CodeInternalError},
		{name: "a panic with an error of ours", panics: apierr.NewNotFoundAgent("A91"),
			code: apierr.CodeInternalError},
		{name: "a panic whose value panics", panics: bomb{}, code: apierr.CodeInternalError},
		{name: "an aborted handler", panics: http.ErrAbortHandler},
	}
}

func (e *ending) fails() bool { return e.panics != nil || e.err != nil && e.name != "a typed nil" }

type cyclic struct{}

func (c cyclic) Error() string { return "cyclic" }
func (c cyclic) Unwrap() error { return c }

type bomb struct{}

func (bomb) Error() string { panic("Error") }
func (bomb) Unwrap() error { panic("Unwrap") }
func (bomb) Is(error) bool { panic("Is") }

// A surrounding is what surrounds the handler: a middleware around the responder, or a writer that
// the handler itself wraps around its own.
type surrounding struct {
	name   string
	around func(http.Handler) http.Handler
	inside func(http.ResponseWriter) http.ResponseWriter
}

func surroundings() []surrounding {
	cancelled := func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			ctx, cancel := context.WithCancel(r.Context())
			cancel()
			next.ServeHTTP(w, r.WithContext(ctx))
		})
	}
	expired := func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			ctx, cancel := context.WithDeadline(r.Context(), time.Unix(0, 0))
			defer cancel()
			next.ServeHTTP(w, r.WithContext(ctx))
		})
	}
	wrapped := func(wrap func(http.ResponseWriter) http.ResponseWriter) func(
		http.Handler) http.Handler {
		return func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter,
				r *http.Request) {
				next.ServeHTTP(wrap(w), r)
			})
		}
	}
	return []surrounding{
		{name: "nothing"},
		{name: "a cancelled context", around: cancelled},
		{name: "an expired context", around: expired},
		{name: "TimeoutHandler", around: func(next http.Handler) http.Handler {
			return http.TimeoutHandler(next, time.Minute, "late")
		}},
		{name: "gorilla/handlers compression", around: handlers.CompressHandler},
		{name: "klauspost/compress gzhttp",
			around: func(next http.Handler) http.Handler { return gzhttp.GzipHandler(next) }},
		{name: "chi's logger", around: middleware.RequestLogger(
			&middleware.DefaultLogFormatter{Logger: log.New(io.Discard, "", 0)})},
		{name: "chi's compression", around: middleware.Compress(5)},
		{name: "chi's recoverer", around: middleware.Recoverer},
		{name: "gorilla/handlers recovery", around: handlers.RecoveryHandler(
			handlers.RecoveryLogger(log.New(io.Discard, "", 0)))},
		{name: "gorilla/handlers recovery and compression", around: func(
			next http.Handler) http.Handler {
			return handlers.RecoveryHandler(handlers.RecoveryLogger(log.New(io.Discard, "", 0)))(
				handlers.CompressHandler(next))
		}},
		{name: "a plain gzip writer", around: gzipped},
		{name: "a writer with Unwrap around",
			around: wrapped(func(w http.ResponseWriter) http.ResponseWriter { return unwrapping{w} })},
		{name: "a writer without Unwrap around",
			around: wrapped(func(w http.ResponseWriter) http.ResponseWriter { return hiding{w} })},
		{name: "a writer with Unwrap inside",
			inside: func(w http.ResponseWriter) http.ResponseWriter { return unwrapping{w} }},
		{name: "a writer without Unwrap inside",
			inside: func(w http.ResponseWriter) http.ResponseWriter { return hiding{w} }},
	}
}

// gzipped compresses everything that a handler writes. Like many handwritten middlewares, it
// announces that before it knows what follows.
func gzipped(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") ||
			r.Method == http.MethodHead {
			next.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Content-Encoding", "gzip")
		z := &gzipWriter{ResponseWriter: w}
		next.ServeHTTP(z, r)
		if z.z != nil {
			_ = z.z.Close()
		}
	})
}

type gzipWriter struct {
	http.ResponseWriter
	z *gzip.Writer
}

func (g *gzipWriter) Write(b []byte) (int, error) {
	if g.z == nil {
		g.z = gzip.NewWriter(g.ResponseWriter)
	}
	return g.z.Write(b)
}

type unwrapping struct{ http.ResponseWriter }

func (u unwrapping) Unwrap() http.ResponseWriter { return u.ResponseWriter }

type hiding struct{ http.ResponseWriter }

// A style is how a service uses the package.
type style string

const (
	styleHandler style = "Handler within Recover"
	styleWrite   style = "Write within Recover"
)

func styled(s style, d *apierr.Responder, f apierr.HandlerFunc) http.Handler {
	if s == styleHandler {
		return d.Recover(d.Handler(f))
	}
	return d.Recover(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := f(w, r); err != nil {
			d.Write(w, r, err)
		}
	}))
}

// The headers of a request that select a cell.
const (
	askBeginning = "X-Begin"
	askEnding    = "X-End"
)

func TestMatrix(t *testing.T) {
	var (
		cells  atomic.Int64
		mu     sync.Mutex
		failed = map[string]int{}
	)
	t.Run("cells", func(t *testing.T) {
		for _, s := range surroundings() {
			for _, how := range []style{styleHandler, styleWrite} {
				for _, proto := range []int{1, 2} {
					t.Run(fmt.Sprintf("%s/%s/HTTP%d", s.name, how, proto), func(t *testing.T) {
						t.Parallel()
						m := newMachine(t, s, how, proto)
						for _, b := range beginnings() {
							for _, e := range endings() {
								for _, method := range []string{http.MethodGet, http.MethodHead} {
									cells.Add(1)
									for _, wrong := range m.check(&b, &e, method) {
										mu.Lock()
										if failed[wrong]++; failed[wrong] <= 3 {
											t.Errorf("%s begins with %s and ends with %s: %s",
												method, b.name, e.name, wrong)
										}
										mu.Unlock()
									}
								}
							}
						}
					})
				}
			}
		}
	})
	t.Logf("%d cells", cells.Load())
	for _, wrong := range slices.Sorted(maps.Keys(failed)) {
		t.Errorf("%d × %s", failed[wrong], wrong)
	}
}

// A machine is one server with one surrounding, and its client.
type machine struct {
	server *httptest.Server
	client *http.Client
	around surrounding
	how    style
	proto  int
	heard  atomic.Int64 // calls of OnError
	logged atomic.Int64 // lines
	busy   sync.WaitGroup
}

func newMachine(t *testing.T, s surrounding, how style, proto int) *machine {
	begins, ends := beginnings(), endings()
	m := &machine{around: s, how: how, proto: proto}
	d := &apierr.Responder{
		Logger:  slog.New(slog.NewTextHandler(countingWriter{&m.logged}, nil)),
		OnError: func(*http.Request, error) { m.heard.Add(1) },
	}
	h := styled(how, d, func(w http.ResponseWriter, r *http.Request) error {
		if s.inside != nil {
			w = s.inside(w)
		}
		begins[slices.IndexFunc(begins,
			func(b beginning) bool { return b.name == r.Header.Get(askBeginning) })].do(w, r)
		e := ends[slices.IndexFunc(ends,
			func(e ending) bool { return e.name == r.Header.Get(askEnding) })]
		if e.panics != nil {
			panic(e.panics)
		}
		return e.err
	})
	if s.around != nil {
		h = s.around(h)
	}
	m.server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter,
		r *http.Request) {
		m.busy.Add(1)
		defer m.busy.Done()
		h.ServeHTTP(w, r)
	}))
	m.server.Config.ErrorLog = log.New(io.Discard, "", 0)
	m.server.EnableHTTP2 = proto == 2
	m.server.StartTLS()
	t.Cleanup(m.server.Close)
	m.client = m.server.Client()
	m.client.CheckRedirect = func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse
	}
	m.client.Timeout = 30 * time.Second
	return m
}

type countingWriter struct{ n *atomic.Int64 }

func (c countingWriter) Write(b []byte) (int, error) {
	c.n.Add(int64(bytes.Count(b, []byte("\n"))))
	return len(b), nil
}

// check requests one cell and returns what is wrong with it.
func (m *machine) check(b *beginning, e *ending, method string) (wrong []string) {
	req, err := http.NewRequest(method, m.server.URL, nil)
	if err != nil {
		return []string{err.Error()}
	}
	req.Header.Set(askBeginning, b.name)
	req.Header.Set(askEnding, e.name)
	heard, logged := m.heard.Load(), m.logged.Load()
	resp, err := m.client.Do(req)
	var body []byte
	if err == nil {
		body, err = io.ReadAll(resp.Body)
		_ = resp.Body.Close()
	}
	m.busy.Wait() // a client may get its response before the handler ends
	if b.panics || e.panics != nil && e.panics != any(http.ErrAbortHandler) {
		if m.heard.Load() == heard {
			wrong = append(wrong, "OnError is not called for a panic")
		}
		if m.logged.Load() == logged {
			wrong = append(wrong, "a panic is not logged")
		}
	}
	if !e.fails() && !b.panics {
		if err != nil && !b.own && !b.spoilsItself() {
			wrong = append(wrong, "a request that did not fail has a broken connection")
		}
		return wrong
	}
	if resp == nil || err != nil && resp.StatusCode < 400 {
		return wrong // the connection broke
	}
	if resp.StatusCode < 400 {
		if b.own || b.whole != nil && b.whole(method) {
			return wrong
		}
		return append(wrong, "a request that failed is answered with a success")
	}
	if err != nil {
		if strings.Contains(err.Error(), "gzip") {
			return append(wrong, "the body of an error cannot be read: "+err.Error())
		}
		return wrong
	}
	text := string(body)
	isOurs := strings.Contains(text, `"status_code"`)
	if strings.Contains(text, half[:8]) && isOurs || strings.Count(text, `"status_code"`) > 1 {
		wrong = append(wrong, "bytes of an error follow bytes of something else")
	}
	if strings.Contains(text, half[:8]) || resp.StatusCode == http.StatusTeapot ||
		strings.HasPrefix(b.name, "status ") {
		return wrong // an error that the handler wrote itself
	}
	if resp.Header.Get("Cache-Control") != "" || resp.Header.Get("Etag") != "" ||
		resp.Header.Get("Content-Disposition") != "" {
		wrong = append(wrong, "an error has headers of a success")
	}
	want := e.code
	if b.panics {
		want = apierr.CodeInternalError
	}
	if method == http.MethodHead || want == "" {
		return wrong
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	if got, ok := apierr.From(apierr.Decode(resp)); !ok || got.Code != want {
		wrong = append(wrong, "the error is decoded as another, or not at all")
	}
	return wrong
}

// spoilsItself reports whether the beginning alone makes a response that no client can read.
func (b *beginning) spoilsItself() bool {
	return b.name == "its own encoding" || b.name == "headers of a success" ||
		strings.HasSuffix(b.name, "of a declared length")
}
