package pagetemplate

import (
	"fmt"
	"reflect"
	"strings"
	"text/template/parse"

	"github.com/errspec/errspec/templates"
)

// shownName is the function through which a user's template prints. text/template prints whatever
// it is given, a text's syntax tree with the addresses in it: a page that says nothing, and another
// one in each run.
const shownName = "errspec_shown"

// shown returns what is ready to print.
func shown(v any) (any, error) {
	if err := printable(v); err != nil {
		return nil, err
	}
	return v, nil
}

// prints puts {{… | errspec_shown}} behind an action that prints.
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

// An unprintable is what cannot be printed as it is. An ellipsis in the help is what was to be
// printed.
type unprintable struct{ problem, help string }

func (u unprintable) Error() string { return u.problem }

// helpFor returns the help, with an expression of the template's author filled in. One of several
// words would need parentheses, and stays "…".
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
		return unprintable{"there is nothing here to print",
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
		return unprintable{"a Text cannot be printed before it is said for which place",
			`write {{….Block ""}} for blocks, or {{….Cell}} in a cell of a table`}
	case t.Kind() == reflect.Slice:
		return unprintable{fmt.Sprintf("this is a list of %s, and cannot be printed as a whole",
			typeName(elementOf(t))),
			"put {{range …}} and {{end}} around what is to be printed of each"}
	case t.Kind() == reflect.Struct:
		help := generalHelp
		if known := fields()[t.Name()]; known != nil {
			help = "print what it has: " + strings.Join(known, ", ")
		}
		return unprintable{fmt.Sprintf("this is a whole %s, and cannot be printed", t.Name()),
			help}
	}
	return nil
}

// elementOf returns the name of what a list has.
func elementOf(t reflect.Type) string {
	e := t.Elem()
	if e.Kind() == reflect.Pointer {
		e = e.Elem()
	}
	return e.String()
}
