package main

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/errspec/errspec/gen/internal/catalog"
)

func TestRetryAdvice(t *testing.T) {
	policy := catalog.DefaultRetryPolicy()
	for want, e := range map[string]*catalog.Entry{
		"": {},
		"Do not retry: the request will fail again until you change something.": {RetryStated: true},
		"Retry up to 4 times if the request is idempotent. Wait before each retry: random, up to 1s, 2s, 4s, 8s. " +
			"A Retry-After header is the minimum wait; if it asks for more than 5m, give up.": {
			Retry:       &policy,
			RetryStated: true,
		},
	} {
		if diff := difference(want, retryAdvice(e)); diff != "" {
			t.Errorf("the advice differs (-want +got):\n%s", diff)
		}
	}
}

func TestExplainTellsWhatBecameOfACode(t *testing.T) {
	live := &catalog.Entry{
		Code:      "NOT_FOUND",
		Title:     "Not found",
		Statuses:  []int{404},
		Stability: catalog.Stable,
		Variants:  make([]catalog.Variant, 1),
	}
	old := &catalog.Entry{
		Code: "NO_AGENT", Title: "No agent", Statuses: []int{404}, Stability: catalog.Beta, Since: "1.2",
		Internal: true, Tags: []string{"agents"},
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
		"GONE": "GONE\n\nRetired since 2026-06-12; use NOT_FOUND.\n\nIt meant `NOT_FOUND`.\n",
		"LOST": "LOST\n\nRetired.\n",
		"NO_AGENT": "NO_AGENT\n" +
			"HTTP 404 Not Found · Agents · since 1.2 · beta · internal: never sent to clients\n" +
			"· tags: agents\n\nDeprecated since 2.0; use NOT_FOUND.\n\nIt is not only about agents.\n",
	} {
		var p page
		p.code(c, code)
		if got := p.text.String(); !strings.HasPrefix(got, want) {
			t.Errorf("%s: what is printed differs (-want +got):\n%s", code, difference(want, got))
		}
	}
}

func TestStatusOf(t *testing.T) {
	c := &catalog.Catalog{Statuses: []catalog.Status{{Code: 418, Title: "Short and stout"}}}
	for text, want := range map[string]int{
		"404": 404, "HTTP 404": 404, "HTTP/1.1 404 Not Found": 404,
		"HTTP/2 503": 503, "429 Too Many Requests": 429,
		"status code 500": 500, "504 gateway timeout": 504, "http 200 ": 200, "418 Short and stout": 418,
		"": 0, "500 files were rejected": 0, "40": 0, "4040": 0, "604": 0, "404.": 0,
		"404\nserver: nginx": 0, "ERR_404": 0, "404_NOT_FOUND": 0, "error 404": 0,
	} {
		if got := statusOf(c, text); got != want {
			t.Errorf("the status of %q is %d, want %d", text, got, want)
		}
	}
}

func TestWrap(t *testing.T) {
	word := strings.Repeat("x", 100)
	for _, tt := range []struct{ name, text, want string }{
		{
			"words",
			strings.Repeat("word ", 20),
			"    " + strings.Repeat("word ", 14) + "word\n    word word word word word\n",
		},
		{"a word that is too long", "a " + word + " b", "    a\n    " + word + "\n    b\n"},
		{"code stays as it is", "see\n\n    a   b\n", "    see\n\n        a   b\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var p page
			p.indented(tt.text)
			if diff := difference(tt.want, p.text.String()); diff != "" {
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
