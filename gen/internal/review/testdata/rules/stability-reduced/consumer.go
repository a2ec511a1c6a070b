package consumers

import (
	"testing"

	after "catalog.test/stability-reduced/new"
	before "catalog.test/stability-reduced/old"
)

func TestStabilityReduced(t *testing.T) {
	was, _ := before.Lookup("FILE_GONE")
	is, _ := after.Lookup("FILE_GONE")
	if was.Stability() != "stable" || is.Stability() != "beta" {
		t.Errorf("what was promised is %s and is %s now", was.Stability(), is.Stability())
	}
}
