package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/errspec/errspec/generated/apierr"
	"github.com/errspec/errspec/generated/apierr/apierrtest"
)

func TestService(t *testing.T) {
	s := &service{agents: store{"A91": {"lobby"}, "B20": nil}, apiKey: "secret"}
	for _, test := range []struct {
		name, method, path, body string
		want                     error // nil for no error
	}{
		{"an agent", "GET", "/agents/A91", "", nil},
		{"an unknown agent", "GET", "/agents/Z99", "", apierr.NewNotFoundAgent("Z99")},
		{"an agent without rooms", "POST", "/agents/B20/speak", `{"text": "hello"}`,
			apierr.NewNotFoundRooms("B20")},
		{"a body that is not JSON", "POST", "/agents/A91/speak", "hello",
			apierr.CodeValidationError},
		{"a body without a text", "POST", "/agents/A91/speak", "{}",
			apierr.NewMissingParam("text")},
		{"a body that is too large", "POST", "/agents/A91/speak",
			`"` + strings.Repeat("x", 2<<10) + `"`, apierr.CodeFileTooLarge},
		{"an unknown path", "GET", "/rooms", "", apierr.CodeNotFound},
	} {
		t.Run(test.name, func(t *testing.T) {
			w, r := httptest.NewRecorder(), httptest.NewRequest(test.method, test.path,
				strings.NewReader(test.body))
			r.Header.Set("Api-Secret", "secret")
			s.routes().ServeHTTP(w, r)
			if test.want != nil {
				apierrtest.WantResponse(t, w.Result(), test.want)
			} else if w.Code != http.StatusOK {
				t.Errorf("the response is %d %s", w.Code, w.Body)
			}
		})
	}
	w := httptest.NewRecorder()
	s.routes().ServeHTTP(w, httptest.NewRequest("GET", "/agents/A91", nil))
	apierrtest.WantResponse(t, w.Result(), apierr.NewUnauthorized())
}

func TestClientRetries(t *testing.T) {
	server := apierrtest.NewServer(apierr.NewNoAvailableWorkers(),
		apierr.NewRateLimited("free", 6*time.Second))
	defer server.Close()
	c := newClient(server.URL)
	var waits []time.Duration
	transport := c.http.Transport.(*apierr.RetryTransport)
	transport.Sleep = func(_ context.Context,
		d time.Duration) error {
		waits = append(waits, d)
		return nil
	}
	if ok, err := c.exists(context.Background(), "A91"); !ok || err != nil {
		t.Errorf("the client gives %v, %v", ok, err)
	}
	if len(waits) != 2 || waits[1] < 6*time.Second || len(server.Requests()) != 3 {
		t.Errorf("the client waits %v and sends %d requests", waits, len(server.Requests()))
	}
}

func TestClientSeesErrors(t *testing.T) {
	server := apierrtest.NewServer(apierr.NewNotFoundAgent("A91"), apierr.NewInsufficientBalance())
	defer server.Close()
	c := newClient(server.URL)
	if ok, err := c.exists(context.Background(), "A91"); ok || err != nil {
		t.Errorf("an unknown agent gives %v, %v", ok, err)
	}
	_, err := c.exists(context.Background(), "A91")
	apierrtest.Want(t, err, apierr.CodeInsufficientBalance)
	var broke *apierr.InsufficientBalanceError
	if !errors.As(err, &broke) || broke.Status != http.StatusPaymentRequired ||
		!broke.Equal(apierr.NewInsufficientBalance()) {
		t.Errorf("the error is %v", err)
	}
}

func TestRecorder(t *testing.T) {
	var out bytes.Buffer
	rec := &apierrtest.Recorder{Out: &out}
	s := &service{apiKey: "secret"}
	w := httptest.NewRecorder()
	rec.Handler(s.routes()).ServeHTTP(w, httptest.NewRequest("GET", "/agents/A91", nil))
	var line struct {
		Method, URL string
		Status      int
		Body        struct{ Error struct{ Code apierr.Code } }
	}
	if err := json.Unmarshal(out.Bytes(), &line); err != nil || line.URL != "/agents/A91" ||
		line.Status != w.Code || line.Body.Error.Code != apierr.CodeUnauthorized {
		t.Errorf("recorded is %s, %v", out.Bytes(), err)
	}
}
