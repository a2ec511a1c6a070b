//go:build unix

// Package growth checks errspec's limits for large and hostile catalogs: work grows no faster than
// the catalog, and no file of 1 MiB takes more than a fixed amount of memory.
package growth

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"maps"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/errspec/errspec/gen/checks/internal/program"
	"github.com/errspec/errspec/gen/internal/synth"
)

var growth = flag.String("growth", "^empty groups, lint$",
	"print how time and memory grow for the catalogs whose names match this `REGEXP`")

// growthCommands are the commands that run on a catalog and its previous version.
var growthCommands = map[string][]string{
	"lint": {"lint"}, "fmt": {"fmt", "--check"}, "explain": {"explain", "AB"},
	"breaking": {"breaking", "--against", "old"}, "changelog": {"changelog", "--against", "old"},
	"go": {"generate", "--go", "out"}, "markdown": {"generate", "--markdown", "out.md"},
	"gfm":   {"generate", "--markdown", "out.md", "--dialect", "gfm"},
	"mdx":   {"generate", "--markdown", "out.md", "--dialect", "mdx"},
	"pages": {"generate", "--pages", "out"}, "html": {"generate", "--html", "out"},
	"schema":  {"generate", "--schema", "out.json"},
	"lenient": {"generate", "--schema-lenient", "out.json"}, "openapi": {"generate", "--openapi",
		"out.yaml"}, "json": {"generate", "--json", "out.json"},
	"vectors":        {"generate", "--vectors", "out.json"},
	"catalog-schema": {"generate", "--catalog-schema", "out.json"},
	"inject":         {"generate", "--inject", "guide.md"},
}

// everyOutput is all outputs at once, except --pages, which equals --markdown but writes so many
// files that this takes longer than everything else.
var everyOutput = []string{
	"generate", "--go", "out/apierr", "--markdown", "out/errors.md", "--html", "out/html",
	"--schema", "out/schema.json", "--schema-lenient", "out/lenient.json",
	"--openapi", "out/openapi.yaml", "--json", "out/errors.json", "--vectors",
	"out/vectors.json", "--catalog-schema", "out/catalog.json",
	"--config-schema", "out/config.json", "--inject", "guide.md",
}

const growthGuide = "# Guide\n\n[//]: # (errspec:begin envelope)\n[//]: # (errspec:end)\n\n" +
	"[//]: # (errspec:begin statuses)\n[//]: # (errspec:end)\n\n" +
	"[//]: # (errspec:begin codes)\n[//]: # (errspec:end)\n\n[//]: # (errspec:begin retry)\n" +
	"[//]: # (errspec:end)\n"

// TestGrowth runs errspec on catalogs that repeat something, and on catalogs that repeat it four
// times as often. That may take four times as many steps, not sixteen times. A step is an executed
// statement of errspec, goldmark or yaml.v3, as counted by the program's coverage. So the result
// depends neither on the machine nor on its load.
func TestGrowth(t *testing.T) {
	errspec := counted(t)
	for name, catalog := range catalogShapes() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			few := catalog.of(1000)
			if p, ok := catalog.(pattern); ok {
				few = p.times(2)
			}
			if got := use(t, errspec, few, everyOutput); got.status != 0 && !mistaken[name] ||
				got.status == 0 && mistaken[name] {
				t.Fatalf("the result is unexpected; exit status %d:\n%.2000s", got.status,
					got.said)
			}
			growsWithSize(t, errspec, catalog, 64<<10, growthCommands["lint"])
			growsWithSize(t, errspec, catalog, 32<<10, growthCommands["breaking"])
			growsWithSize(t, errspec, catalog, 16<<10, everyOutput)
		})
	}
}

// counted builds an errspec that counts its steps.
func counted(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "errspec")
	out, err := exec.CommandContext(t.Context(), "go", "build", "-cover", "-covermode=count",
		"-coverpkg=github.com/errspec/errspec/...,gopkg.in/yaml.v3,github.com/yuin/goldmark/...",
		"-o", path, "github.com/errspec/errspec/gen/errspec").CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return path
}

// mistaken are the catalogs of [catalogShapes] with more and more mistakes. The others are valid
// until they exceed a limit.
var mistaken = map[string]bool{
	"codes that refer to none": true, "groups of one id": true,
	"retired codes in use": true, "variants, ambiguous": true,
	"related codes": true, "uses of no value": true, "uses of no param": true, "lone dollars": true,
	"open placeholders": true, "policies that are misspelt": true,
	"a text of no values": true, "a text of a role": true, "a text of params": true,
	"a text of no keys": true, "a text of names": true, "files in a chain": true,
}

func growsWithSize(t *testing.T, errspec string, catalog sized, size int, args []string) {
	t.Helper()
	grows(t, errspec, catalog.of(size), catalog.of(4*size), args)
}

// grows fails if many, which is four times as large as few, takes much more than four times the
// work.
func grows(t *testing.T, errspec, few, many string, args []string) {
	t.Helper()
	const (
		most = 8
		// a margin in steps: the start of the program, and about a fifth of a second of work
		floor = 20_000_000
	)
	a, b := use(t, errspec, few, args), use(t, errspec, many, args)
	if b.steps >= most*a.steps+floor {
		t.Errorf("%s takes %d steps for %d KiB and %d for %d KiB", strings.Join(args, " "), a.steps,
			len(few)>>10, b.steps, len(many)>>10)
	}
}

// TestGrowthTable prints time and memory of each command for each catalog at three sizes, with the
// exponents of their growth: 1 is linear, 2 is quadratic. Texts have at most 64 KiB, catalogs 1
// MiB. The whole table takes hours; make growth selects parts.
func TestGrowthTable(t *testing.T) {
	wanted, err := regexp.Compile(*growth)
	if err != nil {
		t.Fatal(err)
	}
	errspec := program.Errspec(t)
	table := func(name string, catalog sized, size int) {
		for _, command := range slices.Sorted(maps.Keys(growthCommands)) {
			if !wanted.MatchString(name + ", " + command) {
				continue
			}
			t.Run(name+", "+command, func(t *testing.T) {
				var at [3]used
				for i := range at {
					at[i] = use(t, errspec, catalog.of(size>>(2-i)), growthCommands[command])
				}
				t.Logf(
					"%.2f, %.2f, %.2f s: exponent %.2f; %d, %d, %d MiB: exponent %.2f; exit status %d",
					at[0].time.Seconds(), at[1].time.Seconds(), at[2].time.Seconds(),
					exponent(at[0].time.Seconds()+0.05, at[2].time.Seconds()+0.05),
					at[0].memory>>20, at[1].memory>>20, at[2].memory>>20,
					exponent(float64(at[0].memory), float64(at[2].memory)), at[2].status)
			})
		}
	}
	for name, catalog := range inOrder(catalogShapes()) {
		table(name, catalog, 1<<20)
	}
	for name, piece := range inOrder(synth.Markdown()) {
		table("texts of "+name, everywhere(piece), 64<<10)
	}
}

// exponent returns the growth exponent if a becomes b when the size quadruples.
func exponent(a, b float64) float64 { return math.Log(b/a) / math.Log(4) }

func inOrder[T any](m map[string]T) func(yield func(string, T) bool) {
	return func(yield func(string, T) bool) {
		for _, name := range slices.Sorted(maps.Keys(m)) {
			if !yield(name, m[name]) {
				return
			}
		}
	}
}

// What a run of errspec used.
type used struct {
	time   time.Duration // processor time of the program itself
	memory int64         // the peak
	steps  int64         // if the program counts them
	status int
	said   string
}

// use runs errspec in a folder with a catalog and the files it includes, its previous version, and
// a page.
func use(t *testing.T, errspec, catalog string, args []string) used {
	t.Helper()
	dir := t.TempDir()
	write := func(name, data string) {
		path := filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700),
			os.WriteFile(path, []byte(data), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	for folder, old := range map[string]bool{"": false, "old": true} {
		text, files, _ := strings.Cut(version(catalog, old), "\n-- ")
		write(filepath.Join(folder, "catalog.yaml"), text+"\n")
		for file := range strings.SplitSeq(files, "\n-- ") {
			if name, data, ok := strings.Cut(file, " --\n"); ok {
				write(filepath.Join(folder, name), data+"\n")
			}
		}
	}
	write("guide.md", growthGuide)
	return runIn(t, errspec, dir, args)
}

// runIn runs errspec in a folder as a separate process.
func runIn(t *testing.T, errspec, dir string, args []string) used {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	coverage, usage := filepath.Join(dir, "coverage"), filepath.Join(dir, "usage")
	if err := os.Mkdir(coverage, 0o700); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self, append([]string{errspec}, args...)...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), usageFile+"="+usage, "GOCOVERDIR="+coverage)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	var exit *exec.ExitError
	if err := cmd.Run(); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	u := used{status: cmd.ProcessState.ExitCode(), said: out.String(), steps: steps(t, coverage)}
	if u.status != 0 && u.status != 1 || strings.Contains(u.said, "goroutine ") {
		t.Errorf("%s exits with %d:\n%.2000s", strings.Join(args, " "), u.status, u.said)
	}
	told, err := os.ReadFile(usage)
	if err == nil {
		_, err = fmt.Sscan(string(told), &u.time, &u.memory)
	}
	if err != nil {
		t.Fatalf("the usage is unknown: %v", err)
	}
	return u
}

// usageFile is an environment variable of this test's own program. If it names a file, the program
// runs its arguments as a command and writes the command's usage to the file. The test cannot
// measure that itself: on Linux the peak memory of a child includes what its parent had when it
// started the child.
const usageFile = "ERRSPEC_CHECK_USAGE"

func TestMain(m *testing.M) {
	if name := os.Getenv(usageFile); name != "" {
		os.Exit(launch(name))
	}
	os.Exit(m.Run())
}

func launch(usage string) int {
	// only an endless run takes so long
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, os.Args[1], os.Args[2:]...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	err := cmd.Run()
	var exit *exec.ExitError
	if err == nil || errors.As(err, &exit) {
		rusage, _ := cmd.ProcessState.SysUsage().(*syscall.Rusage)
		peak := int64(rusage.Maxrss) //nolint:unconvert // it is an int32 on some systems
		if runtime.GOOS != "darwin" {
			peak <<= 10 // other systems count KiB
		}
		err = os.WriteFile(usage, fmt.Appendln(nil, cmd.ProcessState.UserTime().Nanoseconds(),
			peak), 0o600)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err) // the test will miss the file
	}
	return cmd.ProcessState.ExitCode()
}

// covdata returns the path of go tool covdata, which reads a program's counters.
var covdata = sync.OnceValues(func() (string, error) {
	out, err := exec.Command("go", "tool", "-n", "covdata").Output()
	return strings.TrimSpace(string(out)), err
})

// steps returns how many statements a program executed, from the coverage that it left in a folder,
// or 0 if it counts none.
func steps(t *testing.T, coverage string) (n int64) {
	t.Helper()
	files, err := os.ReadDir(coverage)
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		return 0
	}
	covdata, err := covdata()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(covdata, "textfmt", "-i=.", "-o=text")
	cmd.Dir = coverage // a comma in its name would separate two folders
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("go tool covdata: %v\n%s", err, out)
	}
	data, err := os.ReadFile(filepath.Join(coverage, "text"))
	if err != nil {
		t.Fatal(err)
	}
	_, blocks, _ := strings.Cut(string(data), "\n") // the first line is the mode
	for block := range strings.Lines(blocks) {
		var statements, times int64
		fields := strings.Fields(block) // FILE:BEGIN,END STATEMENTS TIMES
		if _, err := fmt.Sscan(fields[1]+" "+fields[2], &statements, &times); err != nil {
			t.Fatalf("%s: %v", block, err)
		}
		n += statements * times
	}
	return n
}
