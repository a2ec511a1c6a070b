package main

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/errspec/errspec/gen/internal/config"
)

// What the starter's errspec.yaml has in comments works as soon as the comment sign is removed.
func TestStarterOffersOutputs(t *testing.T) {
	path := filepath.Join(t.TempDir(), config.Name)
	offered := regexp.MustCompile(`(?m)^  # (\w+: )`).ReplaceAllString(starterConfig, "  $1")
	if err := os.WriteFile(path, []byte(offered), 0o600); err != nil {
		t.Fatal(err)
	}
	c, list, err := config.Read(path)
	if err != nil || list.Len() > 0 {
		t.Fatalf("%v, %v", list.All(), err)
	}
	names := map[string]bool{}
	for _, o := range c.Outputs.All() {
		names[o.Name] = true
	}
	for _, name := range []string{"go", "markdown", "typescript", "python", "vectors",
		"catalog-schema",
		"config-schema"} {
		if !names[name] {
			t.Errorf("the starter does not offer %s", name)
		}
	}
}
