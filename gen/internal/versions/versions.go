// Package versions opens versions of a catalog: on disk, on standard input, in a Go module, in git,
// and all later ones in git.
package versions

import (
	"context"
	"io"
	"strings"

	"github.com/errspec/errspec/gen/internal/source"
)

// Open opens the catalog that a user names: a file, [source.Stdin], or a file in a Go module (see
// module.go). Its errors say what was tried.
func Open(ctx context.Context, name string, stdin io.Reader) (*source.Source, error) {
	if name == source.Stdin {
		return source.OpenStdin(stdin)
	}
	if rest, ok := strings.CutPrefix(name, modulePrefix); ok {
		return openModule(ctx, rest)
	}
	return source.OpenFile(name)
}
