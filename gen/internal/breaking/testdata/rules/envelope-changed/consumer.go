package consumers

import (
	"errors"
	"testing"

	after "catalog.test/envelope-changed/new"
	before "catalog.test/envelope-changed/old"
)

func TestEnvelopeChanged(t *testing.T) {
	err := before.Decode(sent(after.Write, after.NewFileGone()))
	var unknown *before.Unrecognized
	if !errors.As(err, &unknown) || errors.Is(err, before.CodeFileGone) {
		t.Errorf("the client can read the code of %v", err)
	}
}
