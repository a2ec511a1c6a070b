package fixed

import (
	"fmt"
	"maps"
	"slices"
	"testing"
)

// Each thing that the catalog says of a code can be asked for.
func TestInfo(t *testing.T) {
	info, ok := CodeOldLimit.Info()
	if !ok {
		t.Fatal("the fixture has no OLD_LIMIT")
	}
	group, groupTitle := info.Group()
	deprecation, deprecated := info.Deprecated()
	messages := maps.Collect(info.Messages())
	for what, c := range map[string]struct{ got, want any }{
		"Code":               {info.Code(), CodeOldLimit},
		"Title":              {info.Title(), "Old limit"},
		"Description":        {info.Description(), "It was a limit of its own."},
		"Resolution":         {info.Resolution(), "Wait."},
		"DocsURL":            {info.DocsURL(), "https://example.com/errors#old_limit"},
		"Group":              {group + ", " + groupTitle, "params, With params"},
		"Status":             {info.Status(), 429},
		"Statuses":           {info.Statuses(), []int{429}},
		"See":                {info.See(), []Code{CodeRateLimited}},
		"Tags":               {info.Tags(), []string{"limits"}},
		"Meta":               {info.Meta("type") + info.Meta("none"), "limit_error"},
		"Headers":            {maps.Collect(info.Headers()), map[string]string{"X-Old": "yes"}},
		"Since":              {info.Since(), "1.0"},
		"Stability":          {info.Stability(), "beta"},
		"Internal":           {info.Internal(), false},
		"Deprecated":         {deprecation, Deprecation{Since: "2.0", Use: CodeRateLimited, Note: "There is one limit now."}},
		"Deprecated, ok":     {deprecated, true},
		"Messages":           {messages, map[Variant]string{"": "The old limit is reached"}},
		"VariantResolution":  {info.VariantResolution(""), ""},
		"params of no other": {info.Params(), []ParamInfo{}},
	} {
		if got, want := fmt.Sprintf("%#v", c.got), fmt.Sprintf("%#v", c.want); got != want {
			t.Errorf("%s is %s; want %s", what, got, want)
		}
	}
	if _, ok := info.Retry(); ok {
		t.Error("it is retried")
	}
	limited, _ := CodeRateLimited.Info()
	policy, ok := limited.Retry()
	if !ok || policy.Name != "quick" || policy.MaxRetries != 3 || !policy.AnyMethod {
		t.Errorf("RATE_LIMITED is retried by %+v, %v", policy, ok)
	}
	if _, deprecated := limited.Deprecated(); deprecated || limited.Stability() != "stable" {
		t.Error("RATE_LIMITED is deprecated, or not stable")
	}
	large, _ := CodeFileTooLarge.Info()
	want := []ParamInfo{{Name: "kind", Type: "string", Enum: []string{"image", "video"}, Example: "image"}, {Name: "limit", Type: "bytes", Example: "10 MB"}}
	if got := large.Params(); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("the params of FILE_TOO_LARGE are %+v; want %+v", got, want)
	}
	notFound, _ := CodeNotFound.Info()
	for variant, template := range notFound.Messages() {
		if want := map[Variant]string{
			VariantNotFoundAgent: "Agent not found for code: ${agent_code}",
			VariantNotFoundRoom:  "No room ${room} for agent ${agent_code}",
		}[variant]; template != want {
			t.Errorf("the message of %s is %q; want %q", variant, template, want)
		}
	}
}

// What Info gives away belongs to who asked: nobody changes the catalog.
func TestInfoCanNotBeChanged(t *testing.T) {
	info, _ := CodeOldLimit.Info()
	large, _ := CodeFileTooLarge.Info()
	info.Statuses()[0], info.See()[0], info.Tags()[0] = 200, "X", "X"
	large.Params()[0].Enum[0] = "X"
	if info.Status() != 429 || info.See()[0] != CodeRateLimited || info.Tags()[0] != "limits" || large.Params()[0].Enum[0] != "image" {
		t.Error("the catalog was changed through a slice that Info returned")
	}
	if !slices.Contains(slices.Collect(ByStatus(429)), info) || !slices.Contains(slices.Collect(ByGroup("params")), info) || len(slices.Collect(ByGroup("none"))) > 0 {
		t.Error("OLD_LIMIT is not found by its status and its group")
	}
}
