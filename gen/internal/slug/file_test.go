package slug_test

import (
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/errspec/errspec/gen/internal/slug"
)

func TestFile(t *testing.T) {
	for code, want := range map[string]string{
		"FILE_TOO_LARGE":        "file_too_large",
		"auth/invalid-email":    "authinvalid-email",
		"2F003":                 "2f003",
		"CON":                   "con_",
		"Com1":                  "com1_",
		"COM":                   "com",
		"COM10":                 "com10",
		"INDEX":                 "index_",
		"Readme":                "readme_",
		"_PRIVATE":              "code_private",
		"-1":                    "code-1",
		"?!":                    "u003fu0021",
		"Größe":                 "gru00f6u00dfe",
		"\u212aELVIN":           "kelvin", // the kelvin sign becomes a k in lower case
		"🙂":                     "u1f642",
		strings.Repeat("A", 90): strings.Repeat("a", 80) + "-afc0776f",
	} {
		if got := slug.File(code); got != want {
			t.Errorf("File(%q) = %q, want %q", code, got, want)
		}
	}
}

func TestEveryFileIsAFileEverywhere(t *testing.T) {
	good := regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,99}$`)
	device := regexp.MustCompile(`^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])$`)
	rapid.Check(t, func(rt *rapid.T) {
		code := rapid.OneOf(rapid.StringN(1, -1, 128),
			rapid.SampledFrom([]string{"con", "LPT9", "İ", "ſ", "e\u0301", "é", "ß", "..", "/",
				"a/../b", "NUL.md"})).Draw(rt, "code")
		if name := slug.File(code); !good.MatchString(name) || device.MatchString(name) {
			rt.Fatalf("File(%q) = %q, which is not a valid name everywhere", code, name)
		}
	})
}
