// Package output brings rendered files to disk, all of them or none.
//
// What enters is the complete content of every output. [Compare] looks at the disk and says what
// would have to change; [Plan.Commit] makes it so. What may be relied on:
//
//   - Compare writes nothing. A check is a Plan that is looked at and not committed.
//   - A file that exists without our mark is never overwritten or removed, unless the caller adopts
//     it.
//   - A file that the run has read is never written, but for a page of the user's own that they
//     have asked to have changed.
//   - Commit stages every file beside its destination before it replaces the first one. Whatever
//     fails, the files are as they were before, as far as the disk lets us; a reader never sees
//     half a file.
//   - What Compare saw is what Commit replaces: it looks again when all is staged, and at each file
//     right before it is replaced. If somebody else has changed one, nothing is written.
//   - A file that is replaced keeps its mode, its owner and its group.
//   - A file whose content would not change is not touched.
//
// Between the last look at a file and its replacement are some microseconds, in which a change is
// lost: no system replaces a file on the condition that it holds what it held. A file that was not
// there is safe: link(2) fails if there is one by now.
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
	"github.com/errspec/errspec/gen/internal/unseen"
)

// An Output is one thing that the user asked for: a file, or a folder of files.
type Output struct {
	Name  string // as the user knows it, for messages: --markdown
	Path  string // of the file or the folder, as the user wrote it
	Dir   bool   // a folder: files in it that carry our mark and are not in Files are orphans
	Mark  emit.Mark
	Files []emit.File

	// Also are paths in the folder, below its subfolders, that this output writes with other
	// options: orphans as well, if they carry our mark.
	Also []string

	// Was is set for a file of the user's own that they have asked to have changed: what was read
	// from it. Such a file needs no mark, keeps its line ends, and must still hold what was read.
	// It is the one file.
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

	seen sight
	new  []byte
}

// A State is what is wrong with a file.
type State string

// The states.
const (
	Missing State = "missing" // it is not there
	Stale   State = "stale"   // it has another content
	// it carries our mark in a folder of ours, but nothing writes it any more
	Orphaned State = "orphaned"
)

// Diff returns the unified diff from what is on the disk to what should be. It is empty unless the
// file is stale.
func (c *Change) Diff() []byte {
	if c.State != Stale {
		return nil
	}
	name := unseen.Line(c.Path)
	return diff.Diff(name, toLF(c.seen.data), name+" (regenerated)", toLF(c.new))
}

// Line returns the line of the file on disk from which on it differs, or 0 if it is not stale.
func (c *Change) Line() int {
	if c.State != Stale {
		return 0
	}
	was, is := toLF(c.seen.data), toLF(c.new)
	same := 0
	for same < min(len(was), len(is)) && was[same] == is[same] {
		same++
	}
	return 1 + bytes.Count(was[:same], []byte{'\n'})
}

// A ForeignError names the files that are in the way and that errspec did not write.
type ForeignError struct {
	Paths []string
}

func (e *ForeignError) Error() string {
	return fmt.Sprintf("not written by errspec, so not overwritten: %s (--adopt takes over)",
		strings.Join(e.Paths, ", "))
}

// Compare finds out what Commit would have to do. It fails if it could not be done, and then names
// every obstacle that can be seen beforehand. Files without our mark are an obstacle, a
// [ForeignError], unless adopt is set. Inputs are an obstacle whatever is set.
func Compare(outputs []Output, inputs []Input, adopt bool) (*Plan, error) {
	c := comparison{adopt: adopt, claims: newClaims(), plan: &Plan{}}
	for _, in := range inputs {
		c.input(in)
	}
	for _, o := range outputs {
		c.output(o)
	}
	c.problems = append(c.problems, c.claims.nested()...)
	slices.SortFunc(c.problems,
		func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	// of all files in one folder
	c.problems = slices.CompactFunc(c.problems,
		func(a, b error) bool { return a.Error() == b.Error() })
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
	claims   claims
	foreign  []string
	problems []error
}

func (c *comparison) problem(o Output, err error) {
	c.problems = append(c.problems, fmt.Errorf("%s: %w", o.Name, err))
}

// input notes a file that the run has read. One that is gone by now can not be overwritten.
func (c *comparison) input(in Input) {
	dest, err := resolve(in.Path)
	if err != nil {
		return
	}
	if info, err := os.Stat(dest); err == nil {
		// inputs may be one file
		_ = c.claims.add(&claim{name: in.Name, read: true, path: in.Path, dest: dest, info: info})
	}
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
		seen, err := look(path)
		if err != nil {
			c.problem(o, fmt.Errorf("%s: %w", path, reason(err)))
			continue
		}
		if err := c.claims.add(&claim{name: o.Name, path: path, dest: seen.dest,
			info: seen.info}); err != nil {
			c.problem(o, err)
			continue
		}
		c.plan.goesTo(seen.dest)
		if o.Was == nil {
			c.file(o, seen, f.Data)
		} else if err := c.plan.rewrite(seen, o.Was, f.Data); err != nil {
			c.problem(o, err)
		}
	}
}

// file compares one file with what is at its destination.
func (c *comparison) file(o Output, seen sight, data []byte) {
	change := Change{State: Stale, Path: seen.path, seen: seen, new: data}
	switch {
	case seen.info == nil:
		change.State = Missing
	case bytes.Equal(toLF(seen.data), data): // a checkout on Windows may have CRLF
		c.plan.Unchanged++
		return
	case !c.adopt && !o.Mark.In(seen.data):
		c.foreign = append(c.foreign, seen.path)
		return
	}
	c.plan.Changes = append(c.plan.Changes, change)
}

// orphans finds the files in an output's folder that are of its kind, carry its mark, and are not
// written any more.
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
	var paths []string
	for _, e := range entries {
		if e.Type().IsRegular() && kinds[filepath.Ext(e.Name())] {
			paths = append(paths, filepath.Join(o.Path, e.Name()))
		}
	}
	for _, also := range o.Also {
		path := filepath.Join(o.Path, filepath.FromSlash(also))
		if info, err := os.Lstat(path); err == nil && info.Mode().IsRegular() {
			paths = append(paths, path)
		}
	}
	for _, path := range paths {
		seen, err := look(path)
		switch {
		case err != nil:
			c.problem(o, fmt.Errorf("%s: %w", path, reason(err)))
		case seen.info != nil && o.Mark.In(seen.data) && !c.claims.keeps(seen.dest, seen.info):
			c.plan.Changes = append(c.plan.Changes, Change{State: Orphaned, Path: path, seen: seen})
		}
	}
}

func toLF(data []byte) []byte { return bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n")) }

// goesTo notes a folder that files go to.
func (p *Plan) goesTo(dest string) {
	if folder := filepath.Dir(dest); !slices.Contains(p.folders, folder) {
		p.folders = append(p.folders, folder)
	}
}

// reason strips from an error of package os the operation and the path, which may be a temporary
// file's or absolute; our messages begin with the path that the user wrote.
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
