// Package emit says what an emitter is: a pure function from the resolved catalog to files.
//
// Each emitter is a package below this one; package pipeline holds the table of them. What an emitter returns depends on
// the catalog and the options alone: no clock, no host, no map order, no other emitter.
package emit

import (
	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/mdtext"
	"github.com/errspec/errspec/gen/internal/pagetemplate"
)

// A File is one output, complete.
type File struct {
	Path string // slash-separated, relative to the output folder; "" when the output is a single file
	Data []byte
}

// Options are what a user may choose beside the catalog. An emitter reads those that concern it.
type Options struct {
	Package  string // the generated Go package's name
	Tests    bool   // whether the Go package comes with its tests
	NoServer bool   // the Go package is for clients alone
	NoClient bool   // the Go package is for servers alone
	Import   string // the Go package's import path, for the package of test helpers; "": there is none

	Dialect  mdtext.Dialect    // of Markdown
	Template *pagetemplate.Set // of Markdown; nil: the one that is built in
	Index    string            // the file, without its extension, that leads to the pages of codes; "": index

	JSON   bool     // of an output that may be YAML or JSON: it is JSON
	Beside []Beside // the other outputs of the run that are published with this one, by name
}

// A Beside is another output in an output's folder or below it.
type Beside struct {
	Name string // its emitter's
	Path string // slash-separated, relative to the folder of the output (which may be a folder itself)
}

// An Emitter makes one kind of output.
type Emitter struct {
	Name string // the command line's flag, without dashes
	Doc  string // the flag's help: one line, no final dot
	Dir  bool   // the output is a folder of files, all of them ours; else it is a single file
	Mark Mark
	// Also returns the paths in subfolders that other options would make Emit write; nil: there are none.
	Also func(Options) []string
	// Emit returns the files. It never fails on a catalog that check has passed; an error is about the options.
	Emit func(*catalog.Catalog, Options) ([]File, error)
}
