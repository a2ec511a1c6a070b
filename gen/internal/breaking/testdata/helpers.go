package consumers

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
)

// sent returns the response that a server sends for an error.
func sent(write func(http.ResponseWriter, *http.Request, error), err error) *http.Response {
	rec := httptest.NewRecorder()
	write(rec, httptest.NewRequest(http.MethodGet, "/", nil), err)
	return rec.Result()
}

// member returns a member of a response's body, a string.
func member(t *testing.T, resp *http.Response, name string) string {
	t.Helper()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	var body map[string]any
	if err := json.NewDecoder(bytes.NewReader(data)).Decode(&body); err != nil {
		t.Fatalf("%v: %s", err, data)
	}
	text, ok := body[name].(string)
	if !ok {
		t.Fatalf("the body has no string %q: %s", name, data)
	}
	return text
}

// old is what a server sends that was built before FILE_GONE was retired.
var old = []byte(`{"error": {"code": "FILE_GONE", "message": "The file is gone", "httpStatus": 410}, "status": "error", "status_code": 410}`)
