package consumers

import (
	"errors"
	"testing"

	after "catalog.test/variant-message-changed/new"
	before "catalog.test/variant-message-changed/old"
)

func TestVariantMessageChanged(t *testing.T) {
	err := before.Decode(sent(after.Write, after.NewNotFoundFolder()))
	if errors.Is(err, before.VariantNotFoundFolder) || !errors.Is(err, before.CodeNotFound) {
		t.Errorf("%v is of the variant still", err)
	}
}
