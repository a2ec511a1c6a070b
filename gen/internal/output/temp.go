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

// tempName is the name of a temporary file. It contains the number of the writing process, so that
// others know whether the file is in use. The rest is random, and long, because a folder may hold
// 10,000 at once.
const tempName = ".errspec-%d-%016x.tmp"

func tempPath(dir string) string {
	return filepath.Join(dir, fmt.Sprintf(tempName, os.Getpid(), rand.Uint64()))
}

// writeTemp writes a file under a temporary name in dir and flushes it to the disk. It gets the
// mode and the owner of the file that it will replace, or those of a new file if like is nil. If it
// fails, it leaves nothing behind.
func writeTemp(dir string, data []byte, like fs.FileInfo) (
	path string, info fs.FileInfo, err error,
) {
	mode := fs.FileMode(0o666) // minus the umask, like any new file
	if like != nil {
		mode = 0o600 // until it gets the mode of the old file
	}
	path = tempPath(dir)
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return "", nil, err
	}
	defer func() {
		err = errors.Join(err, f.Close())
		if err != nil {
			_ = os.Remove(path) // the first error says more
			path = ""
		}
	}()
	if _, err := f.Write(data); err != nil {
		return path, nil, err
	}
	if like != nil {
		// Set the mode first: after the owner changes we may not be allowed to.
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

// leftoverAge is the age from which a temporary file counts as left behind even if a process with
// its number runs: the number may have been reused. No run takes an hour. A file that is this far
// in the future counts too: it was written before the clock was set back.
const leftoverAge = time.Hour

// leftoverName matches the name of a temporary file, and the number of the process that made it.
var leftoverName = regexp.MustCompile(`^\.errspec-(\d+)-[0-9a-f]{16}\.tmp$`)

// sweep removes temporary files that a killed run left in dir. If it cannot remove one, the next
// run tries again.
func sweep(dir string) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return // missing, or unreadable, which the write reports
	}
	for _, e := range entries {
		m := leftoverName.FindStringSubmatch(e.Name())
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

// running reports whether another process with that number may be running. It returns true if the
// system does not say. Our own number belonged to a previous run, because we sweep before we write;
// in a container every run may have the same number.
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
