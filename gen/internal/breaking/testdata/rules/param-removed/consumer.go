package consumers

import (
	"errors"
	"testing"

	after "catalog.test/param-removed/new"
	before "catalog.test/param-removed/old"
)

func TestParamRemoved(t *testing.T) {
	err := before.Decode(sent(after.Write, after.NewFileGone()))
	e, ok := before.From(err)
	if !ok || !errors.Is(err, before.CodeFileGone) {
		t.Fatalf("the client does not know the code of %v", err)
	}
	if e.HasParams {
		t.Errorf("the client can still read the params of %v", err)
	}
}
