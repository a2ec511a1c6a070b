package serve

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"
)

// quiet is the time without events after which the catalog is read again. Editors write a file in
// several steps.
const quiet = 40 * time.Millisecond

// Follow loads the catalog, and loads it again whenever one of its files changes, until the context
// ends. It passes each result to report. It returns an error if files cannot be watched.
func (p *Preview) Follow(ctx context.Context, report func(Result)) error {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return fmt.Errorf("watching files: %w", err)
	}
	defer func() { _ = w.Close() }() // closing a watcher loses nothing
	f := follower{w, p.name}
	if _, err := f.watch(nil); err != nil {
		return err
	}
	settled := time.NewTimer(0)
	for {
		select {
		case <-ctx.Done():
			return nil
		case e := <-w.Events:
			if e.Op != fsnotify.Chmod {
				settled.Reset(quiet)
			}
		case err := <-w.Errors:
			if !errors.Is(err, fsnotify.ErrEventOverflow) {
				return fmt.Errorf("watching files: %w", err)
			}
			settled.Reset(quiet) // events were lost: read the catalog again
		case <-settled.C:
			r, err := p.Load(ctx)
			if err != nil {
				return err
			}
			report(r)
			added, err := f.watch(r.Files)
			if err != nil {
				return err
			}
			if added { // changes before the watch were not seen
				settled.Reset(quiet)
			}
		}
	}
}

// A follower watches folders, because editors that save by renaming replace the file but not the
// folder.
type follower struct {
	*fsnotify.Watcher
	root string // the path of the catalog
}

// watch watches exactly the folders of the catalog's files. It reports whether one of them is new,
// or has just gone. The watcher forgets a folder that is removed: if there is one again, it is new.
func (f *follower) watch(files []string) (added bool, err error) {
	wanted := map[string]bool{}
	folder := filepath.Dir(f.root)
	want(wanted, f.root)
	for _, name := range files {
		want(wanted, filepath.Join(folder, filepath.FromSlash(name)))
	}
	for _, dir := range f.WatchList() {
		if !wanted[dir] {
			_ = f.Remove(dir) // the folder may be gone
		}
		delete(wanted, dir)
	}
	for dir := range wanted {
		err := f.Add(dir)
		if _, gone := os.Lstat(dir); err != nil && gone == nil {
			return false, fmt.Errorf("watching %s: %w", dir, err)
		}
	}
	return len(wanted) > 0, nil
}

// want adds the folders in which a change of a file is visible: its own, that of its target if it
// is a link, the file itself if it is a folder, and the nearest existing folder if it does not
// exist.
func want(folders map[string]bool, path string) {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		folders[path] = true
	}
	if target, err := filepath.EvalSymlinks(path); err == nil {
		folders[filepath.Dir(target)] = true
	}
	dir := filepath.Dir(path)
	for {
		info, err := os.Stat(dir)
		if err == nil && info.IsDir() || !errors.Is(err, fs.ErrNotExist) ||
			dir == filepath.Dir(dir) {
			break
		}
		dir = filepath.Dir(dir)
	}
	folders[dir] = true
}
