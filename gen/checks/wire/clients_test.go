//go:build tools

package wire

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errspec/errspec/generated/apierr"
)

// The Python on the reference page, copied unchanged, reads what the Go server sends. Instead of
// the requests library it imports testdata/requests.py, which implements the needed parts with the
// standard library.
func TestPython(t *testing.T) {
	page, err := os.ReadFile("../../../generated/errors.md")
	if err != nil {
		t.Fatal(err)
	}
	_, code, found := strings.Cut(string(page), "```python\n")
	code, _, ended := strings.Cut(code, "```\n")
	if !found || !ended {
		t.Fatal("the reference page has no Python")
	}
	url := start(t, io.Discard)
	library, err := filepath.Abs("testdata")
	if err != nil {
		t.Fatal(err)
	}
	run := func(apiSecret string) string {
		cmd := exec.CommandContext(t.Context(), "python3", "-c",
			fmt.Sprintf("api_secret = %q\n%s", apiSecret, code))
		cmd.Env = append(os.Environ(), "SERVER="+url, "PYTHONPATH="+library,
			"PYTHONDONTWRITEBYTECODE=1", "NO_PROXY=127.0.0.1")
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("python3: %v\n%s", err, out)
		}
		return string(out)
	}
	for name, failure := range failures {
		e, _ := apierr.From(failure())
		want := fmt.Sprintf("Error %s: %s\n", e.Code, e.Message)
		switch e.Status {
		case 401, 403:
			want = "Auth failed. Check BITHUMAN_API_SECRET.\n"
		case 429:
			want = "Rate limited. Wait and retry with backoff.\n"
		case 503:
			want = "Workers busy. Retry in a few seconds.\n"
		}
		if diff := cmp.Diff(want, run(name)); diff != "" {
			t.Errorf("%s: Python prints something else (-want +got):\n%s", name, diff)
		}
	}
	if diff := cmp.Diff("Agent generating: A91XMB7113\n", run("good")); diff != "" {
		t.Errorf("success: Python prints something else (-want +got):\n%s", diff)
	}
}

func TestCurl(t *testing.T) {
	url := start(t, io.Discard)
	for name, failure := range failures {
		sent := httptest.NewRecorder()
		apierr.Write(sent, httptest.NewRequest(http.MethodPost, "/", nil), failure())
		cmd := exec.CommandContext(t.Context(), "curl", "--silent", "--show-error", "--noproxy",
			"*",
			"--header", "api-secret: "+name, "--json", `{"prompt":"hello"}`,
			"--write-out", "\n%{http_code} %{content_type} %header{retry-after}",
			url+"/v1/agent/generate")
		cmd.Stderr = os.Stderr
		got, err := cmd.Output()
		if err != nil {
			t.Fatalf("curl: %v", err)
		}
		want := fmt.Sprintf("%s\n%d application/json %s", sent.Body, sent.Code,
			sent.Header().Get("Retry-After"))
		if diff := cmp.Diff(want, string(got)); diff != "" {
			t.Errorf("%s: curl prints something else (-want +got):\n%s", name, diff)
		}
	}
}

// An explanation is what a reader of errors.json prints about a response.
type explanation struct {
	Status     int               `json:"status"`
	Code       string            `json:"code"`
	Known      bool              `json:"known"`
	Variant    string            `json:"variant"`
	Params     map[string]string `json:"params"`
	Resolution string            `json:"resolution"`
	Retry      *advice           `json:"retry"`
}

// An advice is whether and how to retry. The first wait is in seconds.
type advice struct {
	Retries   int     `json:"retries"`
	AnyMethod bool    `json:"any_method"`
	FirstWait float64 `json:"first_wait"`
}

// Programs in two other languages explain every error of the service with errors.json, and agree
// with the Go client.
func TestExplained(t *testing.T) {
	url := start(t, io.Discard) + "/v1/agent/generate"
	for _, reader := range [][]string{{"python3", "testdata/explain.py"},
		{"node", "testdata/explain.js"}} {
		for name := range failures {
			cmd := exec.CommandContext(t.Context(), reader[0], reader[1],
				"../../../generated/errors.json", url, name)
			var words strings.Builder
			cmd.Stderr = &words
			out, err := cmd.Output()
			if err != nil {
				t.Fatalf("%v: %v\n%s", cmd.Args, err, &words)
			}
			var got explanation
			if err := json.Unmarshal(out, &got); err != nil {
				t.Fatalf("%v: %v\n%s", cmd.Args, err, out)
			}
			if diff := cmp.Diff(explained(t, strings.TrimSuffix(url, "/v1/agent/generate"), name),
				got); diff != "" {
				t.Errorf("%s: %s disagrees with Go (-go +it):\n%s", name, reader[1],
					diff)
			}
		}
	}
}

// explained returns what the Go client reads from the same response.
func explained(t *testing.T, url, name string) explanation {
	t.Helper()
	resp, err := http.DefaultClient.Do(request(t, url, name))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	decoded := apierr.Decode(resp)
	e, ok := apierr.From(decoded)
	if !ok {
		t.Fatalf("%s: Go does not know %v", name, decoded)
	}
	info := e.Code.Info()
	x := explanation{
		Status: e.Status, Code: string(e.Code), Known: true,
		Variant: strings.TrimPrefix(string(e.Variant), string(e.Code)+"/"),
		Params:  map[string]string{}, Resolution: info.Resolution(),
	}
	for _, m := range info.Messages() {
		if m.Variant == e.Variant && m.Resolution != "" {
			x.Resolution = m.Resolution
		}
	}
	if v := reflect.ValueOf(decoded).Elem().FieldByName("Params"); v.IsValid() {
		for i, p := range info.Params() {
			x.Params[p.Name] = fmt.Sprint(v.Field(i))
		}
	}
	if p, ok := info.Retry(); ok {
		x.Retry = &advice{p.MaxRetries, p.AnyMethod,
			max(min(p.Base, p.MaxDelay), e.RetryAfter).Seconds()}
	}
	return x
}
