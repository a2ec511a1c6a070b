// Package apierrtest helps to test code that returns the errors of package apierr, or meets them in
// responses.
//
// Of a handler:
//
//	w := httptest.NewRecorder()
//	handler.ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
//	apierrtest.WantResponse(t, w.Result(), apierr.CodeX)
//
// Of a client:
//
//	server := apierrtest.NewServer(apierr.CodeX)
//	defer server.Close()
//	_, err := client.Call(server.URL)
//	apierrtest.Want(t, err, apierr.CodeX)
package apierrtest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	apierr "github.com/errspec/errspec/gen/internal/emit/gocode/runtime"
)

// responder sends errors without a word in the log of a test.
var responder = apierr.Responder{Logger: slog.New(slog.DiscardHandler)}

// Response returns the response that a server sends for err, for code that takes an
// [*http.Response]. For nil it is a success without a body. Its Request is a GET, and its Body need
// not be closed.
func Response(err error) *http.Response {
	w := httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	responder.Write(w, r, err)
	resp := w.Result()
	resp.Request = r
	return resp
}

// A Server answers requests with the errors that it is given, one after the other, as
// [apierr.Write] does: for a bare code whose message needs params, it sends the title. For a nil
// error, and when none are left, it answers with status 200 and an empty JSON object, so that a
// retry succeeds.
type Server struct {
	*httptest.Server
	mu       sync.Mutex
	next     []error
	requests []*http.Request
	bodies   [][]byte // of the requests
}

// NewServer starts a server, whose address is in its field URL. The caller should call Close.
func NewServer(errs ...error) *Server {
	s := &Server{next: slices.Clone(errs)}
	s.Server = httptest.NewServer(http.HandlerFunc(s.serve))
	return s
}

func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	s.mu.Lock()
	s.requests, s.bodies = append(s.requests, r.Clone(r.Context())), append(s.bodies, body)
	var err error
	if len(s.next) > 0 {
		err, s.next = s.next[0], s.next[1:]
	}
	s.mu.Unlock()
	if Response(err).StatusCode >= 400 { // err is not nil, nor a nil pointer
		responder.Write(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = io.WriteString(w, "{}")
}

// Next adds errors to those that the next requests are answered with.
func (s *Server) Next(errs ...error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.next = append(s.next, errs...)
}

// Requests returns the requests so far. Each call returns copies whose bodies can be read.
func (s *Server) Requests() []*http.Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	requests := make([]*http.Request, len(s.requests))
	for i, r := range s.requests {
		requests[i] = r.Clone(r.Context())
		requests[i].Body = io.NopCloser(bytes.NewReader(s.bodies[i]))
	}
	return requests
}

// Want fails the test unless errors.Is(err, want): want is a code, a variant, or an error that err
// must be equal to in its code, status, message and params, or nil. An error that wraps such a
// want does not match.
func Want(t testing.TB, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("the error is %s; want %s", shown(err), shown(want))
	}
}

//errspec:if each

// WantAll fails the test unless err holds just the wanted errors in their order: those that
// [apierr.Each] yields, each being what [Want] accepts. Of a response, pass what [apierr.Decode]
// returns.
func WantAll(t testing.TB, err error, want ...error) {
	t.Helper()
	got := slices.Collect(apierr.Each(err))
	if !slices.EqualFunc(got, want, errors.Is) {
		t.Errorf("the errors are %s; want %s", allShown(got), allShown(want))
	}
}

func allShown(errs []error) string {
	all := make([]string, len(errs))
	for i, err := range errs {
		all[i] = shown(err)
	}
	return "[" + strings.Join(all, ", ") + "]"
}

//errspec:end

// WantResponse fails the test unless the response is what a server sends for want: its body decodes
// to an error that [Want] accepts, and it has a status of that error's code, which the body does
// not contradict. A want of nil is a status from 200 to 399. The body can be read afterwards.
func WantResponse(t testing.TB, resp *http.Response, want error) {
	t.Helper()
	if resp == nil {
		t.Errorf("there is no response; want %s", shown(want))
		return
	}
	err := apierr.Decode(resp)
	e, failed := apierr.From(err)
	switch {
	case !failed && (want != nil || resp.StatusCode < 200):
		t.Errorf("the response has status %d and no error; want %s", resp.StatusCode, shown(want))
	case !failed || !errors.Is(err, want):
		Want(t, err, want)
	case !strings.HasSuffix(e.Error(), fmt.Sprintf("(HTTP %d)", e.Status)):
		t.Errorf("the response and its body have different statuses: %v", err)
	default:
		statuses := e.Code.Info().Statuses()
		if statuses != nil && !slices.Contains(statuses, e.Status) {
			t.Errorf("the response has status %d; want one of %s: %v", e.Status, e.Code, statuses)
		}
	}
}

// shown returns an error with its type.
func shown(err error) string {
	if err == nil {
		return "no error"
	}
	if e, ok := apierr.From(err); ok && any(err) != any(e) {
		return fmt.Sprintf("%T: %v (status %d)", err, err, e.Status)
	}
	return fmt.Sprintf("%T: %v", err, err)
}

// A Recorder writes what handlers send, a JSON object a line (NDJSON), with the members method,
// url, status, headers and body. A body that is not JSON is a string. Several goroutines may use it
// at once.
type Recorder struct {
	// Out gets the lines. If it fails, the handler panics.
	Out io.Writer
	mu  sync.Mutex
}

// A record is a line of a Recorder.
type record struct {
	Method  string      `json:"method"`
	URL     string      `json:"url"`
	Status  int         `json:"status"`
	Headers http.Header `json:"headers"`
	Body    any         `json:"body"`
}

// Handler returns next with what it sends recorded. It is for tests: a response is kept in memory
// and sent when next returns, so next cannot stream or hijack. 1xx responses and trailers are
// dropped. If next panics before it answers, nothing is recorded or sent.
func (rec *Recorder) Handler(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		held, returned := finalOnly{httptest.NewRecorder()}, false
		defer func() { // also if next panics after it has answered
			if !returned && held.Code == http.StatusOK && held.Body.Len() == 0 {
				return
			}
			resp := held.Result()
			body := held.Body.Bytes()
			rec.write(record{r.Method, r.URL.String(), resp.StatusCode, resp.Header, jsonOf(body)})
			for name, values := range resp.Header {
				w.Header()[name] = values
			}
			w.WriteHeader(resp.StatusCode)
			_, _ = w.Write(body)
		}()
		next.ServeHTTP(held, r)
		returned = true
	})
}

// finalOnly drops 1xx responses, which an [httptest.ResponseRecorder] takes for the final one.
type finalOnly struct{ *httptest.ResponseRecorder }

func (f finalOnly) WriteHeader(status int) {
	if status >= 200 {
		f.ResponseRecorder.WriteHeader(status)
	}
}

func jsonOf(body []byte) any {
	if json.Valid(body) {
		return json.RawMessage(body)
	}
	return string(body)
}

func (rec *Recorder) write(line record) {
	data, err := json.Marshal(line)
	if err != nil {
		panic("apierrtest: " + err.Error()) // there is nothing in a record that JSON does not have
	}
	rec.mu.Lock()
	defer rec.mu.Unlock()
	if _, err := rec.Out.Write(append(data, '\n')); err != nil {
		panic("apierrtest: recording: " + err.Error())
	}
}
