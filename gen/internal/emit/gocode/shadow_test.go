package gocode_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/catalog/catalogtest"
	"github.com/errspec/errspec/gen/internal/emit/gocode"
	"github.com/errspec/errspec/gen/internal/goname"
)

// A constructor's argument never shadows what its body uses, whatever its name is: each lower-case
// name that is used without a qualifier where arguments are in scope is one that goname keeps free.
func TestArgumentsShadowNothing(t *testing.T) {
	c := catalogtest.Everything(catalogtest.Envelopes()[0].Envelope)
	for _, c := range []*catalog.Catalog{c, load(t, "runtime/testdata/catalog.yaml")} {
		constructors := 0
		args := map[string]bool{}
		for e := range c.All() {
			for _, p := range goname.Of(e).Params {
				args[p.Arg] = true
			}
		}
		files, err := gocode.Emit(c, gocode.Options{Package: "p"})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if !strings.HasPrefix(f.Path, "errors") {
				continue
			}
			file, err := parser.ParseFile(token.NewFileSet(), f.Path, f.Data, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range file.Decls {
				fn, ok := d.(*ast.FuncDecl)
				if !ok ||
					fn.Recv != nil ||
					!strings.HasPrefix(fn.Name.Name, "New") && !strings.HasPrefix(fn.Name.Name, "With") {
					continue
				}
				constructors++
				for name := range unqualified(fn) {
					if !args[name] && goname.Arg(name) == name {
						t.Errorf("%s uses %s, which may be the name of an argument: add it to what package goname keeps free",
							fn.Name.Name, name)
					}
				}
			}
		}
		if constructors == 0 {
			t.Error("the package has no constructors")
		}
	}
}

// unqualified returns the names in a function that are neither selected from something nor keys of
// a literal.
func unqualified(fn *ast.FuncDecl) map[string]bool {
	names := map[string]bool{}
	ast.Inspect(fn, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			if x, ok := n.X.(*ast.Ident); ok {
				names[x.Name] = true
			} else {
				ast.Inspect(n.X, func(n ast.Node) bool {
					if x, ok := n.(*ast.Ident); ok {
						names[x.Name] = true
					}
					_, selects := n.(*ast.SelectorExpr)
					return !selects
				})
			}
			return false
		case *ast.KeyValueExpr:
			ast.Inspect(n.Value, func(n ast.Node) bool {
				if x, ok := n.(*ast.Ident); ok {
					names[x.Name] = true
				}
				return true
			})
			return false
		case *ast.Ident:
			names[n.Name] = true
		}
		return true
	})
	for name := range names {
		if token.IsExported(name) {
			delete(names, name)
		}
	}
	return names
}
