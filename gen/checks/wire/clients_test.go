//go:build tools

package wire

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
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
