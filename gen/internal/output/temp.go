package output

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"syscall"
	"time"
)

// A temporary file is named for the process that writes it, so that another one knows whether it is
// still being written. The rest is random, and long: there may be 10,000 at once in one folder.
const tempName = ".errspec-%d-%016x.tmp"

func tempPath(dir string) string {
	return filepath.Join(dir, fmt.Sprintf(tempName, os.Getpid(), rand.Uint64()))
}

// writeTemp writes a file under a temporary name in dir, and waits until it is on the disk. It gets
// the mode and the owner of the file that it will replace, or those of any new file if like is nil.
// If it fails it leaves nothing.
func writeTemp(dir string, data []byte, like fs.FileInfo) (path string, info fs.FileInfo,
	err error) {
	mode := fs.FileMode(0o666) // less the umask, as for any new file
	if like != nil {
		mode = 0o600 // until it has that of the other
	}
	path = tempPath(dir)
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return "", nil, err
	}
	defer func() {
		err = errors.Join(err, f.Close())
		if err != nil {
			_ = os.Remove(path) // the first error tells more
			path = ""
		}
	}()
	if _, err := f.Write(data); err != nil {
		return path, nil, err
	}
	if like != nil {
		// The mode first: a file that was given away may not be ours to change.
		if err := errors.Join(f.Chmod(like.Mode().Perm()), keepOwner(f, like)); err != nil {
			return path, nil, err
		}
	}
	if err := f.Sync(); err != nil {
		return path, nil, err
	}
	info, err = f.Stat()
	return path, info, err
}

// leftoverAge is how old a temporary file must be to count as left over when a process of its
// number still runs: the number may be another's by now. No run of ours takes an hour. One that is
// as far ahead of the clock was written before the clock was set back, and would else stay until
// the clock has caught up.
const leftoverAge = time.Hour

// sweep removes the temporary files that a killed run left in dir. What can not be removed does no
// harm, and the next run tries again.
func sweep(dir string) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return // not there yet; or unreadable, which the write reports
	}
	name := regexp.MustCompile(`^\.errspec-(\d+)-[0-9a-f]{16}\.tmp$`)
	for _, e := range entries {
		m := name.FindStringSubmatch(e.Name())
		if m == nil || !e.Type().IsRegular() {
			continue
		}
		info, err := e.Info()
		if err != nil {
			continue // gone
		}
		if time.Since(info.ModTime()).Abs() > leftoverAge || !running(m[1]) {
			_ = os.Remove(filepath.Join(dir, e.Name()))
		}
	}
}

// running reports whether another process of that number may be running. Where the system does not
// say, it may. Our own number was another's: we sweep before we write (in a container every run may
// have the same number).
func running(pid string) bool {
	n, err := strconv.Atoi(pid)
	if err != nil || n <= 0 || n == os.Getpid() {
		return false
	}
	p, err := os.FindProcess(n)
	if err != nil {
		return false
	}
	defer func() { _ = p.Release() }()
	return !errors.Is(p.Signal(syscall.Signal(0)), os.ErrProcessDone)
}
