package ecosystem

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
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

// noAgent returns the error of the handlers in these tests: wrapped, and with a cause.
func noAgent() error {
	return fmt.Errorf("loading %s: %w", canary,
		apierr.NewNotFoundAgent("A91", apierr.WithCause(errors.New(canary))))
}

// asksForAgent sends GET /agents/A91 to a handler over a real connection, and fails unless the
// response is noAgent's.
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
		if err := apierr.Decode(resp); !errors.Is(err, apierr.VariantNotFoundAgent) ||
			!errors.As(err, &e) || e.Params.AgentCode != "A91" || resp.StatusCode != 404 {
			t.Errorf("%s: decoded as %d %v", resp.Proto, resp.StatusCode, err)
		}
		body, err := io.ReadAll(resp.Body)
		if all := fmt.Sprint(resp.Header, string(body), err); strings.Contains(all, canary) ||
			!json.Valid(body) || (resp.ProtoMajor == 2) != http2 {
			t.Errorf("%s: received %s", resp.Proto, all)
		}
	}
}

// A service is a framework with its recipe, and routes that end in every way that the framework
// supports.
type service func(*apierr.Responder) http.Handler

func services() map[string]service {
	gin.SetMode(gin.ReleaseMode)
	common := func(d *apierr.Responder) map[string]http.Handler {
		return map[string]http.Handler{
			"/panic": http.HandlerFunc(func(http.ResponseWriter,
				*http.Request) {
				panic(canary)
			}),
			"/foreign": d.Handler(func(http.ResponseWriter,
				*http.Request) error {
				return errors.New(canary)
			}),
			"/nil": d.Handler(func(http.ResponseWriter,
				*http.Request) error {
				return (*apierr.NotFoundError)(nil)
			}),
			"/bind": d.Handler(func(http.ResponseWriter,
				*http.Request) error {
				return apierr.CodeValidationError
			}),
			"/half": d.Handler(func(w http.ResponseWriter, _ *http.Request) error {
				_, _ = io.WriteString(w, "half")
				return noAgent()
			}),
			"/stream": d.Handler(func(w http.ResponseWriter, _ *http.Request) error {
				_, _ = io.WriteString(w, "data: 1\n\n")
				return http.NewResponseController(w).Flush()
			}),
			"/broken": d.Handler(func(w http.ResponseWriter, _ *http.Request) error {
				_, _ = io.WriteString(w, "data: 1\n\n")
				w.(http.Flusher).Flush()
				return noAgent()
			}),
		}
	}
	return map[string]service{
		"nethttp.go": func(d *apierr.Responder) http.Handler {
			mux := http.NewServeMux()
			for path, h := range common(d) {
				mux.Handle("GET "+path, h)
			}
			return forMux(mux, d)
		},
		"chi.go": func(d *apierr.Responder) http.Handler {
			r := chi.NewRouter()
			h := forChi(r, d)
			for path, h := range common(d) {
				r.Method(http.MethodGet, path, h)
			}
			return h
		},
		"echo.go": func(d *apierr.Responder) http.Handler {
			e := echo.New()
			h := forEcho(e, d)
			e.GET("/panic", func(echo.Context) error { panic(canary) })
			e.GET("/foreign", func(echo.Context) error { return errors.New(canary) })
			e.GET("/nil", func(echo.Context) error { return (*apierr.NotFoundError)(nil) })
			e.GET("/bind", func(c echo.Context) error { return c.Bind(new(struct{ N int })) })
			e.GET("/half", func(c echo.Context) error {
				_ = c.String(http.StatusOK, "half")
				return noAgent()
			})
			e.GET("/stream", func(c echo.Context) error {
				_, _ = io.WriteString(c.Response(), "data: 1\n\n")
				c.Response().Flush()
				return nil
			})
			e.GET("/broken", func(c echo.Context) error {
				_, _ = io.WriteString(c.Response(), "data: 1\n\n")
				c.Response().Flush()
				return noAgent()
			})
			return h
		},
		"gin.go": func(d *apierr.Responder) http.Handler {
			r := gin.New()
			h := forGin(r, d)
			r.GET("/panic", func(*gin.Context) { panic(canary) })
			r.GET("/foreign", func(c *gin.Context) { _ = c.Error(errors.New(canary)) })
			r.GET("/nil", func(c *gin.Context) { _ = c.Error((*apierr.NotFoundError)(nil)) })
			r.GET("/bind", func(c *gin.Context) { _ = c.BindJSON(new(struct{ N int })) })
			r.GET("/half", func(c *gin.Context) {
				c.String(http.StatusOK, "half")
				_ = c.Error(noAgent())
			})
			once := func(w io.Writer) bool { _, _ = io.WriteString(w, "data: 1\n\n"); return false }
			r.GET("/stream", func(c *gin.Context) { c.Stream(once) })
			r.GET("/broken", func(c *gin.Context) {
				c.Stream(once)
				_ = c.Error(noAgent())
			})
			r.GET("/abort", func(c *gin.Context) { c.AbortWithStatus(http.StatusPaymentRequired) })
			return h
		},
	}
}

// Each recipe turns every failure in its framework into an error of the catalog, with one body and
// one status. If a response has already begun, the connection breaks.
func TestRecipes(t *testing.T) {
	for name, service := range services() {
		t.Run(name, func(t *testing.T) {
			h := service(&apierr.Responder{Logger: slog.New(slog.DiscardHandler)})
			asksForAgent(t, h)
			server := httptest.NewServer(h)
			defer server.Close()
			for _, tt := range []struct {
				method, path string
				status       int // 0 for a broken connection
				code         apierr.Code
			}{
				{"GET", "/agents/A91", 404, apierr.CodeNotFound},
				{"HEAD", "/nothing", 404, ""},
				{"GET", "/nothing", 404, apierr.CodeNotFound},
				{"POST", "/agents/A91", 405, ""}, // the catalog has no code for it
				{"GET", "/panic", 500, apierr.CodeInternalError},
				{"GET", "/foreign", 500, apierr.CodeInternalError},
				{"GET", "/bind", 400, apierr.CodeValidationError},
				{"GET", "/half", 0, ""},
				{"GET", "/nil", 200, ""},
				{"GET", "/stream", 200, ""},
				{"GET", "/broken", 0, ""},
				{"GET", "/abort", 402, apierr.CodeInsufficientBalance},
			} {
				if tt.path == "/abort" && name != "gin.go" {
					continue
				}
				req, err := http.NewRequest(tt.method, server.URL+tt.path,
					strings.NewReader(`{"N":"text"}`))
				if err != nil {
					t.Fatal(err)
				}
				req.Header.Set("Content-Type", "application/json")
				resp, err := http.DefaultTransport.RoundTrip(req)
				var body []byte
				if err == nil {
					body, err = io.ReadAll(resp.Body)
					_ = resp.Body.Close()
				}
				if tt.status == 0 {
					if err == nil {
						t.Errorf("%s is answered with %d %q; want a broken connection", tt.path,
							resp.StatusCode, body)
					}
					continue
				}
				if err != nil || resp.StatusCode != tt.status ||
					bytes.Contains(body, []byte(canary)) {
					t.Errorf("%s %s is answered with %+v %q, %v; want %d", tt.method, tt.path, resp,
						body, err, tt.status)
					continue
				}
				if tt.code != "" &&
					!errors.Is(apierr.Parse(resp.StatusCode, resp.Header, body), tt.code) {
					t.Errorf("%s %s is answered with %s; want %s", tt.method, tt.path, body,
						tt.code)
				}
				if tt.status == 405 && resp.Header.Get("Allow") == "" {
					t.Errorf("%s %s is answered without Allow", tt.method, tt.path)
				}
			}
		})
	}
}

// ConnectRPC has its own codes and wire format. The error's code is in the metadata.
func TestConnect(t *testing.T) {
	interceptor := connect.UnaryInterceptorFunc(func(next connect.UnaryFunc) connect.UnaryFunc {
		return func(ctx context.Context, req connect.AnyRequest) (connect.AnyResponse, error) {
			resp, err := next(ctx, req)
			// recipe: e, not err, whose text is private to the server
			if e, ok := apierr.From(err); ok && !req.Spec().IsClient {
				sent := connect.NewError(codeOf(e.Status), e)
				sent.Meta().Set("Error-Code", string(e.Code))
				err = sent
			}
			return resp, err
		}
	})
	path := "/agents.v1.Agents/Get"
	mux := http.NewServeMux()
	mux.Handle(path, connect.NewUnaryHandler(path, func(context.Context,
		*connect.Request[emptypb.Empty]) (*connect.Response[emptypb.Empty], error) {
		return nil, noAgent()
	}, connect.WithInterceptors(interceptor)))
	server := httptest.NewServer(mux)
	defer server.Close()
	client := connect.NewClient[emptypb.Empty, emptypb.Empty](server.Client(), server.URL+path)
	_, err := client.CallUnary(t.Context(), connect.NewRequest(&emptypb.Empty{}))
	var received *connect.Error
	if !errors.As(err, &received) || received.Code() != connect.CodeNotFound ||
		apierr.Code(received.Meta().Get("Error-Code")) != apierr.CodeNotFound {
		t.Errorf("the client receives %v", err)
	}
	if strings.Contains(fmt.Sprint(err, received.Meta()), canary) {
		t.Errorf("the cause was sent: %v", err)
	}
	if wrapped := connect.NewError(connect.CodeNotFound, noAgent()); !errors.Is(wrapped,
		apierr.CodeNotFound) {
		t.Error("errors.Is does not unwrap a *connect.Error")
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

// Trailers that a handler announces arrive, over HTTP/1.1 and HTTP/2.
func TestTrailers(t *testing.T) {
	for _, http2 := range []bool{false, true} {
		server := httptest.NewUnstartedServer(apierr.HandlerFunc(func(w http.ResponseWriter,
			_ *http.Request) error {
			w.Header().Set("Trailer", "Server-Timing")
			w.Header().Set("Server-Timing", "db;dur=7")
			return noAgent()
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
		if _, err := io.Copy(io.Discard, resp.Body); err != nil ||
			resp.Trailer.Get("Server-Timing") != "db;dur=7" {
			t.Errorf("%s: the trailers are %v, %v", resp.Proto, resp.Trailer, err)
		}
	}
}
