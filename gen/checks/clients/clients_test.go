package clients

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/gen/checks/internal/corpus"
	"github.com/errspec/errspec/gen/internal/emit/openapi"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/generated/apierr"
)

// TestClients generates clients with both generators, from documents that refer to ours by $ref to
// another file. It builds all of them, and runs two against a server that sends real errors.
func TestClients(t *testing.T) {
	module := newModule(t)
	api, err := os.ReadFile("../openapi/testdata/api.yaml")
	if err != nil {
		t.Fatal(err)
	}
	silent := 0
	for _, file := range corpus.Catalogs(t) {
		c, _ := pipeline.Load(corpus.Open(t, file))
		if c == nil {
			continue // it has errors
		}
		errors := corpus.Emitted(t)(openapi.Emit(c, openapi.Options{}))
		if file == corpus.Own {
			module.generate("bithuman", api, errors)
		} else if api := referring(t, errors); api != nil {
			module.generate(strings.ReplaceAll(filepath.Base(filepath.Dir(file)), "-", ""), api,
				errors)
		} else {
			silent++
		}
	}
	if silent > 2 {
		t.Errorf(
			"%d documents have no response with its own status; want the 2 of catalogs without public codes",
			silent)
	}
	for _, generator := range []string{"oapi", "ogen"} {
		program, err := os.ReadFile("testdata/" + generator + ".go.txt")
		if err != nil {
			t.Fatal(err)
		}
		module.write("cmd/"+generator+"/main.go", program)
	}
	module.run("go", "vet", "./...") // builds all packages

	server := httptest.NewServer(apierr.HandlerFunc(answer))
	defer server.Close()
	want := "200 A91XMB7113\n" +
		"401 UNAUTHORIZED Invalid API secret\n" +
		"403 ACCOUNT_SUSPENDED Account suspended\n" +
		"404 NOT_FOUND Agent not found for code: lost\n" +
		"429 RATE_LIMITED Too many free requests for this api-secret. Retry in ~6s. 6\n" +
		"500 INTERNAL_ERROR Internal server error\n" +
		// codes that the document does not know, through Status.401 and default
		"401 TOKEN_EXPIRED The token has expired\n" +
		"409 AGENT_BUSY The agent is busy\n"
	for _, generator := range []string{"oapi", "ogen"} {
		got := module.run("go", "run", "./cmd/"+generator, server.URL, "found", "stranger",
			"suspended", "lost", "busy", "broken", "newer-401", "newer-409")
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("the client of %s reads something else (-want +got):\n%s", generator,
				diff)
		}
	}
}

// answer sends the error whose code is in the request's path.
func answer(w http.ResponseWriter, r *http.Request) error {
	switch filepath.Base(r.URL.Path) {
	case "found":
		w.Header().Set("Content-Type", "application/json")
		_, err := fmt.Fprint(w, `{"agent_id":"A91XMB7113"}`)
		return err
	case "newer-401":
		return newer(w, http.StatusUnauthorized, "TOKEN_EXPIRED", "The token has expired")
	case "newer-409":
		return newer(w, http.StatusConflict, "AGENT_BUSY", "The agent is busy")
	case "stranger":
		return apierr.NewUnauthorized()
	case "suspended":
		return apierr.NewAccountSuspended(apierr.WithStatus(http.StatusForbidden))
	case "busy":
		return apierr.NewRateLimited("free", 6*time.Second)
	case "lost":
		return apierr.NewNotFoundAgent("lost")
	default:
		return apierr.NewInternalError()
	}
}

// newer sends an error of a later version of the catalog.
func newer(w http.ResponseWriter, status int, code, message string) error {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, err := fmt.Fprintf(w, `{"error":{"code":%q,"message":%q,"httpStatus":%d,"why":["new"]},`+
		`"status":"error","status_code":%d}`, code, message, status, status)
	return err
}

// referring returns an API's document that refers to all our responses with their own status, or
// nil if there are none, as in a catalog without public codes.
func referring(t *testing.T, errors []byte) []byte {
	t.Helper()
	var doc struct {
		Components struct {
			Responses map[string]any
			Examples  map[string]any
		}
	}
	if err := yaml.Unmarshal(errors, &doc); err != nil {
		t.Fatal(err)
	}
	byStatus := map[string]any{
		"default": map[string]any{"$ref": "errors.yaml#/components/responses/default"},
	}
	for key := range doc.Components.Responses {
		if status, ok := strings.CutPrefix(key, "Status."); ok {
			byStatus[status] = map[string]any{"$ref": "errors.yaml#/components/responses/" + key}
		}
	}
	if len(byStatus) == 1 {
		return nil
	}
	paths := map[string]any{"/all": operation("all", byStatus)}
	var codes []string
	for key := range doc.Components.Responses {
		if !strings.Contains(key, ".") && key != "default" {
			codes = append(codes, key)
		}
	}
	slices.Sort(codes)
	for i, key := range codes {
		paths[fmt.Sprint("/code", i)] = operation(fmt.Sprint("code", i), map[string]any{
			"200": map[string]any{"description": "Fine."},
			"4XX": map[string]any{"$ref": "errors.yaml#/components/responses/" + key},
		})
	}
	api, err := yaml.Marshal(map[string]any{"openapi": "3.1.0",
		"info": map[string]any{"title": "All", "version": "1"}, "paths": paths})
	if err != nil {
		t.Fatal(err)
	}
	return api
}

func operation(id string, responses map[string]any) any {
	return map[string]any{"get": map[string]any{"operationId": id, "responses": responses}}
}

// A module is a Go module of generated clients, in a temporary folder. It requires what this module
// requires.
type module struct {
	t   *testing.T
	dir string
}

func newModule(t *testing.T) module {
	m := module{t, t.TempDir()}
	for _, name := range []string{"go.mod", "go.sum"} {
		data, err := os.ReadFile("../" + name)
		if err != nil {
			t.Fatal(err)
		}
		m.write(name, data)
	}
	const errspec = "github.com/errspec/errspec"
	m.run("go", "mod", "edit", "-module", "clients.test", "-dropreplace", errspec, "-droprequire",
		errspec)
	return m
}

func (m module) write(name string, data []byte) {
	m.t.Helper()
	name = filepath.Join(m.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		m.t.Fatal(err)
	}
	if err := os.WriteFile(name, data, 0o644); err != nil {
		m.t.Fatal(err)
	}
}

// run runs a command in the module and returns its output.
func (m module) run(name string, args ...string) string {
	m.t.Helper()
	var out, words bytes.Buffer
	cmd := exec.CommandContext(m.t.Context(), name, args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = m.dir, &out, &words
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod -trimpath", "GOPROXY=off", "GOWORK=off")
	if err := cmd.Run(); err != nil {
		m.t.Fatalf("%s %s: %v\n%s%s", name, strings.Join(args, " "), err, &words, &out)
	}
	return out.String()
}

// generate makes the packages name/oapi and name/ogen from an API's document that refers to
// errors.yaml.
func (m module) generate(name string, api, errors []byte) {
	m.t.Helper()
	m.write(name+"/api.yaml", api)
	m.write(name+"/errors.yaml", errors)
	// oapi-codegen makes one file per document; "-" says that the other document's types are in the
	// same package.
	m.write(name+"/errors.config.yaml",
		[]byte(
			"package: oapi\ngenerate: {models: true}\noutput-options: {skip-prune: true}\n"+
				"output: oapi/errors.go\n"))
	m.write(name+"/api.config.yaml",
		[]byte(
			"package: oapi\ngenerate: {models: true, client: true}\nimport-mapping: {errors.yaml: \"-\"}\n"+
				"output: oapi/api.go\n"))
	m.write(name+"/oapi/doc.go", []byte("package oapi\n"))
	m.in(name).run(m.tool("oapi-codegen"), "-config", "errors.config.yaml", "errors.yaml")
	m.in(name).run(m.tool("oapi-codegen"), "-config", "api.config.yaml", "api.yaml")
	m.write(name+"/ogen.yaml",
		[]byte(
			"parser: {allow_remote: true}\n"+
				"generator: {features: {disable_all: true, enable: [paths/client]}}\n"))
	m.in(name).run(m.tool("ogen"), "--target", "ogen", "--package", "ogen", "--config", "ogen.yaml",
		"api.yaml")
}

func (m module) in(name string) module { return module{m.t, filepath.Join(m.dir, name)} }

// tool builds a tool of go.mod and returns its path.
func (m module) tool(name string) string {
	m.t.Helper()
	out, err := exec.CommandContext(m.t.Context(), "go", "tool", "-n", name).Output()
	if err != nil {
		m.t.Fatalf("go tool -n %s: %v", name, err)
	}
	return strings.TrimSpace(string(out))
}
