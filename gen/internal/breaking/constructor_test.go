package breaking_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/errspec/errspec/gen/internal/breaking"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
)

const constructed = `version: 1
title: Errors
envelope: {body: {code: $code, message: $message%s}}
groups:
  - id: all
    title: All
    errors:
      - {code: A, status: 409, resolution: Act., %s}
`

// Whatever makes a constructor take something else is an error of some rule; what callers do not
// notice is none.
func TestWhatBreaksCallersIsTold(t *testing.T) {
	const (
		two  = "variants: [{id: one, message: 'One ${a}'}, {id: two, message: 'Two ${b}'}]"
		ab   = "params: {a: {type: string}, b: {type: string}}, "
		five = "b: {type: int, detail: true}, c: {type: int, detail: true}, d: {type: int, detail: true}, e: {type: int, detail: true}"
	)
	for _, tt := range []struct {
		name, before, after string
		there, back         string // the rule of the error; "" for none
	}{
		{
			"an optional param where there was none", "message: A",
			"message: A, params: {p: {type: int, detail: true, optional: true}}", rule.ParamAdded,
			rule.ParamRemoved,
		},
		{
			"an optional param beside one", "message: 'A ${a}', params: {a: {type: int}}",
			"message: 'A ${a}', params: {a: {type: int}, p: {type: int, detail: true, optional: true}}",
			rule.ParamAdded, rule.ParamRemoved,
		},
		{
			"one more optional param", "message: A, params: {p: {type: int, detail: true, optional: true}}",
			"message: A, params: {p: {type: int, detail: true, optional: true}, q: {type: int, detail: true, optional: true}}",
			"", rule.ParamRemoved,
		},
		{
			"a sixth param", "message: 'A ${a}', params: {a: {type: int}, " + five + "}",
			"message: 'A ${a}', params: {a: {type: int}, " + five + ", f: {type: int, detail: true}}",
			rule.ParamAdded, rule.ParamRemoved,
		},
		{
			"a param of several",
			"message: A, params: {a: {type: int, detail: true}, b: {type: int, detail: true}}",
			"message: A, params: {a: {type: int, detail: true}, b: {type: int, detail: true, optional: true}}",
			rule.ParamNowOptional, rule.ParamNowRequired,
		},
		{
			"a detail of all variants", ab + two,
			"params: {a: {type: string}, b: {type: string, detail: true}}, " + two, rule.ConstructorChanged,
			rule.ParamRemoved,
		},
		{
			"a header for all variants", ab + two, ab + two + ", headers: {X-B: '${b}'}",
			rule.ConstructorChanged, rule.HeaderRemoved,
		},
		{
			"a header with another param", ab + two + ", headers: {X-B: '${a}'}",
			ab + two + ", headers: {X-B: '${b}'}", rule.ParamRemoved, rule.ParamRemoved,
		},
		{
			"a variant of six params",
			"params: {a: {type: string}, z: {type: string}, " + five +
				"}, variants: [{id: one, message: 'One ${a}'}]",
			"params: {a: {type: string}, z: {type: string}, " + five +
				"}, variants: [{id: one, message: 'One ${a}'}, {id: two, message: 'Two ${a} and ${z}'}]",
			rule.ConstructorChanged, rule.VariantRemoved,
		},
		{
			"another order of arguments", "message: 'A ${a} ${b}', " + ab,
			"message: 'A ${a} ${b}', params: {b: {type: string}, a: {type: string}}", rule.ParamOrderChanged,
			rule.ParamOrderChanged,
		},
		{
			"another order of fields",
			"message: 'A ${a}', params: {a: {type: string}, b: {type: int, detail: true}, p: {type: int, detail: true, optional: true}}",
			"message: 'A ${a}', params: {b: {type: int, detail: true}, a: {type: string}, p: {type: int, detail: true, optional: true}}",
			"", "",
		},
	} {
		before := resolve(t, fmt.Sprintf(constructed, ", params: $params", tt.before))
		after := resolve(t, fmt.Sprintf(constructed, ", params: $params", tt.after))
		if got := errorsOf(breaking.Compare(before, after)); !slices.Equal(got, listOf(tt.there)) {
			t.Errorf("%s is told by the errors %q, want %q", tt.name, got, tt.there)
		}
		if got := errorsOf(breaking.Compare(after, before)); !slices.Equal(got, listOf(tt.back)) {
			t.Errorf("%s, taken back, is told by the errors %q, want %q", tt.name, got, tt.back)
		}
	}
	// What no body carries is lost by no reader: only callers notice.
	with, without := ab+two+", headers: {X-B: '${a}'}", ab+two+", headers: {X-B: '${b}'}"
	got := errorsOf(breaking.Compare(resolve(t, fmt.Sprintf(constructed, "", with)),
		resolve(t, fmt.Sprintf(constructed, "", without))))
	if !slices.Equal(got, listOf(rule.ConstructorChanged)) {
		t.Errorf("a header with another param is told by the errors %q, want %q",
			got, rule.ConstructorChanged)
	}
}

func errorsOf(changes []breaking.Change) (ids []string) {
	for i := range changes {
		if changes[i].Severity == diag.Error {
			ids = append(ids, changes[i].Rule)
		}
	}
	return ids
}

func listOf(id string) []string {
	if id == "" {
		return nil
	}
	return []string{id}
}
