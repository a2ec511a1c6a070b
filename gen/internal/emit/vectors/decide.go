package vectors

import (
	"math"
	"slices"
	"time"

	"github.com/errspec/errspec/gen/internal/catalog"
)

// decisions returns what the policies of a response's errors decide after attempts 1, 2, the last
// that one of them retries, and the one after that. The request is sent again if each allows it.
func decisions(all []decider) (list []Decision) {
	attempts := []int{1, 2}
	for _, d := range all {
		if d.policy != nil {
			attempts = append(attempts, max(d.policy.MaxRetries, 1), d.policy.MaxRetries+1)
		}
	}
	slices.Sort(attempts)
	for _, method := range []string{"GET", "POST"} {
		for _, n := range slices.Compact(slices.Clone(attempts)) {
			d := Decision{Method: method, Attempt: n, Retry: true}
			for _, one := range all {
				d.Retry = d.Retry && one.allows(n, method)
			}
			for _, one := range all {
				if d.Retry {
					d.Delay = longer(d.Delay, delays(one.policy, n, one.wait))
				}
			}
			list = append(list, d)
		}
	}
	return list
}

// allows reports whether a policy allows to send a request again.
func (d decider) allows(attempt int, method string) bool {
	p := d.policy
	return p != nil && attempt <= p.MaxRetries && d.wait <= p.MaxRetryAfter &&
		(method == "GET" || p.AnyMethod)
}

// longer returns the longer of two delays, each the shortest and the longest.
func longer(a, b []float64) []float64 {
	if a == nil {
		return b
	}
	return []float64{max(a[0], b[0]), max(a[1], b[1])}
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
