package consumers

import (
	"slices"
	"testing"

	after "catalog.test/status-removed/new"
	before "catalog.test/status-removed/old"
)

func TestStatusRemoved(t *testing.T) {
	if info, _ := before.Lookup("FILE_GONE"); !slices.Contains(info.Statuses(), 403) {
		t.Fatal("the client does not wait for 403")
	}
	for info := range after.All() {
		if slices.Contains(info.Statuses(), 403) {
			t.Errorf("%v comes with 403 still", info.Code())
		}
	}
}
