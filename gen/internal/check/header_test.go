package check_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/internal/check"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/source"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// A header from which clients read the code has nothing else that they would read as one: neither
// in the envelope, nor in a code's own headers.
func TestMisreadHeaders(t *testing.T) {
	const ( // when the header of TWO is misread
		never       = "never"
		ifAnonymous = "if the body has no code" // it is no code of the catalog
		always      = "always"
	)
	const catalog = `version: 1
title: T
envelope:
  body: {code: $code, message: $message}
  headers: {X-All: %s}
groups:
  - id: g
    title: G
    errors:
      - {code: ONE, status: 400, message: one, resolution: r, headers: {X-A: %s}}
      - code: TWO
        status: 404
        anonymous: %v
        message: two
        resolution: r
        params: {p: {type: string, detail: false, optional: true, example: p}}
        headers: {%s, X-P: "${p}"}
`
	for _, tt := range []struct {
		all, one, two string
		misread       string
	}{
		{"x", "$code", "X-A: other", ifAnonymous},
		{"x", "$code", "x-a: other", ifAnonymous},
		{"x", "$code", `X-A: "${p}"`, always},
		{"x", "$code", `X-A: "x ${p}"`, always},
		{"x", "$code", `X-A: "${param.p}"`, always},
		{"x", "$code", "X-A: TWO", never},
		{"x", "$code", "X-A: ONE", always},
		{"x", "$code", "X-B: other", never},
		{"x", `"a ${code}"`, "X-A: b c", never},
		{"x", `"a ${code}"`, "X-A: a c", ifAnonymous},
		{"x", `"a ${code}"`, `X-A: "b ${p}"`, never},
		{"x", `"a ${code}"`, `X-A: "a ${p}"`, always},
		{"x", `"a ${code}"`, `X-A: "${p}"`, always},
		{"x", `"${code}."`, "X-A: c", never},
		{"x", `"${code}."`, `X-A: "${p}!"`, never},
		{"x", `"${code}."`, `X-A: "${p}"`, always},
		{"$code", "x", "X-All: other", ifAnonymous},
		{"$code", "x", `X-All: "${p}"`, always},
		{"$code", "x", "X-B: other", never},
		{`"a ${code}"`, "x", "X-All: other", never},
		{`"a ${code}"`, "x", "X-All: $code", never},
		{"$code", "x", `X-All: "a ${code}"`, ifAnonymous},
		{"$request_id", "x", "X-All: $code", always}, // of ONE
		{"$message", "x", "X-All: $code", always},
		{`"c=${code}; ${message}"`, "x", `X-All: "c=${p}; x"`, always},
		{`"c=${code}; ${message}"`, "x", `X-All: "c=TWO; ${p}"`, never},
		{`"c=${code}; ${message}"`, "x", `X-All: "c=ONE; ${p}"`, always},
	} {
		for _, anonymous := range []bool{false, true} {
			if anonymous && strings.Contains(tt.two, "$code") {
				continue // it is never sent, which is told
			}
			written, _ := syntax.Parse(source.New("catalog.yaml",
				fmt.Appendf(nil, catalog, tt.all, tt.one, anonymous, tt.two), nil))
			_, list := check.Check(written)
			misread := false
			for _, d := range list.All() {
				if strings.Contains(d.Message, "clients would read the header") {
					misread = true
				} else if d.Severity == diag.Error {
					t.Errorf("%+v: %s", tt, d.Message)
				}
			}
			if want := tt.misread == always || anonymous && tt.misread == ifAnonymous; misread != want {
				t.Errorf("%+v, anonymous %v: misread is %v", tt, anonymous, misread)
			}
		}
	}
}

// What a Retry-After says is judged, whether it is written or a role stands for it.
func TestRetryAfterRoles(t *testing.T) {
	const catalog = `version: 1
title: T
envelope: {body: {code: $code, message: $message, all: $params}}
groups:
  - id: g
    title: "60"
    meta: {wait: 30, zeros: "030", word: soon, many: 99999999999999999999}
    errors:
      - code: "120"
        status: 429
        title: "5"
        message: m
        resolution: r
        params:
          d: {type: duration, example: 6s}
          t: {type: time, example: 2026-06-12T15:04:05Z}
          f: {type: float, example: 1.5}
          z: {type: duration, detail: true, example: 0s}
          code: {type: int, example: 7}
        headers: {Retry-After: %s, X-All: "${d} ${t} ${f} ${code}"}
`
	for value, want := range map[string]string{
		"$meta.wait": "", `"${meta.wait}"`: "", "30": "", `"${d}"`: "", "$param.d": "",
		`"${param.t}"`: "",
		`"${code}"`:    "", "$title": "", "$meta.none": "",
		"$meta.zeros":        "has leading zeros",
		"$meta.word":         "not a valid",
		"$meta.many":         "too large",
		"$code":              "not a valid",
		"$group":             "not a valid",
		"$param.f":           `param "f" is a float`,
		`"${param.z}"`:       "cannot be sent in a Retry-After",
		`"1${meta.wait}"`:    "",
		`"${d}${meta.wait}"`: "without other text",
		`"$$5"`:              "not a valid",
		`"$5"`:               "a lone $",
	} {
		written, _ := syntax.Parse(source.New("catalog.yaml", fmt.Appendf(nil, catalog, value), nil))
		_, list := check.Check(written)
		var got []string
		for _, d := range list.All() {
			if d.Severity == diag.Error {
				got = append(got, d.Message)
			}
		}
		asWanted := len(got) == 1 && want != "" && strings.Contains(got[0], want)
		if want == "" && len(got) > 0 || want != "" && !asWanted {
			t.Errorf("Retry-After: %s: %q, want %q", value, got, want)
		}
	}
}
