package reference

import (
	"testing"
	"time"

	"github.com/errspec/errspec/gen/internal/catalog"
)

func TestWaits(t *testing.T) {
	exponential := func(retries int) catalog.RetryPolicy {
		p := catalog.DefaultRetryPolicy()
		p.MaxRetries = retries
		return p
	}
	constant := catalog.RetryPolicy{
		Strategy:   catalog.Constant,
		Base:       1500 * time.Millisecond,
		Factor:     2,
		MaxDelay:   time.Minute,
		MaxRetries: 3,
	}
	equal := exponential(2)
	equal.Jitter = catalog.EqualJitter
	slow := exponential(100)
	slow.Factor, slow.MaxDelay = 1.5, time.Hour
	for _, test := range []struct {
		name   string
		policy catalog.RetryPolicy
		want   string
	}{
		{"one", exponential(1), "1s"},
		{"four", exponential(4), "1s, 2s, 4s, 8s"},
		{"the cap, reached at the end", exponential(6), "1s, 2s, 4s, 8s, 16s, 30s"},
		{"the cap, reached before", exponential(7), "1s, 2s, 4s, 8s, 16s, then 30s"},
		{"a billion", exponential(1_000_000_000), "1s, 2s, 4s, 8s, 16s, then 30s"},
		{"always the same", constant, "1.5s"},
		{"from and to", equal, "500ms–1s, 1s–2s"},
		{"too many to name", slow, "1s, 1.5s, 2.25s, 3.375s, 5.0625s, 7.59375s, …, 1h"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := series(&test.policy); got != test.want {
				t.Errorf("Waits = %q, want %q", got, test.want)
			}
		})
	}
}

func TestRetryAdvice(t *testing.T) {
	once := catalog.DefaultRetryPolicy()
	once.MaxRetries = 1
	often := catalog.DefaultRetryPolicy()
	often.MaxRetries, often.AnyMethod, often.Jitter = 3, true, catalog.EqualJitter
	steady := often
	steady.Jitter = ""
	if got := RetryAdvice(&catalog.Entry{}); got != "" {
		t.Errorf("RetryAdvice of what is not stated = %q, want nothing", got)
	}
	for want, p := range map[string]*catalog.RetryPolicy{
		"Do not retry: the request will fail again until you change something.":                         nil,
		"Retry once if the request is idempotent. Wait before the retry: random, up to 1s.":             &once,
		"Retry up to 3 times, with any method. Wait before each retry: random, 500ms–1s, 1s–2s, 2s–4s.": &often,
		"Retry up to 3 times, with any method. Wait before each retry: 1s, 2s, 4s.":                     &steady,
	} {
		if got := RetryAdvice(&catalog.Entry{Retry: p, RetryStated: true}); got != want {
			t.Errorf("RetryAdvice = %q, want %q", got, want)
		}
	}
}
