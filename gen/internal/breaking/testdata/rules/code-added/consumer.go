package consumers

import (
	"errors"
	"testing"

	after "catalog.test/code-added/new"
	before "catalog.test/code-added/old"
)

func TestCodeAdded(t *testing.T) {
	err := before.Decode(sent(after.Write, after.NewFileGone()))
	if e, ok := before.From(err); !ok || e.Status != 410 || e.Code != "FILE_GONE" || before.Decide(err, 1).Retry {
		t.Errorf("a code that the client does not know is no usable error: %v", err)
	}

	if err := before.Decode(sent(after.Write, after.NewInternalError())); !errors.Is(err, before.CodeInternalError) {
		t.Errorf("the client does not know %v any more", err)
	}
}
