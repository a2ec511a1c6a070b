package consumers

import (
	"errors"
	"testing"

	after "catalog.test/fallback-changed/new"
	before "catalog.test/fallback-changed/old"
)

func TestFallbackChanged(t *testing.T) {
	unexpected := errors.New("the disk is on fire")
	if err := before.Decode(sent(before.Write, unexpected)); !errors.Is(err, before.CodeInternalError) {
		t.Errorf("the client did not even know %v before", err)
	}
	if err := before.Decode(sent(after.Write, unexpected)); errors.Is(err, before.CodeInternalError) || !errors.Is(err, before.CodeFileGone) {
		t.Errorf("%v is the old code still", err)
	}
}
