package consumers

import (
	"errors"
	"testing"

	after "catalog.test/code-renamed/new"
	before "catalog.test/code-renamed/old"
)

func TestCodeRenamed(t *testing.T) {
	err := before.Decode(sent(after.Write, after.NewFileMissing()))
	var unknown *before.Unrecognized
	if errors.Is(err, before.CodeFileGone) || !errors.As(err, &unknown) {
		t.Errorf("%v is the old code still", err)
	}
}
