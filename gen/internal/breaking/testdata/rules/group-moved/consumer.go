package consumers

import (
	"errors"
	"testing"

	after "catalog.test/group-moved/new"
	before "catalog.test/group-moved/old"
)

func TestGroupMoved(t *testing.T) {
	if err := before.Decode(sent(after.Write, after.NewFileGone())); !errors.Is(err, before.CodeFileGone) {
		t.Errorf("the client does not know %v any more", err)
	}
}
