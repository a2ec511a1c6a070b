package report

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/unseen"
)

// writeGitHub prints workflow commands, which GitHub Actions turns into annotations, and a last
// line that counts the diagnostics:
//
//	::error file=c.yaml,line=41,col=13,endColumn=16,title=status-range::no status 499%0Ahelp: use 408
func writeGitHub(w io.Writer, list *diag.List, o Options) error {
	var b bytes.Buffer
	for _, d := range list.Shown() {
		b.WriteString("::" + command(d.Severity) + " " + properties(&d, o) + "::" +
			escapeData(annotation(&d, o)) + "\n")
	}
	if summary := list.Summary(); summary != "" {
		b.WriteString(summary + "\n")
	}
	_, err := b.WriteTo(w)
	return err
}

// remarkGitHub prints a remark as a notice, because nobody reads the log of a step that passes.
func remarkGitHub(w io.Writer, text string) error {
	_, err := fmt.Fprintf(w, "::notice title=errspec::%s\n", escapeData(unseen.Line(text)))
	return err
}

func command(s diag.Severity) string {
	if s == diag.Info {
		return "notice"
	}
	return s.String()
}

func properties(d *diag.Diagnostic, o Options) string {
	var list []string
	add := func(name, value string) {
		list = append(list, name+"="+escapeProperty(unseen.Line(value)))
	}
	p := positionOf(d.Span)
	if p.File != "" {
		add("file", o.name(p.File))
	}
	if p.Line > 0 {
		list = append(list, fmt.Sprintf("line=%d,col=%d", p.Line, p.Column))
		if p.EndColumn > p.Column {
			list = append(list, fmt.Sprintf("endColumn=%d", p.EndColumn))
		}
	}
	add("title", cmp.Or(d.Rule, "errspec"))
	return strings.Join(list, ",")
}

// annotation returns the text of an annotation. Notes include their position, because an annotation
// has only one.
func annotation(d *diag.Diagnostic, o Options) string {
	lines := []string{unseen.Line(d.Message)}
	for _, n := range d.Notes {
		line := "note: " + unseen.Line(n.Message)
		switch p := positionOf(n.Span); {
		case p.Line > 0:
			line += fmt.Sprintf(" (%s:%d:%d)", unseen.Line(o.name(p.File)), p.Line, p.Column)
		case p.File != "":
			line += " (" + unseen.Line(o.name(p.File)) + ")"
		}
		lines = append(lines, line)
	}
	if d.Help != "" {
		lines = append(lines, "help: "+unseen.Line(d.Help))
	}
	return strings.Join(lines, "\n")
}

// escapeData escapes what would end a workflow command. escapeProperty also escapes what would end
// a property.
func escapeData(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

func escapeProperty(s string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(escapeData(s))
}
