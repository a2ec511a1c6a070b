package consumers

import (
	"slices"
	"testing"

	after "catalog.test/status-added/new"
	before "catalog.test/status-added/old"
)

func TestStatusAdded(t *testing.T) {
	resp := sent(after.Write, after.NewFileGone(after.WithStatus(403)))
	info := before.CodeFileGone.Info()
	if slices.Contains(info.Statuses(), resp.StatusCode) {
		t.Errorf("the client expects the status %d", resp.StatusCode)
	}
}
