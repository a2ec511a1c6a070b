// Package pagetemplate executes the templates of pages: those of package templates, or those of a
// user's file.
//
// It takes a user's file in the language of text/template, or none. It returns a [Set], which
// executes pieces by name. A user's file is parsed over the built-in templates. Its own text, if it
// has any, is the piece "page". Each template that it defines replaces the piece of that name or is
// new. So a user can replace the whole page, or only one piece.
//
// Every mistake in such a file is a diagnostic with a position, whether it is found when the file
// is parsed or executed. A budget stops endless loops and output. It counts work, not time, so that
// a file gives the same result on every machine.
package pagetemplate

import (
	"bytes"
	"fmt"
	"sync"
	"text/template"
	"text/template/parse"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/templates"
)

// MaxSize limits the bytes of a user's template.
const MaxSize = 1 << 20

// A Set is a set of templates that can call each other. It is safe for concurrent use.
type Set struct {
	t    *template.Template
	file *diag.File // the user's file; nil if there is none
}

// Builtin returns the built-in templates alone.
func Builtin() *Set { return builtin() }

var builtin = sync.OnceValue(func() *Set {
	t := template.New(Page).Funcs(funcs(nil))
	template.Must(t.Parse(templates.ErrorsMarkdown()))
	template.Must(t.New("pages").Parse(templates.PagesMarkdown()))
	return &Set{t: t}
})

// The pieces that are pages.
const (
	Page     = "page"      // the reference on one page; gets a templates.Page
	Index    = "index"     // the index if each code has its own page; gets a templates.Page
	CodePage = "code-page" // one code's page; gets a templates.CodePage
)

// ownName names the user's file in errors of text/template. No piece has this name.
const ownName = "=own="

// Parse parses a user's file. If there are diagnostics, the set is nil.
func Parse(file *diag.File) (*Set, diag.List) {
	var list diag.List
	if len(file.Bytes()) > MaxSize {
		list.Add(diagnostic(diag.Span{File: file}, fmt.Sprintf("the template is larger than %d KiB",
			MaxSize>>10), "make it smaller"))
		return nil, list
	}
	file = plain(file)
	own, err := template.New(ownName).Funcs(funcs(nil)).Parse(string(file.Bytes()))
	if err != nil {
		list.Add(parseDiagnostic(file, err))
		return nil, list
	}
	s := &Set{t: template.Must(Builtin().t.Clone()), file: file}
	for _, t := range own.Templates() {
		name := t.Name()
		if name == ownName {
			name = Page
		}
		if t.Tree == nil || name == Page && parse.IsEmptyTree(t.Root) {
			continue
		}
		meter(t.Root)
		template.Must(s.t.AddParseTree(name, t.Tree))
	}
	if s.uncalled(own, &list); list.HasErrors() {
		return nil, list
	}
	return s, list
}

// plain returns a file without a byte order mark and with LF line ends, like pages.
func plain(file *diag.File) *diag.File {
	text := bytes.ReplaceAll(bytes.TrimPrefix(file.Bytes(), []byte("\ufeff")), []byte("\r\n"),
		[]byte("\n"))
	unmarked := diag.NewFile(file.Name, text)
	unmarked.Order = file.Order
	return unmarked
}

// A Run executes templates for one catalog. It is not safe for concurrent use.
type Run struct {
	set    *Set
	t      *template.Template
	budget *budget // nil if all templates are built in
}

// Start returns a run for a catalog with that many codes. The template's budget grows with them.
func (s *Set) Start(codes int) *Run {
	if s.file == nil {
		return &Run{set: s, t: s.t}
	}
	b := &budget{left: maxOutput + maxOutputPerCode*codes, steps: maxSteps + maxStepsPerCode*codes}
	return &Run{set: s, t: template.Must(s.t.Clone()).Funcs(funcs(b)), budget: b}
}

// Execute appends a piece to out. If the user's file has mistakes, the error is [diag.ListError];
// built-in templates have none.
func (r *Run) Execute(out *bytes.Buffer, piece string, data any) error {
	if r.budget == nil {
		if err := r.t.ExecuteTemplate(out, piece, data); err != nil {
			return fmt.Errorf("the template %s: %w", piece, err)
		}
		return nil
	}
	r.budget.out = out
	err := r.t.ExecuteTemplate(r.budget, piece, data)
	if err == nil && r.budget.left < 0 {
		err = errTooLong
	}
	if err != nil {
		var list diag.List
		list.Add(r.set.executeDiagnostic(err))
		return list.Err()
	}
	return nil
}

// The limits of a template.
const (
	// iterations of loops, and templates called
	maxSteps, maxStepsPerCode   = 100_000, 1_000
	maxOutput, maxOutputPerCode = 64 << 20, 64 << 10 // in bytes
	maxText                     = 16 << 20           // bytes passed to one function
)

// A budget is what remains of the limits.
type budget struct {
	out   *bytes.Buffer
	left  int // in bytes
	steps int
}

var (
	errTooLong = fmt.Errorf(
		"the output exceeds %d MiB plus %d KiB per code: end the repetition",
		maxOutput>>20, maxOutputPerCode>>10)
	errTooOften = fmt.Errorf("more than %d iterations plus %d per code: end the repetition",
		maxSteps, maxStepsPerCode)
	errTooLarge = fmt.Errorf("a text exceeds %d MiB: end the repetition", maxText>>20)
)

// Write drops what exceeds the limit. The next step returns the error, which then has a position.
func (m *budget) Write(p []byte) (int, error) {
	m.left -= len(p)
	if m.left < 0 {
		return len(p), nil
	}
	return m.out.Write(p)
}

// step is called in every iteration of a loop and in every user's template. It prints nothing.
func (m *budget) step() (string, error) {
	m.steps--
	switch {
	case m.steps < 0:
		return "", errTooOften
	case m.left < 0:
		return "", errTooLong
	}
	return "", nil
}

// stepName is the function that counts steps.
const stepName = "errspec_step"

// funcs returns the functions of templates, besides text/template's own. It replaces those of
// text/template that can make long texts of short ones by functions with a limit.
func funcs(m *budget) template.FuncMap {
	return template.FuncMap{
		stepName:   func() (string, error) { return m.step() },
		shownName:  shown,
		"print":    limited(fmt.Sprint),
		"println":  limited(fmt.Sprintln),
		"html":     limited(template.HTMLEscaper),
		"js":       limited(template.JSEscaper),
		"urlquery": limited(template.URLQueryEscaper),
		"printf": func(format string, args ...any) (string, error) {
			return limited(func(args ...any) string { return fmt.Sprintf(format, args...) })(args...)
		},
	}
}

func limited(f func(...any) string) func(...any) (string, error) {
	return func(args ...any) (string, error) {
		n := 0
		for _, a := range args {
			if err := printable(a); err != nil {
				return "", err
			}
			if s, ok := a.(string); ok {
				n += len(s)
			}
		}
		if n > maxText {
			return "", errTooLarge
		}
		return f(args...), nil
	}
}

// meter adds a call of step at the start of a template and of its loops, and a call of shown after
// what it prints.
func meter(list *parse.ListNode) {
	inside(list)
	prepend(list, list.Pos, 1)
}

func inside(list *parse.ListNode) {
	if list == nil {
		return
	}
	for _, n := range list.Nodes {
		if action, is := n.(*parse.ActionNode); is {
			prints(action)
		}
		if b := branchOf(n); b != nil {
			inside(b.List)
			inside(b.ElseList)
		}
		if loop, is := n.(*parse.RangeNode); is {
			prepend(loop.List, loop.Pos, loop.Line)
		}
	}
}

// branchOf returns the two lists of an {{if}}, a {{with}} or a {{range}}, or nil for other nodes.
func branchOf(n parse.Node) *parse.BranchNode {
	switch n := n.(type) {
	case *parse.IfNode:
		return &n.BranchNode
	case *parse.WithNode:
		return &n.BranchNode
	case *parse.RangeNode:
		return &n.BranchNode
	}
	return nil
}

// prepend puts {{errspec_step}} first, with the position pos.
func prepend(list *parse.ListNode, pos parse.Pos, line int) {
	call := &parse.CommandNode{NodeType: parse.NodeCommand, Pos: pos,
		Args: []parse.Node{parse.NewIdentifier(stepName).SetPos(pos)}}
	step := &parse.ActionNode{
		NodeType: parse.NodeAction, Pos: pos, Line: line,
		Pipe: &parse.PipeNode{NodeType: parse.NodePipe, Pos: pos, Line: line,
			Cmds: []*parse.CommandNode{call}},
	}
	list.Nodes = append([]parse.Node{step}, list.Nodes...)
}
