package versions

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestOpenSaysWhatIsWrong(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "folder/file", "")
	for name, want := range map[string]string{
		"none.yaml":                          "there is no catalog none.yaml",
		"folder":                             "folder is a folder",
		"folder/file/catalog.yaml":           "not a directory",
		"mod:":                               "write mod:MODULE@VERSION/PATH",
		"mod:catalog.yaml":                   "write mod:MODULE@VERSION/PATH",
		"mod:github.com/acme/api@v1.4.0":     "write mod:MODULE@VERSION/PATH",
		"mod:github.com/acme/api@/c.yaml":    "write mod:MODULE@VERSION/PATH",
		"mod:x/y@v1.0.0/../../z":             "write mod:MODULE@VERSION/PATH",
		"mod:x/y@v1.0.0/./z":                 "write mod:MODULE@VERSION/PATH",
		"mod:@v1.0.0/c.yaml":                 "write mod:MODULE@VERSION/PATH",
		"mod:-x@v1.0.0/c.yaml":               "write mod:MODULE@VERSION/PATH",
		"mod:-mod=mod@v1/c.yaml":             "write mod:MODULE@VERSION/PATH",
		"mod:github.com/acme/api@v1/../c":    "write mod:MODULE@VERSION/PATH",
		"mod:github.com/../etc/passwd":       "write mod:MODULE@VERSION/PATH",
		"mod:/etc/passwd":                    "write mod:MODULE@VERSION/PATH",
		"mod:github.com/acme/api@v1.4.0//c":  "write mod:MODULE@VERSION/PATH",
		"mod:github.com/acme/api/catalog.ym": "keep the requirement there with an import or a tool line",
	} {
		if _, err := Open(t.Context(), name, nil); err == nil ||
			!strings.Contains(err.Error(), want) {
			t.Errorf("%s: the error is %v, want it to say %q", name, err, want)
		}
	}
}

// A long error of git becomes one line, for example if git does not trust the folder, as in many CI
// containers.
func TestGitErrorsAreOneLine(t *testing.T) {
	said := "fatal: detected dubious ownership in repository at '/repo'\n" +
		"To add an exception for this directory, call:\n\n" +
		"\tgit config --global --add safe.directory /repo\n"
	want := "git rev-parse: detected dubious ownership in repository at '/repo'; To add an exception for this directory, call: git config --global --add safe.directory /repo"
	if got := gitError("rev-parse", errors.New("exit status 128"), said).Error(); got != want {
		t.Errorf("the error is\n%s\nwant\n%s", got, want)
	}
	if got := gitError("rev-parse", errors.New("exit status 1"),
		"\n").Error(); got != "git rev-parse: exit status 1" {
		t.Errorf("if git says nothing, the error is %q", got)
	}
}

// A full version is one that go.mod could contain: it always means the same file.
func TestFullVersions(t *testing.T) {
	for _, v := range []string{
		"v1.4.0", "v0.0.0", "v10.20.30", "v1.0.0-rc.1", "v1.0.0-0", "v1.0.0--x",
		"v2.0.0+incompatible", "v0.0.0-20260601120000-0123456789ab",
		"v1.2.4-0.20260601120000-0123456789ab", "v1.2.3-pre.0.20260601120000-0123456789ab",
		"v2.0.1-0.20260601120000-0123456789ab+incompatible",
	} {
		if !fullVersion.MatchString(v) {
			t.Errorf("%s counts as no full version", v)
		}
	}
	for _, v := range []string{
		"", "latest", "upgrade", "patch", "none", "main", "0123456789ab", "v1", "v1.4", "1.4.0",
		"V1.4.0", "v1.4.0.0", "v01.4.0", "v1.4.x", "v1.4.0-", "v1.4.0-01", "v1.4.0-a..b",
		"v1.4.0+meta", "v1.4.0-a_b", ">=v1.4.0", "<v1.4.0", ">v1", "v1.4.0 ", "v1.4.0\n", "-x",
		"v1.4.0@v1.5.0", "v1.4.0,v1.5.0", "v１.4.0",
	} {
		if fullVersion.MatchString(v) {
			t.Errorf("%q counts as a full version", v)
		}
	}
}

func write(t *testing.T, name, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}
