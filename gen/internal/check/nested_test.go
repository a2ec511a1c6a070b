package check_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/internal/check"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/source"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// withParams is a catalog of one code with these params.
func withParams(params string) string {
	return `version: 1
title: Errors
envelope: {body: {code: $code, message: $message, params: $params}}
groups:
  - id: server
    title: Server
    errors:
      - {code: INTERNAL_ERROR, status: 500, message: Oops, resolution: R}
      - code: INVALID
        status: 400
        message: Invalid
        resolution: R
        params: ` + params + "\n"
}

// Eight objects, lists and maps may be in each other, whichever they are, and nine may not.
func TestLevels(t *testing.T) {
	for _, form := range []string{
		"{type: list, items: %s}", "{type: map, values: %s}",
		"{type: object, fields: {a: %s}}", "{type: object, fields: {a: {b: %s}}}",
	} {
		for levels, inner := 1, "string"; levels < 30; levels++ {
			if inner = fmt.Sprintf(form, inner); strings.Contains(form, "{b:") {
				levels++
			}
			src := source.New("catalog.yaml", []byte(withParams("{p: "+inner+"}")), nil)
			all := findings(src)
			if levels <= 8 && len(all) != 0 {
				t.Errorf("%d levels of %s: %v", levels, form, all)
			}
			if levels > 8 && (len(all) != 1 || all[0].Rule != rule.LimitExceeded) {
				t.Errorf("%d levels of %s: %v, want one limit-exceeded", levels, form, all)
			}
		}
	}
}

// What is written in YAML for an example is what bodies carry.
func TestNestedExamples(t *testing.T) {
	for params, want := range map[string]string{
		`{p: {type: json, example: {b: [1, 1.50, "1", null, true, ~, yes], "": {}}}}`:                     `{"b":[1,1.50,"1",null,true,null,"yes"],"":{}}`,
		`{p: {type: json, example: 9223372036854775808}}`:                                                 `9223372036854775808`,
		`{p: {type: map, values: int, example: {"😀": 1, __proto__: 2, "": 3, toString: 4}}}`:              `{"":3,"__proto__":2,"toString":4,"😀":1}`,
		`{p: {type: object, fields: {b: int, a: {type: string, optional: true}}, example: {a: x, b: 1}}}`: `{"b":1,"a":"x"}`,
		`{p: {type: object, fields: {b: int, a: {type: string, optional: true}}, example: {a: ~, b: 1}}}`: `{"b":1}`,
		`{p: {type: list, items: {wait: duration, size: bytes}, example: [{wait: 90s, size: 1kB}]}}`:      `[{"wait":90,"size":1000}]`,
		`{p: {type: list, items: {wait: duration, in: {type: map, values: json}}}}`:                       `[{"wait":30,"in":{"key":{}}}]`,
		`{p: {type: list, items: {type: list, items: int}, example: [[], [1, 2]]}}`:                       `[[],[1,2]]`,
		`{p: {type: list, items: {type: list, items: string}}}`:                                           `[["example-p"]]`,
		`{p: {type: list, items: {type: string, enum: [b, a]}}}`:                                          `["b"]`,
		`{p: {type: list, items: {type: string, items: int}}}`:                                            `[{"type":"example-type","items":42}]`,
		`{p: {type: list, items: {type: string}}}`:                                                        `[{"type":"example-type"}]`,
	} {
		written, list := syntax.Parse(source.New("catalog.yaml", []byte(withParams(params)), nil))
		c, more := check.Check(written)
		list.Append(more)
		if c == nil {
			t.Errorf("%s: %v", params, list.All())
			continue
		}
		if got := string(c.Find("INVALID").Params[0].ExampleJSON()); got != want {
			t.Errorf("%s\n got %s\nwant %s", params, got, want)
		}
	}
}
