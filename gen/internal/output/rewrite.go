package output

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

// A Rewriting is a new text for a file of the user's own, made from the one that was read from it.
type Rewriting struct {
	Path     string // as the user would write it
	Old, New []byte
}

// Rewrite plans to replace files that the user has asked to have changed. It asks for no mark, and every byte counts, also line ends.
// It fails if a file does not hold what was read from it any more.
func Rewrite(files []Rewriting) (*Plan, error) {
	plan := &Plan{}
	var problems []error
	for _, f := range files {
		if bytes.Equal(f.Old, f.New) {
			plan.Unchanged++
			continue
		}
		if err := plan.rewrite(f); err != nil {
			problems = append(problems, fmt.Errorf("%s: %w", f.Path, reason(err)))
		}
	}
	if len(problems) > 0 {
		return nil, errors.Join(problems...)
	}
	return plan, nil
}

func (p *Plan) rewrite(f Rewriting) error {
	dest, err := resolve(f.Path)
	if err != nil {
		return err
	}
	info, err := os.Stat(dest)
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return errors.New("is not a regular file")
	}
	old, err := os.ReadFile(dest)
	if err != nil {
		return err
	}
	if !bytes.Equal(old, f.Old) {
		return errors.New("was changed while it was read")
	}
	if folder := filepath.Dir(dest); !slices.Contains(p.folders, folder) {
		p.folders = append(p.folders, folder)
	}
	p.Changes = append(p.Changes, Change{State: Stale, Path: f.Path, dest: dest, old: old, new: f.New, mode: info.Mode().Perm()})
	return nil
}
