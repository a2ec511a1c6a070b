package consumers

import (
	"errors"
	"testing"

	after "catalog.test/stability-raised/new"
	before "catalog.test/stability-raised/old"
)

func TestStabilityRaised(t *testing.T) {
	if err := before.Decode(sent(after.Write, after.NewFileGone())); !errors.Is(err, before.CodeFileGone) {
		t.Errorf("the client does not know %v any more", err)
	}
}
