package pagetemplate

import (
	"fmt"
	"reflect"
	"strings"
	"text/template/parse"

	"github.com/errspec/errspec/templates"
)

// shownName is the function through which a user's template prints. text/template prints any value,
// for example a syntax tree with its addresses, which means nothing and differs in each run.
const shownName = "errspec_shown"

// shown returns a value that is ready to print, or an error.
func shown(v any) (any, error) {
	if err := printable(v); err != nil {
		return nil, err
	}
	return v, nil
}

// prints appends {{… | errspec_shown}} to an action that prints.
func prints(n *parse.ActionNode) {
	if len(n.Pipe.Decl) > 0 || len(n.Pipe.Cmds) == 0 {
		return
	}
	pos := n.Pipe.Cmds[0].Pos
	call := &parse.CommandNode{NodeType: parse.NodeCommand, Pos: pos,
		Args: []parse.Node{parse.NewIdentifier(shownName).SetPos(pos)}}
	n.Pipe.Cmds = append(n.Pipe.Cmds, call)
}

var textType = reflect.TypeFor[templates.Text]()

// An unprintable is the error for a value that cannot be printed. An ellipsis in its help stands
// for the expression to print.
type unprintable struct{ problem, help string }

func (u unprintable) Error() string { return u.problem }

// helpFor returns the help with the author's expression filled in. An expression of several words
// would need parentheses, and stays "…".
func (u unprintable) helpFor(expression string) string {
	switch {
	case expression == "" || strings.ContainsAny(expression, " \t|(\"`"):
		return u.help
	case expression == ".":
		return strings.ReplaceAll(strings.ReplaceAll(u.help, "….", "."), "…", ".")
	}
	return strings.ReplaceAll(u.help, "…", expression)
}

// printable returns an [unprintable] if a value is not ready to print.
func printable(v any) error {
	t := reflect.TypeOf(v)
	if t == nil {
		return unprintable{"this value is missing",
			"not every catalog has one: put {{with …}} and {{end}} around it"}
	}
	if t.Kind() == reflect.Pointer {
		if reflect.ValueOf(v).IsNil() {
			return printable(nil)
		}
		t = t.Elem()
	}
	switch {
	case t.Implements(textType):
		return unprintable{"a Text cannot be printed directly",
			`write {{….Block ""}} for blocks, or {{….Cell}} in a table cell`}
	case t.Kind() == reflect.Slice:
		return unprintable{fmt.Sprintf("this is a list of %s, which cannot be printed as a whole",
			typeName(elementOf(t))),
			"put {{range …}} and {{end}} around it and print each element"}
	case t.Kind() == reflect.Struct:
		help := generalHelp
		if known := fields()[t.Name()]; known != nil {
			help = "print one of its fields: " + strings.Join(known, ", ")
		}
		return unprintable{fmt.Sprintf("this is a whole %s, which cannot be printed", t.Name()),
			help}
	}
	return nil
}

// elementOf returns the name of a list's element type.
func elementOf(t reflect.Type) string {
	e := t.Elem()
	if e.Kind() == reflect.Pointer {
		e = e.Elem()
	}
	return e.String()
}
