package pagetemplate

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"text/template"
	"text/template/parse"

	"github.com/errspec/errspec/templates"
)

// Package text/template looks up every field by its name each time that it meets one, which for ten thousand codes takes longer than
// to read their catalog. The built-in templates are fixed, and so are the types of their data: they are compiled, once, to
// functions that know where each field is. What the built-in templates do not use is not compiled; a test holds the result against
// that of text/template. A user's templates are executed by text/template itself.

// A program is the built-in templates, compiled for the data that they get.
type program map[entrance]block

// An entrance is a template and the type of what it is given.
type entrance struct {
	name string
	data reflect.Type
}

// A block writes a part of a template.
type block func(*frame)

// A frame is what a template sees while it is executed.
type frame struct {
	out  *bytes.Buffer
	dot  reflect.Value
	vars []reflect.Value
}

// entrances are the templates that packages execute.
func entrances() []entrance {
	page, group := reflect.TypeFor[*templates.Page](), reflect.TypeFor[templates.Group]()
	return []entrance{
		{Page, page}, {Index, page}, {CodePage, reflect.TypeFor[templates.CodePage]()},
		{"envelope", page}, {"statuses", page}, {"retry", page}, {"group", group}, {"codes", group},
		{"entry", reflect.TypeFor[*templates.Entry]()}, {"retired", reflect.TypeFor[templates.Retired]()},
	}
}

func (p program) execute(out *bytes.Buffer, name string, data any) bool {
	b, ok := p[entrance{name, reflect.TypeOf(data)}]
	if ok {
		b(&frame{out: out, dot: reflect.ValueOf(data)})
	}
	return ok
}

// compile compiles all templates that can be reached. An error is about a part of the language that is not compiled.
func compile(t *template.Template) (p program, err error) {
	defer func() {
		if problem, ok := recover().(notCompiled); ok {
			p, err = nil, problem
		}
	}()
	c := compiler{templates: t, done: program{}}
	for _, e := range entrances() {
		c.template(e.name, e.data)
	}
	return c.done, nil
}

// notCompiled is why a template can not be compiled; it unwinds the compiler.
type notCompiled string

func (n notCompiled) Error() string { return string(n) }

func refuse(format string, args ...any) { panic(notCompiled(fmt.Sprintf(format, args...))) }

type compiler struct {
	templates *template.Template
	done      program
}

// template compiles a template for data of a type, if that is not done.
func (c *compiler) template(name string, data reflect.Type) {
	e := entrance{name, data}
	if _, done := c.done[e]; done {
		return
	}
	t := c.templates.Lookup(name)
	if t == nil || t.Tree == nil {
		refuse("there is no template %q", name)
	}
	c.done[e] = nil // begun, for templates that call themselves
	c.done[e] = scope{c: c, dot: data}.list(t.Root)
}

// A scope knows the types of what a template sees.
type scope struct {
	c    *compiler
	dot  reflect.Type
	vars []variable
}

type variable struct {
	name string
	of   reflect.Type
}

func (s scope) list(l *parse.ListNode) block {
	if l == nil {
		return func(*frame) {}
	}
	var blocks []block
	for _, n := range l.Nodes {
		switch n := n.(type) {
		case *parse.TextNode:
			text := n.Text
			blocks = append(blocks, func(f *frame) { f.out.Write(text) })
		case *parse.ActionNode:
			if len(n.Pipe.Decl) > 0 { // it is seen by what follows
				v := s.pipe(n.Pipe)
				s.vars = append(s.vars, variable{n.Pipe.Decl[0].Ident[0], v.of})
				blocks = append(blocks, func(f *frame) { f.vars = append(f.vars, v.get(f)) })
				continue
			}
			blocks = append(blocks, printer(s.pipe(n.Pipe)))
		case *parse.IfNode:
			blocks = append(blocks, s.branch(&n.BranchNode, false))
		case *parse.WithNode:
			blocks = append(blocks, s.branch(&n.BranchNode, true))
		case *parse.RangeNode:
			blocks = append(blocks, s.loop(n))
		case *parse.TemplateNode:
			blocks = append(blocks, s.call(n))
		case *parse.CommentNode:
		default:
			refuse("%s is not compiled", n)
		}
	}
	return func(f *frame) {
		vars := len(f.vars)
		for _, b := range blocks {
			b(f)
		}
		f.vars = f.vars[:vars]
	}
}

// printer prints a value.
func printer(v value) block {
	switch {
	case v.of == nil:
		refuse("a value of several types is not printed")
	case v.of.Kind() == reflect.String:
		return func(f *frame) { f.out.WriteString(v.get(f).String()) }
	case v.of.Kind() == reflect.Int:
		return func(f *frame) { f.out.Write(strconv.AppendInt(f.out.AvailableBuffer(), v.get(f).Int(), 10)) }
	default:
		refuse("a value of type %v is not printed", v.of)
	}
	return nil
}

func (s scope) branch(n *parse.BranchNode, with bool) block {
	if len(n.Pipe.Decl) > 0 {
		refuse("a variable in %s is not compiled", n)
	}
	v := s.pipe(n.Pipe)
	inner := s
	if with {
		inner.dot = v.of
	}
	then, otherwise := inner.list(n.List), s.list(n.ElseList)
	return func(f *frame) {
		x := v.get(f)
		switch {
		case !truth(x):
			otherwise(f)
		case with:
			dot := f.dot
			f.dot = x
			then(f)
			f.dot = dot
		default:
			then(f)
		}
	}
}

func (s scope) loop(n *parse.RangeNode) block {
	v := s.pipe(n.Pipe)
	if v.of == nil || v.of.Kind() != reflect.Slice || n.ElseList != nil {
		refuse("%s is not compiled", n)
	}
	inner := s
	inner.dot = v.of.Elem()
	withIndex := len(n.Pipe.Decl) == 2
	switch len(n.Pipe.Decl) {
	case 0:
	case 2:
		inner.vars = append(s.vars[:len(s.vars):len(s.vars)], variable{n.Pipe.Decl[0].Ident[0], reflect.TypeFor[int]()},
			variable{n.Pipe.Decl[1].Ident[0], inner.dot})
	default:
		refuse("%s is not compiled", n)
	}
	body := inner.list(n.List)
	return func(f *frame) {
		list, dot, vars := v.get(f), f.dot, len(f.vars)
		for i := range list.Len() {
			f.dot = list.Index(i)
			if withIndex {
				f.vars = append(f.vars[:vars], reflect.ValueOf(i), f.dot)
			}
			body(f)
		}
		f.dot, f.vars = dot, f.vars[:vars]
	}
}

func (s scope) call(n *parse.TemplateNode) block {
	if n.Pipe == nil {
		refuse("%s is not compiled", n)
	}
	v := s.pipe(n.Pipe)
	s.c.template(n.Name, v.of)
	e := entrance{n.Name, v.of}
	return func(f *frame) {
		inner := frame{out: f.out, dot: v.get(f)}
		s.c.done[e](&inner)
	}
}

// A value is an expression: what type it has, and how it is found. One of several types has none, and only its truth is asked for.
type value struct {
	of  reflect.Type
	get func(*frame) reflect.Value
}

func constant(x any) value {
	v := reflect.ValueOf(x)
	return value{v.Type(), func(*frame) reflect.Value { return v }}
}

func (s scope) pipe(p *parse.PipeNode) value {
	if len(p.Cmds) != 1 {
		refuse("the pipe %s is not compiled", p)
	}
	args := p.Cmds[0].Args
	switch first := args[0].(type) {
	case *parse.IdentifierNode:
		return s.function(first.Ident, args[1:])
	case *parse.FieldNode:
		return s.fields(value{s.dot, func(f *frame) reflect.Value { return f.dot }}, first.Ident, args[1:])
	}
	if len(args) > 1 {
		refuse("%s is not compiled", p)
	}
	return s.operand(args[0])
}

func (s scope) operand(n parse.Node) value {
	switch n := n.(type) {
	case *parse.DotNode:
		return value{s.dot, func(f *frame) reflect.Value { return f.dot }}
	case *parse.FieldNode:
		return s.fields(value{s.dot, func(f *frame) reflect.Value { return f.dot }}, n.Ident, nil)
	case *parse.VariableNode:
		for i, v := range slices.Backward(s.vars) {
			if v.name == n.Ident[0] {
				return s.fields(value{v.of, func(f *frame) reflect.Value { return f.vars[i] }}, n.Ident[1:], nil)
			}
		}
	case *parse.StringNode:
		return constant(n.Text)
	case *parse.NumberNode:
		if n.IsInt {
			return constant(int(n.Int64))
		}
	}
	refuse("%s is not compiled", n)
	return value{}
}

// fields follows a chain of fields. The last may be a method, with arguments.
func (s scope) fields(v value, names []string, args []parse.Node) value {
	for i, name := range names {
		if v.of == reflect.TypeFor[templates.Text]() {
			if i < len(names)-1 {
				refuse("a field of a method's result is not compiled")
			}
			return s.method(v, name, args)
		}
		get, of := v.get, v.of
		pointer := of != nil && of.Kind() == reflect.Pointer
		if pointer {
			of = of.Elem()
		}
		if of == nil || of.Kind() != reflect.Struct {
			refuse("a field %s of %v is not compiled", name, of)
		}
		field, ok := of.FieldByName(name)
		if !ok || len(field.Index) != 1 {
			refuse("%v has no %s", of, name)
		}
		at := field.Index[0]
		v.of = field.Type
		if pointer {
			v.get = func(f *frame) reflect.Value { return get(f).Elem().Field(at) }
		} else {
			v.get = func(f *frame) reflect.Value { return get(f).Field(at) }
		}
	}
	if len(args) > 0 {
		refuse("a field with arguments is not compiled")
	}
	return v
}

// method calls a method of a text. Its result is put where reflection can see it without a copy.
func (s scope) method(v value, name string, args []parse.Node) value {
	text := func(f *frame) templates.Text { return v.get(f).Interface().(templates.Text) }
	str := reflect.TypeFor[string]()
	switch {
	case name == "Cell" && len(args) == 0:
		return value{str, func(f *frame) reflect.Value { return reflect.ValueOf(text(f).Cell()) }}
	case name == "Whole" && len(args) == 0:
		return value{str, func(f *frame) reflect.Value { return reflect.ValueOf(text(f).Whole()) }}
	case name == "Fits" && len(args) == 0:
		return value{reflect.TypeFor[bool](), func(f *frame) reflect.Value { return reflect.ValueOf(text(f).Fits()) }}
	case name == "Block" && len(args) == 1:
		lead := s.operand(args[0])
		if lead.of != str {
			refuse("the lead of a block is not text")
		}
		return value{str, func(f *frame) reflect.Value { return reflect.ValueOf(text(f).Block(lead.get(f).String())) }}
	}
	refuse("the method %s is not compiled", name)
	return value{}
}

func (s scope) function(name string, nodes []parse.Node) value {
	var args []value
	for _, n := range nodes {
		args = append(args, s.operand(n))
	}
	switch {
	case name == "or" && len(args) == 2:
		v := value{get: func(f *frame) reflect.Value {
			if x := args[0].get(f); truth(x) {
				return x
			}
			return args[1].get(f)
		}}
		if args[0].of == args[1].of {
			v.of = args[0].of
		}
		return v
	case name == "not" && len(args) == 1:
		return value{reflect.TypeFor[bool](), func(f *frame) reflect.Value { return reflect.ValueOf(!truth(args[0].get(f))) }}
	case name == "eq" && len(args) == 2 && args[0].of == args[1].of && args[0].of.Comparable():
		return value{reflect.TypeFor[bool](), func(f *frame) reflect.Value {
			return reflect.ValueOf(args[0].get(f).Equal(args[1].get(f)))
		}}
	case name == "len" && len(args) == 1 && args[0].of != nil && args[0].of.Kind() == reflect.Slice:
		return value{reflect.TypeFor[int](), func(f *frame) reflect.Value { return reflect.ValueOf(args[0].get(f).Len()) }}
	}
	refuse("the function %s is not compiled", name)
	return value{}
}

// truth reports what template.IsTrue does, for the kinds that there are.
func truth(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Bool:
		return v.Bool()
	case reflect.String, reflect.Slice:
		return v.Len() > 0
	case reflect.Int:
		return v.Int() != 0
	case reflect.Pointer, reflect.Interface:
		return !v.IsNil()
	default:
		return true
	}
}
