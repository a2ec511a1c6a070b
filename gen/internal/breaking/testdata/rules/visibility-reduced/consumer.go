package consumers

import (
	"errors"
	"testing"

	after "catalog.test/visibility-reduced/new"
	before "catalog.test/visibility-reduced/old"
)

func TestVisibilityReduced(t *testing.T) {
	err := before.Decode(sent(after.Write, after.NewFileGone()))
	if errors.Is(err, before.CodeFileGone) || !errors.Is(err, before.CodeInternalError) {
		t.Errorf("%v is what the client waits for", err)
	}
}
