package breaking_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/errspec/errspec/gen/internal/breaking"
	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/diag"
)

// together is a catalog with an envelope and one code that is edited.
const together = `version: 1
title: Errors
%s
groups:
  - id: all
    title: All
    errors:
      - {code: A, resolution: Act., %s}
`

// A verdict is the report of edits that are made together: the errors, with whom they break.
type verdict struct {
	name          string
	head, newHead string // "": as before
	before, after string
	want          []string
}

// judged compares the errors that are reported about edits with those that are wanted.
func judged(t *testing.T, verdicts []verdict) {
	t.Helper()
	for _, v := range verdicts {
		if v.newHead == "" {
			v.newHead = v.head
		}
		if v.after == "" {
			v.after = v.before
		}
		before := resolve(t, fmt.Sprintf(together, v.head, v.before))
		after := resolve(t, fmt.Sprintf(together, v.newHead, v.after))
		var got []string
		for _, ch := range breaking.Compare(before, after) {
			if ch.Severity == diag.Error {
				got = append(got, fmt.Sprintf("%s %s", ch.Rule, ch.Breaks()))
			}
		}
		if slices.Sort(got); !slices.Equal(got, v.want) {
			t.Errorf("%s is told by the errors %q, want %q", v.name, got, v.want)
		}
	}
}

const (
	withParams = "envelope: {body: {code: $code, message: $message, params: $params}}"
	withSpread = "envelope: {body: {message: $message, $spread: $params}}"
)

// Callers of constructors that stay as they are notice no new param, and no other order.
func TestWhatConstructorsDoNotTake(t *testing.T) {
	const one = "status: 409, variants: [{id: one, message: 'One ${a}'}"
	judged(t, []verdict{
		{
			name: "a variant with a param of its own", head: withParams,
			before: one + "], params: {a: {type: int}}",
			after:  one + ", {id: two, message: 'Two ${b}'}], params: {a: {type: int}, b: {type: int}}",
		},
		{
			name: "a variant with an optional param of its own", head: withParams,
			before: one + "], params: {a: {type: int}}",
			after: one + ", {id: two, message: Two}], " +
				"params: {a: {type: int}, b: {type: int, detail: true, optional: true}}",
			want: []string{"param-added source.go"},
		},
		{
			name: "a param that is nowhere", head: withParams, before: "status: 409, message: A",
			after: "status: 409, message: A, params: {a: {type: int}}",
		},
		{
			name: "a param of a code that has no such constructor any more", head: withParams,
			before: one + "], params: {a: {type: int}}",
			after: "status: 409, variants: [{id: two, message: 'Two ${b}'}], " +
				"params: {b: {type: int}}",
			want: []string{"param-removed contract", "variant-removed contract"},
		},
		{
			name: "the order of params that no constructor takes together", head: withParams,
			before: one + ", {id: two, message: 'Two ${b}'}], params: {a: {type: int}, b: {type: int}}",
			after:  one + ", {id: two, message: 'Two ${b}'}], params: {b: {type: int}, a: {type: int}}",
		},
		{
			name: "the order of params that one constructor takes together", head: withParams,
			before: one + ", {id: two, message: '${a} ${b}'}], params: {a: {type: int}, b: {type: int}}",
			after:  one + ", {id: two, message: '${a} ${b}'}], params: {b: {type: int}, a: {type: int}}",
			want:   []string{"param-order-changed source.go"},
		},
	})
}

// An author may accept any change that is told: it hides no other.
func TestOneChangeHidesNoOther(t *testing.T) {
	const (
		ab  = "params: {a: {type: int}, b: {type: int}}, variants: [{id: one, message: 'One ${a}'}, {id: two, message: 'Two ${b}'}]"
		all = "params: {a: {type: int, detail: true}, b: {type: int}}, variants: [{id: one, message: 'One ${a}'}, {id: two, message: 'Two ${b}'}]"
	)
	judged(t, []verdict{
		{
			name: "a constructor and the status", head: withParams,
			before: "status: 409, " + ab, after: "status: 410, " + all,
			want: []string{"constructor-changed source.go", "status-default-changed wire"},
		},
		{
			name: "a constructor and the stability", head: withParams,
			before: "status: 409, " + ab, after: "status: 409, stability: beta, " + all,
			want: []string{"constructor-changed source.go", "stability-reduced contract"},
		},
		{
			name: "a constructor and a value", head: withParams,
			before: "status: 409, values: {limit: 1}, " + ab, after: "status: 409, " + all,
			want: []string{"constructor-changed source.go", "value-removed source.go"},
		},
		{
			name: "a lost param and its Go name", head: withParams,
			before: "status: 409, message: A, params: {a: {type: int, detail: true}}",
			after:  "status: 409, message: A, params: {a: {type: int, go_name: Other}}",
			want:   []string{"go-name-changed source.go", "param-removed contract"},
		},
		{
			name: "a lost param and a new one", head: withParams,
			before: "status: 409, message: A, params: {a: {type: int, detail: true}}",
			after: "status: 409, message: A, " +
				"params: {a: {type: int}, b: {type: int, detail: true}}",
			want: []string{"param-added source.go", "param-removed contract"},
		},
	})
}

// A constructor that is gone is reported, whether the code is sent or not, and whatever became of its
// message.
func TestConstructorsThatAreGone(t *testing.T) {
	const internal, two = "status: 409, visibility: internal, ",
		"variants: [{id: one, message: One}, {id: two, message: Two}]"
	judged(t, []verdict{
		{
			name: "a variant of an internal code", head: withParams, before: internal + two,
			after: internal + "variants: [{id: one, message: One}]",
			want:  []string{"variant-removed source.go"},
		},
		{
			name: "the id of a variant of an internal code", head: withParams,
			before: internal + "variants: [{id: one, message: One}]",
			after:  internal + "variants: [{id: other, message: One}]",
			want:   []string{"go-name-changed source.go"},
		},
		{
			name: "the message of an internal code", head: withParams,
			before: internal + "message: One", after: internal + two,
			want: []string{"go-name-changed source.go"},
		},
		{
			name: "a message that no variant has", head: withParams,
			before: "status: 409, message: Zero", after: "status: 409, " + two,
			want: []string{"go-name-changed source.go"},
		},
		{
			name: "the id of a variant that has the same name in Go", head: withParams,
			before: "status: 409, variants: [{id: one, message: One}]",
			after:  "status: 409, variants: [{id: other, message: One, go_name: One}]",
			want:   []string{"typescript-name-changed source"},
		},
		{
			name: "a param that is not sensitive any more", head: withParams,
			before: "status: 409, message: One, params: {a: {type: int, sensitive: true}}",
			after:  "status: 409, message: One, params: {a: {type: int, detail: true}}",
			want:   []string{"param-added source.go"},
		},
		{
			name: "the same id of an internal code", head: withParams,
			before: internal + "variants: [{id: one, message: One}]",
			after:  internal + "variants: [{id: ONE, message: One}]",
		},
		{
			name: "a variant of a code that becomes public", head: withParams,
			before: internal + two, after: "status: 409, variants: [{id: one, message: One}]",
			want: []string{"variant-removed source.go"},
		},
		{
			name: "a param of a code that becomes public", head: withParams,
			before: internal + "message: One, params: {a: {type: int, detail: true}}",
			after:  "status: 409, message: One, params: {a: {type: int, sensitive: true}}",
			want:   []string{"param-now-sensitive source.go"},
		},
		{
			name: "the words of an internal code", head: withParams,
			before: internal + "message: One", after: internal + "message: Two",
		},
		{
			name:   "a message that becomes a variant, where bodies have variants",
			head:   "envelope: {body: {code: $code, message: $message, variant: $variant}}",
			before: "status: 409, message: 'One ${a}', params: {a: {type: int}}",
			after: "status: 409, variants: [{id: one, message: 'One ${a}'}], " +
				"params: {a: {type: int}}",
			want: []string{"variant-removed contract"},
		},
	})
}

// Clients recognize an error without a code by its status, and by what each of its bodies has.
func TestWhatErrorsAreRecognizedBy(t *testing.T) {
	const (
		anonymous = "status: 409, message: 'Taken ${a}', params: {a: {type: int}, b: {type: int, detail: true}}"
		lost      = "envelope-changed wire"
	)
	some := func(body string) string {
		return "service: files\ndocs_url: https://example.com/e\nenvelope: {body: {" + body + "}}"
	}
	judged(t, []verdict{
		{
			name: "a param that each body had", head: withSpread, before: anonymous,
			after: "status: 409, message: 'Taken ${a}', params: {a: {type: int}}",
			want:  []string{lost, "param-removed contract"},
		},
		{
			name: "a param that is sensitive now", head: withSpread, before: anonymous,
			after: "status: 409, message: 'Taken ${a}', " +
				"params: {a: {type: int}, b: {type: int, sensitive: true}}",
			want: []string{lost, "param-now-sensitive contract"},
		},
		{
			name: "a param that is optional now", head: withSpread, before: anonymous,
			after: "status: 409, message: 'Taken ${a}', " +
				"params: {a: {type: int}, b: {type: int, detail: true, optional: true}}",
			want: []string{lost, "param-now-optional contract"},
		},
		{
			name: "a param that is in the message alone now", head: withSpread, before: anonymous,
			after: "status: 409, message: 'Taken ${a}', " +
				"params: {a: {type: int, detail: false}, b: {type: int, detail: true}}",
			want: []string{lost, "param-removed contract"},
		},
		{
			name: "a constant of the code", head: some("message: $message, kind: $meta.kind"),
			before: "status: 409, message: A, meta: {kind: x}", after: "status: 409, message: A",
			want: []string{lost},
		},
		{
			name: "another value of that constant", head: some("message: $message, kind: $meta.kind"),
			before: "status: 409, message: A, meta: {kind: x}",
			after:  "status: 409, message: A, meta: {kind: y}",
		},
		{
			name: "a constant of the envelope", head: some("message: $message, ok: false"),
			newHead: some("message: $message, ok: true"), before: "status: 409, message: A",
			want: []string{lost},
		},
		{
			name: "the service", head: some("message: $message, of: $service"),
			newHead: "service: other\ndocs_url: https://example.com/e\n" +
				"envelope: {body: {message: $message, of: $service}}",
			before: "status: 409, message: A", want: []string{lost},
		},
		{
			name: "the link", head: some("message: $message, more: $docs_url"),
			newHead: "service: files\nenvelope: {body: {message: $message, more: $docs_url}}",
			before:  "status: 409, message: A", want: []string{lost},
		},
		{
			name: "the code instead of an empty object", head: some("code: {}"),
			newHead: some("code: $code"), before: "status: 409, message: A", want: []string{lost},
		},
		{
			name: "the code instead of an empty list", head: some("code: []"),
			newHead: some("code: $code"), before: "status: 409, message: A", want: []string{lost},
		},
		{
			name: "a param, while bodies get a code", head: withSpread, before: anonymous,
			newHead: "envelope: {body: {message: $message, code: $code, $spread: $params}}",
			after:   "status: 409, message: 'Taken ${a}', params: {a: {type: int}}",
			want:    []string{lost, "param-removed contract"},
		},
		{
			name: "a constant, while bodies get a code", head: some("message: $message, ok: false"),
			newHead: some("message: $message, ok: true, code: $code"),
			before:  "status: 409, message: A", want: []string{lost},
		},
		{
			name: "a constant beside a code", head: some("code: $code, ok: false"),
			newHead: some("code: $code, ok: true"), before: "status: 409, message: A",
		},
	})
}

// Some errors without a code have one status: clients recognize them by their messages.
func TestWhatErrorsWithMessagesAreRecognizedBy(t *testing.T) {
	const rest = "}\n      - {code: B, resolution: Act., status: 409, anonymous: true, "
	two := func(b string) string { return "anonymous: true, status: 409, message: Two" + rest + b }
	apart := func(status int, a, b string) string {
		return fmt.Sprintf("anonymous: true, status: %d, message: null, %s", status, a+rest) +
			"message: null, " + b
	}
	const (
		kind   = "envelope: {body: {kind: $meta.kind}}"
		choice = "envelope: {body: {a: {$or: [$param.one, $param.many]}}}"
	)
	judged(t, []verdict{
		{
			name: "another error leaves the status", head: kind,
			before: apart(409, "meta: {kind: x}", "meta: {kind: y}"),
			after:  apart(410, "meta: {kind: x}", "meta: {kind: y}"),
			want:   []string{"status-default-changed wire"},
		},
		{
			name: "another error joins the status", head: kind,
			before: apart(410, "meta: {kind: x}", "meta: {kind: y}"),
			after:  apart(409, "meta: {kind: x}", "meta: {kind: y}"),
			want:   []string{"status-default-changed wire"},
		},
		{
			name: "an error with another type of JSON leaves the status", head: choice,
			before: apart(409, "params: {one: {type: int}}", "params: {many: {type: list, items: int}}"),
			after:  apart(410, "params: {one: {type: int}}", "params: {many: {type: list, items: int}}"),
			want:   []string{"status-default-changed wire"},
		},
		{
			name: "the type of JSON by which clients recognize an error", head: choice,
			before: apart(409, "params: {one: {type: int}}", "params: {many: {type: list, items: int}}"),
			after:  apart(409, "params: {one: {type: string}}", "params: {many: {type: list, items: int}}"),
			want: []string{
				"envelope-changed wire", "param-type-changed contract",
			},
		},
		{
			name: "the variants become one message", head: withSpread,
			before: two("variants: [{id: one, message: One}]"), after: two("message: Zero"),
			want: []string{"variant-removed wire"},
		},
		{
			name: "one message becomes variants", head: withSpread,
			before: two("message: Zero"), after: two("variants: [{id: one, message: One}]"),
			want: []string{"go-name-changed source.go", "message-changed wire"},
		},
	})
}

// A message from which alone a param is read has a param that is apart in it.
func TestParamsInMessagesAlone(t *testing.T) {
	const params = ", params: {a: {type: int, detail: false}, b: {type: int}}"
	of := func(word string) *catalog.Catalog {
		message := "status: 409, message: '" + word + " ${a} ${b}'"
		return resolve(t, fmt.Sprintf(together, withParams, message+params))
	}
	before, after := of("One"), of("Two")
	changes := breaking.Compare(before, after)
	if len(changes) != 1 || changes[0].Severity != diag.Warning {
		t.Errorf("another message is told by %v, want a warning", changes)
	}
}

// The id of a request is where clients look for it.
func TestWhereTheRequestIDIs(t *testing.T) {
	head := func(headers string) string {
		return "envelope: {body: {code: $code}, headers: {" + headers + "}}"
	}
	const a = "status: 409, message: A"
	judged(t, []verdict{
		{
			name: "in another header", head: head(""), newHead: head("X-Trace: $request_id"),
			before: a, want: []string{"envelope-changed contract"},
		},
		{
			name: "in the usual header", head: head(""), newHead: head("X-Request-Id: $request_id"),
			before: a,
		},
		{
			name: "in two headers", head: head("X-Trace: $request_id"), before: a,
			newHead: head("X-Trace: $request_id, X-Other: $request_id"),
		},
		{
			name: "in the usual header again", head: head("X-Trace: $request_id"), newHead: head(""),
			before: a, want: []string{"envelope-changed wire"},
		},
	})
}
