package apierrtest_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	apierr "github.com/errspec/errspec/gen/internal/emit/gocode/runtime"
	"github.com/errspec/errspec/gen/internal/emit/gocode/runtime/apierrtest"
)

// spy notes what a helper says about a test.
type spy struct {
	testing.TB
	said []string
}

func (s *spy) Helper() {}
func (s *spy) Errorf(format string, args ...any) {
	s.said = append(s.said, fmt.Sprintf(format, args...))
}

func TestWant(t *testing.T) {
	made := apierr.NewNotFoundAgent("A1")
	for _, test := range []struct {
		err, want error
		ok        bool
	}{
		{nil, nil, true},
		{nil, apierr.CodeNotFound, false},
		{made, nil, false},
		{made, apierr.CodeNotFound, true},
		{made, apierr.VariantNotFoundAgent, true},
		{made, apierr.VariantNotFoundRoom, false},
		{fmt.Errorf("call: %w", made), apierr.NewNotFoundAgent("A1"), true},
		{made, apierr.NewNotFoundAgent("B2"), false},
		{made, fmt.Errorf("wrapped: %w", apierr.CodeNotFound), false},
		{io.EOF, apierr.CodeNotFound, false},
	} {
		s := &spy{TB: t}
		apierrtest.Want(s, test.err, test.want)
		if ok := len(s.said) == 0; ok != test.ok {
			t.Errorf("Want(%v, %v) says %q", test.err, test.want, s.said)
		}
	}
}

func TestWantAll(t *testing.T) {
	a, b := apierr.NewNotFoundAgent("A1"), apierr.NewNotFoundAgent("B2")
	both := errors.Join(a, io.EOF, fmt.Errorf("call: %w", b))
	for _, test := range []struct {
		err  error
		want []error
		said string
	}{
		{nil, nil, ""},
		{io.EOF, nil, ""},
		{both, []error{apierr.NewNotFoundAgent("A1"), apierr.CodeNotFound}, ""},
		{both, []error{apierr.CodeNotFound}, `want [apierr.Code: NOT_FOUND (status 404)]`},
		{
			both,
			[]error{apierr.CodeNotFound, apierr.CodeNotFound, apierr.CodeNotFound},
			"the errors are [*apierr.NotFoundError: ",
		},
		{both, []error{b, a}, "the errors are"},
		{nil, []error{a}, "the errors are []; want"},
	} {
		s := &spy{TB: t}
		apierrtest.WantAll(s, test.err, test.want...)
		said := strings.Join(s.said, "\n")
		if (said == "") != (test.said == "") || !strings.Contains(said, test.said) {
			t.Errorf("WantAll(%v, %v) says %q; want %q", test.err, test.want, said, test.said)
		}
	}
}

func TestWantResponse(t *testing.T) {
	made := apierr.NewNotFoundAgent("A1")
	forged := func(status int, body string) *http.Response {
		return &http.Response{StatusCode: status, Body: io.NopCloser(strings.NewReader(body))}
	}
	const (
		notFound = `{"error":{"code":"NOT_FOUND"}}`
		differs  = `{"error":{"code":"NOT_FOUND"},"status":200}`
	)
	for _, test := range []struct {
		resp *http.Response
		want error
		ok   bool
	}{
		{nil, apierr.CodeNotFound, false},
		{apierrtest.Response(nil), nil, true},
		{apierrtest.Response(nil), apierr.CodeNotFound, false},
		{apierrtest.Response(made), nil, false},
		{apierrtest.Response(made), made, true},
		{apierrtest.Response(errors.Join(io.EOF, made)), apierr.CodeNotFound, true},
		{apierrtest.Response(io.EOF), apierr.CodeInternal, true},
		{
			apierrtest.Response(apierr.NewUnauthorized(apierr.WithStatus(403))),
			apierr.CodeUnauthorized, true,
		},
		{forged(404, notFound), apierr.CodeNotFound, true},
		{forged(500, notFound), apierr.CodeNotFound, false},
		{forged(200, notFound), apierr.CodeNotFound, false},
		{forged(404, differs), apierr.CodeNotFound, false},
		{forged(418, `{"error":{"code":"NEW"}}`), apierr.Code("NEW"), true},
		{forged(304, ""), nil, true},
		{forged(0, ""), nil, false},
		{forged(101, ""), nil, false},
	} {
		s := &spy{TB: t}
		apierrtest.WantResponse(s, test.resp, test.want)
		if ok := len(s.said) == 0; ok != test.ok {
			t.Errorf("WantResponse(%v) says %q", test.want, s.said)
		}
	}
	resp := apierrtest.Response(made)
	apierrtest.WantResponse(t, resp, made)
	if body, err := io.ReadAll(resp.Body); err != nil || !json.Valid(body) {
		t.Errorf("the body afterwards is %q, %v", body, err)
	}
}

func TestServer(t *testing.T) {
	errs := make([]error, 1, 2)
	errs[0] = apierr.CodeTooLarge
	server := apierrtest.NewServer(errs...)
	defer server.Close()
	server.Next(nil, (*apierr.TypeError)(nil), apierr.CodeQuotaUsed)
	if spare := errs[:2][1]; spare != nil {
		t.Errorf("Next has written %v to the caller's slice", spare)
	}
	for _, want := range []int{413, 200, 200, 429, 200} {
		resp, err := http.Post(server.URL, "text/plain", strings.NewReader("body"))
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		if resp.StatusCode != want || (want == 200) != (string(body) == "{}") {
			t.Errorf("the response is %d %s; want %d", resp.StatusCode, body, want)
		}
	}
	for range 2 { // the bodies can be read again
		for _, r := range server.Requests() {
			if body, err := io.ReadAll(r.Body); err != nil || string(body) != "body" {
				t.Errorf("the request's body is %q, %v", body, err)
			}
		}
	}
}

func TestServerConcurrently(t *testing.T) {
	server := apierrtest.NewServer(apierr.CodeTooLarge, apierr.CodeTooLarge)
	defer server.Close()
	var wg sync.WaitGroup
	statuses := make(chan int, 8)
	for range cap(statuses) {
		wg.Go(func() {
			resp, err := http.Head(server.URL)
			if err != nil {
				t.Error(err)
				return
			}
			_ = resp.Body.Close()
			statuses <- resp.StatusCode
			server.Requests()
		})
	}
	wg.Wait()
	close(statuses)
	count := map[int]int{}
	for status := range statuses {
		count[status]++
	}
	if count[413] != 2 || count[200] != 6 {
		t.Errorf("the statuses are %v; want two of 413 and six of 200", count)
	}
}

func TestRecorder(t *testing.T) {
	for name, test := range map[string]struct {
		handler http.HandlerFunc
		status  int
		body    string // in the record
	}{
		"nothing": {func(http.ResponseWriter, *http.Request) {}, 200, `""`},
		"JSON": {
			func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "{\n\"a\": 1}\n") },
			200,
			`{"a":1}`,
		},
		"text": {
			func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "a\nb\xff") },
			200,
			`"a\nb\ufffd"`,
		},
		"early hints": {func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusEarlyHints)
			w.WriteHeader(http.StatusTeapot)
		}, 418, `""`},
		"error": {
			func(w http.ResponseWriter, r *http.Request) { apierr.Write(w, r, apierr.CodeQuotaUsed) },
			429,
			``,
		},
		"stream": {func(w http.ResponseWriter, _ *http.Request) {
			for range 3 {
				_, _ = io.WriteString(w, "1")
				_ = http.NewResponseController(w).Flush()
			}
		}, 200, `111`},
		"panic": {func(http.ResponseWriter, *http.Request) { panic("x") }, 500, `none`},
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			rec := &apierrtest.Recorder{Out: &out}
			w := httptest.NewRecorder()
			responder := apierr.Responder{Logger: slog.New(slog.DiscardHandler)}
			responder.Recover(rec.Handler(test.handler)).ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
			if w.Code != test.status {
				t.Errorf("the status is %d; want %d", w.Code, test.status)
			}
			if test.body == "none" {
				if out.Len() > 0 {
					t.Errorf("it recorded %s", &out)
				}
				return
			}
			if bytes.Count(out.Bytes(), []byte("\n")) != 1 {
				t.Fatalf("not one line: %q", &out)
			}
			var line struct {
				Status int
				Body   json.RawMessage
			}
			if err := json.Unmarshal(out.Bytes(), &line); err != nil {
				t.Fatal(err)
			}
			if line.Status != test.status || test.body != "" && string(line.Body) != test.body {
				t.Errorf("it recorded %d %s; want %d %s", line.Status, line.Body, test.status, test.body)
			}
		})
	}
}

func TestRecorderHoldsBack(t *testing.T) {
	rec := &apierrtest.Recorder{Out: io.Discard}
	h := rec.Handler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if _, _, err := http.NewResponseController(w).Hijack(); !errors.Is(err, http.ErrNotSupported) {
			t.Errorf("Hijack returns %v", err)
		}
	}))
	h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil))
}
