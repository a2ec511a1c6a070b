// Package source is where a catalog comes from: the bytes of its root file, and the files that it may name.
package source

import (
	"io/fs"

	"github.com/errspec/errspec/gen/internal/diag"
)

// A Source is a catalog before it is read.
type Source struct {
	File *diag.File // the root file
	FS   fs.FS      // the root file's folder, from which nothing outside can be reached; nil if there is none
}

// New returns a source that lies in memory: the root file under the name that diagnostics print, and its folder, or nil.
func New(name string, data []byte, folder fs.FS) *Source {
	return &Source{File: diag.NewFile(name, data), FS: folder}
}
