package apierr

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// kinds are errors that all differ from each other. Each call of its function makes a new one.
func kinds() []func() error {
	body := func(status int, text string) func() error {
		return func() error { return Parse(status, http.Header{"X-A": {"1"}}, []byte(text)) }
	}
	withParam := func(value any) func() error {
		return func() error {
			e := NewTooLarge()
			e.params = append(e.params, param{"limit", value})
			return e
		}
	}
	all := []func() error{
		func() error { return NewUnauthorized(WithStatus(403)) },
		func() error { return NewNotFoundAgent("other") },
		func() error { return NewNotFoundRoom("A91", 8) },
		func() error { return NewRateLimited("free", 7*time.Second) },
		func() error { return &NotFoundError{} }, // has the title for its message
		func() error { return &RateLimitedError{Details: Details{Message: "m"}} },
		func() error { return &Error{} },
		func() error { return &Error{Code: "NEW", Status: 400, Message: "m"} },
		body(502, "<html>"), body(503, "<html>"), body(400, `{"error":{"code":"NEWER","message":"m"}}`),
		body(404, `{"error":{"code":"NOT_FOUND","message":"reworded"}}`),
		withParam(int64(1)), withParam(int64(2)), withParam("1"),
	}
	for i := range expected {
		all = append(all, func() error { return expected[i].make() })
	}
	return all
}

// Equal is reflexive and symmetric, and tells errors apart by what they say. errors.Is and go-cmp
// follow it.
func TestEqual(t *testing.T) {
	type equaler interface{ Equal(error) bool }
	all := kinds()
	for i, make1 := range all {
		for k, make2 := range all {
			a, b := make1(), make2()
			want := i == k
			if a.(equaler).Equal(b) != want || b.(equaler).Equal(a) != want {
				t.Errorf("%T %v, %T %v: Equal is %v, and %v the other way; want %v",
					a, a, b, b, a.(equaler).Equal(b), b.(equaler).Equal(a), want)
			}
			if got := errors.Is(fmt.Errorf("doing: %w", a), b); got != want {
				t.Errorf("errors.Is(%T %v, %T %v) = %v; want %v", a, a, b, b, got, want)
			}
			if diff := cmp.Diff(a, b); (diff == "") != want {
				t.Errorf("%T %v, %T %v: cmp.Diff is %q", a, a, b, b, diff)
			}
		}
		a := make1().(equaler)
		core, ok := From(make1())
		if !ok || !a.Equal(core) || !core.Equal(make1()) {
			t.Errorf("%T %v is not equal to its *Error", a, a)
		}
		for _, other := range []error{nil, io.EOF, CodeNotFound, (*NotFoundError)(nil), (*Error)(nil),
			(*Unrecognized)(nil), fmt.Errorf("w: %w", make1()), cyclic{}, bomb{}} {
			if a.Equal(other) {
				t.Errorf("%T %v is equal to %T", a, a, other)
			}
		}
	}
}

// The ids, causes and headers of an error do not count, nor whether it was made here or decoded.
func TestEqualCountsWhatIsSaid(t *testing.T) {
	made := NewNotFoundRoom("A91", 7, WithCause(io.EOF),
		WithRequestID("r1"), WithInstance("/1"), WithRetryAfter(time.Hour))
	decoded := Decode(_answer(NewNotFoundRoom("A91", 7, WithRequestID("r2"))).Result())
	for _, pair := range [][2]error{
		{made, NewNotFoundRoom("A91", 7)}, {made, decoded}, {decoded, NewNotFoundRoom("A91", 7)},
	} {
		if !errors.Is(pair[0], pair[1]) ||
			!errors.Is(pair[1], pair[0]) ||
			cmp.Diff(pair[0], pair[1]) != "" {
			t.Errorf("%v is not equal to %v", pair[0], pair[1])
		}
	}
	if errors.Is(decoded, NewNotFoundRoom("A91", 8)) || errors.Is(decoded, NewNotFoundAgent("A91")) {
		t.Errorf("%v matches an error with other params", decoded)
	}
	changed := NewNotFoundRoom("A91", 7)
	changed.Status = 410
	if changed.Equal(made) || made.Equal(changed) {
		t.Error("errors with different statuses are equal")
	}
	// Structs that hold errors can be compared.
	type result struct {
		Err   error
		Typed *NotFoundError
		Core  *Error
		Lost  *Unrecognized
	}
	lost := func() *Unrecognized {
		u, _ := any(Parse(502, nil, []byte("<html>"))).(*Unrecognized)
		return u
	}
	a := result{made, made, must(From(made)), lost()}
	b := result{NewNotFoundRoom("A91", 7), NewNotFoundRoom("A91", 7), must(From(decoded)), lost()}
	if diff := cmp.Diff(a, b); diff != "" {
		t.Errorf("equal results differ: %s", diff)
	}
	if diff := cmp.Diff(fmt.Errorf("w: %w", made), decoded, cmpopts.EquateErrors()); diff != "" {
		t.Errorf("a wrapped error differs: %s", diff)
	}
	if diff := cmp.Diff(fmt.Errorf("w: %w", made), error(NewNotFoundRoom("A91", 8)),
		cmpopts.EquateErrors()); diff == "" {
		t.Error("a wrapped error is equal to another")
	}
	if diff := cmp.Diff(result{}, result{}); diff != "" {
		t.Errorf("empty results differ: %s", diff)
	}
	for name, other := range map[string]result{"nothing": {},
		"typed nils": {Err: (*NotFoundError)(nil)}, "another": {
			Err:   NewTooLarge(),
			Typed: NewNotFoundAgent("A91"),
		}} {
		if cmp.Diff(a, other) == "" || cmp.Diff(other, a) == "" {
			t.Errorf("%s: different results are equal", name)
		}
	}
}

// A nil pointer is equal to nil and to nil pointers of this package, and matches nothing else.
func TestNilIsEqualToNil(t *testing.T) {
	nils := []error{
		nil, (*Error)(nil), (*NotFoundError)(nil), (*TooLargeError)(nil), (*Unrecognized)(nil),
	}
	for _, a := range nils[1:] {
		for _, b := range nils {
			if !a.(interface{ Equal(error) bool }).Equal(b) {
				t.Errorf("(%T)(nil) is not equal to (%T)(nil)", a, b)
			}
		}
		for _, b := range []error{
			NewTooLarge(), &NotFoundError{}, io.EOF, (*nilBomb)(nil), CodeNotFound, Code(""),
		} {
			if a.(interface{ Equal(error) bool }).Equal(b) || errors.Is(b, a) {
				t.Errorf("(%T)(nil) is equal to %T", a, b)
			}
		}
		if diff := cmp.Diff(a, a); diff != "" {
			t.Errorf("(%T)(nil) differs from itself: %s", a, diff)
		}
	}
}

// Options may come in any order, twice, and as nil. Of two that set the same, the last one counts.
func TestOptions(t *testing.T) {
	options := []Option{
		WithStatus(403), WithRequestID("r1"), WithInstance("/1"), WithRetryAfter(time.Second),
		WithCause(io.EOF), nil,
	}
	for range len(options) {
		options = append(options[1:], options[0])
		for _, opts := range [][]Option{options, slices.Concat(options, options), slices.Concat([]Option{
			WithStatus(401), WithRequestID("r0"), WithRetryAfter(time.Hour), WithCause(io.ErrNoProgress),
		}, options)} {
			e := NewUnauthorized(opts...)
			if e.Status != 403 || e.RequestID != "r1" || e.Instance != "/1" || e.RetryAfter != time.Second ||
				!errors.Is(e, io.EOF) || errors.Is(e, io.ErrNoProgress) {
				t.Errorf("the error is %+v", e.Details)
			}
		}
	}
	e := NewUnauthorized(WithCause(io.EOF), WithCause(nil))
	if errors.Unwrap(errors.Unwrap(e)) != nil {
		t.Error("WithCause(nil) leaves a cause")
	}
	if e := NewRateLimited("free", time.Second, nil); e.RetryAfter != time.Second {
		t.Errorf("a nil option changes RetryAfter to %v", e.RetryAfter)
	}
}

// sentText returns what a response with err shows: its status, headers and body.
func sentText(err error) string {
	w := _answer(err)
	return fmt.Sprint(w.Code, w.Header(), w.Body)
}

// Params are what the message was made of. Changing them later changes nothing that is sent, but a
// changed field is sent.
func TestWhatIsSentAfterAChange(t *testing.T) {
	for i := range expected {
		err := expected[i].make()
		before := sentText(err)
		params := reflect.ValueOf(err).Elem().FieldByName("Params")
		if !params.IsValid() {
			continue
		}
		params.SetZero()
		if after := sentText(err); after != before {
			t.Errorf("%s: with other Params it sends %s; want %s", expected[i].code, after, before)
		}
	}
	for i := range expected {
		x := &expected[i]
		err := x.make()
		e := must(From(err))
		e.Message, e.RequestID, e.Instance = "changed <message>", "changed-id", "/changed"
		e.RetryAfter = 1500 * time.Millisecond
		w := _answer(err)
		if x.internal {
			if !strings.Contains(w.Body.String(), `"code":"INTERNAL"`) ||
				strings.Contains(w.Body.String(), "changed") {
				t.Errorf("%s is sent as %s", x.code, w.Body)
			}
			continue
		}
		for _, want := range []string{
			"changed \\u003cmessage\\u003e", `"id":"req-changed-id"`, `"instance":"/changed"`,
			`"retry_after":1.5`,
		} {
			if !strings.Contains(w.Body.String(), want) {
				t.Errorf("%s: the changed %s is not in %s", x.code, want, w.Body)
			}
		}
		if w.Header().Get("Retry-After") != "2" {
			t.Errorf("%s: the headers are %v", x.code, w.Header())
		}
		for _, want := range []string{"changed <message>", "changed-id"} {
			if text := e.Error() + fmt.Sprint(e.LogValue()); !strings.Contains(text, want) {
				t.Errorf("%s: %q is not in %s", x.code, want, text)
			}
		}
	}
}

// A constructor keeps nothing of the caller's that the response is made of.
func TestTheCallersParamsAreNotKept(t *testing.T) {
	params := EveryTypeParams{Text: "a", Count: 1}
	e := NewEveryType(params)
	before := sentText(e)
	params.Text = "b"
	if e.Params.Text != "a" || sentText(e) != before {
		t.Error("the caller's params are the error's")
	}
	kept := *NewNotFoundAgent("A91")
	other := kept
	other.Message, other.Params.AgentCode = "other", "B"
	if kept.Message != "Agent not found for code: A91" ||
		kept.Params.AgentCode != "A91" ||
		!strings.Contains(sentText(&other), `"message":"other"`) {
		t.Errorf("a copy changes what it was copied from: %+v", kept)
	}
	if c := must(From(&other)); c.Code != CodeNotFound || !errors.Is(&other, VariantNotFoundAgent) {
		t.Errorf("the copy is %v", c)
	}
}

// Write sends a status that the code has, and reports any other. json.Marshal and logs show the
// field.
func TestAStatusThatTheCodeDoesNotHave(t *testing.T) {
	made(t, func(t *testing.T, err error, e *Error, x *expectation) {
		for _, status := range []int{-1, 0, 1, 99, 100, 200, 302, 499, 599, 600, 1 << 40} {
			e.Status = status
			var heard error
			d := Responder{
				Logger:  slog.New(slog.DiscardHandler),
				OnError: func(_ *http.Request, err error) { heard = err },
			}
			w := respond(t, &d, http.MethodGet, err)
			b, _ := readBody(w.Body.Bytes())
			want, reason := x.statuses[0], error(wrongStatus)
			if x.internal {
				want, reason = 500, isInternal
			}
			if w.Code != want || b.status != want || b.differ || !errors.Is(heard, reason) ||
				!errors.Is(heard, err) {
				t.Errorf("the status %d is sent as %d %s, and OnError heard %v", status, w.Code, w.Body, heard)
			}
			if e.Status != status {
				t.Errorf("Write changes the error's status to %d", e.Status)
			}
			body := must2(json.Marshal(err))
			if b, _ := readBody(body); b.status != status || b.differ {
				t.Errorf("with the status %d json.Marshal gives %s", status, body)
			}
			if text := fmt.Sprint(e.LogValue()); !strings.Contains(text, fmt.Sprintf("status=%d", status)) {
				t.Errorf("with the status %d the log has %s", status, text)
			}
		}
	})
}

// A literal is an error of its code: with the fields that are set, and else what a bare code has.
func TestLiterals(t *testing.T) {
	for name, c := range map[string]struct {
		err                   error
		status                int
		message, id, instance string
		variant               Variant
		why                   error
	}{
		"empty": {&TooLargeError{}, 413, "The body is too large", "", "", "", nil},
		"a request id": {
			&TooLargeError{Details: Details{RequestID: "r"}}, 413, "The body is too large", "r", "", "", nil,
		},
		"an instance": {
			&TooLargeError{Details: Details{Instance: "/1"}}, 413, "The body is too large", "", "/1", "",
			nil,
		},
		"a status": {
			&UnauthorizedError{Details{Status: 403}}, 403, "No valid key", "", "", "", nil,
		},
		"a wrong status": {
			&UnauthorizedError{Details{Status: 503}}, 401, "No valid key", "", "", "", wrongStatus,
		},
		"a message":    {&NotFoundError{Details: Details{Message: "m"}}, 404, "m", "", "", "", nil},
		"needs params": {&NotFoundError{}, 404, "Not found", "", "", "", needsParams},
		"a variant": {
			&NotFoundError{Details: Details{Variant: VariantNotFoundRoom}}, 404, "Not found", "", "",
			VariantNotFoundRoom, needsParams,
		},
		"only its params": {
			&RateLimitedError{Params: RateLimitedParams{Tier: "free"}}, 429, "Rate limited", "", "", "",
			needsParams,
		},
		"another's code": {
			&TooLargeError{Details{Code: CodeType}}, 413, "The body is too large", "", "", "", nil,
		},
	} {
		e, ok := From(c.err)
		if !ok || e.Message != c.message || e.RequestID != c.id || e.Instance != c.instance ||
			e.Variant != c.variant || e.Remote() {
			t.Errorf("%s: it is %+v", name, e)
		}
		var heard error
		d := Responder{
			Logger: slog.New(slog.DiscardHandler), OnError: func(_ *http.Request, err error) { heard = err },
		}
		w := respond(t, &d, http.MethodGet, c.err)
		b, _ := readBody(w.Body.Bytes())
		if message, _ := b.text(roleMessage); w.Code != c.status ||
			b.status != c.status ||
			message != c.message {
			t.Errorf("%s: sent %d %s", name, w.Code, w.Body)
		}
		if (heard == nil) != (c.why == nil) || c.why != nil && !errors.Is(heard, c.why) {
			t.Errorf("%s: OnError heard %v; want %v", name, heard, c.why)
		}
	}
	if body, err := json.Marshal(new(Error)); err != nil || !json.Valid(body) {
		t.Errorf("an empty Error is %s, %v", body, err)
	}
	w := _answer(&Error{Code: CodeTooLarge, Status: 413, Message: "m"})
	if w.Code != 500 || strings.Contains(w.Body.String(), "TOO_LARGE") {
		t.Errorf("an Error that nobody made is answered with %d %s; want the fallback", w.Code, w.Body)
	}
}

// Nothing of an internal code is sent, whatever is done with the error.
func TestInternalCodesAreNotSent(t *testing.T) {
	internal := NewDatabase("the secret", WithCause(io.EOF),
		WithRequestID("r1"), WithRetryAfter(time.Hour), WithStatus(404))
	remote := Parse(500, nil,
		[]byte(`{"error":{"code":"DATABASE","message":"The query the secret failed"}}`))
	if ErrorCode(remote) != CodeDatabase || internal.Params.Query != "the secret" {
		t.Errorf("the errors are %v and %v", internal, remote)
	}
	for name, err := range map[string]error{
		"made":                     internal,
		"wrapped":                  fmt.Errorf("w: %w", internal),
		"its *Error":               errors.Unwrap(internal),
		"a literal":                &DatabaseError{Params: DatabaseParams{"the secret"}},
		"a literal with a message": &DatabaseError{Details: Details{Message: "the secret"}},
		"bare":                     CodeDatabase,
		"relayed":                  Relay(remote),
		"from another server":      remote, "a relayed one of ours": Relay(internal),
	} {
		var heard error
		d := Responder{
			Logger:   slog.New(slog.DiscardHandler),
			OnError:  func(_ *http.Request, err error) { heard = err },
			Fallback: CodeDatabase,
		}
		w := respond(t, &d, http.MethodGet, err)
		if w.Code != 500 ||
			!strings.Contains(w.Body.String(), `"code":"INTERNAL"`) ||
			w.Header().Get("X-Query") != "" ||
			w.Header().Get("Retry-After") != "" {
			t.Errorf("%s: sent %d %v %s", name, w.Code, w.Header(), w.Body)
		}
		all := fmt.Sprint(w.Header(), w.Body, string(must2(json.Marshal(must(From(err))))))
		if strings.Contains(all, "secret") || strings.Contains(all, "DATABASE") {
			t.Errorf("%s: the internal error is in %s", name, all)
		}
		if !errors.Is(heard, err) || !errors.Is(heard, isInternal) && !errors.Is(heard, notRelayed) ||
			!errors.Is(heard, wrongFallback) {
			t.Errorf("%s: OnError heard %v", name, heard)
		}
	}
	for i := range All() {
		if i.Internal() {
			t.Errorf("All yields %s", i.Code())
		}
	}
	for i := range ByStatus(500) {
		if i.Internal() {
			t.Errorf("ByStatus yields %s", i.Code())
		}
	}
	if i, ok := Lookup("DATABASE"); !ok || !i.Internal() || CodeInternal.Info().Internal() {
		t.Error("Info.Internal is wrong")
	}
}

// Unrecognized keeps what is known of a response.
func TestUnrecognized(t *testing.T) {
	h := http.Header{"X-Request-Id": {"r1"}, "Retry-After": {"7"}, "X-A": {"1"}}
	err := Parse(502, h, []byte("<html>Bad gateway</html>"))
	u, ok := any(err).(*Unrecognized)
	if !ok || u.Code != "" || u.Status != 502 || u.Message != "Bad Gateway" || u.RequestID != "r1" ||
		u.RetryAfter != 7*time.Second ||
		u.Header.Get("X-A") != "1" ||
		string(u.Body) != "<html>Bad gateway</html>" ||
		u.Reason != "the body is not JSON" {
		t.Fatalf("decoded as %#v", err)
	}
	if !must(From(err)).Remote() ||
		!bytes.Contains(must2(json.Marshal(u)), []byte(`"message":"Bad Gateway"`)) {
		t.Errorf("%v is not a remote error with its message", u)
	}
	for _, want := range []string{"HTTP 502", "not JSON", "Bad gateway"} {
		if text := u.Error() + fmt.Sprint(u.LogValue()); !strings.Contains(text, want) {
			t.Errorf("%q is not in %s", want, text)
		}
	}
	newer, ok := any(Parse(409, nil,
		[]byte(`{"error":{"code":"NEWER","message":"A newer error","instance":"/1"}}`))).(*Unrecognized)
	if !ok || newer.Code != "NEWER" || newer.Message != "A newer error" || newer.Instance != "/1" ||
		!errors.Is(newer, Code("NEWER")) || newer.Code.Info().Title() != "" {
		t.Errorf("a newer server's error is %#v", newer)
	}
	empty := new(Unrecognized)
	_, _, _ = empty.Error(), empty.LogValue(), empty.Unwrap()
	if !json.Valid(must2(json.Marshal(empty))) {
		t.Error("an empty Unrecognized has no body")
	}
}
