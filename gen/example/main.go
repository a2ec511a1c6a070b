// Example is a small service that returns the errors of package apierr, and a client that retries
// them as the catalog says. Its tests use package apierrtest.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"log"
	"net/http"
	"os"
	"time"

	"github.com/errspec/errspec/generated/apierr"
)

// errNoRow is the store's error for a missing agent.
var errNoRow = errors.New("no row in agents")

// A store maps the codes of agents to the names of their rooms.
type store map[string][]string

func (s store) rooms(code string) ([]string, error) {
	rooms, ok := s[code]
	if !ok {
		return nil, errNoRow
	}
	return rooms, nil
}

// A service is the API.
type service struct {
	agents store
	apiKey string
}

// routes returns the service's handler. Unknown paths and panics also get errors of the catalog.
func (s *service) routes() http.Handler {
	answer := &apierr.Responder{RequestID: func(r *http.Request) string {
		return r.Header.Get("X-Request-Id")
	}}
	mux := http.NewServeMux()
	mux.Handle("GET /agents/{code}", answer.Handler(s.agent))
	mux.Handle("POST /agents/{code}/speak", answer.Handler(s.speak))
	return answer.Recover(answer.Mux(mux))
}

func (s *service) agent(w http.ResponseWriter, r *http.Request) error {
	if r.Header.Get("Api-Secret") != s.apiKey {
		return apierr.CodeUnauthorized
	}
	code := r.PathValue("code")
	rooms, err := s.agents.rooms(code)
	if errors.Is(err, errNoRow) {
		return apierr.NewNotFoundAgent(code, apierr.WithCause(err))
	}
	if err != nil {
		return err // sent as INTERNAL_ERROR; the log has the details
	}
	return json.NewEncoder(w).Encode(map[string]any{"code": code, "rooms": rooms})
}

func (s *service) speak(w http.ResponseWriter, r *http.Request) error {
	var body struct{ Text string }
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<10)).Decode(&body); err != nil {
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			return err // sent as FILE_TOO_LARGE
		}
		return apierr.NewValidationError(apierr.WithCause(err))
	}
	if body.Text == "" {
		return apierr.NewMissingParam("text")
	}
	code := r.PathValue("code")
	if rooms, err := s.agents.rooms(code); err != nil || len(rooms) == 0 {
		return apierr.NewNotFoundRooms(code, apierr.WithCause(err))
	}
	w.WriteHeader(http.StatusAccepted)
	return nil
}

// A client calls the service. It retries what the catalog calls retryable.
type client struct {
	url  string
	http *http.Client
}

func newClient(url string) *client {
	return &client{url, &http.Client{Transport: &apierr.RetryTransport{MaxElapsed: time.Minute}}}
}

// exists reports whether there is an agent with that code.
func (c *client) exists(ctx context.Context, code string) (bool, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.url+"/agents/"+code, nil)
	if err != nil {
		return false, err
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return false, err
	}
	defer func() { _ = resp.Body.Close() }()
	err = apierr.Decode(resp)
	if errors.Is(err, apierr.VariantNotFoundAgent) {
		return false, nil
	}
	return err == nil, err
}

func main() {
	s := &service{agents: store{"A91XMB7113": {"lobby"}}, apiKey: os.Getenv("API_SECRET")}
	log.Fatal(http.ListenAndServe("localhost:8080", s.routes()))
}
