package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
)

// Commit makes the changes, or none of them. If it fails, it restores the files, and its error
// names those that it could not restore.
func (p *Plan) Commit() error { return p.commit(osDisk{}) }

func (p *Plan) commit(d disk) error {
	for dir := range p.folders {
		sweep(dir)
	}
	tx := transaction{disk: d}
	err := tx.run(p.Changes)
	if err == nil {
		for _, folder := range p.emptied {
			_ = os.Remove(folder) // fails if something else is in it
		}
		return nil
	}
	if undone := tx.rollback(); undone != nil {
		return errors.Join(err, undone)
	}
	var moved *movedError
	if errors.As(err, &moved) {
		return fmt.Errorf("%w\nnothing was written: run errspec again", err)
	}
	return err
}

// sideBySide is how many files are written at once. There may be a page for each of 10,000 codes,
// and each file that waits for the disk takes a thread and a file descriptor, of which a process
// may have only 256.
const sideBySide = 32

// A transaction records what it has done, so that it can undo it.
type transaction struct {
	disk    disk
	folders []string // created folders, parents first
	steps   []*step
}

// A step takes one file from its current state to the new one. Reversed, it is a step as well.
type step struct {
	state         State
	before, after sight
	temp          string // the complete staged file beside its destination, or ""
	err           error  // from staging
	done          bool
}

func newStep(c *Change) *step {
	return &step{state: c.State, before: c.seen, after: sight{path: c.Path, dest: c.seen.dest,
		data: c.new}}
}

// undo returns the reversed step.
func (s *step) undo() *step {
	backwards := map[State]State{Missing: Orphaned, Stale: Stale, Orphaned: Missing}
	return &step{state: backwards[s.state], before: s.after, after: s.before}
}

func (tx *transaction) run(changes []Change) error {
	if err := tx.stage(changes); err != nil {
		return err
	}
	var moved []error
	// staging takes longest, so check all files again before replacing the first
	for _, s := range tx.steps {
		moved = append(moved, s.before.unmoved())
	}
	if err := errors.Join(moved...); err != nil {
		return err
	}
	for _, s := range tx.steps {
		if err := tx.do(s); err != nil {
			return err
		}
		s.done = true
	}
	return nil
}

// stage writes all files under temporary names, several at once, because each waits for the disk.
func (tx *transaction) stage(changes []Change) error {
	var wg sync.WaitGroup
	defer wg.Wait()
	slots := make(chan struct{}, sideBySide)
	for i := range changes {
		s := newStep(&changes[i])
		if s.state != Orphaned {
			if err := tx.mkdir(filepath.Dir(s.after.dest)); err != nil {
				return fmt.Errorf("the folder of %s cannot be created: %w", s.after.path, reason(err))
			}
			slots <- struct{}{}
			wg.Go(func() {
				s.err = tx.write(s)
				<-slots
			})
		}
		tx.steps = append(tx.steps, s)
	}
	wg.Wait()
	var errs []error
	for _, s := range tx.steps {
		errs = append(errs, s.err)
	}
	return errors.Join(errs...)
}

// write stages a file with the mode and the owner of the file that it replaces.
func (tx *transaction) write(s *step) (err error) {
	like := s.before.info
	if s.after.info != nil {
		like = s.after.info
	}
	s.temp, s.after.info, err = tx.disk.stage(filepath.Dir(s.after.dest), s.after.data, like)
	if err != nil {
		return fmt.Errorf("%s cannot be written: %w", s.after.path, reason(err))
	}
	return nil
}

// mkdir creates a folder and its missing parents.
func (tx *transaction) mkdir(dir string) error {
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := tx.mkdir(filepath.Dir(dir)); err != nil {
		return err
	}
	err := os.Mkdir(dir, 0o777) // minus the umask
	switch {
	case err == nil:
		tx.folders = append(tx.folders, dir)
		return nil
	case errors.Is(err, fs.ErrExist): // another process was quicker
		return nil
	default:
		return err
	}
}

// do takes a step if the file is unchanged since it was read.
func (tx *transaction) do(s *step) error {
	if err := s.before.unmoved(); err != nil {
		return err
	}
	verb, err := "written", error(nil)
	switch s.state {
	case Missing:
		err = tx.place(s)
	case Stale:
		err = tx.replace(s)
	case Orphaned:
		verb, err = "removed", tx.takeAway(s)
	}
	var moved *movedError
	switch {
	case err == nil || errors.As(err, &moved):
		return err
	case errors.Is(err, syscall.EBUSY), errors.Is(err, syscall.EXDEV):
		// Writing in place would work, but an interrupted write leaves half a file, perhaps without
		// our header line.
		return fmt.Errorf(
			"%s cannot be %s: it is a mount point, and errspec replaces whole files: "+
				"mount its folder instead (%w)",
			s.after.path, verb, reason(err))
	default:
		return fmt.Errorf("%s cannot be %s: %w", s.after.path, verb, reason(err))
	}
}

// place links a staged file to its name if the name is free. Renaming would replace an existing
// file, so it is only for file systems without links.
func (tx *transaction) place(s *step) error {
	err := tx.disk.link(s.temp, s.after.dest)
	switch {
	case err == nil:
		tx.discard(s)
		return nil
	case errors.Is(err, fs.ErrExist):
		return &movedError{s.after.path, "was created"}
	}
	if err := tx.disk.rename(s.temp, s.after.dest); err != nil {
		return err
	}
	s.temp = ""
	return nil
}

// replace exchanges a staged file with the existing one, then checks what it got. If the file
// changed in the last microseconds, replace exchanges them again. Where files cannot be exchanged,
// such a change is lost without notice.
func (tx *transaction) replace(s *step) error {
	if err := tx.disk.exchange(s.temp, s.after.dest); errors.Is(err, fs.ErrNotExist) {
		return &movedError{s.after.path, "was removed"}
	} else if err != nil {
		if err := tx.disk.rename(s.temp, s.after.dest); err != nil {
			return err
		}
		s.temp = ""
		return nil
	}
	if !s.before.isAt(s.temp) {
		if err := tx.disk.exchange(s.temp, s.after.dest); err != nil {
			return tx.keep(s, err)
		}
		return &movedError{s.after.path, "was changed"}
	}
	tx.discard(s)
	return nil
}

// takeAway renames a file, checks it, then removes it.
func (tx *transaction) takeAway(s *step) error {
	temp := tempPath(filepath.Dir(s.after.dest))
	if err := tx.disk.rename(s.after.dest, temp); errors.Is(err, fs.ErrNotExist) {
		return &movedError{s.after.path, "was removed"}
	} else if err != nil {
		return err
	}
	s.temp = temp
	if !s.before.isAt(s.temp) {
		if err := tx.place(s); err != nil {
			return tx.keep(s, err)
		}
		return &movedError{s.after.path, "was changed"}
	}
	tx.discard(s)
	return nil
}

// keep saves a file that changed in the last microseconds and cannot be put back. It gets a name
// that is never swept.
func (tx *transaction) keep(s *step, err error) error {
	kept := strings.TrimSuffix(s.temp, ".tmp")
	if tx.disk.rename(s.temp, kept) != nil {
		kept = s.temp
	}
	s.temp = ""
	return fmt.Errorf(
		"%s changed while errspec ran, and cannot be restored: its content is in %s (%w)",
		s.after.path, kept, reason(err))
}

// discard removes a temporary file. If that fails, the next run sweeps it.
func (tx *transaction) discard(s *step) {
	if s.temp != "" {
		_ = tx.disk.remove(s.temp)
		s.temp = ""
	}
}

// rollback restores the previous files, except those that somebody has changed since. Its error
// names what it could not restore.
func (tx *transaction) rollback() error {
	var (
		errs []error
		left []string
	)
	for _, s := range slices.Backward(tx.steps) {
		tx.discard(s)
		if !s.done {
			continue
		}
		back := s.undo()
		err := error(nil)
		if back.state != Orphaned {
			err = tx.write(back)
		}
		if err == nil {
			err = tx.do(back)
		}
		tx.discard(back)
		if err != nil {
			errs = append(errs, err)
			left = append(left, s.after.path)
		}
	}
	for _, dir := range slices.Backward(tx.folders) {
		_ = os.Remove(dir) // fails if somebody has put something into it
	}
	if len(left) > 0 {
		slices.Reverse(left)
		errs = append(errs, fmt.Errorf(
			"not restored: %s; run errspec again to bring all files up to date",
			strings.Join(left, ", ")))
	}
	return errors.Join(errs...)
}
