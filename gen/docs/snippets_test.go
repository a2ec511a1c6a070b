// Package docs_test holds the Go snippets of these pages and of the README. TestDocuments compares
// them.
package docs_test

import (
	"errors"
	"fmt"
	"io"
	"log"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/errspec/errspec/generated/apierr"
	"github.com/errspec/errspec/generated/apierr/apierrtest"
)

// What the snippets need.
type (
	agent struct {
		Tier      string
		Suspended bool
	}
	agentStore  map[string]agent
	waitLimiter map[string]time.Duration // by tier
)

var errNoAgent = errors.New("no row in agents")

func (s agentStore) Find(code string) (agent, error) {
	if a, ok := s[code]; ok {
		return a, nil
	}
	return agent{}, errNoAgent
}

func (l waitLimiter) Wait(a agent) time.Duration { return l[a.Tier] }

func speak(w http.ResponseWriter, a agent) error {
	if a.Tier == "broken" {
		return errors.New("the disk is full")
	}
	w.WriteHeader(http.StatusAccepted)
	return nil
}

func newServer(agents agentStore, limiter waitLimiter) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("POST /agents/{code}/speak", apierr.HandlerFunc(func(w http.ResponseWriter, r *http.Request) error {
		agent, err := agents.Find(r.PathValue("code"))
		if err != nil {
			return apierr.NewNotFoundAgent(r.PathValue("code"), apierr.WithCause(err)) // only logs see the cause
		}
		if wait := limiter.Wait(agent); wait > 0 {
			return apierr.NewRateLimited(agent.Tier, wait) // sets Retry-After, too
		}
		if agent.Suspended {
			return apierr.CodeAccountSuspended // its message has no params, so the code is enough
		}
		return speak(w, agent) // any other error is sent as INTERNAL_ERROR
	}))
	return mux
}

func TestServer(t *testing.T) {
	agents := agentStore{"A91": {}, "F": {Tier: "free"}, "S": {Suspended: true}, "B": {Tier: "broken"}}
	server := newServer(agents, waitLimiter{"free": 6 * time.Second})
	for code, want := range map[string]error{
		"Z99": apierr.NewNotFoundAgent("Z99"),
		"F":   apierr.NewRateLimited("free", 6*time.Second),
		"S":   apierr.CodeAccountSuspended,
		"B":   apierr.CodeInternalError,
		"A91": nil,
	} {
		w := httptest.NewRecorder()
		server.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/agents/"+code+"/speak", nil))
		if want != nil {
			apierrtest.WantResponse(t, w.Result(), want)
		} else if w.Code != http.StatusAccepted {
			t.Errorf("%s gives %d", code, w.Code)
		}
	}
}

func call(url string) error {
	client := &http.Client{Transport: &apierr.RetryTransport{}} // retries as the catalog says
	resp, err := client.Post(url, "application/json", nil)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	err = apierr.Decode(resp) // nil below 400
	if errors.Is(err, apierr.CodeInsufficientBalance) {
		return errTopUp
	}
	var missing *apierr.NotFoundError
	if errors.As(err, &missing) {
		log.Print(missing.Status, missing.RequestID, missing.Params.AgentCode)
	}
	return err
}

var errTopUp = errors.New("top up first")

func TestCall(t *testing.T) {
	log.SetOutput(io.Discard)
	server := apierrtest.NewServer(apierr.NewInsufficientBalance(), apierr.NewNotFoundAgent("A91"))
	defer server.Close()
	if err := call(server.URL); !errors.Is(err, errTopUp) {
		t.Errorf("the first call gives %v", err)
	}
	apierrtest.Want(t, call(server.URL), apierr.VariantNotFoundAgent)
}

func Example() {
	resp := apierrtest.Response(apierr.NewNotFoundAgent("A91XMB7113"))
	defer resp.Body.Close()

	err := apierr.Decode(resp) // nil below 400
	fmt.Println(errors.Is(err, apierr.CodeNotFound))
	fmt.Println(errors.Is(err, apierr.VariantNotFoundAgent))
	var notFound *apierr.NotFoundError
	if errors.As(err, &notFound) {
		fmt.Println(notFound.Params.AgentCode) // read back from the message
	}

	// Output:
	// true
	// true
	// A91XMB7113
}

func TestFields(t *testing.T) {
	var logged strings.Builder
	log.SetOutput(&logged)
	err := error(apierr.NewRateLimited("free", 6*time.Second))
	var limited *apierr.RateLimitedError
	if errors.As(err, &limited) {
		log.Print(limited.Status, limited.RetryAfter, limited.RequestID, limited.Params.Tier)
	}
	if e, ok := apierr.From(err); ok {
		log.Print(e.Code, e.Status, e.RequestID)
	}
	if limited == nil || !strings.Contains(logged.String(), "RATE_LIMITED429") {
		t.Errorf("the log of %v is %q", err, logged.String())
	}
}

func TestDecide(t *testing.T) {
	var waits []time.Duration
	sleep := func(d time.Duration) { waits = append(waits, d) }
	err := error(apierr.NewRateLimited("free", 6*time.Second))
	attempt, idempotent := 1, false
	if d := apierr.Decide(err, attempt); d.Retry && (idempotent || d.AnyMethod) {
		sleep(d.Delay) // jittered, capped, and never shorter than Retry-After
	}
	if len(waits) != 1 || waits[0] < 6*time.Second {
		t.Errorf("it waits %v", waits)
	}
}

func TestAssertions(t *testing.T) {
	server := apierrtest.NewServer(apierr.NewNotFoundAgent("A91"), apierr.NewInsufficientBalance())
	defer server.Close()
	err := call(server.URL)
	apierrtest.Want(t, err, apierr.VariantNotFoundAgent)
}

func TestResponder(t *testing.T) {
	var logged strings.Builder
	logger := slog.New(slog.NewTextHandler(&logged, nil))
	mux := http.NewServeMux()
	mux.Handle("GET /panics", http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("at the disco") }))
	answer := &apierr.Responder{
		Logger:    logger,
		RequestID: func(r *http.Request) string { return r.Header.Get("X-Request-Id") },
	}
	handler := answer.Recover(answer.Mux(mux)) // panics, and the mux's own 404 and 405
	for path, want := range map[string]error{
		"/panics": apierr.CodeInternalError, "/nosuch": apierr.CodeNotFound,
	} {
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		apierrtest.WantResponse(t, w.Result(), want)
	}
	if !strings.Contains(logged.String(), "at the disco") {
		t.Errorf("the log is %q", logged.String())
	}
}
