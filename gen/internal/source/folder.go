package source

import (
	"io/fs"
	"os"
)

// A folder is one on disk, from which nothing outside can be reached, not through a symbolic link either. It is opened for each question
// anew and closed after it: nobody has to say when a catalog's files are not needed any more.
type folder string

// Open implements [fs.FS].
func (f folder) Open(name string) (fs.File, error) {
	root, err := os.OpenRoot(string(f))
	if err != nil {
		return nil, err
	}
	defer func() { _ = root.Close() }() // the file stays open
	return root.FS().Open(name)
}

// Stat implements [fs.StatFS]: what is no regular file can be looked at without being opened.
func (f folder) Stat(name string) (fs.FileInfo, error) {
	root, err := os.OpenRoot(string(f))
	if err != nil {
		return nil, err
	}
	defer func() { _ = root.Close() }() // it was only asked
	return fs.Stat(root.FS(), name)
}
