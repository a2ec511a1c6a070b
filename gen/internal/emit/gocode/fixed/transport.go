package fixed

import (
	"context"
	"io"
	"net/http"
	"time"
)

// A RetryTransport sends requests again as the catalog says: by the code of the response, after the policy's delay or the server's
// Retry-After, whichever is longer.
//
//	client := &http.Client{Transport: &RetryTransport{}}
//
// It retries what is safe to send twice: idempotent methods (RFC 9110, section 9.2.2), requests with an Idempotency-Key header, and, for codes
// whose policy allows any method, all others; and of these only requests without a body or with GetBody, as
// [http.NewRequest] makes them. It never waits past the request's deadline. When there are no retries left the last response comes
// back as it is, its body whole. A request that got no response is not retried.
//
// Its zero value is ready; its fields must not change while it is used. It may be used by several goroutines at once.
type RetryTransport struct {
	// Base sends the requests; nil means http.DefaultTransport.
	Base http.RoundTripper
	// MaxElapsed bounds the time from the first attempt to the last retry; 0 means no bound but the request's own.
	MaxElapsed time.Duration
	// Decoder reads the errors; nil means one without settings.
	Decoder *Decoder
	// OnRetry hears of each retry before its delay. attempt counts the attempts so far, from 1.
	OnRetry func(req *http.Request, attempt int, err error, d Decision)
}

// RoundTrip sends a request, and sends it again while the catalog says so.
func (t *RetryTransport) RoundTrip(req *http.Request) (*http.Response, error) {
	base := t.Base
	if base == nil {
		base = http.DefaultTransport
	}
	start, next := time.Now(), req
	for attempt := 1; ; attempt++ {
		resp, err := base.RoundTrip(next)
		if err != nil {
			return nil, err
		}
		d, failed := t.decide(req, resp, attempt)
		if !d.Retry || !t.inTime(req.Context(), start, d.Delay) {
			return resp, nil
		}
		var ok bool
		if next, ok = sendable(req); !ok {
			return resp, nil
		}
		if t.OnRetry != nil {
			t.OnRetry(req, attempt, failed, d)
		}
		_, _ = io.CopyN(io.Discard, resp.Body, 64<<10) // a body that was read to its end leaves the connection usable
		_ = resp.Body.Close()
		if err := wait(req.Context(), d.Delay); err != nil {
			if next.Body != nil {
				_ = next.Body.Close()
			}
			return nil, err
		}
	}
}

// sendable returns a copy of a request that was sent, with a new body. It is false if there is none.
func sendable(req *http.Request) (*http.Request, bool) {
	again := req.Clone(req.Context())
	if req.GetBody != nil {
		body, err := req.GetBody()
		if err != nil {
			return nil, false
		}
		again.Body = body
	}
	return again, true
}

// decide returns what follows a response, and the error that it carries.
func (t *RetryTransport) decide(req *http.Request, resp *http.Response, attempt int) (Decision, error) {
	decoder := t.Decoder
	if decoder == nil {
		decoder = new(Decoder)
	}
	err := decoder.Decode(resp)
	if err == nil {
		return Decision{}, nil
	}
	policy, d := decide(err, attempt)
	if !policy.AnyMethod && !isIdempotent(req) || req.Body != nil && req.Body != http.NoBody && req.GetBody == nil {
		d = Decision{Reason: "the request can not be sent twice"}
	}
	return d, err
}

// inTime reports whether a retry after a delay is within the bounds of time.
func (t *RetryTransport) inTime(ctx context.Context, start time.Time, delay time.Duration) bool {
	now := time.Now()
	if t.MaxElapsed > 0 && now.Sub(start) > t.MaxElapsed-delay {
		return false
	}
	deadline, ok := ctx.Deadline()
	return ctx.Err() == nil && (!ok || delay < deadline.Sub(now))
}

func wait(ctx context.Context, delay time.Duration) error {
	timer := time.NewTimer(delay)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// isIdempotent reports whether a request may be sent twice whatever the server did with the first.
func isIdempotent(req *http.Request) bool {
	switch req.Method {
	case "", http.MethodGet, http.MethodHead, http.MethodOptions, http.MethodTrace, http.MethodPut, http.MethodDelete:
		return true
	}
	return req.Header.Get("Idempotency-Key") != "" || req.Header.Get("X-Idempotency-Key") != ""
}
