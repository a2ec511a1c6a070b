package reference

import (
	"testing"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/catalog/catalogtest"
)

// The advice about variants and the advice about wording agree, whatever the body has.
func TestBranching(t *testing.T) {
	const newCodes = " New codes may appear at any time: handle unknown codes by their HTTP status."
	for _, e := range catalogtest.Envelopes() {
		c := catalogtest.Everything(e.Envelope)
		want := "Branch on `error.code`. If a code has variants, `error.message` tells them apart, and its wording is stable. Any other wording may change."
		switch e.Name {
		case "problem":
			want = "Branch on `code`. If a code has variants, `detail` tells them apart, and its wording is stable. Any other wording may change."
		case "google":
			want = "Branch on `error.details[0].reason`. If a code has variants, `error.message` tells them apart, and its wording is stable. Any other wording may change."
		case "json-api":
			want = "Branch on `errors[0].code`, and then on `meta.variant` if the code has variants. Do not branch on `errors[0].detail`, whose wording may change."
		case "urn":
			want = "Branch on the code. If a code has variants, `message` tells them apart, and its wording is stable. Any other wording may change."
		case "nested":
		default:
			continue
		}
		if got := text(Branching(c)); got != want+newCodes {
			t.Errorf("%s: %s\nwant %s", e.Name, got, want+newCodes)
		}
		for i := range c.Groups {
			for _, e := range c.Groups[i].Entries {
				e.Variants = e.Variants[:1]
				e.Variants[0].ID = ""
			}
		}
		if e.Name == "nested" {
			want = "Branch on `error.code`, not on `error.message`, whose wording may change."
			if got := text(Branching(c)); got != want+newCodes {
				t.Errorf("without variants: %s\nwant %s", got, want+newCodes)
			}
		}
	}
}

func text(words []Word) (text string) {
	for _, w := range words {
		if w.Code {
			w.Text = "`" + w.Text + "`"
		}
		text += w.Text
	}
	return text
}

func TestMeaning(t *testing.T) {
	c := &catalog.Catalog{Statuses: []catalog.Status{
		{Code: 429, Title: "Rate limited"}, {Code: 499, Title: ""},
	}}
	for _, tt := range []struct {
		code, title string
		status      int
		meaning     string
		statusName  string
	}{
		{"NOT_FOUND", "Not found", 404, "", ""},
		{"notFound", "Nothing there", 404, "Nothing there", ""},
		{"AGENT_MISSING", "Not Found.", 404, "Not Found.", ""},
		{"AGENT_MISSING", "Agent missing", 404, "", "Not Found"},
		{"RATE_LIMITED", "Rate limited", 429, "", ""},
		{"BUSY", "Busy", 499, "", ""},
		{"20404", "Resource not found", 404, "Resource not found", "Not Found"},
	} {
		e := &catalog.Entry{Code: tt.code, Title: tt.title}
		if got := Meaning(e); got != tt.meaning {
			t.Errorf("%s: Meaning is %q, want %q", tt.code, got, tt.meaning)
		}
		if got := StatusMeaning(c, e, tt.status); got != tt.statusName {
			t.Errorf("%s: StatusMeaning is %q, want %q", tt.code, got, tt.statusName)
		}
	}
}
