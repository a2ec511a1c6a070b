package output

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/errspec/errspec/gen/internal/regular"
)

// A sight is what was at a path: a regular file with its content, or nothing. Commit checks it
// again before it replaces or removes the file.
type sight struct {
	path string      // as the user would write it
	dest string      // the absolute path with symbolic links resolved
	info fs.FileInfo // nil if there is no file
	data []byte
}

// look reads what is at a path.
func look(path string) (sight, error) {
	dest, err := resolve(path)
	if err != nil {
		return sight{}, err
	}
	s := sight{path: path, dest: dest}
	f, err := regular.Open(dest)
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err != nil {
		return sight{}, err
	}
	defer func() { _ = f.Close() }() // read-only
	if s.info, err = f.Stat(); err != nil {
		return sight{}, err
	}
	s.data, err = io.ReadAll(f)
	return s, err
}

// A movedError says that somebody else changed a file while errspec ran.
type movedError struct {
	path, what string
}

func (e *movedError) Error() string { return e.path + " " + e.what + " while errspec ran" }

// unmoved returns an error if the file has changed since it was read.
func (s *sight) unmoved() error {
	moved := func(what string) error { return &movedError{s.path, what} }
	now, err := look(s.path)
	var other *regular.NotRegularError
	switch {
	case errors.As(err, &other):
		return moved("was replaced by something that " + other.Error())
	case err != nil:
		return fmt.Errorf("%s cannot be read again: %w", s.path, reason(err))
	case now.dest != s.dest:
		return moved("now leads to another file")
	case now.info == nil && s.info == nil:
		return nil
	case now.info == nil:
		return moved("was removed")
	case s.info == nil:
		return moved("was created")
	case !bytes.Equal(now.data, s.data):
		return moved("was changed")
	case !os.SameFile(now.info, s.info):
		return moved("was replaced by another file")
	case now.info.Mode() != s.info.Mode():
		return moved("changed its mode")
	}
	return nil
}

// isAt reports whether the file is now at another path.
func (s *sight) isAt(path string) bool {
	there := sight{path: path, dest: path, info: s.info, data: s.data}
	return there.unmoved() == nil
}

// resolve returns where a write to path ends up: the absolute path with symbolic links resolved,
// including dangling ones. So a link stays a link, and two names of one file resolve to one path.
func resolve(path string) (string, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	dest, err := filepath.EvalSymlinks(abs)
	if err == nil || !errors.Is(err, fs.ErrNotExist) {
		return dest, err
	}
	dir, err := resolve(filepath.Dir(abs))
	if err != nil {
		return "", err
	}
	dest = filepath.Join(dir, filepath.Base(abs))
	if target, err := os.Readlink(abs); err == nil {
		if !filepath.IsAbs(target) {
			target = filepath.Join(dir, target)
		}
		return resolve(target)
	}
	return dest, nil
}
