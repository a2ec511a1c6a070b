package consumers

import (
	"testing"

	after "catalog.test/retry-changed/new"
	before "catalog.test/retry-changed/old"
)

func TestRetryChanged(t *testing.T) {
	err := before.Decode(sent(after.Write, after.NewFileGone()))
	was, is := before.Decide(err, 1), after.Decide(after.Decode(sent(after.Write, after.NewFileGone())), 1)
	if was.Delay == is.Delay {
		t.Errorf("both clients wait %v", was.Delay)
	}
}
