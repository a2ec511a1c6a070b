package output

import (
	"io/fs"
	"os"
)

// A disk changes files. Tests use one on which things go wrong at the worst moment.
type disk interface {
	// see writeTemp
	stage(dir string, data []byte, like fs.FileInfo) (temp string, info fs.FileInfo, err error)
	link(from, to string) error // fails if to exists
	rename(from, to string) error
	exchange(a, b string) error // fails where the system or the file system does not support it
	remove(path string) error
}

type osDisk struct{}

func (osDisk) stage(dir string, data []byte, like fs.FileInfo) (string, fs.FileInfo, error) {
	return writeTemp(dir, data, like)
}
func (osDisk) link(from, to string) error   { return os.Link(from, to) }
func (osDisk) rename(from, to string) error { return os.Rename(from, to) }
func (osDisk) exchange(a, b string) error   { return exchange(a, b) }
func (osDisk) remove(path string) error     { return os.Remove(path) }
