// Errspec compiles an error catalog. One YAML file describes the errors of an API: codes, statuses,
// messages, what to do about them. Errspec generates from it what must agree: Go types for servers
// and clients, the reference in Markdown and HTML, the JSON Schema of the response, components for
// an OpenAPI document, and errors.json, the lookup table for all other languages.
//
// In a repository with a catalog.yaml, and an errspec.yaml that names the outputs:
//
//	errspec lint
//	errspec generate
//	errspec generate --check
//	errspec breaking --against main
//	errspec changelog --since v1.0.0
//	errspec explain RATE_LIMITED
//	errspec explain status-unlisted
//
// An argument may name another catalog: a file, - for standard input, or a file in a Go module. So
// a repository can pin the catalog whose errors it handles:
//
//	//go:generate go tool errspec generate mod:github.com/acme/api@v1.4.0/catalog.yaml --go .
//
// Diagnostics go to standard error as text, or with --format to standard output, for programs. The
// exit status is 0 on success, 1 if there are errors or files out of date, and 2 for wrong usage or
// a failure to read or write.
package main

import (
	"errors"
	"fmt"
	"math"
	"os"
	"runtime/debug"
)

// memoryLimit is above which errspec collects garbage more often while it reads and checks a
// catalog, so that a hostile file of 1 MiB takes at most 256 MiB. A catalog of usual size never
// gets there.
const memoryLimit = 176 << 20

// limitMemory sets the limit, unless the user has set one. See [liftMemoryLimit].
func limitMemory() { setMemoryLimit(memoryLimit) }

// liftMemoryLimit lets the outputs of a good catalog take what they need: under a limit, those of
// 10,000 codes would take many times the processor time.
func liftMemoryLimit() { setMemoryLimit(math.MaxInt64) }

func setMemoryLimit(bytes int64) {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(bytes)
	}
}

func main() { os.Exit(run()) }

// run runs a command, and returns its exit status.
func run() int {
	limitMemory()
	root := newRoot()
	useConsoles(root)
	switch err := root.Execute(); {
	case err == nil:
		return 0
	case errors.Is(err, errFindings):
		return 1
	default:
		fmt.Fprintln(os.Stderr, "errspec:", told(err))
		return 2
	}
}
