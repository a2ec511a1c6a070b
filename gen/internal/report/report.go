// Package report prints diagnostics: as text for people, and in formats for programs.
//
// It takes a list of diagnostics. The bytes that it writes depend only on the list and the options.
// Every format prints at most [diag.MaxShown] diagnostics, the most severe ones, and counts all of
// them.
package report

import (
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/errspec/errspec/gen/internal/diag"
)

// A Format is a way to print diagnostics.
type Format struct {
	Name string
	// Machine marks formats for programs. They print a report even if there are no diagnostics, to
	// standard output, which must contain nothing else.
	Machine bool
	Write   func(io.Writer, *diag.List, Options) error
	// Remark prints a remark that should be seen with the diagnostics. It is nil if the format does
	// not support remarks.
	Remark func(io.Writer, string) error
}

// Options are what formats need besides the diagnostics.
type Options struct {
	Color    bool   // text only: with ANSI escapes, for a terminal
	Severest bool   // text and markdown: the most severe diagnostics first
	Version  string // of errspec, as in v1.2.3

	// Dir is the working directory, and Root the folder of its repository, or "" if it is in none.
	// Readers of github, sarif and markdown only know the repository, so these formats name files
	// from Root. The others name them from Dir.
	Dir, Root string

	// Command and Catalog are what the user asked for. Only SARIF contains them: GitHub replaces
	// earlier results of a tool unless the category differs, and a repository may have several
	// catalogs and run several commands on each.
	Command, Catalog string
}

// name returns the name of a file for readers who only know the repository.
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

// isURI reports whether a file is in a Go module or a revision, so that its name is absolute.
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

// ordered returns the diagnostics to print, the most severe first if requested.
func ordered(list *diag.List, severest bool) []diag.Diagnostic {
	shown := list.Shown()
	if severest {
		shown = slices.Clone(shown)
		slices.SortStableFunc(shown,
			func(a, b diag.Diagnostic) int { return int(b.Severity - a.Severity) })
	}
	return shown
}
