package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
)

// Commit makes the changes. If it fails it has made none of them, as far as the disk let it put things back.
func (p *Plan) Commit() error {
	for _, dir := range p.folders {
		sweep(dir)
	}
	var tx transaction
	err := tx.run(p.Changes)
	if err != nil {
		err = errors.Join(err, tx.rollback())
	}
	return err
}

// sideBySide is how many files are written at once: there may be a page for each of 10,000 codes, and each file that waits for the disk
// takes a file descriptor, of which a process may have 256, and a thread of the system.
const sideBySide = 32

// A transaction remembers what has been done, so that it can be undone.
type transaction struct {
	folders []string // created, parents first
	staged  []*staged
	done    []*Change // renamed into place, or removed
}

// A staged file is complete beside its destination, under a temporary name.
type staged struct {
	*Change
	temp string // "" until it exists, and after it was renamed
	err  error
}

func (tx *transaction) run(changes []Change) error {
	if err := tx.stage(changes); err != nil {
		return err
	}
	for _, s := range tx.staged {
		if err := os.Rename(s.temp, s.dest); err != nil {
			return fmt.Errorf("%s can not be written: %w", s.Path, reason(err))
		}
		s.temp = ""
		tx.done = append(tx.done, s.Change)
	}
	for i := range changes {
		if c := &changes[i]; c.State == Orphaned {
			if err := os.Remove(c.dest); err != nil {
				return fmt.Errorf("%s can not be removed: %w", c.Path, reason(err))
			}
			tx.done = append(tx.done, c)
		}
	}
	return nil
}

// stage writes all files under temporary names, some of them side by side, because each waits for the disk.
func (tx *transaction) stage(changes []Change) error {
	var wg sync.WaitGroup
	defer wg.Wait()
	slots := make(chan struct{}, sideBySide)
	for i := range changes {
		if changes[i].State == Orphaned {
			continue
		}
		s := &staged{Change: &changes[i]}
		if err := tx.mkdir(filepath.Dir(s.dest)); err != nil {
			return fmt.Errorf("the folder of %s can not be made: %w", s.Path, reason(err))
		}
		tx.staged = append(tx.staged, s)
		slots <- struct{}{}
		wg.Go(func() {
			s.temp, s.err = writeTemp(filepath.Dir(s.dest), s.new, s.mode)
			<-slots
		})
	}
	wg.Wait()
	var errs []error
	for _, s := range tx.staged {
		if s.err != nil {
			errs = append(errs, fmt.Errorf("%s can not be written: %w", s.Path, reason(s.err)))
		}
	}
	return errors.Join(errs...)
}

// mkdir creates a folder and its parents where they are missing.
func (tx *transaction) mkdir(dir string) error {
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := tx.mkdir(filepath.Dir(dir)); err != nil {
		return err
	}
	err := os.Mkdir(dir, 0o777) // less the umask
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

// rollback puts back what was there. Its error names what could not be put back.
func (tx *transaction) rollback() error {
	var errs []error
	for _, c := range slices.Backward(tx.done) {
		if err := c.undo(); err != nil {
			errs = append(errs, fmt.Errorf("%s can not be put back: %w", c.Path, reason(err)))
		}
	}
	for _, s := range tx.staged {
		if s.temp != "" {
			errs = append(errs, os.Remove(s.temp))
		}
	}
	for _, dir := range slices.Backward(tx.folders) {
		errs = append(errs, os.Remove(dir))
	}
	return errors.Join(errs...)
}

// undo restores the file that a change replaced, created or removed.
func (c *Change) undo() error {
	if c.State == Missing {
		return os.Remove(c.dest)
	}
	temp, err := writeTemp(filepath.Dir(c.dest), c.old, c.mode)
	if err != nil {
		return err
	}
	return os.Rename(temp, c.dest)
}
