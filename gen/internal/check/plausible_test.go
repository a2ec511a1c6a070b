package check

import (
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/value"
)

// An example fits the name of its param, however the name is written.
func TestPlausible(t *testing.T) {
	for _, tt := range []struct {
		kind       value.Kind
		name, want string
	}{
		{value.String, "agent_code", "A7F3"},
		{value.String, "agentCode", "A7F3"},
		{value.String, "country-code", "DE"},
		{value.String, "user_id", "user_7f3a9c"},
		{value.String, "userID", "user_7f3a9c"},
		{value.String, "id", "7f3a9c"},
		{value.String, "api_key", "api_7f3a9c"},
		{value.String, "emails", "ada@example.com"},
		{value.String, "file_name", "report.pdf"},
		{value.String, "agent_name", "example-agent"},
		{value.String, "callback_url", "https://example.com/files"},
		{value.String, "consumer", "example-consumer"},
		{value.String, "é", "example-é"},
		{value.String, "_", "_"},
		{value.Int, "maxItems", "100"},
		{value.Int, "port", "8080"},
		{value.Int, "things", "42"},
		{value.Float, "hit_ratio", "0.8"},
		{value.Duration, "retry_after", "30s"},
	} {
		got := plausible(&catalog.Type{Kind: tt.kind}, tt.name).Text()
		if got != tt.want {
			t.Errorf("the example of a %v %s is %q, want %q", tt.kind, tt.name, got, tt.want)
		}
	}
	for name, text := range plausibleTexts {
		if strings.ContainsAny(text, " \"'`") {
			t.Errorf("the example of %s is %q, which is not told from the message around it", name, text)
		}
	}
}
