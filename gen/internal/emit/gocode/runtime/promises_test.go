package apierr

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"
)

// The promises that the package makes, each tested on every path that there is.

// anError draws an error as a handler may return it: made, as a literal, a bare code, foreign, or
// from another server, whose status may be anything; and wrapped. What may be changed of it is.
func anError(t *rapid.T) error {
	x := &expected[rapid.IntRange(0, len(expected)-1).Draw(t, "code")]
	statuses := rapid.SampledFrom([]int{-1, 0, 100, 200, 204, 304, 401, 403, 404, 500, 999, 1 << 40})
	opts := []Option{
		nil, WithStatus(statuses.Draw(t, "WithStatus")),
		WithRetryAfter(time.Duration(rapid.Int64().Draw(t, "WithRetryAfter"))),
		WithRequestID(rapid.String().Draw(t, "WithRequestID")),
		WithInstance(rapid.String().Draw(t, "WithInstance")),
	}
	if opts = rapid.Permutation(opts).Draw(t, "options"); rapid.Bool().Draw(t, "none") {
		opts = nil
	}
	err := x.make(opts...)
	kind := rapid.SampledFrom([]string{
		"made", "changed", "of hostile params", "literal", "bare code", "foreign", "too large", "remote",
	}).Draw(t, "kind")
	switch kind {
	case "changed", "literal":
		info, _ := Lookup(x.code)
		d, empty := info.fresh()
		if kind == "changed" {
			e, _ := From(err)
			d = (*Details)(e)
		} else {
			err = empty
		}
		d.Status, d.Message = statuses.Draw(t, "Status"), rapid.String().Draw(t, "Message")
		d.RequestID = rapid.String().Draw(t, "RequestID")
		d.RetryAfter = time.Duration(rapid.Int64().Draw(t, "RetryAfter"))
	case "of hostile params":
		err = NewEveryType(EveryTypeParams{
			Text:  rapid.String().Draw(t, "text"),
			Count: rapid.Int64().Draw(t, "n"),
			Ratio: rapid.Float64().Draw(t, "f"),
			Wait:  time.Duration(rapid.Int64().Draw(t, "wait")),
			At:    time.Unix(rapid.Int64().Draw(t, "at"), 0),
		}, opts...)
	case "bare code":
		err = Code(x.code)
	case "foreign":
		err = io.ErrUnexpectedEOF
	case "too large":
		err = &http.MaxBytesError{Limit: 1}
	case "remote":
		edges := []int{-1, 0, 99, 100, 101, 200, 204, 304, 399, 400, 599, 600, 1000}
		status := rapid.OneOf(rapid.IntRange(0, 1000), rapid.SampledFrom(edges)).Draw(t, "status")
		body := fmt.Sprintf(`{"error":{"code":%q,"http_status":%d},"status":%d}`,
			rapid.SampledFrom([]string{x.code, "NEW"}).Draw(t, "sent"),
			rapid.IntRange(-1, 1000).Draw(t, "http_status"), rapid.IntRange(-1, 1000).Draw(t, "body status"))
		err = Parse(status, http.Header{"Retry-After": {"1"}}, []byte(body))
		if rapid.Bool().Draw(t, "relayed") {
			err = Relay(err)
		}
	}
	switch rapid.IntRange(0, 3).Draw(t, "wrapped") {
	case 1:
		err = fmt.Errorf("doing: %w", err)
	case 2:
		err = errors.Join(io.EOF, err)
	case 3:
		err = errors.Join(err, NewType())
	}
	return err
}

// The response's status is that of its body, everywhere in it, and is one of an error.
func TestOneStatusOnEveryPath(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		err := anError(t)
		codes := []Code{"", CodeMaintenance, CodeRateLimited, "NEW"}
		d := Responder{Fallback: rapid.SampledFrom(codes).Draw(t, "Fallback")}
		methods := []string{http.MethodGet, http.MethodHead, http.MethodPost}
		method := rapid.SampledFrom(methods).Draw(t, "method")
		w := httptest.NewRecorder()
		r := httptest.NewRequest(method, "/", nil)
		switch rapid.IntRange(0, 2).Draw(t, "path") {
		case 0:
			d.Write(w, r, err)
		case 1:
			d.Handler(func(http.ResponseWriter, *http.Request) error { return err }).ServeHTTP(w, r)
		case 2:
			panics := func(http.ResponseWriter, *http.Request) { panic(err) }
			d.Recover(http.HandlerFunc(panics)).ServeHTTP(w, r)
		}
		if w.Code < 400 || w.Code > 599 {
			t.Fatalf("%v is answered with status %d", err, w.Code)
		}
		if method == http.MethodHead {
			if w.Body.Len() > 0 {
				t.Fatalf("HEAD is answered with the body %q", w.Body)
			}
			return
		}
		var body struct {
			Error struct {
				HTTPStatus int `json:"http_status"`
			}
			Status int
		}
		if jsonErr := json.Unmarshal(w.Body.Bytes(), &body); jsonErr != nil {
			t.Fatalf("%v: %s", jsonErr, w.Body)
		}
		if body.Status != w.Code || body.Error.HTTPStatus != w.Code {
			t.Fatalf("%v is answered with status %d, and the body %s", err, w.Code, w.Body)
		}
	})
}

// A cause, and whatever else is not the error's own, is in no byte that leaves the process. It is
// in the log, and errors.Is finds it.
func TestCauseIsNeverSent(t *testing.T) {
	const canary = "canary"
	secret := errors.New(canary)
	caused := func(opts ...Option) error { return NewTooLarge(append(opts, WithCause(secret))...) }
	upstream := Parse(503, http.Header{"X-Canary": {canary}},
		[]byte(`{"error":{"code":"NEW","message":"canary"},"canary":"canary"}`))
	remote := Parse(413, http.Header{"X-Canary": {canary}},
		[]byte(`{"error":{"code":"TOO_LARGE","message":"The body is too large","canary":1},"trace":[{"id":"canary"}]}`))
	broken := Decode(&http.Response{
		StatusCode: 500, Body: io.NopCloser(io.MultiReader(strings.NewReader("{"), failing{secret})),
	})
	paths := map[string]error{
		"a cause":       caused(),
		"wrapped":       fmt.Errorf("canary: %w", caused()),
		"wrapped cause": NewTooLarge(WithCause(fmt.Errorf("canary: %w", secret))),
		"joined":        errors.Join(secret, caused()),
		"joined, and wrapped": fmt.Errorf("%w, %w",
			secret, fmt.Errorf("canary: %w", caused())),
		"joined cause":         NewTooLarge(WithCause(errors.Join(secret, caused()))),
		"cause of a cause":     NewTooLarge(WithCause(caused())),
		"with params":          NewRateLimited("free", time.Second, WithCause(secret)),
		"foreign":              secret,
		"beside a bare code":   errors.Join(secret, CodeTooLarge),
		"beside one in need":   errors.Join(secret, CodeRateLimited),
		"request too large":    fmt.Errorf("canary: %w", &http.MaxBytesError{Limit: 1}),
		"from upstream":        remote,
		"unrecognized":         upstream,
		"unrecognized, passed": Relay(upstream),
		"relayed": Relay(fmt.Errorf("canary: %w", Parse(413, http.Header{"X-Canary": {canary}},
			[]byte(`{"canary":1,"error":{"code":"TOO_LARGE","message":"Too large"}}`)))),
		"an upstream that broke off":         broken,
		"an upstream that broke off, passed": Relay(broken),
	}
	for name, err := range paths {
		var log, log2 bytes.Buffer
		heard := ""
		d := &Responder{
			OnError: func(_ *http.Request, err error) { heard += err.Error() },
			Logger:  slog.New(slog.NewTextHandler(&log, nil)),
		}
		for how, h := range map[string]http.Handler{
			"written": http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				d.Write(w,
					r, err)
			}),
			"returned": d.Handler(func(http.ResponseWriter, *http.Request) error { return err }),
			"panicked": d.Recover(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(err) })),
			"panicked, in text": d.Recover(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
				panic(fmt.Sprint(err, canary))
			})),
		} {
			if sent := sentOver(t, h); strings.Contains(strings.ToLower(sent), canary) {
				t.Errorf("%s, %s: the canary is in\n%s", name, how, sent)
			}
		}
		slog.New(slog.NewTextHandler(&log2, nil)).Error("failed", Attr(err))
		if !strings.Contains(log.String()+log2.String()+heard, canary) {
			t.Errorf("%s: the canary is in no log", name)
		}
	}
	for name, err := range map[string]error{"a cause": caused(), "with params": paths["with params"]} {
		e, _ := From(err)
		body, jsonErr := json.Marshal(err)
		all := fmt.Sprintf("%s %v %v %s %+v %#v", body, jsonErr, e.Header, err, err, e.Message)
		if strings.Contains(all, canary) {
			t.Errorf("%s: the canary is in %s", name, all)
		}
		if !errors.Is(err, secret) {
			t.Errorf("%s: errors.Is does not find the cause", name)
		}
	}
}

// sentOver returns every byte that a handler sends over a connection.
func sentOver(t *testing.T, h http.Handler) string {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
	sent, err := httputil.DumpResponse(w.Result(), true)
	if err != nil {
		t.Fatal(err)
	}
	return string(sent)
}

// A hostile body costs at most a few times its size in memory, and its error's text is at most a
// log line.
func TestParseIsBounded(t *testing.T) {
	const size = 1 << 20
	fill := func(before, s, after string) []byte {
		return []byte(before + strings.Repeat(s, (size-len(before)-len(after))/len(s)) + after)
	}
	for name, body := range map[string][]byte{
		"arrays":               fill("", "[", ""),
		"objects":              fill("", `{"error":`, ""),
		"members":              fill(`{"error":{`, `"code":"A",`, `"code":"B"}}`),
		"escaped keys":         fill(`{"error":{`, `"c\u006fde":"A",`, `"code":"B"}}`),
		"statuses":             fill("{", `"status":500,`, `"status":500}`),
		"a code":               fill(`{"error":{"code":"`, "A", `"}}`),
		"an escaped code":      fill(`{"error":{"code":"`, `\u0041`, `"}}`),
		"a message":            fill(`{"error":{"code":"TOO_LARGE","message":"`, "A", `"}}`),
		"a message to read":    fill(`{"error":{"code":"SHADOWS","message":"`, "a, ", `"}}`),
		"a message of numbers": fill(`{"error":{"code":"EVERY_TYPE","message":"`, "1; ", `"}}`),
		"a request id":         fill(`{"trace":[{"id":"req-`, "A", `"}]}`),
		"no text":              fill("", "\x00", ""),
		"html":                 fill("<html>", "<p>Bad gateway</p>\n", "</html>"),
		"spaces":               fill("", " ", ""),
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		err := Parse(502, nil, body)
		runtime.ReadMemStats(&after)
		if n := after.TotalAlloc - before.TotalAlloc; n > 16*size {
			t.Errorf("%s: a body of 1 MiB costs %d MiB", name, n>>20)
		}
		var u *Unrecognized
		if errors.As(err, &u) && len(u.Body) > maxKept {
			t.Errorf("%s: %d bytes of the body are kept; want at most %d", name, len(u.Body), maxKept)
		}
		if n := len(err.Error()); u != nil && n > 4<<10 {
			t.Errorf("%s: the error's text has %d bytes", name, n)
		}
		if n := len(logged(err)); u != nil && n > 8<<10 {
			t.Errorf("%s: the error's log line has %d bytes", name, n)
		}
	}
}

// So does a hostile header.
func TestParseIsBoundedInHeaders(t *testing.T) {
	const size = 1 << 20
	body := func(code string) []byte {
		return []byte(`{"error":{"code":"` + code + `","message":"m"}}`)
	}
	for _, header := range []struct{ name, code string }{
		{"Retry-After", "TOO_LARGE"}, {"X-Request-Id", "TOO_LARGE"}, {"X-Fixture-Code", ""},
		{"Content-Encoding", "TOO_LARGE"}, {"X-Region", "REGION_DOWN"}, {"X-Left", "REGION_DOWN"},
		{"X-Room", "ROOM_FULL"}, {"X-Count", "EVERY_TYPE"}, {"X-At", "EVERY_TYPE"},
	} {
		for _, unit := range []string{",", "1,", "Fri, ", "x", "1", "1h", " for ", "/", "gzip", "\xff"} {
			for _, lines := range []int{1, 1 << 14} {
				line := strings.Repeat(unit, size/len(unit)/lines)
				h := http.Header{header.name: slices.Repeat([]string{line}, lines)}
				var before, after runtime.MemStats
				runtime.ReadMemStats(&before)
				_ = Parse(502, h, body(header.code))
				runtime.ReadMemStats(&after)
				if n := after.TotalAlloc - before.TotalAlloc; n > 16*size {
					t.Errorf("%s of 1 MiB of %q in %d lines costs %d MiB", header.name, unit, lines, n>>20)
				}
			}
		}
	}
}

// Whatever a policy says, no delay is negative, above the larger of MaxDelay and Retry-After, or
// below Retry-After. There is none after MaxRetries, and none if Retry-After exceeds MaxRetryAfter.
func TestDelaysKeepTheirBounds(t *testing.T) {
	durations := rapid.OneOf(
		rapid.Int64Range(0, int64(time.Hour)),
		rapid.Int64(),
		rapid.SampledFrom([]int64{math.MinInt64, -1, 0, 1, math.MaxInt64 - 1, math.MaxInt64}),
	)
	duration := func(t *rapid.T, name string) time.Duration {
		return time.Duration(durations.Draw(t, name))
	}
	floats := rapid.OneOf(rapid.Float64Range(0, 4), rapid.Float64(),
		rapid.SampledFrom([]float64{0, 1, 2, -1, math.NaN(), math.Inf(1), math.Inf(-1), math.MaxFloat64}))
	rapid.Check(t, func(t *rapid.T) {
		p := RetryPolicy{
			Base:     duration(t, "Base"),
			Factor:   floats.Draw(t, "Factor"),
			MaxDelay: duration(t, "MaxDelay"),
			Jitter:   floats.Draw(t, "Jitter"),
			MaxRetries: rapid.OneOf(rapid.IntRange(-1, 5),
				rapid.SampledFrom([]int{math.MinInt, math.MaxInt})).Draw(t, "MaxRetries"),
			MaxRetryAfter: duration(t, "MaxRetryAfter"),
		}
		attempt := rapid.OneOf(rapid.IntRange(-1, 70),
			rapid.SampledFrom([]int{math.MinInt, 1 << 40, math.MaxInt})).Draw(t, "attempt")
		after := duration(t, "Retry-After")
		rnd := floats.Draw(t, "rnd")
		d := p.next(attempt, after, func() float64 { return rnd })
		switch {
		case d.Reason == "":
			t.Fatalf("%+v gives no reason", d)
		case !d.Retry:
			if d.Delay != 0 || attempt <= p.MaxRetries && after <= p.MaxRetryAfter {
				t.Fatalf("%+v, though there is a retry left", d)
			}
		case attempt > p.MaxRetries || after > p.MaxRetryAfter:
			t.Fatalf("%+v, though none is allowed", d)
		case d.Delay < 0 || d.Delay < after || d.Delay > max(p.MaxDelay, after, 0):
			t.Fatalf("the delay is %v; want it within 0, %v and %v", d.Delay, after, max(p.MaxDelay, after))
		}
		plain := p
		plain.Jitter = 0
		if p.Base > 0 && p.Factor >= 1 && p.MaxDelay > 0 && attempt <= p.MaxRetries {
			if d := plain.next(attempt, 0, nil); d.Retry && d.Delay < min(p.Base, p.MaxDelay) {
				t.Fatalf("without jitter the delay is %v; want at least %v", d.Delay, min(p.Base, p.MaxDelay))
			}
		}
	})
}

// Without rnd, jitter spreads clients over the whole delay.
func TestJitterSpreads(t *testing.T) {
	p := RetryPolicy{Base: time.Second, Factor: 1, MaxDelay: time.Minute, Jitter: 1, MaxRetries: 1}
	low, high := p.MaxDelay, time.Duration(0)
	for range 1000 {
		d := p.next(1, 0, nil).Delay
		low, high = min(low, d), max(high, d)
	}
	if low > 50*time.Millisecond || high < 950*time.Millisecond || high > time.Second {
		t.Errorf("the delays are from %v to %v; want them from 0s to 1s", low, high)
	}
}

// Whatever Retry-After and the clocks say, no delay is negative or longer than the policy allows,
// and the policy's own delay is kept.
func TestRetryAfterIsAFloorWithinBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now := time.Unix(rapid.Int64Range(-1e11, 1e11).Draw(t, "now"), 0)
		date := time.Unix(rapid.Int64Range(0, 4e9).Draw(t, "date"), 0).UTC().Format(http.TimeFormat)
		edges := []string{
			"-1", "+1", "1e9", "0x10", "1.5", "１",
			"Thu, 01 Jan 1970 00:00:00 GMT", "Sun, 06 Nov 1994 08:49:37 GMT",
		}
		value := rapid.OneOf(rapid.Just(date), rapid.StringMatching(`-?[0-9]{0,30}`), rapid.String(),
			rapid.SampledFrom(edges)).Draw(t, "Retry-After")
		d := Decoder{Now: func() time.Time { return now }}
		err := d.parse(503, http.Header{"Retry-After": {value}},
			[]byte(`{"error":{"code":"MAINTENANCE","message":"Down for maintenance"}}`), nil)
		e, _ := From(err)
		wait := e.RetryAfter
		policy, _ := e.Code.Info().Retry() // steady: 2 s, and at most 10 s if asked
		switch decision := Decide(err, 1); {
		case wait < 0:
			t.Fatalf("Retry-After %q is %v", value, wait)
		case decision.Retry != (wait <= policy.MaxRetryAfter):
			t.Fatalf("Retry-After %q is %v, and the decision %+v", value, wait, decision)
		case decision.Retry && decision.Delay != max(wait, policy.Base):
			t.Fatalf("Retry-After %q gives the delay %v; want %v",
				value, decision.Delay, max(wait, policy.Base))
		}
	})
}

// A RetryTransport returns before the request's deadline, and sends at most as many requests as the
// policy allows, each with the whole body.
func TestRetriesKeepTimeAndBody(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		deadline := time.Duration(rapid.Int64Range(1, int64(10*time.Second)).Draw(rt, "deadline"))
		elapsed := time.Duration(rapid.Int64Range(0, int64(10*time.Second)).Draw(rt, "MaxElapsed"))
		waits := rapid.SliceOfN(rapid.Int64Range(0, int64(6*time.Second)), 0, 6).Draw(rt, "waits")
		var errs []error
		for _, w := range waits {
			errs = append(errs, quick(WithRetryAfter(time.Duration(w))))
		}
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), deadline)
			defer cancel()
			req, err := http.NewRequestWithContext(ctx, http.MethodPost,
				"http://example.com/", strings.NewReader("body"))
			if err != nil {
				rt.Fatal(err)
			}
			s, start := &script{errs: errs}, time.Now()
			resp, err := (&RetryTransport{Base: s, MaxElapsed: elapsed}).RoundTrip(req)
			if err != nil {
				rt.Fatalf("%v: the last response is lost", err)
			}
			defer resp.Body.Close()
			took := time.Since(start)
			if took >= deadline || elapsed > 0 && took > elapsed || len(s.bodies) > 4 {
				rt.Fatalf("%d requests took %v; the deadline is %v, MaxElapsed %v",
					len(s.bodies), took, deadline, elapsed)
			}
			for i, b := range s.bodies {
				if b != "body" {
					rt.Fatalf("attempt %d sent the body %q", i+1, b)
				}
			}
			for i, at := range s.at[1:] {
				if gap, asked := at-s.at[i], time.Duration(waits[i]); gap < asked {
					rt.Fatalf("retry %d came after %v; the server asked for %v", i+1, gap, asked)
				}
			}
		})
	})
}

// closer knows whether it was closed.
type closer struct {
	io.Reader
	closed bool
}

func (c *closer) Close() error { c.closed = true; return nil }

// If GetBody fails, the response at hand is returned. If the caller leaves during a delay, nothing
// stays open.
func TestRetriesLeaveNothingOpen(t *testing.T) {
	req, err := http.NewRequest(http.MethodPost, "http://example.com/", strings.NewReader("body"))
	if err != nil {
		t.Fatal(err)
	}
	req.GetBody = func() (io.ReadCloser, error) { return nil, io.ErrClosedPipe }
	s := &script{errs: []error{quick()}}
	resp, err := (&RetryTransport{Base: s}).RoundTrip(req)
	if err != nil || !errors.Is(Decode(resp), CodeRateLimited) || len(s.bodies) != 1 {
		t.Errorf("without a second body the result is %v, %v; want the first response", resp, err)
	}
	synctest.Test(t, func(t *testing.T) {
		ctx, leave := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, leave)
		first := &closer{Reader: strings.NewReader("")}
		second := &closer{Reader: strings.NewReader("body")}
		req := req.WithContext(ctx)
		req.GetBody = func() (io.ReadCloser, error) { return second, nil }
		base := roundTripper(func(*http.Request) (*http.Response, error) {
			w := httptest.NewRecorder()
			Write(w, req, quick(WithRetryAfter(time.Minute)))
			resp := w.Result()
			resp.Body = struct {
				io.Reader
				io.Closer
			}{resp.Body, first}
			return resp, nil
		})
		if _, err := (&RetryTransport{Base: base}).RoundTrip(req); !errors.Is(err, context.Canceled) ||
			!first.closed ||
			!second.closed {
			t.Errorf("a caller that leaves gets %v; closed: the response %v, the second body %v",
				err, first.closed, second.closed)
		}
	})
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// A Decoder without a bound reads everything.
func TestDecoderWithoutBound(t *testing.T) {
	d := Decoder{MaxBody: math.MaxInt64}
	body := io.NopCloser(bytes.NewReader(must2(json.Marshal(NewTooLarge()))))
	if err := d.Decode(&http.Response{StatusCode: 413, Body: body}); !errors.Is(err, CodeTooLarge) {
		t.Errorf("with the largest MaxBody a body is decoded as %v", err)
	}
}

// An error may be used by many goroutines at once. The race detector watches.
func TestErrorsAreSafeToShare(t *testing.T) {
	shared := []error{
		NewRateLimited("free", time.Second, WithCause(io.EOF)), &RateLimitedError{}, CodeInternal,
		Parse(404, http.Header{"X-A": {"1"}},
			[]byte(`{"error":{"code":"NOT_FOUND","message":"No room 7 for agent A91"}}`)),
		Parse(502, http.Header{"X-A": {"1"}}, []byte("<html>")),
	}
	client := Decoder{}
	transport := &RetryTransport{Base: &script{}, Decoder: &client}
	responder := &Responder{RequestID: func(*http.Request) string { return "r1" }}
	_ = transport
	var all sync.WaitGroup
	for range 8 {
		all.Add(1)
		go func() {
			defer all.Done()
			for _, err := range shared {
				e, _ := From(err)
				_, _, _, _ = err.Error(), e.LogValue(), Attr(err), e.Header.Get("X-A")
				_, _ = e.Equal(err), e.Is(err)
				_, _, _ = errors.Is(err, CodeNotFound), errors.Is(err, VariantNotFoundRoom), Decide(err, 1)
				if _, jsonErr := json.Marshal(err); jsonErr != nil {
					t.Error(jsonErr)
				}
				responder.Write(httptest.NewRecorder(),
					httptest.NewRequest(http.MethodGet, "/", nil), Relay(err))
			}
		}()
	}
	all.Wait()
}

// Whatever a caller does to what it was given, the catalog and the error stay as they are.
func TestNothingReturnedIsShared(t *testing.T) {
	everything := func() string {
		var b strings.Builder
		for i := range infos {
			info := &infos[i]
			policy, ok := info.Retry()
			fmt.Fprintln(&b, info.Statuses(), info.See(), info.Tags(), info.Params(), policy, ok)
			fmt.Fprintln(&b, info.Messages(), info.Headers(), info.Values())
		}
		fmt.Fprintln(&b, FileTooLargeKinds(), FileTooLargeKindImage.Values())
		return b.String()
	}
	want := everything()
	for i := range infos {
		info := &infos[i]
		clear(info.Statuses())
		clear(info.See())
		clear(info.Tags())
		clear(info.Messages())
		clear(info.Headers())
		clear(info.Values())
		for _, p := range info.Params() {
			clear(p.Enum)
		}
		clear(info.Params())
	}
	clear(FileTooLargeKinds())
	clear(FileTooLargeKindImage.Values())
	if got := everything(); got != want {
		t.Errorf("the catalog was\n%s\nand is\n%s", want, got)
	}

	received := http.Header{"X-A": {"1"}}
	sent := []byte("<html>")
	err := Parse(502, received, sent)
	e, _ := From(err)
	var u *Unrecognized
	if !errors.As(err, &u) {
		t.Fatal(err)
	}
	received.Set("X-A", "2")
	clear(sent)
	if e.Header.Get("X-A") != "1" || string(u.Body) != "<html>" {
		t.Errorf("the headers are %v, the body %q; want them as they were received", e.Header, u.Body)
	}
	wait := must(From(NewRateLimited("free", time.Second)))
	body, err := json.Marshal(wait)
	if err != nil {
		t.Fatal(err)
	}
	again := bytes.Clone(body)
	clear(body)
	if body, err = json.Marshal(wait); err != nil || !bytes.Equal(body, again) {
		t.Errorf("the error's JSON is %s, %v; want %s", body, err, again)
	}
}

// An Info has no exported fields, and no method that returns what the package itself refers to
// (see TestNothingReturnedIsShared).
func TestInfoIsReadOnly(t *testing.T) {
	typ := reflect.TypeFor[Info]()
	for i := range typ.NumField() {
		if f := typ.Field(i); f.IsExported() {
			t.Errorf("Info.%s is exported, and can be changed by anybody", f.Name)
		}
	}
}
