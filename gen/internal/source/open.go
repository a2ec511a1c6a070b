package source

import (
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
			return nil, IsFolder(name)
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

// IsFolder says that a catalog's name is that of a folder.
func IsFolder(name string) error {
	inside := filepath.Join(name, "catalog.yaml")
	if _, err := os.Stat(inside); err == nil {
		return fmt.Errorf("%s is a folder: name the catalog in it, %s", name, inside)
	}
	return fmt.Errorf("%s is a folder: name the catalog in it", name)
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

// A MissingError says that something the user named does not exist, and what to do.
type MissingError struct{ message string }

func (e *MissingError) Error() string { return e.message }

// missing says that a file does not exist. It knows the file beside it that was meant: with
// another extension, or with a name that is spelt alike.
func missing(kind, name string) *MissingError {
	message := fmt.Sprintf("there is no %s %s", kind, name)
	if IsURL(name) {
		return &MissingError{fmt.Sprintf("%s is a URL, and errspec reads only files: download it, "+
			"or name a file in a Go module, mod:MODULE@VERSION/PATH", name)}
	}
	if target, err := os.Readlink(name); err == nil {
		message += fmt.Sprintf(": it is a symbolic link to %s, which does not exist", target)
		return &MissingError{message}
	}
	dir, base := filepath.Split(name)
	var beside []string
	if entries, err := os.ReadDir(filepath.Clean(dir)); err == nil {
		for _, e := range entries {
			if e.Type().IsRegular() {
				beside = append(beside, e.Name())
			}
		}
	}
	switch near := alike(base, beside); {
	case near != "":
		message += fmt.Sprintf("; did you mean %s?", dir+near)
	case kind == "catalog":
		message += "; name one, or run errspec init"
	}
	return &MissingError{message}
}

// IsURL reports whether a name was meant as the URL of something on the web.
func IsURL(name string) bool {
	return strings.HasPrefix(name, "https://") || strings.HasPrefix(name, "http://")
}

// alike returns the file that a name most likely means, or "". Extensions do not count: all
// catalogs have the same few.
func alike(name string, files []string) string {
	var stems []string
	byStem := map[string]string{}
	for _, file := range files {
		switch ext := filepath.Ext(file); ext {
		case ".yaml", ".yml", ".json", filepath.Ext(name):
			stem := strings.TrimSuffix(file, ext)
			stems, byStem[stem] = append(stems, stem), file
		}
	}
	stem := strings.TrimSuffix(name, filepath.Ext(name))
	if file := byStem[stem]; file != "" {
		return file
	}
	return byStem[diag.Nearest(stem, stems)]
}

// unopened explains why something the user named could not be opened.
func unopened(err error, kind, name string) error {
	var other *regular.NotRegularError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return missing(kind, name)
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
