package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/internal/config"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// write makes files, or folders if they end in /, and returns their folder.
func write(t *testing.T, files ...string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		folder := filepath.Dir(path)
		if strings.HasSuffix(name, "/") {
			folder = path
		}
		if err := os.MkdirAll(folder, 0o755); err != nil {
			t.Fatal(err)
		}
		if folder == path {
			continue
		}
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// The nearest errspec.yaml applies, unless it belongs to another project.
func TestFind(t *testing.T) {
	for name, tt := range map[string]struct {
		files []string
		want  string // relative to the folder a/b; "" if there is none
	}{
		"here":         {[]string{"a/b/errspec.yaml"}, "errspec.yaml"},
		"here, hidden": {[]string{"a/b/.errspec.yaml"}, ".errspec.yaml"},
		"here, beside the catalog": {[]string{"a/b/errspec.yaml", "a/b/catalog.yaml"},
			"errspec.yaml"},
		"above, beside go.mod": {[]string{"a/b/", "a/errspec.yaml", "a/go.mod"},
			"../errspec.yaml"},
		"two above, beside .git": {[]string{"a/b/", ".errspec.yaml", ".git/"},
			"../../.errspec.yaml"},
		"above, below the repository": {[]string{"a/b/", "a/errspec.yaml", ".git/"},
			"../errspec.yaml"},
		"the nearest of two": {[]string{"a/b/", "a/errspec.yaml", "errspec.yaml",
			".git/"}, "../errspec.yaml"},
		"in a worktree, where .git is file": {[]string{"a/b/", "errspec.yaml", ".git"},
			"../../errspec.yaml"},
		"a catalog of its own":    {[]string{"a/b/catalog.yaml", "errspec.yaml", ".git/"}, ""},
		"a module of its own":     {[]string{"a/b/", "a/go.mod", "errspec.yaml", ".git/"}, ""},
		"a repository of its own": {[]string{"a/b/", "a/.git/", "errspec.yaml", "go.mod"}, ""},
		"outside of the project":  {[]string{"a/b/", "a/.git/", "errspec.yaml"}, ""},
		"nothing":                 {[]string{"a/b/"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(write(t, tt.files...), "a", "b")
			want := ""
			if tt.want != "" {
				want = filepath.Join(dir, filepath.FromSlash(tt.want))
			}
			if got, err := config.Find(dir); got != want || err != nil {
				t.Errorf("found %q, %v; want %q", got, err, want)
			}
		})
	}
}

// A file without a project applies only in its own folder: a stray file in a folder such as /tmp
// does not affect the folders below.
func TestFindEndsAtTheRoot(t *testing.T) {
	dir := write(t, "a/b/", "a/errspec.yaml")
	for at := dir; ; at = filepath.Dir(at) {
		for _, name := range []string{"go.mod", ".git", "catalog.yaml"} {
			if _, err := os.Lstat(filepath.Join(at, name)); err == nil {
				t.Skipf("%s has a %s", at, name)
			}
		}
		if at == filepath.Dir(at) {
			break
		}
	}
	if got, err := config.Find(filepath.Join(dir, "a", "b")); got != "" || err != nil {
		t.Errorf("found %q, %v; want nothing", got, err)
	}
	if got, err := config.Find(filepath.Join(dir, "a")); got == "" || err != nil {
		t.Errorf("found %q, %v; want the file in the folder", got, err)
	}
}

func TestFindRefusesTwo(t *testing.T) {
	dir := write(t, "errspec.yaml", ".errspec.yaml")
	if got, err := config.Find(dir); err == nil {
		t.Errorf("found %q, want an error because of two files", got)
	}
}

// The outputs of errspec.yaml are the flags of generate, in the same order.
func TestOutputsAreTheEmitters(t *testing.T) {
	var outputs *syntax.Type
	for _, f := range syntax.ConfigFormat().Fields {
		if f.Key == "outputs" {
			outputs = f.Type
		}
	}
	emitters := pipeline.Emitters()
	if len(outputs.Fields) != len(emitters) {
		t.Fatalf("errspec.yaml has %d outputs, and generate %d", len(outputs.Fields), len(emitters))
	}
	text := "outputs:\n"
	for i, e := range emitters {
		if outputs.Fields[i].Key != e.Name {
			t.Errorf("output %d of errspec.yaml is %s, and that of generate is %s", i,
				outputs.Fields[i].Key, e.Name)
		}
		text += "  " + e.Name + ": out/" + e.Name + "\n"
	}
	path := filepath.Join(t.TempDir(), config.Name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	c, list, err := config.Read(path)
	if err != nil || list.Len() > 0 {
		t.Fatal(err, list.All())
	}
	all := c.Outputs.All()
	if len(all) != len(emitters) {
		t.Fatalf("%d outputs are read, want %d", len(all), len(emitters))
	}
	for i, o := range all {
		want := filepath.Join(filepath.Dir(path), "out", emitters[i].Name)
		if got := c.Resolve(o.Path); o.Name != emitters[i].Name || got != want {
			t.Errorf("output %d is %s in %s, want %s in %s", i, o.Name, got, emitters[i].Name, want)
		}
	}
}
