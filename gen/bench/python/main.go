// Python measures the generated Python module: how long it takes to make, to import, and to read a
// response, beside json.loads of the same body.
//
//	go run ./gen/bench/python
package main

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/emit/python"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/source"
	"github.com/errspec/errspec/gen/internal/synth"
)

//go:embed bench.py
var bench []byte

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run() (err error) {
	dir, err := os.MkdirTemp("", "errspec-bench-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	for _, codes := range []int{15, 1_000, 10_000} {
		c, list := pipeline.Load(source.New("catalog.yaml", synth.YAML(codes), nil))
		if c == nil {
			return fmt.Errorf("%d codes: %w", codes, list.Err())
		}
		if codes == 15 {
			if err := writeBodies(c, filepath.Join(dir, "bodies.json")); err != nil {
				return err
			}
		}
		best := time.Duration(1<<63 - 1)
		for range 5 {
			start := time.Now()
			files, err := python.Emit(c)
			if err != nil {
				return err
			}
			best = min(best, time.Since(start))
			name := filepath.Join(dir, fmt.Sprintf("codes%d.py", codes))
			if err := os.WriteFile(name, files[0].Data, 0o600); err != nil {
				return err
			}
		}
		if _, err := fmt.Fprintf(os.Stdout, "%d codes: made in %v\n", codes, best); err != nil {
			return err
		}
	}
	script := filepath.Join(dir, "bench.py")
	if err := os.WriteFile(script, bench, 0o600); err != nil {
		return err
	}
	cmd := exec.Command("python3", script)
	cmd.Env = append(os.Environ(), "PYTHONDONTWRITEBYTECODE=") // modules are compiled once
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, os.Stdout, os.Stderr
	return cmd.Run()
}

// writeBodies writes the bodies of an error without params, and of one with two.
func writeBodies(c *catalog.Catalog, name string) error {
	bodies := map[string]json.RawMessage{}
	for e := range c.Public() {
		what := fmt.Sprintf("%d params", len(e.Params))
		bodies[what] = c.ExampleBody(e, &e.Variants[0], e.Statuses[0])
	}
	data, err := json.Marshal(bodies)
	if err != nil {
		return err
	}
	return os.WriteFile(name, data, 0o600)
}
