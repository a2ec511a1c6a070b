//go:build !race

package gocode_test

import (
	"bytes"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/gen/internal/emit/gocode"
)

// The edited packages are built without the race detector, and once is enough.

// Whoever edits the generated code by hand is found out by the tests that were generated with it: each of these edits makes go test
// fail.
func TestEditsByHandAreFound(t *testing.T) {
	files, err := gocode.Emit(load(t, "fixed/testdata/catalog.yaml"), emit.Options{Package: "apierr", Tests: true})
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
		{"a message's params", "table.go", `{text: "Too many ", param: 1}`, `{text: "Too many ", param: 2}`},
		{"a title", "table.go", `title:    "Too large"`, `title:    "Too big"`},
		{"a resolution", "table.go", `resolution:  "Wait."`, `resolution:  "Hurry."`},
		{"a number of retries", "table.go", "MaxRetries:    3", "MaxRetries:    30"},
		{"a delay", "table.go", "Base:          2 * time.Second", "Base:          2 * time.Millisecond"},
		{"which policy a code has", "table.go", "retry:    2", "retry:    1"},
		{"the default policy", "table.go", "defaultPolicy = 3", "defaultPolicy = 0"},
		{"the fallback", "server.go", "if i.isBare() && i.statuses[0] == status {", "if !i.isBare() && i.statuses[0] == status {"},
		{"a place in the index", "table.go", "const hashSeed = 1", "const hashSeed = 2"},
		{"how many of its bits are a code's mark", "hash.go", "const numberBits = 20", "const numberBits = 19"},
		{"what a type is", "types.go", "{ return isOf(e.Unwrap(), target) }", "{ return true }"},
		{"a header's name", "table.go", `name: "X-Count"`, `name: "X-Counts"`},
		{"a header's value", "table.go", `{text: "30"}`, `{text: "3"}`},
		{"a tombstone", "table.go", `Code:   "SLOW_DOWN"`, `Code:   "SLOWDOWN"`},
		{"a member of the body", "envelope.go", `"http_status":`, `"status":`},
		{"a constant of the body", "envelope.go", `"ok":false`, `"ok":true`},
		{"where a client finds the message", "envelope.go", `{"message", &shape{role: roleMessage}}`, `{"msg", &shape{role: roleMessage}}`},
		{"a value", "types.go", "FileTooLargeMax int64 = 10_000_000", "FileTooLargeMax int64 = 20_000_000"},
		{"an enum's value", "types.go", `FileTooLargeKind = "video"`, `FileTooLargeKind = "film"`},
		{"which code a constructor makes", "types.go", "e.core.init(1, 0, opts)", "e.core.init(2, 0, opts)"},
		{"which variant a constructor makes", "types.go", "e.core.init(9, 0, opts, textArg(agentCode), arg{})", "e.core.init(9, 1, opts, textArg(agentCode), arg{})"},
		{"a constructor's options", "types.go", "e.core.init(4, 0, opts)", "e.core.init(4, 0, nil)"},
		{"what an empty error is", "types.go", "return e.core.or(1, nil)", "return e.core.or(2, nil)"},
		{"a guard against nil", "types.go", "	if e == nil {\n		return nil\n	}\n	return e.core.or(1, nil)", "	return e.core.or(1, nil)"},
		{"what a client gets", "types.go", "		e := new(TooLargeError)", "		e := new(MaintenanceError)"},
		{"the status that is sent", "server.go", "w.WriteHeader(e.Status())", "w.WriteHeader(500)"},
		{"a header that is sent", "server.go", `"nosniff"`, `""`},
		{"a cause that leaks", "error.go", "	s := e.message\n", "	s := e.message\n	if e.cause != nil {\n		s += e.cause.Error()\n	}\n"},
		{"a cause that is lost", "error.go", "		e.cause = o.err", "		e.cause = nil"},
		{"who may be relayed", "server.go", "e.Remote() && !relay", "e.Remote() && !relay && false"},
		{"how Retry-After is rounded", "message.go", "	if d%time.Second > 0 {\n		s++\n	}\n", ""},
		{"after which attempt retries end", "retry.go", "attempt > p.MaxRetries", "attempt > p.MaxRetries+1"},
		{"the longest wait", "retry.go", "retryAfter > p.MaxRetryAfter", "false"},
		{"the hash", "doc.go", `CatalogHash = "sha256:`, `CatalogHash = "sha256:0`},
	}
	module := newModule(t, "mutants.test")
	for _, f := range files {
		module.write("apierr/"+f.Path, f.Data)
	}
	for _, c := range edits {
		source := sourceOf(t, files, c.file)
		if !bytes.Contains(source, []byte(c.old)) {
			t.Errorf("%s: %s does not hold %q", c.name, c.file, c.old)
			continue
		}
		module.write("apierr/"+c.file, bytes.Replace(source, []byte(c.old), []byte(c.new), 1))
		cmd := exec.CommandContext(t.Context(), "go", "test", "-vet=off", "-ldflags=-s -w", "./apierr")
		cmd.Dir = module.dir
		cmd.Env = append(os.Environ(), "GOPROXY=off", "GOWORK=off")
		out, err := cmd.CombinedOutput()
		switch {
		case bytes.Contains(out, []byte("[build failed]")):
			t.Errorf("%s: the edit does not compile, and proves nothing:\n%s", c.name, out)
		case (err == nil) != (c.old == c.new):
			t.Errorf("%s: go test says %v:\n%s", c.name, err, beginningOf(out))
		case err != nil && !strings.Contains(string(out), "--- FAIL: ") && !strings.Contains(string(out), "panic: "):
			t.Errorf("%s: go test fails for another reason:\n%s", c.name, out)
		}
		module.write("apierr/"+c.file, source)
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
