package hostile

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/types"
	"maps"
	"slices"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/gen/internal/goname"
)

// consumed is the path of the package that consumers import.
const consumed = "catalog.test/apierr"

// declared type-checks a generated package without the bodies of its functions, which no caller
// sees.
func (j *judge) declared(files []emit.File) (*types.Package, error) {
	var all []*ast.File
	for _, f := range files {
		file, err := parser.ParseFile(j.fset, f.Path, f.Data, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		all = append(all, file)
	}
	config := types.Config{Importer: j.std, GoVersion: "go1.24", IgnoreFuncBodies: true}
	return config.Check(consumed, j.fset, all, nil)
}

// namesOf returns the names of the package that a code has: its own, and those of its types.
func namesOf(e *catalog.Entry) []string {
	n := goname.Of(e)
	all := append([]string{n.Code, n.Type}, n.Values...)
	if len(e.Params) > 0 {
		all = append(all, n.Entry.Params)
	}
	for _, v := range n.Variants {
		if all = append(all, v.New); v.Const != "" {
			all = append(all, v.Const)
		}
	}
	for i := range n.Params {
		all = append(all, n.Params[i].Package()...)
	}
	return all
}

// A consumer is a Go file that uses whatever a package has for one code, as it is.
type consumer struct {
	imports map[string]string // names by paths
	body    strings.Builder
	// the names of the constructors' parameters, in their order: who swaps two of one type changes
	// what callers say, and nothing that a compiler sees
	args map[string][]string
}

func (c *consumer) typeText(t types.Type) string {
	return types.TypeString(t, func(p *types.Package) string {
		c.imports[p.Path()] = p.Name()
		return p.Name()
	})
}

// uses writes functions that use an object of a package.
func (c *consumer) uses(o types.Object) {
	const use = "func _(%s) { x := %s; var _ *%s = &x }\n"
	name := "apierr." + o.Name()
	switch o := o.(type) {
	case *types.Const:
		fmt.Fprintf(&c.body, use, "", name, c.typeText(types.Default(o.Type())))
	case *types.Func:
		sig := o.Signature()
		var params, args []string
		for i := range sig.Params().Len() {
			p := sig.Params().At(i)
			if sig.Variadic() && i == sig.Params().Len()-1 {
				break
			}
			params = append(params, fmt.Sprintf("p%d %s", i, c.typeText(p.Type())))
			args = append(args, fmt.Sprint("p", i))
			c.args[o.Name()] = append(c.args[o.Name()], p.Name())
		}
		fmt.Fprintf(&c.body, use, strings.Join(params, ", "), name+"("+strings.Join(args, ", ")+")",
			c.typeText(sig.Results().At(0).Type()))
	case *types.TypeName:
		c.usesType(o, name)
	}
}

func (c *consumer) usesType(o *types.TypeName, name string) {
	named := o.Type().(*types.Named)
	for m := range named.Methods() {
		if m.Exported() {
			fmt.Fprintf(&c.body, "func _() { x := (*%s).%s; _ = x }\n", name, m.Name())
		}
	}
	s, ok := named.Underlying().(*types.Struct)
	if !ok { // of an enum
		fmt.Fprintf(&c.body, "func _(v %s) { _ = %s(%s(v)) }\n", name, name,
			c.typeText(named.Underlying()))
		return
	}
	var keyed []string
	for f := range s.Fields() {
		if !f.Exported() {
			continue
		}
		fmt.Fprintf(&c.body, "func _(v %s) { x := v.%s; var _ *%s = &x }\n", name, f.Name(),
			c.typeText(f.Type()))
		keyed = append(keyed, fmt.Sprintf("%s: v.%[1]s", f.Name()))
	}
	fmt.Fprintf(&c.body, "func _(v %s) { _ = %[1]s{%s} }\n", name, strings.Join(keyed, ", "))
}

// consume returns a consumer of what a package has for a code.
func consume(pkg *types.Package, e *catalog.Entry) *consumer {
	c := &consumer{imports: map[string]string{consumed: "apierr"}, args: map[string][]string{}}
	for _, name := range slices.Compact(slices.Sorted(slices.Values(namesOf(e)))) {
		if o := pkg.Scope().Lookup(name); o != nil {
			c.uses(o)
		}
	}
	return c
}

func (c *consumer) source() string {
	var b strings.Builder
	b.WriteString("package consumer\n\n")
	for _, path := range slices.Sorted(maps.Keys(c.imports)) {
		fmt.Fprintf(&b, "import %s %q\n", c.imports[path], path)
	}
	return b.String() + "\nvar _ apierr.Code\n" + c.body.String()
}

// broken returns what a package breaks in the consumers of the codes of another, by code. A name
// that is now another code's breaks its consumers, too: they compile, and mean another code.
func (j *judge) broken(
	was, now *types.Package, old, current *catalog.Catalog,
) (map[string]string, error) {
	var files []*ast.File
	codes := map[string]string{} // by the names of files
	broken := map[string]string{}
	owners := map[string]string{}
	for e := range current.All() {
		for _, name := range namesOf(e) {
			owners[name] = e.Code
		}
	}
	for e := range old.All() {
		for _, name := range namesOf(e) {
			if owner := owners[name]; owner != "" && owner != e.Code {
				broken[e.Code] = fmt.Sprintf("%s is a name of %s now", name, owner)
			}
		}
		c := consume(was, e)
		name := fmt.Sprintf("consumer%d.go", e.Index)
		codes[name] = e.Code
		f, err := parser.ParseFile(j.fset, name, c.source(), parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
		for fn, args := range c.args {
			if o, ok := now.Scope().Lookup(fn).(*types.Func); ok {
				if is := argNames(o); !slices.Equal(args, is) {
					broken[e.Code] = fmt.Sprintf("%s took %q and takes %q", fn, args, is)
				}
			}
		}
	}
	config := types.Config{
		Importer: beside{j.std, now}, GoVersion: "go1.24",
		Error: func(err error) {
			if e, ok := errors.AsType[types.Error](err); ok {
				broken[codes[e.Fset.Position(e.Pos).Filename]] = e.Msg
			}
		},
	}
	_, _ = config.Check("consumer", j.fset, files, nil)
	return broken, nil
}

// argNames returns the names of a constructor's parameters, without its options.
func argNames(f *types.Func) (list []string) {
	sig := f.Signature()
	n := sig.Params().Len()
	if sig.Variadic() {
		n--
	}
	for i := range n {
		list = append(list, sig.Params().At(i).Name())
	}
	return list
}

// beside imports a package beside the standard library.
type beside struct {
	std types.Importer
	pkg *types.Package
}

func (b beside) Import(path string) (*types.Package, error) {
	if path == b.pkg.Path() {
		return b.pkg, nil
	}
	return b.std.Import(path)
}
