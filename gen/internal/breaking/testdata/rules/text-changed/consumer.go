package consumers

import (
	"errors"
	"testing"

	after "catalog.test/text-changed/new"
	before "catalog.test/text-changed/old"
)

func TestTextChanged(t *testing.T) {
	if err := before.Decode(sent(after.Write, after.NewFileGone())); !errors.Is(err, before.CodeFileGone) {
		t.Errorf("the client does not know %v any more", err)
	}
}
