package slug_test

import (
	"testing"

	"github.com/errspec/errspec/gen/internal/slug"
)

// The expected values are from pages that GitHub rendered.
func TestMake(t *testing.T) {
	for heading, want := range map[string]string{
		"FILE_TOO_LARGE":            "file_too_large",
		"File operations":           "file-operations",
		"Session & infrastructure":  "session--infrastructure",
		"Handling errors in Python": "handling-errors-in-python",
		"auth/invalid-email":        "authinvalid-email",
		"2F003":                     "2f003",
		"C++ (2.0)":                 "c-20",
		"  Trimmed  ":               "trimmed",
		"Größe":                     "größe",
		"日本語 キー":                    "日本語-キー",
		"café":                      "café", // a combining mark stays
		"½ ² ① Ⅷ ⓐ ٣ a‿b":           "---ⅷ-ⓐ-٣-a‿b",
		"İ":                         "i\u0307",
		"a - b":                     "a---b",
		"`code`":                    "code",
		"?!":                        "",
	} {
		if got := slug.Make(heading); got != want {
			t.Errorf("Make(%q) = %q, want %q", heading, got, want)
		}
	}
}
