// Package versions opens the versions of a catalog: the one on disk or on standard input, one in a
// Go module, one in git, and all that came after it there.
package versions

import (
	"context"
	"io"
	"strings"

	"github.com/errspec/errspec/gen/internal/source"
)

// Open opens a catalog that a user names: a file, [source.Stdin], or a file in a Go module (see
// module.go). An error says what was tried.
func Open(ctx context.Context, name string, stdin io.Reader) (*source.Source, error) {
	if name == source.Stdin {
		return source.OpenStdin(stdin)
	}
	if rest, ok := strings.CutPrefix(name, modulePrefix); ok {
		return openModule(ctx, rest)
	}
	return source.OpenFile(name)
}
