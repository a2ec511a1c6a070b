package apierr

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// endless is a body of 10 GB and more.
type endless struct{ read int64 }

func (e *endless) Read(b []byte) (int, error) { e.read += int64(len(b)); return len(b), nil }
func (e *endless) Close() error               { return nil }

// A failing is a body that breaks off.
type failing struct{ error }

func (f failing) Read([]byte) (int, error) { return 0, f.error }

func TestDecodeIsBoundedAndRewinds(t *testing.T) {
	body := new(endless)
	resp := &http.Response{StatusCode: 500, Body: body}
	var u *Unrecognized
	if err := Decode(resp); !errors.As(err, &u) || body.read > 4<<20 {
		t.Errorf("an endless body gives %v, after %d bytes", err, body.read)
	}
	if resp.Body == nil || resp.StatusCode != 500 {
		t.Error("the response is changed")
	}
	resp = &http.Response{
		StatusCode: 413,
		Body:       io.NopCloser(strings.NewReader(`{"error":{"code":"TOO_LARGE","message":"The body is too large"}}`)),
	}
	if err := Decode(resp); !errors.Is(err, CodeTooLarge) {
		t.Errorf("Decode gives %v", err)
	}
	if again, err := io.ReadAll(resp.Body); err != nil ||
		!strings.Contains(string(again), "TOO_LARGE") {
		t.Errorf("after Decode the body is %q, %v", again, err)
	}
	failed := errors.New("connection reset")
	resp = &http.Response{
		StatusCode: 500,
		Body:       io.NopCloser(io.MultiReader(strings.NewReader(`{"error"`), failing{failed})),
	}
	if err := Decode(resp); !errors.Is(err, failed) {
		t.Errorf("a connection that breaks gives %v; want its error wrapped", err)
	}
	if again, err := io.ReadAll(resp.Body); string(again) != `{"error"` || !errors.Is(err, failed) {
		t.Errorf("after Decode the body is %q, %v; want the same break", again, err)
	}
	if err := Decode(&http.Response{StatusCode: 302}); err != nil {
		t.Errorf("status 302 gives %v", err)
	}
}

// A body that was read already is parsed with the Decoder's settings, as Decode parses a response.
func TestDecoderParse(t *testing.T) {
	now := time.Date(2026, 6, 12, 15, 0, 0, 0, time.UTC)
	d := Decoder{Now: func() time.Time { return now }, RequestIDHeader: "X-Trace"}
	h := http.Header{"Retry-After": {"Fri, 12 Jun 2026 15:01:00 GMT"}, "X-Trace": {"t1"}}
	for _, body := range []string{
		`{"error":{"code":"MAINTENANCE","message":"Down for maintenance"},"status":503}`, "<html>", "",
	} {
		parsed := d.Parse(503, h, []byte(body))
		decoded := d.Decode(&http.Response{
			StatusCode: 503, Header: h, Body: io.NopCloser(strings.NewReader(body)),
		})
		e, _ := From(parsed)
		if parsed.Error() != decoded.Error() || e.RequestID != "t1" || e.RetryAfter != time.Minute {
			t.Errorf("%q is parsed as %v (%s, %v) and decoded as %v",
				body, parsed, e.RequestID, e.RetryAfter, decoded)
		}
		if plain, _ := From(Parse(503, h, []byte(body))); plain.RequestID != "" {
			t.Errorf("the function Parse knows the header X-Trace: %v", plain)
		}
	}
}

// Some servers send the code as a number, which is the same code. A sign, a fraction or text around
// the number makes it unreadable.
func TestCodeThatIsANumber(t *testing.T) {
	for raw, want := range map[string]string{"20404": "20404", "0": "0", `"20404"`: "20404", "-7": "",
		"7.5": "", "2e4": "", "null": "", "true": "", "[7]": ""} {
		b, whole := readBody([]byte(`{"error":{"code":` + raw + `}}`))
		if got, ok := b.text(roleCode); got != want || ok != (want != "") || !whole {
			t.Errorf("code %s is read as %q, %v; want %q", raw, got, ok, want)
		}
	}
	b := body{}
	b.keep(&shape{role: roleCode, before: "urn:"}, []byte("7"))
	if got, ok := b.text(roleCode); ok {
		t.Errorf("a number where the code is in a text is read as %q", got)
	}
	b = body{}
	b.keep(&shape{role: roleCode, before: "urn:", after: "!"}, []byte(`"urn:x"`))
	if got, ok := b.text(roleCode); got != "" || ok {
		t.Errorf("a text that is not around the code as it should be gives %q, %v", got, ok)
	}
	b = body{}
	b.keep(&shape{role: roleRequestID}, []byte("7"))
	if got, ok := b.text(roleRequestID); ok {
		t.Errorf("a number for a request's id is read as %q", got)
	}
}

// A body may lack its message. The code is known all the same, and its title is the message.
func TestBodyWithoutMessage(t *testing.T) {
	for body, want := range map[string]string{
		`{"error":{"code":"MAINTENANCE"}}`:                  "MAINTENANCE: Maintenance (HTTP 503)",
		`{"error":{"code":"MAINTENANCE","message":null}}`:   "MAINTENANCE: Maintenance (HTTP 503)",
		`{"error":{"code":"MAINTENANCE","message":["x"]}}`:  "MAINTENANCE: Maintenance (HTTP 503)",
		`{"error":{"code":"MAINTENANCE","message":"Soon"}}`: "MAINTENANCE: Soon (HTTP 503)",
	} {
		if err := Parse(503, nil, []byte(body)); err.Error() != want || !errors.Is(err, CodeMaintenance) {
			t.Errorf("%s is %q; want %q", body, err, want)
		}
	}
}

func TestStatusesThatDisagree(t *testing.T) {
	for _, body := range []string{
		`{"error":{"code":"MAINTENANCE","message":"Down for maintenance","http_status":503},"status":503}`,
		`{"error":{"code":"MAINTENANCE","message":"Down for maintenance","http_status":502},"status":503}`,
	} {
		err := Parse(502, nil, []byte(body))
		e, _ := From(err)
		if e.bodyStatus != 503 || e.Status != 502 {
			t.Errorf("the status is %d, and that of the body %d; want 502 and 503", e.Status, e.bodyStatus)
		}
		if !errors.Is(err, CodeMaintenance) ||
			Decide(err, 1).Retry ||
			!strings.Contains(err.Error(), "but the body says 503") {
			t.Errorf("%v: want the code, no retry, and both statuses in the text", err)
		}
	}
	// The response's status is the body's last, but not its first.
	err := Parse(503, nil,
		[]byte(`{"error":{"code":"MAINTENANCE","message":"Down for maintenance","http_status":"502"},"status":503}`))
	e, _ := From(err)
	if e.bodyStatus == 0 || Decide(err, 1).Retry {
		t.Errorf("%v: a body with two statuses passes for one", err)
	}
}

// An older server sends a retired code. It is told apart from unknown codes, matches the code that
// replaced it, and is retried as that one is.
func TestRetiredCodes(t *testing.T) {
	body := func(code string) []byte {
		return []byte(`{"error":{"code":"` + code + `","message":"m","http_status":503},"status":503}`)
	}
	err := fmt.Errorf("calling: %w", Parse(503, nil, body("SLOW_DOWN")))
	want := Tombstone{
		Code: "SLOW_DOWN", Status: 503, Since: "2.1", Use: CodeRateLimited, Note: "Merged into one.",
	}
	var u *Unrecognized
	if !errors.As(err, &u) || u.Code != "SLOW_DOWN" || u.Status != 503 ||
		u.Reason != "the code SLOW_DOWN is retired since 2.1, and RATE_LIMITED replaced it" {
		t.Errorf("decoded as %v, because %q", err, u.Reason)
	}
	e, _ := From(err)
	if got, ok := e.Retired(); !ok || got != want {
		t.Errorf("its tombstone is %+v, %v; want %+v", got, ok, want)
	}
	if !errors.Is(err, Code("SLOW_DOWN")) ||
		!errors.Is(err, CodeRateLimited) ||
		ErrorCode(err) != "SLOW_DOWN" ||
		errors.Is(err, CodeTooLarge) {
		t.Error("it does not match its own code and the one that replaced it, and no other")
	}
	retries := 0
	for Decide(err, retries+1).Retry {
		retries++
	}
	if retries != 3 { // quick, the policy of RATE_LIMITED
		t.Errorf("it is retried %d times; want 3, as RATE_LIMITED", retries)
	}
	gone, _ := From(Parse(418, nil, body("TEAPOT")))
	if got, ok := gone.Retired(); !ok || got.Use != "" || errors.Is(gone, Code("")) ||
		!strings.Contains(Parse(418, nil, body("TEAPOT")).Error(), "TEAPOT is retired") {
		t.Errorf("one without a successor is %+v, %v", got, ok)
	}
	for _, other := range []string{"NEW", "RATE_LIMITED", ""} {
		e, _ := From(Parse(503, nil, body(other)))
		if _, ok := e.Retired(); ok {
			t.Errorf("%q counts as a retired code", other)
		}
	}
}

func TestRetryAfterHeader(t *testing.T) {
	now := func() time.Time { return time.Date(2026, 6, 12, 15, 0, 0, 0, time.UTC) }
	for s, want := range map[string]time.Duration{
		"0": 0, "6": 6 * time.Second, " 6 ": 6 * time.Second,
		"99999999999999999999999": maxDuration, "9223372036854775807": maxDuration,
		"Fri, 12 Jun 2026 15:01:00 GMT": time.Minute, "Fri, 12 Jun 2020 15:01:00 GMT": 0,
		"": -1, "soon": -1, "-": -1, ",": -1, "0x10": -1, "inf": -1, "nan": -1,
		"-1": 0, "1.5": 2 * time.Second, ".2": time.Second, "120, 30": 2 * time.Minute,
		"30,120": 2 * time.Minute, "1e21": maxDuration,
		"30s": 30 * time.Second, "1m": time.Minute, "1500ms": 2 * time.Second, "soon, 5": 5 * time.Second,
		"Friday, 12-Jun-26 15:01:00 GMT":    time.Minute,
		"Fri Jun 12 15:01:00 2026":          time.Minute,
		"Fri, 12 Jun 2026 15:01:00 UTC":     time.Minute,
		"Fri, 12 Jun 2026 17:01:00 +0200":   time.Minute,
		"2026-06-12T15:01:00Z":              time.Minute,
		"30, Fri, 12 Jun 2026 15:01:00 GMT": time.Minute,
	} {
		got, ok := retryAfter(s, now)
		if ok != (want >= 0) || ok && got != want {
			t.Errorf("Retry-After %q is %v, %v; want %v", s, got, ok, want)
		}
	}
	d := Decoder{Now: now, RequestIDHeader: "X-Trace"}
	err := d.Decode(&http.Response{StatusCode: 503, Header: http.Header{
		"Retry-After": {"Fri, 12 Jun 2026 15:01:00 GMT"}, "X-Trace": {"t1"},
	}})
	if e, _ := From(err); e.RequestID != "t1" || e.RetryAfter != time.Minute {
		t.Errorf("the decoder's settings do not count: %v", e)
	}
}

func TestDecideFollowsTheCode(t *testing.T) {
	gateway := func(status int) error { return Parse(status, nil, []byte("<html>")) }
	for name, c := range map[string]struct {
		err   error
		retry bool
	}{
		"never":             {NewUnauthorized(), false},
		"policy":            {NewMaintenance(), false}, // it asks for 30 s, the policy allows 10
		"policy, in time":   {NewMaintenance(WithRetryAfter(time.Second)), true},
		"too long":          {NewRateLimited("free", time.Hour), false},
		"gateway 502":       {gateway(502), true},
		"gateway 500":       {gateway(500), false},
		"new code, 503":     {Parse(503, nil, []byte(`{"error":{"code":"NEW"}}`)), true},
		"foreign":           {io.EOF, false},
		"nil":               {nil, false},
		"bare code, policy": {CodeInternal, true},
	} {
		if d := Decide(c.err, 1); d.Retry != c.retry || d.Reason == "" || d.Delay < 0 {
			t.Errorf("%s: %+v; want retry %v", name, d, c.retry)
		}
	}
	if !Decide(gateway(502), 1).AnyMethod || Decide(NewMaintenance(WithRetryAfter(1)), 1).AnyMethod {
		t.Error("AnyMethod is not that of the policy")
	}
	if d := Decide(NewMaintenance(WithRetryAfter(5*time.Second)), 1); d.Delay != 5*time.Second {
		t.Errorf("the delay is %v; the server's 5s are a floor of the policy's 2s", d.Delay)
	}
}

func TestJSONIsReadAsEncodingJSONDoes(t *testing.T) {
	for _, s := range []string{
		`{"error":{"code":"A\u0042","c\u006fde":"C"}}`, `{"error":{"code":"a","code":"b"}}`,
		`{"error":[{"code":"x"}]}`, `{"error":null}`, "\ufeff{}", `{"a":01}`, `{"a":1.}`, `{"a":-}`,
		`{"a":1e}`, `{"a":1e+5}`, `{"a":"\x"}`, `{"a":"\u12"}`, "{\"a\":\"\t\"}", `{"a" 1}`, `{a:1}`,
		`[1,]`, `[1 2]`, `[,1]`, `[1,,2]`, `{"a":1 "b":2}`, `{,}`, `{"a":[1 2]}`, `[1}`, `{"a":1]`,
		`[[1]`, `{"a":{"b":1}`, `{"a":"b"c}`, `{"a":1,}`, `tru`, `nul`, ``, ` `, `"`, `"\`, `{`, `[`,
		`{"a":`, `1 2`, "{\"error\":{\"code\":\"\xff\"}}",
	} {
		b, ok := readBody([]byte(s))
		if ok != json.Valid([]byte(s)) {
			t.Errorf("%q: read %v; json.Valid says %v", s, ok, json.Valid([]byte(s)))
		}
		var want struct{ Error struct{ Code string } }
		if ok && json.Unmarshal([]byte(s), &want) == nil {
			if code, _ := b.text(roleCode); code != want.Error.Code {
				t.Errorf("%q: the code is %q; want %q", s, code, want.Error.Code)
			}
		}
	}
}

// The reader finds the values that encoding/json finds, and ends where the JSON ends.
func FuzzReadBody(f *testing.F) {
	for _, s := range []string{
		`{"error":{"code":"A","http_status":400},"trace":[{"id":"req-1"},null]}`, `[]`, `"\ud800"`,
		`-0.0e-1`, ` { "error" : { "code" : 7 , "message" : "\"}" } } `,
		`{"error":[{"code":"a"}],"trace":{"id":"b"}}`,
		`{"error":{"code":{"code":"a"},"message":[1,{"a":[]}]},"trace":[[],{"id":true}]}`,
		`{"error":{"code":"\\"},"status":-1}`,
		`{"error":{"x":{"code":"a"},"c\u006fde":"b","code":"c"},"error":{"code":null}}`,
		`{"trace":[{"id":"a"},{"id":"b"},{"id":"c"}],"other":[{"id":"d"}]}`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		b, ok := readBody(data)
		valid := json.Valid(data)
		if ok != valid && !deep(data) {
			t.Fatalf("%q: read %v", data, ok)
		}
		if !valid {
			return
		}
		r := reader{data: data}
		if r.value(&envelope, 0); len(bytes.TrimSpace(data[r.pos:])) > 0 {
			t.Errorf("%q: %q is left", data, data[r.pos:])
		}
		r = reader{data: data}
		if ok := r.value(nil, 0); !ok || len(bytes.TrimSpace(data[r.pos:])) > 0 {
			t.Errorf("%q: without a shape, %q is left", data, data[r.pos:])
		}
		want := map[string]string{}
		dec := json.NewDecoder(bytes.NewReader(data))
		dec.UseNumber()
		found(t, dec, data, "", want)
		for role, paths := range map[role][]string{roleCode: {".error.code"},
			roleMessage: {".error.message"}, roleRequestID: {
				".error.request",
				".trace.0.id",
			}} {
			got := string(b.raw[role])
			if !slices.ContainsFunc(paths, func(path string) bool { return want[path] == got }) {
				t.Errorf("%q: the role %d is %q; want that of %v in %q", data, role, got, paths, want)
			}
		}
	})
}

// deep reports whether the reader may refuse a JSON text for its depth.
func deep(data []byte) bool {
	return bytes.Count(data, []byte("["))+bytes.Count(data, []byte("{")) > maxDepth
}

// found puts the values of a JSON text into a map by their paths, the last of several.
func found(t *testing.T, dec *json.Decoder, data []byte, path string, into map[string]string) {
	before := dec.InputOffset()
	token, err := dec.Token()
	if err != nil {
		t.Fatal(err)
	}
	if token == json.Delim('{') || token == json.Delim('[') {
		for i := 0; dec.More(); i++ {
			inner := strconv.Itoa(i)
			if token == json.Delim('{') {
				key, err := dec.Token()
				if err != nil {
					t.Fatal(err)
				}
				inner = key.(string)
			}
			found(t, dec, data, path+"."+inner, into)
		}
		if _, err := dec.Token(); err != nil {
			t.Fatal(err)
		}
	}
	into[path] = strings.TrimLeft(string(data[before:dec.InputOffset()]), " \t\r\n,:")
}

func FuzzAppendString(f *testing.F) {
	f.Add("plain")
	f.Add("<\u2028\u2029\xff\x00\"\\&>\x7f\t\r\n\b\f")
	f.Fuzz(func(t *testing.T, s string) {
		want, err := json.Marshal(s)
		if got := appendString(nil, s); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%q is written as %s; encoding/json writes %s", s, got, want)
		}
	})
}

func TestDepthIsBounded(t *testing.T) {
	for _, brackets := range [][2]string{{"[", "]"}, {`{"error":`, "}"}, {`{"x":[`, "]}"}} {
		nested := func(n int) []byte {
			n /= len(brackets[1])
			return []byte(strings.Repeat(brackets[0], n) + "1" + strings.Repeat(brackets[1], n))
		}
		if _, ok := readBody(nested(maxDepth)); !ok {
			t.Errorf("%d times %s is refused", maxDepth, brackets[0])
		}
		if _, ok := readBody(nested(maxDepth + 2)); ok {
			t.Errorf("%d times %s is read", maxDepth+2, brackets[0])
		}
	}
}

// A variant in the body overrules the message, whose params may be another variant's.
func TestVariantInTheBodyCounts(t *testing.T) {
	for said, params := range map[string]NotFoundParams{"room": {
		AgentCode: "A91",
		Room:      7,
	}, "agent": {}, "new": {}} {
		err := Parse(404, nil,
			[]byte(`{"error":{"code":"NOT_FOUND","message":"No room 7 for agent A91","variant":"`+said+
				`"}}`))
		var e *NotFoundError
		if !errors.As(err, &e) ||
			e.Params != params ||
			errors.Is(err, Variant("NOT_FOUND/"+said)) != (said != "new") {
			t.Errorf("variant %s is decoded as %v, %+v; want %+v", said, err, e, params)
		}
	}
}

// Of a long body whole characters are shown.
// Neither the code nor the message of a body that is cut off can be relied on.
func TestCutBodyTellsNothing(t *testing.T) {
	whole := `{"error":{"code":"TOO_LARGE","message":"m"},"status":413}`
	for n := range len(whole) {
		e, _ := From(Parse(413, nil, []byte(whole[:n])))
		if e.Code != "" || e.Message != http.StatusText(http.StatusRequestEntityTooLarge) {
			t.Fatalf("of %s the code is %q, the message %q", whole[:n], e.Code, e.Message)
		}
	}
}

// A variant that the body names keeps the params that the body carries, whatever the message says.
func TestVariantInTheBodyKeepsItsParams(t *testing.T) {
	for _, message := range []string{
		"", `"message":"Reworded",`, `"message":"No room 7 for agent A91",`, `"message":null,`,
	} {
		err := Parse(404, nil, []byte(`{"error":{"code":"NOT_FOUND",`+message+
			`"variant":"agent","params":{"agent_code":"A91"}}}`))
		var nf *NotFoundError
		if !errors.As(err, &nf) || nf.Variant != VariantNotFoundAgent || nf.Params.AgentCode != "A91" ||
			!nf.HasParams {
			t.Errorf("with %s the error is %#v", message, nf)
		}
	}
}

// A response without a body may tell a retired code in a header, as those to HEAD requests do.
func TestRetiredCodeInAHeader(t *testing.T) {
	e, _ := From(Parse(503, http.Header{"X-Fixture-Code": {"SLOW_DOWN"}}, nil))
	if _, ok := e.Retired(); !ok || !errors.Is(e, CodeRateLimited) {
		t.Errorf("the error is %v; want one that is retired", e)
	}
}

func TestBeginningOfABody(t *testing.T) {
	for n := range 4 {
		err := Parse(502, nil, []byte(strings.Repeat("x", n)+strings.Repeat("é世", 200)))
		if text := err.Error(); !strings.Contains(text, "é") ||
			!strings.HasSuffix(text, `…"`) ||
			strings.Contains(text, `\x`) {
			t.Errorf("the text is %s", text)
		}
	}
}

// A body may begin with a byte order mark, or be packed because the caller asked for gzip. The
// caller's body stays as it was.
func TestBodiesAsTheyCome(t *testing.T) {
	const body = `{"error":{"code":"MAINTENANCE","message":"Down for maintenance","http_status":503},"status":503}`
	packed := func(text string) []byte {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		_, _ = io.WriteString(z, text)
		_ = z.Close()
		return b.Bytes()
	}
	whole := packed(body)
	for name, c := range map[string]struct {
		encoding string
		body     []byte
		max      int64
		ok       bool
		reason   string
	}{
		"a byte order mark":      {"", []byte("\ufeff" + body), 0, true, ""},
		"gzip":                   {"gzip", whole, 0, true, ""},
		"X-GZIP":                 {"X-GZIP", whole, 0, true, ""},
		"gzip, with a mark":      {"gzip", packed("\ufeff" + body), 0, true, ""},
		"gzip, unpacked already": {"gzip", []byte(body), 0, true, ""},
		"gzip that is cut": {
			"gzip", whole[:len(whole)-10], 0, false, "unpacking the body: unexpected EOF",
		},
		"a bomb": {
			"gzip", packed(strings.Repeat(" ", 10<<20) + body), 0, false, "longer than 1048576 bytes",
		},
		"gzip beyond the limit":  {"gzip", whole, 20, false, "longer than 20 bytes"},
		"gzip that is not named": {"", whole, 0, false, "not JSON"},
		"another encoding":       {"br", []byte("\x8b\x00"), 0, false, "not JSON"},
	} {
		d := Decoder{MaxBody: c.max}
		resp := &http.Response{
			StatusCode: 503,
			Header:     http.Header{"Content-Encoding": {c.encoding}},
			Body:       io.NopCloser(bytes.NewReader(c.body)),
		}
		err := d.Decode(resp)
		if c.ok && !errors.Is(err, CodeMaintenance) {
			t.Errorf("%s: decoded as %v", name, err)
		}
		var u *Unrecognized
		if errors.As(err, &u) == c.ok || !c.ok && !strings.Contains(u.Reason, c.reason) {
			t.Errorf("%s: not recognized because %q; want %q", name, u.Reason, c.reason)
		}
		if left, err := io.ReadAll(resp.Body); err != nil || !bytes.Equal(left, c.body) {
			t.Errorf("%s: the caller reads %q, %v", name, left, err)
		}
	}
}

// What a server sends cannot forge a log line or drive a terminal through Error. The fields
// Message and Code keep it unchanged.
func TestErrorIsOneVisibleLine(t *testing.T) {
	const evil = "a\r\nERROR forged\x1b[2J\x00\x07\u202eb\u200b\u2028\ufeff\u0085c"
	for name, err := range map[string]error{
		"made here": NewShadows(ShadowsParams{E: evil}),
		"from a server": Parse(503, nil, must2(json.Marshal(map[string]any{"error": map[string]any{
			"code": "MAINTENANCE", "message": evil,
		}}))),
		"an unknown one": Parse(503, nil,
			must2(json.Marshal(map[string]any{"error": map[string]any{"code": evil, "message": evil}}))),
		"no JSON": Parse(503, nil, []byte(evil)),
		"a broken one": Decode(&http.Response{
			StatusCode: 500, Body: io.NopCloser(failing{errors.New(evil)}),
		}),
		"a bare code": errors.Join(Code(evil), NewShadows(ShadowsParams{E: evil})),
	} {
		e, ok := From(err)
		if !ok {
			t.Fatalf("%s is %v", name, err)
		}
		var u *Unrecognized
		texts := []string{e.Error()}
		if errors.As(err, &u) {
			texts = append(texts, u.Error())
		}
		for _, text := range texts {
			for _, r := range text {
				if !strconv.IsPrint(r) {
					t.Errorf("%s: Error holds %q: %q", name, r, text)
				}
			}
		}
	}
	e, _ := From(Parse(503, nil,
		must2(json.Marshal(map[string]any{"error": map[string]any{"code": "x\ny", "message": evil}}))))
	if e.Message != evil || e.Code != "x\ny" {
		t.Errorf("the message is %q, the code %q: changed", e.Message, e.Code)
	}
	if got := NewTooLarge().Error(); got != "TOO_LARGE: The body is too large" {
		t.Errorf("a plain error is %q", got)
	}
}
