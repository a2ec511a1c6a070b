// Package output brings rendered files to disk, all of them or none.
//
// What enters is the complete content of every output. [Compare] looks at the disk and says what would have to change;
// [Plan.Commit] makes it so. What may be relied on:
//
//   - Compare writes nothing. A check is a Plan that is looked at and not committed.
//   - A file that exists without our mark is never overwritten or removed, unless the caller adopts it.
//   - Commit stages every file beside its destination before it replaces the first one. Whatever fails, the files are as
//     they were before, as far as the disk lets us; a reader never sees half a file.
//   - A file whose content would not change is not touched.
package output

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/diff"

	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/gen/internal/mark"
	"github.com/errspec/errspec/gen/internal/unseen"
)

// An Output is one thing that the user asked for: a file, or a folder of files.
type Output struct {
	Name  string // as the user knows it, for messages: --markdown
	Path  string // of the file or the folder, as the user wrote it
	Dir   bool   // a folder: files in it that carry our mark and are not in Files are orphans
	Mark  mark.Mark
	Files []emit.File

	// Was is set for a file of the user's own that they have asked to have changed: what was read from it. Such a file needs no
	// mark, keeps its line ends, and must still hold what was read. It is the one file.
	Was []byte
}

// A Plan is what it takes to bring the disk up to date.
type Plan struct {
	Changes   []Change // in the order of the outputs
	Unchanged int      // files that are as they should be

	folders []string // that files go to, resolved; they are swept of what a killed run left
}

// A Change is one file that is not as it should be.
type Change struct {
	State State
	Path  string // as the user would write it

	dest     string // where it is: symbolic links followed
	old, new []byte
	mode     fs.FileMode // of the file that is replaced
}

// A State is what is wrong with a file.
type State string

// The states.
const (
	Missing  State = "missing"  // it is not there
	Stale    State = "stale"    // it has another content
	Orphaned State = "orphaned" // it carries our mark in a folder of ours, but nothing writes it any more
)

// Diff returns the unified diff from what is on the disk to what should be. It is empty unless the file is stale.
func (c *Change) Diff() []byte {
	if c.State != Stale {
		return nil
	}
	name := unseen.Line(c.Path)
	return diff.Diff(name, toLF(c.old), name+" (regenerated)", toLF(c.new))
}

// A ForeignError names the files that are in the way and that errspec did not write.
type ForeignError struct {
	Paths []string
}

func (e *ForeignError) Error() string {
	return fmt.Sprintf("not written by errspec, so not overwritten: %s (--adopt takes over)", strings.Join(e.Paths, ", "))
}

// Compare finds out what Commit would have to do. It fails if it could not be done, and then names every obstacle that can
// be seen beforehand. Files without our mark are an obstacle, a [ForeignError], unless adopt is set.
func Compare(outputs []Output, adopt bool) (*Plan, error) {
	c := comparison{adopt: adopt, writer: map[string]string{}, folded: map[string]string{}, plan: &Plan{}}
	for _, o := range outputs {
		c.output(o)
	}
	c.nested()
	for _, o := range outputs {
		if o.Dir && len(c.problems) == 0 {
			c.orphans(o)
		}
	}
	if len(c.foreign) > 0 {
		c.problems = append(c.problems, &ForeignError{c.foreign})
	}
	if len(c.problems) > 0 {
		return nil, errors.Join(c.problems...)
	}
	return c.plan, nil
}

// A comparison is the state of Compare.
type comparison struct {
	adopt    bool
	plan     *Plan
	writer   map[string]string // by resolved path: the name of the output that writes it
	folded   map[string]string // by resolved path, case folded: the path as the user would write it
	foreign  []string
	problems []error
}

func (c *comparison) problem(o Output, err error) {
	c.problems = append(c.problems, fmt.Errorf("%s: %w", o.Name, err))
}

func (c *comparison) output(o Output) {
	if !o.Dir && strings.HasSuffix(filepath.ToSlash(o.Path), "/") {
		c.problem(o, fmt.Errorf("%s names a folder, and a file is wanted", o.Path))
		return
	}
	if info, err := os.Stat(o.Path); o.Dir && err == nil && !info.IsDir() {
		c.problem(o, fmt.Errorf("%s is a file, and a folder is wanted", o.Path))
		return
	}
	for _, f := range o.Files {
		path := filepath.Join(o.Path, filepath.FromSlash(f.Path))
		dest, err := resolve(path)
		if err != nil {
			c.problem(o, fmt.Errorf("%s: %w", path, reason(err)))
			continue
		}
		if other, taken := c.writer[dest]; taken {
			c.problem(o, fmt.Errorf("%s is what %s writes, too", path, other))
			continue
		}
		if twin, taken := c.folded[fold(dest)]; taken {
			c.problem(o, fmt.Errorf("%s and %s are one file where upper and lower case are not told apart", path, twin))
			continue
		}
		c.writer[dest] = o.Name
		c.folded[fold(dest)] = path
		if folder := filepath.Dir(dest); !slices.Contains(c.plan.folders, folder) {
			c.plan.folders = append(c.plan.folders, folder)
		}
		change := Change{Path: path, dest: dest, new: f.Data}
		if o.Was == nil {
			err = c.file(o, change)
		} else {
			err = c.own(o.Was, change)
		}
		if err != nil {
			c.problem(o, fmt.Errorf("%s: %w", path, reason(err)))
		}
	}
}

// file compares one file with what is at its destination.
func (c *comparison) file(o Output, ch Change) error {
	info, err := os.Stat(ch.dest)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		ch.State = Missing
		c.plan.Changes = append(c.plan.Changes, ch)
		return nil
	case err != nil:
		return err
	case info.IsDir():
		return errors.New("is a folder, and a file is wanted")
	case !info.Mode().IsRegular():
		return errors.New("is not a regular file")
	}
	if ch.old, err = os.ReadFile(ch.dest); err != nil {
		return err
	}
	switch {
	case bytes.Equal(toLF(ch.old), ch.new): // a checkout on Windows may have CRLF
		c.plan.Unchanged++
	case !c.adopt && !o.Mark.In(ch.old):
		c.foreign = append(c.foreign, ch.Path)
	default:
		ch.State, ch.mode = Stale, info.Mode().Perm()
		c.plan.Changes = append(c.plan.Changes, ch)
	}
	return nil
}

// own compares a file of the user's own with what it will be.
func (c *comparison) own(was []byte, ch Change) error {
	if bytes.Equal(was, ch.new) {
		c.plan.Unchanged++
		return nil
	}
	info, err := os.Stat(ch.dest)
	if err != nil {
		return err
	}
	if info.Mode().Perm()&0o222 == 0 {
		return errors.New("is read-only, and would be changed")
	}
	return c.plan.rewrite(Rewriting{Path: ch.Path, Old: was, New: ch.new})
}

// nested finds outputs that want a file where another wants a folder.
func (c *comparison) nested() {
	for dest, name := range c.writer {
		for dir := filepath.Dir(dest); dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
			if other, ok := c.writer[dir]; ok {
				c.problems = append(c.problems, fmt.Errorf("%s: its folder %s is a file that %s writes", name, dir, other))
			}
		}
	}
	slices.SortFunc(c.problems, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
}

// orphans finds the files in an output's folder that are of its kind, carry its mark, and are not written any more.
func (c *comparison) orphans(o Output) {
	entries, err := os.ReadDir(o.Path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		c.problem(o, fmt.Errorf("%s: %w", o.Path, reason(err)))
		return
	}
	kinds := map[string]bool{}
	for _, f := range o.Files {
		kinds[filepath.Ext(f.Path)] = true
	}
	if kinds[".md"] || kinds[".mdx"] { // the one becomes the other when the dialect changes
		kinds[".md"], kinds[".mdx"] = true, true
	}
	for _, e := range entries {
		path := filepath.Join(o.Path, e.Name())
		if !e.Type().IsRegular() || !kinds[filepath.Ext(path)] {
			continue
		}
		dest, err := resolve(path)
		if err != nil || c.writer[dest] != "" {
			continue
		}
		ch := Change{State: Orphaned, Path: path, dest: dest}
		info, err := e.Info()
		if err == nil {
			ch.mode = info.Mode().Perm()
			ch.old, err = os.ReadFile(dest)
		}
		if err != nil {
			c.problem(o, fmt.Errorf("%s: %w", path, reason(err)))
		} else if o.Mark.In(ch.old) {
			c.plan.Changes = append(c.plan.Changes, ch)
		}
	}
}

// resolve returns where a write to path ends up: absolute, and with symbolic links followed, also one that leads to nothing
// yet. Thus a link stays a link, and two names of one file are seen to be one.
func resolve(path string) (string, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	dest, err := filepath.EvalSymlinks(abs)
	if err == nil || !errors.Is(err, fs.ErrNotExist) {
		return dest, err
	}
	dir, err := resolve(filepath.Dir(abs))
	if err != nil {
		return "", err
	}
	dest = filepath.Join(dir, filepath.Base(abs))
	if target, err := os.Readlink(abs); err == nil {
		if !filepath.IsAbs(target) {
			target = filepath.Join(dir, target)
		}
		return resolve(target)
	}
	return dest, nil
}

// fold returns what two paths have in common that a file system of Windows or macOS takes for one. They are refused everywhere: what
// is generated is checked in, and checked out elsewhere.
func fold(path string) string { return strings.ToLower(strings.ToUpper(path)) }

func toLF(data []byte) []byte { return bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n")) }

// reason strips from an error of package os the operation and the path, which may be a temporary file's or absolute; our
// messages begin with the path that the user wrote.
func reason(err error) error {
	var (
		path *fs.PathError
		link *os.LinkError
	)
	switch {
	case errors.As(err, &path):
		return path.Err
	case errors.As(err, &link):
		return link.Err
	default:
		return err
	}
}
