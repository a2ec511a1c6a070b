package check

import (
	"regexp"
	"strings"

	"github.com/errspec/errspec/gen/internal/syntax"
)

// A lost records what package syntax refused, so that consequences are not reported as well.
type lost struct {
	values map[syntax.Refusal]bool
	keys   map[string]bool // of all of them, wherever they stand
	// some errors may be missing: a file, a group or an error, or nobody wrote any
	errors bool
}

// wholeParts are the paths of what holds errors, and of errors; a file that is no YAML at all has
// none.
var wholeParts = regexp.MustCompile(`^(groups(\[\d+\](\.errors(\[\d+\])?)?)?|include\[\d+\])?$`)

func lostIn(written *syntax.Catalog) lost {
	l := lost{
		values: written.Refused, keys: make(map[string]bool, len(written.Refused)),
		errors: written.Groups == nil,
	}
	for i := range written.Groups {
		l.errors = l.errors || written.Groups[i].Errors == nil
	}
	for r := range l.values {
		l.keys[r.Path[strings.LastIndexByte(r.Path, '.')+1:]] = true
		l.errors = l.errors || wholeParts.MatchString(r.Path)
	}
	return l
}

// lost reports whether the value of one of the code's keys was refused.
func (e *entry) lost(keys ...string) bool {
	for _, key := range keys {
		r := syntax.Refusal{File: e.span().File, Path: e.w.Path.String() + "." + key}
		if e.m.lost.values[r] {
			return true
		}
	}
	return false
}
