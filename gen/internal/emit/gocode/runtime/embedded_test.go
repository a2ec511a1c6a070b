package apierr

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Types of a user that embed an error of this package, and so have its methods.
type (
	core          = Error // an embedded Error is a field that hides its method Error
	embedsPointer struct{ *TooLargeError }
	embedsValue   struct{ TooLargeError }
	embedsBehind  struct {
		n int
		*NotFoundError
	}
	embedsCore      struct{ *core }
	embedsCoreValue struct{ core }
	embedsUnknown   struct{ *Unrecognized }
	embedsCode      struct{ Code }
	embedsError     struct{ error }
	embedsTwice     struct{ *embedsPointer }
)

// A handler that returns a nil pointer to a type of its own has failed: only nil pointers to types
// of this package are the success of a function that returns such a type.
func TestNilPointersToOtherTypesAreFailures(t *testing.T) {
	for _, err := range []error{
		(*embedsPointer)(nil), (*embedsValue)(nil), (*embedsBehind)(nil), (*embedsCore)(nil),
		(*embedsCoreValue)(nil), (*embedsUnknown)(nil), (*embedsCode)(nil), (*embedsError)(nil),
		(*embedsTwice)(nil), embedsPointer{}, &embedsPointer{}, embedsTwice{}, embedsCore{},
		embedsUnknown{}, embedsTwice{&embedsPointer{}}, embedsError{(*NotFoundError)(nil)},
		&embedsError{},
	} {
		for name, err := range map[string]error{
			"":       err,
			"joined": errors.Join((*NotFoundError)(nil), err),
			"Relay":  Relay(err),
		} {
			w := respond(t, &Responder{Logger: slog.New(slog.DiscardHandler)}, http.MethodGet, err)
			if w.Code != http.StatusInternalServerError || w.Body.Len() == 0 {
				t.Errorf("%s %#v is answered with %d %q", name, err, w.Code, w.Body)
			}
			if _, ok := From(err); ok || NewTooLarge().Equal(err) || (*Error)(nil).Equal(err) {
				t.Errorf("%s %#v counts as an error with content", name, err)
			}
		}
	}
}

// What embeds an error of this package is answered and read as that error, with all that it knows.
func TestEmbeddedErrorsKeepWhatTheyKnow(t *testing.T) {
	decoded, _ := From(Parse(503, http.Header{"X-A": {"1"}}, []byte(
		`{"error":{"code":"RATE_LIMITED","message":"Too many free requests. Retry in ~7s."},"status":429}`)))
	bare, _ := From(CodeNotFound)
	large := NewTooLarge(WithCause(io.EOF))
	made, _ := From(large)
	for _, tt := range []struct {
		err  error
		want *Error
	}{
		{embedsPointer{large}, made},
		{&embedsPointer{large}, made},
		{&embedsValue{*large}, made},
		{embedsTwice{&embedsPointer{large}}, made},
		{embedsCore{made}, made},
		{&embedsCoreValue{*made}, made},
		{embedsCore{decoded}, decoded},
		{&embedsCoreValue{*decoded}, decoded},
		{embedsCore{bare}, bare},
	} {
		name := fmt.Sprintf("%#v", tt.err)
		got, ok := From(fmt.Errorf("doing: %w", tt.err))
		if !ok || !got.Equal(tt.want) || !tt.want.Equal(tt.err) || !errors.Is(tt.err, tt.want) ||
			got.HasParams != tt.want.HasParams || got.Header.Get("X-A") != tt.want.Header.Get("X-A") {
			t.Errorf("%s is read as %#v; want %#v", name, got, tt.want)
		}
		if got, want := Decide(tt.err, 1), Decide(tt.want, 1); got.Reason != want.Reason {
			t.Errorf("%s: Decide says %v; want %v", name, got, want)
		}
		var heard, want error
		d := Responder{
			Logger: slog.New(slog.DiscardHandler), OnError: func(_ *http.Request, err error) { heard = err },
		}
		sent := respond(t, &d, http.MethodGet, Relay(tt.err))
		heard, want = nil, heard
		if w := respond(t, &d, http.MethodGet, Relay(tt.want)); w.Code != sent.Code ||
			w.Body.String() != sent.Body.String() || (heard == nil) != (want == nil) {
			t.Errorf("%s is answered with %d %s (%v); want %d %s (%v)",
				name, sent.Code, sent.Body, want, w.Code, w.Body, heard)
		}
	}
}

// go-cmp panics on unexported fields of types without Equal: no error and no params may have them.
func TestCmpTakesWhatThePackageGives(t *testing.T) {
	tokens := Redact([]string{"a"})
	login := NewLoginFailed(LoginFailedParams{User: "ada", Password: Redact("pw"), Tokens: &tokens})
	again := Redact([]string{"a"})
	remote := Parse(404, http.Header{"X-A": {"1"}}, must2(json.Marshal(NewNotFoundAgent("A91"))))
	for _, tt := range []struct{ a, b any }{
		{remote, Parse(404, nil, must2(json.Marshal(NewNotFoundAgent("A91"))))},
		{Relay(remote), Relay(remote)},
		{Relay(NewTooLarge()), Relay(NewTooLarge())},
		{Relay(Relay(CodeNotFound)), Relay(Relay(CodeNotFound))},
		{Relay(Parse(502, nil, []byte("<html>"))), Relay(Parse(502, nil, []byte("<html>")))},
		{login.Params, LoginFailedParams{User: "ada", Password: Redact("pw"), Tokens: &again}},
	} {
		if diff := cmp.Diff(tt.a, tt.b); diff != "" {
			t.Errorf("%#v differs from its equal: %s", tt.a, diff)
		}
		if cmp.Equal(tt.a, nil) {
			t.Errorf("%#v is equal to nil", tt.a)
		}
	}
	for _, tt := range []struct{ a, b any }{
		{Relay(NewTooLarge()), Relay(NewType())},
		{Relay(NewTooLarge()), NewTooLarge()},
		{login.Params, LoginFailedParams{User: "ada", Password: Redact("PW"), Tokens: &again}},
		{Redact(""), Redact("a")},
	} {
		if cmp.Equal(tt.a, tt.b) {
			t.Errorf("%#v is equal to %#v", tt.a, tt.b)
		}
	}
}
