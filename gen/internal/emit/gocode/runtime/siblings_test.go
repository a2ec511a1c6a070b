package apierr

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A bare variant is answered as a bare code is.
func TestBareVariant(t *testing.T) {
	for err, want := range map[error]string{
		VariantNotFoundAgent:                         `"message":"Not found","variant":"agent"`,
		fmt.Errorf("doing: %w", VariantNotFoundRoom): `"message":"Not found","variant":"room"`,
		Variant("NOT_FOUND/new"):                     `"code":"INTERNAL"`,
		Variant("NOT_FOUND/"):                        `"code":"INTERNAL"`,
		Variant("/agent"):                            `"code":"INTERNAL"`,
		Variant("agent"):                             `"code":"INTERNAL"`,
		Variant(""):                                  `"code":"INTERNAL"`,
	} {
		heard := 0
		d := Responder{
			Logger: slog.New(slog.DiscardHandler), OnError: func(*http.Request, error) { heard++ },
		}
		w := respond(t, &d, http.MethodGet, err)
		if !strings.Contains(w.Body.String(), want) || heard != 1 {
			t.Errorf("%v: sent %d %s, OnError heard %d times; want %s", err, w.Code, w.Body, heard, want)
		}
	}
	if ErrorCode(VariantNotFoundAgent) != CodeNotFound || VariantNotFoundAgent.Code() != CodeNotFound {
		t.Error("a variant is not of its code")
	}
	for _, tt := range []struct {
		err, target error
		want        bool
	}{
		{VariantNotFoundAgent, VariantNotFoundAgent, true},
		{fmt.Errorf("doing: %w", VariantNotFoundAgent), CodeNotFound, true},
		{VariantNotFoundAgent, VariantNotFoundRoom, false},
		{VariantNotFoundAgent, CodeTooLarge, false},
		{VariantNotFoundAgent, Code(""), false},
		{CodeNotFound, VariantNotFoundAgent, false},
		{Variant("NOT_FOUND/new"), CodeNotFound, false},
		{Variant("NOT_FOUND/new"), Code(""), false},
		{Variant(""), Code(""), false},
		{VariantNotFoundAgent, io.EOF, false},
	} {
		if errors.Is(tt.err, tt.target) != tt.want {
			t.Errorf("errors.Is(%v, %#v) is %v", tt.err, tt.target, !tt.want)
		}
	}
}

// Every kind of timeout is answered as a deadline that has passed.
func TestEveryTimeoutIsADeadline(t *testing.T) {
	quiet := &Responder{Logger: slog.New(slog.DiscardHandler)}
	for name, err := range map[string]error{
		"the kernel's": &net.OpError{Op: "read", Err: syscall.ETIMEDOUT},
		"the resolver's": &net.OpError{
			Op: "dial", Err: &net.DNSError{Err: "i/o timeout", IsTimeout: true},
		},
		"a foreign one": fmt.Errorf("asking: %w", tooSlow{true}),
		"by its Is":     fmt.Errorf("asking: %w", likeDeadline{}),
	} {
		if w := respond(t, quiet, http.MethodGet, err); w.Code != 503 {
			t.Errorf("%s is answered with %d %s", name, w.Code, w.Body)
		}
	}
	for _, err := range []error{
		tooSlow{false}, &net.OpError{Op: "read", Err: syscall.ECONNRESET}, (*nilTimeout)(nil),
	} {
		if w := respond(t, quiet, http.MethodGet, err); w.Code != 500 {
			t.Errorf("%T is answered with %d %s", err, w.Code, w.Body)
		}
	}
}

type tooSlow struct{ is bool }

func (tooSlow) Error() string   { return "too slow" }
func (s tooSlow) Timeout() bool { return s.is }

type likeDeadline struct{}

func (likeDeadline) Error() string        { return "too slow" }
func (likeDeadline) Is(target error) bool { return target == context.DeadlineExceeded }

type nilTimeout struct{ is bool }

func (*nilTimeout) Error() string   { return "too slow" }
func (s *nilTimeout) Timeout() bool { return s.is }

// One failure among many typed nils is found, wherever it stands.
func TestOneFailureAmongMany(t *testing.T) {
	for _, n := range []int{1, maxTree - 2, maxTree - 1, maxTree, 5 * maxTree} {
		errs := make([]error, n, n+1)
		for i := range errs {
			errs[i] = (*TypeError)(nil)
		}
		w := respond(t, &Responder{Logger: slog.New(slog.DiscardHandler)},
			http.MethodGet, errors.Join(append(errs, io.ErrUnexpectedEOF)...))
		if w.Code != 500 {
			t.Errorf("after %d that are nil a failure is answered with %d", n, w.Code)
		}
	}
}

// A chain of errors that grows with each attempt does not make log lines that grow with its square.
func TestDeepCausesAreLoggedInALine(t *testing.T) {
	deep := func(n int) error {
		err := io.ErrUnexpectedEOF
		for range n {
			err = NewTooLarge(WithCause(err))
		}
		return err
	}
	for _, n := range []int{100, 1000, 10_000} {
		var log bytes.Buffer
		slog.New(slog.NewTextHandler(&log, nil)).Error("failed", Attr(deep(n)))
		if log.Len() > 16<<10 || !strings.Contains(log.String(), "cause=") {
			t.Errorf("%d errors are a line of %d bytes", n, log.Len())
		}
	}
	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Error("failed", Attr(deep(10)))
	if !strings.Contains(log.String(), "unexpected EOF") {
		t.Errorf("the first cause of ten is not in the log: %s", &log)
	}
}

// A code that a server made up is printed on one line, too.
func TestHostileCodeIsOneLine(t *testing.T) {
	err := Parse(http.StatusBadGateway, nil,
		[]byte(`{"error":{"code":"A\nB\u001b[31m\u202e","message":"m"}}`))
	e, _ := From(err)
	for _, text := range []string{
		fmt.Sprint(e.Code), fmt.Sprintf("%v", e.Code), e.Code.Error(), Variant(e.Code).Error(),
		err.Error(), fmt.Sprintf("%+v", err),
	} {
		if strings.ContainsAny(text, "\n\x1b\u202e") {
			t.Errorf("%q drives a terminal", text)
		}
	}
	if e.Code != "A\nB\x1b[31m\u202e" {
		t.Errorf("the code is changed: %q", e.Code)
	}
}

// A body that stalls can be closed, packed or not. Close of a body that net/http unpacks waits for
// a Read of it.
func TestStalledBodyCanBeClosed(t *testing.T) {
	for _, http2 := range []bool{false, true} {
		s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", r.Header.Get("X-Encoding"))
			w.WriteHeader(http.StatusServiceUnavailable)
			_, _ = io.WriteString(w, strings.TrimPrefix(r.URL.Path, "/"))
			_ = http.NewResponseController(w).Flush()
			<-r.Context().Done()
		}))
		s.EnableHTTP2 = http2
		s.StartTLS()
		client := &http.Client{Transport: &RetryTransport{
			Base:       s.Client().Transport,
			MaxElapsed: 20 * time.Millisecond, // in which the Read begins
		}}
		for _, encoding := range []string{"", "gzip"} {
			for _, body := range []string{"", "\x1f\x8b\x08"} {
				req, err := http.NewRequest(http.MethodGet, s.URL+"/"+url.PathEscape(body), nil)
				if err != nil {
					t.Fatal(err)
				}
				req.Header.Set("X-Encoding", encoding)
				resp, err := client.Do(req)
				if err != nil {
					t.Fatal(err)
				}
				_ = resp.Body.Close() // else the test hangs
			}
		}
		client.CloseIdleConnections()
		s.Close()
	}
}

// What an attempt holds is released when its body ends or is closed, and when there is no body or
// no response.
func TestAttemptsAreReleased(t *testing.T) {
	for name, tt := range map[string]struct {
		status int
		body   io.ReadCloser
		end    func(*http.Response)
	}{
		"a success that is read": {
			200,
			io.NopCloser(strings.NewReader("x")),
			func(r *http.Response) { _, _ = io.ReadAll(r.Body) },
		},
		"a success that is closed": {
			200,
			io.NopCloser(strings.NewReader("x")),
			func(r *http.Response) { _ = r.Body.Close() },
		},
		"an error that is closed": {
			503,
			io.NopCloser(strings.NewReader("x")),
			func(r *http.Response) { _ = r.Body.Close() },
		},
		"an error that is read": {
			503,
			io.NopCloser(strings.NewReader("x")),
			func(r *http.Response) { _, _ = io.ReadAll(r.Body) },
		},
		"no body":     {503, nil, func(r *http.Response) { _ = r.Body.Close() }},
		"no response": {0, nil, nil},
	} {
		req, err := http.NewRequest(http.MethodGet, "http://example.com/", nil)
		if err != nil {
			t.Fatal(err)
		}
		var sent []*http.Request
		base := roundTrip(func(r *http.Request) (*http.Response, error) {
			sent = append(sent, r)
			if tt.status == 0 {
				return nil, io.ErrUnexpectedEOF
			}
			return &http.Response{StatusCode: tt.status, Header: http.Header{"Retry-After": {"100000"}},
				Body: tt.body}, nil
		})
		if resp, err := (&RetryTransport{Base: base}).RoundTrip(req); err == nil {
			if resp.Request != req {
				t.Errorf("%s: the response is of another request", name)
			}
			tt.end(resp)
		}
		if len(sent) != 1 || sent[0].Context().Err() == nil {
			t.Errorf("%s: of %d attempts the last is not released", name, len(sent))
		}
	}
	// A connection that was switched to another protocol can still be written to.
	req, err := http.NewRequest(http.MethodGet, "http://example.com/", nil)
	if err != nil {
		t.Fatal(err)
	}
	near, far := net.Pipe()
	defer far.Close()
	resp, err := (&RetryTransport{Base: roundTrip(func(*http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: http.StatusSwitchingProtocols, Body: near}, nil
	})}).RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if _, ok := resp.Body.(io.Writer); !ok {
		t.Error("the body of a switched protocol cannot be written to")
	}
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// lookalike is somebody else's error with the methods of ours.
type lookalike struct{ error }

func (*lookalike) Equal(error) bool             { panic("Equal") }
func (*lookalike) MarshalJSON() ([]byte, error) { panic("MarshalJSON") }
func (*lookalike) LogValue() slog.Value         { panic("LogValue") }
func (*lookalike) Unwrap() error                { panic("Unwrap") }

// An error with the methods of ours is not equal to ours, and what it does cannot break Equal or
// Write.
func TestLookalikesAreForeign(t *testing.T) {
	for _, err := range []error{&lookalike{io.EOF}, (*lookalike)(nil)} {
		if made := NewUnauthorized(); made.Equal(err) || errors.Is(made, err) {
			t.Errorf("an error is equal to %T", err)
		}
	}
	w := httptest.NewRecorder()
	d := Responder{Logger: slog.New(slog.DiscardHandler)}
	d.Write(w, httptest.NewRequest(http.MethodGet, "/", nil), &lookalike{io.EOF})
	if w.Code != http.StatusInternalServerError {
		t.Errorf("it is answered with status %d", w.Code)
	}
}
