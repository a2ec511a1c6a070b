package output

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// An Input is a file that the run reads. No output may be the same file.
type Input struct {
	Name string // for messages, such as "the template"
	Path string // as the user would write it
}

// Claims are the files that a run reads and writes. Two claims to one file are refused, whatever
// name they use: a symbolic link, a hard link, or a name in other letters where upper and lower
// case are the same.
type claims struct {
	byPath map[string]*claim  // by resolved path, case folded
	byFile map[stamp][]*claim // the existing files
}

type claim struct {
	name string      // who reads or writes it, for messages
	read bool        // set for inputs
	path string      // as the user would write it
	dest string      // the resolved path
	info fs.FileInfo // nil if there is no file
}

// A stamp is equal for all names of one file, so that few files need a comparison. (Not all systems
// give the number of a file.)
type stamp struct{ size, time int64 }

func stampOf(info fs.FileInfo) stamp { return stamp{info.Size(), info.ModTime().UnixNano()} }

func newClaims() claims {
	return claims{byPath: map[string]*claim{}, byFile: map[stamp][]*claim{}}
}

// add returns an error if the file already has another claim.
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

// sameFile returns the claim to a file on disk, under any name, or nil. Inputs come first.
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

// keeps reports whether an existing file must stay, because the run reads or writes it.
func (c *claims) keeps(dest string, info fs.FileInfo) bool {
	if other := c.byPath[fold(dest)]; other != nil && (other.dest == dest || other.info != nil &&
		os.SameFile(info, other.info)) {
		return true
	}
	other := c.sameFile(info)
	return other != nil && other.read
}

func (n *claim) conflict(other *claim) error {
	role := "also written by " + other.name
	if other.read {
		role = "read as " + other.name + ": write to another file"
	}
	switch {
	case filepath.Clean(n.path) == filepath.Clean(other.path):
		return fmt.Errorf("%s is %s", n.path, role)
	case n.dest == other.dest || n.info != nil && other.info != nil &&
		os.SameFile(n.info, other.info):
		return fmt.Errorf("%s is %s by another name, which is %s", n.path, other.path, role)
	default:
		return fmt.Errorf(
			"%s and %s are the same file on case-insensitive file systems, and the latter is %s",
			n.path, other.path, role)
	}
}

// nested returns an error for each file whose path another output needs as a folder.
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

// fold maps paths that are the same on a file system of Windows or macOS to one string. We refuse
// such paths everywhere, because generated files are committed and checked out elsewhere.
func fold(path string) string { return strings.ToLower(strings.ToUpper(path)) }
