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
		most   = 1 << 20
		copies = 200 // of the message, in the body
	)
	x := func(n int) string { return strings.Repeat("x", n) }
	list := "[" + strings.Repeat("$message, ", copies) + "]"
	rest := len(`{"code":"LARGE","message":"","more":[],"pad":""}`) + copies*len(`"",`) - 1
	long, pad := (most-rest)/(copies+1), (most-rest)%(copies+1)
	examples := make([]string, 200)
	for i := range examples {
		examples[i] = fmt.Sprintf("p%d: {type: string, detail: true, example: %q}",
			i, x(most/len(examples)))
	}
	for _, tt := range []struct {
		name, envelope, more, message string
		want                          bool
	}{
		{
			"as much as they read",
			`{code: $code, message: $message, more: ` + list + `, pad: "` + x(pad) + `"}`, "", x(long),
			false,
		},
		{
			"a byte more", `{code: $code, message: $message, more: ` + list + `, pad: "` + x(pad+1) + `"}`,
			"", x(long), true,
		},
		{
			"what servers escape", `{code: $code, message: $message, more: ` + list + `}`, "",
			strings.Repeat("<", long/5), true,
		},
		{
			"examples", `{code: $code, message: $message, more: $params}`,
			"params: {" + strings.Join(examples, ", ") + "}", "Large", true,
		},
		{
			"of an internal code", `{code: $code, message: $message, more: ` + list + `}`,
			"visibility: internal", x(long + 40), false,
		},
	} {
		text := fmt.Sprintf("version: 1\ntitle: Errors\nenvelope: {body: %s}\ngroups:\n  - id: a\n"+
			"    title: A\n    errors:\n      - {code: INTERNAL_ERROR, status: 500, message: Internal}\n"+
			"      - code: LARGE\n        status: 400\n        %s\n        message: %q\n",
			tt.envelope, tt.more, tt.message)
		found := false
		for _, d := range findings(source.New("catalog.yaml", []byte(text), nil)) {
			found = found || d.Rule == rule.LimitExceeded && d.Span.Line == 9
		}
		if found != tt.want {
			t.Errorf("%s: limit-exceeded is found: %v; want %v", tt.name, found, tt.want)
		}
	}
}
