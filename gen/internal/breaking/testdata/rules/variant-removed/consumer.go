package consumers

import (
	"errors"
	"testing"

	after "catalog.test/variant-removed/new"
	before "catalog.test/variant-removed/old"
)

func TestVariantRemoved(t *testing.T) {
	for info := range after.All() { // none of what servers send now is what the client waits for
		if err := before.Decode(sent(after.Write, info.Code())); errors.Is(err, before.VariantNotFoundFolder) {
			t.Errorf("%v is the variant still", err)
		}
	}
}
