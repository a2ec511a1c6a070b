package consumers

import (
	"testing"

	after "catalog.test/value-changed/new"
	before "catalog.test/value-changed/old"
)

func TestValueChanged(t *testing.T) {
	if before.FileGoneMaxSize >= after.FileGoneMaxSize {
		t.Errorf("the limit that the client was built with is %d, that of the server %d", before.FileGoneMaxSize, after.FileGoneMaxSize)
	}
}
