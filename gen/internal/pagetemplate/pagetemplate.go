// Package pagetemplate executes the templates of pages: those of package templates, and what a
// user's file puts in their place.
//
// What enters is a file of the user's, in the language of text/template, or none. What leaves is a
// [Set], which fills pieces by name. A user's file is read over the built-in templates: its own
// text, if it has any, is the piece "page", and what it defines replaces the piece of that name or
// is new. So a user may replace the whole page, or one piece of it and keep the rest.
//
// Whatever is wrong with such a file is a finding with a place in it, be it found when it is read
// or when it is executed: also loops and output without end, which a budget stops. The budget
// counts work, not time, so that one file gives one result on every machine.
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

// MaxSize is how many bytes a user's template may have.
const MaxSize = 1 << 20

// A Set is templates that know each other. It may be used by many at once.
type Set struct {
	t    *template.Template
	file *diag.File // the user's; nil: there is none
}

// Builtin returns the templates without any of a user's.
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
	Index    = "index"     // the reference when each code has a page; gets a templates.Page
	CodePage = "code-page" // one code's page; gets a templates.CodePage
)

// ownName is what text/template calls the user's file in its errors. No piece is called so.
const ownName = "=own="

// Parse reads a user's file. The set is nil if there are findings.
func Parse(file *diag.File) (*Set, diag.List) {
	var list diag.List
	if len(file.Bytes()) > MaxSize {
		list.Add(finding(diag.Span{File: file}, fmt.Sprintf("the template is larger than %d KiB",
			MaxSize>>10), "put less into it"))
		return nil, list
	}
	file = plain(file)
	own, err := template.New(ownName).Funcs(funcs(nil)).Parse(string(file.Bytes()))
	if err != nil {
		list.Add(parseFinding(file, err))
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

// plain returns a file without a byte order mark, and with LF for line ends: pages have them, too.
func plain(file *diag.File) *diag.File {
	text := bytes.ReplaceAll(bytes.TrimPrefix(file.Bytes(), []byte("\ufeff")), []byte("\r\n"),
		[]byte("\n"))
	unmarked := diag.NewFile(file.Name, text)
	unmarked.Order = file.Order
	return unmarked
}

// A Run executes templates for one catalog. It is for one at a time.
type Run struct {
	set    *Set
	t      *template.Template
	budget *budget // nil: the templates are all built in
}

// Start returns a run for a catalog of that many codes: with them grows what a template may do.
func (s *Set) Start(codes int) *Run {
	if s.file == nil {
		return &Run{set: s, t: s.t}
	}
	b := &budget{left: maxOutput + maxOutputPerCode*codes, steps: maxSteps + maxStepsPerCode*codes}
	return &Run{set: s, t: template.Must(s.t.Clone()).Funcs(funcs(b)), budget: b}
}

// Execute appends a piece to out. An error is [diag.Findings] in the user's file; the built-in
// templates have none.
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
		list.Add(r.set.executeFinding(err))
		return list.Err()
	}
	return nil
}

// What a template may do.
const (
	// turns of loops, and templates that are called
	maxSteps, maxStepsPerCode   = 1_000_000, 1_000
	maxOutput, maxOutputPerCode = 64 << 20, 64 << 10 // bytes
	maxText                     = 16 << 20           // bytes that one function is given
)

// A budget is what is left of these.
type budget struct {
	out   *bytes.Buffer
	left  int // bytes
	steps int
}

var (
	errTooLong = fmt.Errorf(
		"the output has more than %d MiB and %d KiB a code: does something repeat without end?",
		maxOutput>>20, maxOutputPerCode>>10)
	errTooOften = fmt.Errorf("more than %d turns and %d a code: does this repeat without end?",
		maxSteps, maxStepsPerCode)
	errTooLarge = fmt.Errorf("a text of more than %d MiB: does it grow without end?", maxText>>20)
)

// Write drops what is too much. That is an error at the next step, which has a place.
func (m *budget) Write(p []byte) (int, error) {
	m.left -= len(p)
	if m.left < 0 {
		return len(p), nil
	}
	return m.out.Write(p)
}

// step is called at every turn of a loop and by every template of the user's. It prints nothing.
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

// stepName is the function by which a template is metered.
const stepName = "errspec_step"

// funcs returns the functions that templates may call beside the usual ones, and those of the usual
// ones that make long texts of short ones, with a limit.
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
			return limited(func(args ...any) string { return fmt.Sprintf(format, args...) })(
				args...)
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

// meter puts a call of step at the beginning of a template and of the bodies of its loops, and one
// of shown behind what it prints.
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

// branchOf returns the two lists of an {{if}}, a {{with}} or a {{range}}; nil for what has none.
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

// prepend puts {{errspec_step}} first, as if it stood at pos.
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
