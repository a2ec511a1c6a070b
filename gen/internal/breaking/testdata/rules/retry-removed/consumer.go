package consumers

import (
	"testing"

	after "catalog.test/retry-removed/new"
	before "catalog.test/retry-removed/old"
)

func TestRetryRemoved(t *testing.T) {
	err := before.Decode(sent(after.Write, after.NewFileGone()))
	was, is := before.Decide(err, 1), after.Decide(after.Decode(sent(after.Write, after.NewFileGone())), 1)
	if !was.Retry || is.Retry {
		t.Errorf("the old client retries: %v, the new one: %v", was.Retry, is.Retry)
	}
}
