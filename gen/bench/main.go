//go:build unix

// Bench measures errspec against its targets, and prints each result as a ratio to a yardstick of
// the same run:
//
//	go run ./gen/bench                                     # as a table
//	go run ./gen/bench -update gen/BENCHMARKS.md           # into the report
//	go run ./gen/bench -rounds 3 -only generator           # quickly
//	go run ./gen/bench -only package,clients,tests         # the rest; clients need make npm, python3
//
// Every step is a separate process, so that no step inherits another's heap. Each round goes
// through all steps in turn, so that other load on the machine affects all of them alike. Figures
// are medians. This process itself stays small: on Linux a child's peak memory is at least that of
// its parent at the start.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

func main() {
	if err := command(os.Args); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func command(args []string) error {
	if len(args) > 3 && args[1] == "step" {
		return step(os.Stdout, args[2], args[3:])
	}
	var s settings
	flag.IntVar(&s.rounds, "rounds", 5, "how often each step is measured")
	only := flag.String("only", "generator,package,clients,tests",
		"what to measure: generator, package, clients, tests, or several of these")
	update := flag.String("update", "", "put the tables into this `FILE`, between its markers")
	flag.Parse()
	return run(s, strings.Split(*only, ","), *update)
}

// Settings of a run.
type settings struct {
	rounds int
	dir    string // for all written files
	load   string // the load average before
}

func run(s settings, parts []string, update string) (err error) {
	if s.dir, err = os.MkdirTemp("", "errspec-bench-"); err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(s.dir) }()
	for _, part := range parts {
		var table bytes.Buffer
		s.load = load()
		switch part {
		case "generator":
			err = generator(&table, s)
		case "package":
			err = generatedPackage(&table, s)
		case "clients":
			err = clients(&table, s)
		case "tests":
			err = tests(&table, s)
		default:
			err = fmt.Errorf("cannot measure %q: want generator, package, clients or tests", part)
		}
		if err != nil {
			return err
		}
		if _, err := os.Stdout.Write(table.Bytes()); err != nil {
			return err
		}
		if update != "" {
			if err := replace(update, part, table.Bytes()); err != nil {
				return err
			}
		}
	}
	return nil
}

// machine prints which machine the figures are from, and when.
func machine(w *bytes.Buffer, s settings) {
	fmt.Fprintf(w, "%s, %s/%s, %d processors; %s, load average %s before. Medians of %d rounds.\n\n",
		runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.GOMAXPROCS(0),
		time.Now().Format("2 January 2006"), s.load, s.rounds)
}

// load returns the load average of the last minute, where Linux says it.
func load() string {
	data, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	return strings.Fields(string(data))[0]
}

// replace puts a table into a file, between the markers with its name.
func replace(path, name string, table []byte) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	begin, end := []byte("<!-- "+name+":begin -->\n"), []byte("<!-- "+name+":end -->\n")
	before, rest, ok := bytes.Cut(data, begin)
	if !ok {
		return fmt.Errorf("%s has no line %s", path, bytes.TrimSpace(begin))
	}
	_, after, ok := bytes.Cut(rest, end)
	if !ok {
		return fmt.Errorf("%s has no line %s", path, bytes.TrimSpace(end))
	}
	return os.WriteFile(path, bytes.Join([][]byte{before, begin, []byte("\n"), table, []byte("\n"),
		end, after}, nil), 0o644)
}

// executable builds a command of this repository, or a program given as text.
func (s settings) executable(name, pkg string) (string, error) {
	path := filepath.Join(s.dir, name)
	_, err := measure("go", "build", "-trimpath", "-o", path, pkg)
	return path, err
}
