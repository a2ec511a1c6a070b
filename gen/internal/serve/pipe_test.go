//go:build unix

package serve_test

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/serve"
)

// An included file that is a named pipe is a diagnostic, as in lint. Opening it would wait for a
// writer forever.
func TestANamedPipe(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "catalog.yaml")
	if err := os.WriteFile(path, []byte("version: 1\ntitle: Errors\ninclude: [pipe.yaml]\n"),
		0o644); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe.yaml"), 0o644); err != nil {
		t.Fatal(err)
	}
	results := make(chan serve.Result, 1)
	go func() {
		r, err := serve.New(path).Load(t.Context())
		if err != nil {
			t.Errorf("loading: %v", err)
		}
		results <- r
	}()
	select {
	case r := <-results:
		if all := r.Diagnostics.All(); len(all) != 1 || all[0].Rule != rule.IncludeMissing {
			t.Errorf("the diagnostics are %v", all)
		}
	case <-time.After(5 * time.Minute):
		t.Fatal("the preview waits for the pipe")
	}
}
