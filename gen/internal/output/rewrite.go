package output

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"github.com/errspec/errspec/gen/internal/emit"
)

// A Rewriting is a new text for a file of the user's own, made from the one that was read from it.
type Rewriting struct {
	Path     string // as the user would write it
	Old, New []byte
}

// Rewrite plans to replace files that the user has asked to have changed. It asks for no mark, and
// every byte counts, also line ends. It fails if a file does not hold what was read from it any
// more.
func Rewrite(files []Rewriting) (*Plan, error) {
	plan := &Plan{}
	var problems []error
	planned := map[string]bool{} // by resolved path: a catalog may include a file by two names
	for _, f := range files {
		seen, err := look(f.Path)
		switch {
		case err != nil:
			err = fmt.Errorf("%s: %w", f.Path, reason(err))
		case !planned[seen.dest]:
			planned[seen.dest] = true
			err = plan.rewrite(seen, f.Old, f.New)
		}
		if err != nil {
			problems = append(problems, err)
		}
	}
	if len(problems) > 0 {
		return nil, errors.Join(problems...)
	}
	return plan, nil
}

// rewrite plans to replace a file of the user's own, from which old was read.
func (p *Plan) rewrite(seen sight, old, text []byte) error {
	switch {
	case bytes.Equal(old, text):
		p.Unchanged++
		return nil
	case seen.info == nil:
		return &movedError{seen.path, "was removed"}
	case !bytes.Equal(seen.data, old):
		return &movedError{seen.path, "was changed"}
	case seen.info.Mode().Perm()&0o222 == 0:
		return fmt.Errorf("%s is read-only, and would be changed", seen.path)
	}
	p.goesTo(seen.dest)
	p.Changes = append(p.Changes, Change{State: Stale, Path: seen.path, seen: seen, new: text})
	return nil
}

// Create plans to write files that must not be there yet into a folder.
func Create(folder string, files []emit.File) (*Plan, error) {
	plan := &Plan{}
	for _, f := range files {
		seen, err := look(filepath.Join(folder, filepath.FromSlash(f.Path)))
		if err == nil && seen.info != nil {
			err = fs.ErrExist
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", filepath.Join(folder, f.Path), reason(err))
		}
		plan.goesTo(seen.dest)
		plan.Changes = append(plan.Changes, Change{State: Missing, Path: seen.path, seen: seen,
			new: f.Data})
	}
	return plan, nil
}
