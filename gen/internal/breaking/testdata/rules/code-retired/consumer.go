package consumers

import (
	"errors"
	"testing"

	after "catalog.test/code-retired/new"
	before "catalog.test/code-retired/old"
)

func TestCodeRetired(t *testing.T) {
	for info := range after.All() { // none of what servers send now is what the client waits for
		if err := before.Decode(sent(after.Write, info.Code())); errors.Is(err, before.CodeFileGone) {
			t.Errorf("%v is the old code still", err)
		}
	}
}
