package consumers

import (
	"errors"
	"strings"
	"testing"

	after "catalog.test/tombstone-removed/new"
	before "catalog.test/tombstone-removed/old"
)

func TestTombstoneRemoved(t *testing.T) {
	// A server that was not updated sends the code still. A client of the edition with the tombstone is told that it is retired.
	e, ok := before.From(before.Parse(410, nil, old))
	if !ok || e.Code != "FILE_GONE" {
		t.Fatalf("what an old server sends is no usable error: %v", e)
	}
	if r, retired := e.Retired(); !retired || r.Status != 410 {
		t.Errorf("nothing tells that %v is retired: %+v", e, r)
	}
	var unknown *after.Unrecognized
	if err := after.Parse(410, nil, old); !errors.As(err, &unknown) || unknown.Code != "FILE_GONE" {
		t.Fatalf("what an old server sends is no usable error: %v", err)
	}
	if strings.Contains(unknown.Reason, "retired") {
		t.Errorf("without a tombstone %v is still told to be retired", unknown)
	}
}
