//go:build slow && unix

package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A trap is a way in which a checkout, or what git is given with it, has git run a program. TRAP
// stands for a program that notes that it ran, and RAN for the file in which it does.
type trap struct {
	name   string
	config []string // KEY=VALUE
	attr   string   // of every file
	env    []string
	spring []string // arguments for git that spring it: what proves that it is one
	input  string   // of that git
	// only a partial clone springs it: it lacks what there was at v1, so errspec has to fail, and to
	// say what to do
	lacks bool
}

var traps = []trap{
	{name: "fsmonitor", config: []string{"core.fsmonitor=TRAP"}, spring: []string{"status"}},
	{
		name:   "fsmonitor by an include",
		config: []string{"include.path=INCLUDED"},
		spring: []string{"status"},
	},
	{
		name:   "fsmonitor by a conditional include",
		config: []string{"includeIf.gitdir:/.path=INCLUDED"},
		spring: []string{"status"},
	},
	{
		name:   "hooks",
		config: []string{"core.hooksPath=HOOKS"},
		spring: []string{"update-ref", "refs/sprung", "HEAD"},
	},
	{
		name:   "clean",
		config: []string{"filter.trap.clean=TRAP"},
		attr:   "filter=trap",
		spring: []string{"hash-object", "--path=x", "--stdin"},
	},
	{
		name:   "smudge",
		config: []string{"filter.trap.smudge=TRAP"},
		attr:   "filter=trap",
		spring: []string{"cat-file", "--filters", "v1:api/catalog.yaml"},
	},
	{
		name:   "process",
		config: []string{"filter.trap.process=TRAP", "filter.trap.required=true"},
		attr:   "filter=trap",
		spring: []string{"cat-file", "--filters", "v1:api/catalog.yaml"},
	},
	{
		name:   "textconv",
		config: []string{"diff.trap.textconv=TRAP"},
		attr:   "diff=trap",
		spring: []string{"diff", "v1", "main"},
	},
	{
		name:   "textconv of objects",
		config: []string{"diff.trap.textconv=TRAP"},
		attr:   "diff=trap",
		spring: []string{"cat-file", "--textconv", "v1:api/catalog.yaml"},
	},
	{
		name:   "a driver for differences",
		config: []string{"diff.trap.command=TRAP"},
		attr:   "diff=trap",
		spring: []string{"diff", "v1", "main"},
	},
	{
		name:   "external differences",
		config: []string{"diff.external=TRAP"},
		spring: []string{"diff", "v1", "main"},
	},
	{
		name:   "signatures",
		config: []string{"log.showSignature=true", "gpg.program=TRAP"},
		spring: []string{"log", "signed"},
	},
	{
		name: "signatures by ssh",
		config: []string{
			"log.showSignature=true", "gpg.ssh.program=TRAP", "gpg.x509.program=TRAP", "gpg.program=TRAP",
			"gpg.minTrustLevel=fully",
		},
		spring: []string{"log", "signed"},
	},
	{
		name: "an alias",
		config: []string{
			"alias.sprung=!TRAP", "alias.cat-file=!TRAP", "alias.rev-parse=!TRAP", "alias.rev-list=!TRAP",
			"alias.ls-tree=!TRAP", "alias.for-each-ref=!TRAP",
		},
		spring: []string{"sprung"},
	},
	{
		name:   "an editor",
		config: []string{"core.editor=TRAP", "sequence.editor=TRAP"},
		spring: []string{"branch", "--edit-description", "main"},
	},
	{
		name:   "refs of an alternate",
		config: []string{"core.alternateRefsCommand=TRAP"},
		spring: []string{"rev-list", "--alternate-refs"},
	},
	{
		name:   "credentials",
		config: []string{"credential.helper=!TRAP"},
		spring: []string{"credential", "fill"},
		input:  "protocol=http\nhost=localhost\n\n",
	},
	{
		name:   "a question for credentials",
		config: []string{"core.askPass=TRAP"},
		spring: []string{"credential", "fill"},
		input:  "protocol=http\nhost=localhost\n\n",
	},
	{
		name:   "ssh",
		config: []string{"core.sshCommand=TRAP", "remote.origin.url=ssh://localhost/x"},
		spring: []string{"fetch"},
		lacks:  true,
	},
	{
		name:   "the far end",
		config: []string{"remote.origin.uploadpack=TRAP"},
		spring: []string{"fetch"},
		lacks:  true,
	},
	{
		name: "a transport",
		config: []string{
			"remote.origin.url=ext::TRAP", "protocol.ext.allow=always", "protocol.allow=always",
		},
		spring: []string{"fetch"},
		lacks:  true,
	},
	{
		name:   "a foreign system",
		config: []string{"remote.origin.vcs=ext", "remote.origin.url=TRAP", "protocol.ext.allow=always"},
		spring: []string{"fetch"},
		lacks:  true,
	},
	{
		name:   "a proxy",
		config: []string{"core.gitProxy=TRAP", "remote.origin.url=git://localhost/x"},
		spring: []string{"fetch"},
		lacks:  true,
	},

	{
		name:   "external differences in the environment",
		env:    []string{"GIT_EXTERNAL_DIFF=TRAP"},
		spring: []string{"diff", "v1", "main"},
	},
	{
		name:   "ssh in the environment",
		config: []string{"remote.origin.url=ssh://localhost/x"},
		env:    []string{"GIT_SSH_COMMAND=TRAP"},
		spring: []string{"fetch"},
		lacks:  true,
	},
	{
		name:   "a program for ssh in the environment",
		config: []string{"remote.origin.url=ssh://localhost/x"},
		env:    []string{"GIT_SSH=TRAP"},
		spring: []string{"fetch"},
		lacks:  true,
	},
	{
		name:   "a proxy in the environment",
		config: []string{"remote.origin.url=git://localhost/x"},
		env:    []string{"GIT_PROXY_COMMAND=TRAP"},
		spring: []string{"fetch"},
		lacks:  true,
	},
	{
		name:   "a question in the environment",
		env:    []string{"GIT_ASKPASS=TRAP"},
		spring: []string{"credential", "fill"},
		input:  "protocol=http\nhost=localhost\n\n",
	},
	{
		name:   "an editor in the environment",
		env:    []string{"GIT_EDITOR=TRAP"},
		spring: []string{"branch", "--edit-description", "main"},
	},
	{
		name:   "a trace",
		env:    []string{"GIT_TRACE=RAN", "GIT_TRACE_SETUP=RAN", "GIT_TRACE_PACKET=RAN"},
		spring: []string{"rev-parse"},
	},
	{
		name:   "a trace of events",
		env:    []string{"GIT_TRACE2=RAN", "GIT_TRACE2_EVENT=RAN", "GIT_TRACE2_PERF=RAN"},
		spring: []string{"rev-parse"},
	},
}

// gitCommands are what a trapped checkout is read with. renamed.yaml has another name than at v1,
// and that was committed; api/errors.yaml was moved in the work tree alone.
var gitCommands = [][]string{
	{"breaking", "api/errors.yaml", "--against", "HEAD"},
	{"breaking", "renamed.yaml", "--against", "v1"},
	{"changelog", "renamed.yaml", "--since", "v1"},
}

// otherCommands are those that ask git no more than the first, or nothing.
var otherCommands = [][]string{
	{"breaking", "api/errors.yaml", "--against", "git:v1:api/catalog.yaml"},
	{"breaking", "api/errors.yaml", "--against", "v1:./api/catalog.yaml"},
	{"breaking", "api/errors.yaml", "--against", "HEAD@{0}", "--format", "github"},
	{"breaking", "api/errors.yaml", "--against", "main~1", "--format", "sarif"},
	{"breaking", "api/errors.yaml", "--against", "mian"},
	{"breaking", "api/errors.yaml", "--against", "api/errors.yaml"},
	{"breaking", "api/errors.yaml", "--against", "signed"},
	{"breaking", "renamed.yaml", "--against", "v1:api"},
	{"changelog", "renamed.yaml", "--against", "v1"},
	{"changelog", "api/errors.yaml", "--since", "v1"},
	{"changelog", "renamed.yaml", "--since", "HEAD"},
	{"lint", "api/errors.yaml", "--format", "github"},
	{"lint", "api/errors.yaml", "--format", "sarif"},
	{"explain", "api/errors.yaml"},
	{"explain", "api/errors.yaml", "FILE_GONE"},
	{"generate", "api/errors.yaml", "--markdown", "errors.md", "--check"},
	{"fmt", "api/errors.yaml", "--check"},
	{"rules"},
	{"version"},
}

// A checkout is a git repository with a work tree, and what is around it.
type checkout struct {
	t                  *testing.T
	dir, ran, errspec  string
	git, log, old, env string
	program            string // the trap
}

// newCheckout makes a checkout of two revisions, as a clone that may lack old files.
func newCheckout(t *testing.T, partial bool) *checkout {
	t.Helper()
	top := t.TempDir()
	c := &checkout{
		t:       t,
		dir:     filepath.Join(top, "origin"),
		ran:     filepath.Join(top, "ran"),
		program: filepath.Join(top, "trap"),
		log:     filepath.Join(top, "log"),
	}
	for name, to := range map[string]*string{"errspec": &c.errspec, "git": &c.git} {
		path, err := exec.LookPath(name)
		if err != nil {
			t.Fatal(err)
		}
		*to = path
	}
	c.script(c.program, "echo \"$0 $*\" >>"+c.ran+"\nexit 1")
	c.script(filepath.Join(top, "bin", "git"), "echo \"$*\" >>"+c.log+"\nexec "+c.git+" \"$@\"")
	// git as it was before it knew that
	c.script(filepath.Join(top, "old", "git"), "unset GIT_NO_LAZY_FETCH\nexec "+c.git+" \"$@\"")
	c.script(filepath.Join(top, "hooks", "reference-transaction"), "exec "+c.program)
	c.env, c.old = filepath.Join(top, "bin"), filepath.Join(top, "old")
	c.write(filepath.Join(top, "included"), "[core]\n\tfsmonitor = "+c.program+"\n")

	catalog := func(status string) string {
		return strings.ReplaceAll(`version: 1
title: Errors
statuses: {409: {title: Conflict}, 410: {title: Gone}, 500: {title: Internal Server Error}}
groups:
  - id: files
    title: Files
    errors:
      - code: FILE_GONE
        status: STATUS
        message: The file is gone
        resolution: Upload it again.
  - id: server
    title: Server
    errors:
      - {code: INTERNAL_ERROR, status: 500, message: Internal server error, resolution: Tell us.}
`, "STATUS", status)
	}
	c.must("init", "-q", "-b", "main", ".")
	c.write(filepath.Join(c.dir, "api", "catalog.yaml"), catalog("410"))
	c.write(filepath.Join(c.dir, "first.yaml"), catalog("410")+"# Another file.\n")
	c.must("add", ".")
	c.must("commit", "-q", "-m", "one")
	c.must("tag", "v1")
	c.write(filepath.Join(c.dir, "renamed.yaml"), catalog("409")+"# Another file.\n")
	c.must("rm", "-q", "first.yaml")
	c.must("add", ".")
	c.must("commit", "-q", "-m", "two")
	signature := "gpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----\n"
	signed := strings.Replace(c.must("cat-file", "commit", "HEAD"), "\n\n", "\n"+signature+"\n", 1)
	c.must("branch", "signed",
		strings.TrimSpace(c.given(signed, "hash-object", "-t", "commit", "-w", "--stdin")))
	c.must("config", "uploadpack.allowFilter", "true")

	args := []string{"clone", "-q", "file://" + c.dir, filepath.Join(top, "clone")}
	if partial {
		args = append(args, "--filter=blob:none")
	}
	c.must(args...)
	origin := c.dir
	c.dir = filepath.Join(top, "clone")
	c.must("branch", "-q", "signed", "origin/signed")
	if !partial {
		c.write(filepath.Join(c.dir, ".git", "objects", "info", "alternates"),
			filepath.Join(origin, ".git", "objects")+"\n")
	}
	if err := os.Rename(filepath.Join(c.dir, "api", "catalog.yaml"),
		filepath.Join(c.dir, "api", "errors.yaml")); err != nil {
		t.Fatal(err)
	}
	return c
}

func (c *checkout) write(name, content string) {
	c.t.Helper()
	err := os.MkdirAll(filepath.Dir(name), 0o755)
	if err == nil {
		err = os.WriteFile(name, []byte(content), 0o600)
	}
	if err != nil {
		c.t.Fatal(err)
	}
}

func (c *checkout) script(name, content string) {
	c.t.Helper()
	c.write(name, "#!/bin/sh\n"+content+"\n")
	if err := os.Chmod(name, 0o700); err != nil { //nolint:gosec // it is a program
		c.t.Fatal(err)
	}
}

// run runs a program in the checkout, in an environment of its own.
func (c *checkout) run(
	input string, env []string, program string, args ...string,
) (status int, said string) {
	c.t.Helper()
	cmd := exec.CommandContext(c.t.Context(), program, args...)
	cmd.Dir, cmd.Stdin = c.dir, strings.NewReader(input)
	cmd.Env = append([]string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + filepath.Dir(c.dir), "GIT_CONFIG_NOSYSTEM=1",
		"GIT_TERMINAL_PROMPT=0", "GIT_AUTHOR_NAME=Ada", "GIT_AUTHOR_EMAIL=ada@example.com",
		"GIT_COMMITTER_NAME=Ada", "GIT_COMMITTER_EMAIL=ada@example.com",
	}, env...)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := os.MkdirAll(c.dir, 0o755); err != nil {
		c.t.Fatal(err)
	}
	var exit *exec.ExitError
	if err := cmd.Run(); err != nil && !errors.As(err, &exit) {
		c.t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), out.String()
}

func (c *checkout) must(args ...string) string {
	c.t.Helper()
	return c.given("", args...)
}

func (c *checkout) given(input string, args ...string) string {
	c.t.Helper()
	status, said := c.run(input, nil, c.git, args...)
	if status != 0 {
		c.t.Fatalf("git %q: status %d\n%s", args, status, said)
	}
	return said
}

// set sets a trap, and returns what the environment has to have for it.
func (c *checkout) set(s trap) (env []string) {
	c.t.Helper()
	top := filepath.Dir(c.dir)
	replace := strings.NewReplacer("TRAP", c.program, "RAN", c.ran,
		"INCLUDED", filepath.Join(top, "included"), "HOOKS", filepath.Join(top, "hooks"))
	for _, setting := range s.config {
		key, value, _ := strings.Cut(setting, "=")
		c.must("config", key, replace.Replace(value))
	}
	if s.attr != "" {
		c.write(filepath.Join(c.dir, ".gitattributes"), "* "+s.attr+"\n")
		c.write(filepath.Join(c.dir, ".git", "info", "attributes"), "* "+s.attr+"\n")
	}
	for _, v := range s.env {
		env = append(env, replace.Replace(v))
	}
	return env
}

// sprung reports whether a trap was, and makes it ready again.
func (c *checkout) sprung() string {
	c.t.Helper()
	data, err := os.ReadFile(c.ran)
	if err != nil {
		return ""
	}
	if err := os.Remove(c.ran); err != nil {
		c.t.Fatal(err)
	}
	return string(data)
}

// onlyQuestions fails if git was asked for more than what objects and refs there are.
func (c *checkout) onlyQuestions() {
	c.t.Helper()
	data, err := os.ReadFile(c.log)
	if err != nil {
		c.t.Fatal(err)
	}
	asked := map[string]bool{}
	for line := range strings.Lines(string(data)) {
		words := strings.Fields(line)
		for i, w := range words { // -C DIR --no-pager … -c KEY=VALUE … COMMAND …
			if !strings.HasPrefix(w, "-") && (i == 0 || words[i-1] != "-C" && words[i-1] != "-c") {
				asked[w] = true
				break
			}
		}
	}
	for command := range asked {
		known := []string{"rev-parse", "for-each-ref", "rev-list", "ls-tree", "cat-file"}
		if !slices.Contains(known, command) {
			c.t.Errorf("git %s is run: TestSlowGitRunsNothing does not know what it may run", command)
		}
	}
	if !asked["cat-file"] || !asked["rev-parse"] {
		c.t.Errorf("git was asked nothing: %s", data)
	}
}
