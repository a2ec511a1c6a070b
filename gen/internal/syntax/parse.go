// Package syntax reads a catalog as it was written: its parts with their positions, and whether
// they have the form of the format. It does not check the meaning; package check does.
//
// It takes a [source.Source], and returns a [Catalog] in which every scalar knows its position,
// down to a byte inside it ([Scalar.At]), and the list of all mistakes in its form, found in one
// run: broken YAML, unknown, missing and duplicate keys, values of the wrong kind, files that are
// not there. If the list has errors the tree is as complete as could be made, so that check can
// look for more; a field whose value was refused is as if it had not been written.
//
// The format is defined once, in definition.go, for this package and for editors alike; see
// [Format].
package syntax

import (
	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/source"
)

// Parse reads the catalog that src leads to, and closes it. The catalog is nil if its root file
// could not be read at all, or is no mapping.
func Parse(src *source.Source) (*Catalog, diag.List) {
	defer func() { _ = src.Close() }() // it was only read
	var list diag.List
	node := load(src.File, &list)
	if node == nil {
		return nil, list
	}
	c := &Catalog{Documents: []Document{{src.File, node}}}
	w := newWalker(&list)
	w.in(src.File)
	format := Format()
	if isPart(node) {
		format = IncludedFormat()
		w.report(diag.Diagnostic{
			Rule: rule.WrongType, Span: w.place(resolve(node)),
			Message: "this file is a part of a catalog: it has neither a version nor a title",
			Help: "name the file that includes it, or add `version: 1` and a title, " +
				"as in `title: Errors`",
		})
	}
	w.walk(node, format, c)
	if !c.IsSet() || resolve(node).Kind != yaml.MappingNode {
		return nil, list
	}
	if c.Version.IsSet() && c.Version.Text != "1" {
		w.path = []step{{key: "version"}}
		w.report(diag.Diagnostic{
			Rule:    rule.WrongType,
			Span:    c.Version.Span(),
			Message: "this errspec does not support version " + c.Version.Text + " of the catalog format",
			Help:    "write version: 1, or use a newer errspec",
		})
	}
	if c.Include != nil || c.Docs.IsSet() {
		l := newLoader(src, &list)
		before := list.Len()
		l.include(c)
		if t := Format(); c.Include != nil && c.Groups == nil && list.Len() == before {
			w.path = nil
			w.missingKey(node, t, &t.Fields[t.field("groups")])
		}
		c.Documents = append(c.Documents, l.documents...)
		l.sections(c)
	}
	c.Refused, c.Partial = refusals(&list), list.HasErrors()
	return c, list
}

// isPart reports whether a root file is one that another file includes.
func isPart(root *yaml.Node) bool {
	root = resolve(root)
	return root.Kind == yaml.MappingNode && fieldsOnly(root, IncludedFormat())
}

// refusals returns the places of the values whose form is wrong.
func refusals(list *diag.List) map[Refusal]bool {
	var places map[Refusal]bool
	for _, d := range list.All() {
		switch d.Rule {
		case rule.UnknownKey, rule.MissingKey, rule.DuplicateKey: // those are about keys
			continue
		case rule.IgnoreUnused, rule.AcceptUnused: // those are about comments
			continue
		}
		if places == nil {
			places = map[Refusal]bool{}
		}
		places[Refusal{d.Span.File, d.Path}] = true
	}
	return places
}

// A Document is a file of a catalog, as YAML.
type Document struct {
	File *diag.File
	Root *yaml.Node // nil if the file could not be read; diagnostics say why
}

// load returns the root node of a file, or nil after saying why there is none.
func load(f *diag.File, list *diag.List) *yaml.Node {
	if !readable(f, list) {
		return nil
	}
	n := decode(f, list)
	if n != nil && !bounded(f, n, list) {
		return nil
	}
	reportUnseen(f, n, list) // also where they may be why it is not YAML
	return n
}
