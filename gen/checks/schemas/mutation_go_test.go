//go:build !tools

package schemas

import "testing"

// TestMutations runs the Go validators on each example body, and on mutated ones.
func TestMutations(t *testing.T) {
	documents := trialledDocuments(t)
	judged := map[string][][]bool{}
	for name := range validators {
		judged[name] = verdictsInGo(t, name, documents)
	}
	hold(t, documents, judged)
}
