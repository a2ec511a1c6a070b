package source

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/regular"
)

// MaxSize limits the bytes of a catalog file. Of a larger file, one more byte is read, so that the
// check sees that it is too large.
const MaxSize = 8 << 20

// Stdin is the name of standard input.
const Stdin = "-"

// OpenFile opens a catalog on disk. Its errors say what was tried.
func OpenFile(name string) (*Source, error) {
	f, err := regular.OpenOrPipe(name)
	if err != nil {
		var other *regular.NotRegularError
		switch {
		case !errors.As(err, &other):
			return nil, unopened(err, "catalog", name)
		case other.Mode.IsDir():
			return nil, fmt.Errorf("%s is a folder: name the catalog in it", name)
		default:
			return nil, fmt.Errorf("%s %w: name a file, or %s for standard input", name, other,
				Stdin)
		}
	}
	defer func() { _ = f.Close() }() // read-only
	data, err := ReadAll(f)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	if info, err := f.Stat(); err == nil && !info.Mode().IsRegular() && len(data) == 0 {
		return nil,
			fmt.Errorf(
				"%s is a pipe that nobody writes to: start the writer first, "+
					"or pipe the catalog into errspec and name it %s", name, Stdin)
	}
	return OnDisk(Display(name), name, data), nil
}

// OnDisk returns a source that was read from path, under the name that diagnostics print.
func OnDisk(name, path string, data []byte) *Source {
	src := New(name, data, NewFolder(filepath.Dir(path)))
	src.Path = path
	return src
}

// Read reads another file that a user names, such as a template.
func Read(name string) (*diag.File, error) {
	f, err := regular.Open(name)
	if err != nil {
		return nil, unopened(err, "file", name)
	}
	defer func() { _ = f.Close() }() // read-only
	data, err := ReadAll(f)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	if len(data) > MaxSize {
		return nil, fmt.Errorf("%s is larger than %d MiB", name, MaxSize>>20)
	}
	return diag.NewFile(Display(name), data), nil
}

// A MissingError says that something the user named does not exist.
type MissingError struct{ kind, name string }

func (e *MissingError) Error() string { return fmt.Sprintf("there is no %s %s", e.kind, e.name) }

// unopened explains why something the user named could not be opened.
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

// OpenStdin opens a catalog from standard input. Its includes are relative to the working
// directory.
func OpenStdin(stdin io.Reader) (*Source, error) {
	data, err := ReadAll(stdin)
	if err != nil {
		return nil, fmt.Errorf("reading standard input: %w", err)
	}
	return New("<stdin>", data, NewFolder(".")), nil
}

// ReadAll reads a catalog file, up to one byte beyond [MaxSize].
func ReadAll(r io.Reader) ([]byte, error) { return io.ReadAll(io.LimitReader(r, MaxSize+1)) }

// Display returns a file's name for diagnostics: with slashes, and relative to the working
// directory if the file is below it.
func Display(name string) string {
	if filepath.IsAbs(name) {
		if wd, err := os.Getwd(); err == nil {
			if rel, err := filepath.Rel(wd, name); err == nil && filepath.IsLocal(rel) {
				name = rel
			}
		}
	}
	return filepath.ToSlash(filepath.Clean(name))
}
