package vectors

import (
	"math"
	"slices"
	"time"

	"github.com/errspec/errspec/gen/internal/catalog"
)

// decisions returns what a policy decides after attempts 1, 2, the last that it retries, and the one
// after that. wait is what the server asks for.
func decisions(p *catalog.RetryPolicy, wait time.Duration) (list []Decision) {
	attempts := []int{1, 2}
	if p != nil {
		attempts = append(attempts, max(p.MaxRetries, 1), p.MaxRetries+1)
	}
	slices.Sort(attempts)
	for _, method := range []string{"GET", "POST"} {
		for _, n := range slices.Compact(slices.Clone(attempts)) {
			d := Decision{Method: method, Attempt: n}
			if p != nil && n <= p.MaxRetries && wait <= p.MaxRetryAfter && (method == "GET" || p.AnyMethod) {
				d.Retry, d.Delay = true, delays(p, n, wait)
			}
			list = append(list, d)
		}
	}
	return list
}

// delays returns the shortest and the longest delay after a number of attempts.
func delays(p *catalog.RetryPolicy, attempt int, wait time.Duration) []float64 {
	longest := p.Base.Seconds()
	if p.Strategy == catalog.Exponential {
		longest *= math.Pow(p.Factor, float64(attempt-1))
	}
	longest = min(longest, p.MaxDelay.Seconds())
	shortest := longest
	switch p.Jitter {
	case catalog.FullJitter:
		shortest = 0
	case catalog.EqualJitter:
		shortest = longest / 2
	}
	return []float64{rounded(max(shortest, wait.Seconds())), rounded(max(longest, wait.Seconds()))}
}

// rounded returns seconds in whole nanoseconds, as policies are written.
func rounded(seconds float64) float64 {
	if seconds > 1e6 {
		return seconds
	}
	return math.Round(seconds*1e9) / 1e9
}
