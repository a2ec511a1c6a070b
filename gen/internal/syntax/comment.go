package syntax

import (
	"slices"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// ignoreMark begins a comment that ignores a rule for one error, and acceptMark one that accepts a
// change of it, or of the code that a tombstone keeps:
//
//	# errspec:ignore resolution-missing the page says it
//	# errspec:accept status-default-changed announced in March
//	- code: FILE_GONE
const (
	ignoreMark = "# errspec:ignore"
	acceptMark = "# errspec:accept"
)

// marked returns what the comment lines right above an error or a tombstone, and the comment behind
// its code, ignore or accept. Lines that are indented further than its keys are no comments on it,
// but text of a block scalar above.
func (w *walker) marked(n *yaml.Node, mark string) []Ignore {
	if !slices.Contains(w.marks, mark) {
		return nil
	}
	var list []Ignore
	for line := n.Line - 1; line > 0; line-- {
		text := w.file.Line(line)
		comment := strings.TrimLeft(text, " ")
		indent := len(text) - len(comment)
		if !strings.HasPrefix(comment, "#") || indent >= n.Column {
			break
		}
		if ig, ok := w.ignore(comment, mark, line, indent+1); ok {
			list = append([]Ignore{ig}, list...)
		}
	}
	if n.Kind == yaml.MappingNode && len(n.Content) > 1 {
		if comment := n.Content[1].LineComment; comment != "" {
			line := n.Content[1].Line
			if before, _, ok := strings.Cut(w.file.Line(line), comment); ok {
				if ig, ok := w.ignore(comment, mark, line, utf8.RuneCountInString(before)+1); ok {
					list = append(list, ig)
				}
			}
		}
	}
	return list
}

// ignore reads one comment, which begins at a line and a column.
func (w *walker) ignore(comment, mark string, line, col int) (Ignore, bool) {
	rest, ok := strings.CutPrefix(comment, mark)
	if !ok || rest != "" && rest[0] != ' ' {
		return Ignore{}, false
	}
	scalar := func(text string, at int) Scalar {
		node := &yaml.Node{
			Kind:   yaml.ScalarNode,
			Value:  text,
			Line:   line,
			Column: col + utf8.RuneCountInString(comment[:at]),
		}
		return Scalar{Text: text, Place: Place{node, w.file}}
	}
	id, reason, _ := strings.Cut(strings.TrimSpace(rest), " ")
	if id == "" {
		ig := Ignore{Rule: scalar(mark, 0)} // which is no rule, as check will say
		ig.Place = ig.Rule.Place
		return ig, true
	}
	at := len(mark) + strings.Index(rest, id)
	ig := Ignore{Rule: scalar(id, at)}
	ig.Place = ig.Rule.Place
	if reason = strings.TrimSpace(reason); reason != "" {
		at += len(id)
		ig.Reason = scalar(reason, at+strings.Index(comment[at:], reason))
	}
	return ig, true
}
