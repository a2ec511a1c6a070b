package wire

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/errspec/errspec/generated/apierr"
)

// request returns a request that makes the service return the named failure.
func request(t *testing.T, url, failure string) *http.Request {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url+"/v1/agent/generate",
		strings.NewReader(`{"prompt":"hello"}`))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Api-Secret", failure)
	return req
}

// The table of failures covers the whole catalog.
func TestEveryCodeIsServed(t *testing.T) {
	served := map[string]bool{}
	for _, failure := range failures {
		e, _ := apierr.From(failure())
		served[fmt.Sprint(e.Code, e.Variant, e.Status)] = true
	}
	codes := 0
	for info := range apierr.All() {
		codes++
		for _, m := range info.Messages() {
			for _, status := range info.Statuses() {
				if !served[fmt.Sprint(info.Code(), m.Variant, status)] {
					t.Errorf("the service has no failure for %s %s with status %d", info.Code(),
						m.Variant, status)
				}
			}
		}
	}
	if codes != 14 {
		t.Errorf("the catalog has %d codes; the bitHuman API has 14", codes)
	}
}

func TestServedDecodedMatchedLogged(t *testing.T) {
	var log bytes.Buffer
	url := start(t, &log)
	for name, failure := range failures {
		log.Reset()
		req := request(t, url, name)
		req.Header.Set("X-Request-Id", "r-"+name)
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		sent, _ := apierr.From(failure())
		decoded := apierr.Decode(resp)
		got, ok := apierr.From(decoded)
		if !ok || !got.Remote() || got.Code != sent.Code || got.Variant != sent.Variant ||
			got.Message != sent.Message || got.Status != sent.Status {
			t.Errorf("%s: decoded as %v; want %v", name, decoded, sent)
			continue
		}
		if !errors.Is(decoded, sent.Code) || sent.Variant != "" &&
			!errors.Is(decoded, sent.Variant) {
			t.Errorf("%s: errors.Is does not match", name)
		}
		if want := failure(); cmp.Diff(want, decoded) != "" || !errors.Is(decoded, want) ||
			params(decoded) != params(want) {
			t.Errorf("%s: decoded as %T with %v; want %T with %v", name, decoded, params(decoded),
				want, params(want))
		}
		body, err := io.ReadAll(resp.Body)
		if err != nil || strings.Contains(string(body), errCause.Error()) || !json.Valid(body) {
			t.Errorf("%s: the body is %s, %v", name, body, err)
		}
		record := log.String()
		if logged := sent.Status >= 500; logged != (record != "") || logged &&
			(!strings.Contains(record, `"code":"`+string(sent.Code)) || !strings.Contains(record,
				errCause.Error()) || !strings.Contains(record, "r-"+name)) {
			t.Errorf("%s: the server logs %s", name, record)
		}
		var client bytes.Buffer
		slog.New(slog.NewTextHandler(&client, nil)).Error("failed",
			apierr.Attr(fmt.Errorf("calling: %w", decoded)))
		if !strings.Contains(client.String(), "error.code="+string(sent.Code)) {
			t.Errorf("%s: the client logs %s", name, &client)
		}
	}
}

// params returns the params of an error of the catalog, as text.
func params(err error) string {
	v := reflect.ValueOf(err).Elem().FieldByName("Params")
	if !v.IsValid() {
		return ""
	}
	return fmt.Sprintf("%+v", v)
}

// Each code is retried as often as the catalog says, after permitted delays, with the whole body.
func TestRetried(t *testing.T) {
	for name, failure := range failures {
		synctest.Test(t, func(t *testing.T) {
			url, client := startInside(t)
			e, _ := apierr.From(failure())
			policy, _ := e.Code.Info().Retry()
			if name == "internal" {
				policy.MaxRetries = 0 // the server may have acted, so a POST is not sent again
			}
			asked := e.RetryAfter
			var delays []time.Duration
			client.Transport = &apierr.RetryTransport{Base: client.Transport,
				OnRetry: func(_ *http.Request, _ int, err error, d apierr.Decision) {
					delays = append(delays, d.Delay)
					if !errors.Is(err, e.Code) {
						t.Errorf("%s: OnRetry gets %v", name, err)
					}
				}}
			begin := time.Now()
			resp, err := client.Do(request(t, url, name))
			if err != nil {
				t.Fatal(err)
			}
			defer resp.Body.Close()
			// and not MISSING_PARAM because of a missing body
			if err := apierr.Decode(resp); !errors.Is(err, e.Code) {
				t.Errorf("%s: after the retries the error is %v", name, err)
			}
			total := time.Duration(0)
			for _, d := range delays {
				total += d
				if d < asked || d > max(asked, policy.MaxDelay) {
					t.Errorf("%s: a delay of %v; the server asks for %v, the policy allows %v",
						name, d, asked, policy.MaxDelay)
				}
			}
			if len(delays) != policy.MaxRetries || time.Since(begin) != total {
				t.Errorf("%s: %d retries in %v; want %d in %v", name, len(delays),
					time.Since(begin), policy.MaxRetries, total)
			}
			client.CloseIdleConnections()
		})
	}
}

// startInside runs the service inside a bubble of package synctest, where waiting takes no time:
// its connections are pipes.
func startInside(t *testing.T) (url string, client *http.Client) {
	t.Helper()
	l := &pipes{conns: make(chan net.Conn), closed: make(chan struct{})}
	server := &http.Server{Handler: service(io.Discard)}
	go func() { _ = server.Serve(l) }()
	transport := &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn,
		error) {
		ours, theirs := net.Pipe()
		select {
		case l.conns <- theirs:
			return ours, nil
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}}
	t.Cleanup(func() {
		transport.CloseIdleConnections()
		_ = server.Close()
	})
	return "http://api.bithuman.ai", &http.Client{Transport: transport}
}

// pipes is a listener without a network.
type pipes struct {
	conns  chan net.Conn
	closed chan struct{}
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error   { close(p.closed); return nil }
func (p *pipes) Addr() net.Addr { return &net.TCPAddr{} }

// Three responses on the wire, byte for byte.
func TestWireBytes(t *testing.T) {
	url := start(t, io.Discard)
	want := map[string]string{
		"unauthorized": "HTTP/1.1 401 Unauthorized\r\n" +
			"Content-Type: application/json\r\n" +
			"X-Content-Type-Options: nosniff\r\n" +
			"Content-Length: 116\r\n" +
			"Connection: close\r\n\r\n" +
			`{"error":{"code":"UNAUTHORIZED","message":"Invalid API secret","httpStatus":401},"status":"error","status_code":401}`,
		"no-agent": "HTTP/1.1 404 Not Found\r\n" +
			"Content-Type: application/json\r\n" +
			"X-Content-Type-Options: nosniff\r\n" +
			"Content-Length: 131\r\n" +
			"Connection: close\r\n\r\n" +
			`{"error":{"code":"NOT_FOUND","message":"Agent not found for code: A91XMB7113","httpStatus":404},"status":"error","status_code":404}`,
		"rate-limited": "HTTP/1.1 429 Too Many Requests\r\n" +
			"Content-Type: application/json\r\n" +
			"Retry-After: 6\r\n" +
			"X-Content-Type-Options: nosniff\r\n" +
			"Content-Length: 155\r\n" +
			"Connection: close\r\n\r\n" +
			`{"error":{"code":"RATE_LIMITED","message":"Too many free requests for this api-secret. Retry in ~6s.","httpStatus":429},"status":"error","status_code":429}`,
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		conn, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		_, err = fmt.Fprintf(conn,
			"POST /v1/agent/generate HTTP/1.1\r\nHost: api.bithuman.ai\r\nConnection: close\r\n"+
				"api-secret: %s\r\nContent-Length: 2\r\n\r\n{}", name)
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(conn)
		if diff := cmp.Diff(want[name], string(got)); diff != "" || err != nil {
			t.Errorf("%s: the bytes differ, %v (-want +got):\n%s", name, err, diff)
		}
	}
}
