package main

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The README's command generates what make regen does: with fewer flags it would remove files of this repository.
func TestReadmeGeneratesWhatMakeDoes(t *testing.T) {
	if diff := cmp.Diff(generateCommand(t, "../../Makefile"), generateCommand(t, "../../README.md")); diff != "" {
		t.Errorf("the commands differ (-make +README):\n%s", diff)
	}
}

// generateCommand returns the words of the first line in a file that generates this repository's outputs, in the order of their texts.
func generateCommand(t *testing.T, path string) []string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text := strings.ReplaceAll(string(data), "\\\n", " ")
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); strings.HasPrefix(line, "go run ./gen/errspec generate") {
			words := strings.Fields(line)
			slices.Sort(words)
			return words
		}
	}
	t.Fatalf("%s generates nothing", path)
	return nil
}
