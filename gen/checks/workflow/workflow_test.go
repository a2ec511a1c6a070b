//go:build tools

package workflow

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestDocumentedWorkflow lints the GitHub Actions workflow of gen/docs/ci.md with actionlint: keys,
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
		t.Errorf("actionlint reports:\n%s", found)
	}
	if found := lintWorkflow(t, strings.Replace(workflow, "fetch-depth", "fetch-deep",
		1)); !strings.Contains(found, `input "fetch-deep" is not defined`) {
		t.Errorf("about an unknown input of checkout, actionlint only reports %q", found)
	}
}

// TestAction lints a workflow that uses this repository's action: its inputs, and that its metadata
// is complete. actionlint reads both in a project.
func TestAction(t *testing.T) {
	action, err := os.ReadFile("../../../.github/actions/errspec/action.yml")
	if err != nil {
		t.Fatal(err)
	}
	lint := func(action, inputs string) string {
		dir := t.TempDir()
		for name, text := range map[string]string{
			".git/HEAD":                          "ref: refs/heads/main\n",
			".github/actions/errspec/action.yml": action,
			".github/workflows/errors.yml": "on: pull_request\njobs:\n  errors:\n    runs-on: ubuntu-latest\n    steps:\n" +
				"      - uses: actions/checkout@v6\n        with: {fetch-depth: 2}\n" +
				"      - uses: ./.github/actions/errspec\n        with: {" + inputs + "}\n",
		} {
			path := filepath.Join(dir, filepath.FromSlash(name))
			if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755),
				os.WriteFile(path, []byte(text), 0o600)); err != nil {
				t.Fatal(err)
			}
		}
		return actionlint(t, dir, "")
	}
	const all = "catalog: api/catalog.yaml, working-directory: api, fail-on: warning, generate: false, against: HEAD^1, category: wire"
	if found := lint(string(action), all); found != "" {
		t.Errorf("actionlint reports:\n%s", found)
	}
	if found := lint(string(action), "agains: HEAD^1"); !strings.Contains(found,
		`input "agains" is not defined`) {
		t.Errorf("about an unknown input of the action, actionlint only reports %q", found)
	}
	broken := strings.Replace(string(action), "using: composite", "using: composit", 1)
	if found := lint(broken, all); found == "" {
		t.Error("actionlint does not read the action's metadata")
	}
}

// lintWorkflow returns what actionlint reports, or "".
func lintWorkflow(t *testing.T, workflow string) string { return actionlint(t, ".", workflow, "-") }

// actionlint runs actionlint in a folder. It is a separate program, because it needs another
// version of our YAML library.
func actionlint(t *testing.T, dir, stdin string, args ...string) string {
	t.Helper()
	bin := filepath.Join(t.TempDir(), "actionlint")
	install := exec.CommandContext(t.Context(), "go", "install",
		"github.com/rhysd/actionlint/cmd/actionlint@v1.7.12")
	install.Env = append(os.Environ(), "GOFLAGS=", "GOBIN="+filepath.Dir(bin))
	if out, err := install.CombinedOutput(); err != nil {
		t.Fatalf("actionlint does not build: %v\n%s", err, out)
	}
	cmd := exec.CommandContext(t.Context(), bin,
		append([]string{"-no-color", "-oneline", "-shellcheck=", "-pyflakes="}, args...)...)
	cmd.Dir = dir
	cmd.Stdin = strings.NewReader(stdin)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil && len(out) == 0 {
		t.Fatalf("actionlint does not run: %v\n%s", err, stderr.String())
	}
	return string(out)
}
