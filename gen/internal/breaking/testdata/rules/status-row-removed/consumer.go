package consumers

import (
	"errors"
	"testing"

	after "catalog.test/status-row-removed/new"
	before "catalog.test/status-row-removed/old"
)

func TestStatusRowRemoved(t *testing.T) {
	if err := before.Decode(sent(after.Write, after.NewFileGone())); !errors.Is(err, before.CodeFileGone) {
		t.Errorf("the client does not know %v any more", err)
	}
}
