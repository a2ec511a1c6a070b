package changelog_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errspec/errspec/gen/internal/changelog"
	"github.com/errspec/errspec/gen/internal/reference"
)

func TestReadHistory(t *testing.T) {
	got, err := changelog.ReadHistory([]byte(`{"version": 1, "unknown": 2, "releases": [
		{"name": "v3", "changes": [
			{"kind": "changed", "rule": "status-default-changed", "codes": ["B"], "text": "third"}]},
		{"name": "v2", "date": "2026-02-01", "changes": [
			{"kind": "renamed", "rule": "code-renamed", "codes": ["B", "A"], "text": "second"},
			{"kind": "changed", "rule": "docs-url-changed", "codes": [], "text": "of the whole catalog"}]},
		{"name": "v1", "changes": [
			{"kind": "added", "rule": "code-added", "codes": ["A"], "text": "first"}]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	first := reference.Change{Release: "v1", Rule: "code-added", Text: "first"}
	second := reference.Change{Release: "v2", Date: "2026-02-01", Rule: "code-renamed", Text: "second"}
	third := reference.Change{Release: "v3", Rule: "status-default-changed", Text: "third"}
	want := reference.History{"A": {first, second}, "B": {first, second, third}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the history (-want +got):\n%s", diff)
	}
	for _, wrong := range []string{
		"", "{", "[]", "{}", `{"version": 2}`, `{"version": 1, "releases": 3}`,
	} {
		if got, err := changelog.ReadHistory([]byte(wrong)); err == nil {
			t.Errorf("%q is read as %v", wrong, got)
		}
	}
}
