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
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no catalog %s", name)
	}
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // it was only read
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return nil, fmt.Errorf("%s is a folder: name the catalog in it", name)
	}
	data, err := readAll(f)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	return New(display(name), data, &folder{path: filepath.Dir(name)}), nil
}

// Read reads another file that a user names, such as a template.
func Read(name string) (*diag.File, error) {
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no file %s", name)
	}
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // it was only read
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return nil, fmt.Errorf("%s is a folder, and a file is wanted", name)
	}
	data, err := readAll(f)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	if len(data) > MaxSize {
		return nil, fmt.Errorf("%s has more than %d MiB", name, MaxSize>>20)
	}
	return diag.NewFile(display(name), data), nil
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
