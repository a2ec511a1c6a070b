// Package catalogschema makes the JSON Schema (2020-12) of the catalog format, for editors: completion, hover, and mistakes
// shown while one types.
//
// It is made from [syntax.Format], the definition that the parser goes by, so that the two cannot differ; the catalog that
// is compiled has no say in it. Every key has a description, every choice an enum, objects forbid unknown keys. The schema
// judges form alone, and less strictly than errspec lint: what it refuses the parser refuses too, but for numbers and bools
// in quotes.
package catalogschema

import (
	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// Emit returns the schema.
func Emit() ([]emit.File, error) {
	return []emit.File{{Data: Document(syntax.Format())}}, nil
}

// Document returns the schema of a format as a file.
func Document(format *syntax.Type) []byte {
	d := newDefs()
	root := d.object(format)
	root.Title = "errspec catalog"
	root.Description = format.Doc
	root.Defs = d.list
	return root.Document(emit.Notice)
}
