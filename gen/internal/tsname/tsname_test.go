package tsname_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/tsname"
)

func TestProperty(t *testing.T) {
	for name, want := range map[string]string{
		"agent_code":     "agentCode",
		"agent-code":     "agentCode",
		"API_KEY":        "apiKey",
		"ID":             "id",
		"URLPath":        "urlPath",
		"minLength":      "minLength",
		"MinLength":      "minLength",
		"request_ID":     "requestId",
		"x_minLength":    "xMinLength",
		"@odata.error":   "odataError",
		"$schema":        "schema",
		"2fa":            "x2fa",
		"a_2fa":          "a2fa",
		"class":          "class",
		"constructor":    "constructor_",
		"to_string":      "toString_",
		"hasOwnProperty": "hasOwnProperty_",
		"__proto__":      "proto",
		"$":              "$",
		"@-":             "@-",
	} {
		if got := tsname.Property(name); got != want {
			t.Errorf("Property(%q) = %q, want %q", name, got, want)
		}
	}
}

// TestUnique holds that siblings have different names, which stay when others are added after them.
func TestUnique(t *testing.T) {
	params := rapid.SliceOfNDistinct(rapid.StringMatching(`[aA_]{0,2}[a-zA-Z][aA1_-]{0,3}`),
		1, 30, rapid.ID)
	fields := rapid.SliceOfNDistinct(rapid.StringMatching(`[a-zA-Z0-9_.$@-]{1,4}`), 1, 30, rapid.ID)
	rapid.Check(t, func(t *rapid.T) {
		var e catalog.Entry
		for _, name := range params.Draw(t, "params") {
			e.Params = append(e.Params, catalog.Param{Name: name})
		}
		var object catalog.Type
		for _, name := range fields.Draw(t, "fields") {
			object.Fields = append(object.Fields, catalog.Field{Name: name})
		}
		names := tsname.Params(&e)
		isUnique(t, names)
		isUnique(t, tsname.Fields(&object))
		first := rapid.IntRange(1, len(names)).Draw(t, "first")
		e.Params = e.Params[:first]
		for i, name := range tsname.Params(&e) {
			if name != names[i] {
				t.Errorf("%s was %s before params were added after it", names[i], name)
			}
		}
	})
}

func isUnique(t *rapid.T, names []string) {
	t.Helper()
	seen := map[string]bool{}
	for _, name := range names {
		if seen[name] || name == "" {
			t.Errorf("%q twice, or empty, in %q", name, names)
		}
		seen[name] = true
	}
}
