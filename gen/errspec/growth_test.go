//go:build unix && !race

package main

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
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/errspec/errspec/gen/internal/synth"
)

var growth = flag.String("growth", "^empty groups, lint$", "print how time and memory grow for the catalogs whose names match this `REGEXP`")

// growthCommands are what is done with a catalog and the one before it.
var growthCommands = map[string][]string{
	"lint": {"lint"}, "fmt": {"fmt", "--check"}, "explain": {"explain", "AB"}, "breaking": {"breaking", "--against", "old"}, "changelog": {"changelog", "--against", "old"},
	"go": {"generate", "--go", "out"}, "markdown": {"generate", "--markdown", "out.md"}, "gfm": {"generate", "--markdown", "out.md", "--dialect", "gfm"},
	"mdx": {"generate", "--markdown", "out.md", "--dialect", "mdx"}, "pages": {"generate", "--pages", "out"}, "html": {"generate", "--html", "out"}, "schema": {"generate", "--schema", "out.json"},
	"lenient": {"generate", "--schema-lenient", "out.json"}, "openapi": {"generate", "--openapi", "out.yaml"}, "json": {"generate", "--json", "out.json"}, "catalog-schema": {"generate", "--catalog-schema", "out.json"},
	"inject": {"generate", "--inject", "guide.md"},
}

// everyOutput is all outputs at once, but for --pages: it is what --markdown is, in so many files that writing them takes longer than all else.
var everyOutput = []string{
	"generate", "--go", "out/apierr", "--markdown", "out/errors.md", "--html", "out/html", "--schema", "out/schema.json", "--schema-lenient", "out/lenient.json",
	"--openapi", "out/openapi.yaml", "--json", "out/errors.json", "--catalog-schema", "out/catalog.json", "--inject", "guide.md",
}

const growthGuide = "# Guide\n\n[//]: # (errspec:begin envelope)\n[//]: # (errspec:end)\n\n[//]: # (errspec:begin statuses)\n[//]: # (errspec:end)\n\n" +
	"[//]: # (errspec:begin codes)\n[//]: # (errspec:end)\n\n[//]: # (errspec:begin retry)\n[//]: # (errspec:end)\n"

// TestGrowth runs errspec on catalogs that repeat one thing, and on others that repeat it four times as often: that may not take
// much more than four times the processor time. What is quadratic takes sixteen times.
func TestGrowth(t *testing.T) {
	program, err := exec.LookPath("errspec")
	if err != nil {
		t.Fatal(err)
	}
	for name, catalog := range catalogShapes() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			few := catalog.of(1000)
			if p, ok := catalog.(pattern); ok {
				few = p.times(2)
			}
			if got := use(t, program, few, everyOutput); got.status != 0 && !mistaken[name] || got.status == 0 && mistaken[name] {
				t.Fatalf("it is not what it should be; exit status %d:\n%.2000s", got.status, got.said)
			}
			growsWithSize(t, program, catalog, 64<<10, growthCommands["lint"])
			growsWithSize(t, program, catalog, 32<<10, growthCommands["breaking"])
			growsWithSize(t, program, catalog, 16<<10, everyOutput)
		})
	}
}

// mistaken are the catalogs of [catalogShapes] with mistakes, of which there are more and more. The others are right until they are beyond
// a limit.
var mistaken = map[string]bool{
	"codes of one anchor": true, "codes that refer to none": true, "params of one Go name": true, "an enum of one Go name": true, "sections of one title": true,
	"groups of one id": true, "retired codes in use": true, "variants, ambiguous": true, "related codes": true, "uses of no value": true, "uses of no param": true, "lone dollars": true,
	"open placeholders": true, "policies that are misspelt": true, "roles in a text": true, "a text of no values": true, "a text of a role": true, "a text of params": true,
	"a text of no keys": true, "a text of names": true, "files in a chain": true,
}

func growsWithSize(t *testing.T, program string, catalog sized, size int, args []string) {
	t.Helper()
	const (
		most     = 8
		floor    = 300 * time.Millisecond // so that neither the program's start nor another load on the machine decides
		attempts = 4                      // what is quadratic comes again
	)
	for i := 1; ; i++ {
		few, many := use(t, program, catalog.of(size), args), use(t, program, catalog.of(4*size), args)
		if many.time < most*few.time+floor {
			return
		}
		if i == attempts {
			t.Errorf("%s takes %v for %d KiB and %v for %d KiB", strings.Join(args, " "), few.time, size>>10, many.time, size>>8)
			return
		}
	}
}

// TestGrowthTable prints time and memory of each command for each catalog at three sizes, with the exponents of their growth: 1 is linear,
// 2 is quadratic. Texts are of 64 KiB at most, catalogs of 1 MiB. All of it takes hours: make growth chooses.
func TestGrowthTable(t *testing.T) {
	wanted, err := regexp.Compile(*growth)
	if err != nil {
		t.Fatal(err)
	}
	program, err := exec.LookPath("errspec")
	if err != nil {
		t.Fatal(err)
	}
	table := func(name string, catalog sized, size int) {
		for _, command := range slices.Sorted(maps.Keys(growthCommands)) {
			if !wanted.MatchString(name + ", " + command) {
				continue
			}
			t.Run(name+", "+command, func(t *testing.T) {
				var at [3]used
				for i := range at {
					at[i] = use(t, program, catalog.of(size>>(2-i)), growthCommands[command])
				}
				t.Logf("%.2f, %.2f, %.2f s: exponent %.2f; %d, %d, %d MiB: exponent %.2f; exit status %d",
					at[0].time.Seconds(), at[1].time.Seconds(), at[2].time.Seconds(), exponent(at[0].time.Seconds()+0.05, at[2].time.Seconds()+0.05),
					at[0].memory>>20, at[1].memory>>20, at[2].memory>>20, exponent(float64(at[0].memory), float64(at[2].memory)), at[2].status)
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

// exponent returns how what takes a grows if four times as much takes b.
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
	time   time.Duration // of the processor, in the program itself
	memory int64         // at most
	status int
	said   string
}

// use runs errspec in a folder with a catalog, which is followed by its files if it includes any, with the one before it and with a page.
func use(t *testing.T, program, catalog string, args []string) used {
	t.Helper()
	dir := t.TempDir()
	write := func(name, data string) {
		path := filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(data), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	for folder, old := range map[string]bool{"": false, "old": true} {
		text, files, _ := strings.Cut(edition(catalog, old), "\n-- ")
		write(filepath.Join(folder, "catalog.yaml"), text+"\n")
		for file := range strings.SplitSeq(files, "\n-- ") {
			if name, data, ok := strings.Cut(file, " --\n"); ok {
				write(filepath.Join(folder, name), data+"\n")
			}
		}
	}
	write("guide.md", growthGuide)
	return runIn(t, program, dir, args)
}

// runIn runs errspec in a folder as a program of its own.
func runIn(t *testing.T, program, dir string, args []string) used {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute) // so long that only what does not end takes it
	defer cancel()
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Dir = dir
	peak := filepath.Join(dir, "peak")
	cmd.Env = append(os.Environ(), peakFile+"="+peak)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	var exit *exec.ExitError
	if err := cmd.Run(); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	if ctx.Err() != nil {
		t.Fatalf("%s does not end", strings.Join(args, " "))
	}
	u := used{time: cmd.ProcessState.UserTime(), status: cmd.ProcessState.ExitCode(), said: out.String()}
	if u.status != 0 && u.status != 1 || strings.Contains(u.said, "goroutine ") {
		t.Errorf("%s ends with the status %d:\n%.2000s", strings.Join(args, " "), u.status, u.said)
	}
	told, err := os.ReadFile(peak)
	if err == nil {
		_, err = fmt.Sscan(string(told), &u.memory)
	}
	if err != nil {
		t.Fatalf("how much memory it took is not known: %v", err)
	}
	return u
}
