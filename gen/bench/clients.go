//go:build unix

package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// node is the Node.js of the checks, which runs TypeScript; make npm installs it.
const node = "gen/checks/clients/typescript/node_modules/.bin/node"

// clients runs the benchmarks of the generated TypeScript and Python, which print their own lines.
func clients(w *bytes.Buffer, s settings) error {
	machine(w, s)
	for _, args := range [][]string{
		{node, "--no-warnings", "gen/bench/parse.mjs"},
		{"go", "run", "./gen/bench/python"},
	} {
		cmd := exec.Command(args[0], args[1:]...)
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		out, err := cmd.Output()
		if err != nil {
			return fmt.Errorf("%v: %w\n%s", args, err, stderr.Bytes())
		}
		fmt.Fprintf(w, "`%s`:\n\n", args[len(args)-1])
		for line := range strings.Lines(string(out)) {
			fmt.Fprintf(w, "- %s", line)
		}
		w.WriteByte('\n')
	}
	w.Truncate(w.Len() - 1)
	return nil
}

// tests measures go test ./... with an empty cache.
func tests(w *bytes.Buffer, s settings) error {
	cache := filepath.Join(s.dir, "cache")
	if err := os.Mkdir(cache, 0o755); err != nil {
		return err
	}
	run, err := measure("env", "GOCACHE="+cache, "go", "test", "./...")
	if err != nil {
		return err
	}
	s.rounds = 1
	machine(w, s)
	t := table{w: w}
	t.head("what", "measured", "yardstick", "ratio", "target", "")
	t.ratio("go test ./... with an empty cache", run.wall.Seconds(), seconds, 60, "1 minute", 1)
	t.ratio("… CPU", run.cpu.Seconds(), seconds, 120, "2 processors", 0)
	return nil
}
