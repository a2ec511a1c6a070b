package versions

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
	"time"

	"github.com/errspec/errspec/gen/internal/source"
)

// A gitFS is a folder of a revision. Like a folder on disk, it cannot be left, not even through a
// symbolic link.
type gitFS struct {
	repo *repository
	root string // the id of its tree
	// each path that was asked for, and the answer, to compare another revision; may be nil
	seen map[string]string
}

// errEscapes has the text of os.Root's error for a path that leads out of it.
var errEscapes = errors.New("path escapes from parent")

// lookup follows a path through symbolic links.
func (f *gitFS) lookup(name string) (treeEntry, error) {
	const maxLinks = 40 // as in Linux
	at := []treeEntry{{name: ".", id: f.root, mode: fs.ModeDir | 0o555}}
	todo := strings.Split(name, "/")
	for links := 0; len(todo) > 0; {
		step := todo[0]
		todo = todo[1:]
		here := at[len(at)-1]
		switch {
		case step == "." || step == "":
			continue
		case step == ".." && len(at) == 1:
			return treeEntry{}, errEscapes
		case step == "..":
			at = at[:len(at)-1]
			continue
		case here.module:
			return treeEntry{}, fmt.Errorf(
				"%s is a submodule, whose files are in another repository", here.name)
		case !here.mode.IsDir():
			return treeEntry{}, fs.ErrNotExist
		}
		next, err := f.child(here.id, step)
		if err != nil {
			return treeEntry{}, err
		}
		if next.mode&fs.ModeSymlink == 0 {
			at = append(at, next)
			continue
		}
		if links++; links > maxLinks {
			return treeEntry{}, errors.New("too many symbolic links")
		}
		target, err := f.repo.blob(next.id)
		if err != nil {
			return treeEntry{}, err
		}
		if path.IsAbs(string(target.data)) {
			return treeEntry{}, errEscapes
		}
		todo = append(strings.Split(string(target.data), "/"), todo...)
	}
	return at[len(at)-1], nil
}

func (f *gitFS) child(tree, name string) (treeEntry, error) {
	entries, err := f.repo.folder(tree)
	if err != nil {
		return treeEntry{}, err
	}
	for _, e := range entries {
		if e.name == name {
			return e, nil
		}
	}
	return treeEntry{}, fs.ErrNotExist
}

// find is lookup with errors of package fs.
func (f *gitFS) find(op, name string) (treeEntry, error) {
	if !fs.ValidPath(name) {
		return treeEntry{}, &fs.PathError{Op: op, Path: name, Err: fs.ErrInvalid}
	}
	e, err := f.lookup(name)
	if f.seen != nil {
		f.seen[name] = e.id
	}
	if err != nil {
		return treeEntry{}, &fs.PathError{Op: op, Path: name, Err: err}
	}
	return e, nil
}

// Open implements [fs.FS].
func (f *gitFS) Open(name string) (fs.File, error) {
	e, err := f.find("open", name)
	if err != nil {
		return nil, err
	}
	if e.mode.IsDir() {
		entries, err := f.repo.folder(e.id)
		if err != nil {
			return nil, &fs.PathError{Op: "open", Path: name, Err: err}
		}
		return &gitFile{info: gitInfo{entry: e, name: path.Base(name)}, folder: f,
			entries: entries}, nil
	}
	if e.module {
		return nil, &fs.PathError{Op: "open", Path: name, Err: errors.New("it is a submodule")}
	}
	o, err := f.repo.blob(e.id)
	if err == nil && o.data == nil {
		err = fmt.Errorf("it is larger than %d MiB", source.MaxSize>>20)
	}
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return &gitFile{info: gitInfo{entry: e, name: path.Base(name), size: o.size},
		Reader: bytes.NewReader(o.data)}, nil
}

// Stat implements [fs.StatFS]. It works for files that are too large to read.
func (f *gitFS) Stat(name string) (fs.FileInfo, error) {
	e, err := f.find("stat", name)
	if err != nil {
		return nil, err
	}
	info := gitInfo{entry: e, name: path.Base(name)}
	if e.mode.IsRegular() {
		o, err := f.repo.blob(e.id)
		if err != nil {
			return nil, &fs.PathError{Op: "stat", Path: name, Err: err}
		}
		info.size = o.size
	}
	return info, nil
}

// A gitFile is an open file or folder.
type gitFile struct {
	io.Reader
	info    gitInfo
	folder  *gitFS
	entries []treeEntry // still to be read
}

func (f *gitFile) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *gitFile) Close() error               { return nil }

func (f *gitFile) Read(p []byte) (int, error) {
	if f.Reader == nil {
		return 0, &fs.PathError{Op: "read", Path: f.info.name, Err: errors.New("it is a folder")}
	}
	return f.Reader.Read(p)
}

// ReadDir implements [fs.ReadDirFile].
func (f *gitFile) ReadDir(n int) ([]fs.DirEntry, error) {
	if n <= 0 {
		n = len(f.entries)
	} else if len(f.entries) == 0 {
		return nil, io.EOF
	}
	n = min(n, len(f.entries))
	list := make([]fs.DirEntry, n)
	for i, e := range f.entries[:n] {
		list[i] = fs.FileInfoToDirEntry(gitInfo{entry: e, name: e.name})
	}
	f.entries = f.entries[n:]
	return list, nil
}

// A gitInfo describes a file of a revision. Git stores no times.
type gitInfo struct {
	entry treeEntry
	name  string
	size  int64
}

func (i gitInfo) Name() string       { return i.name }
func (i gitInfo) Size() int64        { return i.size }
func (i gitInfo) Mode() fs.FileMode  { return i.entry.mode }
func (i gitInfo) ModTime() time.Time { return time.Time{} }
func (i gitInfo) IsDir() bool        { return i.entry.mode.IsDir() }
func (i gitInfo) Sys() any           { return nil }
