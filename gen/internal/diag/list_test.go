package diag_test

import (
	"testing"

	"github.com/errspec/errspec/gen/internal/diag"
)

// A list keeps a limited number of diagnostics of each severity and counts all.
func TestListKeepsSomeAndCountsAll(t *testing.T) {
	const n = diag.MaxKept + 5
	var first, second, all diag.List
	for i := range n {
		first.Add(diag.Diagnostic{Severity: diag.Error, Span: diag.Span{Line: i + 1}})
		second.Add(diag.Diagnostic{Severity: diag.Warning, Span: diag.Span{Line: i + 1}})
	}
	if first.IsFull() != true || second.IsFull() {
		t.Error("IsFull must be true if and only if the list keeps no more errors")
	}
	all.Append(first)
	all.Append(second)
	all.Append(first)
	if got := len(all.All()); got != 2*diag.MaxKept {
		t.Errorf("%d are kept, want %d", got, 2*diag.MaxKept)
	}
	if got := all.Counts(); got[diag.Error] != 2*n || got[diag.Warning] != n || all.Len() != 3*n {
		t.Errorf("%v are counted, %d in all; want %d errors and %d warnings", got, all.Len(),
			2*n, n)
	}
	if got := all.Count(diag.Warning); got != 3*n {
		t.Errorf("%d are warnings or worse, want %d", got, 3*n)
	}
	if got, want := all.Summary(),
		"40010 errors, 20005 warnings (1000 diagnostics are shown)"; got != want {
		t.Errorf("the summary is %q, want %q", got, want)
	}
}
