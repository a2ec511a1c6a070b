package consumers

import (
	"testing"

	after "catalog.test/message-params-changed/new"
	before "catalog.test/message-params-changed/old"
)

func TestMessageParamsChanged(t *testing.T) {
	err := before.Decode(sent(after.Write, after.NewFileGone("a.png", "</trash>")))
	if e, ok := before.From(err); !ok || e.HasParams {
		t.Errorf("the client can still read the params of %v", err)
	}
}
