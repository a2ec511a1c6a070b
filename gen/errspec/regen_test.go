package main

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// The README and make generate this repository's outputs with one command, which needs no flags:
// the outputs are in .errspec.yaml. The script config.txtar runs it.
func TestReadmeGeneratesWhatMakeDoes(t *testing.T) {
	const command = "go run ./gen/errspec generate"
	for _, path := range []string{"../../Makefile", "../../README.md"} {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var found []string
		for line := range strings.Lines(string(data)) {
			if line = strings.TrimSpace(line); strings.HasPrefix(line, command) {
				found = append(found, line)
			}
		}
		if !slices.Equal(found, []string{command}) {
			t.Errorf("%s generates with %q, want %q once", path, found, command)
		}
	}
}
