package reference

import (
	"math"
	"strings"
	"time"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/value"
)

// longestSeries is how many waits are spelled out: after as many a reader has seen how they grow.
const longestSeries = 6

// Waits returns the computed waits: "1s, 2s, 4s, then 5s". Those that stay the same are named once.
func Waits(p *catalog.RetryPolicy) string {
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
