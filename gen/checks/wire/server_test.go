package wire

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/errspec/errspec/generated/apierr"
)

var errCause = errors.New("cause-that-must-not-be-sent")

// failures are all errors of the catalog, by the api-secret that selects them: each code, each
// variant, each status.
var failures = map[string]func(...apierr.Option) error{
	"unauthorized": func(o ...apierr.Option) error { return apierr.NewUnauthorized(o...) },
	"missing-auth": func(o ...apierr.Option) error { return apierr.NewMissingAuth(o...) },
	"suspended":    func(o ...apierr.Option) error { return apierr.NewAccountSuspended(o...) },
	"suspended-403": func(o ...apierr.Option) error {
		return apierr.NewAccountSuspended(append(o, apierr.WithStatus(403))...)
	},
	"insufficient-balance": func(o ...apierr.Option) error {
		return apierr.NewInsufficientBalance(o...)
	},
	"no-agent": func(o ...apierr.Option) error {
		return apierr.NewNotFoundAgent("A91XMB7113", o...)
	},
	"no-rooms": func(o ...apierr.Option) error {
		return apierr.NewNotFoundRooms("A91XMB7113", o...)
	},
	"validation": func(o ...apierr.Option) error { return apierr.NewValidationError(o...) },
	"missing-param": func(o ...apierr.Option) error {
		return apierr.NewMissingParam("prompt", o...)
	},
	"file-too-large":   func(o ...apierr.Option) error { return apierr.NewFileTooLarge(o...) },
	"unsupported-type": func(o ...apierr.Option) error { return apierr.NewUnsupportedType(o...) },
	"download-failed":  func(o ...apierr.Option) error { return apierr.NewDownloadFailed(o...) },
	"rate-limited": func(o ...apierr.Option) error {
		return apierr.NewRateLimited("free", 6*time.Second, o...)
	},
	"session-limit": func(o ...apierr.Option) error { return apierr.NewSessionLimit(o...) },
	"no-workers":    func(o ...apierr.Option) error { return apierr.NewNoAvailableWorkers(o...) },
	"internal":      func(o ...apierr.Option) error { return apierr.NewInternalError(o...) },
}

// service is the API's server. It returns the failure that a request's api-secret names, and
// success for any other api-secret.
func service(log io.Writer) http.Handler {
	responder := &apierr.Responder{
		Logger:    slog.New(slog.NewJSONHandler(log, nil)),
		RequestID: func(r *http.Request) string { return r.Header.Get("X-Request-Id") },
	}
	mux := http.NewServeMux()
	mux.Handle("POST /v1/agent/generate",
		responder.Handler(func(w http.ResponseWriter, r *http.Request) error {
			w.Header()["Date"] = nil // so that responses are the same, byte for byte
			body, err := io.ReadAll(r.Body)
			if err != nil {
				return err
			}
			if len(body) == 0 {
				return apierr.NewMissingParam("prompt")
			}
			if failure, ok := failures[r.Header.Get("Api-Secret")]; ok {
				return fmt.Errorf("generating: %w", failure(apierr.WithCause(errCause)))
			}
			w.Header().Set("Content-Type", "application/json")
			_, err = io.WriteString(w, `{"agent_id":"A91XMB7113"}`)
			return err
		}))
	return responder.Recover(mux)
}

// start runs the service until the test ends, and returns its URL.
func start(t *testing.T, log io.Writer) string {
	t.Helper()
	s := httptest.NewServer(service(log))
	t.Cleanup(s.Close)
	return s.URL
}
