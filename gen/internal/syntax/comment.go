package syntax

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
)

// A comment with ignoreWord ignores a rule for one error, and one with acceptWord accepts a change
// of it, or of the code that a tombstone keeps:
//
//	# errspec:ignore resolution-missing the page says it
//	# errspec:accept status-default-changed announced in March
//	- code: FILE_GONE
const (
	ignoreWord = "ignore"
	acceptWord = "accept"
)

// anyMark is in every file that has one of our comments.
const anyMark = "errspec:"

// mark begins one of our comments. Spaces are as people write them.
var mark = regexp.MustCompile(`^#+ *` + anyMark + ` *([^ ]*)`)

// marked returns what the comment lines right above an error or a tombstone, and the comment after
// its code, ignore or accept. Lines that are indented further than its keys are no comments on it,
// but text of a block scalar above.
func (w *walker) marked(n *yaml.Node, word string) []Ignore {
	if !w.marks {
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
		if ig, ok := w.ignore(comment, word, line, indent+1); ok {
			list = append([]Ignore{ig}, list...)
		}
	}
	if n.Kind == yaml.MappingNode && len(n.Content) > 1 {
		if comment := n.Content[1].LineComment; comment != "" {
			line := n.Content[1].Line
			if before, _, ok := strings.Cut(w.file.Line(line), comment); ok {
				if ig, ok := w.ignore(comment, word, line, utf8.RuneCountInString(before)+1); ok {
					list = append(list, ig)
				}
			}
		}
	}
	return list
}

// ignore reads one comment, which begins at a line and a column.
func (w *walker) ignore(comment, word string, line, col int) (Ignore, bool) {
	m := mark.FindStringSubmatchIndex(comment)
	if m == nil {
		return Ignore{}, false
	}
	rest := comment[m[1]:]
	scalar := func(text string, at int) Scalar {
		node := &yaml.Node{
			Kind:   yaml.ScalarNode,
			Value:  text,
			Line:   line,
			Column: col + utf8.RuneCountInString(comment[:at]),
		}
		return Scalar{Text: text, Place: Place{node, w.file}}
	}
	if found := comment[m[2]:m[3]]; found != word {
		prose := comment[m[2]-1] == ' ' && diag.Nearest(found, []string{ignoreWord, acceptWord}) == ""
		if word == ignoreWord && found != acceptWord && !prose {
			w.unknownMark(scalar(comment[:m[1]], 0).Span(), found)
		}
		return Ignore{}, false
	}
	id, reason, _ := strings.Cut(strings.TrimSpace(rest), " ")
	if id == "" {
		w.unusable(scalar(comment[:m[1]], 0).Span(), "this comment names no rule", word)
		return Ignore{}, false
	}
	at := m[1] + strings.Index(rest, id)
	ig := Ignore{Rule: scalar(id, at)}
	ig.Place = ig.Rule.Place
	if reason = strings.TrimSpace(reason); reason != "" {
		at += len(id)
		ig.Reason = scalar(reason, at+strings.Index(comment[at:], reason))
	}
	return ig, true
}

// unknownMark reports a comment that looks like one of ours, and does nothing.
func (w *walker) unknownMark(at diag.Span, word string) {
	meant := ignoreWord
	if diag.Nearest(word, []string{acceptWord}) != "" {
		meant = acceptWord
	}
	message := fmt.Sprintf("%q does nothing; did you mean %q?", anyMark+word, anyMark+meant)
	w.unusable(at, message, meant)
}

// unusable reports a comment of ours that does nothing.
func (w *walker) unusable(at diag.Span, message, word string) {
	id := rule.IgnoreUnused
	if word == acceptWord {
		id = rule.AcceptUnused
	}
	w.list.Add(diag.Diagnostic{
		Severity: diag.Warning, Rule: id, Span: at, Path: w.currentKeyPath(), Message: message,
		Help: "write `# " + anyMark + word + " RULE REASON`; `errspec rules` lists all rules",
	})
}
