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
	r.mu.Lock()
	r.names = append(r.names, name)
	r.mu.Unlock()
	return r.FS.Open(name)
}
