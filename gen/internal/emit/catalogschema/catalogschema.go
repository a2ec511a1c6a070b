// Package catalogschema makes the JSON Schemas (2020-12) of the catalog format and of errspec.yaml,
// for editors: completion, hover, and mistakes shown while one types.
//
// It reads [syntax.Format] and [syntax.ConfigFormat], the definitions that the parsers read, so a
// schema and its parser cannot differ. The compiled catalog has no influence. Every key has a
// description, every choice an enum, and objects forbid unknown keys. The schemas check form alone,
// and less strictly than errspec does: what they refuse the parsers refuse too, except numbers and
// bools in quotes.
package catalogschema

import (
	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// Emit returns the schema of the catalog format.
func Emit() ([]emit.File, error) {
	return []emit.File{{Data: Document("errspec catalog", syntax.Format())}}, nil
}

// EmitConfig returns the schema of errspec.yaml.
func EmitConfig() ([]emit.File, error) {
	return []emit.File{{Data: Document("errspec.yaml", syntax.ConfigFormat())}}, nil
}

// Document returns the schema of a format as a file.
func Document(title string, format *syntax.Type) []byte {
	d := newDefs()
	root := d.object(format)
	root.Title = title
	root.Description = format.Doc
	root.Defs = d.used(root)
	return root.Document(emit.Notice)
}
