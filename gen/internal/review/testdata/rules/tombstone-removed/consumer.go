package consumers

import (
	"testing"

	before "catalog.test/tombstone-removed/old"
)

func TestTombstoneRemoved(t *testing.T) {
	// A server that was not updated sends the code still. Only the edition with the tombstone knows that it was one.
	if _, ok := before.Lookup("FILE_GONE"); ok {
		t.Error("the retired code is live")
	}
	if e, ok := before.From(before.Parse(410, nil, old)); !ok || e.Code() != "FILE_GONE" {
		t.Errorf("what an old server sends is no usable error: %v", e)
	}
}
