package ecosystem

import (
	"os"
	"strings"
	"testing"
)

// What the README prints is what the tests run.
func TestReadmePrintsTheRecipes(t *testing.T) {
	readme, err := os.ReadFile("../../../README.md")
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
			t.Fatalf("%s has no recipe between its marks", file)
		}
		if fence := "```go\n" + recipe + "\n```\n"; !strings.Contains(string(readme), fence) {
			t.Errorf("the README does not print the recipe of %s as it is:\n%s", file, fence)
		}
	}
}
