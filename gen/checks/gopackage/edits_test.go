package gopackage

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/gen/internal/emit/gocode"
)

// The generated tests find manual edits of the generated code: each of these edits makes go test
// fail.
func TestEditsByHandAreFound(t *testing.T) {
	files, err := gocode.Emit(load(t, runtimeCatalog), gocode.Options{Package: "apierr", Tests: true})
	if err != nil {
		t.Fatal(err)
	}
	edits := []struct{ name, file, old, new string }{
		{"nothing", "table.go", "statuses: []int{413}", "statuses: []int{413}"}, // this one passes
		{"a status", "table.go", "statuses: []int{413}", "statuses: []int{410}"},
		{"the order of statuses", "table.go", "[]int{401, 403}", "[]int{403, 401}"},
		{"a code", "codes.go", `Code = "TOO_LARGE"`, `Code = "TOO_BIG"`},
		{"a variant", "codes.go", `Variant = "NOT_FOUND/agent"`, `Variant = "NOT_FOUND/agents"`},
		{"a message", "table.go", `"Down for maintenance"`, `"Down for repair"`},
		{"a message's params", "errors.go", `"Too many "+tier+`, `"Too many "+"few"+`},
		{"a title", "table.go", `title: "Too large"`, `title: "Too big"`},
		{"a resolution", "table.go", `resolution: "Wait."`, `resolution: "Hurry."`},
		{"a number of retries", "table.go", "MaxRetries: 3,", "MaxRetries: 30,"},
		{"a delay", "table.go", "Base: 2 * time.Second", "Base: 2 * time.Millisecond"},
		{"which policy a code has", "table.go", "&policies[1],", "&policies[0],"},
		{"the default policy", "table.go", "defaultPolicy = &policies[2]",
			"defaultPolicy = &policies[1]"},
		{"the fallback", "table.go", "fallbackInfo = &infos[3]", "fallbackInfo = &infos[4]"},
		{"a place in the index", "table.go", "return &infos[n], true", "return &infos[max(n, 1)], true"},
		{"what an equal error is", "errors.go", "{ return isEqual(e, other) }", "{ return false }"},
		{"a header's name", "errors.go", `"X-Count"`, `"X-Counts"`},
		{"a header's value", "table.go", `retryAfter: 30 *`, `retryAfter: 3 *`},
		{"a tombstone", "table.go", `Code: "SLOW_DOWN"`, `Code: "SLOWDOWN"`},
		{"a member of the body", "envelope.go", `"http_status":`, `"status":`},
		{"a constant of the body", "envelope.go", `"ok":false`, `"ok":true`},
		{"where a client finds the message", "envelope.go",
			`{"message", &shape{role: roleMessage}}`, `{"msg", &shape{role: roleMessage}}`},
		{"a value", "errors.go", "FileTooLargeMax int64 = 10_000_000",
			"FileTooLargeMax int64 = 20_000_000"},
		{"an enum's value", "errors.go", `FileTooLargeKind = "video"`, `FileTooLargeKind = "film"`},
		{"which code a constructor makes", "errors.go", "fill(&TooLargeError{}, 1,",
			"fill(&TooLargeError{}, 2,"},
		{"which variant a constructor makes", "errors.go", "e.Variant = VariantNotFoundAgent",
			"e.Variant = VariantNotFoundRoom"},
		{"a constructor's options", "errors.go", `"The body is too large", opts)`,
			`"The body is too large", nil)`},
		{"what an empty error is", "errors.go", "return unwrap(e, 1)", "return unwrap(e, 2)"},
		{"a guard against nil", "core.go", "	if v.IsNil() {\n		return nil\n	}\n", ""},
		{"what a client gets", "table.go", "(*TooLargeError)(nil)", "(*MaintenanceError)(nil)"},
		{"the status that is sent", "server.go", "w.WriteHeader(e.Status)", "w.WriteHeader(500)"},
		{"a header that is sent", "server.go", `"nosniff"`, `""`},
		{"a cause that leaks", "core.go", "	s := e.Message\n",
			"	s := e.Message\n	if e.cause != nil {\n		s += e.cause.Error()\n	}\n"},
		{"a cause that is lost", "core.go", "e.cause = err }", "e.cause = nil }"},
		{"who may be relayed", "server.go", "e.Remote() && !relay",
			"e.Remote() && !relay && false"},
		{"how Retry-After is rounded", "text.go",
			"	if d%time.Second > 0 {\n		s++\n	}\n", ""},
		{"after which attempt retries end", "retry.go", "attempt > p.MaxRetries",
			"attempt > p.MaxRetries+1"},
		{"the longest wait", "retry.go", "retryAfter > p.MaxRetryAfter", "false"},
	}
	// Each edit has its own package, so that one go test builds and runs all of them.
	module := newModule(t, "edits.test")
	for i, c := range edits {
		source := sourceOf(t, files, c.file)
		if !bytes.Contains(source, []byte(c.old)) {
			t.Errorf("%s: %s does not hold %q", c.name, c.file, c.old)
		}
		for _, f := range files {
			if f.Path == c.file {
				f.Data = bytes.Replace(source, []byte(c.old), []byte(c.new), 1)
			}
			module.write(fmt.Sprintf("edit%d/%s", i, f.Path), f.Data)
		}
	}
	cmd := exec.CommandContext(t.Context(), "go", "test", "-json", "-vet=off", "-ldflags=-s -w",
		"./...")
	cmd.Dir = module.dir
	cmd.Env = append(os.Environ(), "GOPROXY=off", "GOWORK=off")
	out, err := cmd.Output()
	if err == nil {
		t.Error("go test finds none of the edits")
	}
	said, ended := map[string]string{}, map[string]string{}
	for line := range bytes.Lines(out) {
		var e struct{ Action, ImportPath, Package, Test, Output string }
		if err := json.Unmarshal(line, &e); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		e.ImportPath, _, _ = strings.Cut(e.ImportPath, " ")
		switch e.Action {
		case "output", "build-output":
			said[e.Package+e.ImportPath] += e.Output
		case "pass", "fail":
			if e.Test == "" {
				ended[e.Package] = e.Action
			}
		}
	}
	for i, c := range edits {
		pkg := fmt.Sprintf("edits.test/edit%d", i)
		want := "fail"
		if c.old == c.new {
			want = "pass"
		}
		switch says := said[pkg]; {
		case ended[pkg] != want:
			t.Errorf("%s: go test ends with %q, want %s:\n%s", c.name, ended[pkg], want,
				failuresIn([]byte(says)))
		case want == "fail" && !strings.Contains(says, "--- FAIL: ") &&
			!strings.Contains(says, "panic: "):
			t.Errorf("%s: no test finds the edit; if it does not compile, this proves nothing:\n%s",
				c.name, failuresIn([]byte(says)))
		}
	}
}

func sourceOf(t *testing.T, files []emit.File, path string) []byte {
	t.Helper()
	for _, f := range files {
		if f.Path == path {
			return f.Data
		}
	}
	t.Fatalf("no file %s is emitted", path)
	return nil
}
