package consumers

import (
	"net/http"
	"testing"

	after "catalog.test/type-changed/new"
	before "catalog.test/type-changed/old"
)

func TestTypeChanged(t *testing.T) {
	typeOf := func(resp *http.Response) string { return member(t, resp, "type") }
	was, is := typeOf(sent(before.Write, before.NewFileGone())), typeOf(sent(after.Write, after.NewFileGone()))
	if was == is || was != "https://example.com/problems/file_gone" {
		t.Errorf("a client that compares with %q sees %q", was, is)
	}
}
