package goname

import (
	"go/token"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestExported(t *testing.T) {
	for name, want := range map[string]string{
		"FILE_TOO_LARGE":     "FileTooLarge",
		"API_KEY_ID":         "APIKeyID",
		"2F003":              "X2F003",
		"01P01":              "X01P01",
		"1002":               "X1002",
		"S3_BUCKET":          "S3Bucket",
		"SHA256_MISMATCH":    "Sha256Mismatch",
		"UTF8_INVALID":       "UTF8Invalid",
		"auth/invalid-email": "AuthInvalidEmail",
		"auth/invalidEmail":  "AuthInvalidEmail",
		"NotFound":           "NotFound",
		"HTTPError":          "HTTPError",
		"agent_code":         "AgentCode",
		"url":                "URL",
		"type":               "Type",
		"a.b c":              "ABC",
		"ärger":              "Ärger",
		"日本":                 "X日本",
		"_":                  "",
		"":                   "",
	} {
		if got := Exported(name); got != want {
			t.Errorf("Exported(%q) = %q; want %q", name, got, want)
		}
	}
}

func TestEnumValue(t *testing.T) {
	for value, want := range map[string]string{
		"two words":  "TwoWords",
		"1":          "X1",
		"":           "Empty",
		"<":          "U003C",
		"<=":         "U003CU003D",
		"\U0001F600": "U1F600",
	} {
		if got := EnumValue(value); got != want {
			t.Errorf("EnumValue(%q) = %q, want %q", value, got, want)
		}
	}
}

func TestArg(t *testing.T) {
	for name, want := range map[string]string{
		"agent_code": "agentCode",
		"id":         "id",
		"user_id":    "userID",
		"type":       "type_",
		"range":      "range_",
		"string":     "string_",
		"error":      "error_",
		"len":        "len_",
		"e":          "e_",
		"opts":       "opts_",
		"time":       "time_",
		"int_text":   "intText_",
		"slices":     "slices_",
		"err":        "err",
		"fmt":        "fmt",
		"ctx":        "ctx",
		"2nd":        "x2nd",
		"retryAfter": "retryAfter",
		"NotFound":   "notFound",
		"_":          "",
	} {
		if got := Arg(name); got != want {
			t.Errorf("Arg(%q) = %q; want %q", name, got, want)
		}
	}
}

func TestEntryNames(t *testing.T) {
	for stem, want := range map[string]Entry{
		"FileTooLarge":  {"FileTooLarge", "CodeFileTooLarge", "FileTooLargeError", "FileTooLargeParams"},
		"InternalError": {"InternalError", "CodeInternalError", "InternalError", "InternalErrorParams"},
		"Error":         {"Error", "CodeError", "ErrorError", "ErrorParams"},
	} {
		if diff := cmp.Diff(want, ForEntry(stem)); diff != "" {
			t.Errorf("ForEntry(%q) (-want +got):\n%s", stem, diff)
		}
	}
	if diff := cmp.Diff(Variant{"VariantNotFoundAgent",
		"NewNotFoundAgent"}, ForVariant("NotFound", "Agent")); diff != "" {
		t.Errorf("ForVariant (-want +got):\n%s", diff)
	}
}

// Whatever a name is, what is derived from it is an identifier, or nothing.
func TestAlwaysIdentifiers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.String().Filter(utf8.ValidString).Draw(t, "name")
		if s := Exported(name); s != "" && !isExported(s) {
			t.Errorf("Exported(%q) = %q, which is no exported identifier", name, s)
		}
		if s := EnumValue(name); !isExported(s) {
			t.Errorf("EnumValue(%q) = %q, which is no exported identifier", name, s)
		}
		if s := Arg(name); s != "" && (!token.IsIdentifier(s) || isPredeclared(s)) {
			t.Errorf("Arg(%q) = %q, which is not free to use", name, s)
		}
	})
}

// isExported reports whether a name is an exported identifier.
func isExported(name string) bool { return token.IsIdentifier(name) && token.IsExported(name) }
