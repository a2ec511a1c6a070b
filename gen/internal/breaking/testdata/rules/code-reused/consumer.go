package consumers

import (
	"errors"
	"testing"

	after "catalog.test/code-reused/new"
	oldest "catalog.test/code-reused/older"
)

func TestCodeReused(t *testing.T) {
	// A client that knows the code from before it was retired takes the new error for the old one.
	err := oldest.Decode(sent(after.Write, after.NewFileGone()))
	if !errors.Is(err, oldest.CodeFileGone) {
		t.Fatalf("%v is not what the client knows by that name", err)
	}
	if e, _ := oldest.From(err); e.Message == "The file is gone" {
		t.Errorf("%v means what it meant", err)
	}
}
