package reference

import (
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/value"
)

// longestSeries is how many waits are spelled out: after as many a reader has seen how they grow.
const longestSeries = 6

// RetryAdvice says whether and how a caller may retry an error: "Retry up to 3 times if the request
// is idempotent. Wait before each retry: 1s, 2s, 4s." It is "" where the catalog does not say.
func RetryAdvice(e *catalog.Entry) string {
	p := e.Retry
	switch {
	case p == nil && e.RetryStated:
		return "Do not retry: the request will fail again until you change something."
	case p == nil:
		return ""
	}
	times, before := "once", "Wait before the retry"
	if p.MaxRetries > 1 {
		times, before = fmt.Sprintf("up to %d times", p.MaxRetries), "Wait before each retry"
	}
	which := " if the request is idempotent"
	if p.AnyMethod {
		which = ", with any method"
	}
	return fmt.Sprintf("Retry %s%s. %s: %s.", times, which, before, Waits(p))
}

// RetryAfterAdvice says what a Retry-After header means beside a policy.
func RetryAfterAdvice(p *catalog.RetryPolicy) string {
	return fmt.Sprintf("A Retry-After header is the minimum wait; "+
		"if it asks for more than %s, give up.",
		value.FormatDuration(p.MaxRetryAfter))
}

// Waits returns the computed waits: "1s, 2s, 4s, then 5s", with how much of them is random. Those
// that stay the same are named once.
func Waits(p *catalog.RetryPolicy) string {
	switch p.Jitter {
	case catalog.FullJitter:
		return "random, up to " + series(p)
	case catalog.EqualJitter:
		return "random, " + series(p)
	default:
		return series(p)
	}
}

func series(p *catalog.RetryPolicy) string {
	var words []string
	last := time.Duration(-1)
	for i := range p.MaxRetries {
		d := delay(p, i)
		if d == last {
			if len(words) > 1 {
				words[len(words)-1] = "then " + words[len(words)-1]
			}
			break
		}
		if i == longestSeries {
			words = append(words, "…, "+wait(p, delay(p, p.MaxRetries-1)))
			break
		}
		words = append(words, wait(p, d))
		last = d
	}
	return strings.Join(words, ", ")
}

// wait returns the longest wait, or from which to which it goes if a part of it is random.
func wait(p *catalog.RetryPolicy, longest time.Duration) string {
	if p.Jitter == catalog.EqualJitter {
		return value.FormatDuration(longest/2) + "–" + value.FormatDuration(longest)
	}
	return value.FormatDuration(longest)
}

// delay returns the longest wait before the retry of that number, counted from 0.
func delay(p *catalog.RetryPolicy, retry int) time.Duration {
	d := float64(p.Base)
	if p.Strategy == catalog.Exponential {
		d *= math.Pow(p.Factor, float64(retry))
	}
	return time.Duration(min(d, float64(p.MaxDelay)))
}
