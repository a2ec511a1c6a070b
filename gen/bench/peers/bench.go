//go:build unix

package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/errspec/errspec/gen/internal/synth"
)

// A bench measures peers. Each has its own folder: a module in which its output is built.
type bench struct {
	dir    string
	rounds int
	sizes  []int
	limit  time.Duration // of one run of a generator or compiler
	all    []*contestant
}

// A contestant is a peer that was built, or the reason why it was not.
type contestant struct {
	peer
	source  string // the copy of its checkout, or ""
	commit  string // of the checkout
	program string
	missing string
	results map[int]*result
}

type result struct {
	seconds, memory []float64
	goBytes         int64
	compiles        string // the time, or what went wrong
	start           string // what the package does at program start
	lookup          string
	failed          string // why there is no output
}

func (b *bench) add(p peer, from string) {
	c := &contestant{peer: p, results: map[int]*result{}}
	b.all = append(b.all, c)
	if p.module != "" && p.version == "" && from == "" {
		c.missing = fmt.Sprintf("the module proxy refused %s in November 2026; pass -from %s=DIR",
			p.module, p.name)
		return
	}
	if err := b.build(c, from); err != nil {
		c.missing = strings.Join(strings.Fields(err.Error()), " ")
	}
}

// build builds the peer's command, in a copy of its checkout or in a module that requires it.
func (b *bench) build(c *contestant, from string) error {
	tools := filepath.Join(b.dir, "tools")
	c.program = filepath.Join(tools, strings.NewReplacer(" ", "-", ",", "").Replace(c.name))
	dir := ""
	switch {
	case c.module == "":
	case from != "":
		if err := b.copy(c, from); err != nil {
			return err
		}
		dir = filepath.Join(c.source, c.folder)
	default:
		dir = filepath.Join(b.dir, "tool-"+c.name)
		if err := write(filepath.Join(dir, "go.mod"), fmt.Appendf(nil,
			"module peers.test\n\ngo 1.25\n\nrequire %s %s\n", c.module, c.version)); err != nil {
			return err
		}
		if _, err := b.run(c, dir, "go", "mod", "download", c.module); err != nil {
			return err
		}
	}
	if _, err := b.run(c, dir, "go", "build", "-trimpath", "-o", c.program,
		c.command); err != nil {
		return err
	}
	if len(c.plugins) == 0 {
		return nil
	}
	for _, plugin := range c.plugins {
		if _, err := b.run(c, dir, "go", "build", "-trimpath", "-o",
			filepath.Join(tools, filepath.Base(plugin)), plugin); err != nil {
			return err
		}
	}
	var err error
	c.program, err = exec.LookPath("protoc")
	return err
}

// copy copies a checkout, so that nothing is written into it.
func (b *bench) copy(c *contestant, from string) error {
	commit, err := b.run(c, from, "git", "rev-parse", "--short=12", "HEAD")
	if err != nil {
		return err
	}
	c.commit, c.source = strings.TrimSpace(commit), filepath.Join(b.dir, "source-"+c.name)
	if err := os.CopyFS(c.source, os.DirFS(from)); err != nil {
		return err
	}
	if err := os.RemoveAll(filepath.Join(c.source, ".git")); err != nil {
		return err
	}
	if c.mend == nil {
		return nil
	}
	return c.mend(c.source)
}

func (b *bench) measure() error {
	for _, n := range b.sizes {
		codes := synth.Codes(n)
		for _, c := range b.all {
			if c.missing != "" {
				continue
			}
			c.results[n] = &result{}
			if err := write(b.paths(c, n).catalog, []byte(c.catalog(codes))); err != nil {
				return err
			}
		}
		// on Linux a child's peak is at least its parent's size
		codes = nil //nolint:ineffassign,wastedassign // it frees memory
		runtime.GC()
		for range b.rounds {
			for _, c := range b.all {
				if c.missing == "" && c.results[n].failed == "" {
					if err := b.generate(c, n); err != nil {
						c.results[n].failed = strings.Join(strings.Fields(err.Error()), " ")
					}
				}
			}
		}
		for _, c := range b.all {
			if c.missing == "" && c.results[n].failed == "" {
				b.compile(c, n)
			}
		}
	}
	return nil
}

// work returns the folder for a peer's output: in the copy of its checkout, a package of that
// module, which has what the output imports.
func (b *bench) work(c *contestant, n int) string {
	if c.source != "" {
		return filepath.Join(c.source, "peers-"+strconv.Itoa(n))
	}
	return filepath.Join(b.dir, "work-"+filepath.Base(c.program)+"-"+strconv.Itoa(n))
}

func (b *bench) paths(c *contestant, n int) paths {
	dir := b.work(c, n)
	return paths{
		catalog: filepath.Join(dir, cmp.Or(c.file, "catalog.yaml")),
		out:     filepath.Join(dir, "apierr"),
		tools:   filepath.Join(b.dir, "tools"), source: c.source,
	}
}

// generate runs a generator once, into a folder that is empty, except for the catalog.
func (b *bench) generate(c *contestant, n int) error {
	p := b.paths(c, n)
	catalog, err := os.ReadFile(p.catalog)
	if err != nil {
		return err
	}
	if err := os.RemoveAll(p.out); err != nil {
		return err
	}
	if err := os.MkdirAll(p.out, 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(p.catalog, catalog, 0o644); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), b.limit)
	defer cancel()
	cmd := command(ctx, c, b.work(c, n), append([]string{c.program}, c.args(p)...)...)
	var text bytes.Buffer
	cmd.Stdout, cmd.Stderr = &text, &text
	if c.stdout != "" {
		file, err := os.Create(filepath.Join(p.out, c.stdout))
		if err != nil {
			return err
		}
		defer func() { _ = file.Close() }()
		cmd.Stdout = file
	}
	begin := time.Now()
	err = cmd.Run()
	switch {
	case ctx.Err() != nil:
		return fmt.Errorf("stopped after %v", b.limit)
	case err != nil:
		return fmt.Errorf("%w: %.300s", err,
			bytes.ReplaceAll(text.Bytes(), []byte(b.dir), []byte("DIR")))
	}
	r := c.results[n]
	r.seconds = append(r.seconds, time.Since(begin).Seconds())
	if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		memory := float64(usage.Maxrss)
		if runtime.GOOS != "darwin" {
			memory *= 1024
		}
		r.memory = append(r.memory, memory)
	}
	return nil
}

const lookupProgram = `package main

import (
	"fmt"
	"time"

	"%s"
)

func main() {
	codes := []string{%s}
	const rounds = 200
	best := time.Hour
	for range 9 {
		begin := time.Now()
		for range rounds {
			for _, code := range codes {
				%s
			}
		}
		best = min(best, time.Since(begin))
	}
	fmt.Printf("%%.1f\n", float64(best.Nanoseconds())/float64(rounds*len(codes)))
}
`

// compile builds the generated package and a program that imports it.
func (b *bench) compile(c *contestant, n int) {
	r, dir := c.results[n], b.work(c, n)
	files, _ := filepath.Glob(filepath.Join(b.paths(c, n).out, "*.go"))
	for _, f := range files {
		if info, err := os.Stat(f); err == nil && f != b.paths(c, n).catalog {
			r.goBytes += info.Size()
		}
	}
	pkg, err := b.module(c, dir)
	if err != nil {
		r.compiles = "no: " + strings.Join(strings.Fields(err.Error()), " ")
		return
	}
	begin := time.Now()
	if _, err := b.run(c, dir, "go", "build", "./apierr"); err != nil {
		r.compiles = "no: " + strings.Join(strings.Fields(err.Error()), " ")
		return
	}
	r.compiles = fmt.Sprintf("%.2f s", time.Since(begin).Seconds())
	program := filepath.Join(dir, "program")
	if _, err := b.run(c, dir, "go", "build", "-o", program, "./start"); err != nil {
		r.start = err.Error()
		return
	}
	cmd := exec.Command(program)
	cmd.Env = append(os.Environ(), "GODEBUG=inittrace=1")
	out, _ := cmd.CombinedOutput()
	r.start = "nothing"
	if m := regexp.MustCompile(`init ` + regexp.QuoteMeta(pkg) +
		` @\S+ ms, (\S+ ms) clock, (\d+ bytes), (\d+ allocs)`).FindSubmatch(out); m != nil {
		r.start = fmt.Sprintf("%s, %s, %s", m[1], m[2], m[3])
	}
	r.lookup = "none"
	if c.lookup != "" {
		if text, err := b.run(c, dir, "go", "run", "./lookup"); err == nil {
			r.lookup = strings.TrimSpace(text) + " ns"
		} else {
			r.lookup = err.Error()
		}
	}
}

// module adds programs that import the output, in a new module unless there is the peer's own, and
// builds what the output imports. It returns the import path of the output.
func (b *bench) module(c *contestant, dir string) (string, error) {
	if c.source == "" {
		mod := "module peers.test\n\ngo 1.25\n"
		if c.module != "" {
			mod += fmt.Sprintf("\nrequire %s %s\n", c.module, c.version)
		}
		for _, need := range c.needs {
			path, version, _ := strings.Cut(need, "@")
			mod += fmt.Sprintf("\nrequire %s %s\n", path, version)
		}
		if err := write(filepath.Join(dir, "go.mod"), []byte(mod)); err != nil {
			return "", err
		}
	}
	pkg, err := b.run(c, dir, "go", "list", "./apierr")
	if err != nil {
		return "", err
	}
	pkg = strings.TrimSpace(pkg)
	var codes strings.Builder
	for _, code := range synth.Codes(15) {
		fmt.Fprintf(&codes, "%q, ", code.Name)
	}
	for name, content := range map[string]string{
		"start/main.go":  fmt.Sprintf("package main\n\nimport _ %q\n\nfunc main() {}\n", pkg),
		"lookup/main.go": fmt.Sprintf(lookupProgram, pkg, codes.String(), c.lookup),
	} {
		if err := write(filepath.Join(dir, name), []byte(content)); err != nil {
			return "", err
		}
	}
	deps, err := b.run(c, dir, "go", "list", "-deps", "-f",
		"{{if ne .ImportPath \""+pkg+"\"}}{{.ImportPath}}{{end}}", "./apierr")
	if err != nil {
		return "", err
	}
	args := slices.DeleteFunc(strings.Split(strings.TrimSpace(deps), "\n"),
		func(s string) bool { return s == "" || s == "unsafe" })
	_, err = b.run(c, dir, append([]string{"go", "build"}, args...)...)
	return pkg, err
}

// run runs a command in a folder and returns its output.
func (b *bench) run(c *contestant, dir string, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), b.limit)
	defer cancel()
	cmd := command(ctx, c, dir, args...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	switch {
	case ctx.Err() != nil:
		return "", fmt.Errorf("stopped after %v", b.limit)
	case err != nil:
		return "", fmt.Errorf("%w: %.1500s", err,
			bytes.ReplaceAll(stderr.Bytes(), []byte(b.dir), []byte("DIR")))
	}
	return string(out), nil
}

// command returns a command that ends with all processes that it started when ctx does.
func command(ctx context.Context, c *contestant, dir string, args ...string) *exec.Cmd {
	mod := "mod"
	if _, err := os.Stat(filepath.Join(c.source, "vendor")); c.source != "" && err == nil {
		mod = "vendor"
	}
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod="+mod, "GOWORK=off")
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	return cmd
}

// newTools gives a checkout the one file of golang.org/x/tools whose vendored version a current Go
// does not compile.
func newTools(source string) error {
	const name = "internal/tokeninternal/tokeninternal.go"
	cmd := exec.Command("go", "mod", "download", "-json", "golang.org/x/tools@v0.24.1")
	cmd.Dir = os.TempDir() // in no module
	out, err := cmd.Output()
	if err != nil {
		return err
	}
	var module struct{ Dir string }
	if err := json.Unmarshal(out, &module); err != nil {
		return err
	}
	data, err := os.ReadFile(filepath.Join(module.Dir, name))
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(source, "vendor/golang.org/x/tools", name), data, 0o644)
}

// write writes a file and the folders above it.
func write(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, data, 0o644)
}

func (b *bench) print(w *bytes.Buffer) {
	row := func(cells ...string) { fmt.Fprintf(w, "| %s |\n", strings.Join(cells, " | ")) }
	row("generator", "codes", "time", "peak memory", "Go, bytes a code", "compiles in",
		"at program start", "lookup")
	row("---", "---", "---", "---", "---", "---", "---", "---")
	for _, c := range b.all {
		name := c.name
		if c.version != "" {
			name += " " + c.version
		}
		if c.commit != "" {
			name += ", commit " + c.commit
		}
		if c.missing != "" {
			row(name, "", "not built: "+clean(c.missing), "", "", "", "", "")
			continue
		}
		for _, n := range b.sizes {
			r := c.results[n]
			if r.failed != "" {
				row(name, strconv.Itoa(n), "fails: "+clean(r.failed), "", "", "", "", "")
				continue
			}
			row(name, strconv.Itoa(n), fmt.Sprintf("%.3f s", median(r.seconds)),
				fmt.Sprintf("%.0f MB", median(r.memory)/1e6),
				strconv.FormatInt(r.goBytes/int64(n), 10), clean(r.compiles), clean(r.start),
				clean(r.lookup))
		}
	}
}

// clean shortens a text to one line for a table cell.
func clean(s string) string {
	s = strings.ReplaceAll(s, "|", "¦")
	if len(s) > 160 {
		s = s[:160] + "…"
	}
	return s
}

func median(values []float64) float64 {
	values = slices.Sorted(slices.Values(values))
	return values[len(values)/2]
}
