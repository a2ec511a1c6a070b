package ecosystem

import (
	"os"
	"strings"
	"testing"
)

// The documentation shows every recipe that the tests run.
func TestDocsHaveTheRecipes(t *testing.T) {
	page, err := os.ReadFile("../../docs/routers.md")
	if err != nil {
		t.Fatal(err)
	}
	for file := range services() {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		_, rest, begun := strings.Cut(string(source), "// recipe: ")
		_, rest, _ = strings.Cut(rest, "\n\n")
		recipe, _, ended := strings.Cut(rest, "\n\n// end of recipe")
		if !begun || !ended {
			t.Fatalf("%s has no recipe between its markers", file)
		}
		if fence := "```go\n" + recipe + "\n```\n"; !strings.Contains(string(page), fence) {
			t.Errorf("routers.md lacks the recipe of %s:\n%s", file, fence)
		}
	}
}
