// Package diag holds diagnostics: what is wrong in a catalog, where, and what to do about it.
//
// A [Diagnostic] names a rule, a position and what to do. A [List] collects all that one run finds.
// Package report prints them.
package diag

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/errspec/errspec/gen/internal/unseen"
)

// A Severity tells how much a diagnostic matters.
type Severity int

// The severities, least first.
const (
	Info Severity = iota
	Warning
	Error
)

// String returns the name that stands in the output and in --fail-on.
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

// A Span is a stretch of one line of one source file. The zero Span is no place at all.
type Span struct {
	File *File
	Line int // 1-based; 0 where there is no place
	Col  int // 1-based, in characters (Unicode code points), not bytes
	Len  int // in characters; 0 marks a point
}

// IsZero reports whether s is no place.
func (s Span) IsZero() bool { return s.Line == 0 }

// String returns the position as file:line:col, or "" if s is none. A span of a whole file is its
// name.
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

// A Note is a secondary place, or a remark without one.
type Note struct {
	Span    Span
	Message string
	// the source line is shown as well, where there is room: it is in a file that the reader has
	// not at hand
	Excerpt bool
}

// A Diagnostic is one finding.
type Diagnostic struct {
	Severity Severity
	Rule     string // the rule's stable id
	Span     Span
	Path     string // the key path in the catalog, as in groups[0].errors[3].status
	// what is wrong, in the author's words where there are any; one line, no final dot
	Message string
	Notes   []Note
	Help    string // what to do; one line
}

// MaxKept is how many findings of each severity a list keeps. The rest are counted, so that a file
// of nothing but mistakes takes no more memory for what is wrong with it than for itself.
const MaxKept = 20 * MaxShown

// A List collects diagnostics. Its zero value is ready to use.
type List struct {
	Accepted int // how many changes the catalog accepts; they are not in the list

	all  []Diagnostic
	kept [Error + 1]int // of each severity
	more [Error + 1]int // that were not kept
}

// Add appends d. If there are [MaxKept] of its severity already, it is counted alone.
func (l *List) Add(d Diagnostic) {
	if l.kept[d.Severity] == MaxKept {
		l.more[d.Severity]++
		return
	}
	l.kept[d.Severity]++
	l.all = append(l.all, d)
}

// IsFull reports whether there are so many errors that more of them are counted alone.
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

// All returns the diagnostics that were kept in the order of their places, each once.
func (l *List) All() []Diagnostic {
	slices.SortStableFunc(l.all, compare)
	l.all = slices.CompactFunc(l.all, func(a, b Diagnostic) bool {
		return compare(a, b) == 0 && a.Message == b.Message
	})
	return l.all
}

// Len returns how many diagnostics there are, doubles included.
func (l *List) Len() int {
	n := len(l.all)
	for _, more := range l.more {
		n += more
	}
	return n
}

// Counts returns how many diagnostics there are of each severity.
func (l *List) Counts() [Error + 1]int {
	n := l.more
	for _, d := range l.All() {
		n[d.Severity]++
	}
	return n
}

// Count returns how many diagnostics are at least as severe as s.
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

// Err returns the list as an error, for a function that has nothing else to say, or nil if it holds
// no error.
func (l *List) Err() error {
	if !l.HasErrors() {
		return nil
	}
	return &Findings{*l}
}

// Take adds the findings in an error to the list, and returns the error if it is of another kind.
func (l *List) Take(err error) error {
	var found *Findings
	if !errors.As(err, &found) {
		return err
	}
	l.Append(found.List)
	return nil
}

// Findings are a list of findings on its way to whoever prints them.
type Findings struct{ List List }

func (e *Findings) Error() string { return "there are findings: " + e.List.Summary() }

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
