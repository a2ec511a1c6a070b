package diag_test

import (
	"testing"

	"github.com/errspec/errspec/gen/internal/diag"
)

func TestNearest(t *testing.T) {
	known := []string{"description", "resolution", "retry", "status", "see", "since",
		"FILE_TOO_LARGE", "max_retries"}
	for word, want := range map[string]string{
		"descripton":   "description",
		"Description":  "description",
		"statsu":       "status", // two swapped letters are one mistake
		"stat":         "",
		"maxRetries":   "max_retries",
		"max-retrys":   "max_retries",
		"FileTooLarge": "FILE_TOO_LARGE",
		"se":           "see",
		"x":            "",
		"":             "",
		"resolutions!": "resolution",
		"colour":       "",
	} {
		if got := diag.Nearest(word, known); got != want {
			t.Errorf("Name(%q) = %q, want %q", word, got, want)
		}
	}
	if got := diag.Nearest("ab", []string{"ac", "ad"}); got != "ac" {
		t.Errorf("of two equally near names Name gives %q, want the first", got)
	}
}
