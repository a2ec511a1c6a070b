//go:build unix

package main

import (
	"bytes"
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
	all    []*contestant
}

// A contestant is a peer that was built, or the reason why it was not.
type contestant struct {
	peer
	from    string // its checkout
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
	c := &contestant{peer: p, from: from, results: map[int]*result{}}
	b.all = append(b.all, c)
	if p.catalog == nil {
		c.missing = "the module proxy refused " + p.module + " in November 2026"
		return
	}
	if err := b.build(c); err != nil {
		c.missing = strings.Join(strings.Fields(err.Error()), " ")
	}
}

// build builds the peer's command, in a module that requires it.
func (b *bench) build(c *contestant) error {
	c.program = filepath.Join(b.dir, strings.NewReplacer(" ", "-", ",", "").Replace(c.name))
	if c.module == "" {
		_, err := run("", "go", "build", "-trimpath", "-o", c.program, c.command)
		return err
	}
	if c.from != "" {
		_, err := run(c.from, "go", "build", "-trimpath", "-o", c.program, c.command)
		return err
	}
	dir, err := os.MkdirTemp(b.dir, "tool-")
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "go.mod"),
		fmt.Appendf(nil, "module peers.test\n\ngo 1.25\n\nrequire %s %s\n", c.module, c.version),
		0o644); err != nil {
		return err
	}
	if _, err := run(dir, "go", "mod", "download", c.module); err != nil {
		return err
	}
	_, err = run(dir, "go", "build", "-trimpath", "-o", c.program, c.command)
	return err
}

func (b *bench) measure() error {
	for _, n := range b.sizes {
		codes := synth.Codes(n)
		for _, c := range b.all {
			if c.missing != "" {
				continue
			}
			c.results[n] = &result{}
			if err := os.MkdirAll(b.work(c, n), 0o755); err != nil {
				return err
			}
			if err := os.WriteFile(b.catalog(c, n), []byte(c.catalog(codes)), 0o644); err != nil {
				return err
			}
		}
		codes = nil //nolint:ineffassign,wastedassign // on Linux a child's peak is at least its parent's size
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

func (b *bench) work(c *contestant, n int) string {
	return filepath.Join(b.dir, "work-"+filepath.Base(c.program)+"-"+strconv.Itoa(n))
}
func (b *bench) catalog(c *contestant, n int) string {
	return filepath.Join(b.work(c, n), "catalog.yaml")
}
func (b *bench) output(c *contestant, n int) string { return filepath.Join(b.work(c, n), "apierr") }

// generate runs a generator once, into an empty folder.
func (b *bench) generate(c *contestant, n int) error {
	out := b.output(c, n)
	if err := os.RemoveAll(out); err != nil {
		return err
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	cmd := exec.Command(c.program, c.args(b.catalog(c, n), out)...)
	var text bytes.Buffer
	cmd.Stdout, cmd.Stderr = &text, &text
	begin := time.Now()
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%w: %.300s", err, text.Bytes())
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

	"peers.test/apierr"
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
	files, _ := filepath.Glob(filepath.Join(b.output(c, n), "*.go"))
	for _, f := range files {
		if info, err := os.Stat(f); err == nil {
			r.goBytes += info.Size()
		}
	}
	if err := b.module(c, dir); err != nil {
		r.compiles = "no: " + strings.Join(strings.Fields(err.Error()), " ")
		return
	}
	begin := time.Now()
	if _, err := run(dir, "go", "build", "./apierr"); err != nil {
		r.compiles = "no: " + strings.Join(strings.Fields(err.Error()), " ")
		return
	}
	r.compiles = fmt.Sprintf("%.2f s", time.Since(begin).Seconds())
	program := filepath.Join(dir, "program")
	if _, err := run(dir, "go", "build", "-o", program, "./start"); err != nil {
		r.start = err.Error()
		return
	}
	cmd := exec.Command(program)
	cmd.Env = append(os.Environ(), "GODEBUG=inittrace=1")
	out, _ := cmd.CombinedOutput()
	r.start = "nothing"
	if m := regexp.MustCompile(
		`init peers\.test/apierr @\S+ ms, (\S+ ms) clock, (\d+ bytes), (\d+ allocs)`).
		FindSubmatch(out); m != nil {
		r.start = fmt.Sprintf("%s, %s, %s", m[1], m[2], m[3])
	}
	r.lookup = "none"
	if c.lookup != "" {
		if text, err := run(dir, "go", "run", "./lookup"); err == nil {
			r.lookup = strings.TrimSpace(text) + " ns"
		} else {
			r.lookup = err.Error()
		}
	}
}

// module makes the folder a Go module and builds what the output imports.
func (b *bench) module(c *contestant, dir string) error {
	mod := "module peers.test\n\ngo 1.25\n"
	if c.module != "" {
		mod += fmt.Sprintf("\nrequire %s %s\n", c.module, c.version)
		for _, need := range c.needs {
			path, version, _ := strings.Cut(need, "@")
			mod += fmt.Sprintf("\nrequire %s %s\n", path, version)
		}
		if c.from != "" {
			mod += fmt.Sprintf("\nreplace %s => %s\n", c.module, c.from)
		}
	}
	var codes strings.Builder
	for _, code := range synth.Codes(15) {
		fmt.Fprintf(&codes, "%q, ", code.Name)
	}
	for name, content := range map[string]string{
		"go.mod":         mod,
		"start/main.go":  "package main\n\nimport _ \"peers.test/apierr\"\n\nfunc main() {}\n",
		"lookup/main.go": fmt.Sprintf(lookupProgram, codes.String(), c.lookup),
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			return err
		}
	}
	deps, err := run(dir, "go", "list", "-deps", "-f",
		"{{if ne .ImportPath \"peers.test/apierr\"}}{{.ImportPath}}{{end}}", "./apierr")
	if err != nil {
		return err
	}
	args := slices.DeleteFunc(strings.Split(strings.TrimSpace(deps), "\n"),
		func(s string) bool { return s == "" || s == "unsafe" })
	_, err = run(dir, append([]string{"go", "build"}, args...)...)
	return err
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
		if c.from != "" {
			name += ", from a checkout"
		}
		if c.missing != "" {
			row(name, "", "not served here: "+clean(c.missing), "", "", "", "", "")
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
