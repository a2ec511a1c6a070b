package consumers

import (
	"errors"
	"testing"

	after "catalog.test/param-type-changed/new"
	before "catalog.test/param-type-changed/old"
)

func TestParamTypeChanged(t *testing.T) {
	err := before.Decode(sent(after.Write, after.NewFileGone(7)))
	e, ok := before.From(err)
	if !ok || !errors.Is(err, before.CodeFileGone) {
		t.Fatalf("the client does not know the code of %v", err)
	}
	if e.HasParams {
		t.Errorf("the client can still read the params of %v", err)
	}
}
