//go:build unix

package main

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
)

// generatedPackage runs the Go benchmarks of what is generated, and sets each beside the yardstick of its group: the
// sub-benchmark whose name begins with yardstick=.
func generatedPackage(w *bytes.Buffer, s settings) error {
	cmd := exec.Command("go", "test", "-run", "^$", "-bench", ".", "-benchmem", "-benchtime", "100ms", "-count", strconv.Itoa(s.rounds), "./gen/internal/emit/gocode/...")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("%v: %w\n%s", cmd.Args, err, out)
	}
	machine(w, s)
	t := table{w: w}
	t.head("benchmark", "measured", "allocations", "yardstick", "ratio")
	for _, g := range groups(out) {
		for _, r := range g.results {
			if g.yardstick == nil {
				t.row(r.name, seconds(median(r.ns)*1e-9), strconv.Itoa(median(r.allocs)), "", "")
				continue
			}
			y := median(g.yardstick.ns)
			t.row(r.name, seconds(median(r.ns)*1e-9), strconv.Itoa(median(r.allocs)), g.yardstick.name+": "+seconds(y*1e-9), fmt.Sprintf("%.2f ×", median(r.ns)/y))
		}
	}
	return nil
}

// A result is one benchmark, measured several times.
type result struct {
	name   string
	ns     []float64
	allocs []int
}

// A group is the benchmarks below one name.
type group struct {
	name      string
	results   []*result
	yardstick *result
}

// groups reads what go test -bench prints.
func groups(out []byte) []*group {
	var all []*group
	byName := map[string]*group{}
	results := map[string]*result{}
	for scan := bufio.NewScanner(bytes.NewReader(out)); scan.Scan(); {
		fields := strings.Fields(scan.Text())
		if len(fields) < 4 || !strings.HasPrefix(fields[0], "Benchmark") {
			continue
		}
		full := strings.TrimPrefix(fields[0], "Benchmark")
		if i := strings.LastIndexByte(full, '-'); i > 0 {
			full = full[:i] // the number of processors
		}
		parent, own := full, full
		if i := strings.LastIndexByte(full, '/'); i > 0 {
			parent, own = full[:i], full[i+1:]
		}
		g := byName[parent]
		if g == nil {
			g = &group{name: parent}
			byName[parent] = g
			all = append(all, g)
		}
		r := results[full]
		if r == nil {
			r = &result{name: full}
			results[full] = r
			if name, ok := strings.CutPrefix(own, "yardstick="); ok {
				r.name = name
				g.yardstick = r
			} else {
				g.results = append(g.results, r)
			}
		}
		for i := 2; i+1 < len(fields); i += 2 {
			value, err := strconv.ParseFloat(fields[i], 64)
			switch {
			case err != nil:
			case fields[i+1] == "ns/op":
				r.ns = append(r.ns, value)
			case fields[i+1] == "allocs/op":
				r.allocs = append(r.allocs, int(value))
			}
		}
	}
	return all
}
