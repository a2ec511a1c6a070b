package apierr

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

// Only Value gives a sensitive param. Nothing that prints, logs or encodes an error or its params
// shows it.
func TestSensitiveParamsAreNotSeen(t *testing.T) {
	const secret = "s3cr3t"
	tokens := Redact([]string{secret})
	params := LoginFailedParams{User: "ada", Password: Redact(secret), Tokens: &tokens}
	e := NewLoginFailed(params, WithCause(errors.New("denied")))
	if e.Params.Password.Value() != secret ||
		len(e.Params.Tokens.Value()) != 1 ||
		e.Params.Tokens.Value()[0] != secret {
		t.Fatalf("the values are %q and %q", e.Params.Password.Value(), e.Params.Tokens.Value())
	}
	literal := &LoginFailedError{Params: LoginFailedParams{User: "ada", Password: Redact(secret)}}
	core, _ := From(e)
	type hidden struct{ params, err any } // fmt calls no methods of what unexported fields hold
	for name, v := range map[string]any{
		"error": e, "*Error": core, "params": e.Params, "pointer to params": &e.Params,
		"value": e.Params.Password, "pointer to value": e.Params.Tokens,
		"literal":      literal,
		"hidden":       hidden{e.Params, e},
		"list":         []any{e.Params, e},
		"map":          map[string]any{"p": e.Params},
		"wrapped":      fmt.Errorf("doing: %w", e),
		"hidden value": struct{ v Redacted[string] }{e.Params.Password},
	} {
		var out bytes.Buffer
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%T"} {
			fmt.Fprintf(&out, verb+"\n", v)
		}
		_ = json.NewEncoder(&out).Encode(v)
		_ = xml.NewEncoder(&out).Encode(v)
		for _, h := range []slog.Handler{slog.NewTextHandler(&out, nil), slog.NewJSONHandler(&out, nil)} {
			slog.New(h).Info("m", "v", v)
		}
		text := out.String()
		if strings.Contains(text, secret) || strings.Contains(text, fmt.Sprintf("%x", secret)) {
			t.Errorf("%s shows the secret:\n%s", name, text)
		}
	}
	if b, err := json.Marshal(e.Params); err != nil ||
		string(b) != `{"User":"ada","Password":"[redacted]","Tokens":"[redacted]"}` {
		t.Errorf("the params are encoded as %s, %v", b, err)
	}
	if got := new(LoginFailedError).Params.Password.Value(); got != "" {
		t.Errorf("without a value it is %q", got)
	}
}
