package consumers

import (
	"errors"
	"testing"

	after "catalog.test/deprecated/new"
	before "catalog.test/deprecated/old"
)

func TestDeprecated(t *testing.T) {
	if err := before.Decode(sent(after.Write, after.NewFileGone())); !errors.Is(err, before.CodeFileGone) {
		t.Errorf("the client does not know %v any more", err)
	}
}
