package check_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/source"
)

// A body that clients would not read to its end is refused, however it comes to be so large.
func TestBodiesThatClientsDoNotRead(t *testing.T) {
	const (
		most = 1 << 20
		rest = len(`{"code":"LARGE","message":"","more":""}`)
	)
	x := func(n int) string { return strings.Repeat("x", n) }
	for _, tt := range []struct {
		name, envelope, more, message string
		want                          bool
	}{
		{"as much as they read", `{code: $code, message: $message, more: ""}`, "", x(most - rest), false},
		{"a byte more", `{code: $code, message: $message, more: ""}`, "", x(most - rest + 1), true},
		{"a message twice", `{code: $code, message: $message, more: $message}`, "", x(most / 2), true},
		{"what servers escape", `{code: $code, message: $message, more: ""}`, "", strings.Repeat("<", most/6), true},
		{"a constant", `{code: $code, message: $message, more: "` + x(most) + `"}`, "", "Large", true},
		{"an example", `{code: $code, message: $message, more: $params}`, `params: {a: {type: string, detail: true, example: "` + x(most) + `"}}`, "Large", true},
		{"of an internal code", `{code: $code, message: $message, more: ""}`, "visibility: internal", x(most), false},
	} {
		text := fmt.Sprintf("version: 1\ntitle: Errors\nenvelope: {body: %s}\ngroups:\n  - id: a\n    title: A\n    errors:\n      - {code: INTERNAL_ERROR, status: 500, message: Internal}\n      - code: LARGE\n        status: 400\n        %s\n        message: %q\n",
			tt.envelope, tt.more, tt.message)
		found := false
		for _, d := range findings(source.New("catalog.yaml", []byte(text), nil)) {
			found = found || d.Rule == rule.LimitExceeded && (d.Span.Line == 9 || d.Span.Line == 8 && tt.name == "a constant")
		}
		if found != tt.want {
			t.Errorf("%s: limit-exceeded is found: %v; want %v", tt.name, found, tt.want)
		}
	}
}
