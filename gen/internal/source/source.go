// Package source is a catalog before it is read: the bytes of its root file, and the folder of the
// files that it may include. Package versions opens those in git or in a Go module.
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
	// the root file's folder, which no path can leave; nil if there is none
	FS fs.FS

	Prefix string // the start of the names of its files, if it is not in a folder: git:main:api/
	Path   string // the root file's path on disk; "" if it is not on disk
}

// New returns a source in memory: the root file under the name that diagnostics print, and its
// folder, or nil.
func New(name string, data []byte, folder fs.FS) *Source {
	return &Source{File: diag.NewFile(name, data), FS: folder}
}

// Close closes the folder, if it is on disk. Call it when all files are read. The source can be
// read again afterwards.
func (s *Source) Close() error {
	if c, ok := s.FS.(io.Closer); ok {
		return c.Close()
	}
	return nil
}

// OnDisk returns the paths of the files on disk that were read so far: the root file and those in
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

// NameOf returns the name of another file in the folder, for diagnostics.
func (s *Source) NameOf(file string) string {
	if s.Prefix != "" {
		return s.Prefix + path.Clean(file)
	}
	return path.Join(path.Dir(s.File.Name), file)
}
