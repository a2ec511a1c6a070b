package fixed

import (
	"context"
	"errors"
	"io"
	"net/http"
	"slices"
	"sync"
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
// It looks at the body of a response only if the catalog retries a code of that status, and gives it five seconds to arrive, or what
// MaxElapsed leaves. A response whose body takes longer is handed over, and its body can be read as it arrives.
//
// Its zero value is ready to use; do not change its fields while it is in use. Several goroutines may use it at once.
type RetryTransport struct {
	// Base sends the requests; nil means http.DefaultTransport.
	Base http.RoundTripper
	// MaxElapsed bounds the time from the first attempt to the last retry; 0 means no bound but the request's own.
	MaxElapsed time.Duration
	// Decoder reads the errors; nil means one without settings.
	Decoder *Decoder
	// OnRetry is called before the delay of each retry. attempt counts the attempts so far, from 1.
	OnRetry func(req *http.Request, attempt int, err error, d Decision)
}

// patience is how long the body of an error may take to arrive, if nothing else bounds it.
const patience = 5 * time.Second

// RoundTrip sends a request, and sends it again while the catalog says so.
func (t *RetryTransport) RoundTrip(req *http.Request) (*http.Response, error) {
	start, next := time.Now(), req
	for attempt := 1; ; attempt++ {
		ctx, cancel := context.WithCancel(req.Context())
		resp, err := t.base().RoundTrip(next.WithContext(ctx))
		if err != nil {
			cancel()
			return resp, err
		}
		resp.Request, resp.Body = next, cancelling(resp.Body, cancel)
		if !t.mayRetry(req, resp.StatusCode, attempt) {
			return resp, nil
		}
		d, failed := t.decide(req, resp, attempt, start)
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
		_ = resp.Body.Close() // it was read to its end, which leaves the connection usable
		if err := wait(req.Context(), d.Delay); err != nil {
			if next.Body != nil {
				_ = next.Body.Close()
			}
			return nil, err
		}
	}
}

// CloseIdleConnections closes those of Base. It is what [http.Client.CloseIdleConnections] calls.
func (t *RetryTransport) CloseIdleConnections() {
	if c, ok := t.base().(interface{ CloseIdleConnections() }); ok {
		c.CloseIdleConnections()
	}
}

func (t *RetryTransport) base() http.RoundTripper {
	if t.Base == nil {
		return http.DefaultTransport
	}
	return t.Base
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

// mayRetry reports whether a response with a status may be the one of a code that is retried, before its body is looked at.
func (t *RetryTransport) mayRetry(req *http.Request, status, attempt int) bool {
	if status < 400 || req.Body != nil && req.Body != http.NoBody && req.GetBody == nil {
		return false
	}
	allows := func(policy int) bool {
		p, ok := policyNumber(policy)
		return ok && attempt <= p.MaxRetries && (p.AnyMethod || isIdempotent(req))
	}
	if isGateways(status) && allows(defaultPolicy) {
		return true
	}
	for i := range infos {
		if allows(int(infos[i].retry)) && slices.Contains(infos[i].statuses, status) {
			return true
		}
	}
	for i := range tombstones {
		t := &tombstones[i]
		if info, ok := t.Use.Info(); ok && allows(int(info.retry)) && (t.Status == status || t.Status == 0) {
			return true
		}
	}
	return false
}

// decide returns what follows a response, and the error that it carries. The response's body can still be read from its start.
func (t *RetryTransport) decide(req *http.Request, resp *http.Response, attempt int, start time.Time) (Decision, error) {
	decoder := t.Decoder
	if decoder == nil {
		decoder = new(Decoder)
	}
	bound := patience
	if t.MaxElapsed > 0 {
		bound = min(bound, t.MaxElapsed-time.Since(start))
	}
	body := &arriving{rest: resp.Body, news: make(chan struct{}, 1)}
	resp.Body = body
	go body.fetch(decoder.enough())
	data, arrived, failed := body.await(req.Context(), bound)
	if !arrived {
		return Decision{Reason: "the body did not arrive in time"}, nil
	}
	data, failed = decoder.bounded(data, failed)
	err := decoder.parse(resp.StatusCode, resp.Header, data, failed)
	policy, d := decide(err, attempt)
	if d.Retry && !policy.AnyMethod && !isIdempotent(req) {
		d = Decision{Reason: "the request can not be sent twice"}
	}
	return d, err
}

// A cancelled is a body that cancels its attempt when it ends or is closed. That ends a Read in another goroutine, for which a Close might
// wait: that of a body which net/http unpacks does.
type cancelled struct {
	io.ReadCloser
	cancel context.CancelFunc
}

func cancelling(body io.ReadCloser, cancel context.CancelFunc) io.ReadCloser {
	if body == nil { // of a RoundTripper made for tests
		body = http.NoBody
	}
	c := cancelled{body, cancel}
	if w, ok := body.(io.Writer); ok { // of the protocol that was switched to
		return struct {
			cancelled
			io.Writer
		}{c, w}
	}
	return c
}

func (c cancelled) Read(p []byte) (int, error) {
	n, err := c.ReadCloser.Read(p)
	if err != nil {
		c.cancel()
	}
	return n, err
}

func (c cancelled) Close() error {
	c.cancel()
	return c.ReadCloser.Close()
}

// An arriving is a body of which the beginning is fetched ahead of whoever reads it.
type arriving struct {
	rest io.ReadCloser
	news chan struct{} // has something in it after data, err or done changed

	mu   sync.Mutex
	data []byte // that was fetched
	err  error  // that ended the fetching; nil: there may be more in rest
	done bool   // nothing is fetched any more
	stop bool   // the reader wants what comes next
	read int    // how much of data was read
}

// fetch fetches up to n bytes, until the reader wants to have them itself.
func (a *arriving) fetch(n int64) {
	buf := make([]byte, 4096)
	for done := false; !done; {
		k, err := a.rest.Read(buf[:min(int64(len(buf)), n)])
		n -= int64(k)
		a.mu.Lock()
		a.data, a.err = append(a.data, buf[:k]...), err
		a.done = err != nil || n == 0 || a.stop
		done = a.done
		a.mu.Unlock()
		select {
		case a.news <- struct{}{}:
		default:
		}
	}
}

// await returns what was fetched once that is all, and what ended it, if that was not the body's end. It does not arrive if that takes longer
// than the bound or the context allows.
func (a *arriving) await(ctx context.Context, bound time.Duration) (data []byte, arrived bool, failed error) {
	timer := time.NewTimer(bound)
	defer timer.Stop()
	for {
		a.mu.Lock()
		data, err, done := a.data, a.err, a.done
		a.mu.Unlock()
		if done {
			if errors.Is(err, io.EOF) {
				err = nil
			}
			return data, true, err
		}
		select {
		case <-a.news:
			continue
		case <-timer.C:
		case <-ctx.Done(): // the transport ends the body itself
		}
		a.mu.Lock()
		a.stop = true
		a.mu.Unlock()
		return nil, false, nil
	}
}

// Read reads what was fetched, and then the rest.
func (a *arriving) Read(p []byte) (int, error) {
	for {
		a.mu.Lock()
		a.stop = true
		n := copy(p, a.data[a.read:])
		a.read += n
		err, done := a.err, a.done
		a.mu.Unlock()
		switch {
		case n > 0 || len(p) == 0:
			return n, nil
		case done && err != nil:
			return 0, err
		case done:
			return a.rest.Read(p)
		}
		<-a.news
	}
}

// Close closes the body, which ends a Read of it.
func (a *arriving) Close() error { return a.rest.Close() }

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
