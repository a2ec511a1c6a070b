package ecosystem

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/avast/retry-go/v4"
	"github.com/cenkalti/backoff/v5"
	"golang.org/x/sync/errgroup"

	"github.com/errspec/errspec/generated/apierr"
)

// received returns an error in the form that a client has.
func received(err error) error {
	e, ok := apierr.From(err)
	if !ok {
		panic("not an error of the package: " + err.Error())
	}
	w := httptest.NewRecorder()
	apierr.Write(w, httptest.NewRequest(http.MethodGet, "/", nil), e)
	return apierr.Parse(w.Code, w.Header(), w.Body.Bytes())
}

func TestStandardErrors(t *testing.T) {
	var group errgroup.Group
	group.Go(func() error {
		return fmt.Errorf("calling: %w",
			received(apierr.NewNotFoundRooms("A91")))
	})
	for name, err := range map[string]error{
		"%w": fmt.Errorf("a: %w",
			fmt.Errorf("b: %w", received(apierr.NewNotFoundRooms("A91")))),
		"two %w": fmt.Errorf("%w and %w", io.EOF, received(apierr.NewNotFoundRooms("A91"))),
		"errors.Join": errors.Join(io.EOF, errors.Join(received(apierr.NewNotFoundRooms("A91")),
			io.ErrUnexpectedEOF)),
		"errgroup": group.Wait(),
	} {
		var typed *apierr.NotFoundError
		var core *apierr.Error
		if !errors.Is(err, apierr.CodeNotFound) || !errors.Is(err, apierr.VariantNotFoundRooms) ||
			errors.Is(err, apierr.VariantNotFoundAgent) ||
			!errors.As(err, &typed) || typed.Params.AgentCode != "A91" || !errors.As(err, &core) ||
			core.Status != 404 || apierr.ErrorCode(err) != apierr.CodeNotFound {
			t.Errorf("%s: %v does not match", name, err)
		}
	}
}

func TestSlog(t *testing.T) {
	err := apierr.NewRateLimited("free", 6*time.Second,
		apierr.WithCause(errors.New("bucket empty")), apierr.WithRequestID("r1"))
	wrapped := fmt.Errorf("handling: %w", err)
	var text, json bytes.Buffer
	for _, h := range []slog.Handler{slog.NewTextHandler(&text, nil),
		slog.NewJSONHandler(&json, nil)} {
		slog.New(h).Error("direct", "err", err)
		// recipe: slog does not unwrap errors, Attr does
		slog.New(h).Error("wrapped", apierr.Attr(wrapped))
	}
	for _, want := range []string{
		"err.code=RATE_LIMITED err.status=429",
		`err.request_id=r1 err.retry_after=6s err.cause="bucket empty"`,
		`error.text="handling: RATE_LIMITED: Too many free requests`,
		"error.code=RATE_LIMITED error.status=429",
	} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("the text handler writes\n%swithout %s", &text, want)
		}
	}
	for _, want := range []string{`"err":{"code":"RATE_LIMITED","status":429,`,
		`"cause":"bucket empty"`, `"error":{"text":"handling: RATE_LIMITED`} {
		if !strings.Contains(json.String(), want) {
			t.Errorf("the JSON handler writes\n%swithout %s", &json, want)
		}
	}
}

// calls returns a call that fails with each of errs in turn and then succeeds. It counts its calls.
func calls(n *int, errs ...error) func() (string, error) {
	return func() (string, error) {
		*n++
		if *n <= len(errs) {
			return "", fmt.Errorf("calling: %w", received(errs[*n-1]))
		}
		return "done", nil
	}
}

var outcomes = map[string]struct {
	errs  []error
	calls int
	code  apierr.Code // of the last error; empty for success
}{
	"until it works": {[]error{apierr.NewSessionLimit(), apierr.NewNoAvailableWorkers()}, 3,
		""},
	"never": {[]error{apierr.NewInsufficientBalance()}, 1,
		apierr.CodeInsufficientBalance},
	"not any more": {[]error{apierr.NewSessionLimit(), apierr.NewUnauthorized()}, 2,
		apierr.CodeUnauthorized},
	"a wait that is long": {[]error{apierr.NewRateLimited("free", time.Hour)}, 1,
		apierr.CodeRateLimited},
	"until none is left": {[]error{apierr.NewSessionLimit(), apierr.NewSessionLimit(),
		apierr.NewSessionLimit(), apierr.NewSessionLimit()}, 3, apierr.CodeSessionLimit},
	"a wait that is short": {[]error{apierr.NewRateLimited("free", 6*time.Second)}, 2, ""},
}

func TestBackoff(t *testing.T) {
	for name, c := range outcomes {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				n := 0
				call := calls(&n, c.errs...)
				_, err := backoff.Retry(t.Context(), func() (string, error) {
					v, err := call()
					if err != nil && !apierr.Decide(err, 1).Retry {
						err = backoff.Permanent(err) // recipe
					}
					return v, err
				}, backoff.WithMaxTries(3))
				if n != c.calls || (err == nil) != (c.code == "") || err != nil &&
					!errors.Is(err, c.code) {
					t.Errorf("%d calls, then %v; want %d, then %s", n, err, c.calls, c.code)
				}
			})
		})
	}
}

func TestRetryGo(t *testing.T) {
	for name, c := range outcomes {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				n := 0
				start := time.Now()
				_, err := retry.DoWithData(calls(&n, c.errs...),
					// recipe
					retry.RetryIf(func(err error) bool { return apierr.Decide(err, 1).Retry }),
					// recipe: respect the server's Retry-After
					retry.DelayType(func(n uint, err error, _ *retry.Config) time.Duration {
						return apierr.Decide(err, int(n)).Delay
					}),
					retry.MaxDelay(5*time.Minute), retry.Attempts(3), retry.LastErrorOnly(true),
					retry.Context(t.Context()))
				if n != c.calls || (err == nil) != (c.code == "") || err != nil &&
					!errors.Is(err, c.code) {
					t.Errorf("%d calls, then %v; want %d, then %s", n, err, c.calls, c.code)
				}
				if name == "a wait that is short" && time.Since(start) < 6*time.Second {
					t.Errorf("the retry came after %v; the server asked for 6s", time.Since(start))
				}
			})
		})
	}
}
