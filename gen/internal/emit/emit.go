// Package emit holds what all emitters share. An emitter is a pure function from the resolved
// catalog to files.
//
// Each emitter is a package below this one, with options of its own; package pipeline holds the
// table of them. What an emitter returns depends on the catalog and its options alone: no clock, no
// host, no map order, no other emitter.
package emit

// A File is one output, complete.
type File struct {
	Path string // slash-separated, relative to the output folder; "" when the output is a single file
	Data []byte
}

// A Beside is another output of the same run, in an output's folder or below it.
type Beside struct {
	Name string // its emitter's
	Path string // slash-separated, relative to the folder of the output (which may be a folder itself)
}
