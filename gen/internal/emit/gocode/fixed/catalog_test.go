package fixed

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// What is tested here stands with an underscore in its name, so that no name that is made of a catalog can meet it: the constant
// of a code TEST and its value "write" is TestWrite.

// An expectation is an error that the catalog describes: how it is made, and what it is then.
type expectation struct {
	code     string
	variant  string // its id; "" if the code has no variants
	statuses []int
	body     string   // with the first status; "" if it is never sent, or depends on the clock
	headers  []string // "Name: value"
	retry    string   // a RetryPolicy, printed; "" for none
	readable bool     // its params can be read back from its message
	facts    uint32   // a checksum of what Info tells
	make     func(...Option) error
}

// A catalogExpectation is what the catalog says of no code in particular.
type catalogExpectation struct {
	hash, mediaType             string
	fallback, tooLarge, timeout string // codes; "" for none
	retryDefault                string // a RetryPolicy, printed; "" for none
	retired                     []string
}

// made calls f for every error that the catalog describes: each code, each of its messages, each of its statuses.
func made(t *testing.T, f func(t *testing.T, err error, e *Error, x *expectation), opts ...Option) {
	t.Helper()
	for i := range expected {
		x := &expected[i]
		for _, status := range x.statuses {
			t.Run(fmt.Sprintf("%s/%s/%d", x.code, x.variant, status), func(t *testing.T) {
				err := x.make(append(opts[:len(opts):len(opts)], WithStatus(status))...)
				e, ok := From(err)
				if !ok {
					t.Fatalf("From does not know %T", err)
				}
				f(t, err, e, x)
			})
		}
	}
}

// The package's constants, tables and constructors are what the catalog says.
func Test_expected(t *testing.T) {
	made(t, func(t *testing.T, err error, e *Error, x *expectation) {
		if e.Code() != Code(x.code) || e.Info() == nil || e.Info().Code() != Code(x.code) {
			t.Fatalf("the code is %q; want %q", e.Code(), x.code)
		}
		if want := x.variantSentinel(); e.Variant() != want {
			t.Errorf("the variant is %q; want %q", e.Variant(), want)
		}
		if !slices.Equal(e.Info().Statuses(), x.statuses) || e.Info().Status() != x.statuses[0] {
			t.Errorf("the statuses are %v; want %v", e.Info().Statuses(), x.statuses)
		}
		if got := printed(e.Info().Retry()); got != x.retry {
			t.Errorf("the retry policy is %s; want %s", got, x.retry)
		}
		if got := crc32.ChecksumIEEE([]byte(facts(e.Info()))); got != x.facts {
			t.Errorf("what Info tells is not what the catalog says: %#x; want %#x:\n%q", got, x.facts, facts(e.Info()))
		}
		for _, line := range x.headers {
			if e.info.internal {
				break // they are never sent
			}
			if name, want, _ := strings.Cut(line, ": "); e.Header().Get(name) != want {
				t.Errorf("the header %s is %q; want %q", name, e.Header().Get(name), want)
			}
		}
		if x.body != "" && e.Status() == x.statuses[0] {
			if got, jsonErr := json.Marshal(err); jsonErr != nil || !bytes.Equal(got, escaped(x.body)) {
				t.Errorf("the body is\n%s, %v; want\n%s", got, jsonErr, escaped(x.body))
			}
		}
	})
	for _, c := range expectedConstants {
		if got := fmt.Sprint(c.got); got != c.want {
			t.Errorf("a constant is %q; want %q", got, c.want)
		}
	}
	got := catalogExpectation{hash: CatalogHash, mediaType: mediaType, retryDefault: printed(policyNumber(defaultPolicy))}
	if i := bareOf(http.StatusInternalServerError); i != nil {
		got.fallback = string(i.code)
	}
	if e := standIn(new(http.MaxBytesError)); e != nil {
		got.tooLarge = string(e.Code())
	}
	if e := standIn(context.DeadlineExceeded); e != nil {
		got.timeout = string(e.Code())
	}
	for _, r := range tombstones {
		got.retired = append(got.retired, fmt.Sprint(r.Code, " ", r.Status, " ", r.Since, " ", r.Use, " ", r.Note))
	}
	if !reflect.DeepEqual(got, expectedCatalog) {
		t.Errorf("the catalog is\n%+v; want\n%+v", got, expectedCatalog)
	}
}

func (x *expectation) variantSentinel() Variant {
	if x.variant == "" {
		return ""
	}
	return Variant(x.code + "/" + x.variant)
}

func printed(p RetryPolicy, ok bool) string {
	if !ok {
		return ""
	}
	return fmt.Sprint(p)
}

// escaped returns JSON as encoding/json writes it.
func escaped(body string) []byte {
	var b bytes.Buffer
	json.HTMLEscape(&b, []byte(body))
	return b.Bytes()
}

// facts returns all that Info tells of a code.
func facts(i *Info) string {
	id, title := i.Group()
	facts := []string{i.Title(), i.Description(), i.Resolution(), i.DocsURL(), id, title, i.Since(), i.Stability(), strconv.FormatBool(i.Internal())}
	if d, ok := i.Deprecated(); ok {
		facts = append(facts, d.Since, string(d.Use), d.Note)
	}
	for variant, template := range i.Messages() {
		_, id, _ := strings.Cut(strings.TrimPrefix(string(variant), string(i.Code())), "/")
		facts = append(facts, id, template, i.VariantResolution(variant))
	}
	for _, p := range i.Params() {
		facts = append(facts, p.Name, p.Type, p.Description, p.Example, fmt.Sprint(p.Optional, p.Detail, p.Sensitive))
		facts = append(facts, p.Enum...)
	}
	for _, c := range i.See() {
		facts = append(facts, string(c))
	}
	facts = append(facts, i.Tags()...)
	for _, m := range i.meta {
		facts = append(facts, m.key, i.Meta(m.key))
	}
	return strings.Join(facts, "\x00")
}

func Test_everyCodeIsFound(t *testing.T) {
	var listed, want []string
	for i := range expected {
		x := &expected[i]
		info, ok := Lookup(x.code)
		if !ok || string(info.Code()) != x.code {
			t.Errorf("Lookup does not find %q", x.code)
			continue
		}
		if !info.Internal() && !slices.Contains(want, x.code) {
			want = append(want, x.code)
		}
	}
	for info := range All() {
		listed = append(listed, string(info.Code()))
		id, _ := info.Group()
		if !contains(ByGroup(id), info) || !contains(ByStatus(info.Status()), info) {
			t.Errorf("%s is not among the codes of its group %s and its status %d", info.Code(), id, info.Status())
		}
	}
	if !slices.Equal(listed, want) {
		t.Errorf("All yields %q; want %q", listed, want)
	}
	if _, ok := Lookup("no such code"); ok {
		t.Error("Lookup finds a code that is not in the catalog")
	}
}

func contains(seq func(func(*Info) bool), want *Info) bool {
	for info := range seq {
		if info == want {
			return true
		}
	}
	return false
}

// One status goes into the response and into every field of its body, and a cause goes into neither.
func Test_write(t *testing.T) {
	const canary = "cause-that-must-not-be-sent"
	cause := errors.New(canary)
	made(t, func(t *testing.T, err error, e *Error, _ *expectation) {
		w := httptest.NewRecorder()
		_quiet().Write(w, httptest.NewRequest(http.MethodGet, "/", nil), fmt.Errorf("handling: %w", err))
		want := e
		if e.info.internal {
			want = fallback()
		}
		if w.Code != want.Status() {
			t.Errorf("the response has status %d; want %d", w.Code, want.Status())
		}
		b, ok := readBody(w.Body.Bytes())
		if !ok || !json.Valid(w.Body.Bytes()) {
			t.Fatalf("the body is not JSON: %s", w.Body)
		}
		if b.status != 0 && b.status != w.Code || b.differ {
			t.Errorf("the body has another status than the response, %d: %s", w.Code, w.Body)
		}
		if all := fmt.Sprint(w.Header(), w.Body, err); strings.Contains(all, canary) {
			t.Errorf("the cause was sent: %s", all)
		}
		if code, _ := b.text(roleCode); code != string(want.Code()) {
			t.Errorf("the body has the code %q; want %q", code, want.Code())
		}
		if h := w.Header(); h.Get("Content-Type") != mediaType || h.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("the headers are %v", h)
		}
		if !errors.Is(err, cause) || !strings.Contains(logged(err), canary) {
			t.Error("the cause is lost to errors.Is or to the log")
		}
	}, WithCause(cause))
}

// Whoever writes an error without [Write] has one status, too: that of Status, of the body and of the headers are those of what may be sent.
func Test_ownWriter(t *testing.T) {
	made(t, func(t *testing.T, err error, e *Error, x *expectation) {
		received := Parse(e.Status(), nil, []byte(x.sent()))
		relayed, _ := From(received)
		for _, e := range []*Error{e, relayed} {
			body, jsonErr := json.Marshal(e)
			b, whole := readBody(body)
			if jsonErr != nil || !whole || b.status != 0 && b.status != e.Status() || b.differ {
				t.Errorf("the status is %d, the body %s, %v", e.Status(), body, jsonErr)
			}
			if code, _ := b.text(roleCode); e.info != nil && e.info.internal && code == x.code {
				t.Errorf("the internal code is in the body %s", body)
			}
		}
		if e.info.internal && !reflect.DeepEqual(e.Header(), fallback().Header()) {
			t.Errorf("an internal error has the headers %v", e.Header())
		}
	})
}

// sent returns a body with the code, as a server would send it that does not know that the code is internal.
func (x *expectation) sent() string {
	info, _ := Lookup(x.code)
	return string(appendBody(nil, &Error{info: info, variant: -1, status: info.Status(), message: info.title}))
}

// _quiet returns a Responder that does not log to the test's output.
func _quiet() *Responder { return &Responder{Logger: slog.New(slog.DiscardHandler)} }

func logged(err error) string {
	var b bytes.Buffer
	slog.New(slog.NewJSONHandler(&b, nil)).Error("failed", "error", err)
	return b.String()
}

// What a server writes, a client decodes to the same error.
func Test_roundTrip(t *testing.T) {
	made(t, func(t *testing.T, err error, e *Error, x *expectation) {
		if e.info.internal {
			return // it is never sent
		}
		w := httptest.NewRecorder()
		_quiet().Write(w, httptest.NewRequest(http.MethodGet, "/", nil), err)
		resp := w.Result()
		defer func() { _ = resp.Body.Close() }()
		back := Decode(resp)
		got, ok := From(back)
		if !ok || !got.Remote() {
			t.Fatalf("Decode gives %v; want an error of this package", back)
		}
		if got.Code() != e.Code() || got.Status() != e.Status() || got.Message() != e.Message() {
			t.Errorf("decoded as %v; want %v", got, e)
		}
		if gotType, want := reflect.TypeOf(back), reflect.TypeOf(err); gotType != want {
			t.Errorf("decoded as a %s; want a %s", gotType, want)
		}
		if v := got.Variant(); v != e.Variant() && (v != "" || x.readable) {
			t.Errorf("decoded as variant %q; want %q", v, e.Variant())
		}
		if got.HasParams() {
			if params, want := inMessage(back, x), inMessage(err, x); params != want {
				t.Errorf("the params are read back as %s; want %s", params, want)
			}
		}
		want, _ := e.RetryAfter()
		if d, _ := got.RetryAfter(); wholeSeconds(d) != wholeSeconds(want) {
			t.Errorf("Retry-After was decoded as %v; want %v", d, want)
		}
		if b, ok := resp.Body.Read(make([]byte, 1)); b != 1 || ok != nil {
			t.Errorf("the body can not be read after Decode: %v", ok)
		}
	})
}

// An error that came from another server is sent on if it was passed to Relay, and not by accident.
func Test_relay(t *testing.T) {
	made(t, func(t *testing.T, err error, e *Error, _ *expectation) {
		if e.info.internal || e.info.code == fallback().Code() {
			return
		}
		upstream := Parse(e.Status(), nil, e.AppendJSON(nil))
		for want, err := range map[Code]error{fallback().Code(): upstream, e.Code(): Relay(upstream)} {
			w := httptest.NewRecorder()
			_quiet().Write(w, httptest.NewRequest(http.MethodGet, "/", nil), err)
			if sent, _ := From(Parse(w.Code, nil, w.Body.Bytes())); sent.Code() != want {
				t.Errorf("%v is answered with %s; want %s", err, w.Body, want)
			}
		}
	})
}

// The header has whole seconds, no fewer than the server asks for.
func Test_retryAfter(t *testing.T) {
	made(t, func(t *testing.T, _ error, e *Error, _ *expectation) {
		if e.info.internal {
			return // it is never sent
		}
		if got := e.Header().Get("Retry-After"); got != "2" {
			t.Errorf("WithRetryAfter(1.5s) sends Retry-After: %s; want 2", got)
		}
	}, WithRetryAfter(1500*time.Millisecond))
}

// inMessage returns those of an error's params that its message holds, printed.
func inMessage(err error, x *expectation) string {
	info, _ := Lookup(x.code)
	params := reflect.ValueOf(err).Elem().FieldByName("Params")
	var text []string
	for k := range info.messages {
		if info.messages[k].variant != x.variantSentinel() {
			continue
		}
		for _, s := range info.messages[k].template {
			if s.param > 0 {
				text = append(text, fmt.Sprint(params.Field(s.param-1).Interface()))
			}
		}
	}
	return strings.Join(text, ", ")
}

func Test_matching(t *testing.T) {
	made(t, func(t *testing.T, err error, e *Error, x *expectation) {
		wrapped := errors.Join(errors.New("other"), fmt.Errorf("doing: %w", err))
		for k := 0; k < len(expected); k += 1 + len(expected)/200 { // of a large catalog some codes, and always its own
			other := &expected[k]
			if got, want := errors.Is(wrapped, Code(other.code)), other.code == x.code; got != want {
				t.Errorf("errors.Is(err, %q) = %v; want %v", other.code, got, want)
			}
			v := other.variantSentinel()
			if got, want := v != "" && errors.Is(wrapped, v), v != "" && v == x.variantSentinel(); got != want {
				t.Errorf("errors.Is(err, %q) = %v; want %v", v, got, want)
			}
		}
		if !Is(wrapped, Code(x.code)) || !errors.Is(wrapped, Code(x.code)) {
			t.Errorf("Is or errors.Is does not know the error's own code, %q", x.code)
		}
		typed := reflect.New(reflect.TypeOf(err))
		if !errors.As(wrapped, typed.Interface()) || typed.Elem().Interface() != any(err) {
			t.Errorf("errors.As does not find the %T", err)
		}
		var core *Error
		if !errors.As(wrapped, &core) || core != e {
			t.Error("errors.As does not find the *Error")
		}
	})
}

// A literal works as an error of its code, and nil does not panic.
func Test_literalsAndNil(t *testing.T) {
	for i := range expected {
		x := &expected[i]
		typ := reflect.TypeOf(x.make())
		err, _ := reflect.New(typ.Elem()).Interface().(error)
		e, ok := From(err)
		if !ok || string(e.Code()) != x.code || e.status != x.statuses[0] || err.Error() == "" {
			t.Errorf("an empty %s is %v; want the default of %s", typ.Elem(), err, x.code)
		}
		if body, jsonErr := json.Marshal(err); jsonErr != nil || !json.Valid(body) {
			t.Errorf("json.Marshal of an empty %s: %s, %v", typ.Elem(), body, jsonErr)
		}
		typedNil, _ := reflect.Zero(typ).Interface().(error)
		if _, ok := From(typedNil); ok || typedNil.Error() != "<nil>" || !strings.Contains(logged(typedNil), "nil") {
			t.Errorf("a nil %s is %v, and logged as %s", typ, typedNil, logged(typedNil))
		}
	}
	var e *Error
	_, _, _ = e.Error(), e.Status(), e.Unwrap()
	_, _, _ = e.Header(), e.LogValue(), e.Info()
	if _, ok := From(nil); ok || Is(nil, "") || Decode(nil) != nil {
		t.Error("nil is taken for an error")
	}
}

func Test_retrySchedule(t *testing.T) {
	made(t, func(t *testing.T, err error, e *Error, x *expectation) {
		policy, ok := e.info.Retry()
		if Decide(err, 1).Retry != (x.retry != "" && e.retryAfter <= policy.MaxRetryAfter) {
			t.Errorf("it is retried: %v, but the catalog says %q", Decide(err, 1).Retry, x.retry)
		}
		if !ok {
			return
		}
		const some = 100 // a policy may allow a billion
		for n := 1; n <= min(policy.MaxRetries, some); n++ {
			for _, attempt := range []int{n, policy.MaxRetries + 1 - n} {
				d := policy.next(attempt, 0, func() float64 { return 0 })
				if !d.Retry || d.Delay <= 0 || d.Delay > policy.MaxDelay {
					t.Errorf("retry %d is %+v; want a delay of at most %v", attempt, d, policy.MaxDelay)
				}
			}
		}
		if d := policy.next(policy.MaxRetries+1, 0, nil); d.Retry {
			t.Errorf("there is a retry after the last one: %+v", d)
		}
		if longer := policy.MaxRetryAfter + 1; longer > 0 { // there is a longer Duration
			if d := policy.next(1, longer, nil); d.Retry {
				t.Errorf("a wait that the policy does not allow is kept: %+v", d)
			}
		}
		if d := policy.next(1, policy.MaxRetryAfter, nil); d.Retry && d.Delay < policy.MaxRetryAfter {
			t.Errorf("the server's Retry-After is cut short: %+v", d)
		}
	})
}

// What an older server sends under a code that is retired is told apart, and matches what replaced it.
func Test_retired(t *testing.T) {
	for i := range tombstones {
		want := &tombstones[i]
		if _, live := Lookup(string(want.Code)); live {
			t.Errorf("%s is both live and retired", want.Code)
		}
		e := &Error{code: want.Code, variant: -1, status: max(want.Status, 400), message: "An older server's"}
		err := Parse(e.status, nil, e.AppendJSON(nil))
		got, _ := From(err)
		if r, ok := got.Retired(); !ok || r != *want || got.Code() != want.Code || !errors.Is(err, want.Code) || want.Use != "" && !Is(err, want.Use) {
			t.Errorf("%s is decoded as %v, retired %+v; want %+v", want.Code, err, r, *want)
		}
	}
}

// Any response becomes an error that can be used.
func Fuzz_parse(f *testing.F) {
	f.Add(502, "", "", []byte("<html>Bad gateway</html>"))
	f.Add(500, "Retry-After", "99999999999999999999", []byte(`{"error":`))
	f.Add(404, "X-Request-Id", "r1\xff", []byte(`[[[["`))
	for i := range infos {
		f.Add(infos[i].Status(), "Retry-After", "Fri, 12 Jun 2026 15:04:05 GMT", infos[i].bareBody())
	}
	f.Fuzz(func(t *testing.T, status int, header, value string, body []byte) {
		received := http.Header{header: {value, string(body)}, "Retry-After": nil}
		if header == "" {
			received = nil
		}
		err := Parse(status, received, body)
		e, ok := From(err)
		if !ok || e.Status() != status || err.Error() == "" || !e.Remote() {
			t.Errorf("Parse gives %v", err)
		}
		if _, whole := readBody(body); whole && !json.Valid(body) {
			t.Errorf("%q is taken for JSON", body)
		}
		if wait, ok := e.RetryAfter(); wait < 0 || wait > 0 && !ok {
			t.Errorf("Retry-After %q is read as %v", value, wait)
		}
		if w := httptest.NewRecorder(); !ok || received.Get(header) != e.Header().Get(header) {
			t.Errorf("the headers %v are received as %v", received, e.Header())
		} else if _quiet().Write(w, httptest.NewRequest(http.MethodGet, "/", nil), Relay(err)); w.Code < 400 || w.Code > 599 || !json.Valid(w.Body.Bytes()) {
			t.Errorf("relayed, the error is %d %s", w.Code, w.Body)
		}
		_, _ = logged(err), Decide(err, 1)
	})
}

// bareBody returns the body of an error without args, for seeds.
func (i *Info) bareBody() []byte {
	e := &Error{info: i, variant: -1, status: i.Status(), message: i.title}
	return e.AppendJSON(nil)
}
