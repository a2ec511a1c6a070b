// Package report prints findings: as text for people, and in the formats that programs read.
//
// What enters is a list of diagnostics; what leaves are bytes that depend on the list and the options alone. Whatever the
// format, no more than [diag.MaxShown] findings are printed, the most severe ones, and all are counted.
package report

import (
	"io"

	"github.com/errspec/errspec/gen/internal/diag"
)

// A Format is a way to print findings.
type Format struct {
	Name string
	// Machine says that programs read it. It is printed even if there are no findings, to standard output, where nothing
	// else may stand then.
	Machine bool
	Write   func(io.Writer, *diag.List, Options) error
}

// Options are what a format may ask for beside the findings.
type Options struct {
	Color   bool   // text alone: with ANSI escapes, for a terminal
	Version string // of errspec, as in v1.2.3
}

// Formats returns the table of formats, the default first.
func Formats() []Format {
	return []Format{
		{Name: "text", Write: writeText},
		{Name: "json", Machine: true, Write: writeJSON},
		{Name: "github", Machine: true, Write: writeGitHub},
		{Name: "sarif", Machine: true, Write: writeSARIF},
	}
}

func writeText(w io.Writer, list *diag.List, o Options) error {
	return diag.Text{Color: o.Color}.Write(w, list)
}
