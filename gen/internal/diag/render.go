package diag

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/errspec/errspec/gen/internal/unseen"
)

// MaxShown is how many findings a rendering prints, the most severe ones. The rest are counted: nobody reads the
// thousand-and-first.
const MaxShown = 1000

// Text is how findings are printed for people.
type Text struct {
	Color bool // with ANSI escapes, for a terminal
}

// Write prints the list, and a last line that counts it. It prints nothing for an empty list.
//
//	catalog.yaml:41:13: error: status 499 is not assigned [status-unassigned]
//	   41 |     status: 499
//	      |             ^~~
//	  note: entry "client-closed" begins here (catalog.yaml:38:5)
//	  help: use 408, or a 4xx status the HTTP registry assigns
func (t Text) Write(w io.Writer, list *List) error {
	all := list.All()
	if len(all) == 0 {
		return nil
	}
	var b bytes.Buffer
	for _, d := range shown(all) {
		t.diagnostic(&b, &d)
	}
	b.WriteString(list.Summary() + "\n")
	_, err := b.WriteTo(w)
	return err
}

// Shown returns what a rendering prints: the MaxShown most severe findings, in the order of their places, each once.
func (l *List) Shown() []Diagnostic { return shown(l.All()) }

// shown returns the MaxShown most severe of all findings, in their order.
func shown(all []Diagnostic) []Diagnostic {
	if len(all) <= MaxShown {
		return all
	}
	room := MaxShown
	var quota [Error + 1]int // how many of each severity there is room for
	for s := Error; s >= Info; s-- {
		for _, d := range all {
			if d.Severity == s && quota[s] < room {
				quota[s]++
			}
		}
		room -= quota[s]
	}
	picked := make([]Diagnostic, 0, MaxShown)
	for _, d := range all {
		if quota[d.Severity] > 0 {
			quota[d.Severity]--
			picked = append(picked, d)
		}
	}
	return picked
}

func (t Text) diagnostic(b *bytes.Buffer, d *Diagnostic) {
	if place := d.Span.String(); place != "" {
		b.WriteString(t.paint(bold, place+":") + " ")
	}
	b.WriteString(t.paint(color(d.Severity), d.Severity.String()+":") + " " + t.paint(bold, unseen.Line(d.Message)))
	if d.Rule != "" {
		b.WriteString(" [" + d.Rule + "]")
	}
	b.WriteByte('\n')
	t.source(b, d.Span, d.Severity)
	for _, n := range d.Notes {
		b.WriteString("  " + t.paint(cyan, "note:") + " " + unseen.Line(n.Message))
		if place := n.Span.String(); place != "" {
			b.WriteString(" (" + place + ")")
		}
		b.WriteByte('\n')
		if n.Excerpt {
			t.source(b, n.Span, Info)
		}
	}
	if d.Help != "" {
		b.WriteString("  " + t.paint(green, "help:") + " " + unseen.Line(d.Help) + "\n")
	}
}

// source prints the line that a place is on, and a caret under it.
func (t Text) source(b *bytes.Buffer, at Span, s Severity) {
	if at.IsZero() || at.File == nil || at.Line > at.File.Lines() {
		return
	}
	text, pad, mark := excerpt(at.File.Line(at.Line), at.Col, at.Len)
	fmt.Fprintf(b, "%5d | %s\n", at.Line, text)
	fmt.Fprintf(b, "%5s | %s%s\n", strings.Repeat(" ", len(strconv.Itoa(at.Line))), pad, t.paint(color(s), mark))
}

// String returns the place as file:line:col, or "" if s is no place. A span of a whole file has its name alone.
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

// Summary counts findings: 3 errors, 1 warning. If some of them are not [List.Shown], it says so.
func (l *List) Summary() string {
	n := l.Counts()
	var parts []string
	for s := Error; s >= Info; s-- {
		switch {
		case n[s] == 1 || n[s] > 0 && s == Info:
			parts = append(parts, fmt.Sprintf("%d %s", n[s], s))
		case n[s] > 1:
			parts = append(parts, fmt.Sprintf("%d %ss", n[s], s))
		}
	}
	text := strings.Join(parts, ", ")
	if l.Len() > MaxShown {
		text += fmt.Sprintf(" (%d findings are shown)", MaxShown)
	}
	return text
}

const (
	bold  = "\x1b[1m"
	cyan  = "\x1b[36m"
	green = "\x1b[32m"
	reset = "\x1b[0m"
)

func color(s Severity) string {
	switch s {
	case Error:
		return "\x1b[1;31m"
	case Warning:
		return "\x1b[1;33m"
	default:
		return "\x1b[1;36m"
	}
}

func (t Text) paint(code, s string) string {
	if !t.Color {
		return s
	}
	return code + s + reset
}
