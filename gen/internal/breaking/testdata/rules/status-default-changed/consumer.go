package consumers

import (
	"slices"
	"testing"

	after "catalog.test/status-default-changed/new"
	before "catalog.test/status-default-changed/old"
)

func TestStatusDefaultChanged(t *testing.T) {
	resp := sent(after.Write, after.NewFileGone())
	info := before.CodeFileGone.Info()
	if slices.Contains(info.Statuses(), resp.StatusCode) {
		t.Errorf("the client expects the status %d", resp.StatusCode)
	}
}
