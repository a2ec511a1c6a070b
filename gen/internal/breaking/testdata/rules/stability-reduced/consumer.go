package consumers

import (
	"testing"

	after "catalog.test/stability-reduced/new"
	before "catalog.test/stability-reduced/old"
)

func TestStabilityReduced(t *testing.T) {
	is, _ := after.Lookup("FILE_GONE")
	if is.Stability() != "beta" {
		t.Errorf("what is promised is %s now", is.Stability())
	}
	was, _ := before.Lookup("FILE_GONE")
	if _, told := any(was).(interface{ Stability() string }); told {
		t.Error("a package whose codes are all stable tells how stable they are")
	}
}
