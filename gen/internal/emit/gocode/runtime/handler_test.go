package apierr

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"log"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"
)

// serve answers one request over a real connection.
func serve(t *testing.T, h http.Handler) (*http.Response, []byte, error) {
	t.Helper()
	s := httptest.NewUnstartedServer(h)
	s.Config.ErrorLog = nil
	s.Start()
	t.Cleanup(s.Close)
	resp, err := http.Get(s.URL)
	if err != nil {
		return nil, nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return resp, body, err
}

func TestRecover(t *testing.T) {
	var heard error
	d := &Responder{OnError: func(_ *http.Request, err error) { heard = err }}
	for name, v := range map[string]any{
		"text":             "secret of the panic",
		"error":            io.ErrUnexpectedEOF,
		"ours":             NewTooLarge(),
		"a bare code":      CodeTooLarge,
		"a deadline":       context.DeadlineExceeded,
		"relayed":          Relay(NewTooLarge()),
		"a body too large": &http.MaxBytesError{Limit: 1},
	} {
		resp, body, err := serve(t, d.Recover(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
			panic(v)
		})))
		if err != nil || resp.StatusCode != 500 || !bytes.Contains(body, []byte(`"code":"INTERNAL"`)) ||
			bytes.Contains(body, []byte("secret")) {
			t.Errorf("%s: a panic is answered with %s, %v; want the fallback", name, body, err)
		}
		if !errors.Is(heard, isPanic) || !strings.Contains(heard.Error(), "handler_test.go") {
			t.Errorf("%s: OnError heard %v; want the reason and the stack", name, heard)
		}
	}
	if !errors.Is(panicked{value: io.ErrUnexpectedEOF}, io.ErrUnexpectedEOF) {
		t.Error("the panic's own error is lost")
	}
	_, _, err := serve(t, d.Recover(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		panic(http.ErrAbortHandler)
	})))
	if err == nil {
		t.Error("http.ErrAbortHandler is answered; want a broken connection")
	}
}

// What a ResponseWriter can do, it can do inside a handler as well.
func TestTrackerHidesNothing(t *testing.T) {
	_, body, err := serve(t, HandlerFunc(func(w http.ResponseWriter, _ *http.Request) error {
		w.WriteHeader(http.StatusEarlyHints)
		if err := http.NewResponseController(w).EnableFullDuplex(); err != nil {
			return err
		}
		if _, err := io.Copy(w, strings.NewReader("copied")); err != nil {
			return err
		}
		w.(http.Flusher).Flush()
		conn, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			return err
		}
		return conn.Close()
	}))
	if string(body) != "copied" {
		t.Errorf("the body is %q, %v", body, err)
	}
	w := track(struct{ http.ResponseWriter }{httptest.NewRecorder()}) // which cannot flush
	if err := http.NewResponseController(w).Flush(); !errors.Is(err, http.ErrNotSupported) ||
		w.status != 0 {
		t.Errorf("the error of a Flush is %v, and the status %d; want %v and 0",
			err, w.status, http.ErrNotSupported)
	}
	resp, body, err := serve(t, HandlerFunc(func(w http.ResponseWriter, _ *http.Request) error {
		w.WriteHeader(http.StatusEarlyHints)
		return NewTooLarge()
	}))
	if err != nil || resp.StatusCode != 413 || len(body) == 0 {
		t.Errorf("after early hints an error is answered with %d %q, %v", resp.StatusCode, body, err)
	}
}

// The writer of a handler has the methods that those of net/http have. Frameworks call some without
// asking whether they are there.
func TestTrackerHasAllMethods(t *testing.T) {
	without := map[string]string{
		"Push":        "browsers ignore it",
		"ReadFrom":    "the last byte would pass by",
		"WriteString": "io.WriteString does without",
	}
	for _, http2 := range []bool{false, true} {
		s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			below, have := reflect.TypeOf(w), reflect.TypeFor[*tracker]()
			for i := range below.NumMethod() {
				m := below.Method(i)
				got, ok := have.MethodByName(m.Name)
				switch {
				case !ok && without[m.Name] == "":
					t.Errorf("%T has %s, and the writer of a handler has not", w, m.Name)
				case ok && got.Type.NumIn() != m.Type.NumIn():
					t.Errorf("%T has another %s", w, m.Name)
				}
			}
		}))
		s.EnableHTTP2 = http2
		s.StartTLS()
		resp, err := s.Client().Get(s.URL)
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		s.Close()
	}
	if track(httptest.NewRecorder()).CloseNotify() != nil {
		t.Error("a writer notifies, though the one below does not")
	}
}

// Trailers that a handler has announced are sent with its error. In HTTP/1.1 this needs a response
// without a Content-Length.
func TestTrailersAreUntouched(t *testing.T) {
	for _, http2 := range []bool{false, true} {
		s := httptest.NewUnstartedServer(HandlerFunc(func(w http.ResponseWriter, _ *http.Request) error {
			w.Header().Set("Trailer", "X-Sum")
			// before the error is written: it is no header, because it is announced
			defer w.Header().Set("X-Sum", "1")
			return NewTooLarge()
		}))
		s.EnableHTTP2 = http2
		s.StartTLS()
		resp, err := s.Client().Get(s.URL)
		if err != nil {
			t.Fatal(err)
		}
		if err := Decode(resp); !errors.Is(err, CodeTooLarge) {
			t.Errorf("%s: decoded as %v", resp.Proto, err)
		}
		if _, err := io.Copy(io.Discard, resp.Body); err != nil || (resp.ProtoMajor == 2) != http2 ||
			resp.Trailer.Get("X-Sum") != "1" {
			t.Errorf("%s: the trailers are %v, %v", resp.Proto, resp.Trailer, err)
		}
		_ = resp.Body.Close()
		s.Close()
	}
}

// A mux's own 404 and 405 responses have the catalog's codes, and the mux's Allow header. Its
// redirects and what it serves are untouched.
func TestMux(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /things/{id}", func(w http.ResponseWriter, r *http.Request) {
		if r.PathValue("id") == "none" {
			http.NotFound(w, r) // the handler's own
			return
		}
		_, _ = io.WriteString(w, r.PathValue("id")+" by "+r.Pattern)
	})
	mux.HandleFunc("/folder/", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "folder")
	})
	d := new(Responder)
	h := d.Recover(d.Mux(mux)) // which knows whether the response has started
	for _, tt := range []struct {
		method, path string
		status       int
		body, allow  string
	}{
		{"GET", "/things/7", 200, "7 by GET /things/{id}", ""},
		{"GET", "/things/none", 404, "404 page not found\n", ""},
		{"GET", "/nothing", 404, `"code":"NOT_FOUND"`, ""},
		{"HEAD", "/nothing", 404, "", ""},
		{"POST", "/things/7", 405, `"code":"METHOD_NOT_ALLOWED"`, "GET, HEAD"},
		{"GET", "/folder", 307, "/folder/", ""},
		{"GET", "/folder//x", 307, "/folder/x", ""},
	} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(tt.method, tt.path, nil))
		if w.Code != tt.status ||
			!strings.Contains(w.Body.String(), tt.body) ||
			w.Header().Get("Allow") != tt.allow {
			t.Errorf("%s %s: %d %q, Allow %q; want %d %q %q", tt.method, tt.path,
				w.Code, w.Body, w.Header().Get("Allow"), tt.status, tt.body, tt.allow)
		}
		if strings.HasPrefix(tt.body, `"code"`) && w.Header().Get("Content-Type") != mediaType {
			t.Errorf("%s %s: the headers are %v", tt.method, tt.path, w.Header())
		}
	}
}

// When a handler fails after its response has started, no client takes the response for a success,
// whatever marks the end of the body.
func TestAbortedResponsesAreNotWhole(t *testing.T) {
	d := &Responder{Logger: slog.New(slog.DiscardHandler)}
	begin := func(n int) HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) error {
			_, _ = w.Write(bytes.Repeat([]byte("x"), n))
			return NewTooLarge()
		}
	}
	for _, tt := range []struct {
		name, proto string
		handler     HandlerFunc
	}{
		{"HTTP/1.0, a few bytes", "HTTP/1.0", begin(1)},
		{"HTTP/1.0, more than is buffered", "HTTP/1.0", begin(1 << 16)},
		{
			"a body that ends with the connection",
			"HTTP/1.1",
			func(w http.ResponseWriter, r *http.Request) error {
				w.Header().Set("Transfer-Encoding", "identity")
				return begin(1<<16)(w, r)
			},
		},
		{
			"another protocol, which is not spoken",
			"HTTP/1.1",
			func(w http.ResponseWriter, _ *http.Request) error {
				w.Header().Set("Connection", "Upgrade")
				w.Header().Set("Upgrade", "websocket")
				w.WriteHeader(http.StatusSwitchingProtocols)
				return NewTooLarge()
			},
		},
		{
			"an error that comes too late to be one",
			"HTTP/1.1",
			func(w http.ResponseWriter, r *http.Request) error {
				_, _ = io.WriteString(w, "begun")
				d.Handler(func(w http.ResponseWriter, _ *http.Request) error {
					http.Error(w, "failed", http.StatusInternalServerError)
					return NewTooLarge()
				}).ServeHTTP(w, r)
				return nil
			},
		},
		{"all of a declared length", "HTTP/1.1", declared(begin(1))},
		{"all of a declared length, more than is buffered", "HTTP/1.1", declared(begin(1 << 16))},
		{"all of a declared length, HTTP/1.0", "HTTP/1.0", declared(begin(1 << 16))},
		{
			"all of a length that was declared, and then removed",
			"HTTP/1.1",
			declared(func(w http.ResponseWriter, r *http.Request) error {
				w.WriteHeader(http.StatusOK)
				w.Header().Del("Content-Length")
				return begin(1<<16)(w, r)
			}),
		},
		{
			"a copy of a declared length",
			"HTTP/1.1",
			declared(func(w http.ResponseWriter, _ *http.Request) error {
				text := strings.NewReader(strings.Repeat("x", 1<<16))
				if _, err := io.Copy(w, struct{ io.Reader }{text}); err != nil {
					return err
				}
				return NewTooLarge()
			}),
		},
		{"an abort of its own", "HTTP/1.1", func(w http.ResponseWriter, r *http.Request) error {
			_ = begin(1<<16)(w, r)
			panic(http.ErrAbortHandler)
		}},
		{"an abort of its own, HTTP/1.0", "HTTP/1.0", func(w http.ResponseWriter, r *http.Request) error {
			_ = begin(1<<16)(w, r)
			panic(http.ErrAbortHandler)
		}},
		{
			"a panic after all of a declared length",
			"HTTP/1.1",
			declared(func(w http.ResponseWriter, r *http.Request) error {
				_ = begin(1<<16)(w, r)
				panic("broken")
			}),
		},
	} {
		for _, secure := range []bool{false, true} {
			s := httptest.NewUnstartedServer(d.Recover(d.Handler(tt.handler)))
			s.Config.ErrorLog = log.New(io.Discard, "", 0)
			if secure {
				s.StartTLS()
			} else {
				s.Start()
			}
			conn, err := net.Dial("tcp", s.Listener.Addr().String())
			if err != nil {
				t.Fatal(err)
			}
			if secure {
				conn = tls.Client(conn, &tls.Config{InsecureSkipVerify: true}) // httptest's own certificate
			}
			_ = conn.SetDeadline(time.Now().Add(time.Minute)) // of a test that fails
			_, _ = io.WriteString(conn, "GET / "+tt.proto+"\r\nHost: a\r\n\r\n")
			resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
			if err == nil {
				var n int64
				n, err = io.Copy(io.Discard, resp.Body)
				if err == nil && (resp.StatusCode != http.StatusSwitchingProtocols || !ends(conn)) {
					t.Errorf("%s, TLS %v: the client takes status %d and %d bytes for a response",
						tt.name, secure, resp.StatusCode, n)
				}
			}
			_ = conn.Close()
			s.Close()
		}
	}
}

// declared states how long the body of h is: as long as what it writes.
func declared(h HandlerFunc) HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) error {
		dry := httptest.NewRecorder()
		func() {
			defer func() { _ = recover() }()
			_ = h(dry, r)
		}()
		w.Header().Set("Content-Length", strconv.Itoa(dry.Body.Len()))
		return h(w, r)
	}
}

// ends reports whether a connection ends, and not because nothing comes.
func ends(conn net.Conn) bool {
	_, err := conn.Read(make([]byte, 1))
	return err != nil && !errors.Is(err, os.ErrDeadlineExceeded)
}

// The functions of a Responder may panic: the request is answered, the other functions are called,
// and the panic is reported.
func TestResponderSurvivesItsFunctions(t *testing.T) {
	var reported bytes.Buffer
	for _, broken := range []string{"OnError", "RequestID", "Logger"} {
		for name, failing := range map[string]HandlerFunc{
			"returned": func(http.ResponseWriter, *http.Request) error { return io.ErrUnexpectedEOF },
			"panicked": func(http.ResponseWriter, *http.Request) error { panic("boom") },
			"panicked with nothing": func(http.ResponseWriter, *http.Request) error {
				var nothing error
				panic(nothing)
			},
		} {
			var logged bytes.Buffer
			heard := 0
			d := &Responder{
				OnError: func(*http.Request, error) { heard++ },
				Logger:  slog.New(slog.NewTextHandler(&logged, nil)),
			}
			switch broken {
			case "OnError":
				d.OnError = func(*http.Request, error) { heard++; panic("OnError is broken") }
			case "RequestID":
				d.RequestID = func(*http.Request) string { panic("RequestID is broken") }
			case "Logger":
				d.Logger = slog.New(brokenHandler{slog.NewTextHandler(&logged, nil)})
			}
			s := httptest.NewUnstartedServer(d.Recover(d.Handler(failing)))
			reported.Reset()
			s.Config.ErrorLog = log.New(&reported, "", 0)
			s.Start()
			resp, err := http.Get(s.URL)
			s.Close()
			if err != nil {
				t.Errorf("%s is broken, %s: %v", broken, name, err)
				continue
			}
			if resp.Body.Close(); resp.StatusCode != 500 ||
				heard != 1 ||
				strings.Count(logged.String(), "\n") != 1 ||
				!strings.Contains(reported.String(), broken+" is broken") {
				t.Errorf("%s is broken, %s: answered with %d, OnError heard %d times, logged %q, reported %q",
					broken, name, resp.StatusCode, heard, &logged, &reported)
			}
		}
	}
}

type brokenHandler struct{ slog.Handler }

func (h brokenHandler) Handle(ctx context.Context, r slog.Record) error {
	_ = h.Handler.Handle(ctx, r)
	panic("Logger is broken")
}

// A handler whose goroutine ends inside it has not succeeded.
func TestGoexit(t *testing.T) {
	var logged bytes.Buffer
	d := &Responder{Logger: slog.New(slog.NewTextHandler(&logged, nil))}
	s := httptest.NewServer(d.Recover(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		runtime.Goexit()
	})))
	if resp, err := http.Get(s.URL); err == nil {
		_ = resp.Body.Close()
		t.Errorf("answered with %d", resp.StatusCode)
	}
	s.Close()
	if !strings.Contains(logged.String(), "stack=") {
		t.Errorf("logged %q", &logged)
	}
}

// A client waits for a go-ahead before it sends the body of its request (RFC 9110, section 10.1.1)
// and never gets it. It sees that the response broke off.
func TestAnAbortWaitsForNoRequest(t *testing.T) {
	for name, h := range map[string]http.Handler{
		"an error": HandlerFunc(func(w http.ResponseWriter, _ *http.Request) error {
			_, _ = io.WriteString(w, "half")
			_ = http.NewResponseController(w).Flush()
			return NewTooLarge()
		}),
		"a panic": new(Responder).Recover(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusNotFound)
			_ = http.NewResponseController(w).Flush()
			panic("broken")
		})),
	} {
		s := httptest.NewServer(h)
		body, stays := io.Pipe()
		req, err := http.NewRequest(http.MethodPost, s.URL, body)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Expect", "100-continue")
		resp, err := http.DefaultTransport.RoundTrip(req)
		if err == nil {
			_, err = io.ReadAll(resp.Body) // forever, if the server waits for the request
			_ = resp.Body.Close()
		}
		if err == nil {
			t.Errorf("%s: the response is whole", name)
		}
		_ = stays.Close()
		s.Close()
	}
}

// A copy starts the response with its first byte, whatever its size is, whether its length is
// declared, and wherever it fails.
func TestCopiesOfAnySize(t *testing.T) {
	folder := t.TempDir()
	for _, size := range []int{0, 1, 511, 512, 513, 1 << 20} {
		want := bytes.Repeat([]byte("x"), size)
		file := filepath.Join(folder, strconv.Itoa(size))
		if err := os.WriteFile(file, want, 0o600); err != nil {
			t.Fatal(err)
		}
		for name, copies := range map[string]func(w io.Writer, f *os.File) (int64, error){
			"a reader": func(w io.Writer, f *os.File) (int64, error) {
				return io.Copy(w,
					struct{ io.Reader }{f})
			},
			"a file":    func(w io.Writer, f *os.File) (int64, error) { return io.Copy(w, f) },
			"its bytes": func(w io.Writer, f *os.File) (int64, error) { return io.CopyN(w, f, int64(size)) },
			"two halves": func(w io.Writer, f *os.File) (int64, error) {
				n, _ := io.CopyN(w, f, int64(size/2))
				m, err := io.Copy(w, f)
				return n + m, err
			},
			"many writes": func(w io.Writer, f *os.File) (int64, error) {
				return io.CopyBuffer(struct{ io.Writer }{w}, struct{ io.Reader }{f}, make([]byte, 100))
			},
			"what fails": func(w io.Writer, f *os.File) (int64, error) {
				return io.Copy(w, io.MultiReader(f, failing{NewTooLarge()}))
			},
			"what is long": func(w io.Writer, f *os.File) (int64, error) {
				return io.Copy(w,
					io.LimitReader(f, 1<<30))
			},
		} {
			for _, length := range []bool{false, true} {
				resp, body, err := serve(t, HandlerFunc(func(w http.ResponseWriter, _ *http.Request) error {
					f, err := os.Open(file)
					if err != nil {
						return err
					}
					defer f.Close()
					if length {
						w.Header().Set("Content-Length", strconv.Itoa(size))
					}
					n, err := copies(w, f)
					if n != int64(size) {
						t.Errorf("%s of %d bytes: %d are copied", name, size, n)
					}
					return err
				}))
				switch fails := name == "what fails"; {
				case !fails &&
					(err != nil || !bytes.Equal(body, want) || length && resp.ContentLength != int64(size)):
					t.Errorf("%s of %d bytes, declared %v: received %d, %v", name, size, length, len(body), err)
				case fails && size == 0 && (err != nil || resp.StatusCode != 413):
					t.Errorf("a copy that fails at once is answered with %v, %v", resp, err)
				case fails && size > 0 && err == nil:
					t.Errorf("%d bytes, declared %v: a copy that fails is a success", size, length)
				}
			}
		}
	}
}

// What a handler flushes is sent, even if nothing is to follow.
func TestAFlushedBodyIsSent(t *testing.T) {
	for _, n := range []int{1, 1 << 16} {
		received := make(chan struct{})
		s := httptest.NewServer(HandlerFunc(func(w http.ResponseWriter, _ *http.Request) error {
			w.Header().Set("Content-Length", strconv.Itoa(n))
			_, _ = w.Write(bytes.Repeat([]byte("x"), n))
			_ = http.NewResponseController(w).Flush()
			<-received // forever, if it was not sent
			return nil
		}))
		resp, err := http.Get(s.URL)
		if err != nil {
			t.Fatal(err)
		}
		if body, err := io.ReadAll(resp.Body); err != nil || len(body) != n {
			t.Errorf("received %d bytes of %d, %v", len(body), n, err)
		}
		close(received)
		_ = resp.Body.Close()
		s.Close()
	}
}

// A body that is longer than declared is an error for its writer, as net/http has it.
func TestABodyLongerThanDeclared(t *testing.T) {
	_, body, err := serve(t, HandlerFunc(func(w http.ResponseWriter, _ *http.Request) error {
		w.Header().Set("Content-Length", "3")
		_, _ = io.WriteString(w, "abc")
		if _, err := io.WriteString(w, "d"); !errors.Is(err, http.ErrContentLength) {
			t.Errorf("Write returns %v", err)
		}
		text := strings.NewReader(strings.Repeat("e", 1000))
		_, err := io.Copy(w, struct{ io.Reader }{text})
		if !errors.Is(err, http.ErrContentLength) {
			t.Errorf("Copy returns %v", err)
		}
		return nil
	}))
	if err != nil || string(body) != "abc" {
		t.Errorf("received %q, %v", body, err)
	}
}

// A handler may take over its connection. Its error is then only reported.
func TestHijackedConnectionsAreLeftAlone(t *testing.T) {
	for name, end := range map[string]func() error{
		"an error": func() error { return NewTooLarge() },
		"a panic":  func() error { panic("boom") },
	} {
		var heard error
		d := &Responder{
			Logger: slog.New(slog.DiscardHandler), OnError: func(_ *http.Request, err error) { heard = err },
		}
		var errorLog bytes.Buffer
		ended := make(chan struct{})
		h := d.Recover(d.Handler(func(w http.ResponseWriter, _ *http.Request) error {
			conn, _, err := http.NewResponseController(w).Hijack()
			if err != nil {
				return err
			}
			go func() {
				<-ended
				_, _ = io.ReadFull(conn, make([]byte, 1)) // which a deadline of ours would end
				_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
				_ = conn.Close()
			}()
			return end()
		}))
		s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			defer close(ended)
			h.ServeHTTP(w, r)
		}))
		s.Config.ErrorLog = log.New(&errorLog, "", 0)
		s.Start()
		conn, err := net.Dial("tcp", s.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(conn, "GET / HTTP/1.1\r\nHost: a\r\n\r\n")
		<-ended
		_, _ = io.WriteString(conn, "x")
		if got, err := io.ReadAll(conn); err != nil || !strings.HasSuffix(string(got), "\r\n\r\nok") {
			t.Errorf("%s: received %q, %v", name, got, err)
		}
		_ = conn.Close()
		s.Close()
		if !errors.Is(heard, tooLate) || errorLog.Len() > 0 {
			t.Errorf("%s: OnError heard %v, net/http logged %q", name, heard, &errorLog)
		}
	}
}

// Writers that somebody else wrote may unwrap to themselves, or to nothing.
func TestHostileWriters(t *testing.T) {
	for name, wrap := range map[string]func(http.ResponseWriter) http.ResponseWriter{
		"itself":  func(w http.ResponseWriter) http.ResponseWriter { return unwrapsItself{w} },
		"nothing": func(w http.ResponseWriter) http.ResponseWriter { return unwrapsNothing{w} },
	} {
		for how, h := range map[string]http.Handler{
			"written": http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				Write(w,
					r, NewTooLarge())
			}),
			"returned": HandlerFunc(func(http.ResponseWriter, *http.Request) error { return NewTooLarge() }),
		} {
			w := httptest.NewRecorder()
			h.ServeHTTP(wrap(w), new(http.Request)) // which has not even a URL
			if w.Code != 413 {
				t.Errorf("an error is %s to a writer that unwraps to %s: sent %d", how, name, w.Code)
			}
		}
	}
}

type unwrapsItself struct{ http.ResponseWriter }

func (w unwrapsItself) Unwrap() http.ResponseWriter { return w }

type unwrapsNothing struct{ http.ResponseWriter }

func (unwrapsNothing) Unwrap() http.ResponseWriter { return nil }
