package consumers

import (
	"errors"
	"testing"

	after "catalog.test/message-changed/new"
	before "catalog.test/message-changed/old"
)

func TestMessageChanged(t *testing.T) {
	err := before.Decode(sent(after.Write, after.NewFileGone()))
	if e, ok := before.From(err); !ok || !errors.Is(err, before.CodeFileGone) || e.Message != "This file is gone" {
		t.Errorf("the client knows neither code nor message of %v", err)
	}
}
