package consumers

import (
	"testing"

	after "catalog.test/meta-changed/new"
	before "catalog.test/meta-changed/old"
)

func TestMetaChanged(t *testing.T) {
	was, is := member(t, sent(before.Write, before.NewFileGone()), "type"), member(t, sent(after.Write, after.NewFileGone()), "type")
	if was != "request" || is != "server" {
		t.Errorf("a client that compares with %q sees %q", was, is)
	}
}
