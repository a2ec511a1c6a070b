package source

import (
	"io/fs"
	"os"
	"path/filepath"

	"github.com/errspec/errspec/gen/internal/regular"
)

// A Folder is a folder on disk that no path can leave, not even through a symbolic link. It opens
// on first use, and again if used after Close. It serves one reader at a time.
type Folder struct {
	path string
	root *os.Root // nil unless open
	read []string // the files opened, slash-separated
}

// Open implements [fs.FS]. It opens only regular files and folders: see package regular.
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

// Stat implements [fs.StatFS]. It looks at irregular files without opening them.
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
