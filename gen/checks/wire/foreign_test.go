//go:build tools

package wire

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// served is a response as some server or proxy sends it.
type served struct {
	body       string
	retryAfter []string
	cut        bool // the connection ends before the body does
}

// explainedBy returns what a reader of errors.json prints about a response with the status 503.
func explainedBy(t *testing.T, reader []string, table string, s served) (explanation, string) {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header()["Retry-After"] = s.retryAfter
		w.Header().Set("Date", "Fri, 12 Jun 2026 10:00:00 GMT")
		if s.cut {
			w.Header().Set("Content-Length", "1000")
		}
		w.WriteHeader(http.StatusServiceUnavailable)
		_, _ = w.Write([]byte(s.body)) // the client may have left
	}))
	defer server.Close()
	cmd := exec.CommandContext(t.Context(), reader[0], reader[1], table, server.URL, "secret")
	var words strings.Builder
	cmd.Stderr = &words
	out, err := cmd.Output()
	if err != nil {
		t.Errorf("%s fails on %.80q: %v\n%s", reader[1], s.body, err, &words)
		return explanation{}, ""
	}
	var got explanation
	if err := json.Unmarshal(out, &got); err != nil {
		t.Errorf("%s prints invalid JSON for %.80q: %v\n%s", reader[1], s.body, err, out)
	}
	return got, string(out)
}

var readers = [][]string{{"python3", "testdata/explain.py"}, {"node", "testdata/explain.js"}}

const (
	lookupTable = "../../../generated/errors.json"
	busy        = `{"error": {"code": "NO_AVAILABLE_WORKERS", "message": "No available workers", "httpStatus": 503}, "status": "error", "status_code": 503}`
)

// The readers accept any Retry-After that a server may send, and never wait less than it asks for.
// The policy's first wait is a second.
func TestRetryAfterIsRead(t *testing.T) {
	for _, tt := range []struct {
		header []string
		want   float64
	}{
		{nil, 1},
		{[]string{""}, 1},
		{[]string{"0"}, 1},
		{[]string{"120"}, 120},
		{[]string{" \t120 "}, 120},
		{[]string{"0000120"}, 120},
		{[]string{"1.5"}, 2},
		{[]string{"1.0"}, 1},
		{[]string{"2.000000000000000000000001"}, 3},
		{[]string{".5"}, 1},
		{[]string{"120, 30"}, 120},
		{[]string{"30,120.2 ,"}, 121},
		{[]string{"30", "120"}, 120},
		{[]string{"-1"}, 1},
		{[]string{"-120"}, 1},
		{[]string{"1e3"}, 1},
		{[]string{"0x10"}, 1},
		{[]string{"120s"}, 1},
		{[]string{"soon"}, 1},
		{[]string{"NaN"}, 1},
		{[]string{"Infinity"}, 1},
		{[]string{"1000000000000000000000"}, 1e21},
		{[]string{"Fri, 12 Jun 2026 10:02:00 GMT"}, 120},
		{[]string{"Friday, 12-Jun-26 10:02:00 GMT"}, 120},
		{[]string{"Fri Jun 12 10:02:00 2026"}, 120},
		{[]string{"Sat Jul  4 10:00:00 2026"}, 22 * 24 * 3600},
		{[]string{"Fri, 12 Jun 2026 09:00:00 GMT"}, 1},
		{[]string{"Sunday, 06-Nov-94 08:49:37 GMT"}, 1},
		{[]string{"Sun Nov  6 08:49:37 1994"}, 1},
		{[]string{"30, Fri, 12 Jun 2026 10:02:00 GMT"}, 120},
		{[]string{"Fri, 12 Jun 2026 10:02:00 GMT, 150"}, 150},
		{[]string{"Fri, 12 Jun 2026 10:02:00 GMT", "Fri Jun 12 10:03:00 2026"}, 180},
		{[]string{"Fri, 12 Foo 2026 10:02:00 GMT"}, 1},
		{[]string{"Fri, 12 Jun 2026 :::::::: GMT"}, 1},
		{[]string{"Fri, 12 Jun 2026"}, 1},
	} {
		for _, reader := range readers {
			got, out := explainedBy(t, reader, lookupTable,
				served{body: busy, retryAfter: tt.header})
			if !got.Known || got.Retry == nil || got.Retry.FirstWait != tt.want {
				t.Errorf("%s: Retry-After %q is a wait of %v seconds, but it prints %s", reader[1],
					tt.header, tt.want, out)
			}
		}
	}
	for _, reader := range readers {
		got, out := explainedBy(t, reader, lookupTable,
			served{body: busy, retryAfter: []string{strings.Repeat("9", 5000)}})
		if got.Retry == nil || got.Retry.FirstWait < 1e300 {
			t.Errorf("%s: a Retry-After of 5000 digits is forever, but it prints %s", reader[1],
				out)
		}
	}
}

// For responses that are not the catalog's, the readers report what they know: the status.
func TestForeignResponsesAreUnknown(t *testing.T) {
	for name, s := range map[string]served{
		"an HTML page": {body: "<html><body>503 Service Unavailable</body></html>",
			retryAfter: []string{"Wed, 21 Oct 2015 07:28:00 GMT"}},
		"an empty body":          {},
		"white space":            {body: " \r\n"},
		"a BOM alone":            {body: "\ufeff"},
		"truncated JSON":         {body: busy[:60]},
		"a body that is cut off": {body: busy[:60], cut: true},
		"nothing at all":         {cut: true},
		"a list":                 {body: "[" + busy + "]"},
		"a text":                 {body: `"error"`},
		"a number":               {body: "503"},
		"null":                   {body: "null"},
		"no error":               {body: `{"code": "NO_AVAILABLE_WORKERS"}`},
		"an error that is text":  {body: `{"error": "code"}`},
		"an error that is null":  {body: `{"error": null}`},
		"a code that is null":    {body: `{"error": {"code": null}}`},
		"a code that is a list":  {body: `{"error": {"code": ["NO_AVAILABLE_WORKERS"]}}`},
		"a code that is a bool":  {body: `{"error": {"code": true}}`},
		"a code that is a map":   {body: `{"error": {"code": {}}}`},
		"no UTF-8":               {body: "{\"error\": {\"code\": \"\xff\xfe\"}}"},
		"UTF-16":                 {body: "\xff\xfe{\x00}\x00"},
		"Latin-1":                {body: "Dienst nicht verf\xfcgbar"},
		"nesting without end":    {body: strings.Repeat("[", 200_000)},
		"an unknown code":        {body: `{"error": {"code": "NEW"}}`},
		"an empty code":          {body: `{"error": {"code": ""}}`},
		"a code of JavaScript":   {body: `{"error": {"code": "constructor"}}`},
		"a code of Python":       {body: `{"error": {"code": "__class__"}}`},
		"a code that is a digit": {body: `{"error": {"code": 42}}`},
		"a long number":          {body: `{"error": {"code": ` + strings.Repeat("9", 5000) + `}}`},
	} {
		for _, reader := range readers {
			got, out := explainedBy(t, reader, lookupTable, s)
			code := map[string]string{"no UTF-8": "\ufffd\ufffd", "an unknown code": "NEW",
				"a code of JavaScript": "constructor", "a code of Python": "__class__",
				"a code that is a digit": "42"}[name]
			if name == "a long number" {
				code = got.Code // empty in Python, and Infinity in JavaScript
			}
			if got.Status != 503 || got.Known || got.Code != code || got.Retry != nil {
				t.Errorf("%s: %s prints %s", name, reader[1], out)
			}
		}
	}
}

// The readers recognise the catalog's errors, whatever surrounds them.
func TestKnownResponsesAreKnown(t *testing.T) {
	table, err := os.ReadFile(lookupTable)
	if err != nil {
		t.Fatal(err)
	}
	withBOM := filepath.Join(t.TempDir(), "errors.json")
	if err := os.WriteFile(withBOM, append([]byte("\ufeff"), table...), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, body := range map[string]string{
		"after a BOM":         "\ufeff" + busy,
		"in white space":      "\r\n " + busy + "\n",
		"with bytes of noise": strings.Replace(busy, `"status": "error"`, "\"x\": \"\xff\"", 1),
		"with more members":   strings.Replace(busy, "{", `{"a": [[]], `, 1),
	} {
		for _, reader := range readers {
			for _, table := range []string{lookupTable, withBOM} {
				if got, out := explainedBy(t, reader, table, served{body: body}); !got.Known ||
					got.Code != "NO_AVAILABLE_WORKERS" || got.Params == nil || got.Retry == nil {
					t.Errorf("%s: %s prints %s", name, reader[1], out)
				}
			}
		}
	}
	for name, message := range map[string]string{"no message": "null", "a number": "5",
		"a list": "[]", "another text": `"undefined"`} {
		body := strings.Replace(busy, `"No available workers"`, message, 1)
		for _, reader := range readers {
			if got, out := explainedBy(t, reader, lookupTable, served{body: body}); !got.Known ||
				got.Params != nil || got.Retry == nil {
				t.Errorf("%s: %s prints %s", name, reader[1], out)
			}
		}
	}
}
