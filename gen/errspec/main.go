// Errspec compiles an error catalog. One YAML file says which errors an API has: codes, statuses, messages, what to do about
// them. Errspec makes of it what has to agree: Go types for servers and clients, the reference in Markdown and HTML, the JSON Schema of
// the response, components for an OpenAPI document, and errors.json, the lookup table of all other languages.
//
// In a repository with a catalog.yaml:
//
//	errspec lint
//	errspec generate --go apierr --markdown errors.md --schema errors.schema.json --json errors.json
//	errspec generate --go apierr --markdown errors.md --schema errors.schema.json --json errors.json --check
//	errspec generate --pages docs/errors --inject docs/guide.md --dialect mdx
//	errspec breaking --against main
//	errspec changelog --since v1.0.0
//	errspec explain RATE_LIMITED
//	errspec explain status-unlisted
//
// The catalog is the file named after the command, catalog.yaml if there is none, standard input for -, or a file in a Go
// module. So a repository can pin the catalog whose errors it handles:
//
//	//go:generate go tool errspec generate mod:github.com/acme/api@v1.4.0/catalog.yaml --go .
//
// Diagnostics go to standard error as text, or with --format json, github or sarif to standard output, for programs. The exit
// status is 0 if all is well, 1 if there are findings or files that are out of date, 2 if errspec was called wrongly or could
// not read or write.
package main

import (
	"errors"
	"fmt"
	"os"
)

func main() { os.Exit(run()) }

// run runs the command that the arguments ask for, and returns its exit status.
func run() int {
	collectEarly()
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
