// Package report prints findings: as text for people, and in the formats that programs read.
//
// What enters is a list of diagnostics; what leaves are bytes that depend on the list and the
// options alone. Whatever the format, no more than [diag.MaxShown] findings are printed, the most
// severe ones, and all are counted.
package report

import (
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/errspec/errspec/gen/internal/diag"
)

// A Format is a way to print findings.
type Format struct {
	Name string
	// Machine says that programs read it. It is printed even if there are no findings, to standard
	// output, where nothing else may stand then.
	Machine bool
	Write   func(io.Writer, *diag.List, Options) error
	// Remark prints what is no finding, and should be seen where findings are; nil if the format
	// has no place for it.
	Remark func(io.Writer, string) error
}

// Options are what a format may ask for beside the findings.
type Options struct {
	Color    bool   // text alone: with ANSI escapes, for a terminal
	Severest bool   // text and markdown: the most severe diagnostics first
	Version  string // of errspec, as in v1.2.3

	// Dir is the working directory, and Root the folder of the repository that it is in; "" if it
	// is in none. Readers of github, sarif and markdown know only the repository, so these formats
	// name files from there. The others name them from the working directory.
	Dir, Root string

	// Command and Catalog are what errspec was asked for. SARIF alone says so: GitHub replaces what
	// it knows of a tool by what it is sent later, unless that is of another category, and a
	// repository has several catalogs, and several commands for each.
	Command, Catalog string
}

// name returns what a file is called for those who know the repository alone.
func (o Options) name(file string) string {
	if o.Root == "" || isURI(file) || file == "<stdin>" {
		return file
	}
	path := filepath.FromSlash(file)
	if !filepath.IsAbs(path) {
		path = filepath.Join(o.Dir, path)
	}
	if inside, err := filepath.Rel(o.Root, path); err == nil && filepath.IsLocal(inside) {
		return filepath.ToSlash(inside)
	}
	return file
}

// isURI says that a file is one of a Go module or of a revision: its name says where it begins.
func isURI(file string) bool {
	return strings.HasPrefix(file, "mod:") || strings.HasPrefix(file, "git:")
}

// Formats returns the table of formats, the default first.
func Formats() []Format {
	return []Format{
		{Name: "text", Write: writeText},
		{Name: "json", Machine: true, Write: writeJSON},
		{Name: "github", Machine: true, Write: writeGitHub, Remark: remarkGitHub},
		{Name: "sarif", Machine: true, Write: writeSARIF},
		{Name: "markdown", Machine: true, Write: writeMarkdown},
	}
}

func writeText(w io.Writer, list *diag.List, o Options) error {
	return Text{Color: o.Color, Severest: o.Severest}.Write(w, list)
}

// ordered returns the diagnostics that are printed, the most severe first if that is wanted.
func ordered(list *diag.List, severest bool) []diag.Diagnostic {
	shown := list.Shown()
	if severest {
		shown = slices.Clone(shown)
		slices.SortStableFunc(shown,
			func(a, b diag.Diagnostic) int { return int(b.Severity - a.Severity) })
	}
	return shown
}
