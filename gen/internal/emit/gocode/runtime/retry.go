package apierr

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"net/http"
	"slices"
	"time"
)

// A RetryPolicy says how often, and after which delays, a request may be sent again. The delay
// before retry n is Base times Factor to the power n-1, at most MaxDelay. Jitter is the part of
// it that is random.
type RetryPolicy struct {
	Name          string        // in the catalog; may be empty
	Base          time.Duration // before the first retry
	Factor        float64       // 1: delays do not grow
	MaxDelay      time.Duration // caps the computed delay, not the server's Retry-After
	Jitter        float64       // 0: none, 1: anything from 0 to the computed delay
	MaxRetries    int           // retries, not attempts
	MaxRetryAfter time.Duration // no retry if the server asks for a longer wait
	AnyMethod     bool          // the server did nothing: POST and PATCH may be sent again, too
}

// A Decision says whether to send a request again, and after which delay.
type Decision struct {
	Retry     bool
	Delay     time.Duration
	AnyMethod bool   // the server did nothing: POST and PATCH may be sent again, too
	Reason    string // in a few words, for logs
}

// Decide says whether and when to repeat a request that failed with err. attempt counts the
// attempts so far, from 1. The decision is by code, not by status. A response without a code of the
// catalog, as a gateway sends, follows the catalog's default if its status is 429, 502, 503 or 504.
//
// The caller must know whether the request may be sent twice, unless the decision has AnyMethod.
func Decide(err error, attempt int) Decision { return decide(err, attempt, nil) }

// Retryable reports whether [Decide] retries after a first attempt that failed with err.
func Retryable(err error) bool { return Decide(err, 1).Retry }

// decide is Decide with a source of random numbers for the jitter.
func decide(err error, attempt int, rnd func() float64) Decision {
	//errspec:if each
	if isJoined(err) {
		if several := slices.Collect(Each(err)); len(several) > 1 {
			return decideAll(several, attempt, rnd)
		}
	}
	//errspec:end
	e, ok := From(err)
	var policy *RetryPolicy
	switch {
	case !ok:
		return Decision{Reason: "not an error of this package"}
	case e.bodyStatus != 0:
		return Decision{Reason: "the response's status and its body's differ"}
	case e.info != nil:
		policy = e.info.retry
	//errspec:if tombstones
	case e.retired != nil && e.retired.Use != "":
		policy = e.retired.Use.Info().retry
	//errspec:end
	case e.remote && isGateways(e.Status):
		policy = defaultPolicy
	}
	if policy == nil {
		return Decision{Reason: "the code is not retried"}
	}
	return policy.next(attempt, e.RetryAfter, rnd)
}

// isGateways reports whether gateways send a status when the server behind them does not answer.
func isGateways(status int) bool {
	return status == 429 || status == 502 || status == 503 || status == 504
}

// next decides what follows a failed attempt. The delay is at least retryAfter, which is what the
// server asked for. rnd returns a random number in [0, 1); nil means math/rand/v2.
func (p RetryPolicy) next(attempt int, retryAfter time.Duration, rnd func() float64) Decision {
	switch {
	case attempt > p.MaxRetries:
		return Decision{Reason: "no retries are left"}
	case retryAfter > p.MaxRetryAfter:
		return Decision{Reason: "the server asks for a longer wait than the policy allows"}
	}
	delay := max(p.MaxDelay, 0) // also for what is too large, or not a number
	if d := float64(p.Base) * math.Pow(p.Factor, float64(max(attempt-1, 0))); d < float64(delay) {
		delay = time.Duration(max(d, 0))
	}
	if p.Jitter > 0 {
		if rnd == nil {
			rnd = rand.Float64
		}
		if part := 1 - min(p.Jitter, 1)*min(max(rnd(), 0), 1); part < 1 {
			delay = time.Duration(float64(delay) * part)
		}
	}
	delay = max(delay, retryAfter, 0)
	return Decision{true, delay, p.AnyMethod, "the policy allows it"}
}

// A RetryTransport sends requests again as the catalog says: by the code of the response, after
// the delay of the code's policy or the server's Retry-After, whichever is longer.
//
//	client := &http.Client{Transport: &RetryTransport{}}
//
// It retries idempotent methods (RFC 9110, section 9.2.2), requests with an Idempotency-Key
// header, and any method if the code's policy allows it. A request with a body needs GetBody,
// which [http.NewRequest] sets. A request that got no response is not retried. No retry begins
// after the request's deadline. The body of an error has five seconds to arrive, or what
// MaxElapsed leaves; else the response is returned, and its body can be read as it arrives.
//
// The zero value is ready to use, by several goroutines. Do not change fields while it is in use.
type RetryTransport struct {
	// Base sends the requests; nil means http.DefaultTransport.
	Base http.RoundTripper
	// MaxElapsed bounds the time from the first attempt to the last retry; 0 means no bound.
	MaxElapsed time.Duration
	// Decoder reads the errors; nil means one without settings.
	Decoder *Decoder
	// OnRetry is called before the delay of each retry. attempt counts the attempts, from 1.
	OnRetry func(req *http.Request, attempt int, err error, d Decision)
	// Now is the clock for MaxElapsed, and for a nil Decoder; nil means time.Now.
	Now func() time.Time
	// Sleep waits for d, or until ctx is done, and then returns an error; nil means real time.
	Sleep func(ctx context.Context, d time.Duration) error
	// Rand returns a random number in [0, 1) for the jitter; nil means math/rand/v2.
	Rand func() float64
}

// patience is how long the body of an error may take to arrive.
const patience = 5 * time.Second

// RoundTrip sends a request, and sends it again while the catalog says so.
func (t *RetryTransport) RoundTrip(req *http.Request) (*http.Response, error) {
	start, next := clock(t.Now)(), req
	for attempt := 1; ; attempt++ {
		ctx, cancel := context.WithCancel(req.Context())
		resp, err := cmp.Or(t.Base, http.DefaultTransport).RoundTrip(next.WithContext(ctx))
		if err != nil || resp == nil { // of a RoundTripper that breaks the rules
			cancel()
			return resp, err
		}
		resp.Request = next
		if resp.Body == nil { // of a RoundTripper made for tests
			resp.Body = http.NoBody
		}
		body := cancelled{resp.Body, cancel}
		if !mayRetry(req, resp.StatusCode, attempt) {
			resp.Body = body.orWriter()
			return resp, nil
		}
		early := readAhead(ctx, body)
		resp.Body = early
		d, failed := t.decide(req, resp, early, attempt, start)
		next = req.Clone(req.Context())
		if !d.Retry || !rewind(next) {
			return resp, nil
		}
		if t.OnRetry != nil {
			t.OnRetry(req, attempt, failed, d)
		}
		_ = resp.Body.Close()
		if err := t.sleep(req.Context(), d.Delay); err != nil {
			if next.Body != nil {
				_ = next.Body.Close()
			}
			return nil, err
		}
	}
}

// CloseIdleConnections closes those of Base, for [http.Client.CloseIdleConnections].
func (t *RetryTransport) CloseIdleConnections() {
	(&http.Client{Transport: t.Base}).CloseIdleConnections()
}

// decide returns what follows a response, and the error that it carries.
func (t *RetryTransport) decide(
	req *http.Request, resp *http.Response, body *ahead, attempt int, start time.Time,
) (Decision, error) {
	ctx, decoder := req.Context(), cmp.Or(t.Decoder, &Decoder{Now: t.Now})
	if !body.arrives(ctx, decoder.limit(), min(patience, t.left(start))) {
		return Decision{}, nil
	}
	err := decoder.Decode(resp)
	d := decide(err, attempt, t.Rand)
	deadline, ok := ctx.Deadline()
	if d.Delay > t.left(start) || ok && d.Delay >= time.Until(deadline) || ctx.Err() != nil {
		d.Retry = false
	}
	d.Retry = d.Retry && (d.AnyMethod || isIdempotent(req))
	return d, err
}

// left returns how much of MaxElapsed is left.
func (t *RetryTransport) left(start time.Time) time.Duration {
	if t.MaxElapsed <= 0 {
		return maxDuration
	}
	return t.MaxElapsed - clock(t.Now)().Sub(start)
}

func (t *RetryTransport) sleep(ctx context.Context, d time.Duration) error {
	if t.Sleep != nil {
		return t.Sleep(ctx, d)
	}
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// rewind gives a request a new body. It is false if there is none.
func rewind(req *http.Request) bool {
	if req.GetBody == nil {
		return true
	}
	body, err := req.GetBody()
	req.Body = body
	return err == nil
}

// mayRetry reports whether the catalog retries any code with a status, for a request like req.
func mayRetry(req *http.Request, status, attempt int) bool {
	if status < 400 || req.Body != nil && req.Body != http.NoBody && req.GetBody == nil {
		return false
	}
	allows := func(p *RetryPolicy) bool {
		return p != nil && attempt <= p.MaxRetries && (p.AnyMethod || isIdempotent(req))
	}
	if isGateways(status) && allows(defaultPolicy) {
		return true
	}
	for i := range infos {
		if slices.Contains(infos[i].statuses, status) && allows(infos[i].retry) {
			return true
		}
	}
	//errspec:if tombstones
	for _, t := range tombstones {
		if (t.Status == status || t.Status == 0) && allows(t.Use.Info().retry) {
			return true
		}
	}
	//errspec:end
	return false
}

// isIdempotent reports whether a request may be sent twice, whatever the server did with it.
func isIdempotent(req *http.Request) bool {
	switch req.Method {
	case "", http.MethodGet, http.MethodHead, http.MethodOptions, http.MethodTrace,
		http.MethodPut, http.MethodDelete:
		return true
	}
	h := req.Header
	return h.Get("Idempotency-Key") != "" || h.Get("X-Idempotency-Key") != ""
}

// A cancelled is a body that cancels its attempt when it ends or is closed. This ends a Read in
// another goroutine, for which Close may wait if net/http unpacks the body.
type cancelled struct {
	io.ReadCloser
	cancel context.CancelFunc
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

// orWriter returns the body, with a Write method if the connection has switched protocols.
func (c cancelled) orWriter() io.ReadCloser {
	if w, ok := c.ReadCloser.(io.Writer); ok {
		return struct {
			cancelled
			io.Writer
		}{c, w}
	}
	return c
}

// An ahead is a body that a goroutine reads, so that nobody has to wait for one that stalls.
type ahead struct {
	cancelled
	chunks chan []byte
	err    error        // after the last chunk
	buf    bytes.Buffer // received, and not yet read
}

// readAhead reads a body until it ends, or ctx does.
func readAhead(ctx context.Context, body cancelled) *ahead {
	a := &ahead{cancelled: body, chunks: make(chan []byte)}
	go func() {
		defer close(a.chunks)
		defer body.cancel()
		defer func() {
			v := recover() // a panic here would end the program, whoever recovers elsewhere
			if a.err == nil {
				a.err = fmt.Errorf("panic: %v", v)
			}
		}()
		for a.err == nil {
			chunk := make([]byte, 4096)
			n, err := body.ReadCloser.Read(chunk)
			a.err = err
			select {
			case a.chunks <- chunk[:n]:
			case <-ctx.Done():
				a.err = context.Cause(ctx)
			}
		}
	}()
	return a
}

// arrives reports whether the whole body, or more than limit bytes of it, arrives in time.
func (a *ahead) arrives(ctx context.Context, limit int64, wait time.Duration) bool {
	ctx, stop := context.WithTimeout(ctx, wait)
	defer stop()
	for int64(a.buf.Len()) <= limit {
		select {
		case chunk, ok := <-a.chunks:
			if !ok {
				return true
			}
			a.buf.Write(chunk)
		case <-ctx.Done():
			return false
		}
	}
	return true
}

func (a *ahead) Read(p []byte) (int, error) {
	for a.buf.Len() == 0 {
		chunk, ok := <-a.chunks
		if !ok {
			return 0, a.err
		}
		a.buf.Write(chunk)
	}
	return a.buf.Read(p)
}
