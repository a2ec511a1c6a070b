package apierr

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

// Tests have an underscore in their names, so that no name that is made of a catalog is like one of
// them: the constant of a code TEST and its value "write" is TestWrite.

// An expectation is an error that the catalog describes: how it is made, and what it is then.
type expectation struct {
	code     string
	variant  string // its id; "" if the code has no variants
	statuses []int
	body     string   // with the first status; "" if it is never sent, or depends on the clock
	headers  []string // "Name: value"
	retry    string   // a RetryPolicy, printed; "" for none
	readable bool     // clients can read its params back
	internal bool     // it is never sent
	//errspec:if choices looseitems
	hidden bool // clients do not find its message
	//errspec:end
	info []string // what Info says, as _info returns it
	//errspec:if server
	make func(...Option) error
	//errspec:end
}

// A catalogExpectation is what the catalog says about no code in particular.
type catalogExpectation struct {
	mediaType                   string
	fallback, tooLarge, timeout string // codes; "" for none
	retryDefault                string // a RetryPolicy, printed; "" for none
	retired                     []string
}

// The package's constants and tables are what the catalog says.
func Test_expected(t *testing.T) {
	var listed, want []string
	for _, x := range expected {
		info, ok := Lookup(x.code)
		if !ok || string(info.Code()) != x.code {
			t.Errorf("Lookup does not find %q", x.code)
			continue
		}
		if !slices.Equal(info.Statuses(), x.statuses) || info.Status() != x.statuses[0] {
			t.Errorf("the statuses of %s are %v; want %v", x.code, info.Statuses(), x.statuses)
		}
		//errspec:if retry
		if got := printed(info.Retry()); got != x.retry {
			t.Errorf("the retry policy of %s is %s; want %s", x.code, got, x.retry)
		}
		//errspec:end
		if got := _info(info); !slices.Equal(got, x.info) {
			t.Errorf("Info says of %s\n%q; want\n%q", x.code, got, x.info)
		}
		if !x.internal && !slices.Contains(want, x.code) {
			want = append(want, x.code)
		}
		if !x.internal && !slices.Contains(slices.Collect(ByStatus(info.Status())), info) {
			t.Errorf("%s is not among the codes of its status %d", x.code, info.Status())
		}
	}
	for info := range All() {
		listed = append(listed, string(info.Code()))
	}
	if !slices.Equal(listed, want) {
		t.Errorf("All yields %q; want %q", listed, want)
	}
	if _, ok := Lookup("no such code"); ok || Code("no such code").Info().Code() != "no such code" ||
		Code("").Info().Status() != 0 {
		t.Error("an unknown code counts as known")
	}
	for _, c := range expectedConstants {
		if got := fmt.Sprint(c.got); got != c.want {
			t.Errorf("a constant is %q; want %q", got, c.want)
		}
	}
	got := catalogExpectation{mediaType: mediaType}
	//errspec:if retry
	if defaultPolicy != nil {
		got.retryDefault = printed(*defaultPolicy, true)
	}
	//errspec:end
	//errspec:if server internal
	got.fallback = codeOf(fallbackInfo)
	//errspec:end
	//errspec:if server
	got.tooLarge, got.timeout = codeOf(tooLargeInfo), codeOf(timeoutInfo)
	//errspec:end
	//errspec:if tombstones
	for _, r := range tombstones {
		got.retired = append(got.retired,
			fmt.Sprint(string(r.Code), " ", r.Status, " ", r.Since, " ", string(r.Use), " ", r.Note))
	}
	//errspec:end
	if !reflect.DeepEqual(got, expectedCatalog) {
		t.Errorf("the catalog is\n%+v; want\n%+v", got, expectedCatalog)
	}
}

//errspec:if retry

func printed(p RetryPolicy, ok bool) string {
	if !ok {
		return ""
	}
	return fmt.Sprint(p)
}

//errspec:end
//errspec:if server internal

func codeOf(i *Info) string {
	if i == nil {
		return ""
	}
	return string(i.code)
}

//errspec:end

// _info returns what Info says about a code.
func _info(i *Info) []string {
	id, title := i.Group()
	info := []string{i.Title(), i.Resolution(), i.DocsURL(), id, title}
	//errspec:if description
	info = append(info, i.Description())
	//errspec:end
	//errspec:if since
	info = append(info, i.Since())
	//errspec:end
	//errspec:if stability
	info = append(info, i.Stability())
	//errspec:end
	//errspec:if internal
	info = append(info, fmt.Sprint(i.Internal()))
	//errspec:end
	//errspec:if deprecated
	if d, ok := i.Deprecated(); ok {
		info = append(info, d.Since, string(d.Use), d.Note)
	}
	//errspec:end
	for _, m := range i.Messages() {
		info = append(info, m.Text)
		//errspec:if variants
		info = append(info, string(m.Variant), m.Resolution)
		//errspec:end
	}
	//errspec:if headers
	for _, h := range i.Headers() {
		info = append(info, h.Name, h.Value)
	}
	//errspec:end
	//errspec:if params
	for _, p := range i.Params() {
		info = append(info, p.Name, p.Type, p.Description, p.Example,
			fmt.Sprintf("optional %t, detail %t, sensitive %t", p.Optional, p.Detail, p.Sensitive))
		info = append(info, p.Enum...)
	}
	//errspec:end
	//errspec:if values
	for _, v := range i.Values() {
		info = append(info, v.Name, v.Text, v.Description)
	}
	//errspec:end
	//errspec:if see
	for _, c := range i.See() {
		info = append(info, string(c))
	}
	//errspec:end
	//errspec:if tags
	info = append(info, i.Tags()...)
	//errspec:end
	//errspec:if meta
	for _, m := range i.meta {
		info = append(info, m.key, i.Meta(m.key))
	}
	//errspec:end
	return info
}

//errspec:if variants

func (x *expectation) sentinel() Variant {
	if x.variant == "" {
		return ""
	}
	return Variant(x.code + "/" + x.variant)
}

//errspec:end

//errspec:if optional

// ptr returns a pointer to v.
func ptr[T any](v T) *T { return &v }

//errspec:end

//errspec:if server

// escaped returns JSON as encoding/json writes it.
func escaped(body string) []byte {
	var b bytes.Buffer
	json.HTMLEscape(&b, []byte(body))
	return b.Bytes()
}

//errspec:end

func logged(err error) string {
	var b bytes.Buffer
	slog.New(slog.NewJSONHandler(&b, nil)).Error("failed", "error", err)
	return b.String()
}

//errspec:if server

// made calls f for every error that the catalog describes: each code, each of its messages, each of
// its statuses.
func made(t *testing.T, f func(t *testing.T, err error, e *Error, x *expectation), opts ...Option) {
	t.Helper()
	for i := range expected {
		x := &expected[i]
		for _, status := range x.statuses {
			t.Run(fmt.Sprintf("%s/%s/%d", x.code, x.variant, status), func(t *testing.T) {
				err := x.make(opts...)
				e, ok := From(err)
				if !ok {
					t.Fatalf("From does not know %T", err)
				}
				if !x.internal {
					e.Status = status
				}
				f(t, err, e, x)
			})
		}
	}
}

// _quiet returns a Responder that does not log to the test's output.
func _quiet() *Responder { return &Responder{Logger: slog.New(slog.DiscardHandler)} }

func _answer(err error) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	_quiet().Write(w, httptest.NewRequest(http.MethodGet, "/", nil), err)
	return w
}

// The constructors make what the catalog says.
func Test_constructors(t *testing.T) {
	made(t, func(t *testing.T, err error, e *Error, x *expectation) {
		if e.Code != Code(x.code) {
			t.Fatalf("the code is %q; want %q", e.Code, x.code)
		}
		//errspec:if variants
		if e.Variant != x.sentinel() || x.variant != "" && e.Variant.Code() != e.Code {
			t.Errorf("the variant is %q; want %q", e.Variant, x.sentinel())
		}
		//errspec:end
		if x.internal {
			return
		}
		w := _answer(err)
		for _, line := range x.headers {
			if name, want, _ := strings.Cut(line, ": "); w.Header().Get(name) != want {
				t.Errorf("the header %s is %q; want %q", name, w.Header().Get(name), want)
			}
		}
		if x.body != "" && e.Status == x.statuses[0] {
			if got, jsonErr := json.Marshal(err); jsonErr != nil || !bytes.Equal(got, escaped(x.body)) {
				t.Errorf("the body is\n%s, %v; want\n%s", got, jsonErr, escaped(x.body))
			}
		}
		if again := x.make(); e.Status == x.statuses[0] &&
			(!errors.Is(err, again) || !any(err).(typed).Equal(again)) {
			t.Errorf("%v does not match an equal error", err)
		}
	})
}

// One status goes into the response and into every field of its body, and a cause goes into
// neither.
func Test_write(t *testing.T) {
	const canary = "cause-that-must-not-be-sent"
	cause := errors.New(canary)
	made(t, func(t *testing.T, err error, e *Error, x *expectation) {
		w := _answer(fmt.Errorf("handling: %w", err))
		want := e
		if x.internal {
			want = fallback()
		}
		if w.Code != want.Status || !json.Valid(w.Body.Bytes()) {
			t.Fatalf("the response has status %d and body %s; want %d", w.Code, w.Body, want.Status)
		}
		//errspec:if client
		sent := Parse(w.Code, w.Header(), w.Body.Bytes())
		if back, _ := From(sent); back.bodyStatus != 0 || back.Code != want.Code && want.info != nil {
			t.Errorf("%v is sent as %v", err, sent)
		}
		//errspec:end
		if all := fmt.Sprint(w.Header(), w.Body, err); strings.Contains(all, canary) {
			t.Errorf("the cause was sent: %s", all)
		}
		if h := w.Header(); h.Get("Content-Type") != mediaType ||
			h.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("the headers are %v", h)
		}
		if !errors.Is(err, cause) || !strings.Contains(logged(err), canary) {
			t.Error("the cause is lost to errors.Is or to the log")
		}
	}, WithCause(cause))
}

// The header has whole seconds, no fewer than the server asks for.
func Test_retryAfter(t *testing.T) {
	made(t, func(t *testing.T, err error, _ *Error, x *expectation) {
		if got := _answer(err).Header().Get("Retry-After"); got != "2" && !x.internal {
			t.Errorf("WithRetryAfter(1.5s) sends Retry-After: %s; want 2", got)
		}
	}, WithRetryAfter(1500*time.Millisecond))
}

func Test_matching(t *testing.T) {
	made(t, func(t *testing.T, err error, e *Error, x *expectation) {
		wrapped := errors.Join(errors.New("other"), fmt.Errorf("doing: %w", err))
		for k := 0; k < len(expected); k += 1 + len(expected)/200 { // of a large catalog some codes
			other := &expected[k]
			if got, want := errors.Is(wrapped, Code(other.code)), other.code == x.code; got != want {
				t.Errorf("errors.Is(err, %q) = %v; want %v", other.code, got, want)
			}
			//errspec:if variants
			v := other.sentinel()
			if got, want := v != "" && errors.Is(wrapped, v), v != "" && v == x.sentinel(); got != want {
				t.Errorf("errors.Is(err, %q) = %v; want %v", v, got, want)
			}
			//errspec:end
		}
		if ErrorCode(wrapped) != Code(x.code) || !errors.Is(wrapped, Code(x.code)) {
			t.Errorf("ErrorCode or errors.Is does not know the error's own code, %q", x.code)
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
	for _, x := range expected {
		typ := reflect.TypeOf(x.make())
		err, _ := reflect.New(typ.Elem()).Interface().(error)
		e, ok := From(err)
		if !ok || string(e.Code) != x.code || !x.internal && e.Status != x.statuses[0] ||
			err.Error() == "" {
			t.Errorf("an empty %s is %v; want the default of %s", typ.Elem(), err, x.code)
		}
		if body, jsonErr := json.Marshal(err); jsonErr != nil || !json.Valid(body) {
			t.Errorf("json.Marshal of an empty %s: %s, %v", typ.Elem(), body, jsonErr)
		}
		none, _ := reflect.Zero(typ).Interface().(error)
		if _, ok := From(none); ok || none.Error() != "<nil>" || !strings.Contains(logged(none), "nil") ||
			errors.Is(none, Code(x.code)) {
			t.Errorf("a nil %s is %v, and logged as %s", typ, none, logged(none))
		}
	}
	var e *Error
	_, _, _, _ = e.Error(), e.Unwrap(), e.LogValue(), e.Remote()
	if _, ok := From(nil); ok || ErrorCode(nil) != "" || !e.Equal(nil) || e.Is(e) {
		t.Error("nil counts as an error")
	}
}

// What is sent for errors of the standard library is what the catalog has for them.
func Test_standIns(t *testing.T) {
	for err, want := range map[error]string{
		new(http.MaxBytesError):  expectedCatalog.tooLarge,
		context.DeadlineExceeded: expectedCatalog.timeout,
	} {
		if got := _answer(err).Body.String(); want != "" && got != _answer(Code(want)).Body.String() {
			t.Errorf("%v is answered with %s; want %s", err, got, want)
		}
	}
}

//errspec:if client

// What a server writes, a client decodes to the same error.
func Test_roundTrip(t *testing.T) {
	made(t, func(t *testing.T, err error, e *Error, x *expectation) {
		if x.internal {
			return
		}
		resp := _answer(err).Result()
		defer func() { _ = resp.Body.Close() }()
		back := Decode(resp)
		got, ok := From(back)
		if !ok || !got.Remote() {
			t.Fatalf("Decode gives %v; want an error of this package", back)
		}
		if got.Code != e.Code || got.Status != e.Status {
			t.Errorf("decoded as %v; want %v", got, e)
		}
		//errspec:if message
		//errspec:if choices looseitems
		if x.hidden {
			got.Message = e.Message
		}
		//errspec:end
		if got.Message != e.Message {
			t.Errorf("the message was decoded as %q; want %q", got.Message, e.Message)
		}
		//errspec:end
		if gotType, want := reflect.TypeOf(back), reflect.TypeOf(err); gotType != want {
			t.Errorf("decoded as a %s; want a %s", gotType, want)
		}
		//errspec:if variants
		if got.Variant != e.Variant && (got.Variant != "" || x.readable) {
			t.Errorf("decoded as variant %q; want %q", got.Variant, e.Variant)
		}
		//errspec:end
		//errspec:if params
		if x.readable && !got.HasParams {
			t.Errorf("the params of %v are not read back", got)
		}
		//errspec:end
		if wholeSeconds(got.RetryAfter) != wholeSeconds(e.RetryAfter) {
			t.Errorf("Retry-After was decoded as %v; want %v", got.RetryAfter, e.RetryAfter)
		}
		if n, err := resp.Body.Read(make([]byte, 1)); n != 1 || err != nil {
			t.Errorf("the body cannot be read after Decode: %v", err)
		}
	})
}

// An error that came from another server is sent on if it was passed to Relay, and not by accident.
func Test_relay(t *testing.T) {
	made(t, func(t *testing.T, err error, e *Error, x *expectation) {
		if x.internal || e.Code == fallback().Code {
			return
		}
		h := http.Header{}
		e.setHeaders(h)
		upstream := Parse(e.Status, h, e.appendJSON(nil))
		for want, err := range map[Code]error{fallback().Code: upstream, e.Code: Relay(upstream)} {
			w := _answer(err)
			sent := ErrorCode(Parse(w.Code, w.Header(), w.Body.Bytes()))
			if want == fallback().Code && fallback().info == nil {
				continue // the catalog does not have it, so clients may not know it without its code
			}
			if sent != want {
				t.Errorf("%v is answered with %s; want %s", err, w.Body, want)
			}
		}
	})
}

//errspec:if retry

func Test_retrySchedule(t *testing.T) {
	made(t, func(t *testing.T, err error, e *Error, x *expectation) {
		policy, ok := e.Code.Info().Retry()
		if got := Decide(err, 1); got.Retry != (x.retry != "" && e.RetryAfter <= policy.MaxRetryAfter) {
			t.Errorf("Decide says %+v, but the catalog %q", got, x.retry)
		} else if got.AnyMethod != (got.Retry && policy.AnyMethod) {
			t.Errorf("Decide says %+v, but the policy %+v", got, policy)
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

//errspec:end
//errspec:end
//errspec:end
//errspec:if client

// The bodies that the catalog shows are read as what they say.
func Test_bodies(t *testing.T) {
	for _, x := range expected {
		if x.body == "" {
			continue
		}
		err := Parse(x.statuses[0], _told(Code(x.code)), []byte(x.body))
		e, ok := From(err)
		if !ok || e.Code != Code(x.code) || e.Status != x.statuses[0] || !e.Remote() ||
			!errors.Is(err, Code(x.code)) {
			t.Errorf("%s is read as %v", x.body, err)
			continue
		}
		if back, jsonErr := json.Marshal(err); jsonErr != nil || !json.Valid(back) {
			t.Errorf("%v is written as %s, %v", err, back, jsonErr)
		}
		//errspec:if variants
		if e.Variant != x.sentinel() && (e.Variant != "" || x.readable) {
			t.Errorf("%s is read as variant %q; want %q", x.body, e.Variant, x.sentinel())
		}
		//errspec:end
		if _, ok := any(err).(*Unrecognized); ok {
			t.Errorf("%s is not recognized", x.body)
		}
	}
	if Decode(nil) != nil {
		t.Error("Decode takes nil for an error")
	}
}

//errspec:if codes
//errspec:if tombstones

// A code that is retired is told apart, and matches what replaced it.
func Test_retired(t *testing.T) {
	for i := range tombstones {
		want := &tombstones[i]
		if _, live := Lookup(string(want.Code)); live {
			t.Errorf("%s is both live and retired", want.Code)
		}
		e := &Error{Code: want.Code, Status: max(want.Status, 400), Message: "An older server's"}
		err := Parse(e.Status, _told(want.Code), e.appendJSON(nil))
		got, _ := From(err)
		if r, ok := got.Retired(); !ok || r != *want || got.Code != want.Code ||
			want.Use != "" && !errors.Is(err, want.Use) {
			t.Errorf("%s is decoded as %v, retired %+v; want %+v", want.Code, err, r, *want)
		}
	}
}

//errspec:end
//errspec:end

// _told returns the headers that tell a code.
func _told(code Code) http.Header {
	h := http.Header{}
	//errspec:if codeheaders
	for _, c := range codeHeaders {
		h.Set(c.name, c.before+string(code)+c.after)
	}
	//errspec:end
	return h
}

// Any response becomes an error that can be used.
func Fuzz_parse(f *testing.F) {
	f.Add(502, "", "", []byte("<html>Bad gateway</html>"))
	f.Add(500, "Retry-After", "99999999999999999999", []byte(`{"error":`))
	f.Add(404, "X-Request-Id", "r1\xff", []byte(`[[[["`))
	for _, x := range expected {
		f.Add(x.statuses[0], "Retry-After", "Fri, 12 Jun 2026 15:04:05 GMT", []byte(x.body))
	}
	f.Fuzz(func(t *testing.T, status int, header, value string, body []byte) {
		received := http.Header{header: {value, string(body)}, "Retry-After": nil}
		if header == "" {
			received = nil
		}
		err := Parse(status, received, body)
		e, ok := From(err)
		if !ok || e.Status != status || err.Error() == "" || !e.Remote() || e.RetryAfter < 0 {
			t.Fatalf("Parse gives %v", err)
		}
		if e.info != nil &&
			!json.Valid(bytes.TrimPrefix(body, []byte("\ufeff"))) &&
			!bytes.HasPrefix(body, []byte("\x1f\x8b")) {
			t.Errorf("%q counts as JSON", body)
		}
		if received.Get(header) != e.Header.Get(header) {
			t.Errorf("the headers %v are received as %v", received, e.Header)
		}
		_ = logged(err)
		//errspec:if retry
		_ = Decide(err, 1)
		//errspec:end
		//errspec:if server
		if w := _answer(Relay(err)); w.Code < 400 || w.Code > 599 || !json.Valid(w.Body.Bytes()) {
			t.Errorf("relayed, the error is %d %s", w.Code, w.Body)
		}
		//errspec:end
	})
}

//errspec:end
