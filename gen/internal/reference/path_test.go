package reference

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/catalog/catalogtest"
)

// TestWhatASampleDoesNotShow names, for envelopes of many styles, what an error may lack, and what
// stands for its params.
func TestWhatASampleDoesNotShow(t *testing.T) {
	want := map[string]struct {
		optional []string
		params   string
	}{
		"nested":   {},
		"problem":  {[]string{"instance"}, "<a param>"},
		"stripe":   {[]string{"error.request_id", "error.param", "error.limit"}, ""},
		"google":   {[]string{"error.details[0].metadata"}, "<a param>"},
		"json-api": {[]string{"errors[0].id", "meta.variant", "meta.retry_after"}, ""},
		"flat":     {},
		"odd":      {[]string{"vary", "loose[0]"}, ""},
		"absence":  {[]string{"source", "details[1]", "details[2]"}, "<a param>"},
		"each":     {[]string{"trace", "errors[0].field", "errors[0].meta"}, "<a param>"},
		"list":     {[]string{"[0].request_id", "[0].details"}, "<a param>"},
		"urn":      {[]string{"wait"}, ""},
	}
	for _, e := range catalogtest.Envelopes() {
		c := catalogtest.Everything(e.Envelope)
		if diff := cmp.Diff(want[e.Name].optional, Optional(c)); diff != "" {
			t.Errorf("%s: what an error may lack (-want +got):\n%s", e.Name, diff)
		}
		if got := ParamBlank(c); got != want[e.Name].params {
			t.Errorf("%s: %q stands for the params, want %q", e.Name, got, want[e.Name].params)
		}
	}
	for _, e := range catalogtest.Envelopes() {
		want := map[string]string{"each": "errors", "list": "body"}[e.Name]
		if got := EachPath(&e.Body); got != want {
			t.Errorf("%s: the list of errors is %q, want %q", e.Name, got, want)
		}
	}
	problem := catalogtest.Everything(catalogtest.Envelopes()[1].Envelope)
	for e := range problem.All() {
		if !e.Internal {
			problem.Envelope.Sample = catalog.Sample{Code: e.Code, Message: "m", Status: 400}
			break
		}
	}
	if got := ParamBlank(problem); got != "" {
		t.Errorf("the sample of a code has its own params, and not %q", got)
	}
}
