//go:build tools

package workflow

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// TestDocumentedWorkflow lints the GitHub Actions workflow of gen/docs/ci.md as GitHub reads it: keys,
// expressions, actions and their inputs. Other tests run its steps.
func TestDocumentedWorkflow(t *testing.T) {
	page, err := os.ReadFile("../../docs/ci.md")
	if err != nil {
		t.Fatal(err)
	}
	const begin = "```yaml file=.github/workflows/errors.yml\n"
	_, workflow, ok := strings.Cut(string(page), begin)
	workflow, _, closed := strings.Cut(workflow, "\n```\n")
	if !ok || !closed {
		t.Fatalf("ci.md has no block that begins with %q", begin)
	}
	if found := lintWorkflow(t, workflow); found != "" {
		t.Errorf("actionlint finds mistakes:\n%s", found)
	}
	if found := lintWorkflow(t, strings.Replace(workflow, "fetch-depth", "fetch-deep", 1)); !strings.Contains(found, `input "fetch-deep" is not defined`) {
		t.Errorf("of an input that checkout does not have actionlint says only %q", found)
	}
}

// lintWorkflow returns what actionlint finds; nothing if all is well. It is a program of its own, as its YAML library is another
// version of ours.
func lintWorkflow(t *testing.T, workflow string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", "run", "github.com/rhysd/actionlint/cmd/actionlint@v1.7.12", "-no-color", "-oneline", "-shellcheck=", "-pyflakes=", "-")
	cmd.Env = append(os.Environ(), "GOFLAGS=")
	cmd.Stdin = strings.NewReader(workflow)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil && len(out) == 0 {
		t.Fatalf("actionlint does not run: %v\n%s", err, stderr.String())
	}
	return string(out)
}
