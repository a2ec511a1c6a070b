package source

import (
	"io/fs"
	"os"
)

// A folder is one on disk, from which nothing outside can be reached, not through a symbolic link either. It is opened when it is first
// asked for something, and once more if that is after it was closed. It is for one reader at a time.
type folder struct {
	path string
	root *os.Root // nil: not open
}

// Open implements [fs.FS].
func (f *folder) Open(name string) (fs.File, error) {
	in, err := f.files()
	if err != nil {
		return nil, err
	}
	return in.Open(name)
}

// Stat implements [fs.StatFS]: what is no regular file can be looked at without being opened.
func (f *folder) Stat(name string) (fs.FileInfo, error) {
	in, err := f.files()
	if err != nil {
		return nil, err
	}
	return fs.Stat(in, name)
}

// ReadFile implements [fs.ReadFileFS].
func (f *folder) ReadFile(name string) ([]byte, error) {
	in, err := f.files()
	if err != nil {
		return nil, err
	}
	return fs.ReadFile(in, name)
}

func (f *folder) files() (fs.FS, error) {
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
func (f *folder) Close() error {
	if f.root == nil {
		return nil
	}
	root := f.root
	f.root = nil
	return root.Close()
}
