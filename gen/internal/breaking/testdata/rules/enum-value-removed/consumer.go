package consumers

import (
	"slices"
	"testing"

	after "catalog.test/enum-value-removed/new"
	before "catalog.test/enum-value-removed/old"
)

func TestEnumValueRemoved(t *testing.T) {
	info, _ := after.Lookup("FILE_GONE")
	if slices.Contains(info.Params()[0].Enum, string(before.FileGoneKindVideo)) {
		t.Error("servers may send video still, for which the client waits")
	}
}
