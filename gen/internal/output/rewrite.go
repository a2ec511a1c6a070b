package output

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"github.com/errspec/errspec/gen/internal/emit"
)

// A Rewriting is the new text of a user's own file, made from the text read from it.
type Rewriting struct {
	Path     string // as the user would write it
	Old, New []byte
}

// Rewrite plans to replace files that the user asked to change. It requires no header line. Every
// byte counts, including line ends. It fails if a file no longer holds what was read from it.
func Rewrite(files []Rewriting) (*Plan, error) {
	plan := &Plan{}
	var problems []error
	planned := map[string]bool{} // by resolved path: a catalog may include a file under two names
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

// rewrite plans to replace a user's own file, from which old was read.
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
		return fmt.Errorf("%s is read-only and must change: make it writable", seen.path)
	}
	p.goesTo(seen.dest)
	p.Changes = append(p.Changes, Change{State: Stale, Path: seen.path, seen: seen, new: text})
	return nil
}

// Create plans to write files into a folder. The files must not exist yet.
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
