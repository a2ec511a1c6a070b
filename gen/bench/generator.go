//go:build unix

package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/errspec/errspec/gen/internal/pipeline"
)

const (
	tiny  = 15
	small = 1000
	large = 10_000
)

// formatting is how often yaml.v3 could decode a catalog into nodes in the time in which go/format
// formats the Go package that the first version of errspec made of it: 0.65 s and 0.048 s.
const formatting = 0.65 / 0.048

// A bench holds the measurements of the generator.
type bench struct {
	settings
	errspec, empty string // the programs
	yaml           map[int]samples
	first          map[int]samples // generate into an empty folder
	all            map[int]samples // the same, with every output
	again          samples         // generate again
	lint           samples
	nothing        samples
	written        int    // files that a second run wrote
	out            string // where files are generated: see fresh
	folders        int    // how many of them there are
}

func (b *bench) catalog(n int) string {
	return filepath.Join(b.dir, "catalog-"+strconv.Itoa(n)+".yaml")
}
func (b *bench) mistaken() string { return filepath.Join(b.dir, "mistaken.yaml") }

// fresh has the next run generate into a new folder. Nothing is removed between runs: ext4 takes
// seconds to make thousands of files where as many were removed just before.
func (b *bench) fresh() {
	b.folders++
	b.out = filepath.Join(b.dir, "out-"+strconv.Itoa(b.folders))
}

// generator measures the errspec command.
func generator(w *bytes.Buffer, s settings) error {
	b := &bench{settings: s, yaml: map[int]samples{}, first: map[int]samples{},
		all: map[int]samples{}}
	if err := b.prepare(); err != nil {
		return err
	}
	for range s.rounds {
		if err := b.round(); err != nil {
			return err
		}
	}
	b.print(w)
	return nil
}

// sizes are those of the catalogs that are compiled. 8 MiB, the limit, are some 17,000 codes.
var sizes = [...]int{tiny, small, large}

func (b *bench) prepare() (err error) {
	for _, n := range sizes {
		if _, err := measureStep("catalog", b.catalog(n), strconv.Itoa(n)); err != nil {
			return err
		}
	}
	if _, err := measureStep("catalog", b.mistaken(), strconv.Itoa(large), "mistaken"); err != nil {
		return err
	}
	if b.errspec, err = b.executable("errspec", "./gen/errspec"); err != nil {
		return err
	}
	source := filepath.Join(b.dir, "empty.go")
	if err := os.WriteFile(source, []byte("package main\n\nfunc main() {}\n"), 0o644); err != nil {
		return err
	}
	b.empty, err = b.executable("empty", source)
	return err
}

// generate runs the command with some outputs.
func (b *bench) generate(n int, outputs []pipeline.Emitter) (sample, error) {
	args := []string{b.errspec, "generate", b.catalog(n)}
	for _, e := range outputs {
		path := filepath.Join(b.out, e.Name)
		if e.Name == "go" {
			path = filepath.Join(b.out, "apierr")
		}
		args = append(args, "--"+e.Name, path)
	}
	return measure(args...)
}

// round measures everything once.
func (b *bench) round() error {
	add := func(to *samples) func(sample, error) error {
		return func(s sample, err error) error {
			*to = append(*to, s)
			return err
		}
	}
	for _, n := range sizes {
		y, g := b.yaml[n], b.first[n]
		if err := add(&y)(measureStep("yaml", b.catalog(n))); err != nil {
			return err
		}
		for range b.repeats(n) {
			b.fresh()
			if err := add(&g)(b.generate(n, measured())); err != nil {
				return err
			}
			if n == tiny {
				if err := add(&b.nothing)(measure(b.empty)); err != nil {
					return err
				}
			}
		}
		b.yaml[n], b.first[n] = y, g
	}
	b.fresh()
	if _, err := b.generate(large, measured()); err != nil {
		return err
	}
	before := time.Now()
	if err := add(&b.again)(b.generate(large, measured())); err != nil {
		return err
	}
	written, err := writtenSince(b.out, before)
	if err != nil {
		return err
	}
	b.written += written
	for _, n := range []int{small, large} {
		all := b.all[n]
		b.fresh()
		if err := add(&all)(b.generate(n, pipeline.Emitters())); err != nil {
			return err
		}
		b.all[n] = all
	}
	return add(&b.lint)(measureFinding(b.errspec, "lint", b.mistaken()))
}

// repeats returns how often a catalog of n codes is compiled in one round: short runs vary most.
func (b *bench) repeats(n int) int {
	if n == tiny {
		return 10
	}
	return 1
}

func writtenSince(dir string, then time.Time) (n int, err error) {
	err = filepath.WalkDir(dir, func(_ string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		if err == nil && info.ModTime().After(then) {
			n++
		}
		return err
	})
	return n, err
}

func (b *bench) print(w *bytes.Buffer) {
	machine(w, b.settings)
	fmt.Fprintf(w, "Y = yaml.v3 decoding the catalog into nodes: %s for 1,000 codes, %s for 10,000. "+
		"F = go/format of the first Go package: %.1f Y. Figures with CPU are processor "+
		"time.\n\n", seconds(b.yaml[small].wall()), seconds(b.yaml[large].wall()), formatting)
	t := table{w: w}
	t.head("what", "measured", "yardstick", "ratio", "target", "")
	for _, n := range []int{small, large} {
		y := b.yaml[n]
		for _, of := range []struct {
			outputs string
			runs    samples
			target  float64
		}{{"Go, Markdown, schema, errors.json", b.first[n], 0.4}, {"every output", b.all[n], 0.7}} {
			what := fmt.Sprintf("%s, %d codes", of.outputs, n)
			t.ratio(what, of.runs.wall(), seconds, y.wall()*(1+formatting), "Y + F", of.target)
			t.ratio("… CPU", of.runs.cpu(), seconds, y.cpu()*(1+formatting), "Y + F", 0)
		}
	}
	t.ratio("peak memory, 10,000 codes", b.first[large].memory(), megabytes, 200e6, "200 MB", 1)
	t.ratio("… every output", b.all[large].memory(), megabytes, 200e6, "200 MB", 0)
	perCode := func(n int) float64 { return b.first[n].wall() / float64(n) }
	t.ratio("cost of a code at 10,000", perCode(large), seconds, perCode(small), "at 1,000", 1.3)
	t.ratio("15 codes, whole process", b.first[tiny].wall(), seconds, 0.020, "20 ms", 1)
	t.ratio("… CPU", b.first[tiny].cpu(), seconds, b.nothing.cpu(), "an empty Go program", 0)
	t.ratio(fmt.Sprintf("second run, nothing changed (%d files written)", b.written),
		b.again.wall(), seconds, b.first[large].wall(), "the first run", 1)
	t.ratio("lint, 10,000 codes with 10,000 diagnostics", b.lint.wall(), seconds,
		b.yaml[large].wall(), "Y", 3)
}
