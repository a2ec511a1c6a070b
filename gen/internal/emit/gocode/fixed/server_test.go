package fixed

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func respond(t *testing.T, d *Responder, method string, err error) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	w.Header().Set("Content-Length", "7")
	w.Header().Set("Content-Encoding", "gzip")
	d.Write(w, httptest.NewRequest(method, "/", nil), err)
	return w
}

func TestWhatIsSentForWhat(t *testing.T) {
	upstream := Parse(403, nil, []byte(`{"error":{"code":"UNAUTHORIZED","message":"No valid key","http_status":403},"status":403}`))
	for name, c := range map[string]struct {
		err    error
		status int
		code   string
		why    error
	}{
		"ours":                {NewTooLarge(), 413, "TOO_LARGE", nil},
		"wrapped":             {fmt.Errorf("reading: %w", NewTooLarge()), 413, "TOO_LARGE", nil},
		"joined":              {errors.Join(io.EOF, NewTooLarge()), 413, "TOO_LARGE", nil},
		"outermost wins":      {NewTooLarge(WithCause(NewType())), 413, "TOO_LARGE", nil},
		"bare code":           {CodeUnauthorized, 401, "UNAUTHORIZED", nil},
		"bare, with params":   {CodeRateLimited, 500, "INTERNAL", needsParams},
		"bare, with variants": {CodeNotFound, 500, "INTERNAL", needsParams},
		"foreign":             {io.ErrUnexpectedEOF, 500, "INTERNAL", notOurs},
		"body too large":      {fmt.Errorf("reading: %w", &http.MaxBytesError{Limit: 1}), 413, "TOO_LARGE", nil},
		"chosen status":       {NewUnauthorized(WithStatus(403)), 403, "UNAUTHORIZED", nil},
		"status not its own":  {NewUnauthorized(WithStatus(200)), 401, "UNAUTHORIZED", nil},
		"literal":             {&UnauthorizedError{}, 401, "UNAUTHORIZED", nil},
		"from upstream":       {fmt.Errorf("calling: %w", upstream), 500, "INTERNAL", notRelayed},
		"relayed":             {fmt.Errorf("calling: %w", Relay(upstream)), 403, "UNAUTHORIZED", nil},
	} {
		t.Run(name, func(t *testing.T) {
			var heard error
			d := Responder{OnError: func(_ *http.Request, err error) { heard = err }}
			w := respond(t, &d, http.MethodGet, c.err)
			b, _ := readBody(w.Body.Bytes())
			if code, _ := b.text(roleCode); w.Code != c.status || b.status != c.status || code != c.code {
				t.Errorf("sent %d %s; want %d %s", w.Code, w.Body, c.status, c.code)
			}
			if c.why == nil && heard != nil || c.why != nil && (!errors.Is(heard, c.why) || !errors.Is(heard, c.err)) {
				t.Errorf("OnError heard %v; want %v", heard, c.why)
			}
			h := w.Header()
			if h.Get("Content-Length") != fmt.Sprint(w.Body.Len()) || h.Get("Content-Encoding") != "" ||
				h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Content-Type") != mediaType {
				t.Errorf("the headers are %v", h)
			}
		})
	}
}

func TestNothingIsSent(t *testing.T) {
	if w := respond(t, new(Responder), http.MethodHead, NewTooLarge()); w.Code != 413 || w.Body.Len() > 0 {
		t.Errorf("HEAD got %d and the body %q", w.Code, w.Body)
	}
	gone, cancel := context.WithCancel(context.Background())
	cancel()
	w := httptest.NewRecorder()
	Write(w, httptest.NewRequest(http.MethodGet, "/", nil).WithContext(gone), NewTooLarge())
	if w.Body.Len() > 0 {
		t.Errorf("a client that left got %q", w.Body)
	}
	HandlerFunc(func(http.ResponseWriter, *http.Request) error { return nil }).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
	if w.Body.Len() > 0 {
		t.Errorf("a handler without an error sent %q", w.Body)
	}
}

func TestHeadersAgree(t *testing.T) {
	e := NewRateLimited("free", 1500*time.Millisecond)
	if got := e.core.Header().Get("Retry-After"); got != "2" {
		t.Errorf("Retry-After is %q; want 2, rounded up", got)
	}
	e = NewRateLimited("free", time.Second, WithRetryAfter(time.Minute))
	if d, _ := e.core.RetryAfter(); d != time.Minute || e.Params.RetryAfter != time.Minute || !strings.Contains(e.core.Message(), "1m.") {
		t.Errorf("WithRetryAfter gives %v, %v and %q; want 1m in all", d, e.Params.RetryAfter, e.core.Message())
	}
	if d, ok := NewMaintenance().core.RetryAfter(); !ok || d != 30*time.Second {
		t.Errorf("a constant Retry-After is %v, %v; want 30s", d, ok)
	}
	h := NewTooLarge(WithHeader("x-a", "1\r\nSet-Cookie: b"), WithHeader("Set-Cookie", "c=d"), WithHeader("content-type", "text/html")).core.Header()
	if len(h) != 1 || h.Get("X-A") != "1  Set-Cookie: b" {
		t.Errorf("the headers are %q; want X-A alone, on one line", h)
	}
	h.Set("X-A", "changed")
}

func TestResponderLogsAndNamesRequests(t *testing.T) {
	var log bytes.Buffer
	d := Responder{
		Logger:    slog.New(slog.NewTextHandler(&log, nil)),
		RequestID: func(*http.Request) string { return "r1" },
		Fallback:  CodeMaintenance,
	}
	w := respond(t, &d, http.MethodGet, io.ErrUnexpectedEOF)
	if w.Code != 503 || !strings.Contains(w.Body.String(), `"id":"req-r1"`) {
		t.Errorf("sent %d %s; want the chosen fallback, with the request's id", w.Code, w.Body)
	}
	if !strings.Contains(log.String(), "unexpected EOF") || !strings.Contains(log.String(), "error.request_id=r1") {
		t.Errorf("logged %s", &log)
	}
}

// TestOneErrorIsOneLine counts what is logged: a line for each error, whoever else hears of it, with what was returned and why it was not sent.
func TestOneErrorIsOneLine(t *testing.T) {
	late := func(err error) HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) error {
			_, _ = io.WriteString(w, "begun")
			return err
		}
	}
	for _, tt := range []struct {
		name     string
		fallback Code
		heard    bool // there is an OnError
		handler  HandlerFunc
		want     []string // in the only line; nil: there is none
	}{
		{"foreign", "", false, func(http.ResponseWriter, *http.Request) error { return io.ErrUnexpectedEOF }, []string{"not an error of this package", "error.status=500", "unexpected EOF"}},
		{"foreign, heard of", "", true, func(http.ResponseWriter, *http.Request) error { return io.ErrUnexpectedEOF }, []string{"not an error of this package", "unexpected EOF"}},
		{"foreign, sent as the client's fault", CodeTooLarge, false, func(http.ResponseWriter, *http.Request) error { return io.ErrUnexpectedEOF }, []string{"error.code=TOO_LARGE", "unexpected EOF"}},
		{"the same, heard of", CodeTooLarge, true, func(http.ResponseWriter, *http.Request) error { return io.ErrUnexpectedEOF }, nil},
		{"the server's own", "", false, func(http.ResponseWriter, *http.Request) error { return NewMaintenance(WithCause(io.ErrNoProgress)) }, []string{"error.code=MAINTENANCE", "multiple Read calls"}},
		{"the client's fault", "", false, func(http.ResponseWriter, *http.Request) error { return NewTooLarge() }, nil},
		{"too late", "", false, late(NewMaintenance(WithCause(io.ErrNoProgress))), []string{"written already", "error.code=MAINTENANCE", "multiple Read calls"}},
		{"too late, heard of", "", true, late(io.ErrUnexpectedEOF), nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var log bytes.Buffer
			d := Responder{Logger: slog.New(slog.NewTextHandler(&log, nil)), Fallback: tt.fallback}
			times := 0
			if tt.heard {
				d.OnError = func(_ *http.Request, err error) { times++ }
			}
			d.Handler(tt.handler).ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/", nil))
			if lines := strings.Count(log.String(), "\n"); lines != min(1, len(tt.want)) {
				t.Errorf("logged %d lines:\n%s", lines, &log)
			}
			for _, want := range tt.want {
				if !strings.Contains(log.String(), want) {
					t.Errorf("logged %s; want %s", &log, want)
				}
			}
			if tt.heard && times != 1 {
				t.Errorf("OnError heard %d times of one error", times)
			}
		})
	}
}
