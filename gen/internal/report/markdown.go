package report

import (
	"bytes"
	"io"
	"strconv"
	"strings"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/mdtext"
)

// writeMarkdown prints a heading and a table, for a comment on a pull request:
//
//	### errspec breaking: 1 error, 1 accepted
//
//	| severity | diagnostic | position |
//	|---|---|---|
//	| error | FILE\_GONE: … (`status-changed`)<br>help: … | `catalog.yaml:12` |
func writeMarkdown(w io.Writer, list *diag.List, o Options) error {
	var b bytes.Buffer
	summary := list.Summary()
	if summary == "" {
		summary = "nothing to report"
	}
	b.WriteString("### " + strings.TrimSpace("errspec "+o.Command) + ": " + summary + "\n")
	for i, d := range ordered(list, o.Severest) {
		if i == 0 {
			b.WriteString("\n| severity | diagnostic | position |\n|---|---|---|\n")
		}
		b.WriteString("| " + d.Severity.String() + " | " + markdownText(&d) + " | " +
			markdownPosition(d.Span, o) + " |\n")
	}
	_, err := b.WriteTo(w)
	return err
}

// markdownText returns what is wrong and what to do.
func markdownText(d *diag.Diagnostic) string {
	text := mdtext.Literal(d.Message)
	if d.Rule != "" {
		text += " (" + mdtext.Code(d.Rule) + ")"
	}
	if d.Help != "" {
		text += "<br>" + mdtext.Literal("help: "+d.Help)
	}
	return text
}

func markdownPosition(s diag.Span, o Options) string {
	p := positionOf(s)
	if p.File == "" {
		return ""
	}
	name := o.name(p.File)
	if p.Line > 0 {
		name += ":" + strconv.Itoa(p.Line)
	}
	return mdtext.Code(name)
}
