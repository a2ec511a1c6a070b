package apierr

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// Each test holds a complaint that users of error libraries have reported. Two more are tested
// where code is emitted, in package gocode: names that clash (conjure-go #162 and #179:
// TestHostileNames, TestNamesThatMeet), and text that breaks out of a Go comment (rescode, zederr:
// TestTextStaysText).

// go-openai #599, stripe-go #830: a body that is not JSON is lost, and the status with it.
func TestBodyAndStatusSurviveNonJSON(t *testing.T) {
	for name, c := range map[string]struct{ body, reason string }{
		"html":      {"<html>502</html>", "not JSON"},
		"empty":     {"", "empty"},
		"truncated": {`{"error":{"code":"TOO_LARGE"`, "not JSON"},
		"trailing":  {`{"error":{"code":"TOO_LARGE"}} x`, "not JSON"},
		"no code":   {`{"detail":"x"}`, "no error code"},
		"new code":  {`{"error":{"code":"NEW","message":"m"}}`, `"NEW" is not in the catalog`},
		"number":    {`{"error":{"code":20404}}`, `"20404" is not in the catalog`},
		"not whole": {`{"error":{"code":7.5}}`, "no error code"},
		"null":      {`{"error":{"code":null,"message":null}}`, "no error code"},
		"deep":      {strings.Repeat("[", 1<<20), "not JSON"},
	} {
		t.Run(name, func(t *testing.T) {
			err := Parse(502, http.Header{"X-Request-Id": {"r1"}}, []byte(c.body))
			var u *Unrecognized
			if !errors.As(err, &u) || u.Status != 502 || !strings.Contains(u.Reason, c.reason) {
				t.Fatalf("Parse gives %v; want an *Unrecognized because of %q", err, c.reason)
			}
			if !bytes.HasPrefix([]byte(c.body), u.Body) || len(u.Error()) > 1000 {
				t.Errorf("the body is %.80q, the text %.80q", u.Body, u.Error())
			}
			if e, ok := From(err); !ok || e.RequestID != "r1" {
				t.Errorf("the request id is lost: %v", err)
			}
		})
	}
}

// go-retryablehttp #46: the last response is dropped when the retries run out.
func TestLastResponseSurvivesRetries(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		req, err := http.NewRequest(http.MethodGet, "http://example.com/", nil)
		if err != nil {
			t.Fatal(err)
		}
		s := &script{errs: []error{quick(), quick(), quick(), quick(WithRequestID("the last"))}}
		resp, err := (&RetryTransport{Base: s}).RoundTrip(req)
		if err != nil {
			t.Fatal(err)
		}
		want := httptest.NewRecorder()
		Write(want, req, quick(WithRequestID("the last")))
		body, err := io.ReadAll(resp.Body)
		if err != nil || resp.StatusCode != 429 || !bytes.Equal(body, want.Body.Bytes()) {
			t.Errorf("the last response is %d %v %q, %v; want it as it was sent",
				resp.StatusCode, resp.Header, body, err)
		}
	})
}

// cloudevents/sdk-go #751: a POST is retried with an empty body.
func TestEveryAttemptSendsTheWholeBody(t *testing.T) {
	s := httptest.NewServer(HandlerFunc(func(_ http.ResponseWriter, r *http.Request) error {
		b, err := io.ReadAll(r.Body)
		if err != nil || len(b) == 0 {
			return NewTooLarge()
		}
		return quick(WithRetryAfter(0))
	}))
	defer s.Close()
	client := &http.Client{Transport: &RetryTransport{}}
	resp, err := client.Post(s.URL, "text/plain", bytes.NewReader([]byte("body")))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if err := Decode(resp); !errors.Is(err, CodeRateLimited) {
		t.Errorf("over HTTP the last error is %v; want RATE_LIMITED, whose body was sent each time", err)
	}
}

// go-retryablehttp #297: a Retry-After that overflows makes the client hammer the server.
func TestRetryAfterThatOverflowsIsNotRetried(t *testing.T) {
	for _, value := range []string{
		"9223372037", "9223372036854775807", "99999999999999999999999", "Fri, 31 Dec 9999 23:59:59 GMT",
	} {
		err := Parse(429, http.Header{"Retry-After": {value}},
			must2(json.Marshal(NewRateLimited("free", 0))))
		if d := Decide(err, 1); d.Retry {
			t.Errorf("Retry-After: %s is retried after %v", value, d.Delay)
		}
	}
	body := []byte(`{"error":{"code":"RATE_LIMITED","message":"m","retry_after":1e999}}`)
	if d := Decide(Parse(429, nil, body), 1); d.Retry {
		t.Errorf("a delay of 1e999 seconds in the body is retried after %v", d.Delay)
	}
}

// go-github #3951: every 429 is retried alike, by its status.
func TestOneStatusManyPolicies(t *testing.T) {
	for _, c := range []struct {
		err     error
		retries int
	}{{NewQuotaUsed(), 0}, {NewRateLimited("free", 0), 3}} {
		w := httptest.NewRecorder()
		Write(w, httptest.NewRequest(http.MethodGet, "/", nil), c.err)
		err := Decode(w.Result())
		retries := 0
		for Decide(err, retries+1).Retry {
			retries++
		}
		if e, ok := From(err); !ok || e.Status != 429 || retries != c.retries {
			t.Errorf("%v is retried %d times; want %d", err, retries, c.retries)
		}
	}
}

// ipfs/kubo #7307: clients match the text of messages, and a reworded one breaks them.
func TestRewordedMessageStillMatches(t *testing.T) {
	err := fmt.Errorf("calling: %w", Parse(404, nil,
		[]byte(`{"error":{"code":"NOT_FOUND","message":"Reworded in the next release"},"status":404}`)))
	var e *NotFoundError
	if !errors.Is(err, CodeNotFound) ||
		!errors.As(err, &e) ||
		e.Message != "Reworded in the next release" {
		t.Errorf("%v does not match its code and its type, or lost its message", err)
	}
	if errors.Is(err, VariantNotFoundAgent) || errors.Is(err, VariantNotFoundRoom) || e.HasParams ||
		e.Params != (NotFoundParams{}) {
		t.Errorf("%v has a variant, or params, that nobody sent: %+v", err, e.Params)
	}
}

// grpc-go #2934: an error that crossed the wire cannot be matched with errors.Is.
func TestErrorsIsAndAsWork(t *testing.T) {
	w := httptest.NewRecorder()
	Write(w, httptest.NewRequest(http.MethodGet, "/", nil), NewNotFoundRoom("A91", 7))
	err := errors.Join(io.EOF, fmt.Errorf("calling: %w", Decode(w.Result())))
	var e *NotFoundError
	if !errors.Is(err, CodeNotFound) ||
		!errors.Is(err, VariantNotFoundRoom) ||
		errors.Is(err, VariantNotFoundAgent) ||
		errors.Is(err, CodeTooLarge) {
		t.Errorf("errors.Is does not tell %v from others", err)
	}
	if !errors.As(err, &e) || e.Params != (NotFoundParams{AgentCode: "A91", Room: 7}) {
		t.Errorf("errors.As gives %+v", e)
	}
}

// connect-go #711: an error that came from another server is sent on as the server's own.
func TestUpstreamErrorIsNotRelayedByAccident(t *testing.T) {
	upstream := Parse(403, http.Header{"X-Upstream": {"upstream-header"}},
		[]byte(`{"error":{"code":"UNAUTHORIZED","message":"upstream-message"},"status":403}`))
	for name, err := range map[string]error{
		"bare":            upstream,
		"wrapped":         fmt.Errorf("calling: %w", upstream),
		"joined":          errors.Join(io.EOF, upstream),
		"its core":        errors.Unwrap(upstream),
		"a cause":         NewInternal(WithCause(upstream)),
		"a relayed cause": NewInternal(WithCause(Relay(upstream))),
		"unrecognized":    Parse(403, nil, []byte("upstream-message")),
		"unrecognized, passed": Relay(Parse(403, nil,
			[]byte(`{"error":{"code":"upstream-code","message":"upstream-message"}}`))),
	} {
		if w := respond(t, new(Responder), http.MethodGet, err); w.Code != 500 ||
			strings.Contains(fmt.Sprint(w.Header(), w.Body), "pstream") {
			t.Errorf("%s: sent %d %v %s; want the fallback", name, w.Code, w.Header(), w.Body)
		}
	}
	w := respond(t, new(Responder), http.MethodGet, fmt.Errorf("calling: %w", Relay(upstream)))
	if w.Code != 403 ||
		!strings.Contains(w.Body.String(), "upstream-message") ||
		w.Header().Get("X-Upstream") != "" {
		t.Errorf("after Relay %d %v %s is sent; want the error, without the upstream's headers",
			w.Code, w.Header(), w.Body)
	}
}

// huma #470, modelcontextprotocol/registry #1337: the client is shown what caused an error.
// TestCauseIsNeverSent holds this on every path.
func TestForeignErrorIsNotShown(t *testing.T) {
	w := respond(t, new(Responder), http.MethodGet,
		errors.New("pq: password authentication failed for user admin"))
	want := httptest.NewRecorder()
	Write(want, httptest.NewRequest(http.MethodGet, "/", nil), NewInternal())
	if w.Body.String() != want.Body.String() {
		t.Errorf("sent %s; want %s", w.Body, want.Body)
	}
}

// connect-go #885: headers that a handler or a middleware has set are lost when the handler fails.
func TestHeadersSurviveAnError(t *testing.T) {
	resp, _, err := serve(t, HandlerFunc(func(w http.ResponseWriter, _ *http.Request) error {
		w.Header().Set("Access-Control-Allow-Origin", "*")
		w.Header().Add("Vary", "Origin")
		w.Header().Add("Vary", "Accept")
		w.Header().Set("X-Hint", "renew")
		return NewUnauthorized()
	}))
	if err != nil {
		t.Fatal(err)
	}
	h := resp.Header
	if h.Get("Access-Control-Allow-Origin") != "*" ||
		len(h.Values("Vary")) != 2 ||
		h.Get("X-Hint") != "renew" ||
		h.Get("WWW-Authenticate") == "" {
		t.Errorf("the response has the headers %v", h)
	}
	e, _ := From(Parse(401, h, nil))
	if e.Header.Get("X-Hint") != "renew" || len(e.Header.Values("Vary")) != 2 {
		t.Errorf("the client's error has the headers %v", e.Header)
	}
}

// conjure-go #415: a registry of errors panics while the program starts. Nothing runs here then:
// there is no init function, and the compiler can lay out every package variable.
func TestNothingRunsAtInit(t *testing.T) {
	names, err := filepath.Glob("*.go")
	if err != nil || len(names) == 0 {
		t.Fatal("no files", err)
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, name, src, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" {
				t.Errorf("%s: an init function", fset.Position(f.Pos()))
			}
			if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.VAR {
				works := func(n ast.Node) bool {
					switch n := n.(type) {
					case *ast.CallExpr:
						if arg, ok := n.Args[0].(*ast.Ident); ok && arg.Name == "nil" {
							return false // the conversion of a nil pointer, which is a constant to the compiler
						}
						t.Errorf("%s: a package variable with a call", fset.Position(n.Pos()))
					case *ast.FuncLit, *ast.MapType:
						t.Errorf("%s: a package variable with a %T", fset.Position(n.Pos()), n)
					}
					return true
				}
				for _, s := range g.Specs {
					for _, value := range s.(*ast.ValueSpec).Values {
						ast.Inspect(value, works)
					}
				}
				for _, s := range g.Specs {
					for _, id := range s.(*ast.ValueSpec).Names {
						if id.IsExported() {
							t.Errorf("%s: %s is exported, and can be changed by anybody",
								fset.Position(id.Pos()), id.Name)
						}
					}
				}
			}
		}
	}
}

// google/go-github #2970: Error panics on a nil receiver or request. cilium #1353: a typed nil
// counts as an error. A method promoted from a nil pointer panics before its guard runs.
func TestNilReceivers(t *testing.T) {
	nils := []error{(*Error)(nil), (*Unrecognized)(nil)}
	for n := range infos {
		_, err := infos[n].fresh()
		nils = append(nils, reflect.Zero(reflect.TypeOf(err)).Interface().(error))
	}
	for _, err := range nils {
		v := reflect.ValueOf(err)
		for i := range v.NumMethod() {
			name, m := v.Type().Method(i).Name, v.Method(i)
			args := make([]reflect.Value, m.Type().NumIn())
			for k := range args {
				args[k] = reflect.Zero(m.Type().In(k))
			}
			func() {
				defer func() {
					if r := recover(); r != nil {
						t.Errorf("(%T)(nil).%s panics: %v", err, name, r)
					}
				}()
				m.Call(args)
			}()
		}
		_, ok := From(err)
		if ok || ErrorCode(err) != "" || errors.Is(err, CodeTooLarge) || Decide(err, 1).Retry {
			t.Errorf("(%T)(nil) counts as an error with content", err)
		}
		if w := respond(t, new(Responder), http.MethodGet, err); w.Body.Len() > 0 {
			t.Errorf("(%T)(nil) is answered with %d %s; want nothing, for nothing failed",
				err, w.Code, w.Body)
		}
	}
	if err := Decode(&http.Response{StatusCode: http.StatusOK}); err != nil {
		t.Errorf("a success is decoded as %#v; want nil, untyped", err)
	}
	// no Request, no Header, no Body
	if err := Decode(&http.Response{StatusCode: http.StatusTeapot}); err == nil || err.Error() == "" {
		t.Errorf("a response without parts is decoded as %v", err)
	}
	if err := Relay(nil); err != nil {
		t.Errorf("Relay(nil) is %#v", err)
	}
}

// gorilla/handlers #159: recover middleware appends its JSON to a half-sent body.
func TestNothingIsAppendedToAHalfSentBody(t *testing.T) {
	var heard error
	d := &Responder{OnError: func(_ *http.Request, err error) { heard = err }}
	resp, body, err := serve(t, d.Handler(func(w http.ResponseWriter, _ *http.Request) error {
		_, _ = io.WriteString(w, "half")
		return NewTooLarge()
	}))
	if err == nil {
		t.Errorf("sent %s %q; want a broken connection", resp.Status, body)
	}
	if !errors.Is(heard, tooLate) || !errors.Is(heard, CodeTooLarge) {
		t.Errorf("OnError heard %v", heard)
	}
	_, body, err = serve(t, d.Recover(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "half")
		w.(http.Flusher).Flush()
		panic("broken")
	})))
	if err == nil || string(body) != "half" {
		t.Errorf("a panic after half of the body gives %q, %v; want a broken connection", body, err)
	}
}

// golang/go #59141: slog panics on a nil LogValuer.
func TestNilIsLogged(t *testing.T) {
	for _, err := range []error{
		(*Error)(nil), (*TooLargeError)(nil), (*Unrecognized)(nil),
		fmt.Errorf("wrapped: %w", (*TooLargeError)(nil)), NewInternal(WithCause((*TooLargeError)(nil))),
	} {
		if text := logged(err); strings.Contains(text, "panic") ||
			!strings.Contains(text, "nil>") && !strings.Contains(text, `nil\u003e`) {
			t.Errorf("%T is logged as %s", err, text)
		}
		var b bytes.Buffer
		slog.New(slog.NewTextHandler(&b, nil)).Error("failed", Attr(err))
		if strings.Contains(b.String(), "panic") {
			t.Errorf("%T is logged as %s", err, &b)
		}
	}
}

// errata, zederr: json.Marshal of an error gives {}.
func TestMarshalJSONGivesTheBody(t *testing.T) {
	err := NewRateLimited("free", 6*time.Second)
	w := httptest.NewRecorder()
	Write(w, httptest.NewRequest(http.MethodGet, "/", nil), err)
	got, jsonErr := json.Marshal(map[string]any{"err": err})
	if want := `{"err":` + w.Body.String() + `}`; jsonErr != nil || string(got) != want {
		t.Errorf("json.Marshal gives %s, %v; want %s", got, jsonErr, want)
	}
}

// Traps that were met when this design was tried. TestArgumentsShadowNothing, in package gocode,
// holds that an argument named e, fmt or error shadows nothing.

// A field named Code hides the method Code.
func TestParamsHideNoMethods(t *testing.T) {
	err := NewShadows(ShadowsParams{Code: "f", Error: "h"}, WithRequestID("r1"))
	e, ok := From(err)
	if !ok || e.Code != CodeShadows || err.Params.Code != "f" || err.Params.Error != "h" ||
		!strings.HasPrefix(err.Error(), "SHADOWS: ") {
		t.Errorf("the code is %q, the param code %q, the text %q", e.Code, err.Params.Code, err)
	}
}

// Sprintf templates print %!(EXTRA.
func TestPercentIsText(t *testing.T) {
	for got, want := range map[string]string{
		NewInternal().Message:                       `Internal "error" <100%> & \ more`,
		NewRateLimited("%d%s%!", 0).Message:         "Too many %d%s%! requests. Retry in ~0s.",
		NewRateLimited("${retry_after}", 0).Message: "Too many ${retry_after} requests. Retry in ~0s.",
	} {
		if got != want {
			t.Errorf("the message is %q; want %q", got, want)
		}
	}
}

// slog does not resolve a LogValuer inside a %w wrapper; Attr does.
func TestAttrFindsTheErrorInAWrapper(t *testing.T) {
	wrapped := fmt.Errorf("doing: %w", NewTooLarge(WithCause(io.EOF)))
	got := Attr(wrapped).Value.Resolve().String()
	for _, want := range []string{"doing: TOO_LARGE", "code=TOO_LARGE", "status=413", "cause=EOF"} {
		if !strings.Contains(got, want) {
			t.Errorf("Attr gives %s; want %s in it", got, want)
		}
	}
	if a := Attr(io.EOF); a.Key != "error" || fmt.Sprint(a.Value) != "EOF" {
		t.Errorf("Attr of a foreign error is %v", a)
	}
}

// errors.Is walks into causes: to it, an INTERNAL that a NOT_FOUND caused is a NOT_FOUND. ErrorCode
// and From stop at the outermost error.
func TestErrorCodeStopsAtTheCause(t *testing.T) {
	err := fmt.Errorf("handling: %w", NewInternal(WithCause(NewNotFoundAgent("A91"))))
	if !errors.Is(err, CodeNotFound) {
		t.Error("errors.Is does not see the cause")
	}
	if e, _ := From(err); ErrorCode(err) != CodeInternal || e.Code != CodeInternal {
		t.Errorf("ErrorCode or From looks behind the outermost error, at %v", e)
	}
	if Decide(err, 1).Retry != Decide(NewInternal(), 1).Retry {
		t.Error("the cause decides on the retry")
	}
}
