package gopackage

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/catalog/catalogtest"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/emit/gocode"
	"github.com/errspec/errspec/gen/internal/goname"
	"github.com/errspec/errspec/gen/internal/message"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/source"
	"github.com/errspec/errspec/gen/internal/value"
)

// Names that broke generators: words that Go reserves or declares, packages, methods of errors, and
// names that the generated package uses itself. Each is a code, and a param of every type.
var hostileNames = strings.Fields(`
	break case chan const continue default defer else fallthrough for func go goto if import
	interface map package range return select
	struct switch type var
	any append bool byte cap clear close comparable complex complex64 complex128 copy delete error
	false float32 float64 imag int int8
	int16 int32 int64 iota len make max min new nil panic print println real recover rune string
	true uint uint8 uint16 uint32 uint64
	uintptr
	bytes cmp context errors fmt http io iter json maps math os reflect regexp runtime slices slog
	sort strconv strings sync testing
	time unicode url utf8
	As Is Unwrap Code Variant Message Status RequestID RetryAfter Header Info Remote LogValue
	MarshalJSON AppendJSON Cause
	e err i opts core args arg params infos info variant target that self this ctx req resp w r x
	main init test example
	All Attr ByGroup Decide Decode Decoder From Lookup Option Parse Relay Responder Unrecognized
	Write WithCause CatalogHash
	text_arg intArg float_arg boolArg duration_arg timeArg list_arg with_param set_params fresh
	fill
	_x 2fa 00000 2F003 42 __proto__ constructor toString GOOS id a.b c-d f/g h|j 'k'
	ärger ошибка 日本 Ünïcode ñ`)

// hostileCatalog has each of hostileNames as a code and, where the format permits, as a param of
// each type.
func hostileCatalog() string {
	var b strings.Builder
	b.WriteString("version: 1\ntitle: Hostile\nlint: {code_pattern: '.*'}\n" +
		"envelope: {body: {code: $code, message: $message, status: $status, params: $params}}\ngroups:\n  - id: all\n    title: Everything\n    errors:\n")
	b.WriteString("      - {code: INTERNAL_ERROR, status: 500, message: Internal}\n")
	// Constants named like functions of the generated tests.
	b.WriteString(
		"      - {code: TESTED, go_name: Test, status: 400, message: Tested, values: {write: 1, matching: 2, every_code_is_found: 3}}\n")
	b.WriteString(
		"      - {code: FUZZED, go_name: Fuzz, status: 400, message: Fuzzed, values: {parse: 1}}\n")
	b.WriteString(
		"      - {code: SHOWN, go_name: Example, status: 400, message: Shown, values: {attr: 1, decide: 2}}\n")
	var params []string
	for _, name := range hostileNames {
		if strings.Trim(name,
			"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") == "" &&
			strings.Trim(name[:1], "_0123456789") != "" {
			params = append(params, name)
		}
	}
	types := []string{"string", "int", "float", "bool", "bytes", "duration", "time",
		"string, enum: [one, type, 2nd, Ünï]"}
	seen := map[string]bool{"test": true, "fuzz": true, "example": true}
	for k, name := range hostileNames {
		stem := strings.ToLower(goname.Exported(name))
		if seen[stem] {
			continue // not valid together: see TestNamesThatMeet
		}
		seen[stem] = true
		goName := ""
		if n := strings.ToLower(name); n == "new" || n == "code" || n == "variant" {
			// the code error uses NewError, CodeError, …
			goName = ", go_name: " + goname.Exported(name) + "Word"
		}
		fmt.Fprintf(&b, "      - code: %q\n        status: 400%s\n", name,
			strings.Replace(goName, ", ", "\n        ", 1))
		b.WriteString("        params:\n")
		message := "Message"
		for i := range 7 {
			p := params[(k*7+i)%len(params)]
			typ := types[(k+i)%len(types)]
			if strings.EqualFold(p, "params") || strings.EqualFold(p, "error") {
				// the type of an enum would have the same name as the struct or the error
				typ = "string"
			}
			fmt.Fprintf(&b, "          %q: {type: %s}\n", p, typ)
			message += fmt.Sprintf("; %d is ${%s}", i, p)
		}
		for i, typ := range []string{"int, optional: true, detail: true",
			"list, items: string, detail: true", "string, sensitive: true",
			"list, items: {e: int, type: string, Error: time}, optional: true, detail: true"} {
			p := params[(k*7+7+i)%len(params)]
			if p == "errors" || p == "params" {
				// the type of an item would have the same name as the code's own
				typ = "string, sensitive: true"
			}
			fmt.Fprintf(&b, "          %q: {type: %s}\n", p, typ)
		}
		fmt.Fprintf(&b, "        message: %q\n", message)
	}
	return b.String()
}

// addNamesThatMeet adds a catalog whose codes and their parts would meet in Go. Those that authors
// name the same are refused with both their places, and what the help says is enough.
func addNamesThatMeet(t *testing.T, m module) {
	t.Helper()
	const text = `version: 1
title: Meeting
envelope: {body: {code: $code, message: $message, params: $params}}
lint: {code_pattern: '.*'}
groups:
  - id: all
    title: All
    errors:
      - {code: INTERNAL_ERROR, status: 500, message: Internal}
      - {code: NEW, status: 400, message: First}
      - {code: ERROR, status: 400, message: Second}
      - {code: not-found, status: 404, message: Third}
      - {code: not_found, status: 404, message: Fourth}
      - {code: TIMEOUT, status: 504, message: Fifth}
      - {code: Timeout, status: 504, message: Sixth}
      - {code: "10:1", status: 400, message: Seventh}
      - {code: "101", status: 400, message: Eighth}
      - {code: A.B, status: 400, message: Ninth}
      - {code: AB, status: 400, message: Tenth}
      - code: PARTS
        status: 400
        params:
          the_id: {type: string}
          the-id: {type: string}
          mode: {type: string, enum: [on, "on!", On]}
          list: {type: list, items: {a-b: string, A_b: int, aB: bool}, detail: true}
        values: {max_size: 1, maxSize: 2, Mode: 3, mode_on: 4}
        variants:
          - {id: a-b, message: "One ${the_id} ${the-id} ${mode}"}
          - {id: a_b, message: "Other ${the_id} ${the-id} ${mode}"}
      - {code: PARTS_AB, status: 400, message: Eleventh}
      - {code: BY, status: 400, message: Twelfth, values: {status: 1}}
`
	m.add("meeting", loaded(t, text))
	const named = `version: 1
title: Meeting
lint: {code_pattern: '.*'}
groups:
  - id: all
    title: All
    errors:
      - {code: INTERNAL_ERROR, status: 500, message: Internal}
      - {code: NEW, status: 400, message: First, go_name: New}
      - {code: ERROR, status: 400, message: Second, go_name: Error}
      - {code: not-found, status: 404, message: Third, go_name: NotFound}
      - {code: not_found, status: 404, message: Fourth, go_name: NotFound}
`
	c, list := pipeline.Load(source.New("catalog.yaml", []byte(named), nil))
	if c != nil {
		t.Fatal("a catalog with colliding names has no error")
	}
	for _, want := range []struct{ line, other int }{{10, 9}, {12, 11}} {
		if !hasCollision(list.All(), want.line, want.other) {
			t.Errorf("no symbol-collision at line %d notes line %d and says go_name:\n%+v",
				want.line, want.other, list.All())
		}
	}
	fixed := strings.NewReplacer("Fourth, go_name: NotFound", "Fourth, go_name: NotFound2",
		"Second, go_name: Error", "Second, go_name: Failure").Replace(named)
	m.add("renamed", loaded(t, fixed))
}

func hasCollision(list []diag.Diagnostic, line, other int) bool {
	for _, d := range list {
		if d.Rule != "symbol-collision" || d.Span.Line != line ||
			!strings.Contains(d.Help, "go_name") {
			continue
		}
		for _, n := range d.Notes {
			if n.Span.Line == other {
				return true
			}
		}
	}
	return false
}

// In rescode and zederr, a newline in a description ends the Go comment around it, and what follows
// runs. Here every text of a catalog contains such lines; the package has no init function and
// prints nothing when it runs.
func addHostileTexts(t *testing.T, m module) {
	t.Helper()
	for i, envelope := range catalogtest.Envelopes() {
		m.add("text"+strconv.Itoa(i), hostileTexts(t, envelope.Envelope))
	}
}

// hostileTexts returns a catalog with hostile texts, after checking the Go that is made of it.
func hostileTexts(t *testing.T, envelope catalog.Envelope) *catalog.Catalog {
	t.Helper()
	const bomb = "x\n\r\u2028\u0085*/ ` \" \\ \nfunc init() { println(\"text became code\") }\n" +
		"//go:build ignore\n/*"
	c := catalogtest.Everything(envelope)
	c.Title, c.Description, c.Service = bomb, bomb, bomb
	for i := range c.Groups {
		c.Groups[i].Title, c.Groups[i].Description = bomb, bomb
	}
	for e := range c.All() {
		e.Title, e.Description, e.Resolution, e.Since = bomb, bomb, bomb, bomb
		e.Tags, e.Meta = []string{bomb}, []catalog.Meta{{Key: bomb, Value: bomb}}
		e.DocsURL += bomb
		if e.Deprecated != nil {
			e.Deprecated.Note, e.Deprecated.Since = bomb, bomb
		}
		for i := range e.Variants {
			e.Variants[i].Resolution = bomb
			e.Variants[i].Message = append(e.Variants[i].Message, message.Segment{Literal: bomb})
		}
		for i := range e.Params {
			e.Params[i].Description = bomb
			if p := &e.Params[i]; p.Kind == value.String && p.Enum == nil {
				p.Example.Str = bomb
			}
		}
		for i := range e.Values {
			e.Values[i].Description = bomb
		}
	}
	files, err := gocode.Emit(c, gocode.Options{Package: "text", Tests: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		file, err := parser.ParseFile(token.NewFileSet(), f.Path, f.Data, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "init" {
				t.Errorf("%s has an init function: text became code", f.Path)
			}
		}
		for _, g := range file.Comments {
			for _, line := range g.List {
				if strings.HasPrefix(line.Text, "/*") ||
					strings.HasPrefix(line.Text, "//go:build") {
					t.Errorf("%s has the comment %q", f.Path, line.Text)
				}
			}
		}
	}
	return c
}
