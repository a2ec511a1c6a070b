package report

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/unseen"
)

// Text prints diagnostics for people.
type Text struct {
	Color    bool // with ANSI escapes, for a terminal
	Severest bool // the most severe diagnostics first, instead of in the order of positions
}

// Write prints the list and a last line that counts it, or nothing if the list is empty.
//
//	catalog.yaml:41:13: error: status 499 is not assigned [status-unassigned]
//	   41 |     status: 499
//	      |             ^~~
//	  note: entry "client-closed" begins here (catalog.yaml:38:5)
//	  help: use 408, or a 4xx status the HTTP registry assigns
func (t Text) Write(w io.Writer, list *diag.List) error {
	shown := ordered(list, t.Severest)
	if len(shown) == 0 && list.Accepted == 0 {
		return nil
	}
	var b bytes.Buffer
	for _, d := range shown {
		t.diagnostic(&b, &d)
	}
	b.WriteString(list.Summary() + "\n")
	_, err := b.WriteTo(w)
	return err
}

func (t Text) diagnostic(b *bytes.Buffer, d *diag.Diagnostic) {
	if at := d.Span.String(); at != "" {
		b.WriteString(t.paint(bold, at+":") + " ")
	}
	b.WriteString(t.paint(color(d.Severity), d.Severity.String()+":") + " " + t.paint(bold,
		unseen.Line(d.Message)))
	if d.Rule != "" {
		b.WriteString(" [" + d.Rule + "]")
	}
	b.WriteByte('\n')
	t.source(b, d.Span, d.Severity)
	for _, n := range d.Notes {
		b.WriteString("  " + t.paint(cyan, "note:") + " " + unseen.Line(n.Message))
		if at := n.Span.String(); at != "" {
			b.WriteString(" (" + at + ")")
		}
		b.WriteByte('\n')
		if n.Excerpt {
			t.source(b, n.Span, diag.Info)
		}
	}
	if d.Help != "" {
		b.WriteString("  " + t.paint(green, "help:") + " " + unseen.Line(d.Help) + "\n")
	}
}

// source prints the line of a position and a caret below it.
func (t Text) source(b *bytes.Buffer, at diag.Span, s diag.Severity) {
	if at.IsZero() || at.File == nil || at.Line > at.File.Lines() {
		return
	}
	text, pad, mark := excerpt(at.File.Line(at.Line), at.Col, at.Len)
	fmt.Fprintf(b, "%5d | %s\n", at.Line, text)
	fmt.Fprintf(b, "%5s | %s%s\n", strings.Repeat(" ", len(strconv.Itoa(at.Line))), pad,
		t.paint(color(s), mark))
}

const (
	bold  = "\x1b[1m"
	cyan  = "\x1b[36m"
	green = "\x1b[32m"
	reset = "\x1b[0m"
)

func color(s diag.Severity) string {
	switch s {
	case diag.Error:
		return "\x1b[1;31m"
	case diag.Warning:
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
