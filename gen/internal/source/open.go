package source

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/regular"
)

// MaxSize is how many bytes a catalog file may have. Of a larger one no more than a byte beyond is read, so that whoever
// judges it sees that it is too large, and nothing worse happens.
const MaxSize = 8 << 20

// Stdin is what a user writes for standard input.
const Stdin = "-"

// Open reads the root file of a catalog that a user names: a file, [Stdin], or a file inside a Go module (see module.go). An
// error says what was tried.
func Open(ctx context.Context, name string, stdin io.Reader) (*Source, error) {
	if name == Stdin {
		return openStdin(stdin)
	}
	if rest, ok := strings.CutPrefix(name, modulePrefix); ok {
		return openModule(ctx, rest)
	}
	return openFile(name)
}

func openFile(name string) (*Source, error) {
	f, err := regular.OpenOrPipe(name)
	if err != nil {
		var other *regular.NotRegularError
		switch {
		case !errors.As(err, &other):
			return nil, unopened(err, "catalog", name)
		case other.Mode.IsDir():
			return nil, fmt.Errorf("%s is a folder: name the catalog in it", name)
		default:
			return nil, fmt.Errorf("%s %w: name a file, or %s for standard input", name, other, Stdin)
		}
	}
	defer func() { _ = f.Close() }() // it was only read
	data, err := readAll(f)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	if info, err := f.Stat(); err == nil && !info.Mode().IsRegular() && len(data) == 0 {
		return nil, fmt.Errorf("%s is a pipe that nobody writes to: start the writer first, or pipe the catalog into errspec and name it %s", name, Stdin)
	}
	src := New(display(name), data, &folder{path: filepath.Dir(name)})
	src.root = name
	return src, nil
}

// Read reads another file that a user names, such as a template.
func Read(name string) (*diag.File, error) {
	f, err := regular.Open(name)
	if err != nil {
		return nil, unopened(err, "file", name)
	}
	defer func() { _ = f.Close() }() // it was only read
	data, err := readAll(f)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	if len(data) > MaxSize {
		return nil, fmt.Errorf("%s has more than %d MiB", name, MaxSize>>20)
	}
	return diag.NewFile(display(name), data), nil
}

// A MissingError says that what a user named is not there.
type MissingError struct{ kind, name string }

func (e *MissingError) Error() string { return fmt.Sprintf("there is no %s %s", e.kind, e.name) }

// unopened says why what a user named could not be opened.
func unopened(err error, kind, name string) error {
	var other *regular.NotRegularError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &MissingError{kind, name}
	case errors.As(err, &other):
		return fmt.Errorf("%s %w", name, other)
	default:
		return err
	}
}

// openStdin reads standard input. What it includes is looked for in the working directory.
func openStdin(stdin io.Reader) (*Source, error) {
	data, err := readAll(stdin)
	if err != nil {
		return nil, fmt.Errorf("reading standard input: %w", err)
	}
	return New("<stdin>", data, &folder{path: "."}), nil
}

func readAll(r io.Reader) ([]byte, error) { return io.ReadAll(io.LimitReader(r, MaxSize+1)) }

// display returns a file's name as diagnostics show it: relative to the working directory if it lies below it, with slashes.
func display(name string) string {
	if filepath.IsAbs(name) {
		if wd, err := os.Getwd(); err == nil {
			if rel, err := filepath.Rel(wd, name); err == nil && filepath.IsLocal(rel) {
				name = rel
			}
		}
	}
	return filepath.ToSlash(filepath.Clean(name))
}
