//go:build unix

package main

import (
	"bytes"
	"fmt"
	"go/format"
	"go/parser"
	"go/token"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"sync"
	"time"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/gen/internal/emit/gocode"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/source"
	"github.com/errspec/errspec/gen/internal/synth"
)

// step does one thing in this process and prints how many nanoseconds it took.
func step(w io.Writer, name string, args []string) error {
	if name == "catalog" { // prepares a step without a measurement
		return writeCatalog(args)
	}
	path := args[0]
	var do func() error
	switch name {
	case "yaml": // Y
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		do = func() error { var n yaml.Node; return yaml.Unmarshal(data, &n) }
	case "format": // F
		src, err := oneFile(path)
		if err != nil {
			return err
		}
		do = func() error { _, err := format.Source(src); return err }
	case "emit":
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		do = func() error { return emitAll(data) }
	default:
		return fmt.Errorf("there is no step %q", name)
	}
	runtime.GC()
	debug.FreeOSMemory()
	begin := time.Now()
	if err := do(); err != nil {
		return err
	}
	_, err := fmt.Fprintln(w, time.Since(begin).Nanoseconds())
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

// emitAll makes all outputs, like the command, but writes no files.
func emitAll(data []byte) error {
	c, _ := pipeline.Load(source.New("catalog.yaml", data, nil))
	if c == nil {
		return fmt.Errorf("the catalog has errors")
	}
	var (
		emitters = measured()
		errs     = make([]error, len(emitters))
		wg       sync.WaitGroup
	)
	for i, e := range emitters {
		wg.Go(func() {
			_, errs[i] = e.Emit(c,
				pipeline.Options{Go: gocode.Options{Package: "apierr", Tests: true}})
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// The outputs that have targets.
var outputs = []string{"go", "markdown", "schema", "json"}

func measured() []pipeline.Emitter {
	return slices.DeleteFunc(pipeline.Emitters(),
		func(e pipeline.Emitter) bool { return !slices.Contains(outputs, e.Name) })
}

// oneFile joins the files of a Go package: all imports first, then all declarations.
func oneFile(dir string) ([]byte, error) {
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return nil, err
	}
	imports := map[string]bool{}
	var body bytes.Buffer
	for _, name := range names {
		src, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, name, src, parser.ImportsOnly)
		if err != nil {
			return nil, err
		}
		end := f.Name.End()
		for _, d := range f.Decls {
			end = d.End()
		}
		for _, i := range f.Imports {
			imports[i.Path.Value] = true
		}
		body.Write(src[fset.Position(end).Offset:])
	}
	var out bytes.Buffer
	out.WriteString("package apierr\n\nimport (\n")
	for path := range imports {
		fmt.Fprintf(&out, "\t%s\n", path)
	}
	out.WriteString(")\n")
	out.Write(body.Bytes())
	return out.Bytes(), nil
}
