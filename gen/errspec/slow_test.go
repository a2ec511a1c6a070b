//go:build slow

package main

import (
	"os/exec"
	"testing"
)

// Tests behind the tag slow are named TestSlow…, so that make slow runs them and none of the others.

// TestSlowScripts runs the transcripts that need the Go toolchain: those of users who install errspec
// as a tool of their module, and generate, build and test with it.
func TestSlowScripts(t *testing.T) {
	// They need all modules of ours, also those that only other systems build with.
	if out, err := exec.CommandContext(t.Context(), "go", "mod", "download").CombinedOutput(); err != nil {
		t.Fatalf("go mod download: %v\n%s", err, out)
	}
	runScripts(t, "testdata/toolchain")
}

// TestSlowNothingUnseenIsPrinted does what TestNothingUnseenIsPrinted does, with one text at a time.
func TestSlowNothingUnseenIsPrinted(t *testing.T) {
	for _, h := range hostile {
		nothingUnseenIsPrinted(t, h.text, h.json)
	}
}
