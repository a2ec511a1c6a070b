// Package diag holds diagnostics: what is wrong in a catalog, where, and what to do about it.
//
// A [Diagnostic] names a rule, a position and what to do. A [List] collects the diagnostics of a
// run. Package report prints them.
package diag

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/errspec/errspec/gen/internal/unseen"
)

// A Severity says how much a diagnostic matters.
type Severity int

// The severities, least severe first.
const (
	Info Severity = iota
	Warning
	Error
)

// String returns the name used in output and in --fail-on.
func (s Severity) String() string {
	switch s {
	case Info:
		return "info"
	case Warning:
		return "warning"
	default:
		return "error"
	}
}

// A Span is a position: a part of one line of a source file. The zero Span is no position.
type Span struct {
	File *File
	Line int // 1-based; 0 without a position
	Col  int // 1-based, in characters (Unicode code points), not bytes
	Len  int // in characters; 0 marks a point
}

// IsZero reports whether s is no position.
func (s Span) IsZero() bool { return s.Line == 0 }

// String returns the position as file:line:col, the name if it is a whole file, or "" if s is no
// position.
func (s Span) String() string {
	switch {
	case s.File == nil:
		return ""
	case s.IsZero():
		return unseen.Line(s.File.Name)
	default:
		return fmt.Sprintf("%s:%d:%d", unseen.Line(s.File.Name), s.Line, s.Col)
	}
}

// A Note is a secondary position with a remark, or only a remark.
type Note struct {
	Span    Span
	Message string
	// show the source line as well, because it is in a file that the reader does not have at hand
	Excerpt bool
}

// A Diagnostic describes one problem.
type Diagnostic struct {
	Severity Severity
	Rule     string // the rule's stable id
	Span     Span
	Path     string // the key path in the catalog, as in groups[0].errors[3].status
	// what is wrong, in the author's words if there are any; one line without a final dot
	Message string
	Notes   []Note
	Help    string // what to do; one line
}

// MaxKept limits how many diagnostics of each severity a list keeps. The rest are counted, so that
// the diagnostics of a bad file take no more memory than the file itself.
const MaxKept = 20 * MaxShown

// A List collects diagnostics. Its zero value is ready to use.
type List struct {
	Accepted int // how many changes the catalog accepts; they are not in the list

	all  []Diagnostic
	kept [Error + 1]int // of each severity
	more [Error + 1]int // counted only
}

// Add appends d. If the list already keeps [MaxKept] of its severity, it only counts d.
func (l *List) Add(d Diagnostic) {
	if l.kept[d.Severity] == MaxKept {
		l.more[d.Severity]++
		return
	}
	l.kept[d.Severity]++
	l.all = append(l.all, d)
}

// IsFull reports whether further errors are only counted.
func (l *List) IsFull() bool { return l.kept[Error] == MaxKept }

// Append adds all of other's diagnostics.
func (l *List) Append(other List) {
	l.Accepted += other.Accepted
	for _, d := range other.all {
		l.Add(d)
	}
	for s, n := range other.more {
		l.more[s] += n
	}
}

// All returns the kept diagnostics in the order of their positions, without duplicates.
func (l *List) All() []Diagnostic {
	slices.SortStableFunc(l.all, compare)
	l.all = slices.CompactFunc(l.all, func(a, b Diagnostic) bool {
		return compare(a, b) == 0 && a.Message == b.Message
	})
	return l.all
}

// Len returns the number of diagnostics, including duplicates.
func (l *List) Len() int {
	n := len(l.all)
	for _, more := range l.more {
		n += more
	}
	return n
}

// Counts returns the number of diagnostics of each severity.
func (l *List) Counts() [Error + 1]int {
	n := l.more
	for _, d := range l.All() {
		n[d.Severity]++
	}
	return n
}

// Count returns the number of diagnostics at least as severe as s.
func (l *List) Count(s Severity) int {
	sum := 0
	for severity, n := range l.Counts() {
		if Severity(severity) >= s {
			sum += n
		}
	}
	return sum
}

// HasErrors reports whether any diagnostic is an error.
func (l *List) HasErrors() bool {
	return slices.ContainsFunc(l.all, func(d Diagnostic) bool { return d.Severity == Error })
}

// Err returns the list as an error, or nil if it has no error.
func (l *List) Err() error {
	if !l.HasErrors() {
		return nil
	}
	return &ListError{*l}
}

// Take adds the diagnostics in an error to the list. It returns the error if it is of another kind.
func (l *List) Take(err error) error {
	var found *ListError
	if !errors.As(err, &found) {
		return err
	}
	l.Append(found.List)
	return nil
}

// A ListError is an error that carries a list of diagnostics.
type ListError struct{ List List }

func (e *ListError) Error() string { return "the list has diagnostics: " + e.List.Summary() }

func compare(a, b Diagnostic) int {
	return cmp.Or(
		cmp.Compare(fileOrder(a.Span.File), fileOrder(b.Span.File)),
		cmp.Compare(a.Span.Line, b.Span.Line),
		cmp.Compare(a.Span.Col, b.Span.Col),
		-cmp.Compare(a.Severity, b.Severity),
		cmp.Compare(a.Rule, b.Rule),
	)
}

func fileOrder(f *File) int {
	if f == nil {
		return -1
	}
	return f.Order
}
