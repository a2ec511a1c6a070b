package consumers

import (
	"errors"
	"testing"

	after "catalog.test/variant-added/new"
	before "catalog.test/variant-added/old"
)

func TestVariantAdded(t *testing.T) {
	if err := before.Decode(sent(after.Write, after.NewNotFoundFolder())); !errors.Is(err, before.CodeNotFound) {
		t.Errorf("the client does not know %v any more", err)
	}

	if err := before.Decode(sent(after.Write, after.NewNotFoundFile())); !errors.Is(err, before.VariantNotFoundFile) {
		t.Errorf("the client does not know %v any more", err)
	}
}
