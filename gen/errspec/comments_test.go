package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// TestCommentsBeginWithNames finds comments of functions and types that are about something else:
// a declaration was renamed, or moved away from below its comment.
func TestCommentsBeginWithNames(t *testing.T) {
	files := token.NewFileSet()
	check := func(name string, doc *ast.CommentGroup) {
		words := strings.Fields(doc.Text())
		if len(words) > 1 && (words[0] == "A" || words[0] == "An") {
			words = words[1:]
		}
		if len(words) > 0 && !strings.EqualFold(strings.Trim(words[0], ",:."), name) {
			t.Errorf("%v: the comment of %s begins with %q", files.Position(doc.Pos()), name, words[0])
		}
	}
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.IsDir() && (e.Name() == "testdata" || e.Name() == "node_modules"):
			return fs.SkipDir
		case filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		file, err := parser.ParseFile(files, path, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		for _, decl := range file.Decls {
			switch d := decl.(type) {
			case *ast.FuncDecl:
				check(d.Name.Name, d.Doc)
			case *ast.GenDecl:
				if d.Tok == token.TYPE && len(d.Specs) == 1 {
					check(d.Specs[0].(*ast.TypeSpec).Name.Name, d.Doc)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
