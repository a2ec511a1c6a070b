//go:build !tools

package schemas

import "testing"

// TestMutations asks the Go validators about each example body, and about each of these with
// something wrong.
func TestMutations(t *testing.T) {
	documents := trialledDocuments(t)
	judged := map[string][][]bool{}
	for name := range validators {
		judged[name] = verdictsInGo(t, name, documents)
	}
	hold(t, documents, judged)
}
