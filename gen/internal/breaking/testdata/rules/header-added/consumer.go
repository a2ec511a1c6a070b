package consumers

import (
	"errors"
	"testing"

	after "catalog.test/header-added/new"
	before "catalog.test/header-added/old"
)

func TestHeaderAdded(t *testing.T) {
	if err := before.Decode(sent(after.Write, after.NewFileGone())); !errors.Is(err, before.CodeFileGone) {
		t.Errorf("the client does not know %v any more", err)
	}
}
