// Package output writes rendered files to disk, all of them or none.
//
// It takes the complete content of every output. [Compare] looks at the disk and returns what would
// change; [Plan.Commit] changes it. Guarantees:
//
//   - Compare writes nothing. A check is a Plan without Commit.
//   - A file without our header line is never overwritten or removed, unless the caller adopts it.
//   - A file that the run has read is never written, except for a user's own page that they asked
//     to change.
//   - Commit stages every file beside its destination before it replaces the first one. If anything
//     fails, it restores the files as far as the disk permits. Readers never see half a file.
//   - Commit replaces what Compare saw. It checks all files again after staging, and each file
//     right before it replaces it. If somebody else has changed one, it writes nothing.
//   - A replaced file keeps its mode, owner and group.
//   - A file whose content stays the same is not touched.
//
// Between the last check of a file and its replacement are some microseconds in which a change is
// lost, because no system replaces a file on condition of its content. A file that did not exist is
// safe: link(2) fails if it exists by then.
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

// An Output is a file or a folder that the user asked for.
type Output struct {
	Name string // the flag or key, for messages: --markdown
	Path string // as the user wrote it
	// for a folder: files in it that carry our header line and are not in Files are orphans
	Dir   bool
	Mark  emit.Mark
	Files []emit.File

	// Also lists paths that this output writes at other times, in subfolders or of other kinds. Such
	// files are orphans too, if they carry our header line.
	Also []string

	// InFolders are the names of files that this output has in subfolders, whatever these are called.
	// Such files are orphans if they carry the line of a code's page. Their folders go if they are
	// empty then.
	InFolders []string

	// Was is what was read from a user's own file that they asked to change. Such a file needs no
	// header line, keeps its line ends, and must still hold Was. It is the only file of its output.
	Was []byte
}

// A Plan lists the changes that bring the disk up to date.
type Plan struct {
	Changes   []Change // in the order of the outputs
	Unchanged int      // the number of files that are up to date

	folders map[string]bool // the resolved folders of all files; Commit sweeps them of temporary files
	emptied []string        // the folders of orphans that Commit removes if nothing else is in them
}

// A Change is one file that is not up to date.
type Change struct {
	State State
	Path  string // as the user would write it

	seen sight
	new  []byte
}

// A State says how a file differs from what should be there.
type State string

// The states.
const (
	Missing State = "missing" // it does not exist
	Stale   State = "stale"   // it has other content
	// it carries our header line in our folder, but no output writes it any more
	Orphaned State = "orphaned"
)

// Diff returns the unified diff from the file on disk to its new content. It is empty unless the
// file is stale.
func (c *Change) Diff() []byte {
	if c.State != Stale {
		return nil
	}
	name := unseen.Line(c.Path)
	return diff.Diff(name, toLF(c.seen.data), name+" (regenerated)", toLF(c.new))
}

// Line returns the first line that differs on disk, or 0 if the file is not stale.
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

// A ForeignError names existing files that errspec did not write.
type ForeignError struct {
	Paths []string
}

func (e *ForeignError) Error() string {
	if len(e.Paths) == 1 {
		return fmt.Sprintf("errspec did not write %s, so it does not overwrite it; "+
			"move it away, or add --adopt", e.Paths[0])
	}
	return fmt.Sprintf("errspec did not write these files, so it does not overwrite them: %s; "+
		"move them away, or add --adopt", strings.Join(e.Paths, ", "))
}

// Compare returns what Commit would have to do. It fails if Commit would fail, and names every
// obstacle that is visible beforehand. Files without our header line are a [ForeignError], unless
// adopt is set. Outputs that are inputs always fail.
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
	// all files in one folder have the same problem
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

// input records a file that the run has read. If it is gone by now, no output can overwrite it.
func (c *comparison) input(in Input) {
	dest, err := resolve(in.Path)
	if err != nil {
		return
	}
	if info, err := os.Stat(dest); err == nil {
		// two inputs may be one file
		_ = c.claims.add(&claim{name: in.Name, read: true, path: in.Path, dest: dest, info: info})
	}
}

func (c *comparison) output(o Output) {
	if !o.Dir && strings.HasSuffix(filepath.ToSlash(o.Path), "/") {
		c.problem(o, fmt.Errorf("%s is a folder, but must be a file", o.Path))
		return
	}
	if info, err := os.Stat(o.Path); o.Dir && err == nil && !info.IsDir() {
		c.problem(o, fmt.Errorf("%s is a file, but must be a folder", o.Path))
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

// file compares an output file with its destination.
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

// orphans finds files of an output's kind in its folder that carry our header line and are no
// longer written.
func (c *comparison) orphans(o Output) {
	entries, err := os.ReadDir(o.Path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		c.problem(o, fmt.Errorf("%s: %w", o.Path, reason(err)))
		return
	}
	kinds := map[string]bool{}
	for _, f := range o.Files {
		if !slices.Contains(o.Also, f.Path) && (len(o.InFolders) == 0 || !strings.Contains(f.Path, "/")) {
			kinds[filepath.Ext(f.Path)] = true
		}
	}
	if kinds[".md"] || kinds[".mdx"] { // a change of dialect turns one into the other
		kinds[".md"], kinds[".mdx"] = true, true
	}
	var paths, inFolders []string
	for _, e := range entries {
		if e.Type().IsRegular() && kinds[filepath.Ext(e.Name())] {
			paths = append(paths, filepath.Join(o.Path, e.Name()))
		}
		for _, name := range o.InFolders {
			path := filepath.Join(o.Path, e.Name(), name)
			if info, err := os.Lstat(path); e.IsDir() && err == nil && info.Mode().IsRegular() {
				inFolders = append(inFolders, path)
			}
		}
		if folder := filepath.Join(o.Path, e.Name()); e.IsDir() && len(o.InFolders) > 0 {
			c.leftover(folder)
		}
	}
	for _, also := range o.Also {
		path := filepath.Join(o.Path, filepath.FromSlash(also))
		if info, err := os.Lstat(path); err == nil && info.Mode().IsRegular() {
			paths = append(paths, path)
		}
		if strings.Contains(also, "/") {
			c.leftover(filepath.Dir(path))
		}
	}
	for _, path := range paths {
		c.orphan(o, path, o.Mark, "")
	}
	for _, path := range inFolders {
		c.orphan(o, path, emit.CodeMark, filepath.Dir(path))
	}
}

// orphan records a file that carries a mark, if nothing reads or writes it. A folder that this
// leaves empty is removed as well.
func (c *comparison) orphan(o Output, path string, mark emit.Mark, folder string) {
	seen, err := look(path)
	switch {
	case err != nil:
		c.problem(o, fmt.Errorf("%s: %w", path, reason(err)))
	case seen.info != nil && mark.In(seen.data) && !c.claims.keeps(seen.dest, seen.info):
		c.plan.Changes = append(c.plan.Changes, Change{State: Orphaned, Path: path, seen: seen})
		if folder != "" {
			c.plan.emptied = append(c.plan.emptied, folder)
		}
	}
}

// leftover records a subfolder in which a killed run has left a temporary file in the place of the
// last file there. The folder goes, if nothing else is in it.
func (c *comparison) leftover(folder string) {
	if c.plan.folders[folder] {
		return // files are written there
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		return // unreadable, and nothing is written there
	}
	isLeft := func(e fs.DirEntry) bool { return leftoverName.MatchString(e.Name()) }
	if slices.ContainsFunc(entries, isLeft) {
		c.plan.goesTo(filepath.Join(folder, "index.html"))
		c.plan.emptied = append(c.plan.emptied, folder)
	}
}

func toLF(data []byte) []byte { return bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n")) }

// goesTo records the folder of a file.
func (p *Plan) goesTo(dest string) {
	if p.folders == nil {
		p.folders = map[string]bool{}
	}
	p.folders[filepath.Dir(dest)] = true
}

// reason strips the operation and the path from an error of package os. That path may be absolute
// or a temporary file's; our messages begin with the path that the user wrote.
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
