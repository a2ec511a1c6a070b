package consumers

import (
	"errors"
	"testing"

	after "catalog.test/enum-value-added/new"
	before "catalog.test/enum-value-added/old"
)

func TestEnumValueAdded(t *testing.T) {
	var gone *before.FileGoneError
	if err := before.Decode(sent(after.Write, after.NewFileGone(after.FileGoneKindAudio))); !errors.As(err, &gone) {
		t.Fatalf("the client does not know the code of %v", err)
	}
	switch gone.Params.Kind {
	case before.FileGoneKindImage, before.FileGoneKindVideo:
		t.Errorf("the client has a branch for %q", gone.Params.Kind)
	}
}
