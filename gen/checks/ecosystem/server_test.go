package ecosystem

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"connectrpc.com/connect"
	"github.com/gin-gonic/gin"
	"github.com/go-chi/chi/v5"
	"github.com/labstack/echo/v4"
	"google.golang.org/protobuf/types/known/emptypb"

	"github.com/errspec/errspec/generated/apierr"
)

const canary = "cause-that-must-not-be-sent"

// noAgent is what a handler returns in these tests: an error, wrapped on its way, with a cause.
func noAgent(code string) error {
	return fmt.Errorf("loading %s: %w", canary, apierr.NewNotFoundAgent(code, apierr.WithCause(errors.New(canary))))
}

// asksForAgent sends GET /agents/A91 to a handler over a real connection, and fails unless the answer is that of noAgent.
func asksForAgent(t *testing.T, h http.Handler) {
	t.Helper()
	for _, http2 := range []bool{false, true} {
		server := httptest.NewUnstartedServer(h)
		server.EnableHTTP2 = http2
		server.StartTLS()
		defer server.Close()
		resp, err := server.Client().Get(server.URL + "/agents/A91")
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		var e *apierr.NotFoundError
		if err := apierr.Decode(resp); !errors.Is(err, apierr.VariantNotFoundAgent) || !errors.As(err, &e) || e.Params.AgentCode != "A91" || resp.StatusCode != 404 {
			t.Errorf("%s: decoded as %d %v", resp.Proto, resp.StatusCode, err)
		}
		body, err := io.ReadAll(resp.Body)
		if all := fmt.Sprint(resp.Header, string(body), err); strings.Contains(all, canary) || !json.Valid(body) || (resp.ProtoMajor == 2) != http2 {
			t.Errorf("%s: received %s", resp.Proto, all)
		}
	}
}

func TestNetHTTP(t *testing.T) {
	mux := http.NewServeMux()
	mux.Handle("GET /agents/{code}", apierr.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) error { // recipe
		return noAgent(r.PathValue("code"))
	}))
	asksForAgent(t, mux)
}

func TestChi(t *testing.T) {
	r := chi.NewRouter()
	r.Use((&apierr.Responder{}).Recover)                                                                               // recipe: in place of middleware.Recoverer
	r.Method(http.MethodGet, "/agents/{code}", apierr.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) error { // recipe
		return noAgent(chi.URLParam(r, "code"))
	}))
	r.Get("/panic", func(http.ResponseWriter, *http.Request) { panic(canary) })
	asksForAgent(t, r)
	panics(t, r)
}

// panics fails unless GET /panic is answered with the catalog's 500.
func panics(t *testing.T, h http.Handler) {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/panic", nil))
	if err := apierr.Decode(w.Result()); !errors.Is(err, apierr.CodeInternalError) || strings.Contains(w.Body.String(), canary) {
		t.Errorf("a panic is answered with %d %s", w.Code, w.Body)
	}
}

func TestEcho(t *testing.T) {
	e := echo.New()
	e.HTTPErrorHandler = func(err error, c echo.Context) { // recipe
		if c.Response().Committed {
			return
		}
		if own := new(echo.HTTPError); errors.As(err, &own) { // echo's own: no such route, method or media type
			e.DefaultHTTPErrorHandler(err, c)
			return
		}
		apierr.Write(c.Response(), c.Request(), err)
	}
	e.Use(echo.WrapMiddleware((&apierr.Responder{}).Recover))
	e.GET("/agents/:code", func(c echo.Context) error { return noAgent(c.Param("code")) })
	e.GET("/panic", func(echo.Context) error { panic(canary) })
	e.GET("/half", func(c echo.Context) error {
		_ = c.String(http.StatusOK, "half")
		return noAgent("A91")
	})
	asksForAgent(t, e)
	panics(t, e)
	for path, want := range map[string]string{"/nothing": "404 {\"message\":\"Not Found\"}\n", "/half": "200 half"} {
		w := httptest.NewRecorder()
		e.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		if got := fmt.Sprint(w.Code, " ", w.Body); got != want {
			t.Errorf("%s is answered with %q; want %q", path, got, want)
		}
	}
}

func TestGin(t *testing.T) {
	gin.SetMode(gin.ReleaseMode)
	r := gin.New()
	r.Use(func(c *gin.Context) { // recipe
		c.Next()
		if err := c.Errors.Last(); err != nil && !c.Writer.Written() {
			apierr.Write(c.Writer, c.Request, err)
		}
	})
	r.GET("/agents/:code", func(c *gin.Context) { _ = c.Error(noAgent(c.Param("code"))) })
	r.GET("/half", func(c *gin.Context) {
		c.String(http.StatusOK, "half")
		_ = c.Error(noAgent("A91"))
	})
	r.GET("/panic", func(*gin.Context) { panic(canary) })
	asksForAgent(t, r)
	panics(t, (&apierr.Responder{}).Recover(r)) // recipe: in place of gin.Recovery
	w := httptest.NewRecorder()
	r.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/half", nil))
	if w.Code != 200 || w.Body.String() != "half" {
		t.Errorf("a half-sent body is answered with %d %s", w.Code, w.Body)
	}
}

// ConnectRPC has codes and a wire format of its own. The error's code travels beside them, in the metadata.
func TestConnect(t *testing.T) {
	interceptor := connect.UnaryInterceptorFunc(func(next connect.UnaryFunc) connect.UnaryFunc {
		return func(ctx context.Context, req connect.AnyRequest) (connect.AnyResponse, error) {
			resp, err := next(ctx, req)
			if e, ok := apierr.From(err); ok && !req.Spec().IsClient { // recipe: e, not err, whose text is the server's own affair
				sent := connect.NewError(codeOf(e.Status()), e)
				sent.Meta().Set("Error-Code", string(e.Code()))
				err = sent
			}
			return resp, err
		}
	})
	path := "/agents.v1.Agents/Get"
	mux := http.NewServeMux()
	mux.Handle(path, connect.NewUnaryHandler(path, func(context.Context, *connect.Request[emptypb.Empty]) (*connect.Response[emptypb.Empty], error) {
		return nil, noAgent("A91")
	}, connect.WithInterceptors(interceptor)))
	server := httptest.NewServer(mux)
	defer server.Close()
	client := connect.NewClient[emptypb.Empty, emptypb.Empty](server.Client(), server.URL+path)
	_, err := client.CallUnary(t.Context(), connect.NewRequest(&emptypb.Empty{}))
	var received *connect.Error
	if !errors.As(err, &received) || received.Code() != connect.CodeNotFound || apierr.Code(received.Meta().Get("Error-Code")) != apierr.CodeNotFound {
		t.Errorf("the client receives %v", err)
	}
	if strings.Contains(fmt.Sprint(err, received.Meta()), canary) {
		t.Errorf("the cause was sent: %v", err)
	}
	if wrapped := connect.NewError(connect.CodeNotFound, noAgent("A91")); !errors.Is(wrapped, apierr.CodeNotFound) {
		t.Error("errors.Is does not look into a *connect.Error")
	}
}

// codeOf returns connect's code for an HTTP status.
func codeOf(status int) connect.Code {
	switch status {
	case http.StatusBadRequest, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType:
		return connect.CodeInvalidArgument
	case http.StatusUnauthorized:
		return connect.CodeUnauthenticated
	case http.StatusForbidden:
		return connect.CodePermissionDenied
	case http.StatusNotFound:
		return connect.CodeNotFound
	case http.StatusPaymentRequired, http.StatusTooManyRequests:
		return connect.CodeResourceExhausted
	case http.StatusServiceUnavailable:
		return connect.CodeUnavailable
	default:
		return connect.CodeInternal
	}
}

// Trailers that a handler announces arrive, with HTTP/1.1 and with HTTP/2.
func TestTrailers(t *testing.T) {
	for _, http2 := range []bool{false, true} {
		server := httptest.NewUnstartedServer(apierr.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) error {
			w.Header().Set("Trailer", "Server-Timing")
			w.Header().Set("Server-Timing", "db;dur=7")
			return noAgent("A91")
		}))
		server.EnableHTTP2 = http2
		server.StartTLS()
		defer server.Close()
		resp, err := server.Client().Get(server.URL)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		if err := apierr.Decode(resp); !errors.Is(err, apierr.CodeNotFound) {
			t.Errorf("%s: decoded as %v", resp.Proto, err)
		}
		if _, err := io.Copy(io.Discard, resp.Body); err != nil || resp.Trailer.Get("Server-Timing") != "db;dur=7" {
			t.Errorf("%s: the trailers are %v, %v", resp.Proto, resp.Trailer, err)
		}
	}
}
