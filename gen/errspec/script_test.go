package main

import (
	"archive/zip"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"gopkg.in/yaml.v3"
)

var update = flag.Bool("update", false,
	"rewrite what the scripts compare with to what is printed now")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"errspec": func() {
		os.Exit(run()) //nolint:forbidigo // this is the command's main
	}})
}

// TestScript runs the transcripts in testdata/script. Beside testscript's own commands they have
//
//	exits N command [args]    run a command, and expect it to exit with status N
//	snapshot dir              remember what is in a folder: names, contents, modes, times
//	unchanged dir             expect a folder to be as it was at its snapshot
//	zeros N file              make a file of N zero bytes; it takes no room
//	serves URL text           ask for a page until it has a text in it
//	crlf file                 give a file the line ends that a checkout on Windows may have
//	fence file mark to        write the fenced block of a Markdown file that begins with a line that ends in mark to a file
//	steps workflow to         write what the steps of a GitHub workflow or action run to a shell script, which ends with the first that fails
//	hook file id to           write what a hook of .pre-commit-hooks.yaml runs to a shell script
//	revision dir file date    commit a file as the catalog.yaml of a git repository
//
// and a folder modules, whose subfolders MODULE@VERSION are served to the go command through
// GOPROXY.
func TestScript(t *testing.T) { runScripts(t, "testdata/script") }

// runScripts runs the transcripts in a folder.
func runScripts(t *testing.T, dir string) {
	t.Helper()
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	env := goEnv(t)
	testscript.Run(t, testscript.Params{
		Dir:                 dir,
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "snapshot": takeSnapshot, "unchanged": unchanged, "zeros": zeros, "crlf": crlf,
			"revision": revision, "fence": fence, "steps": workflowSteps,
			"hook":   preCommitHook,
			"serves": serves,
		},
		Setup: func(e *testscript.Env) error {
			e.Values[snapshots{}] = map[string]string{}
			e.Setenv("ROOT", root)                // of errspec's own module
			path, err := exec.LookPath("errspec") // for scripts without a PATH
			if err != nil {
				return err
			}
			e.Setenv("ERRSPEC", path)
			e.Setenv("ADDR", freeAddr(t))
			// Modules come from the script or from the module cache of whoever runs the test: never from the
			// network. The script's own module cache starts empty, so that one script's modules are not
			// another's; -trimpath lets the build cache serve all of them.
			e.Setenv("GOPROXY", fileURL(e.WorkDir, "proxy")+","+fileURL(env.GOMODCACHE, "cache", "download"))
			e.Setenv("PROXY", e.Getenv("GOPROXY")) // for scripts that switch it off for a while
			e.Setenv("GOMODCACHE", filepath.Join(e.WorkDir, "modcache"))
			e.Setenv("GOCACHE", env.GOCACHE)
			e.Setenv("GONOSUMDB", "*")
			e.Setenv("GOFLAGS", "-mod=mod -modcacherw -trimpath")
			e.Setenv("GOTOOLCHAIN", "local")
			e.Vars = append(e.Vars, gitVars...)
			e.Setenv("GIT_CEILING_DIRECTORIES", e.WorkDir)
			return serveModules(filepath.Join(e.WorkDir, "modules"), filepath.Join(e.WorkDir, "proxy"))
		},
	})
}

// gitVars make git the same on every machine and at any time. Without a template, a repository
// starts with 5 files and not with 20.
var gitVars = []string{
	"GIT_CONFIG_GLOBAL=" + os.DevNull, "GIT_CONFIG_NOSYSTEM=1", "GIT_TEMPLATE_DIR=",
	"GIT_AUTHOR_NAME=Ada", "GIT_AUTHOR_EMAIL=ada@example.com",
	"GIT_AUTHOR_DATE=2026-06-01T12:00:00Z", "GIT_COMMITTER_NAME=Ada",
	"GIT_COMMITTER_EMAIL=ada@example.com", "GIT_COMMITTER_DATE=2026-06-01T12:00:00Z",
}

func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits N command [args]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	var exit *exec.ExitError
	if err := ts.Exec(args[1], args[2:]...); errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("%s exits with status %d, want %d", strings.Join(args[1:], " "), got, want)
	}
}

// snapshots is the key of a script's snapshots, by folder.
type snapshots struct{}

func takeSnapshot(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: snapshot dir")
	}
	ts.Value(snapshots{}).(map[string]string)[args[0]] = listing(ts, args[0])
}

func unchanged(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: unchanged dir")
	}
	before, ok := ts.Value(snapshots{}).(map[string]string)[args[0]]
	if !ok {
		ts.Fatalf("take a snapshot of %s first", args[0])
	}
	if after := listing(ts, args[0]); after != before {
		ts.Fatalf("%s has changed; it was\n%s\nand is\n%s", args[0], before, after)
	}
}

func zeros(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: zeros N file")
	}
	n, err := strconv.ParseInt(args[0], 10, 64)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), nil, 0o644))
	ts.Check(os.Truncate(ts.MkAbs(args[1]), n))
}

func crlf(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: crlf file")
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]),
		[]byte(strings.ReplaceAll(ts.ReadFile(args[0]), "\n", "\r\n")), 0o644))
}

func revision(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: revision dir file date")
	}
	dir := ts.MkAbs(args[0])
	ts.Check(os.WriteFile(filepath.Join(dir, "catalog.yaml"), []byte(ts.ReadFile(args[1])), 0o644))
	ts.Setenv("GIT_COMMITTER_DATE", args[2]+"T12:00:00Z")
	ts.Check(ts.Exec("git", "-C", dir, "add", "catalog.yaml"))
	ts.Check(ts.Exec("git", "-C", dir, "commit", "-q", "-m", args[1]))
}

// freeAddr returns an address on this machine that nobody listens on now.
func freeAddr(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func serves(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: serves URL text")
	}
	got := ""
	// so long that only what does not end takes it
	for deadline := time.Now().Add(5 * time.Minute); time.Now().Before(deadline); {
		resp, err := http.Get(args[0])
		if err != nil {
			got = err.Error()
			continue
		}
		body, err := io.ReadAll(resp.Body)
		ts.Check(errors.Join(err, resp.Body.Close()))
		if got = string(body); strings.Contains(got, args[1]) {
			return
		}
	}
	ts.Fatalf("%s never had %q; last: %s", args[0], args[1], got)
}

func fence(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: fence file mark to")
	}
	for _, block := range strings.Split("\n"+ts.ReadFile(args[0]), "\n```")[1:] {
		info, code, _ := strings.Cut(block, "\n")
		for i, line := range strings.SplitN(code, "\n", 3) {
			if info != "" && i < 2 && strings.HasSuffix(line, args[1]) {
				ts.Check(os.MkdirAll(filepath.Dir(ts.MkAbs(args[2])), 0o755))
				ts.Check(os.WriteFile(ts.MkAbs(args[2]), []byte(code+"\n"), 0o755))
				return
			}
		}
	}
	ts.Fatalf("%s has no fenced block that begins with %q", args[0], args[1])
}

func workflowSteps(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: steps workflow to")
	}
	commands, err := workflowCommands([]byte(ts.ReadFile(args[0])))
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte("set -e\n"+commands), 0o644))
}

// workflowCommands returns what the steps of a GitHub workflow or action run; nothing if it is
// another YAML file.
func workflowCommands(data []byte) (string, error) {
	type steps struct {
		Steps []struct{ Uses, Run string }
	}
	var workflow struct {
		Jobs map[string]steps
		Runs steps
	}
	err := yaml.Unmarshal(data, &workflow)
	commands := ""
	for _, job := range append(slices.Collect(maps.Values(workflow.Jobs)), workflow.Runs) {
		for _, step := range job.Steps {
			if step.Uses == "" {
				commands += step.Run + "\n"
			}
		}
	}
	return commands, err
}

func preCommitHook(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: hook file id to")
	}
	var hooks []struct {
		ID, Name, Description, Entry, Language string
		Args, Types                            []string
		AlwaysRun                              bool `yaml:"always_run"`
		PassFilenames                          bool `yaml:"pass_filenames"`
	}
	d := yaml.NewDecoder(strings.NewReader(ts.ReadFile(args[0])))
	d.KnownFields(true)
	ts.Check(d.Decode(&hooks))
	for _, h := range hooks {
		if h.ID != args[1] {
			continue
		}
		if h.Name == "" || h.Language != "golang" || h.PassFilenames || h.AlwaysRun == (h.Types != nil) {
			ts.Fatalf("the hook %s is incomplete: %+v", h.ID, h)
		}
		command := strings.Join(append([]string{h.Entry}, h.Args...), " ")
		ts.Check(os.WriteFile(ts.MkAbs(args[2]), []byte(command+"\n"), 0o644))
		return
	}
	ts.Fatalf("%s has no hook %s", args[0], args[1])
}

func listing(ts *testscript.TestScript, dir string) string {
	var b strings.Builder
	ts.Check(filepath.WalkDir(ts.MkAbs(dir), func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		fmt.Fprintf(&b, "%s %v", path, info.Mode())
		if e.Type().IsRegular() {
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			fmt.Fprintf(&b, " %v %q", info.ModTime(), data)
		}
		b.WriteByte('\n')
		return nil
	}))
	return b.String()
}

type environment struct{ GOCACHE, GOMODCACHE string }

func goEnv(t *testing.T) environment {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go",
		"env", "-json", "GOCACHE", "GOMODCACHE").Output()
	if err != nil {
		t.Fatalf("go env: %v", err)
	}
	var env environment
	if err := json.Unmarshal(out, &env); err != nil {
		t.Fatal(err)
	}
	return env
}

func fileURL(elem ...string) string {
	path := filepath.ToSlash(filepath.Join(elem...))
	return "file:///" + strings.TrimPrefix(path, "/")
}

// serveModules makes of every folder MODULE@VERSION below dir what the go command asks a module
// proxy for (https://go.dev/ref/mod#goproxy-protocol). Module paths have no capitals, so they need
// no escaping.
func serveModules(dir, proxy string) error {
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.IsDir() || !strings.Contains(e.Name(), "@") {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		module, version, _ := strings.Cut(filepath.ToSlash(rel), "@")
		served := filepath.Join(proxy, filepath.FromSlash(module), "@v")
		if err := serveModule(path, module, version, served); err != nil {
			return err
		}
		return fs.SkipDir
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil // the script has no modules
	}
	return err
}

func serveModule(dir, module, version, proxy string) (err error) {
	if err := os.MkdirAll(proxy, 0o755); err != nil {
		return err
	}
	gomod, err := os.ReadFile(filepath.Join(dir, "go.mod"))
	if err != nil {
		return err
	}
	for name, content := range map[string]string{
		"list":            version + "\n",
		version + ".info": fmt.Sprintf("{\"Version\": %q}\n", version),
		version + ".mod":  string(gomod),
	} {
		if err := os.WriteFile(filepath.Join(proxy, name), []byte(content), 0o644); err != nil {
			return err
		}
	}
	f, err := os.Create(filepath.Join(proxy, version+".zip"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	z := zip.NewWriter(f)
	if err := addAll(z, os.DirFS(dir), module+"@"+version+"/"); err != nil {
		return err
	}
	return z.Close()
}

// addAll adds the files of a folder to an archive.
func addAll(z *zip.Writer, folder fs.FS, prefix string) error {
	return fs.WalkDir(folder, ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(folder, path)
		if err != nil {
			return err
		}
		w, err := z.Create(prefix + path)
		if err != nil {
			return err
		}
		_, err = w.Write(data)
		return err
	})
}
