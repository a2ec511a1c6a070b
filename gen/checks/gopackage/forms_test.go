package gopackage

import (
	"fmt"
	"go/ast"
	"go/format"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/gen/internal/emit/gocode"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/source"
)

// parts are optional parts of a catalog: lines of its head, of its envelope's body, and of its
// codes. Each makes the package larger.
var parts = []struct{ name, head, body, codes string }{
	{"a service", "service: acme\n", "", ""},
	{"addresses", "docs_url: https://a.example/errors\n", "    doc: $docs_url\n", ""},
	{"types", "type_base: https://a.example/\n", "    type: $type\n", ""},
	{"problems", "", "PROBLEM", ""},
	{"titles", "", "    title: $title\n", ""},
	{"groups", "", "    group: $group\n", ""},
	{"instances", "", "    instance: $instance\n", ""},
	{"request ids", "", "    trace: [{id: \"req-${request_id}\"}, null]\n", ""},
	{"delays in the body", "", "    wait: $retry_after\n", ""},
	{"variants in the body", "", "    variant: $variant\n", ""},
	{"params in the body", "", "    params: $params\n", ""},
	{"a code without a message", "", "", "      - {code: QUIET, status: 400, message: null}\n"},
	{"variants without a message", "", "",
		"      - {code: HUSH, status: 404, params: {id: {type: string}}, variants: [{id: a, message: null}, {id: b, message: \"No ${id}\"}]}\n"},
	{"alternatives in the body", "", "    other: {$or: [$meta.kind, null]}\n", ""},
	{"params or else in the body", "", "    count: {$or: [$param.count, 0]}\n",
		"      - {code: COUNTED, status: 400, params: {count: {type: int}}, message: \"${count} counted\"}\n"},
	{"items that are omitted", "",
		"    loose: [{type: a, kind: $meta.kind}, {type: b, name: $param.name}]\n",
		"      - {code: NAMED, status: 400, params: {name: {type: string}}, meta: {kind: b}, message: \"${name} named\"}\n"},
	{"several errors in the body", "",
		"    errors: {$each: {code: $code, detail: $message, state: $status}}\n", ""},
	{"a param in a text of the body", "", "    left: \"${param.count} left\"\n", ""},
	{"meta in the body", "", "    kind: $meta.kind\n", ""},
	{"typed meta in the body", "", "    typed: $meta.typed\n",
		"      - {code: TYPED, status: 400, message: Typed, meta: {typed: true}}\n      - {code: UNTYPED, status: 400, message: Untyped, meta: {typed: \"true\"}}\n"},
	{"a status as text", "", "    text: $status_string\n", ""},
	{"the phrase of the status", "", "    phrase: $status_text\n", ""},
	{"retired codes", "retired: [{code: GONE, status: 410, use: INTERNAL}]\n", "", ""},
	{"a default policy", "retry_default: {base: 1s}\n", "", ""},
	{"no fallback", "", "", "NO500"},
	{"a timeout", "", "", "      - {code: TIMEOUT, status: 504, message: Too slow}\n"},
	{"several statuses", "", "",
		"      - {code: SUSPENDED, status: [401, 403], message: Suspended}\n"},
	{"variants", "", "",
		"      - {code: MISSING, status: 404, variants: [{id: a, message: No a}, {id: b, message: No b}]}\n"},
	{"variants with params", "", "",
		"      - {code: ABSENT, status: 404, params: {id: {type: string}}, variants: [{id: a, message: \"No ${id}\"}, {id: b, message: \"Gone: ${id}\", resolution: Wait.}]}\n"},
	{"text", "", "",
		"      - {code: TEXT, status: 400, params: {name: {type: string}}, message: \"Hello ${name}\"}\n"},
	{"an enum", "", "",
		"      - {code: ENUM, status: 400, params: {kind: {type: string, enum: [a, b]}}, message: \"Of ${kind}\"}\n"},
	{"an int", "", "",
		"      - {code: INT, status: 400, params: {count: {type: int}}, message: \"${count} left\"}\n"},
	{"a float", "", "",
		"      - {code: FLOAT, status: 400, params: {ratio: {type: float}}, message: \"${ratio} left\"}\n"},
	{"a bool", "", "",
		"      - {code: BOOL, status: 400, params: {on: {type: bool}}, message: \"On is ${on}\"}\n"},
	{"a size", "", "",
		"      - {code: SIZE, status: 413, params: {size: {type: bytes}}, message: \"At most ${size}\"}\n"},
	{"a duration", "", "",
		"      - {code: DELAY, status: 400, params: {wait: {type: duration}}, message: \"Wait ${wait}\"}\n"},
	{"a time", "", "",
		"      - {code: TIME, status: 400, params: {at: {type: time}}, message: \"Wait until ${at}\"}\n"},
	{"a list", "", "    all: $params\n",
		"      - {code: LIST, status: 400, params: {rows: {type: list, items: {id: int, at: time}, detail: true}, ids: {type: list, items: int, detail: true}}, message: A list}\n"},
	{"an object", "", "    object: $params\n",
		"      - {code: OBJECT, status: 400, params: {at: {type: object, fields: {id: int, at: time}}, deep: {type: object, fields: {why: {type: string, optional: true}, sub: {type: object, optional: true, fields: {kind: {type: string, enum: [a]}}}}}}, message: An object}\n"},
	{"an optional object", "", "    maybe: $params\n",
		"      - {code: MAYBE, status: 400, params: {at: {type: object, optional: true, fields: {id: int}}, rows: {type: list, optional: true, items: {type: list, items: duration}}}, message: An object}\n"},
	{"a map", "", "    map: $params\n",
		"      - {code: MAP, status: 400, params: {errors: {type: map, values: {type: list, items: string}}, by: {type: map, optional: true, values: {n: int}}}, message: A map}\n"},
	{"any JSON", "", "    json: $params\n",
		"      - {code: ANY, status: 400, params: {data: {type: json}, more: {type: list, items: json}}, message: Any}\n"},
	{"a param apart", "", "    apart: $param.names\n",
		"      - {code: APART, status: 400, params: {names: {type: list, items: string, detail: false}, who: {type: string, detail: false}}, message: \"Not ${who}\"}\n"},
	{"a nested secret", "", "",
		"      - {code: NESTED, status: 400, params: {keys: {type: map, values: {type: list, items: {at: time}}, sensitive: true}, raw: {type: json, sensitive: true}}, message: Wrong}\n"},
	{"an optional param", "", "    rest: $params\n",
		"      - {code: OPTIONAL, status: 400, params: {hint: {type: string, optional: true, detail: true}, size: {type: bytes, optional: true, detail: true}}, message: Optional}\n"},
	{"many params", "", "",
		"      - {code: MANY, status: 400, params: {a: {type: string}, b: {type: int}, c: {type: int}, d: {type: int}, e: {type: int}, f: {type: int}}, message: \"${a} ${b} ${c} ${d} ${e} ${f}\"}\n"},
	{"a secret", "", "",
		"      - {code: SECRET, status: 400, params: {password: {type: string, sensitive: true}}, message: Wrong}\n"},
	{"an optional secret", "", "",
		"      - {code: TOKEN, status: 400, params: {tokens: {type: list, items: string, sensitive: true, optional: true}}, message: Wrong}\n"},
	{"a header", "", "",
		"      - {code: HEADER, status: 400, message: A header, headers: {X-A: b}}\n"},
	{"a header of params", "", "",
		"      - {code: HEADERS, status: 400, params: {n: {type: int}, s: {type: string}, z: {type: bytes}, t: {type: time}, d: {type: duration}}, message: \"${n}\", headers: {X-A: \"${n} ${s} ${z}\", X-T: \"${t}\", X-D: \"${d}\"}}\n"},
	{"a header that tells the code", "", "",
		"      - {code: TOLD, status: 400, message: Told, headers: {X-Code: $code}}\n"},
	{"params of headers alone", "", "",
		"      - {code: ASIDE, status: 400, params: {n: {type: int}, s: {type: string, optional: true}, z: {type: bytes}, t: {type: time}, d: {type: duration}}, message: Aside, headers: {X-A: \"${n} ${z}\", X-S: \"${s}\", X-T: \"${t}\", X-D: \"${d}\"}}\n"},
	{"a Retry-After", "", "",
		"      - {code: BUSY, status: 503, message: Busy, headers: {Retry-After: \"30\"}}\n"},
	{"a Retry-After of a param", "", "",
		"      - {code: LIMITED, status: 429, params: {wait: {type: duration}}, message: \"Wait ${wait}\", headers: {Retry-After: \"${wait}\"}}\n"},
	{"a Retry-After of an int", "", "",
		"      - {code: SLOW, status: 429, params: {n: {type: int}}, message: \"Wait ${n} s\", headers: {Retry-After: \"${n}\"}}\n"},
	{"a Retry-After of a time", "", "",
		"      - {code: LATER, status: 429, params: {at: {type: time}}, message: \"Wait until ${at}\", headers: {Retry-After: \"${at}\"}}\n"},
	{"values", "", "",
		"      - {code: VALUES, status: 400, values: {max: 10MB, on: true, wait: 90s, list: [a, b], at: {type: time, value: \"2026-06-12T00:00:00Z\"}}, message: Values}\n"},
	{"retries", "", "", "      - {code: AGAIN, status: 503, message: Again, retry: {base: 1s}}\n"},
	{"descriptions", "", "",
		"      - {code: DESCRIBED, status: 400, message: Described, description: It is., see: [INTERNAL], since: \"2\", stability: beta, tags: [a], meta: {kind: b}}\n"},
	{"a deprecated code", "", "",
		"      - {code: OLD, status: 400, message: Old, deprecated: {use: INTERNAL}}\n"},
	{"long names", "", "",
		"      - {code: A_NAME_OF_SIXTY_CHARACTERS_OR_SO_IS_TOO_LONG_FOR_ONE_LINE_OF_GOFMT, status: 400, message: Long}\n" +
			"      - {code: A_NAME_OF_FORTY_CHARACTERS_IS_NOT_TOO_LONG, status: 400, message: \"Long ${a_param_with_a_long_name_too}\", params: {a_param_with_a_long_name_too: {type: string}}}\n"},
	{"an error without a code", "", "",
		"      - {code: PLAIN, status: 410, message: Plain, anonymous: true}\n"},
	{"errors without a code", "", "",
		"      - {code: NOBODY, status: 402, message: Nobody, anonymous: true}\n" +
			"      - {code: SOMEBODY, status: 402, message: \"Somebody ${name}\", params: {name: {type: string}}, anonymous: true}\n"},
	{"an internal code", "", "",
		"      - {code: HIDDEN, status: 500, message: Hidden, visibility: internal}\n"},
}

// composed returns the catalog with some of the parts.
func composed(tb testing.TB, has func(part int) bool) *catalog.Catalog {
	tb.Helper()
	var head, body, codes strings.Builder
	media, fallback := "", "      - {code: INTERNAL, status: 500, message: Failed}\n"
	for i, p := range parts {
		if !has(i) {
			continue
		}
		head.WriteString(p.head)
		switch {
		case p.body == "PROBLEM":
			media = "  media_type: application/problem+json\n"
		case p.codes == "NO500":
			fallback = "      - {code: INTERNAL, status: 418, message: Failed}\n"
		default:
			body.WriteString(p.body)
			codes.WriteString(p.codes)
		}
	}
	text := "version: 1\ntitle: Errors\n" + head.String() + "envelope:\n" + media +
		"  body:\n    code: $code\n    message: $message\n    status: $status\n" +
		body.String() + "groups:\n  - id: g\n    title: G\n    errors:\n" + fallback +
		codes.String()
	c, list := pipeline.Load(source.New("catalog.yaml", []byte(text), nil))
	if c == nil {
		for _, d := range list.All() {
			tb.Errorf("%s: %s: %s", d.Severity, d.Rule, d.Message)
		}
		tb.Fatalf("the catalog does not load:\n%s", text)
	}
	return c
}

// A package contains only what its catalog and its flags need, compiles, and its comments link to
// nothing else: with each part alone, with all parts but one, and with random parts; for servers, for
// clients and for both. (Linters do not report unused functions of generated files.)
func TestEveryFormCompiles(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	choices := map[string]func(int) bool{"none": func(int) bool { return false },
		"all": func(int) bool { return true }}
	for k, p := range parts {
		choices["only "+p.name] = func(i int) bool { return i == k }
		choices["all but "+p.name] = func(i int) bool { return i != k }
	}
	for n := range 10 {
		chosen := random.Uint64()
		choices[fmt.Sprintf("some, %d", n)] = func(i int) bool { return chosen>>(i%64)&1 == 1 }
	}
	imports := importer.ForCompiler(token.NewFileSet(), "source", nil)
	for name, has := range choices {
		c := composed(t, has)
		for form, o := range map[string]gocode.Options{"both": {}, "server": {NoClient: true},
			"client": {NoServer: true}} {
			if form != "both" && strings.HasPrefix(name, "all but") {
				continue
			}
			o.Package, o.Tests = "apierr", true
			files, err := gocode.Emit(c, o)
			if err != nil {
				t.Fatalf("%s, %s: %v", name, form, err)
			}
			compiles(t, name+", "+form, imports, files)
			if name == "all" || name == "none" {
				o.Tests = false
				files, err := gocode.Emit(c, o)
				if err != nil {
					t.Fatalf("%s, %s: %v", name, form, err)
				}
				compiles(t, name+", "+form+", without tests", imports, files)
			}
		}
	}
}

// The package of test helpers compiles whatever the package is called: also like a package that the
// helpers import, or like a variable in them.
func TestHelpersOfAnyName(t *testing.T) {
	c := composed(t, func(i int) bool { return strings.HasPrefix(parts[i].name, "several") })
	std := importer.ForCompiler(token.NewFileSet(), "source", nil)
	words := helpersCompile(t, c, std, "apierr")
	if !words["errors"] || !words["resp"] || !words["httptest"] {
		t.Fatalf("the words of the helpers are %v", words)
	}
	words["errs"] = true
	for name := range words {
		helpersCompile(t, c, std, name)
		if before, ok := strings.CutSuffix(name, "test"); ok && before != "" {
			helpersCompile(t, c, std, before) // its helpers are called so
		}
	}
}

// An importing imports packages that were checked before.
type importing struct {
	types.Importer
	own map[string]*types.Package
}

func (i importing) Import(path string) (*types.Package, error) {
	if p := i.own[path]; p != nil {
		return p, nil
	}
	return i.Importer.Import(path)
}

// helpersCompile fails the test if the helpers of a package with a name do not type-check, or their
// examples. It returns the identifiers in them.
func helpersCompile(
	t *testing.T, c *catalog.Catalog, std types.Importer, name string,
) (words map[string]bool) {
	t.Helper()
	path := "example.com/apierr-go/" + name
	files, err := gocode.Emit(c, gocode.Options{Package: name, Tests: true, Import: path})
	if err != nil {
		t.Fatal(err)
	}
	set, words := token.NewFileSet(), map[string]bool{}
	known := importing{std, map[string]*types.Package{}}
	check := func(path string, isIn func(file string) bool) {
		var parsed []*ast.File
		for _, f := range files {
			if !isIn(f.Path) {
				continue
			}
			file, err := parser.ParseFile(set, f.Path, f.Data, parser.SkipObjectResolution)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			parsed = append(parsed, file)
			ast.Inspect(file, func(n ast.Node) bool {
				if id, ok := n.(*ast.Ident); ok && id.Name != "_" && strings.Contains(f.Path, "/") {
					words[id.Name] = true
				}
				return true
			})
		}
		conf := types.Config{Importer: known,
			Error: func(err error) { t.Errorf("a package called %s: %v", name, err) }}
		known.own[path], _ = conf.Check(path, set, parsed, nil)
	}
	check(path, func(file string) bool {
		return !strings.Contains(file, "/") && !strings.HasSuffix(file, "_test.go")
	})
	test := name + "test"
	check(path+"/"+test, func(file string) bool { return file == test+"/"+test+".go" })
	check(path+"/"+test+"_test", func(file string) bool { return file == test+"/example_test.go" })
	return words
}

// compiles fails the test if a package does not type-check or is not formatted.
func compiles(t *testing.T, name string, imports types.Importer, files []emit.File) {
	t.Helper()
	set := token.NewFileSet()
	var parsed []*ast.File
	for _, f := range files {
		mode := parser.ParseComments | parser.SkipObjectResolution
		file, err := parser.ParseFile(set, f.Path, f.Data, mode)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		parsed = append(parsed, file)
		if want, err := format.Source(f.Data); err != nil || string(want) != string(f.Data) {
			t.Errorf("%s: gofmt would change %s: %v", name, f.Path, err)
		}
	}
	conf := types.Config{Importer: imports,
		Error: func(err error) { t.Errorf("%s: %v", name, err) }}
	info := &types.Info{Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{}}
	pkg, _ := conf.Check("apierr", set, parsed, info)
	for _, object := range unused(parsed, info) {
		t.Errorf("%s: nothing uses %s, %s", name, object.Name(), set.Position(object.Pos()))
	}
	for _, file := range parsed {
		if file.Doc != nil {
			usageCompiles(t, name, imports, pkg, file.Doc.Text())
		}
		for _, comment := range file.Comments {
			for _, link := range docLink.FindAllStringSubmatch(comment.Text(), -1) {
				if !declares(pkg, link[1], link[2]) {
					t.Errorf("%s: %s: %s is not in the package", name, set.Position(comment.Pos()), link[0])
				}
			}
		}
	}
}

// usageCompiles fails the test if the code in a package's documentation does not compile in a
// function that has the variables that it uses. Their types are not known: a variable may stand for
// anything but a struct of params.
func usageCompiles(
	t *testing.T, name string, imports types.Importer, pkg *types.Package, doc string,
) {
	t.Helper()
	src := "package use\n\nimport (\"apierr\"; \"errors\"; \"log\"; \"net/http\")\n\nfunc _() {\n"
	for line := range strings.Lines(doc) {
		if strings.HasPrefix(line, "\t") {
			src += strings.ReplaceAll(line, "…", "")
		}
	}
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, "doc.go", src+"}\n", parser.SkipObjectResolution)
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, src)
	}
	conf := types.Config{Importer: importing{imports, map[string]*types.Package{"apierr": pkg}}}
	conf.Error = func(err error) {
		if !isOfSnippet.MatchString(err.Error()) {
			t.Errorf("%s: %v\n%s", name, err, src)
		}
	}
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}}
	_, _ = conf.Check("use", set, []*ast.File{file}, info)
	ast.Inspect(file, func(n ast.Node) bool {
		call, _ := n.(*ast.CallExpr)
		if call == nil {
			return true
		}
		sig, _ := info.TypeOf(call.Fun).(*types.Signature)
		for i, arg := range call.Args {
			if sig == nil || i >= sig.Params().Len() {
				break
			}
			takesStruct := strings.HasSuffix(sig.Params().At(i).Type().String(), "Params")
			if _, isLiteral := arg.(*ast.CompositeLit); takesStruct && !isLiteral {
				t.Errorf("%s: the documentation passes a variable for a struct of params:\n%s", name, src)
			}
		}
		return true
	})
}

// isOfSnippet matches errors about code that is part of a function. A variable may be called like a
// package.
var isOfSnippet = regexp.MustCompile(`undefined: [a-z]|and not used|use of package`)

// unused returns what a package declares and nobody can use: functions, methods, types, variables
// and constants that are not exported and that only their own declarations mention.
func unused(files []*ast.File, info *types.Info) (found []types.Object) {
	used := map[types.Object]bool{}
	required := map[string]bool{} // methods that interfaces have
	for _, file := range files {
		for _, d := range file.Decls {
			own := info.Defs[declared(d)]
			ast.Inspect(d, func(n ast.Node) bool {
				if id, ok := n.(*ast.Ident); ok && info.Uses[id] != own {
					used[info.Uses[id]] = true
				}
				if i, ok := n.(*ast.InterfaceType); ok {
					for _, method := range i.Methods.List {
						for _, id := range method.Names {
							required[id.Name] = true
						}
					}
				}
				return true
			})
		}
	}
	for id, object := range info.Defs {
		if object == nil || object.Exported() || used[object] || id.Name == "_" || id.Name == "init" {
			continue
		}
		f, isFunc := object.(*types.Func)
		isMethod := isFunc && f.Signature().Recv() != nil
		if isMethod && !required[id.Name] || !isMethod && object.Parent() == object.Pkg().Scope() {
			found = append(found, object)
		}
	}
	return found
}

// declared returns the name of a function; nil for anything else.
func declared(d ast.Decl) *ast.Ident {
	if f, ok := d.(*ast.FuncDecl); ok {
		return f.Name
	}
	return nil
}

// docLink is a link of a comment to a name of its package.
var docLink = regexp.MustCompile(`\[\*?([A-Z]\w*)(?:\.(\w+))?\]`)

// declares reports whether a package has a name, and a member of it if that is not empty.
func declares(pkg *types.Package, name, member string) bool {
	object := pkg.Scope().Lookup(name)
	if object == nil || member == "" {
		return object != nil
	}
	found, _, _ := types.LookupFieldOrMethod(object.Type(), true, pkg, member)
	return found != nil
}
