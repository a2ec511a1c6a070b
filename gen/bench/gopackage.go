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

// goals are the targets of benchmarks by suffix of their names, as ratios to their yardsticks.
var goals = map[string]float64{
	"hit/Lookup": 1, "miss/Lookup": 1, "AppendJSON": 0.12, "Parse": 0.6, "text": 0.4,
	"errors.Is": 2, "n=1000/build/package": 11,
}

// maxAllocations limits the allocations of benchmarks by suffix of their names.
var maxAllocations = map[string]int{
	"/Lookup": 0, "AppendJSON": 0, "Write/Write": 3,
}

// maxPeak limits the memory of the compiler for 10,000 codes, in MB.
const maxPeak = 2000

// generatedPackage runs the Go benchmarks of the generated package. It compares each with the
// yardstick of its group: the sub-benchmark whose name begins with yardstick=.
func generatedPackage(w *bytes.Buffer, s settings) error {
	cmd := exec.Command("go", "-C", "gen/checks", "test", "-run", "^$", "-bench", "Sized", "-count",
		strconv.Itoa(s.rounds), "-timeout", "3h", "./gopackage")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("%v: %w\n%s", cmd.Args, err, out)
	}
	machine(w, s)
	t := table{w: w}
	t.head("benchmark", "measured", "allocations", "yardstick", "ratio", "target", "")
	for _, g := range groups(out) {
		for _, r := range g.results {
			name := strings.TrimPrefix(r.name, "Sized/")
			if strings.HasPrefix(name, "n=10000/") && !strings.Contains(name, "/build/") {
				continue // what a call costs is judged at 15 and 1,000 codes
			}
			allocations := ""
			if len(r.allocs) > 0 {
				allocations = allowed(name, median(r.allocs))
			}
			y := g.yardstick
			goal, verdict := judged(median(r.ns), median(y.ns), goalOf(name))
			t.row(name, seconds(median(r.ns)*1e-9), allocations,
				y.name+": "+seconds(median(y.ns)*1e-9),
				fmt.Sprintf("%.2f ×", median(r.ns)/median(y.ns)), goal, verdict)
			if len(r.peak) > 0 {
				peak := median(r.peak) * 1e6
				goal, verdict := judged(peak, maxPeak*1e6, 1)
				t.row("… peak of memory", megabytes(peak), "", "2 GB",
					fmt.Sprintf("%.2f ×", peak/(maxPeak*1e6)), goal, verdict)
			}
		}
	}
	return nil
}

// allowed writes a number of allocations, and the limit if there is one.
func allowed(name string, allocations int) string {
	text := strconv.Itoa(allocations)
	for suffix, most := range maxAllocations {
		if strings.HasSuffix(name, suffix) {
			text += fmt.Sprintf(" of %d", most)
			if allocations > most {
				text += ", **missed**"
			}
		}
	}
	return text
}

func goalOf(name string) float64 {
	for suffix, goal := range goals {
		if strings.HasSuffix(name, suffix) {
			return goal
		}
	}
	return 0
}

// A result is one benchmark, measured several times.
type result struct {
	name   string
	ns     []float64
	allocs []int
	peak   []float64 // memory, in MB
}

// A group holds the benchmarks below one name.
type group struct {
	name      string
	results   []*result
	yardstick *result
}

// groups parses the output of go test -bench.
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
			full = full[:i] // drop the number of processors
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
			case fields[i+1] == "peak-MB":
				r.peak = append(r.peak, value)
			}
		}
	}
	return all
}
