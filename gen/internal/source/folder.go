package source

import (
	"io/fs"
	"os"
	"path/filepath"

	"github.com/errspec/errspec/gen/internal/regular"
)

// A Folder is one on disk, from which nothing outside can be reached, not through a symbolic link
// either. It is opened when it is first asked for something, and once more if that is after it was
// closed. It is for one reader at a time.
type Folder struct {
	path string
	root *os.Root // nil: not open
	read []string // the files that were opened, slash-separated
}

// Open implements [fs.FS]. It opens regular files and folders alone: see package regular.
func (f *Folder) Open(name string) (fs.File, error) {
	info, err := f.Stat(name) // opens the root
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		if err := regular.Check(info.Mode()); err != nil {
			return nil, &fs.PathError{Op: "open", Path: name, Err: err}
		}
		f.read = append(f.read, name)
	}
	return f.root.OpenFile(filepath.FromSlash(name), os.O_RDONLY|regular.NoWait, 0)
}

// Stat implements [fs.StatFS]: what is no regular file can be looked at without being opened.
func (f *Folder) Stat(name string) (fs.FileInfo, error) {
	in, err := f.files()
	if err != nil {
		return nil, err
	}
	return fs.Stat(in, name)
}

func (f *Folder) files() (fs.FS, error) {
	if f.root == nil {
		root, err := os.OpenRoot(f.path)
		if err != nil {
			return nil, err
		}
		f.root = root
	}
	return f.root.FS(), nil
}

// Close implements [io.Closer].
func (f *Folder) Close() error {
	if f.root == nil {
		return nil
	}
	root := f.root
	f.root = nil
	return root.Close()
}

// NewFolder returns the folder at a path.
func NewFolder(path string) *Folder { return &Folder{path: path} }
