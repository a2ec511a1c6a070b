package apierr

import (
	"context"
	"errors"
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"
)

// A script is a RoundTripper that answers with errors in turn, and then with "ok".
type script struct {
	errs   []error
	bodies []string
	at     []time.Duration // since the first
	start  time.Time
}

func (s *script) RoundTrip(req *http.Request) (*http.Response, error) {
	if s.start.IsZero() {
		s.start = time.Now()
	}
	s.at = append(s.at, time.Since(s.start))
	body := ""
	if req.Body != nil {
		b, _ := io.ReadAll(req.Body)
		_ = req.Body.Close()
		body = string(b)
	}
	s.bodies = append(s.bodies, body)
	w := httptest.NewRecorder()
	if n := len(s.bodies); n <= len(s.errs) {
		Write(w, req, s.errs[n-1])
	} else {
		_, _ = io.WriteString(w, "ok")
	}
	return w.Result(), nil
}

func quick(opts ...Option) error {
	return NewRateLimited("free", 0, opts...)
} // quick: 3 retries, any method

func TestRetryTransport(t *testing.T) {
	post := func(body io.Reader) *http.Request {
		req, err := http.NewRequest(http.MethodPost, "http://example.com/", body)
		if err != nil {
			t.Fatal(err)
		}
		return req
	}
	for name, c := range map[string]struct {
		req      *http.Request
		errs     []error
		attempts int
		last     string
	}{
		"until it works": {
			post(strings.NewReader("b")),
			[]error{quick(), quick()},
			3,
			"ok",
		},
		"until none are left": {
			post(nil),
			[]error{quick(), quick(), quick(), quick(), quick()},
			4,
			"RATE_LIMITED",
		},
		"a code that is never retried": {post(nil), []error{NewTooLarge()}, 1, "TOO_LARGE"},
		"a POST that is not allowed": {
			post(nil),
			[]error{NewMaintenance(WithRetryAfter(0))},
			1,
			"MAINTENANCE",
		},
		"a body that cannot be rewound": {
			post(io.MultiReader(strings.NewReader("b"))),
			[]error{quick()},
			1,
			"RATE_LIMITED",
		},
		"a Retry-After of an hour": {
			post(nil),
			[]error{quick(WithRetryAfter(time.Hour))},
			1,
			"RATE_LIMITED",
		},
		"two codes in turn": {post(nil), []error{quick(), NewTooLarge()}, 2, "TOO_LARGE"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s, heard := &script{errs: c.errs}, 0
				rt := &RetryTransport{Base: s, OnRetry: func(*http.Request, int, error, Decision) { heard++ }}
				resp, err := rt.RoundTrip(c.req)
				if err != nil {
					t.Fatal(err)
				}
				body, err := io.ReadAll(resp.Body)
				if len(s.bodies) != c.attempts || heard != c.attempts-1 || err != nil ||
					!strings.Contains(string(body), c.last) {
					t.Errorf("%d attempts, OnRetry heard %d, then %s, %v; want %d and %s",
						len(s.bodies), heard, body, err, c.attempts, c.last)
				}
				for i, b := range s.bodies {
					if b != s.bodies[0] {
						t.Errorf("attempt %d sent the body %q; the first sent %q", i+1, b, s.bodies[0])
					}
				}
			})
		})
	}
}

func TestRetryTransportKeepsTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		req, _ := http.NewRequest(http.MethodGet, "http://example.com/", nil)
		s := &script{errs: []error{
			quick(WithRetryAfter(3 * time.Second)), quick(WithRetryAfter(4 * time.Second)),
		}}
		if _, err := (&RetryTransport{Base: s}).RoundTrip(req); err != nil || s.at[1] != 3*time.Second ||
			s.at[2] != 7*time.Second {
			t.Errorf("sent at %v, %v; want each Retry-After kept", s.at, err)
		}
		s = &script{errs: []error{
			quick(WithRetryAfter(3 * time.Second)), quick(WithRetryAfter(3 * time.Second)),
		}}
		resp, err := (&RetryTransport{Base: s, MaxElapsed: 5 * time.Second}).RoundTrip(req)
		if err != nil || len(s.at) != 2 || resp.StatusCode != 429 {
			t.Errorf("with MaxElapsed 5s sent at %v, %v", s.at, err)
		}
		soon, cancel := context.WithTimeout(context.Background(), 2*time.Second)
		defer cancel()
		s = &script{errs: []error{quick(WithRetryAfter(3 * time.Second))}}
		if resp, err = (&RetryTransport{Base: s}).RoundTrip(req.WithContext(soon)); err != nil ||
			len(s.at) != 1 ||
			resp.StatusCode != 429 {
			t.Errorf("with a deadline in 2s sent at %v, %v; want the response at once", s.at, err)
		}
		gone, leave := context.WithCancelCause(context.Background())
		left := errors.New("left")
		time.AfterFunc(time.Second, func() { leave(left) })
		s = &script{errs: []error{quick(WithRetryAfter(3 * time.Second))}}
		if _, err = (&RetryTransport{Base: s}).RoundTrip(req.WithContext(gone)); !errors.Is(err, left) ||
			len(s.at) != 1 {
			t.Errorf("a caller that leaves gets %v after %d attempts", err, len(s.at))
		}
	})
}

// A trickle is a body whose bytes arrive one by one, and which never ends by itself.
type trickle struct {
	first  string        // arrives at once
	every  time.Duration // between the bytes after it; 0: there are none
	closed chan struct{}
}

func (b *trickle) Read(p []byte) (int, error) {
	if b.first != "" {
		n := copy(p, b.first)
		b.first = b.first[n:]
		return n, nil
	}
	var tick <-chan time.Time
	if b.every > 0 {
		tick = time.After(b.every)
	}
	select {
	case <-tick:
		p[0] = ' '
		return 1, nil
	case <-b.closed:
		return 0, errors.New("closed")
	}
}

func (b *trickle) Close() error {
	close(b.closed)
	return nil
}

// Nobody waits for a body longer than MaxElapsed, the context or patience allow, and not at all if
// the status is never retried.
func TestRetryTransportWaitsForNoBody(t *testing.T) {
	for _, every := range []time.Duration{0, time.Second} {
		for _, first := range []string{"", `{"error":{"code":"RATE_LIMITED","message":"`} {
			for status := 400; status < 600; status++ {
				for _, rt := range []RetryTransport{{}, {MaxElapsed: time.Second}, {MaxElapsed: time.Minute}} {
					synctest.Test(t, func(t *testing.T) {
						start := time.Now()
						rt.Base = roundTripper(func(*http.Request) (*http.Response, error) {
							body := &trickle{first: first, every: every, closed: make(chan struct{})}
							return &http.Response{StatusCode: status, Body: body}, nil
						})
						req, _ := http.NewRequest(http.MethodGet, "http://example.com/", nil)
						resp, err := rt.RoundTrip(req)
						if err != nil {
							t.Fatal(err)
						}
						most := patience
						if rt.MaxElapsed > 0 {
							most = min(most, rt.MaxElapsed)
						}
						if !slices.Contains([]int{429, 500, 502, 503, 504}, status) {
							most = 0
						}
						if took := time.Since(start); took > most {
							t.Errorf("status %d, a byte every %v: handed over after %v; want %v at most",
								status, every, took, most)
						}
						got := make([]byte, len(first))
						if _, err := io.ReadFull(resp.Body, got); err != nil || string(got) != first {
							t.Errorf("status %d: the body begins with %q, %v; want %q", status, got, err, first)
						}
						if every > 0 {
							if n, err := resp.Body.Read(make([]byte, 8)); n == 0 || err != nil {
								t.Errorf("status %d: the rest of the body gives %d bytes, %v", status, n, err)
							}
						}
						_ = resp.Body.Close()
					})
				}
			}
		}
	}
}

// A RoundTripper must return a response or an error. net/http's client says so about one that does
// not; a RetryTransport leaves it the word.
func TestRetryTransportSurvivesItsBase(t *testing.T) {
	rt := &RetryTransport{Base: roundTripper(func(*http.Request) (*http.Response, error) {
		return nil, nil
	})}
	resp, err := (&http.Client{Transport: rt}).Get("http://example.com/")
	if err == nil || !strings.Contains(err.Error(), "nil *Response") {
		t.Errorf("Get gives %v, %v", resp, err)
	}
}

// A body whose Read panics, or ends its goroutine, ends neither the program nor the request.
func TestRetryTransportSurvivesBodies(t *testing.T) {
	for name, end := range map[string]func(){
		"panic": func() { panic("broken") }, "nil": runtime.Goexit,
	} {
		for _, begins := range []string{"", `{"error":{"code":"RATE_LIMITED","message":"m"}}`} {
			base := roundTripper(func(*http.Request) (*http.Response, error) {
				ends := readerFunc(func([]byte) (int, error) { end(); return 0, io.EOF })
				body := io.MultiReader(strings.NewReader(begins), ends)
				return &http.Response{
					StatusCode: http.StatusServiceUnavailable,
					Header:     http.Header{"Retry-After": {"100000"}},
					Body:       io.NopCloser(body),
				}, nil
			})
			req, _ := http.NewRequest(http.MethodGet, "http://example.com/", nil)
			resp, err := (&RetryTransport{Base: base}).RoundTrip(req)
			if err != nil {
				t.Fatal(err)
			}
			got, err := io.ReadAll(resp.Body)
			if string(got) != begins || err == nil || !strings.Contains(err.Error(), name) {
				t.Errorf("%s: the body is %q, %v; want an error after %q", name, got, err, begins)
			}
			_ = resp.Body.Close()
		}
	}
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

func TestRetryTransportLeavesWithItsCaller(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		start := time.Now()
		rt := RetryTransport{Base: roundTripper(func(*http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: 503, Body: &trickle{closed: make(chan struct{})}}, nil
		})}
		req, _ := http.NewRequestWithContext(ctx, http.MethodGet, "http://example.com/", nil)
		resp, err := rt.RoundTrip(req)
		if err != nil || time.Since(start) != time.Second {
			t.Fatalf("after %v: %v", time.Since(start), err)
		}
		_ = resp.Body.Close()
	})
}

// A body that stalls is handed over at once if no retry can follow, or if it is already longer than
// a Decoder reads.
func TestRetryTransportWaitsForNoUselessBody(t *testing.T) {
	for name, c := range map[string]struct {
		body      io.Reader
		responses []int // statuses of responses whose bodies stall; 0: one that is retried
		max       int64
		wait      time.Duration
	}{
		"a retry may follow":     {nil, []int{429}, 0, patience},
		"a second may follow":    {nil, []int{0, 429}, 0, patience},
		"no body to send again":  {io.MultiReader(strings.NewReader("b")), []int{429}, 0, 0},
		"no retries are left":    {nil, []int{0, 0, 0, 429}, 0, 0},
		"shorter than it may be": {nil, []int{429}, 6, patience},
		"as long as it may be":   {nil, []int{429}, 5, patience},
		"longer than it may be":  {nil, []int{429}, 4, 0},
	} {
		synctest.Test(t, func(t *testing.T) {
			n := 0
			rt := RetryTransport{
				Decoder: &Decoder{MaxBody: c.max},
				Sleep:   func(context.Context, time.Duration) error { return nil },
			}
			rt.Base = roundTripper(func(req *http.Request) (*http.Response, error) {
				n++
				if c.responses[n-1] == 0 {
					w := httptest.NewRecorder()
					Write(w, req, quick())
					return w.Result(), nil
				}
				body := &trickle{first: "begun", closed: make(chan struct{})}
				return &http.Response{StatusCode: c.responses[n-1], Body: body}, nil
			})
			req, _ := http.NewRequest(http.MethodPut, "http://example.com/", c.body)
			if name == "longer than it may be" { // 429 is a gateway's status, too, whatever the body is
				rt.Sleep = func(context.Context, time.Duration) error { return io.EOF }
			}
			start := time.Now()
			resp, err := rt.RoundTrip(req)
			if took := time.Since(start); took != c.wait || n != len(c.responses) {
				t.Errorf("%s: handed over after %v and %d attempts; want %v and %d",
					name, took, n, c.wait, len(c.responses))
			}
			if err == nil {
				_ = resp.Body.Close()
			}
		})
	}
}

// A body that was closed before its end cannot be read on.
func TestRetryTransportBodyIsClosed(t *testing.T) {
	body := new(endless)
	rt := RetryTransport{Base: roundTripper(func(*http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: 500, Body: body}, nil
	})}
	req, _ := http.NewRequest(http.MethodGet, "http://example.com/", nil)
	resp, err := rt.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	if n, err := io.Copy(io.Discard, resp.Body); !errors.Is(err, context.Canceled) || n > 4<<20 {
		t.Errorf("after Close %d bytes are read, %v", n, err)
	}
}

// A caller that leaves while the body arrives gets the response. What the transport sees first is
// chance, so the test tries often.
func TestRetryTransportKeepsTheResponseOfALeaver(t *testing.T) {
	for range 100 {
		ctx, leave := context.WithCancel(context.Background())
		req, _ := http.NewRequestWithContext(ctx, http.MethodGet, "http://example.com/", nil)
		w := httptest.NewRecorder()
		Write(w, req, quick())
		resp, err := (&RetryTransport{Base: roundTripper(func(*http.Request) (*http.Response, error) {
			resp := w.Result()
			resp.Body = &closer{Reader: io.MultiReader(resp.Body, leaving(leave))}
			return resp, nil
		})}).RoundTrip(req)
		if err != nil || resp.StatusCode != 429 {
			t.Fatalf("got %v, %v", resp, err)
		}
		_ = resp.Body.Close()
	}
}

// A leaving is a reader at whose end its caller leaves.
type leaving context.CancelFunc

func (l leaving) Read([]byte) (int, error) {
	l()
	return 0, io.EOF
}

type idle struct{ closed int }

func (i *idle) RoundTrip(*http.Request) (*http.Response, error) { return nil, io.EOF }
func (i *idle) CloseIdleConnections()                           { i.closed++ }

func TestIdleConnectionsAreClosed(t *testing.T) {
	base := new(idle)
	client := http.Client{Transport: &RetryTransport{Base: &RetryTransport{Base: base}}}
	client.CloseIdleConnections()
	if base.closed != 1 {
		t.Errorf("the transport below was told %d times", base.closed)
	}
}

// A real server: one error body stalls, and a connection is used again after one that does not.
func TestRetryTransportOnAConnection(t *testing.T) {
	stall := make(chan struct{})
	defer close(stall)
	requests, addresses := 0, map[string]bool{}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/stall" {
			w.WriteHeader(http.StatusServiceUnavailable)
			_, _ = io.WriteString(w, "begun")
			_ = http.NewResponseController(w).Flush()
			select {
			case <-stall:
			case <-r.Context().Done():
			}
			return
		}
		addresses[r.RemoteAddr] = true
		if requests++; requests < 3 {
			Write(w, r, NewRateLimited("free", 0))
			return
		}
		_, _ = io.WriteString(w, r.RemoteAddr)
	}))
	defer s.Close()
	transport := s.Client().Transport
	client := &http.Client{Transport: &RetryTransport{
		Base: transport, MaxElapsed: 50 * time.Millisecond,
	}}
	resp, err := client.Get(s.URL + "/stall")
	if err != nil {
		t.Fatal(err)
	}
	begun := make([]byte, 5)
	if _, err := io.ReadFull(resp.Body, begun); err != nil || string(begun) != "begun" {
		t.Errorf("the body begins with %q, %v", begun, err)
	}
	if err := resp.Body.Close(); err != nil {
		t.Errorf("the stalled body cannot be closed: %v", err)
	}
	client.Transport = &RetryTransport{Base: transport}
	resp, err = client.Get(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	if body, err := io.ReadAll(resp.Body); err != nil || requests != 3 || len(body) == 0 {
		t.Errorf("after %d requests %q, %v", requests, body, err)
	}
	if len(addresses) != 1 {
		t.Errorf("three attempts took %d connections", len(addresses))
	}
	_ = resp.Body.Close()
}

// A test that sets the clock, the sleep and the random source needs no real time, and knows each
// delay.
func TestRetryTransportTakesItsTimeFromFields(t *testing.T) {
	req, err := http.NewRequest(http.MethodGet, "http://example.com/", nil)
	if err != nil {
		t.Fatal(err)
	}
	jitter := func(f float64) *RetryTransport { // quick: 100 ms, doubled, with jitter of one half
		return &RetryTransport{
			Base: &script{errs: []error{quick(), quick(), quick()}}, Rand: func() float64 { return f },
		}
	}
	policy, _ := mustLookup(t, "RATE_LIMITED").Retry()
	for _, f := range []float64{0, 0.25, 0.999} {
		var slept []time.Duration
		rt := jitter(f)
		rt.Sleep = func(_ context.Context, d time.Duration) error {
			slept = append(slept, d)
			return nil
		}
		if resp, err := rt.RoundTrip(req); err != nil || resp.StatusCode != http.StatusOK {
			t.Fatalf("%v, %v", resp, err)
		}
		for n, d := range slept {
			if want := policy.next(n+1, 0, rt.Rand); d != want.Delay || len(slept) != 3 {
				t.Errorf("with Rand %v retry %d of %d slept %v; want %v", f, n+1, len(slept), d, want.Delay)
			}
		}
		all := float64(policy.Base) * (1 - policy.Jitter*f)
		if float64(slept[0]) > all+1 || float64(slept[0]) < all-1 {
			t.Errorf("with Rand %v the first delay is %v; want %v", f, slept[0], time.Duration(all))
		}
	}

	// The clock moves by what was slept, so MaxElapsed ends the retries.
	now := time.Date(2026, 6, 12, 15, 0, 0, 0, time.UTC)
	start := now
	s := &script{errs: []error{
		quick(WithRetryAfter(3 * time.Second)), quick(WithRetryAfter(3 * time.Second)), quick(),
	}}
	rt := &RetryTransport{
		Base: s, MaxElapsed: 5 * time.Second,
		Now: func() time.Time { return now },
		Sleep: func(_ context.Context, d time.Duration) error {
			now = now.Add(d)
			return nil
		},
	}
	if resp, err := rt.RoundTrip(req); err != nil || resp.StatusCode != 429 || len(s.at) != 2 ||
		now.Sub(start) != 3*time.Second {
		t.Errorf("sent %d times in %v, then %v, %v; want 2 times in 3s, then 429",
			len(s.at), now.Sub(start), resp, err)
	}

	// MaxElapsed is a bound that may be reached.
	now, s = start, &script{errs: []error{
		quick(WithRetryAfter(3 * time.Second)), quick(WithRetryAfter(2 * time.Second)),
	}}
	rt.Base = s
	if resp, err := rt.RoundTrip(req); err != nil ||
		resp.StatusCode != 200 ||
		now.Sub(start) != rt.MaxElapsed {
		t.Errorf("sent %d times in %v, then %v, %v; want 3 times in 5s, then 200",
			len(s.at), now.Sub(start), resp, err)
	}

	// A Retry-After that is a date is read by the same clock.
	var slept time.Duration
	rt = &RetryTransport{
		Base: roundTripper(func(*http.Request) (*http.Response, error) {
			h := http.Header{"Retry-After": {start.Add(4 * time.Second).Format(http.TimeFormat)}}
			return &http.Response{StatusCode: 503, Header: h,
				Body: io.NopCloser(strings.NewReader(`{"error":{"code":"MAINTENANCE"}}`))}, nil
		}),
		Now: func() time.Time { return start },
		Sleep: func(_ context.Context, d time.Duration) error {
			slept = d
			return io.ErrClosedPipe
		},
	}
	if _, err := rt.RoundTrip(req); !errors.Is(err, io.ErrClosedPipe) || slept != 4*time.Second {
		t.Errorf("slept %v, then %v; want 4s, and the error of Sleep", slept, err)
	}
}

func mustLookup(t *testing.T, code string) *Info {
	t.Helper()
	info, ok := Lookup(code)
	if !ok {
		t.Fatalf("no code %s", code)
	}
	return info
}

// A body that is handed over is the body as it was sent, however it arrives, and ends as it ended.
func TestRetryTransportHandsOverTheWholeBody(t *testing.T) {
	sent := `{"error":{"code":"TOO_LARGE","message":"` + strings.Repeat("0123456789", 2000) + `"}}`
	for name, body := range map[string]func() io.Reader{
		"at once":       func() io.Reader { return strings.NewReader(sent) },
		"byte by byte":  func() io.Reader { return iotest.OneByteReader(strings.NewReader(sent)) },
		"end with data": func() io.Reader { return iotest.DataErrReader(strings.NewReader(sent)) },
		"broken off": func() io.Reader {
			return io.MultiReader(strings.NewReader(sent),
				failing{io.ErrClosedPipe})
		},
		"too long": func() io.Reader {
			return io.MultiReader(strings.NewReader(sent),
				strings.NewReader(sent), failing{io.ErrClosedPipe})
		},
	} {
		for _, limit := range []int64{
			0, 1, 4095, 4096, 4097, int64(len(sent)) - 1, int64(len(sent)), math.MaxInt64,
		} {
			synctest.Test(t, func(t *testing.T) {
				want, wantErr := io.ReadAll(body())
				closed := &closer{Reader: body()}
				rt := RetryTransport{Decoder: &Decoder{MaxBody: limit},
					Sleep: func(context.Context, time.Duration) error { return io.EOF },
					Base: roundTripper(func(*http.Request) (*http.Response, error) {
						return &http.Response{StatusCode: 500, Body: closed}, nil
					})}
				req, _ := http.NewRequest(http.MethodGet, "http://example.com/", nil)
				resp, err := rt.RoundTrip(req)
				if err != nil {
					t.Fatal(err)
				}
				got, err := io.ReadAll(resp.Body)
				if string(got) != string(want) || !errors.Is(err, wantErr) {
					t.Errorf("%s, MaxBody %d: %d bytes, %v; want %d, %v",
						name, limit, len(got), err, len(want), wantErr)
				}
				if err := resp.Body.Close(); err != nil || !closed.closed {
					t.Errorf("%s: the body is not closed: %v", name, err)
				}
				_ = resp.Body.Close() // twice, as many callers do
			})
		}
	}
}
