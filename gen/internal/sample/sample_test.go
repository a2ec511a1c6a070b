package sample_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/catalog/catalogtest"
	"github.com/errspec/errspec/gen/internal/sample"
)

func everything() *catalog.Catalog {
	return catalogtest.Everything(catalogtest.Envelopes()[0].Envelope)
}

func languages() []sample.Language {
	var all []sample.Language
	for _, id := range sample.IDs() {
		all = append([]sample.Language{sample.Default(id)}, all...)
	}
	return all
}

// gen/checks/clients compiles and runs the samples of all catalogs. This is how they read.
func TestSamples(t *testing.T) {
	c := everything()
	for code, want := range map[string]string{
		"RATE_LIMITED": `go
var e *apierr.RateLimitedError
if errors.As(err, &e) {
	log.Println(e.Params.RetryAfter, e.Params.Reset, e.Params.Load)
	if d := apierr.Decide(err, attempt); d.Retry {
		time.Sleep(d.Delay)
		// Send the request again.
	}
}
typescript
import { decide, hasCode } from "./errors.ts";

if (hasCode(error, "RATE_LIMITED")) {
  console.log(error.params.retryAfter, error.params.reset, error.params.load);
  const { retry, delayMs } = decide(error, attempt);
  if (retry) setTimeout(sendAgain, delayMs);
}
python
try:
    apierr.raise_for(response)
except apierr.RateLimitedError as error:
    print(error.retry_after_, error.reset, error.load)
    decision = apierr.decide(error, attempt)
    if decision.retry:
        time.sleep(decision.delay)
        # Send the request again.
curl
curl -sS "$URL" | jq -r 'select(.error.code == "RATE_LIMITED") | .error.message'
`,
		"UNAUTHORIZED": `go
var e *apierr.UnauthorizedError
if errors.As(err, &e) {
	log.Println(e.Message)
}
typescript
import { hasCode } from "./errors.ts";

if (hasCode(error, "UNAUTHORIZED")) {
  console.log(error.message);
}
python
try:
    apierr.raise_for(response)
except apierr.UnauthorizedError as error:
    print(error.message)
curl
curl -sS "$URL" | jq -r 'select(.error.code == "UNAUTHORIZED") | .error.message'
`,
	} {
		got := ""
		for _, s := range sample.New(c, languages()).Of(c.Find(code)) {
			got += s.ID + "\n" + s.Code
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", code, diff)
		}
	}
}

// What a sample quotes stays one word of the shell, and begins no shortcode.
func TestQuotes(t *testing.T) {
	c := everything()
	e := c.Find("UNAUTHORIZED")
	e.Code = `it's "{{x}}"`
	for _, s := range sample.New(c, languages()).Of(e) {
		if strings.Contains(s.Code, "{{") {
			t.Errorf("%s: %s", s.ID, s.Code)
		}
		if s.ID == "curl" &&
			!strings.Contains(s.Code, `'select(.error.code == "it'\''s \"{\u007bx}}\"") | .error.message'`) {
			t.Errorf("curl: %s", s.Code)
		}
	}
}

func TestAsked(t *testing.T) {
	c := &catalog.Catalog{Docs: catalog.Docs{Samples: []string{"python", "go"}}}
	got := sample.Asked(c,
		[]sample.Language{{ID: "python", Import: "acme_errors"}, {ID: "typescript", Import: "./x.ts"}})
	want := []sample.Language{{ID: "python", Import: "acme_errors"}, {ID: "go", Import: "apierr"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
