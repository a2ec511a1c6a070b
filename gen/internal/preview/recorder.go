package preview

import (
	"io/fs"
	"sync"
)

// A recorder is a folder that remembers what it was asked for: files, and folders that were listed.
type recorder struct {
	fs.FS

	mu    sync.Mutex
	names []string
}

func (r *recorder) Open(name string) (fs.File, error) {
	r.record(name)
	return r.FS.Open(name)
}

// Stat looks at a file without opening it: a named pipe would wait for somebody to write.
func (r *recorder) Stat(name string) (fs.FileInfo, error) {
	r.record(name)
	return fs.Stat(r.FS, name)
}

func (r *recorder) record(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.names = append(r.names, name)
}
