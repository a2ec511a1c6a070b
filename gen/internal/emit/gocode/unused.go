package gocode

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"unicode/utf8"

	"github.com/errspec/errspec/gen/internal/emit"
)

// A declaration is a function, a method, or one type, variable or constant of the runtime.
type declaration struct {
	file     int
	from, to int // its place in the file, with its comment
	name     string
	isMethod bool
	uses     []use
}

// A use is a name that code mentions, with a point before it or without.
type use struct {
	name     string
	isMember bool
}

// withoutUnused returns files of the runtime without the declarations that nothing in the package
// uses: those that are not exported, and that neither the other files mention nor any declaration
// that is kept. A fence says what a catalog needs; this saves a fence for each helper of it.
func withoutUnused(runtime, others []emit.File) ([]emit.File, error) {
	var all []*declaration
	for i, f := range runtime {
		found, err := declarations(f.Data)
		if err != nil {
			return nil, err
		}
		for _, d := range found {
			d.file = i
		}
		all = append(all, found...)
	}
	byUse, kept := map[use][]*declaration{}, map[*declaration]bool{}
	var keep func(d *declaration)
	keep = func(d *declaration) {
		if kept[d] {
			return
		}
		kept[d] = true
		for _, u := range d.uses {
			for _, used := range byUse[u] {
				keep(used)
			}
		}
	}
	for _, d := range all {
		u := use{d.name, d.isMethod}
		byUse[u] = append(byUse[u], d)
	}
	for _, d := range all {
		if d.name == "" || ast.IsExported(d.name) {
			keep(d)
		}
	}
	for _, d := range all {
		if !kept[d] && mentions(others, d.name) {
			keep(d)
		}
	}
	out := make([]emit.File, len(runtime))
	for i, f := range runtime {
		out[i].Path = f.Path
		from := 0
		for _, d := range all {
			if d.file == i && !kept[d] {
				out[i].Data = append(out[i].Data, f.Data[from:d.from]...)
				from = d.to
			}
		}
		out[i].Data = append(out[i].Data, f.Data[from:]...)
	}
	return out, nil
}

// mentions reports whether a name is in one of the files, outside comments on lines of their own.
func mentions(files []emit.File, name string) bool {
	return slices.ContainsFunc(files, func(f emit.File) bool {
		for from := 0; ; {
			i := bytes.Index(f.Data[from:], []byte(name))
			if i < 0 {
				return false
			}
			i, from = from+i, from+i+len(name)
			line := f.Data[bytes.LastIndexByte(f.Data[:i], '\n')+1 : i]
			isComment := bytes.HasPrefix(bytes.TrimLeft(line, "\t"), []byte("//"))
			last, _ := utf8.DecodeLastRune(f.Data[:i])
			next, _ := utf8.DecodeRune(f.Data[from:])
			if !isComment && !isInWord(last) && !isInWord(next) {
				return true
			}
		}
	})
}

// declarations returns what a file declares. A group of constants or variables has no name, and is
// always kept.
func declarations(src []byte) ([]*declaration, error) {
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, "", src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	offset := func(p token.Pos) int { return set.Position(p).Offset }
	var found []*declaration
	for _, node := range file.Decls {
		d := &declaration{from: offset(node.Pos()), to: offset(node.End())}
		doc := (*ast.CommentGroup)(nil)
		switch x := node.(type) {
		case *ast.FuncDecl:
			d.name, d.isMethod, doc = x.Name.Name, x.Recv != nil, x.Doc
		case *ast.GenDecl:
			doc = x.Doc
			if !x.Lparen.IsValid() {
				d.name = nameOfSpec(x.Specs[0])
			}
		}
		if doc != nil {
			d.from = offset(doc.Pos())
		}
		d.to += bytes.IndexByte(src[d.to:], '\n') + 1
		d.uses = usesIn(node)
		found = append(found, d)
	}
	return found, nil
}

func nameOfSpec(spec ast.Spec) string {
	switch x := spec.(type) {
	case *ast.TypeSpec:
		return x.Name.Name
	case *ast.ValueSpec:
		if len(x.Names) == 1 && x.Names[0].Name != "_" {
			return x.Names[0].Name
		}
	}
	return ""
}

// usesIn returns the names that code mentions. The methods of an interface count as members.
func usesIn(node ast.Node) []use {
	var uses []use
	members := map[*ast.Ident]bool{}
	ast.Inspect(node, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.SelectorExpr:
			members[x.Sel] = true
		case *ast.InterfaceType:
			for _, method := range x.Methods.List {
				for _, name := range method.Names {
					members[name] = true
				}
			}
		case *ast.Ident:
			uses = append(uses, use{x.Name, members[x]})
		}
		return true
	})
	return uses
}
