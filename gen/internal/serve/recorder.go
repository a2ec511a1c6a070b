package serve

import (
	"io/fs"
	"sync"

	"github.com/errspec/errspec/gen/internal/source"
)

// A recorder is a folder that records which files it opens and which folders it lists.
type recorder struct {
	fs.FS

	mu    sync.Mutex
	names []string
}

func (r *recorder) Open(name string) (fs.File, error) {
	r.record(name)
	return r.FS.Open(name)
}

// Stat does not open the file: a named pipe would wait for a writer.
func (r *recorder) Stat(name string) (fs.FileInfo, error) {
	r.record(name)
	return fs.Stat(r.FS, name)
}

// Close closes the folder: see [source.Source.Close].
func (r *recorder) Close() error { return (&source.Source{FS: r.FS}).Close() }

func (r *recorder) record(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.names = append(r.names, name)
}
