// Package source is a catalog before it is read: the bytes of its root file, and the folder with
// the files that it may name. Package versions opens those that lie in git or in a Go module.
package source

import (
	"io"
	"io/fs"
	"path"
	"path/filepath"

	"github.com/errspec/errspec/gen/internal/diag"
)

// A Source is a catalog before it is read.
type Source struct {
	File *diag.File // the root file
	// the root file's folder, from which nothing outside can be reached; nil if there is none
	FS fs.FS

	Prefix string // what the names of its files begin with, if that is no folder: git:main:api/
	Path   string // the root file's path on disk; "" if it is not on disk
}

// New returns a source that lies in memory: the root file under the name that diagnostics print,
// and its folder, or nil.
func New(name string, data []byte, folder fs.FS) *Source {
	return &Source{File: diag.NewFile(name, data), FS: folder}
}

// Close lets go of the folder, if it is one on disk. Whoever reads the catalog does so when all its
// files are read; the source may be read again.
func (s *Source) Close() error {
	if c, ok := s.FS.(io.Closer); ok {
		return c.Close()
	}
	return nil
}

// OnDisk returns the paths of the files on disk that were read so far: the root file, and others in
// its folder.
func (s *Source) OnDisk() []string {
	var paths []string
	if s.Path != "" {
		paths = append(paths, s.Path)
	}
	if f, ok := s.FS.(*Folder); ok {
		for _, name := range f.read {
			paths = append(paths, filepath.Join(f.path, filepath.FromSlash(name)))
		}
	}
	return paths
}

// Base returns the name of the root file in its folder.
func (s *Source) Base() string {
	if s.Prefix != "" {
		return s.File.Name[len(s.Prefix):]
	}
	return path.Base(s.File.Name)
}

// NameOf returns what diagnostics call another file of the folder.
func (s *Source) NameOf(file string) string {
	if s.Prefix != "" {
		return s.Prefix + path.Clean(file)
	}
	return path.Join(path.Dir(s.File.Name), file)
}
