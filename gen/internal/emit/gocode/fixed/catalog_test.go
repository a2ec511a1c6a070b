package fixed

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// What is tested here stands with an underscore in its name, so that no name that is made of a catalog can meet it: the constant
// of a code TEST and its value "write" is TestWrite.

// made calls f for every error that the catalog can make, with the params of its examples: each code, each of its messages, each
// of its statuses.
func made(t *testing.T, f func(t *testing.T, err error, e *Error, variant int), opts ...Option) {
	t.Helper()
	for code := range infos {
		info := &infos[code]
		for variant := range info.messages {
			for _, status := range info.statuses {
				name := fmt.Sprintf("%s/%s/%d", info.code, info.messages[variant].variant, status)
				t.Run(name, func(t *testing.T) {
					e, params, err := fresh(code)
					args := exampleArgs(t, info)
					e.init(code, variant, append(opts[:len(opts):len(opts)], WithStatus(status)), args...)
					if params != nil {
						setParams(params, info.params, args)
					}
					f(t, err, e, variant)
				})
			}
		}
	}
}

func exampleArgs(t *testing.T, info *Info) []arg {
	t.Helper()
	args := make([]arg, len(info.params))
	for i := range info.params {
		p := &info.params[i]
		if p.kind == kindList {
			args[i] = arg{set: true, s: p.example}
			continue
		}
		a, m := parseArg(p.example, p)
		if m != theMatch {
			t.Errorf("the example %q of param %s is no %s", p.example, p.name, p.kind)
		}
		args[i] = a
	}
	return args
}

func Test_everyCodeIsFound(t *testing.T) {
	n := 0
	for info := range All() {
		n++
		got, ok := Lookup(string(info.Code()))
		if !ok || got != info {
			t.Errorf("Lookup(%q) = %v, %v; want the entry that All yields", info.Code(), got, ok)
		}
		id, _ := info.Group()
		if !contains(ByGroup(id), info) || !contains(ByStatus(info.Status()), info) {
			t.Errorf("%s is not among the codes of its group %s and its status %d", info.Code(), id, info.Status())
		}
	}
	for i := range infos {
		if infos[i].internal {
			n++
		}
	}
	if n != len(infos) {
		t.Errorf("All yields %d codes less the internal ones; want %d", n, len(infos))
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
	made(t, func(t *testing.T, err error, e *Error, _ int) {
		w := httptest.NewRecorder()
		Write(w, httptest.NewRequest(http.MethodGet, "/", nil), fmt.Errorf("handling: %w", err))
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
		if all := fmt.Sprint(w.Header(), w.Body); strings.Contains(all, canary) {
			t.Errorf("the cause was sent: %s", all)
		}
		if code, _ := b.text(roleCode); code != string(want.Code()) {
			t.Errorf("the body has the code %q; want %q", code, want.Code())
		}
		if !errors.Is(err, e.cause) || !strings.Contains(logged(err), canary) {
			t.Error("the cause is lost to errors.Is or to the log")
		}
	}, WithCause(errors.New(canary)))
}

func logged(err error) string {
	var b bytes.Buffer
	slog.New(slog.NewJSONHandler(&b, nil)).Error("failed", "error", err)
	return b.String()
}

// What a server writes, a client decodes to the same error.
func Test_roundTrip(t *testing.T) {
	made(t, func(t *testing.T, err error, e *Error, variant int) {
		if e.info.internal {
			return // it is never sent
		}
		w := httptest.NewRecorder()
		Write(w, httptest.NewRequest(http.MethodGet, "/", nil), err)
		resp := w.Result()
		defer resp.Body.Close()
		back := Decode(resp)
		got, ok := From(back)
		if !ok || !got.Remote() {
			t.Fatalf("Decode gives %v; want an error of this package", back)
		}
		if got.Code() != e.Code() || got.Status() != e.Status() || got.Message() != e.Message() {
			t.Errorf("decoded as %v; want %v", got, e)
		}
		if gotType, want := fmt.Sprintf("%T", back), fmt.Sprintf("%T", err); gotType != want {
			t.Errorf("decoded as a %s; want a %s", gotType, want)
		}
		if v := got.Variant(); v != e.Variant() && v != "" {
			t.Errorf("decoded as variant %q; want %q, or none", v, e.Variant())
		}
		if got.HasParams() && len(e.info.params) > 0 {
			args := make([]arg, len(e.info.params))
			e.info.readBack(got.Message(), args)
			for i, want := range exampleArgs(t, e.info) {
				inMessage := false
				for _, s := range e.info.messages[variant].template {
					inMessage = inMessage || s.param == i+1
				}
				if inMessage && args[i] != want {
					t.Errorf("param %s was read back as %v; want %v", e.info.params[i].name, args[i], want)
				}
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

func Test_matching(t *testing.T) {
	made(t, func(t *testing.T, err error, e *Error, _ int) {
		wrapped := errors.Join(errors.New("other"), fmt.Errorf("doing: %w", err))
		for k := 0; k < len(infos); k += 1 + len(infos)/200 { // of a large catalog some codes, and always its own
			info := &infos[k]
			if got, want := errors.Is(wrapped, info.Code()), info == e.info; got != want {
				t.Errorf("errors.Is(err, %q) = %v; want %v", info.Code(), got, want)
			}
			for v := range info.Messages() {
				if got, want := v != "" && errors.Is(wrapped, v), v != "" && v == e.Variant(); got != want {
					t.Errorf("errors.Is(err, %q) = %v; want %v", v, got, want)
				}
			}
		}
		if !Is(wrapped, e.Code()) || !errors.Is(wrapped, e.Code()) {
			t.Errorf("Is or errors.Is does not know the error's own code, %q", e.Code())
		}
		var core *Error
		if !errors.As(wrapped, &core) || core != e {
			t.Error("errors.As does not find the *Error")
		}
	})
}

// A literal works as an error of its code, and nil does not panic.
func Test_literalsAndNil(t *testing.T) {
	for code := range infos {
		_, _, err := fresh(code)
		e, ok := From(err)
		if !ok || e.Code() != infos[code].code || e.Status() != infos[code].Status() || e.Error() == "" {
			t.Errorf("an empty %T is %v; want the default of %s", err, e, infos[code].code)
		}
		if body, jsonErr := json.Marshal(err); jsonErr != nil || !json.Valid(body) {
			t.Errorf("json.Marshal of an empty %T: %s, %v", err, body, jsonErr)
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
	made(t, func(t *testing.T, err error, e *Error, _ int) {
		policy, ok := e.info.Retry()
		if Retryable(err) != (ok && e.retryAfter <= policy.MaxRetryAfter) {
			t.Errorf("Retryable is %v, but the catalog says %v", Retryable(err), ok)
		}
		if !ok {
			return
		}
		for attempt := 1; attempt <= policy.MaxRetries; attempt++ {
			d := policy.Next(attempt, 0, func() float64 { return 0 })
			if !d.Retry || d.Delay <= 0 || d.Delay > policy.MaxDelay {
				t.Errorf("retry %d is %+v; want a delay of at most %v", attempt, d, policy.MaxDelay)
			}
		}
		if d := policy.Next(policy.MaxRetries+1, 0, nil); d.Retry {
			t.Errorf("there is a retry after the last one: %+v", d)
		}
	})
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
		} else if Write(w, httptest.NewRequest(http.MethodGet, "/", nil), Relay(err)); w.Code < 400 || w.Code > 599 || !json.Valid(w.Body.Bytes()) {
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
