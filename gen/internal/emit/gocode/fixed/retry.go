package fixed

import (
	"math"
	"math/rand/v2"
	"net/http"
	"time"
)

// A RetryPolicy says how often, and after which delays, a request may be sent again. The delay before retry n is Base times
// Factor to the power n-1, at most MaxDelay, of which the part Jitter is random.
type RetryPolicy struct {
	Name          string        // in the catalog; may be empty
	Base          time.Duration // before the first retry
	Factor        float64       // 1: delays do not grow
	MaxDelay      time.Duration // caps the computed delay, not the server's Retry-After
	Jitter        float64       // 0: none, 1: the delay is anywhere between 0 and the computed one
	MaxRetries    int           // retries, not attempts
	MaxRetryAfter time.Duration // a server that asks for a longer wait is not asked again
	AnyMethod     bool          // the server has not acted: POST and PATCH may be sent again as well as idempotent methods
}

// A Decision says whether to send a request again, and after which delay.
type Decision struct {
	Retry  bool
	Delay  time.Duration
	Reason string // in a few words, for logs
}

// Next decides what follows a failed attempt. attempt counts the attempts so far, from 1. retryAfter is what the server asked for;
// 0 if it did not: it is a floor of the delay. rnd returns a random number in [0, 1); nil means math/rand/v2.
func (p RetryPolicy) Next(attempt int, retryAfter time.Duration, rnd func() float64) Decision {
	switch {
	case attempt > p.MaxRetries:
		return Decision{Reason: "no retries are left"}
	case retryAfter > p.MaxRetryAfter:
		return Decision{Reason: "the server asks for a longer wait than the policy allows"}
	}
	delay := p.backoff(attempt)
	if p.Jitter > 0 {
		if rnd == nil {
			rnd = rand.Float64
		}
		if part := 1 - min(p.Jitter, 1)*min(max(rnd(), 0), 1); part < 1 {
			delay = time.Duration(float64(delay) * part)
		}
	}
	return Decision{Retry: true, Delay: max(delay, retryAfter, 0), Reason: "the policy allows it"}
}

// backoff returns the computed delay. What is too large for it, or no number, is MaxDelay.
func (p RetryPolicy) backoff(attempt int) time.Duration {
	delay := float64(p.Base) * math.Pow(p.Factor, float64(max(attempt-1, 0)))
	switch {
	case delay <= 0:
		return 0
	case delay < float64(p.MaxDelay):
		return time.Duration(delay)
	default:
		return max(p.MaxDelay, 0)
	}
}

// Retryable reports whether the request that failed with err may succeed if it is sent again, by the policy of err's code. Whether
// the request may be sent twice is for the caller to know: see [RetryPolicy].AnyMethod.
func Retryable(err error) bool { return Decide(err, 1).Retry }

// Decide says whether and when to send a request again that failed with err. attempt counts the attempts so far, from 1. The
// decision is by code, not by status; a retired code follows the one that replaced it. A response that is not of the catalog's
// making, as a gateway's, follows the catalog's default if its status is 429, 502, 503 or 504.
func Decide(err error, attempt int) Decision {
	_, d := decide(err, attempt)
	return d
}

// decide returns the decision, and the policy that made it.
func decide(err error, attempt int) (RetryPolicy, Decision) {
	e, ok := From(err)
	if !ok {
		return RetryPolicy{}, Decision{Reason: "not an error of this package"}
	}
	if e.has(disagrees) {
		return RetryPolicy{}, Decision{Reason: "the response's status and its body's differ"}
	}
	policy, ok := policyOf(e)
	if !ok {
		return policy, Decision{Reason: "the code is not retried"}
	}
	wait, _ := e.RetryAfter()
	return policy, policy.Next(attempt, wait, nil)
}

func policyOf(e *Error) (RetryPolicy, bool) {
	if e.info != nil {
		return e.info.Retry()
	}
	if info, ok := e.replacement().Info(); ok {
		return info.Retry()
	}
	if e.Remote() && isGateways(e.status) {
		return policyNumber(defaultPolicy)
	}
	return RetryPolicy{}, false
}

// isGateways reports whether a gateway answers with a status when the server behind it does not: such a response may be retried whatever its
// body is.
func isGateways(status int) bool {
	switch status {
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	}
	return false
}

// policyNumber returns a policy by its number, which counts from 1; 0 is none.
func policyNumber(n int) (RetryPolicy, bool) {
	if n == 0 {
		return RetryPolicy{}, false
	}
	return policies[n-1], true
}
