//go:build unix

// Peers runs other generators of Go errors on the same codes as errspec, each in its own format,
// and prints the cost of the generator and of its output:
//
//	go run ./gen/bench/peers -update gen/BENCHMARKS.md
//	go run ./gen/bench/peers -from zederr=/path/to/a/checkout
//
// A peer is built from its published module, at a pinned version, through the Go module proxy. If
// the proxy does not serve it, -from names a checkout of its repository, which is copied; the table
// has its commit. The table lists peers that cannot be built, with the reason. kratos needs protoc.
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
	if err := compare(); err != nil {
		fmt.Fprintln(os.Stderr, "peers:", err)
		os.Exit(1)
	}
}

func compare() error {
	from := checkouts{}
	flag.Var(from, "from", "build a peer from a checkout: `NAME=DIR`")
	rounds := flag.Int("rounds", 5, "how often each generator is measured")
	sizes := []int{1000, 10_000}
	quick := flag.Bool("quick", false, "omit 10,000 codes")
	limit := flag.Duration("limit", 2*time.Minute, "stop a generator or compiler after this time")
	update := flag.String("update", "", "put the table into this `FILE`, between its markers")
	flag.Parse()
	if *quick {
		sizes = sizes[:1]
	}
	dir, err := os.MkdirTemp("", "errspec-peers-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	load, err := os.ReadFile("/proc/loadavg") // only Linux has it
	if err != nil {
		load = []byte("unknown")
	}
	b := &bench{dir: dir, rounds: *rounds, sizes: sizes, limit: *limit}
	for _, p := range peers() {
		b.add(p, from[p.name])
	}
	if err := b.measure(); err != nil {
		return err
	}
	var table bytes.Buffer
	fmt.Fprintf(&table,
		"%s, %s/%s, %d processors; %s, load average %s before. Medians of %d rounds.\n\n",
		runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.GOMAXPROCS(0),
		time.Now().Format("2 January 2006"), strings.Fields(string(load))[0], *rounds)
	b.print(&table)
	if _, err := os.Stdout.Write(table.Bytes()); err != nil || *update == "" {
		return err
	}
	return replace(*update, table.Bytes())
}

// Checkouts are the values of the flag -from.
type checkouts map[string]string

func (c checkouts) String() string { return "" }

// Set implements [flag.Value].
func (c checkouts) Set(s string) error {
	name, dir, ok := strings.Cut(s, "=")
	if !ok {
		return fmt.Errorf("want NAME=DIR")
	}
	dir, err := filepath.Abs(dir)
	c[name] = dir
	return err
}

func replace(path string, table []byte) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	before, rest, ok := bytes.Cut(data, []byte("<!-- peers:begin -->\n"))
	_, after, ok2 := bytes.Cut(rest, []byte("<!-- peers:end -->\n"))
	if !ok || !ok2 {
		return fmt.Errorf("%s lacks the lines <!-- peers:begin --> and <!-- peers:end -->", path)
	}
	return os.WriteFile(path, []byte(string(before)+"<!-- peers:begin -->\n\n"+string(table)+
		"\n<!-- peers:end -->\n"+string(after)), 0o644)
}
