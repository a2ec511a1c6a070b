package apierr

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
)

// Info says all that the catalog says about a code.
func TestInfo(t *testing.T) {
	info := CodeOldLimit.Info()
	group, groupTitle := info.Group()
	deprecation, deprecated := info.Deprecated()
	for what, c := range map[string]struct{ got, want any }{
		"Code":        {info.Code(), CodeOldLimit},
		"Title":       {info.Title(), "Old limit"},
		"Description": {info.Description(), "It was a limit of its own."},
		"Resolution":  {info.Resolution(), "Wait."},
		"DocsURL":     {info.DocsURL(), "https://example.com/errors#old_limit"},
		"Group":       {group + ", " + groupTitle, "params, With params"},
		"Status":      {info.Status(), 429},
		"Statuses":    {info.Statuses(), []int{429}},
		"See":         {info.See(), []Code{CodeRateLimited}},
		"Tags":        {info.Tags(), []string{"limits"}},
		"Meta":        {info.Meta("type") + info.Meta("none"), "limit_error"},
		"Headers":     {info.Headers(), []HeaderInfo{{"X-Old", "yes"}}},
		"Since":       {info.Since(), "1.0"},
		"Stability":   {info.Stability(), "beta"},
		"Deprecated": {
			deprecation,
			Deprecation{Since: "2.0", Use: CodeRateLimited, Note: "There is one limit now."},
		},
		"Deprecated, ok": {deprecated, true},
		"Messages":       {info.Messages(), []MessageInfo{{Text: "The old limit is reached"}}},
		"Params, none":   {len(info.Params()), 0},
		"Values, none":   {len(info.Values()), 0},
		"Params": {CodeFileTooLarge.Info().Params(), []ParamInfo{
			{Name: "kind", Type: "string", Enum: []string{"image", "video"}, Example: "image"},
			{Name: "limit", Type: "bytes", Example: "10 MB"},
		}},
		"Values": {
			CodeFileTooLarge.Info().Values()[:2],
			[]Value{{Name: "max", Text: "10 MB"}, {Name: "kinds", Text: "image, video"}},
		},
		"Messages, variants": {CodeNotFound.Info().Messages(), []MessageInfo{
			{Variant: VariantNotFoundAgent, Text: "Agent not found for code: ${agent_code}"},
			{Variant: VariantNotFoundRoom, Text: "No room ${room} for agent ${agent_code}"},
		}},
		"Statuses, several": {CodeUnauthorized.Info().Statuses(), []int{401, 403}},
		"Stability, stable": {CodeRateLimited.Info().Stability(), "stable"},
		"Variant.Code":      {VariantNotFoundRoom.Code(), CodeNotFound},
		"Variant.Code, none": {
			Variant("NOT_FOUND/new").Code() + Variant("NOT_FOUND").Code() + Variant("").Code(),
			Code(""),
		},
	} {
		if got, want := fmt.Sprintf("%#v", c.got), fmt.Sprintf("%#v", c.want); got != want {
			t.Errorf("%s is %s; want %s", what, got, want)
		}
	}
	if _, ok := info.Retry(); ok {
		t.Error("OLD_LIMIT has a retry policy")
	}
	if policy, ok := CodeRateLimited.Info().Retry(); !ok ||
		policy.Name != "quick" ||
		policy.MaxRetries != 3 ||
		!policy.AnyMethod {
		t.Errorf("RATE_LIMITED has the retry policy %+v, %v", policy, ok)
	}
	if _, deprecated := CodeRateLimited.Info().Deprecated(); deprecated {
		t.Error("RATE_LIMITED is deprecated")
	}
}

// An unknown code has an Info that knows the code and nothing else.
func TestInfoOfAnUnknownCode(t *testing.T) {
	for _, code := range []Code{"", "NO_SUCH_CODE", "TOO_LARGE ", "SLOW_DOWN"} {
		info := code.Info()
		if info == nil || info.Code() != code {
			t.Fatalf("the Info of %q is %+v", code, info)
		}
		v := reflect.ValueOf(info)
		for i := range v.NumMethod() {
			name, m := v.Type().Method(i).Name, v.Method(i)
			args := make([]reflect.Value, m.Type().NumIn())
			for k := range args {
				args[k] = reflect.Zero(m.Type().In(k))
			}
			for _, result := range m.Call(args) { // a panic fails the test
				empty := result.IsZero() || result.Kind() == reflect.Slice && result.Len() == 0
				if !empty && name != "Code" && name != "Stability" {
					t.Errorf("Info.%s of %q is %v", name, code, result)
				}
			}
		}
	}
}

// What Info returns belongs to the caller, who cannot change the catalog through it.
func TestInfoCanNotBeChanged(t *testing.T) {
	info, large := CodeOldLimit.Info(), CodeFileTooLarge.Info()
	info.Statuses()[0], info.See()[0], info.Tags()[0] = 200, "X", "X"
	info.Messages()[0].Text, info.Headers()[0].Value, large.Values()[0].Text = "X", "X", "X"
	large.Params()[0].Enum[0] = "X"
	if info.Status() != 429 || info.See()[0] != CodeRateLimited || info.Tags()[0] != "limits" ||
		info.Messages()[0].Text != "The old limit is reached" || info.Headers()[0].Value != "yes" ||
		large.Values()[0].Text != "10 MB" || large.Params()[0].Enum[0] != "image" {
		t.Error("the catalog was changed through a slice that Info returned")
	}
	if !slices.Contains(slices.Collect(ByStatus(429)), info) ||
		len(slices.Collect(ByStatus(999))) > 0 {
		t.Error("OLD_LIMIT is not found by its status")
	}
	for range All() {
		break // an iteration may end early
	}
}
