package main

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/errspec/errspec/gen/internal/catalog"
)

func TestRetryAdvice(t *testing.T) {
	policy := func(change func(*catalog.RetryPolicy)) *catalog.RetryPolicy {
		r := catalog.DefaultRetryPolicy()
		change(&r)
		return &r
	}
	for _, tt := range []struct {
		name   string
		policy *catalog.RetryPolicy
		want   string
	}{
		{"never", nil, "Do not retry: the same request fails again."},
		{
			"the default", policy(func(*catalog.RetryPolicy) {}),
			"Retry up to 4 times. Wait 1s first, then 2 times as long each time, at most 30s, or any shorter time, chosen at random. " +
				"A Retry-After header is the least time to wait; if it asks for more than 5m, give up. " +
				"Only requests with an idempotent method: the server may have acted on it.",
		},
		{
			"once", policy(func(r *catalog.RetryPolicy) { r.MaxRetries, r.Jitter = 1, catalog.NoJitter }),
			"Retry once. Wait 1s. A Retry-After header is the least time to wait; if it asks for more than 5m, give up. " +
				"Only requests with an idempotent method: the server may have acted on it.",
		},
		{
			"at a constant pace, any method", policy(func(r *catalog.RetryPolicy) {
				r.Strategy, r.Base, r.Jitter, r.AnyMethod, r.MaxRetryAfter = catalog.Constant, 90*time.Second, catalog.EqualJitter, true, time.Hour
			}),
			"Retry up to 4 times. Wait 1m30s each time, or a time down to half of it, chosen at random. " +
				"A Retry-After header is the least time to wait; if it asks for more than 1h, give up. " +
				"Requests of any method: the server has not acted on it.",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, retryAdvice(tt.policy)); diff != "" {
				t.Errorf("the advice differs (-want +got):\n%s", diff)
			}
		})
	}
}

func TestExplainTellsWhatBecameOfACode(t *testing.T) {
	live := &catalog.Entry{
		Code: "NOT_FOUND", Title: "Not found", Statuses: []int{404}, Stability: catalog.Stable, Variants: make([]catalog.Variant, 1),
	}
	old := &catalog.Entry{
		Code: "NO_AGENT", Title: "No agent", Statuses: []int{404}, Stability: catalog.Beta, Since: "1.2", Internal: true, Tags: []string{"agents"},
		Deprecated: &catalog.Deprecation{Since: "2.0", Use: live, Note: "It is *not only* about agents."},
		Variants:   make([]catalog.Variant, 1),
	}
	c := &catalog.Catalog{
		Groups: []catalog.Group{{Title: "Agents", Entries: []*catalog.Entry{live, old}}},
		Retired: []catalog.Tombstone{
			{Code: "GONE", Since: "2026-06-12", Use: live, Note: "It meant `NOT_FOUND`."}, {Code: "LOST"},
		},
	}
	for code, want := range map[string]string{
		"GONE":     "GONE\n\nRetired since 2026-06-12; use NOT_FOUND.\n\nIt meant `NOT_FOUND`.\n",
		"LOST":     "LOST\n\nRetired.\n",
		"NO_AGENT": "NO_AGENT: No agent\nHTTP 404\nAgents · since 1.2 · beta · internal: never sent to clients · tags: agents\n\nDeprecated since 2.0; use NOT_FOUND.\n\nIt is not only about agents.\n",
	} {
		var p page
		p.code(c, code)
		if got := p.text.String(); !strings.HasPrefix(got, want) {
			t.Errorf("%s: what is printed differs (-want +got):\n%s", code, cmp.Diff(want, got))
		}
	}
}

func TestWrap(t *testing.T) {
	word := strings.Repeat("x", 100)
	for _, tt := range []struct{ name, text, want string }{
		{"words", strings.Repeat("word ", 20), "    " + strings.Repeat("word ", 14) + "word\n    word word word word word\n"},
		{"a word that is too long", "a " + word + " b", "    a\n    " + word + "\n    b\n"},
		{"code stays as it is", "see\n\n    a   b\n", "    see\n\n        a   b\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var p page
			p.indented(tt.text)
			if diff := cmp.Diff(tt.want, p.text.String()); diff != "" {
				t.Errorf("the text differs (-want +got):\n%s", diff)
			}
			for line := range strings.Lines(p.text.String()) {
				if utf8.RuneCountInString(line) > pageWidth+1 && !strings.Contains(line, word) {
					t.Errorf("a line is longer than %d characters: %s", pageWidth, line)
				}
			}
		})
	}
}
