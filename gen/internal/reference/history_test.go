package reference

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/rule"
)

// What a catalog says of a code is not said again as a change.
func TestUntold(t *testing.T) {
	c := &catalog.Catalog{
		Groups: []catalog.Group{{Entries: []*catalog.Entry{
			{Code: "SILENT"}, {Code: "TOLD", Since: "1.0", Deprecated: &catalog.Deprecation{}},
		}}},
		Retired: []catalog.Tombstone{{Code: "GONE"}},
	}
	all := []Change{
		{Release: "v1", Rule: rule.CodeAdded}, {Release: "v2", Rule: rule.MessageChanged},
		{Release: "v3", Rule: rule.Deprecated}, {Release: "v4", Rule: rule.CodeRetired},
	}
	h := History{"SILENT": all, "TOLD": all, "GONE": all}
	for code, want := range map[string][]string{
		"SILENT": {"v1", "v2", "v3", "v4"}, "TOLD": {"v2", "v4"}, "GONE": {"v1", "v2", "v3"}, "NONE": nil,
	} {
		var got []string
		for _, ch := range h.Untold(c, code) {
			got = append(got, ch.Release)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("the changes of %s (-want +got):\n%s", code, diff)
		}
	}
	if len(h["TOLD"]) != 4 {
		t.Error("asking for changes removes some")
	}
}

func TestWhen(t *testing.T) {
	for want, ch := range map[string]Change{
		"v1": {Release: "v1"}, "v1 (2026-01-02)": {Release: "v1", Date: "2026-01-02"},
		"2026-01-02": {Release: "2026-01-02", Date: "2026-01-02"},
	} {
		if got := ch.When(); got != want {
			t.Errorf("it was in %q, want %q", got, want)
		}
	}
}
