//go:build !linux

package output

import "errors"

// exchange fails: only Linux swaps the names of two files in one step.
func exchange(_, _ string) error { return errors.ErrUnsupported }
