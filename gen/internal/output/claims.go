package output

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// An Input is a file that the run has read, and that no output may be.
type Input struct {
	Name string // what it is, for messages: the template
	Path string // as the user would write it
}

// Claims are the files that a run reads and writes. An output that is another of them is refused,
// by whatever name it goes: a symbolic link, a hard link, or a name in other letters where upper
// and lower case are not told apart.
type claims struct {
	byPath map[string]*claim  // by resolved path, case folded
	byFile map[stamp][]*claim // those that are on disk
}

type claim struct {
	name string      // what reads or writes it, for messages
	read bool        // it is an input
	path string      // as the user would write it
	dest string      // where that leads
	info fs.FileInfo // nil: nothing is there
}

// A stamp is the same for all names of one file, so that few files have to be compared. (The number
// of a file is not to be had on all systems.)
type stamp struct{ size, time int64 }

func stampOf(info fs.FileInfo) stamp { return stamp{info.Size(), info.ModTime().UnixNano()} }

func newClaims() claims {
	return claims{byPath: map[string]*claim{}, byFile: map[stamp][]*claim{}}
}

// add returns an error if the file is another's.
func (c *claims) add(n *claim) error {
	if !n.read {
		if other := c.byPath[fold(n.dest)]; other != nil {
			return n.conflict(other)
		}
		if other := c.sameFile(n.info); other != nil {
			return n.conflict(other)
		}
	}
	c.byPath[fold(n.dest)] = n
	if n.info != nil {
		at := stampOf(n.info)
		c.byFile[at] = append(c.byFile[at], n)
	}
	return nil
}

// sameFile returns the claim to a file on disk, by whatever name, or nil. Inputs are found first.
func (c *claims) sameFile(info fs.FileInfo) *claim {
	if info == nil {
		return nil
	}
	for _, other := range c.byFile[stampOf(info)] {
		if os.SameFile(info, other.info) {
			return other
		}
	}
	return nil
}

// keeps reports whether a file that is already there has to stay, because the run reads or writes
// it.
func (c *claims) keeps(dest string, info fs.FileInfo) bool {
	if other := c.byPath[fold(dest)]; other != nil && (other.dest == dest || other.info != nil &&
		os.SameFile(info, other.info)) {
		return true
	}
	other := c.sameFile(info)
	return other != nil && other.read
}

func (n *claim) conflict(other *claim) error {
	role := "what " + other.name + " writes, too"
	if other.read {
		role = "read as " + other.name + ": write to another file"
	}
	switch {
	case filepath.Clean(n.path) == filepath.Clean(other.path):
		return fmt.Errorf("%s is %s", n.path, role)
	case n.dest == other.dest || n.info != nil && other.info != nil && os.SameFile(n.info,
		other.info):
		return fmt.Errorf("%s is %s by another name, and that is %s", n.path, other.path, role)
	default:
		return fmt.Errorf(
			"%s and %s are one file where upper and lower case are not told apart, and the latter is %s", n.path, other.path, role)
	}
}

// nested returns an error for each file that is written where another one needs a folder.
func (c *claims) nested() []error {
	var errs []error
	for _, n := range c.byPath {
		for dir := filepath.Dir(n.dest); dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
			if other := c.byPath[fold(dir)]; other != nil && !n.read {
				errs = append(errs, fmt.Errorf("%s: its folder %s is a file that %s writes", n.name,
					dir, other.name))
			}
		}
	}
	return errs
}

// fold returns what two paths have in common that a file system of Windows or macOS takes for one.
// They are refused everywhere: what is generated is checked in, and checked out elsewhere.
func fold(path string) string { return strings.ToLower(strings.ToUpper(path)) }
