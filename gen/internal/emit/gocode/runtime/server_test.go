package apierr

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"reflect"
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
	var typedNil *NotFoundError
	upstream := Parse(403, nil,
		[]byte(`{"error":{"code":"UNAUTHORIZED","message":"No valid key","http_status":403},"status":403}`))
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
		"bare, with params":   {CodeRateLimited, 429, "RATE_LIMITED", needsParams},
		"bare, with variants": {CodeNotFound, 404, "NOT_FOUND", needsParams},
		"bare, wrapped":       {fmt.Errorf("%w", CodeEveryType), 400, "EVERY_TYPE", needsParams},
		"bare, unknown":       {Code("NO_SUCH_CODE"), 500, "INTERNAL", notOurs},
		"foreign":             {io.ErrUnexpectedEOF, 500, "INTERNAL", notOurs},
		"wraps a typed nil":   {fmt.Errorf("%w", typedNil), 500, "INTERNAL", notOurs},
		"deadline":            {context.DeadlineExceeded, 503, "MAINTENANCE", nil},
		"deadline, wrapped": {
			fmt.Errorf("asking: %w", os.ErrDeadlineExceeded),
			503,
			"MAINTENANCE",
			nil,
		},
		"deadline of ours": {NewType(WithCause(context.DeadlineExceeded)), 400, "TYPE", nil},
		"context left":     {context.Canceled, 500, "INTERNAL", notOurs},
		"body too large": {
			fmt.Errorf("reading: %w", &http.MaxBytesError{Limit: 1}),
			413,
			"TOO_LARGE",
			nil,
		},
		"chosen status":      {NewUnauthorized(WithStatus(403)), 403, "UNAUTHORIZED", nil},
		"status not its own": {NewUnauthorized(WithStatus(200)), 401, "UNAUTHORIZED", wrongStatus},
		"literal":            {&UnauthorizedError{}, 401, "UNAUTHORIZED", nil},
		"literal of Error":   {&Error{Code: CodeType, Status: 400}, 500, "INTERNAL", unexplained},
		"relayed, unknown":   {Relay(Parse(502, nil, []byte("<html>"))), 500, "INTERNAL", unexplained},
		"from upstream":      {fmt.Errorf("calling: %w", upstream), 500, "INTERNAL", notRelayed},
		"relayed":            {fmt.Errorf("calling: %w", Relay(upstream)), 403, "UNAUTHORIZED", nil},
	} {
		t.Run(name, func(t *testing.T) {
			var heard error
			d := Responder{OnError: func(_ *http.Request, err error) { heard = err }}
			w := respond(t, &d, http.MethodGet, c.err)
			b, _ := readBody(w.Body.Bytes())
			if code, _ := b.text(roleCode); w.Code != c.status || b.status != c.status || code != c.code {
				t.Errorf("sent %d %s; want %d %s", w.Code, w.Body, c.status, c.code)
			}
			message, _ := b.text(roleMessage)
			if errors.Is(c.why, needsParams) && message != Code(c.code).Info().Title() {
				t.Errorf("the message is %q; want the title", message)
			}
			if c.why == nil && heard != nil ||
				c.why != nil && (!errors.Is(heard, c.why) || !errors.Is(heard, c.err)) {
				t.Errorf("OnError heard %v; want %v", heard, c.why)
			}
			h := w.Header()
			if h.Get("Content-Length") != "" || h.Get("Content-Encoding") != "" ||
				h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Content-Type") != mediaType {
				t.Errorf("the headers are %v", h)
			}
		})
	}
}

// An error from another server keeps its status if that is an error's, else gets its code's first.
func TestRelayedStatuses(t *testing.T) {
	for status, want := range map[int]int{-1: 413, 0: 413, 99: 413, 100: 413, 200: 413, 399: 413,
		400: 400, 413: 413, 599: 599, 600: 413, 999: 413, 1 << 40: 413} {
		w := _answer(Relay(Parse(status, nil, []byte(`{"error":{"code":"TOO_LARGE","message":"m"}}`))))
		if b, _ := readBody(w.Body.Bytes()); w.Code != want || b.status != want || b.differ {
			t.Errorf("the status %d is relayed as %d %s; want %d", status, w.Code, w.Body, want)
		}
	}
}

func TestNothingIsSent(t *testing.T) {
	if w := respond(t, new(Responder), http.MethodHead, NewTooLarge()); w.Code != 413 ||
		w.Body.Len() > 0 ||
		w.Header().Get("Content-Length") == "7" {
		t.Errorf("HEAD got %d, %v and the body %q", w.Code, w.Header(), w.Body)
	}
	var (
		typed        *NotFoundError
		core         *Error
		unrecognized *Unrecognized
	)
	for _, nothing := range []error{
		nil, typed, core, unrecognized, Relay(typed), errors.Join(typed, core),
	} {
		w := httptest.NewRecorder()
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		HandlerFunc(func(http.ResponseWriter, *http.Request) error { return nothing }).ServeHTTP(w, r)
		if w.Body.Len() > 0 {
			t.Errorf("a handler that returned %#v sent %q", nothing, w.Body)
		}
	}
}

// The context may end while the client still waits, as when a server shuts down: the client gets
// its answer.
func TestACancelledContextSilencesNothing(t *testing.T) {
	gone, cancel := context.WithCancelCause(context.Background())
	cancel(errors.New("shutting down"))
	var log bytes.Buffer
	d := Responder{Logger: slog.New(slog.NewTextHandler(&log, nil))}
	w := httptest.NewRecorder()
	d.Write(w, httptest.NewRequest(http.MethodGet, "/", nil).WithContext(gone), NewMaintenance())
	if w.Code != 503 ||
		w.Body.Len() == 0 ||
		!strings.Contains(log.String(), `context="shutting down"`) {
		t.Errorf("sent %d %s, logged %s", w.Code, w.Body, &log)
	}
}

// A tree of errors without end, or foreign errors whose methods panic, end in an answer.
func TestHostileTrees(t *testing.T) {
	for name, err := range map[string]error{
		"wraps itself":              cyclic{},
		"joins itself":              forked{},
		"panics":                    bomb{},
		"wraps what panics":         fmt.Errorf("%w", bomb{}),
		"a cause that panics":       NewInternal(WithCause(bomb{})),
		"a nil pointer that panics": (*nilBomb)(nil),
	} {
		t.Run(name, func(t *testing.T) {
			d := Responder{Logger: slog.New(slog.DiscardHandler)}
			for _, h := range []http.Handler{
				d.Handler(func(http.ResponseWriter, *http.Request) error { return err }),
				d.Recover(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(err) })),
			} {
				if w := serveOnce(h); w.Code != 500 {
					t.Errorf("sent %d %s", w.Code, w.Body)
				}
			}
			_, _ = From(err)
			_, _, _ = ErrorCode(err), Decide(err, 1), Attr(err)
		})
	}
}

type cyclic struct{}

func (c cyclic) Error() string { return "cyclic" }
func (c cyclic) Unwrap() error { return c }

type forked struct{}

func (f forked) Error() string   { return "forked" }
func (f forked) Unwrap() []error { return []error{f, f} }

// A bomb panics in every method.
type bomb struct{}

func (bomb) Error() string { panic("Error") }
func (bomb) Unwrap() error { panic("Unwrap") }
func (bomb) Is(error) bool { panic("Is") }
func (bomb) As(any) bool   { panic("As") }

type nilBomb struct{ text string }

func (b *nilBomb) Error() string { return b.text }

func serveOnce(h http.Handler) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
	return w
}

func must2[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func must[T any](v T, ok bool) T {
	if !ok {
		panic("not found")
	}
	return v
}

// Headers that describe a successful body, or tell caches to keep it, are not sent with an error.
func TestHeadersOfASuccessGo(t *testing.T) {
	for name, kept := range map[string]bool{
		"Accept-Ranges": false, "Age": false, "Cache-Control": false, "CDN-Cache-Control": false,
		"Content-Digest": false, "Content-Disposition": false,
		"Content-Encoding": false, "Content-Language": false, "Content-Length": false,
		"Content-Location": false, "Content-MD5": false,
		"Content-Range": false, "Digest": false, "ETag": false, "Expires": false, "Last-Modified": false,
		"Location": false, "Repr-Digest": false,
		"Surrogate-Control": false, "Transfer-Encoding": false, "Refresh": false,
		"X-Accel-Redirect": false, "X-Sendfile": false,
		"etag":                    false,
		"cache-control":           false,
		"content-encoding":        false,
		"CONTENT-LENGTH":          false,
		"Trailer:Content-Digest":  false,
		"Content-Security-Policy": true,
		"Set-Cookie":              true,
		"Vary":                    true,
		"X-Frame-Options":         true,
		"WWW-Authenticate":        true,
	} {
		w := httptest.NewRecorder()
		HandlerFunc(func(w http.ResponseWriter, _ *http.Request) error {
			w.Header()[name] = []string{"public"}
			return NewTooLarge()
		}).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
		if has := len(w.Header()[name])+len(w.Header().Values(name)) > 0; has != kept {
			t.Errorf("%s is kept: %v; want %v", name, has, kept)
		}
	}
	// A header is one, in whatever case a handler has put it into the map.
	w := httptest.NewRecorder()
	w.Header()["content-encoding"] = []string{"gzip"} // of a middleware
	HandlerFunc(func(w http.ResponseWriter, _ *http.Request) error {
		for _, name := range []string{
			"content-type", "CONTENT-TYPE", "retry-after", "x-content-type-options", "x-other",
		} {
			w.Header()[name] = []string{"handler"}
		}
		return NewRateLimited("free", time.Second)
	}).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
	want := http.Header{
		"Content-Encoding":       {"gzip"},
		"Content-Type":           {mediaType},
		"Retry-After":            {"1"},
		"X-Content-Type-Options": {"nosniff"},
		"X-Other":                {"handler"},
	}
	if !reflect.DeepEqual(w.Header(), want) {
		t.Errorf("the headers are %q; want %q", w.Header(), want)
	}
	w = httptest.NewRecorder()
	w.Header().Set("Cache-Control", "no-store")
	Write(w, httptest.NewRequest(http.MethodGet, "/", nil), NewTooLarge())
	if w.Header().Get("Cache-Control") != "no-store" {
		t.Error("a Cache-Control that forbids to store the error is removed")
	}
	own := NewTooLarge()
	addHeader(&own.Details, "Cache-Control", "max-age=1") // as the catalog may ask for
	Write(w, httptest.NewRequest(http.MethodGet, "/", nil), own)
	if w.Header().Get("Cache-Control") != "max-age=1" {
		t.Error("the error's own Cache-Control is not sent")
	}
}

func TestWriteStatus(t *testing.T) {
	for _, tt := range []struct {
		status int
		want   string
		title  bool // is sent instead of the message
	}{
		{404, "NOT_FOUND", true},
		{413, "TOO_LARGE", false},
		{429, "QUOTA_USED", false},
		{403, "UNAUTHORIZED", false},
		{500, "INTERNAL", false},
		{503, "MAINTENANCE", false},
		{405, "METHOD_NOT_ALLOWED", false},
		{406, "", false},
	} {
		w := httptest.NewRecorder()
		new(Responder).WriteStatus(w, httptest.NewRequest(http.MethodGet,
			"/", nil), tt.status, io.ErrUnexpectedEOF)
		b, _ := readBody(w.Body.Bytes())
		code, _ := b.text(roleCode)
		if w.Code != tt.status || code != tt.want || tt.want != "" && b.status != tt.status ||
			strings.Contains(w.Body.String(), "EOF") {
			t.Errorf("%d is answered with %d %s; want the code %q", tt.status, w.Code, w.Body, tt.want)
		}
	}
	if w := httptest.NewRecorder(); true {
		new(Responder).WriteStatus(w, httptest.NewRequest(http.MethodGet, "/", nil), 302, nil)
		if w.Code != 500 {
			t.Errorf("a status that is not an error's is answered with %d", w.Code)
		}
	}
}

// The Retry-After header, the body and the field RetryAfter say the same.
func TestRetryAfterIsTheSameEverywhere(t *testing.T) {
	zero := NewMaintenance()
	zero.RetryAfter = 0
	changed := NewMaintenance()
	changed.RetryAfter = time.Minute
	for name, c := range map[string]struct {
		err  error
		want time.Duration
	}{
		"a constant": {NewMaintenance(), 30 * time.Second},
		"the option": {NewMaintenance(WithRetryAfter(time.Minute)), time.Minute},
		"the option, twice": {
			NewMaintenance(WithRetryAfter(time.Minute), WithRetryAfter(time.Hour)),
			time.Hour,
		},
		"the option, none":     {NewMaintenance(WithRetryAfter(0)), 0},
		"the option, negative": {NewMaintenance(WithRetryAfter(-time.Second)), 0},
		"the field":            {changed, time.Minute},
		"the field, none":      {zero, 0},
		"a param":              {NewRateLimited("free", time.Second), time.Second},
		"a param and the option": {
			NewRateLimited("free", time.Second, WithRetryAfter(time.Minute)),
			time.Minute,
		},
		"a fraction, rounded up": {
			NewTooLarge(WithRetryAfter(1500 * time.Millisecond)),
			1500 * time.Millisecond,
		},
		"less than a second": {NewTooLarge(WithRetryAfter(1)), 1},
		"a bare code":        {CodeMaintenance, 30 * time.Second},
		"a literal":          {&MaintenanceError{}, 30 * time.Second},
		"a literal with a field": {
			&MaintenanceError{Details: Details{RetryAfter: time.Minute}},
			time.Minute,
		},
		"a deadline": {context.DeadlineExceeded, 30 * time.Second},
		"from another server": {
			Relay(Parse(503, http.Header{"Retry-After": {"7"}}, []byte(`{"error":{"code":"MAINTENANCE"}}`))),
			7 * time.Second,
		},
		"from another server, none": {
			Relay(Parse(503, nil, []byte(`{"error":{"code":"MAINTENANCE"}}`))),
			0,
		},
	} {
		w := _answer(c.err)
		var body struct {
			Error struct {
				RetryAfter float64 `json:"retry_after"`
			}
		}
		if err := json.Unmarshal(w.Body.Bytes(), &body); err != nil ||
			body.Error.RetryAfter != c.want.Seconds() {
			t.Errorf("%s: the body is %s, %v; want %v", name, w.Body, err, c.want)
		}
		want := ""
		if c.want > 0 {
			want = wholeSeconds(c.want)
		}
		if got := w.Header().Get("Retry-After"); got != want {
			t.Errorf("%s: the header is %q; want %q", name, got, want)
		}
	}
}

// A param cannot end a header and begin another.
func TestParamsStayInTheirHeader(t *testing.T) {
	e := NewEveryType(EveryTypeParams{Text: "a\r\nSet-Cookie: b\x00\x7fé", Count: -1, Size: 10})
	resp, _, err := serve(t, HandlerFunc(func(http.ResponseWriter, *http.Request) error { return e }))
	if err != nil {
		t.Fatal(err)
	}
	h := resp.Header
	if h.Get("X-Text") != "a  Set-Cookie: b  é" ||
		h.Get("X-Count") != "-1/10" ||
		h.Get("X-At") != "Mon, 01 Jan 0001 00:00:00 GMT" ||
		h.Get("Set-Cookie") != "" {
		t.Errorf("the headers are %q", h)
	}
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
	for _, want := range []string{
		"unexpected EOF", "error.request_id=r1", "error.code=MAINTENANCE", "method=GET", "path=/",
		"status=503",
	} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("logged %s; want %s", &log, want)
		}
	}
	log.Reset()
	mux := http.NewServeMux()
	mux.Handle("GET /things/{id}", http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		panic("boom")
	}))
	d.Recover(mux).ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet,
		"/things/7", nil))
	for _, want := range []string{
		`route="GET /things/{id}"`, `error.cause="panic: boom"`, "stack=", "server_test.go",
	} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("logged %s; want %s", &log, want)
		}
	}
}

// What a handler says about an error by wrapping it, and the cause inside, are in the log, whatever is
// sent. Neither is sent.
func TestLogsKeepWhatWrapsAnError(t *testing.T) {
	const where, why = "loading agent 7", "multiple Read calls"
	cause := WithCause(io.ErrNoProgress)
	remote := Parse(503, nil, must2(json.Marshal(NewMaintenance())))
	wrap := func(err error) error { return fmt.Errorf(where+": %w", err) }
	for name, tt := range map[string]struct {
		err  error
		want []string
	}{
		"wrapped":         {wrap(NewMaintenance(cause)), []string{where, why}},
		"wrapped twice":   {wrap(fmt.Errorf("w: %w", NewMaintenance(cause))), []string{where, why}},
		"joined first":    {errors.Join(NewMaintenance(cause), wrap(io.EOF)), []string{where, why}},
		"joined last":     {errors.Join(wrap(io.EOF), NewMaintenance(cause)), []string{where, why}},
		"a bare code":     {wrap(CodeNotFound), []string{where}},
		"a literal":       {wrap(&NotFoundError{}), []string{where}},
		"a wrong status":  {wrap(NewTooLarge(cause, WithStatus(500))), []string{where, why}},
		"an internal one": {wrap(NewDatabase("q", cause)), []string{where, why}},
		"relayed":         {Relay(wrap(remote)), []string{where}},
		"not relayed":     {wrap(remote), []string{where}},
		"a wrapped cause": {
			NewMaintenance(WithCause(wrap(NewTooLarge(cause)))), []string{where, why},
		},
		"a joined cause": {
			NewMaintenance(WithCause(errors.Join(wrap(io.EOF), NewTooLarge(cause)))),
			[]string{where, why},
		},
		"foreign": {wrap(io.ErrNoProgress), []string{where, why}},
	} {
		for _, panics := range []bool{false, true} {
			var log bytes.Buffer
			d := Responder{Logger: slog.New(slog.NewJSONHandler(&log, nil))}
			w := httptest.NewRecorder()
			d.Recover(d.Handler(func(http.ResponseWriter, *http.Request) error {
				if panics {
					panic(tt.err)
				}
				return tt.err
			})).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
			for _, want := range tt.want {
				if strings.Count(log.String(), "\n") != 1 || !strings.Contains(log.String(), want) {
					t.Errorf("%s, panics %v: logged %s; want %q", name, panics, &log, want)
				}
				if strings.Contains(w.Body.String(), want) {
					t.Errorf("%s, panics %v: sent %s", name, panics, w.Body)
				}
			}
			if stacks := strings.Count(log.String(), "debug.Stack()"); panics != (stacks == 1) {
				t.Errorf("%s, panics %v: logged %d stacks: %s", name, panics, stacks, &log)
			}
		}
	}
}

// A Fallback that cannot be sent is a mistake, which the log and OnError tell.
func TestAFallbackThatCannotBeSent(t *testing.T) {
	for _, tt := range []struct {
		fallback Code
		wrong    bool
	}{
		{"", false}, {CodeMaintenance, false}, {CodeTooLarge, false},
		{CodeNotFound, true}, {CodeRateLimited, true}, {CodeDatabase, true}, {"TYPO", true},
	} {
		var heard error
		var log bytes.Buffer
		d := Responder{
			Fallback: tt.fallback,
			Logger:   slog.New(slog.NewTextHandler(&log, nil)),
			OnError:  func(_ *http.Request, err error) { heard = err },
		}
		w := respond(t, &d, http.MethodGet, io.EOF)
		if errors.Is(heard, wrongFallback) != tt.wrong || !errors.Is(heard, notOurs) ||
			strings.Contains(log.String(), "Fallback") != tt.wrong ||
			tt.wrong && !strings.Contains(w.Body.String(), `"code":"INTERNAL"`) {
			t.Errorf("Fallback %q: sent %s, OnError heard %v, logged %s", tt.fallback, w.Body, heard, &log)
		}
		heard = nil
		if respond(t, &d, http.MethodGet, NewTooLarge()); heard != nil {
			t.Errorf("Fallback %q: an error of the package is reported: %v", tt.fallback, heard)
		}
	}
}

// Each error is one log line, whether or not OnError hears of it. The line has the error that was
// returned, and the reason why it was not sent.
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
		{
			"foreign", "", false,
			func(http.ResponseWriter, *http.Request) error { return io.ErrUnexpectedEOF },
			[]string{"not an error of this package", "error.status=500", "unexpected EOF"},
		},
		{
			"foreign, heard of", "", true,
			func(http.ResponseWriter, *http.Request) error { return io.ErrUnexpectedEOF },
			[]string{"not an error of this package", "unexpected EOF"},
		},
		{
			"foreign, sent as the client's fault", CodeTooLarge, false,
			func(http.ResponseWriter, *http.Request) error { return io.ErrUnexpectedEOF },
			[]string{"error.code=TOO_LARGE", "unexpected EOF"},
		},
		{
			"the same, heard of", CodeTooLarge, true,
			func(http.ResponseWriter, *http.Request) error { return io.ErrUnexpectedEOF },
			[]string{"error.code=TOO_LARGE"},
		},
		{
			"the server's own", "", false,
			func(http.ResponseWriter, *http.Request) error {
				return NewMaintenance(WithCause(io.ErrNoProgress))
			},
			[]string{"error.code=MAINTENANCE", "multiple Read calls"},
		},
		{
			"the client's fault", "", false,
			func(http.ResponseWriter, *http.Request) error { return NewTooLarge() }, nil,
		},
		{
			"too late", "", false, late(NewMaintenance(WithCause(io.ErrNoProgress))),
			[]string{"already started", "error.code=MAINTENANCE", "multiple Read calls"},
		},
		{
			"too late, heard of", "", true, late(io.ErrUnexpectedEOF),
			[]string{"already started", "status=200", "unexpected EOF"},
		},
		{
			"a mistake", "", false, func(http.ResponseWriter, *http.Request) error { return CodeNotFound },
			[]string{"bare code", "error.code=NOT_FOUND"},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var log bytes.Buffer
			d := Responder{Logger: slog.New(slog.NewTextHandler(&log, nil)), Fallback: tt.fallback}
			times := 0
			if tt.heard {
				d.OnError = func(_ *http.Request, err error) { times++ }
			}
			func() {
				defer func() { _ = recover() }() // the connection is aborted
				d.Handler(tt.handler).ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet,
					"/", nil))
			}()
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
