//go:build unix

package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"time"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/synth"
)

// step does one thing in this process and prints how many nanoseconds it took.
func step(w io.Writer, name string, args []string) error {
	if name == "catalog" { // prepares a step without a measurement
		return writeCatalog(args)
	}
	if name != "yaml" { // Y
		return fmt.Errorf("there is no step %q", name)
	}
	data, err := os.ReadFile(args[0])
	if err != nil {
		return err
	}
	runtime.GC()
	debug.FreeOSMemory()
	begin := time.Now()
	var n yaml.Node
	if err := yaml.Unmarshal(data, &n); err != nil {
		return err
	}
	_, err = fmt.Fprintln(w, time.Since(begin).Nanoseconds())
	return err
}

// writeCatalog writes a catalog of n codes. With a third argument, each has a mistake.
func writeCatalog(args []string) error {
	n, err := strconv.Atoi(args[1])
	if err != nil {
		return err
	}
	data := synth.YAML(n)
	if len(args) > 2 {
		data = bytes.ReplaceAll(data, []byte("\n        since:"), []byte("\n        tittle:"))
	}
	return os.WriteFile(args[0], data, 0o644)
}

// The outputs that have targets.
var outputs = []string{"go", "markdown", "schema", "json"}

func measured() []pipeline.Emitter {
	return slices.DeleteFunc(pipeline.Emitters(),
		func(e pipeline.Emitter) bool { return !slices.Contains(outputs, e.Name) })
}
