package consumers

import (
	"testing"

	after "catalog.test/header-changed/new"
	before "catalog.test/header-changed/old"
)

func TestHeaderChanged(t *testing.T) {
	was, is := sent(before.Write, before.NewFileGone()), sent(after.Write, after.NewFileGone())
	if was.Header.Get("Link") == is.Header.Get("Link") {
		t.Errorf("the header was %q and is %q", was.Header.Get("Link"), is.Header.Get("Link"))
	}
}
