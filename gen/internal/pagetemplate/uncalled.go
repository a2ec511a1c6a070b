package pagetemplate

import (
	"fmt"
	"strconv"
	"strings"
	"text/template"
	"text/template/parse"

	"github.com/errspec/errspec/gen/internal/diag"
)

// uncalled reports the pieces of the user's file that no page shows: they replace no built-in
// piece, and nothing calls them.
func (s *Set) uncalled(own *template.Template, list *diag.List) {
	builtin := Builtin().names()
	called := map[string]bool{ownName: true}
	for _, name := range builtin {
		called[name] = true
	}
	for _, t := range own.Templates() {
		if t.Tree != nil {
			calls(t.Root, called)
		}
	}
	for _, t := range own.Templates() {
		if t.Tree != nil && !called[t.Name()] {
			list.Add(diagnostic(nameSpan(s.file, strconv.Quote(t.Name())),
				fmt.Sprintf("there is no piece %q, and nothing calls it%s", t.Name(),
					diag.DidYouMean(t.Name(), builtin)),
				fmt.Sprintf("add {{template %q .}} where it belongs, or replace one of %s",
					t.Name(), strings.Join(builtin, ", "))))
		}
	}
}

// calls records the names of the templates that a list calls.
func calls(list *parse.ListNode, called map[string]bool) {
	if list == nil {
		return
	}
	for _, n := range list.Nodes {
		if call, is := n.(*parse.TemplateNode); is {
			called[call.Name] = true
		}
		if b := branchOf(n); b != nil {
			calls(b.List, called)
			calls(b.ElseList, called)
		}
	}
}
