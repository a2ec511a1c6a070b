package fixed

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
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

func quick(opts ...Option) error { return NewRateLimited("free", 0, opts...) } // quick: 3 retries, any method

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
		"until it works":                 {post(strings.NewReader("b")), []error{quick(), quick()}, 3, "ok"},
		"until none are left":            {post(nil), []error{quick(), quick(), quick(), quick(), quick()}, 4, "RATE_LIMITED"},
		"a code that is never retried":   {post(nil), []error{NewTooLarge()}, 1, "TOO_LARGE"},
		"a POST that is not allowed":     {post(nil), []error{NewMaintenance(WithRetryAfter(0))}, 1, "MAINTENANCE"},
		"a body that can not be rewound": {post(io.MultiReader(strings.NewReader("b"))), []error{quick()}, 1, "RATE_LIMITED"},
		"a Retry-After of an hour":       {post(nil), []error{quick(WithRetryAfter(time.Hour))}, 1, "RATE_LIMITED"},
		"two codes in turn":              {post(nil), []error{quick(), NewTooLarge()}, 2, "TOO_LARGE"},
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
				if len(s.bodies) != c.attempts || heard != c.attempts-1 || err != nil || !strings.Contains(string(body), c.last) {
					t.Errorf("%d attempts, OnRetry heard %d, then %s, %v; want %d and %s", len(s.bodies), heard, body, err, c.attempts, c.last)
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
		s := &script{errs: []error{quick(WithRetryAfter(3 * time.Second)), quick(WithRetryAfter(4 * time.Second))}}
		if _, err := (&RetryTransport{Base: s}).RoundTrip(req); err != nil || s.at[1] != 3*time.Second || s.at[2] != 7*time.Second {
			t.Errorf("sent at %v, %v; want each Retry-After kept", s.at, err)
		}
		s = &script{errs: []error{quick(WithRetryAfter(3 * time.Second)), quick(WithRetryAfter(3 * time.Second))}}
		resp, err := (&RetryTransport{Base: s, MaxElapsed: 5 * time.Second}).RoundTrip(req)
		if err != nil || len(s.at) != 2 || resp.StatusCode != 429 {
			t.Errorf("with MaxElapsed 5s sent at %v, %v", s.at, err)
		}
		soon, cancel := context.WithTimeout(context.Background(), 2*time.Second)
		defer cancel()
		s = &script{errs: []error{quick(WithRetryAfter(3 * time.Second))}}
		if resp, err = (&RetryTransport{Base: s}).RoundTrip(req.WithContext(soon)); err != nil || len(s.at) != 1 || resp.StatusCode != 429 {
			t.Errorf("with a deadline in 2s sent at %v, %v; want the response at once", s.at, err)
		}
		gone, leave := context.WithCancelCause(context.Background())
		left := errors.New("left")
		time.AfterFunc(time.Second, func() { leave(left) })
		s = &script{errs: []error{quick(WithRetryAfter(3 * time.Second))}}
		if _, err = (&RetryTransport{Base: s}).RoundTrip(req.WithContext(gone)); !errors.Is(err, left) || len(s.at) != 1 {
			t.Errorf("a caller that leaves gets %v after %d attempts", err, len(s.at))
		}
	})
}
